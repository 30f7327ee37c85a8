// GENERATED FILE - do not edit. Change the request and generate again:
//   equiripple relu --range 4 --degrees 7,7 -o relu_7_7.json
//   equiripple emit relu_7_7.json --target lattigo -o relu_7_7.go
//
// Function    relu(x) = max(x, 0) for |x| <= 4
// Polynomial  2 stages, degrees 7, 7; Chebyshev basis, c[0] whole
// Error       0x1.eb4ce04583ee4p-8 <= this table <= 0x1.eba9028649721p-8
//             divided by the range; the gap of sign included; at most 2^-7.05 (0.00751)
//             times the range: at most 2^-5.05 (0.0301)
//             coefficients as stored, exact evaluation; evidence: proved
// Outside     |sign| <= 2 up to 1.0671 times the range (proved); on its side of 0, within 1/2, up to 1.0159 times (proved)
// Cost        6 levels, 9 key switches, 9 tensor products, 9 scalar products, growth 2^2.8
//             7 levels where the input has the working scale: one for the range
// Generator   equiripple 0.1.0

// Package relu_7_7 is a function for ciphertexts of Lattigo: Evaluate runs its plan.
//
// Stages are its polynomials in Chebyshev's basis, for Lattigo's own evaluator:
//
//	poly := bignum.NewPolynomial(bignum.Chebyshev, stage.Coefficients, stage.Interval)
//	poly.IsOdd, poly.IsEven = stage.IsOdd, stage.IsEven
//
// one stage after the other; the change of interval is the caller's. The result is x*(1 + v)/2 of the last value v.
package relu_7_7

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
	ErrorAtMost   = 0x1.eba9028649721p-8
	ErrorUnit     = 0x1p+2
	ErrorMetric   = "relu"
	ErrorEvidence = "proved"
)

// Stages are evaluated in this order.
var Stages = []Stage{
	{
		Coefficients: []float64{
			0x0p+0,
			0x1.45e1de081e738p+0,
			0x0p+0,
			-0x1.b22c4010e697ep-2,
			0x0p+0,
			0x1.058ca378a0dadp-2,
			0x0p+0,
			-0x1.0291dd839428fp-1,
		},
		Interval: [2]float64{-0x1p+2, 0x1p+2},
		IsOdd:    true,
		IsEven:   false,
	},
	{
		Coefficients: []float64{
			0x0p+0,
			0x1.3ede28591d087p+0,
			0x0p+0,
			-0x1.6303caed3943fp-2,
			0x0p+0,
			0x1.20b077e998264p-3,
			0x0p+0,
			-0x1.c12deb5ae97bbp-5,
		},
		Interval: [2]float64{-0x1.668efbdfbe43fp+0, 0x1.668efbdfbe43fp+0},
		IsOdd:    true,
		IsEven:   false,
	},
}

// Evaluate is the function of x, 6 levels and 9 key switches; one level more where the
// scale of the input does not hold the range (Plan.RequiredLevels). eval has a
// relinearisation key. What cannot be computed is an error before the first operation.
func Evaluate(eval *ckks.Evaluator, x *rlwe.Ciphertext) (*rlwe.Ciphertext, error) {
	return Plan.Evaluate(eval, x)
}

// Plan is the program for ciphertexts; Plan.EvaluateRefreshing takes a bootstrapper, too.
var Plan = lattigo.Record(lattigo.Facts{
	Name:              "relu_7_7",
	Levels:            6,
	Lower:             -0x1p+2,
	Upper:             0x1p+2,
	HalfWidth:         0x1p+2,
	OutputScaleFactor: 0x1p+0,
}, run)

