// GENERATED FILE - do not edit. Change the request and generate again:
//   equiripple minimax --function 'sigmoid(x)' --domain '[-8,8]' --degree 7 -o logistic_7.json
//   equiripple emit logistic_7.json --target lattigo -o logistic_7.go
//
// Function    sigmoid(x) on [-8, 8]
// Polynomial  1 stage, degree 7; Chebyshev basis, c[0] whole
// Error       0x1.35881786527d5p-6 <= best possible; this table <= 0x1.35c22375df394p-6
//             absolute; at most 2^-5.72 (0.019)
//             coefficients as stored, exact evaluation; evidence: proved
// Outside     |value| <= 2 on [-10.0407, 10.3845] (proved)
// Cost        3 levels, 4 key switches, 5 tensor products, 4 scalar products, growth 2^1.6
//             4 levels where the input has the working scale: one for the range
// Generator   equiripple 0.1.0

// Package logistic_7 is a function for ciphertexts of Lattigo: Evaluate runs its plan.
//
// Stages are its polynomials in Chebyshev's basis, for Lattigo's own evaluator:
//
//	poly := bignum.NewPolynomial(bignum.Chebyshev, stage.Coefficients, stage.Interval)
//	poly.IsOdd, poly.IsEven = stage.IsOdd, stage.IsEven
//
// one stage after the other; the change of interval is the caller's. The result is the last value.
package logistic_7

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
	ErrorAtMost   = 0x1.35c22375df394p-6
	ErrorUnit     = 0x1p+0
	ErrorMetric   = "absolute"
	ErrorEvidence = "proved"
)

// Stages are evaluated in this order.
var Stages = []Stage{
	{
		Coefficients: []float64{
			0x1p-1,
			0x1.3cf4ef3f75373p-1,
			0x0p+0,
			-0x1.589bcf85bef89p-3,
			0x0p+0,
			0x1.224bf318b712fp-4,
			0x0p+0,
			-0x1.4efaef8ff3008p-5,
		},
		Interval: [2]float64{-0x1p+3, 0x1p+3},
		IsOdd:    true,
		IsEven:   true,
	},
}

// Evaluate is the function of x, 3 levels and 4 key switches; one level more where the
// scale of the input does not hold the range (Plan.RequiredLevels). eval has a
// relinearisation key. What cannot be computed is an error before the first operation.
func Evaluate(eval *ckks.Evaluator, x *rlwe.Ciphertext) (*rlwe.Ciphertext, error) {
	return Plan.Evaluate(eval, x)
}

// Plan is the program for ciphertexts; Plan.EvaluateRefreshing takes a bootstrapper, too.
var Plan = lattigo.Record(lattigo.Facts{
	Name:              "logistic_7",
	Levels:            3,
	Lower:             -0x1p+3,
	Upper:             0x1p+3,
	HalfWidth:         0x1p+3,
	OutputScaleFactor: 0x1p+0,
}, run)

func run(he *lattigo.Recorder, x lattigo.Value) lattigo.Value {
	// scale read anew; where too large, a level
	t1 := he.Normalise(x, 0x0p+0, 0x1p+3)
	// tensor product 1 of 5
	t2_product_0 := he.Square(t1)
	t2_multiple_0 := he.MultiplyInteger(t2_product_0, 2)
	// KEY SWITCH 1 of 4
	t2_rescaled_switched := he.Relinearize(t2_multiple_0)
	// rescaling: level 1
	t2_rescaled := he.Rescale(t2_rescaled_switched)
	t2 := he.AddScalar(t2_rescaled, -0x1p+0)
	// tensor product 2 of 5
	t4_product_0 := he.Square(t2)
	t4_multiple_0 := he.MultiplyInteger(t4_product_0, 2)
	// KEY SWITCH 2 of 4
	t4_rescaled_switched := he.Relinearize(t4_multiple_0)
	// rescaling: level 2
	t4_rescaled := he.Rescale(t4_rescaled_switched)
	t4 := he.AddScalar(t4_rescaled, -0x1p+0)
	// scalar product
	result_block_2_term_0 := he.MultiplyScalar(t1, -0x1.4efaef8ff3008p-3)
	// rescaling: level 1
	result_block_2 := he.Rescale(result_block_2_term_0)
	// tensor product 3 of 5
	result_block_1_product_0 := he.Multiply(result_block_2, t2)
	t1_at_1 := he.Drop(t1, 1)
	// scalar product
	result_block_1_term_1 := he.MultiplyScalar(t1_at_1, 0x1.c9c96ae0b0933p-3)
	result_block_1_sum_1 := he.Add(result_block_1_product_0, result_block_1_term_1)
	// KEY SWITCH 3 of 4
	result_block_1_switched := he.Relinearize(result_block_1_sum_1)
	// rescaling: level 2
	result_block_1 := he.Rescale(result_block_1_switched)
	// scalar product
	result_block_3_term_0 := he.MultiplyScalar(t1_at_1, -0x1.e9c1c9121a82p-2)
	// rescaling: level 2
	result_block_3 := he.Rescale(result_block_3_term_0)
	// tensor product 4 of 5
	result_product_0 := he.Multiply(result_block_1, t4)
	t2_at_2 := he.Drop(t2, 2)
	// tensor product 5 of 5
	result_product_1 := he.Multiply(result_block_3, t2_at_2)
	result_sum_1 := he.Add(result_product_0, result_product_1)
	t1_at_2 := he.Drop(t1, 2)
	// scalar product
	result_term_2 := he.MultiplyScalar(t1_at_2, 0x1.cc55107cfb07cp-1)
	result_sum_2 := he.Add(result_sum_1, result_term_2)
	// KEY SWITCH 4 of 4
	result_rescaled_switched := he.Relinearize(result_sum_2)
	// rescaling: level 3
	result_rescaled := he.Rescale(result_rescaled_switched)
	result := he.AddScalar(result_rescaled, 0x1p-1)
	return result
}
