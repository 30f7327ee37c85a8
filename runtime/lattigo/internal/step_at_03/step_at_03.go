// GENERATED FILE - do not edit. Change the request and generate again:
//   equiripple step --gap 0.05 --error 2^-8 --threshold 0.3 --domain '[-1,1]' -o step_at_03.json
//   equiripple emit step_at_03.json --target lattigo -o step_at_03.go
//
// Function    step(x): 0 on [-1, 0.25], 1 on [0.35, 1]
// Polynomial  2 stages, degrees 4, 25; Chebyshev basis, c[0] whole
// Error       0x1.aa5d13aa24065p-9 <= this table <= 0x1.aa5f5866f9bd8p-9
//             absolute; at most 2^-8.26 (0.00326)
//             coefficients as stored, exact evaluation; evidence: proved
// Cost        8 levels, 8 key switches, 9 tensor products, 25 scalar products, growth 2^5.0
// Generator   equiripple 0.1.0

// Package step_at_03 is a function for ciphertexts of Lattigo: Evaluate runs its plan.
//
// Stages are its polynomials in Chebyshev's basis, for Lattigo's own evaluator:
//
//	poly := bignum.NewPolynomial(bignum.Chebyshev, stage.Coefficients, stage.Interval)
//	poly.IsOdd, poly.IsEven = stage.IsOdd, stage.IsEven
//
// one stage after the other; the change of interval is the caller's. The result is (1 + v)/2 of the last value v.
package step_at_03

import (
	"equiripple/lattigo"
	"github.com/tuneinsight/lattigo/v6/core/rlwe"
	"github.com/tuneinsight/lattigo/v6/schemes/ckks"
)

// Stage is one polynomial. Lattigo's flags: IsOdd is false where there are no odd powers,
// IsEven where there are no even ones.
type Stage struct {
	Coefficients []float64
	Interval     [2]float64
	IsOdd        bool
	IsEven       bool
}

// The error is at most ErrorAtMost * ErrorUnit, in the sense of ErrorMetric: absolute;
// relu, the same over the whole range, which is the unit; relative to the function;
// weighted by the weight of the request.
const (
	ErrorAtMost   = 0x1.aa5f5866f9bd8p-9
	ErrorUnit     = 0x1p+0
	ErrorMetric   = "absolute"
	ErrorEvidence = "proved"
)

// Stages are evaluated in this order.
var Stages = []Stage{
	{
		Coefficients: []float64{
			-0x1.70bec0c7393ccp-4,
			0x1.feb6e9c139f75p-1,
			0x1.55f6e2ffbdcc2p-1,
			-0x1.611da80ef56f8p-1,
			-0x1.388eb96003611p-1,
		},
		Interval: [2]float64{-0x1p+0, 0x1p+0},
		IsOdd:    true,
		IsEven:   true,
	},
	{
		Coefficients: []float64{
			0x0p+0,
			0x1.452445e83aeb5p+0,
			0x0p+0,
			-0x1.a8fb8f1ac3cb2p-2,
			0x0p+0,
			0x1.e9f570997e158p-3,
			0x0p+0,
			-0x1.4958b42556f72p-3,
			0x0p+0,
			0x1.d7d9e6eb3bf08p-4,
			0x0p+0,
			-0x1.5b8fae4ebdc8p-4,
			0x0p+0,
			0x1.025b8d8fda51dp-4,
			0x0p+0,
			-0x1.7efb533bfb223p-5,
			0x0p+0,
			0x1.186948a1d09d5p-5,
			0x0p+0,
			-0x1.921e7a937daecp-6,
			0x0p+0,
			0x1.179d96288088cp-6,
			0x0p+0,
			-0x1.74457c08aafccp-7,
			0x0p+0,
			0x1.6714121097b5dp-7,
		},
		Interval: [2]float64{-0x1.b98b3a637647p+0, 0x1.b98b3a637647p+0},
		IsOdd:    true,
		IsEven:   false,
	},
}

