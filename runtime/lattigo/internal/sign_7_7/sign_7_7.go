// GENERATED FILE - do not edit. Change the request and generate again:
//   equiripple sign --gap 1/4 --range 1 --degrees 7,7 -o sign_7_7.json
//   equiripple emit sign_7_7.json --target lattigo -o sign_7_7.go
//
// Function    sign(x) for 0.25 <= |x| <= 1
// Polynomial  2 stages, degrees 7, 7; Chebyshev basis, c[0] whole
// Error       0x1.ab7f78d07ad3fp-16 <= this table <= 0x1.ab8446ea4118dp-16
//             absolute; at most 2^-15.26 (2.55e-05)
//             coefficients as stored, exact evaluation; evidence: proved
// Outside     |sign| <= 2 up to 1.1584 times the range (proved); on its side of 0, within 1/2, up to 1.0745 times (proved)
// Cost        6 levels, 8 key switches, 8 tensor products, 8 scalar products, growth 2^3.6
// Generator   equiripple 0.1.0

// Package sign_7_7 is a function for ciphertexts of Lattigo: Evaluate runs its plan.
//
// Stages are its polynomials in Chebyshev's basis, for Lattigo's own evaluator:
//
//	poly := bignum.NewPolynomial(bignum.Chebyshev, stage.Coefficients, stage.Interval)
//	poly.IsOdd, poly.IsEven = stage.IsOdd, stage.IsEven
//
// one stage after the other; the change of interval is the caller's. The result is the last value.
package sign_7_7

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
	ErrorAtMost   = 0x1.ab8446ea4118dp-16
	ErrorUnit     = 0x1p+0
	ErrorMetric   = "absolute"
	ErrorEvidence = "proved"
)

// Stages are evaluated in this order.
var Stages = []Stage{
	{
		Coefficients: []float64{
			0x0p+0,
			0x1.42b0c6a7d862p+0,
			0x0p+0,
			-0x1.8c9380e5a763p-2,
			0x0p+0,
			0x1.91d5791e88508p-3,
			0x0p+0,
			-0x1.374eb002bcb89p-3,
		},
		Interval: [2]float64{-0x1p+0, 0x1p+0},
		IsOdd:    true,
		IsEven:   false,
	},
	{
		Coefficients: []float64{
			0x0p+0,
			0x1.359952b24a22bp+0,
			0x0p+0,
			-0x1.0e603774a456p-2,
			0x0p+0,
			0x1.02c04f39b9eaap-4,
			0x0p+0,
			-0x1.177aa681cb059p-7,
		},
		Interval: [2]float64{-0x1.1523446e18434p+0, 0x1.1523446e18434p+0},
		IsOdd:    true,
		IsEven:   false,
	},
}

// Evaluate is the function of x, 6 levels and 8 key switches; one level more where the
// scale of the input does not hold the range (Plan.RequiredLevels). eval has a
// relinearisation key. What cannot be computed is an error before the first operation.
func Evaluate(eval *ckks.Evaluator, x *rlwe.Ciphertext) (*rlwe.Ciphertext, error) {
	return Plan.Evaluate(eval, x)
}

// Plan is the program for ciphertexts; Plan.EvaluateRefreshing takes a bootstrapper, too.
var Plan = lattigo.Record(lattigo.Facts{
	Name:              "sign_7_7",
	Levels:            6,
	Lower:             -0x1p+0,
	Upper:             0x1p+0,
	HalfWidth:         0x1p+0,
	OutputScaleFactor: 0x1p+0,
}, run)

