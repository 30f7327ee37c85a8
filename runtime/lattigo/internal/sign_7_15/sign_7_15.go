// GENERATED FILE - do not edit. Change the request and generate again:
//   equiripple sign --gap 2^-6 --range 1 --degrees 7,15 -o sign_7_15.json
//   equiripple emit sign_7_15.json --target lattigo -o sign_7_15.go
//
// Function    sign(x) for 0.015625 <= |x| <= 1
// Polynomial  2 stages, degrees 7, 15; Chebyshev basis, c[0] whole
// Error       0x1.279c9ad110e36p-3 <= this table <= 0x1.279d12a30c72dp-3
//             absolute; at most 2^-2.79 (0.145)
//             coefficients as stored, exact evaluation; evidence: proved
// Outside     |sign| <= 2 up to 1.0362 times the range (proved); on its side of 0, within 1/2, up to 1.0018 times (proved)
// Cost        7 levels, 10 key switches, 10 tensor products, 14 scalar products, growth 2^2.6
// Generator   equiripple 0.1.0

// Package sign_7_15 is a function for ciphertexts of Lattigo: Evaluate runs its plan.
//
// Stages are its polynomials in Chebyshev's basis, for Lattigo's own evaluator:
//
//	poly := bignum.NewPolynomial(bignum.Chebyshev, stage.Coefficients, stage.Interval)
//	poly.IsOdd, poly.IsEven = stage.IsOdd, stage.IsEven
//
// one stage after the other; the change of interval is the caller's. The result is the last value.
package sign_7_15

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
	ErrorAtMost   = 0x1.279d12a30c72dp-3
	ErrorUnit     = 0x1p+0
	ErrorMetric   = "absolute"
	ErrorEvidence = "proved"
)

// Stages are evaluated in this order.
var Stages = []Stage{
	{
		Coefficients: []float64{
			0x0p+0,
			0x1.46f736af47ae4p+0,
			0x0p+0,
			-0x1.bf7829a3d7745p-2,
			0x0p+0,
			0x1.1cd8bf5a5c745p-2,
			0x0p+0,
			-0x1.e793d8d127e2ep-1,
		},
		Interval: [2]float64{-0x1p+0, 0x1p+0},
		IsOdd:    true,
		IsEven:   false,
	},
	{
		Coefficients: []float64{
			0x0p+0,
			0x1.457d5e88102fap+0,
			0x0p+0,
			-0x1.ad1c2349cd7c3p-2,
			0x0p+0,
			0x1.f76563f767489p-3,
			0x0p+0,
			-0x1.5b830722417e6p-3,
			0x0p+0,
			0x1.023c0027e803cp-3,
			0x0p+0,
			-0x1.8f25df5e3fddfp-4,
			0x0p+0,
			0x1.3b9b5052e83b8p-4,
			0x0p+0,
			-0x1.6da8d5c7517ccp-3,
		},
		Interval: [2]float64{-0x1.d57a944bad83ap+0, 0x1.d57a944bad83ap+0},
		IsOdd:    true,
		IsEven:   false,
	},
}

// Evaluate is the function of x, 7 levels and 10 key switches; one level more where the
// scale of the input does not hold the range (Plan.RequiredLevels). eval has a
// relinearisation key. What cannot be computed is an error before the first operation.
func Evaluate(eval *ckks.Evaluator, x *rlwe.Ciphertext) (*rlwe.Ciphertext, error) {
	return Plan.Evaluate(eval, x)
}

// Plan is the program for ciphertexts; Plan.EvaluateRefreshing takes a bootstrapper, too.
var Plan = lattigo.Record(lattigo.Facts{
	Name:              "sign_7_15",
	Levels:            7,
	Lower:             -0x1p+0,
	Upper:             0x1p+0,
	HalfWidth:         0x1p+0,
	OutputScaleFactor: 0x1p+0,
}, run)