func run(he *lattigo.Recorder, x lattigo.Value) lattigo.Value {
	// scale read anew; where too large, a level
	s1_t1 := he.Normalise(x, 0x0p+0, 0x1p+2)
	// scalar product
	stage_1_w3_block_1_term_0 := he.MultiplyScalar(s1_t1, -0x1.7138daf9078b2p+0)
	// rescaling: level 1
	stage_1_w3_block_1 := he.Rescale(stage_1_w3_block_1_term_0)
	// tensor product 1 of 9
	s1_t2_product_0 := he.Square(s1_t1)
	s1_t2_multiple_0 := he.MultiplyInteger(s1_t2_product_0, 2)
	// KEY SWITCH 1 of 9
	s1_t2_rescaled_switched := he.Relinearize(s1_t2_multiple_0)
	// rescaling: level 1
	s1_t2_rescaled := he.Rescale(s1_t2_rescaled_switched)
	s1_t2 := he.AddScalar(s1_t2_rescaled, -0x1p+0)
	// tensor product 2 of 9
	stage_1_w3_product_0 := he.Multiply(stage_1_w3_block_1, s1_t2)
	// KEY SWITCH 2 of 9
	stage_1_w3_switched := he.Relinearize(stage_1_w3_product_0)
	// rescaling: level 2
	stage_1_w3 := he.Rescale(stage_1_w3_switched)
	// tensor product 3 of 9
	stage_1_multiplier_2_product_0 := he.Square(s1_t2)
	stage_1_multiplier_2_multiple_0 := he.MultiplyInteger(stage_1_multiplier_2_product_0, 2)
	// scalar product
	stage_1_multiplier_2_term_1 := he.MultiplyScalar(s1_t2, -0x1.817998a31101ep+0)
	stage_1_multiplier_2_sum_1 := he.Add(stage_1_multiplier_2_multiple_0, stage_1_multiplier_2_term_1)
	// KEY SWITCH 3 of 9
	stage_1_multiplier_2_rescaled_switched := he.Relinearize(stage_1_multiplier_2_sum_1)
	// rescaling: level 2
	stage_1_multiplier_2_rescaled := he.Rescale(stage_1_multiplier_2_rescaled_switched)
	stage_1_multiplier_2 := he.AddScalar(stage_1_multiplier_2_rescaled, -0x1p+0)
	// tensor product 4 of 9
	stage_1_product_0 := he.Multiply(stage_1_w3, stage_1_multiplier_2)
	s1_t1_at_2 := he.Drop(s1_t1, 2)
	// scalar product
	stage_1_term_1 := he.MultiplyScalar(s1_t1_at_2, 0x1.565a6e04367b5p-1)
	stage_1_sum_1 := he.Add(stage_1_product_0, stage_1_term_1)
	// scalar product
	stage_1_term_2 := he.MultiplyScalar(stage_1_w3, 0x1.58676664b3a72p-1)
	stage_1_sum_2 := he.Add(stage_1_sum_1, stage_1_term_2)
	// KEY SWITCH 4 of 9
	stage_1_switched := he.Relinearize(stage_1_sum_2)
	// rescaling: level 3
	stage_1 := he.Rescale(stage_1_switched)
	// variable of the stage
	s2_t1 := he.Stage(stage_1, -0x1.8p-1)
	x_at_2 := he.Drop(x, 2)
	// scalar product
	s2_leading_x_term_0 := he.MultiplyScalar(x_at_2, -0x1.c12deb5ae97bbp-4)
	// rescaling: level 3
	s2_leading_x := he.Rescale(s2_leading_x_term_0)
	// tensor product 5 of 9
	s2_x_t1_product_0 := he.Multiply(s2_leading_x, s2_t1)
	// KEY SWITCH 5 of 9
	s2_x_t1_switched := he.Relinearize(s2_x_t1_product_0)
	// rescaling: level 4
	s2_x_t1 := he.Rescale(s2_x_t1_switched)
	// tensor product 6 of 9
	s2_t2_product_0 := he.Square(s2_t1)
	s2_t2_multiple_0 := he.MultiplyInteger(s2_t2_product_0, 2)
	// KEY SWITCH 6 of 9
	s2_t2_rescaled_switched := he.Relinearize(s2_t2_multiple_0)
	// rescaling: level 4
	s2_t2_rescaled := he.Rescale(s2_t2_rescaled_switched)
	s2_t2 := he.AddScalar(s2_t2_rescaled, -0x1p+0)
	// tensor product 7 of 9
	result_w3_product_0 := he.Multiply(s2_x_t1, s2_t2)
	// KEY SWITCH 7 of 9
	result_w3_switched := he.Relinearize(result_w3_product_0)
	// rescaling: level 5
	result_w3 := he.Rescale(result_w3_switched)
	// tensor product 8 of 9
	result_multiplier_3_product_0 := he.Square(s2_t2)
	result_multiplier_3_multiple_0 := he.MultiplyInteger(result_multiplier_3_product_0, 2)
	// scalar product
	result_multiplier_3_term_1 := he.MultiplyScalar(s2_t2, -0x1.c9107bf3b09cep+1)
	result_multiplier_3_sum_1 := he.Add(result_multiplier_3_multiple_0, result_multiplier_3_term_1)
	// KEY SWITCH 8 of 9
	result_multiplier_3_rescaled_switched := he.Relinearize(result_multiplier_3_sum_1)
	// rescaling: level 5
	result_multiplier_3_rescaled := he.Rescale(result_multiplier_3_rescaled_switched)
	result_multiplier_3 := he.AddScalar(result_multiplier_3_rescaled, -0x1p+0)
	// tensor product 9 of 9
	result_product_0 := he.Multiply(result_w3, result_multiplier_3)
	s2_x_t1_at_5 := he.Drop(s2_x_t1, 5)
	// scalar product
	result_term_1 := he.MultiplyScalar(s2_x_t1_at_5, -0x1.977f382548bfap+2)
	result_sum_1 := he.Add(result_product_0, result_term_1)
	// scalar product
	result_term_2 := he.MultiplyScalar(result_w3, 0x1.1c995bf4084bfp+2)
	result_sum_2 := he.Add(result_sum_1, result_term_2)
	x_at_5 := he.Drop(x, 5)
	// scalar product
	result_term_3 := he.MultiplyScalar(x_at_5, 0x1p-1)
	result_sum_3 := he.Add(result_sum_2, result_term_3)
	// KEY SWITCH 9 of 9
	result_switched := he.Relinearize(result_sum_3)
	// rescaling: level 6
	result := he.Rescale(result_switched)
	return result
}
