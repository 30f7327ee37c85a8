// GENERATED FILE - do not edit. Change the request and generate again:
//   equiripple minimax --function 'gelu(x)' --domain '[-7,7]' --degree 20 -o gelu_20.json
//   equiripple emit gelu_20.json --target lattigo -o gelu_20.go
//
// Function    gelu(x) on [-7, 7]
// Polynomial  1 stage, degree 20; Chebyshev basis, c[0] whole
// Error       0x1.05067b38e744fp-10 <= best possible; this table <= 0x1.05376e7a1f57ep-10
//             absolute; at most 2^-9.97 (0.000997)
//             coefficients as stored, exact evaluation; evidence: proved
// Outside     |value| <= 13.9981 on [-7.86891, 7.94903] (proved)
// Cost        5 levels, 5 key switches, 6 tensor products, 11 scalar products, growth 2^3.1
//             6 levels where the input has the working scale: one for the range
// Generator   equiripple 0.1.0

// Package gelu_20 is a function for ciphertexts of Lattigo: Evaluate runs its plan.
//
// Stages are its polynomials in Chebyshev's basis, for Lattigo's own evaluator:
//
//	poly := bignum.NewPolynomial(bignum.Chebyshev, stage.Coefficients, stage.Interval)
//	poly.IsOdd, poly.IsEven = stage.IsOdd, stage.IsEven
//
// one stage after the other; the change of interval is the caller's. The result is the last value.
package gelu_20

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
	ErrorAtMost   = 0x1.05376e7a1f57ep-10
	ErrorUnit     = 0x1p+0
	ErrorMetric   = "absolute"
	ErrorEvidence = "proved"
)

// Stages are evaluated in this order.
var Stages = []Stage{
	{
		Coefficients: []float64{
			0x1.1a3f9379696a2p+1,
			0x1.cp+1,
			0x1.875d40dd9125cp+0,
			0x0p+0,
			-0x1.548834896ddd3p-2,
			0x0p+0,
			0x1.375291401c095p-3,
			0x0p+0,
			-0x1.58e7366db3681p-4,
			0x0p+0,
			0x1.8fff64ab1166fp-5,
			0x0p+0,
			-0x1.ca1b3fa058416p-6,
			0x0p+0,
			0x1.f8d33f8d110cdp-7,
			0x0p+0,
			-0x1.086970b5b3ce9p-7,
			0x0p+0,
			0x1.0589b7258116bp-8,
			0x0p+0,
			-0x1.2acd136895327p-9,
		},
		Interval: [2]float64{-0x1.cp+2, 0x1.cp+2},
		IsOdd:    true,
		IsEven:   true,
	},
}

// Evaluate is the function of x, 5 levels and 5 key switches; one level more where the
// scale of the input does not hold the range (Plan.RequiredLevels). eval has a
// relinearisation key. What cannot be computed is an error before the first operation.
func Evaluate(eval *ckks.Evaluator, x *rlwe.Ciphertext) (*rlwe.Ciphertext, error) {
	return Plan.Evaluate(eval, x)
}

// Plan is the program for ciphertexts; Plan.EvaluateRefreshing takes a bootstrapper, too.
var Plan = lattigo.Record(lattigo.Facts{
	Name:              "gelu_20",
	Levels:            5,
	Lower:             -0x1.cp+2,
	Upper:             0x1.cp+2,
	HalfWidth:         0x1.cp+2,
	OutputScaleFactor: 0x1p+0,
}, run)