func run(he *lattigo.Recorder, x lattigo.Value) lattigo.Value {
	s1_t1 := he.Normalise(x, 0x0p+0, 0x1p+0)
	// scalar product
	stage_1_w3_block_1_term_0 := he.MultiplyScalar(s1_t1, -0x1.09de7426898cdp+1)
	// rescaling: level 1
	stage_1_w3_block_1 := he.Rescale(stage_1_w3_block_1_term_0)
	// tensor product 1 of 10
	s1_t2_product_0 := he.Square(s1_t1)
	s1_t2_multiple_0 := he.MultiplyInteger(s1_t2_product_0, 2)
	// KEY SWITCH 1 of 10
	s1_t2_rescaled_switched := he.Relinearize(s1_t2_multiple_0)
	// rescaling: level 1
	s1_t2_rescaled := he.Rescale(s1_t2_rescaled_switched)
	s1_t2 := he.AddScalar(s1_t2_rescaled, -0x1p+0)
	// tensor product 2 of 10
	stage_1_w3_product_0 := he.Multiply(stage_1_w3_block_1, s1_t2)
	// KEY SWITCH 2 of 10
	stage_1_w3_switched := he.Relinearize(stage_1_w3_product_0)
	// rescaling: level 2
	stage_1_w3 := he.Rescale(stage_1_w3_switched)
	// tensor product 3 of 10
	stage_1_multiplier_2_product_0 := he.Square(s1_t2)
	stage_1_multiplier_2_multiple_0 := he.MultiplyInteger(stage_1_multiplier_2_product_0, 2)
	// scalar product
	stage_1_multiplier_2_term_1 := he.MultiplyScalar(s1_t2, -0x1.4ac753857d7cfp+0)
	stage_1_multiplier_2_sum_1 := he.Add(stage_1_multiplier_2_multiple_0, stage_1_multiplier_2_term_1)
	// KEY SWITCH 3 of 10
	stage_1_multiplier_2_rescaled_switched := he.Relinearize(stage_1_multiplier_2_sum_1)
	// rescaling: level 2
	stage_1_multiplier_2_rescaled := he.Rescale(stage_1_multiplier_2_rescaled_switched)
	stage_1_multiplier_2 := he.AddScalar(stage_1_multiplier_2_rescaled, -0x1p+0)
	// tensor product 4 of 10
	stage_1_product_0 := he.Multiply(stage_1_w3, stage_1_multiplier_2)
	s1_t1_at_2 := he.Drop(s1_t1, 2)
	// scalar product
	stage_1_term_1 := he.MultiplyScalar(s1_t1_at_2, 0x1.0e18b293f5069p-2)
	stage_1_sum_1 := he.Add(stage_1_product_0, stage_1_term_1)
	// scalar product
	stage_1_term_2 := he.MultiplyScalar(stage_1_w3, 0x1.807fa8c2bae97p-2)
	stage_1_sum_2 := he.Add(stage_1_sum_1, stage_1_term_2)
	// KEY SWITCH 4 of 10
	stage_1_switched := he.Relinearize(stage_1_sum_2)
	// rescaling: level 3
	stage_1 := he.Rescale(stage_1_switched)
	// variable of the stage
	s2_t1 := he.Stage(stage_1, 0)
	// scalar product
	result_w3_block_3_term_0 := he.MultiplyScalar(s2_t1, -0x1.6da8d5c7517ccp+0)
	// rescaling: level 4
	result_w3_block_3 := he.Rescale(result_w3_block_3_term_0)
	// tensor product 5 of 10
	s2_t2_product_0 := he.Square(s2_t1)
	s2_t2_multiple_0 := he.MultiplyInteger(s2_t2_product_0, 2)
	// KEY SWITCH 5 of 10
	s2_t2_rescaled_switched := he.Relinearize(s2_t2_multiple_0)
	// rescaling: level 4
	s2_t2_rescaled := he.Rescale(s2_t2_rescaled_switched)
	s2_t2 := he.AddScalar(s2_t2_rescaled, -0x1p+0)
	// tensor product 6 of 10
	result_w3_product_0 := he.Multiply(result_w3_block_3, s2_t2)
	s2_t1_at_4 := he.Drop(s2_t1, 4)
	// scalar product
	result_w3_term_1 := he.MultiplyScalar(s2_t1_at_4, 0x1.431f3a3824317p-1)
	result_w3_sum_1 := he.Add(result_w3_product_0, result_w3_term_1)
	// KEY SWITCH 6 of 10
	result_w3_switched := he.Relinearize(result_w3_sum_1)
	// rescaling: level 5
	result_w3 := he.Rescale(result_w3_switched)
	// tensor product 7 of 10
	s2_t4_product_0 := he.Square(s2_t2)
	s2_t4_multiple_0 := he.MultiplyInteger(s2_t4_product_0, 2)
	// KEY SWITCH 7 of 10
	s2_t4_rescaled_switched := he.Relinearize(s2_t4_multiple_0)
	// rescaling: level 5
	s2_t4_rescaled := he.Rescale(s2_t4_rescaled_switched)
	s2_t4 := he.AddScalar(s2_t4_rescaled, -0x1p+0)
	// scalar product
	result_w7_addend_4_term_0 := he.MultiplyScalar(s2_t2, -0x1.1884ed0835054p-1)
	// rescaling: level 5
	result_w7_addend_4 := he.Rescale(result_w7_addend_4_term_0)
	result_w7_multiplier_5 := he.Add(s2_t4, result_w7_addend_4)
	// tensor product 8 of 10
	result_w7_product_0 := he.Multiply(result_w3, result_w7_multiplier_5)
	s2_t1_at_5 := he.Drop(s2_t1, 5)
	// scalar product
	result_w7_term_1 := he.MultiplyScalar(s2_t1_at_5, 0x1.b6a89e44e2005p-2)
	result_w7_sum_1 := he.Add(result_w7_product_0, result_w7_term_1)
	// scalar product
	result_w7_term_2 := he.MultiplyScalar(result_w3, -0x1.ff2910ee2e572p-4)
	result_w7_sum_2 := he.Add(result_w7_sum_1, result_w7_term_2)
	// KEY SWITCH 8 of 10
	result_w7_switched := he.Relinearize(result_w7_sum_2)
	// rescaling: level 6
	result_w7 := he.Rescale(result_w7_switched)
	// tensor product 9 of 10
	result_multiplier_6_product_0 := he.Square(s2_t4)
	result_multiplier_6_multiple_0 := he.MultiplyInteger(result_multiplier_6_product_0, 2)
	s2_t2_at_5 := he.Drop(s2_t2, 5)
	// scalar product
	result_multiplier_6_term_1 := he.MultiplyScalar(s2_t2_at_5, 0x1.d18cacb30349p-2)
	result_multiplier_6_sum_1 := he.Add(result_multiplier_6_multiple_0, result_multiplier_6_term_1)
	// scalar product
	result_multiplier_6_term_2 := he.MultiplyScalar(s2_t4, 0x1.7c4ea01cfd482p-1)
	result_multiplier_6_sum_2 := he.Add(result_multiplier_6_sum_1, result_multiplier_6_term_2)
	// KEY SWITCH 9 of 10
	result_multiplier_6_rescaled_switched := he.Relinearize(result_multiplier_6_sum_2)
	// rescaling: level 6
	result_multiplier_6_rescaled := he.Rescale(result_multiplier_6_rescaled_switched)
	result_multiplier_6 := he.AddScalar(result_multiplier_6_rescaled, -0x1p+0)
	// tensor product 10 of 10
	result_product_0 := he.Multiply(result_w7, result_multiplier_6)
	s2_t1_at_6 := he.Drop(s2_t1, 6)
	// scalar product
	result_term_1 := he.MultiplyScalar(s2_t1_at_6, 0x1.09d2b2a57a7eep+0)
	result_sum_1 := he.Add(result_product_0, result_term_1)
	// scalar product
	result_term_2 := he.MultiplyScalar(result_w7, 0x1.110c93339c61p+0)
	result_sum_2 := he.Add(result_sum_1, result_term_2)
	result_w3_at_6 := he.Drop(result_w3, 6)
	// scalar product
	result_term_3 := he.MultiplyScalar(result_w3_at_6, 0x1.d447e4bda6c1cp-1)
	result_sum_3 := he.Add(result_sum_2, result_term_3)
	// KEY SWITCH 10 of 10
	result_switched := he.Relinearize(result_sum_3)
	// rescaling: level 7
	result := he.Rescale(result_switched)
	return result
}