// Evaluate is the function of x, 8 levels and 8 key switches; one level more where the
// scale of the input does not hold the range (Plan.RequiredLevels). eval has a
// relinearisation key. What cannot be computed is an error before the first operation.
func Evaluate(eval *ckks.Evaluator, x *rlwe.Ciphertext) (*rlwe.Ciphertext, error) {
	return Plan.Evaluate(eval, x)
}

// Plan is the program for ciphertexts; Plan.EvaluateRefreshing takes a bootstrapper, too.
var Plan = lattigo.Record(lattigo.Facts{
	Name:              "step_at_03",
	Levels:            8,
	Lower:             -0x1p+0,
	Upper:             0x1p+0,
	HalfWidth:         0x1p+0,
	OutputScaleFactor: 0x1p+0,
}, run)

func run(he *lattigo.Recorder, x lattigo.Value) lattigo.Value {
	s1_t1 := he.Normalise(x, 0x0p+0, 0x1p+0)
	// tensor product 1 of 9
	s1_t2_product_0 := he.Square(s1_t1)
	s1_t2_multiple_0 := he.MultiplyInteger(s1_t2_product_0, 2)
	// KEY SWITCH 1 of 8
	s1_t2_rescaled_switched := he.Relinearize(s1_t2_multiple_0)
	// rescaling: level 1
	s1_t2_rescaled := he.Rescale(s1_t2_rescaled_switched)
	s1_t2 := he.AddScalar(s1_t2_rescaled, -0x1p+0)
	// scalar product
	stage_1_w2_term_0 := he.MultiplyScalar(s1_t2, -0x1.6a6e7d713cc36p-1)
	// rescaling: level 2
	stage_1_w2 := he.Rescale(stage_1_w2_term_0)
	s1_t1_at_1 := he.Drop(s1_t1, 1)
	// scalar product
	stage_1_addend_1_term_0 := he.MultiplyScalar(s1_t1_at_1, 0x1.2138220b84935p+0)
	// rescaling: level 2
	stage_1_addend_1 := he.Rescale(stage_1_addend_1_term_0)
	s1_t2_at_2 := he.Drop(s1_t2, 2)
	stage_1_multiplier_2 := he.Add(s1_t2_at_2, stage_1_addend_1)
	// tensor product 2 of 9
	stage_1_product_0 := he.Multiply(stage_1_w2, stage_1_multiplier_2)
	s1_t1_at_2 := he.Drop(s1_t1, 2)
	// scalar product
	stage_1_term_1 := he.MultiplyScalar(s1_t1_at_2, 0x1.f4d5bb3aedf79p-1)
	stage_1_sum_1 := he.Add(stage_1_product_0, stage_1_term_1)
	// scalar product
	stage_1_term_2 := he.MultiplyScalar(s1_t2_at_2, 0x1.8c87e77b9ce41p-2)
	stage_1_sum_2 := he.Add(stage_1_sum_1, stage_1_term_2)
	// KEY SWITCH 2 of 8
	stage_1_rescaled_switched := he.Relinearize(stage_1_sum_2)
	// rescaling: level 3
	stage_1_rescaled := he.Rescale(stage_1_rescaled_switched)
	stage_1 := he.AddScalar(stage_1_rescaled, 0x1.34fbc596d72aep-2)
	// variable of the stage
	s2_t1 := he.Stage(stage_1, 0x1p-3)
	s2_t1_at_5 := he.Drop(s2_t1, 5)
	// scalar product
	result_w9_block_3_term_0 := he.MultiplyScalar(s2_t1_at_5, 0x1.6714121097b5dp-7)
	// rescaling: level 6
	result_w9_block_3 := he.Rescale(result_w9_block_3_term_0)
	// tensor product 3 of 9
	s2_t2_product_0 := he.Square(s2_t1)
	s2_t2_multiple_0 := he.MultiplyInteger(s2_t2_product_0, 2)
	// KEY SWITCH 3 of 8
	s2_t2_rescaled_switched := he.Relinearize(s2_t2_multiple_0)
	// rescaling: level 4
	s2_t2_rescaled := he.Rescale(s2_t2_rescaled_switched)
	s2_t2 := he.AddScalar(s2_t2_rescaled, -0x1p+0)
	// tensor product 4 of 9
	result_w4_product_0 := he.Square(s2_t2)
	result_w4_multiple_0 := he.MultiplyInteger(result_w4_product_0, 2)
	// scalar product
	result_w4_term_1 := he.MultiplyScalar(s2_t2, -0x1.6707a80f6cfa9p-3)
	result_w4_sum_1 := he.Add(result_w4_multiple_0, result_w4_term_1)
	// KEY SWITCH 4 of 8
	result_w4_rescaled_switched := he.Relinearize(result_w4_sum_1)
	// rescaling: level 5
	result_w4_rescaled := he.Rescale(result_w4_rescaled_switched)
	result_w4 := he.AddScalar(result_w4_rescaled, -0x1.00da530f81f86p+0)
	// scalar product
	result_w8_addend_4_term_0 := he.MultiplyScalar(s2_t2, -0x1.502d8491c6fe3p-2)
	// rescaling: level 5
	result_w8_addend_4 := he.Rescale(result_w8_addend_4_term_0)
	result_w8_multiplier_5 := he.Add(result_w4, result_w8_addend_4)
	// tensor product 5 of 9
	result_w8_product_0 := he.Multiply(result_w4, result_w8_multiplier_5)
	result_w8_multiple_0 := he.MultiplyInteger(result_w8_product_0, 2)
	s2_t2_at_5 := he.Drop(s2_t2, 5)
	// scalar product
	result_w8_term_1 := he.MultiplyScalar(s2_t2_at_5, -0x1.b3781006765a2p-5)
	result_w8_sum_1 := he.Add(result_w8_multiple_0, result_w8_term_1)
	// scalar product
	result_w8_term_2 := he.MultiplyScalar(result_w4, -0x1.bd71c914f0bd8p-3)
	result_w8_sum_2 := he.Add(result_w8_sum_1, result_w8_term_2)
	// KEY SWITCH 5 of 8
	result_w8_rescaled_switched := he.Relinearize(result_w8_sum_2)
	// rescaling: level 6
	result_w8_rescaled := he.Rescale(result_w8_rescaled_switched)
	result_w8 := he.AddScalar(result_w8_rescaled, -0x1.4e48d1c33a5d9p-4)
	// scalar product
	result_w9_addend_6_term_0 := he.MultiplyScalar(s2_t2_at_5, 0x1.93022c667c312p-7)
	// scalar product
	result_w9_addend_6_term_1 := he.MultiplyScalar(result_w4, 0x1.549e04b900939p+1)
	result_w9_addend_6_sum_1 := he.Add(result_w9_addend_6_term_0, result_w9_addend_6_term_1)
	// rescaling: level 6
	result_w9_addend_6 := he.Rescale(result_w9_addend_6_sum_1)
	result_w9_multiplier_7 := he.Add(result_w8, result_w9_addend_6)
	// tensor product 6 of 9
	result_w9_product_0 := he.Multiply(result_w9_block_3, result_w9_multiplier_7)
	s2_t1_at_6 := he.Drop(s2_t1, 6)
	// scalar product
	result_w9_term_1 := he.MultiplyScalar(s2_t1_at_6, -0x1.eb98a25b4f00ep-9)
	result_w9_sum_1 := he.Add(result_w9_product_0, result_w9_term_1)
	// KEY SWITCH 6 of 8
	result_w9_switched := he.Relinearize(result_w9_sum_1)
	// rescaling: level 7
	result_w9 := he.Rescale(result_w9_switched)
	// scalar product
	result_w16_addend_8_term_0 := he.MultiplyScalar(s2_t2_at_5, 0x1.4748cfa61adb1p-12)
	// scalar product
	result_w16_addend_8_term_1 := he.MultiplyScalar(result_w4, -0x1.699c43c40e809p-6)
	result_w16_addend_8_sum_1 := he.Add(result_w16_addend_8_term_0, result_w16_addend_8_term_1)
	// rescaling: level 6
	result_w16_addend_8 := he.Rescale(result_w16_addend_8_sum_1)
	result_w16_multiplier_9 := he.Add(result_w8, result_w16_addend_8)
	// tensor product 7 of 9
	result_w16_product_0 := he.Multiply(result_w8, result_w16_multiplier_9)
	result_w16_multiple_0 := he.MultiplyInteger(result_w16_product_0, 2)
	s2_t2_at_6 := he.Drop(s2_t2, 6)
	// scalar product
	result_w16_term_1 := he.MultiplyScalar(s2_t2_at_6, -0x1.b4b3b7646339fp+0)
	result_w16_sum_1 := he.Add(result_w16_multiple_0, result_w16_term_1)
	// scalar product
	result_w16_term_2 := he.MultiplyScalar(result_w8, -0x1.6655a883ad80ep-8)
	result_w16_sum_2 := he.Add(result_w16_sum_1, result_w16_term_2)
	result_w4_at_6 := he.Drop(result_w4, 6)
	// scalar product
	result_w16_term_3 := he.MultiplyScalar(result_w4_at_6, -0x1.bfb1dcdefe1dp-1)
	result_w16_sum_3 := he.Add(result_w16_sum_2, result_w16_term_3)
	// KEY SWITCH 7 of 8
	result_w16_rescaled_switched := he.Relinearize(result_w16_sum_3)
	// rescaling: level 7
	result_w16_rescaled := he.Rescale(result_w16_rescaled_switched)
	result_w16 := he.AddScalar(result_w16_rescaled, 0x1.01cb2b7991eaep-4)
	// scalar product
	result_addend_10_term_0 := he.MultiplyScalar(s2_t2_at_6, -0x1.b4b3b7646339fp+0)
	// scalar product
	result_addend_10_term_1 := he.MultiplyScalar(result_w8, -0x1.164fa6da0c2dap-4)
	result_addend_10_sum_1 := he.Add(result_addend_10_term_0, result_addend_10_term_1)
	// scalar product
	result_addend_10_term_2 := he.MultiplyScalar(result_w4_at_6, -0x1.3ae946b391707p+0)
	result_addend_10_sum_2 := he.Add(result_addend_10_sum_1, result_addend_10_term_2)
	// rescaling: level 7
	result_addend_10 := he.Rescale(result_addend_10_sum_2)
	result_multiplier_11 := he.Add(result_w16, result_addend_10)
	// scalar product
	result_block_12_term_0 := he.MultiplyScalar(result_w8, 0x1.4011e91576b55p-3)
	// scalar product
	result_block_12_term_1 := he.MultiplyScalar(result_w4_at_6, 0x1.4a4d5495aa2a3p-2)
	result_block_12_sum_1 := he.Add(result_block_12_term_0, result_block_12_term_1)
	// scalar product
	result_block_12_term_2 := he.MultiplyScalar(s2_t2_at_6, -0x1.060a89095106bp-1)
	result_block_12_sum_2 := he.Add(result_block_12_sum_1, result_block_12_term_2)
	// rescaling: level 7
	result_block_12 := he.Rescale(result_block_12_sum_2)
	// tensor product 8 of 9
	result_product_0 := he.Multiply(result_w9, result_multiplier_11)
	result_multiple_0 := he.MultiplyInteger(result_product_0, 2)
	s2_t1_at_7 := he.Drop(s2_t1, 7)
	// tensor product 9 of 9
	result_product_1 := he.Multiply(result_block_12, s2_t1_at_7)
	result_sum_1 := he.Add(result_multiple_0, result_product_1)
	// scalar product
	result_term_2 := he.MultiplyScalar(s2_t1_at_7, 0x1.d257d127a0855p-1)
	result_sum_2 := he.Add(result_sum_1, result_term_2)
	// scalar product
	result_term_3 := he.MultiplyScalar(result_w9, 0x1.01cb2b7991eaep-5)
	result_sum_3 := he.Add(result_sum_2, result_term_3)
	// KEY SWITCH 8 of 8
	result_rescaled_switched := he.Relinearize(result_sum_3)
	// rescaling: level 8
	result_rescaled := he.Rescale(result_rescaled_switched)
	result := he.AddScalar(result_rescaled, 0x1p-1)
	return result
}