func run(he *lattigo.Recorder, x lattigo.Value) lattigo.Value {
	// scale read anew; where too large, a level
	t1 := he.Normalise(x, 0x0p+0, 0x1.cp+2)
	// tensor product 1 of 6
	t2_product_0 := he.Square(t1)
	t2_multiple_0 := he.MultiplyInteger(t2_product_0, 2)
	// KEY SWITCH 1 of 5
	t2_rescaled_switched := he.Relinearize(t2_multiple_0)
	// rescaling: level 1
	t2_rescaled := he.Rescale(t2_rescaled_switched)
	t2 := he.AddScalar(t2_rescaled, -0x1p+0)
	// tensor product 2 of 6
	t2_t2_product_0 := he.Square(t2)
	t2_t2_multiple_0 := he.MultiplyInteger(t2_t2_product_0, 2)
	// KEY SWITCH 2 of 5
	t2_t2_rescaled_switched := he.Relinearize(t2_t2_multiple_0)
	// rescaling: level 2
	t2_t2_rescaled := he.Rescale(t2_t2_rescaled_switched)
	t2_t2 := he.AddScalar(t2_t2_rescaled, -0x1p+0)
	// scalar product
	result_w6_block_1_term_0 := he.MultiplyScalar(t2_t2, -0x1.2acd136895327p-7)
	t2_at_2 := he.Drop(t2, 2)
	// scalar product
	result_w6_block_1_term_1 := he.MultiplyScalar(t2_at_2, 0x1.0589b7258116bp-6)
	result_w6_block_1_sum_1 := he.Add(result_w6_block_1_term_0, result_w6_block_1_term_1)
	// rescaling: level 3
	result_w6_block_1 := he.Rescale(result_w6_block_1_sum_1)
	// tensor product 3 of 6
	t2_t4_product_0 := he.Square(t2_t2)
	t2_t4_multiple_0 := he.MultiplyInteger(t2_t4_product_0, 2)
	// KEY SWITCH 3 of 5
	t2_t4_rescaled_switched := he.Relinearize(t2_t4_multiple_0)
	// rescaling: level 3
	t2_t4_rescaled := he.Rescale(t2_t4_rescaled_switched)
	t2_t4 := he.AddScalar(t2_t4_rescaled, -0x1p+0)
	// tensor product 4 of 6
	result_w6_product_0 := he.Multiply(result_w6_block_1, t2_t4)
	// KEY SWITCH 4 of 5
	result_w6_switched := he.Relinearize(result_w6_product_0)
	// rescaling: level 4
	result_w6 := he.Rescale(result_w6_switched)
	t2_t2_at_3 := he.Drop(t2_t2, 3)
	// scalar product
	result_addend_2_term_0 := he.MultiplyScalar(t2_t2_at_3, 0x1.c512d79bb64dfp+1)
	t2_at_3 := he.Drop(t2, 3)
	// scalar product
	result_addend_2_term_1 := he.MultiplyScalar(t2_at_3, 0x1.30623ffe1951fp+0)
	result_addend_2_sum_1 := he.Add(result_addend_2_term_0, result_addend_2_term_1)
	// rescaling: level 4
	result_addend_2 := he.Rescale(result_addend_2_sum_1)
	t2_t4_at_4 := he.Drop(t2_t4, 4)
	result_multiplier_3 := he.Add(t2_t4_at_4, result_addend_2)
	// scalar product
	result_block_4_term_0 := he.MultiplyScalar(t2_t4, -0x1.03b2041ce699ap-5)
	// scalar product
	result_block_4_term_1 := he.MultiplyScalar(t2_t2_at_3, 0x1.a6a5702aaf5f2p-3)
	result_block_4_sum_1 := he.Add(result_block_4_term_0, result_block_4_term_1)
	// rescaling: level 4
	result_block_4 := he.Rescale(result_block_4_sum_1)
	// tensor product 5 of 6
	result_product_0 := he.Multiply(result_w6, result_multiplier_3)
	t2_at_4 := he.Drop(t2, 4)
	// tensor product 6 of 6
	result_product_1 := he.Multiply(result_block_4, t2_at_4)
	result_sum_1 := he.Add(result_product_0, result_product_1)
	// scalar product
	result_term_2 := he.MultiplyScalar(t2_at_4, 0x1.67fbb9a4a68cap+0)
	result_sum_2 := he.Add(result_sum_1, result_term_2)
	t2_t2_at_4 := he.Drop(t2_t2, 4)
	// scalar product
	result_term_3 := he.MultiplyScalar(t2_t2_at_4, -0x1.3590e668972ebp-2)
	result_sum_3 := he.Add(result_sum_2, result_term_3)
	// scalar product
	result_term_4 := he.MultiplyScalar(t2_t4_at_4, -0x1.3dabd772eabbcp-4)
	result_sum_4 := he.Add(result_sum_3, result_term_4)
	// scalar product
	result_term_5 := he.MultiplyScalar(result_w6, 0x1.ab17969dd2909p+2)
	result_sum_5 := he.Add(result_sum_4, result_term_5)
	t1_at_4 := he.Drop(t1, 4)
	// scalar product
	result_term_6 := he.MultiplyScalar(t1_at_4, 0x1.cp+1)
	result_sum_6 := he.Add(result_sum_5, result_term_6)
	// KEY SWITCH 5 of 5
	result_rescaled_switched := he.Relinearize(result_sum_6)
	// rescaling: level 5
	result_rescaled := he.Rescale(result_rescaled_switched)
	result := he.AddScalar(result_rescaled, 0x1.1b47fcea1f1dfp+1)
	return result
}