func run(he *lattigo.Recorder, x lattigo.Value) lattigo.Value {
	s1_t1 := he.Normalise(x, 0x0p+0, 0x1p+0)
	// scalar product
	stage_1_w3_block_1_term_0 := he.MultiplyScalar(s1_t1, -0x1.1f903d6338f22p-1)
	// rescaling: level 1
	stage_1_w3_block_1 := he.Rescale(stage_1_w3_block_1_term_0)
	// tensor product 1 of 8
	s1_t2_product_0 := he.Square(s1_t1)
	s1_t2_multiple_0 := he.MultiplyInteger(s1_t2_product_0, 2)
	// KEY SWITCH 1 of 8
	s1_t2_rescaled_switched := he.Relinearize(s1_t2_multiple_0)
	// rescaling: level 1
	s1_t2_rescaled := he.Rescale(s1_t2_rescaled_switched)
	s1_t2 := he.AddScalar(s1_t2_rescaled, -0x1p+0)
	// tensor product 2 of 8
	stage_1_w3_product_0 := he.Multiply(stage_1_w3_block_1, s1_t2)
	// KEY SWITCH 2 of 8
	stage_1_w3_switched := he.Relinearize(stage_1_w3_product_0)
	// rescaling: level 2
	stage_1_w3 := he.Rescale(stage_1_w3_switched)
	// tensor product 3 of 8
	stage_1_multiplier_2_product_0 := he.Square(s1_t2)
	stage_1_multiplier_2_multiple_0 := he.MultiplyInteger(stage_1_multiplier_2_product_0, 2)
	// scalar product
	stage_1_multiplier_2_term_1 := he.MultiplyScalar(s1_t2, -0x1.2538c1fdd62fep+1)
	stage_1_multiplier_2_sum_1 := he.Add(stage_1_multiplier_2_multiple_0, stage_1_multiplier_2_term_1)
	// KEY SWITCH 3 of 8
	stage_1_multiplier_2_rescaled_switched := he.Relinearize(stage_1_multiplier_2_sum_1)
	// rescaling: level 2
	stage_1_multiplier_2_rescaled := he.Rescale(stage_1_multiplier_2_rescaled_switched)
	stage_1_multiplier_2 := he.AddScalar(stage_1_multiplier_2_rescaled, -0x1p+0)
	// tensor product 4 of 8
	stage_1_product_0 := he.Multiply(stage_1_w3, stage_1_multiplier_2)
	s1_t1_at_2 := he.Drop(s1_t1, 2)
	// scalar product
	stage_1_term_1 := he.MultiplyScalar(s1_t1_at_2, 0x1.3351239459883p+0)
	stage_1_sum_1 := he.Add(stage_1_product_0, stage_1_term_1)
	// scalar product
	stage_1_term_2 := he.MultiplyScalar(stage_1_w3, 0x1.eb576e4d55d0cp+0)
	stage_1_sum_2 := he.Add(stage_1_sum_1, stage_1_term_2)
	// KEY SWITCH 4 of 8
	stage_1_switched := he.Relinearize(stage_1_sum_2)
	// rescaling: level 3
	stage_1 := he.Rescale(stage_1_switched)
	// variable of the stage
	s2_t1 := he.Stage(stage_1, -0x1.cp-1)
	// scalar product
	result_w3_block_3_term_0 := he.MultiplyScalar(s2_t1, -0x1.177aa681cb059p-5)
	// rescaling: level 4
	result_w3_block_3 := he.Rescale(result_w3_block_3_term_0)
	// tensor product 5 of 8
	s2_t2_product_0 := he.Square(s2_t1)
	s2_t2_multiple_0 := he.MultiplyInteger(s2_t2_product_0, 2)
	// KEY SWITCH 5 of 8
	s2_t2_rescaled_switched := he.Relinearize(s2_t2_multiple_0)
	// rescaling: level 4
	s2_t2_rescaled := he.Rescale(s2_t2_rescaled_switched)
	s2_t2 := he.AddScalar(s2_t2_rescaled, -0x1p+0)
	// tensor product 6 of 8
	result_w3_product_0 := he.Multiply(result_w3_block_3, s2_t2)
	// KEY SWITCH 6 of 8
	result_w3_switched := he.Relinearize(result_w3_product_0)
	// rescaling: level 5
	result_w3 := he.Rescale(result_w3_switched)
	// tensor product 7 of 8
	result_multiplier_4_product_0 := he.Square(s2_t2)
	result_multiplier_4_multiple_0 := he.MultiplyInteger(result_multiplier_4_product_0, 2)
	// scalar product
	result_multiplier_4_term_1 := he.MultiplyScalar(s2_t2, -0x1.0d03722b0c8aep+3)
	result_multiplier_4_sum_1 := he.Add(result_multiplier_4_multiple_0, result_multiplier_4_term_1)
	// KEY SWITCH 7 of 8
	result_multiplier_4_rescaled_switched := he.Relinearize(result_multiplier_4_sum_1)
	// rescaling: level 5
	result_multiplier_4_rescaled := he.Rescale(result_multiplier_4_rescaled_switched)
	result_multiplier_4 := he.AddScalar(result_multiplier_4_rescaled, -0x1p+0)
	// tensor product 8 of 8
	result_product_0 := he.Multiply(result_w3, result_multiplier_4)
	s2_t1_at_5 := he.Drop(s2_t1, 5)
	// scalar product
	result_term_1 := he.MultiplyScalar(s2_t1_at_5, 0x1.66d6664ed4038p+0)
	result_sum_1 := he.Add(result_product_0, result_term_1)
	// scalar product
	result_term_2 := he.MultiplyScalar(result_w3, 0x1.32ea353daec65p+4)
	result_sum_2 := he.Add(result_sum_1, result_term_2)
	// KEY SWITCH 8 of 8
	result_switched := he.Relinearize(result_sum_2)
	// rescaling: level 6
	result := he.Rescale(result_switched)
	return result
}
