// GENERATED FILE - do not edit. Change the request and generate again:
//   equiripple rsqrt --domain '[1/16,1]' --error 2^-20 -o reciprocal_root.json
//   equiripple emit reciprocal_root.json --target lattigo -o reciprocal_root.go
//
// Function    1/sqrt(x) on [0.0625, 1]
// Polynomial  a start of degree 24 for 1/sqrt(x), 0 corrections (Newton); Chebyshev basis, c[0] whole
// Error       0x1.a5da37615e4d8p-21 <= this table <= 0x1.a629539a07441p-21
//             relative to the function; at most 2^-20.27 (7.87e-07)
//             coefficients as stored, exact evaluation; evidence: proved
// Cost        5 levels, 7 key switches, 10 tensor products, 26 scalar products, growth 2^2.0
// Generator   equiripple 0.1.0

// Package reciprocal_root is a function for ciphertexts of Lattigo: Evaluate runs its plan.
//
// Stages are its polynomials in Chebyshev's basis, for Lattigo's own evaluator:
//
//	poly := bignum.NewPolynomial(bignum.Chebyshev, stage.Coefficients, stage.Interval)
//	poly.IsOdd, poly.IsEven = stage.IsOdd, stage.IsEven
//
// one stage after the other; the change of interval is the caller's. It is the start; the plan corrects it.
package reciprocal_root

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
	ErrorAtMost   = 0x1.a629539a07441p-21
	ErrorUnit     = 0x1p+0
	ErrorMetric   = "relative"
	ErrorEvidence = "proved"
)

// Stages are evaluated in this order.
var Stages = []Stage{
	{
		Coefficients: []float64{
			0x1.c8868ea4d788cp+0,
			-0x1.2128119eb78f1p+0,
			0x1.0931c6b43e851p-1,
			-0x1.0bcbd2b8047e2p-2,
			0x1.1ae18d5a5716ap-3,
			-0x1.32c3217f2da24p-4,
			0x1.52708ce474d22p-5,
			-0x1.79f7b4d26f78ep-6,
			0x1.a9f729216b173p-7,
			-0x1.e3730a23fa691p-8,
			0x1.13e3d18f82ac3p-8,
			-0x1.3c54a31c63bf8p-9,
			0x1.6c15be7d8e1b8p-10,
			-0x1.a466a73f4abd5p-11,
			0x1.e6c4ecb5fbf8dp-12,
			-0x1.1a7b4c1ff9299p-12,
			0x1.488b709c263ebp-13,
			-0x1.7ed2ae1dcd598p-14,
			0x1.becbdead26fc8p-15,
			-0x1.051b65b25a191p-15,
			0x1.3190b8bcc2803p-16,
			-0x1.65f538dd63573p-17,
			0x1.a3931ddf2a704p-18,
			-0x1.eb8c102fbc471p-19,
			0x1.1eeb04349e77bp-19,
		},
		Interval: [2]float64{0x1p-4, 0x1p+0},
		IsOdd:    true,
		IsEven:   true,
	},
}

// Evaluate is the function of x, 5 levels and 7 key switches; one level more where the
// scale of the input does not hold the range (Plan.RequiredLevels). eval has a
// relinearisation key. What cannot be computed is an error before the first operation.
func Evaluate(eval *ckks.Evaluator, x *rlwe.Ciphertext) (*rlwe.Ciphertext, error) {
	return Plan.Evaluate(eval, x)
}

// Plan is the program for ciphertexts; Plan.EvaluateRefreshing takes a bootstrapper, too.
var Plan = lattigo.Record(lattigo.Facts{
	Name:              "reciprocal_root",
	Levels:            5,
	Lower:             0x1p-4,
	Upper:             0x1p+0,
	HalfWidth:         0x1.ep-2,
	OutputScaleFactor: 0x1p+0,
	Stages:            1, // what corrections make may be outside [-1, 1]
}, run)

func run(he *lattigo.Recorder, x lattigo.Value) lattigo.Value {
	// scale read anew; where too large, a level
	t1 := he.Normalise(x, 0x1.1p-1, 0x1.ep-2)
	// tensor product 1 of 10
	t2_product_0 := he.Square(t1)
	t2_multiple_0 := he.MultiplyInteger(t2_product_0, 2)
	// KEY SWITCH 1 of 7
	t2_rescaled_switched := he.Relinearize(t2_multiple_0)
	// rescaling: level 1
	t2_rescaled := he.Rescale(t2_rescaled_switched)
	t2 := he.AddScalar(t2_rescaled, -0x1p+0)
	t1_at_1 := he.Drop(t1, 1)
	// tensor product 2 of 10
	t3_product_0 := he.Multiply(t2, t1_at_1)
	t3_multiple_0 := he.MultiplyInteger(t3_product_0, 2)
	// scalar product
	t3_term_1 := he.MultiplyScalar(t1_at_1, -0x1p+0)
	t3_sum_1 := he.Add(t3_multiple_0, t3_term_1)
	// KEY SWITCH 2 of 7
	t3_switched := he.Relinearize(t3_sum_1)
	// rescaling: level 2
	t3 := he.Rescale(t3_switched)
	// scalar product
	result_w12_block_1_term_0 := he.MultiplyScalar(t3, -0x1.573c2ef602868p-14)
	t2_at_2 := he.Drop(t2, 2)
	// scalar product
	result_w12_block_1_term_1 := he.MultiplyScalar(t2_at_2, 0x1.8a597af141ae8p-13)
	result_w12_block_1_sum_1 := he.Add(result_w12_block_1_term_0, result_w12_block_1_term_1)
	t1_at_2 := he.Drop(t1, 2)
	// scalar product
	result_w12_block_1_term_2 := he.MultiplyScalar(t1_at_2, -0x1.6f764d9c4f774p-12)
	result_w12_block_1_sum_2 := he.Add(result_w12_block_1_sum_1, result_w12_block_1_term_2)
	// rescaling: level 3
	result_w12_block_1 := he.Rescale(result_w12_block_1_sum_2)
	// tensor product 3 of 10
	t4_product_0 := he.Square(t2)
	t4_multiple_0 := he.MultiplyInteger(t4_product_0, 2)
	// KEY SWITCH 3 of 7
	t4_rescaled_switched := he.Relinearize(t4_multiple_0)
	// rescaling: level 2
	t4_rescaled := he.Rescale(t4_rescaled_switched)
	t4 := he.AddScalar(t4_rescaled, -0x1p+0)
	// scalar product
	result_w12_block_2_term_0 := he.MultiplyScalar(t4, 0x1.1eeb04349e77bp-17)
	// scalar product
	result_w12_block_2_term_1 := he.MultiplyScalar(t3, -0x1.eb8c102fbc471p-17)
	result_w12_block_2_sum_1 := he.Add(result_w12_block_2_term_0, result_w12_block_2_term_1)
	// scalar product
	result_w12_block_2_term_2 := he.MultiplyScalar(t2_at_2, 0x1.a3931ddf2a704p-16)
	result_w12_block_2_sum_2 := he.Add(result_w12_block_2_sum_1, result_w12_block_2_term_2)
	// scalar product
	result_w12_block_2_term_3 := he.MultiplyScalar(t1_at_2, -0x1.65f538dd63573p-15)
	result_w12_block_2_sum_3 := he.Add(result_w12_block_2_sum_2, result_w12_block_2_term_3)
	// rescaling: level 3
	result_w12_block_2 := he.Rescale(result_w12_block_2_sum_3)
	// tensor product 4 of 10
	t8_product_0 := he.Square(t4)
	t8_multiple_0 := he.MultiplyInteger(t8_product_0, 2)
	// KEY SWITCH 4 of 7
	t8_rescaled_switched := he.Relinearize(t8_multiple_0)
	// rescaling: level 3
	t8_rescaled := he.Rescale(t8_rescaled_switched)
	t8 := he.AddScalar(t8_rescaled, -0x1p+0)
	t4_at_3 := he.Drop(t4, 3)
	// tensor product 5 of 10
	result_w12_product_0 := he.Multiply(result_w12_block_1, t4_at_3)
	// tensor product 6 of 10
	result_w12_product_1 := he.Multiply(result_w12_block_2, t8)
	result_w12_sum_1 := he.Add(result_w12_product_0, result_w12_product_1)
	t1_at_3 := he.Drop(t1, 3)
	// scalar product
	result_w12_term_2 := he.MultiplyScalar(t1_at_3, -0x1.99acc5c79aa92p-10)
	result_w12_sum_2 := he.Add(result_w12_sum_1, result_w12_term_2)
	t2_at_3 := he.Drop(t2, 3)
	// scalar product
	result_w12_term_3 := he.MultiplyScalar(t2_at_3, 0x1.b579bd57d3c3p-11)
	result_w12_sum_3 := he.Add(result_w12_sum_2, result_w12_term_3)
	t3_at_3 := he.Drop(t3, 3)
	// scalar product
	result_w12_term_4 := he.MultiplyScalar(t3_at_3, -0x1.7d3b7171ca978p-12)
	result_w12_sum_4 := he.Add(result_w12_sum_3, result_w12_term_4)
	// scalar product
	result_w12_term_5 := he.MultiplyScalar(t8, 0x1.3190b8bcc2803p-15)
	result_w12_sum_5 := he.Add(result_w12_sum_4, result_w12_term_5)
	// KEY SWITCH 5 of 7
	result_w12_switched := he.Relinearize(result_w12_sum_5)
	// rescaling: level 4
	result_w12 := he.Rescale(result_w12_switched)
	// tensor product 7 of 10
	t12_product_0 := he.Multiply(t8, t4_at_3)
	t12_multiple_0 := he.MultiplyInteger(t12_product_0, 2)
	// scalar product
	t12_term_1 := he.MultiplyScalar(t4_at_3, -0x1p+0)
	t12_sum_1 := he.Add(t12_multiple_0, t12_term_1)
	// KEY SWITCH 6 of 7
	t12_switched := he.Relinearize(t12_sum_1)
	// rescaling: level 4
	t12 := he.Rescale(t12_switched)
	// scalar product
	result_block_3_term_0 := he.MultiplyScalar(t8, -0x1.a675f29922205p-9)
	// scalar product
	result_block_3_term_1 := he.MultiplyScalar(t4_at_3, -0x1.04060ccbd2f5fp-5)
	result_block_3_sum_1 := he.Add(result_block_3_term_0, result_block_3_term_1)
	// scalar product
	result_block_3_term_2 := he.MultiplyScalar(t3_at_3, 0x1.3351e994452adp-4)
	result_block_3_sum_2 := he.Add(result_block_3_sum_1, result_block_3_term_2)
	// scalar product
	result_block_3_term_3 := he.MultiplyScalar(t2_at_3, -0x1.2c08a64812ce8p-3)
	result_block_3_sum_3 := he.Add(result_block_3_sum_2, result_block_3_term_3)
	// rescaling: level 4
	result_block_3 := he.Rescale(result_block_3_sum_3)
	// scalar product
	result_block_4_term_0 := he.MultiplyScalar(t8, 0x1.440fc48b53c4dp-12)
	// scalar product
	result_block_4_term_1 := he.MultiplyScalar(t2_at_3, 0x1.eaef058845d94p-8)
	result_block_4_sum_1 := he.Add(result_block_4_term_0, result_block_4_term_1)
	// scalar product
	result_block_4_term_2 := he.MultiplyScalar(t1_at_3, -0x1.d1cb5561fad67p-7)
	result_block_4_sum_2 := he.Add(result_block_4_sum_1, result_block_4_term_2)
	// rescaling: level 4
	result_block_4 := he.Rescale(result_block_4_sum_2)
	// tensor product 8 of 10
	result_product_0 := he.Multiply(result_w12, t12)
	t3_at_4 := he.Drop(t3, 4)
	// tensor product 9 of 10
	result_product_1 := he.Multiply(result_block_3, t3_at_4)
	result_sum_1 := he.Add(result_product_0, result_product_1)
	t8_at_4 := he.Drop(t8, 4)
	// tensor product 10 of 10
	result_product_2 := he.Multiply(result_block_4, t8_at_4)
	result_sum_2 := he.Add(result_sum_1, result_product_2)
	t1_at_4 := he.Drop(t1, 4)
	// scalar product
	result_term_3 := he.MultiplyScalar(t1_at_4, -0x1.0a57319585106p+0)
	result_sum_3 := he.Add(result_sum_2, result_term_3)
	t2_at_4 := he.Drop(t2, 4)
	// scalar product
	result_term_4 := he.MultiplyScalar(t2_at_4, 0x1.0930f4eaaf958p-1)
	result_sum_4 := he.Add(result_sum_3, result_term_4)
	// scalar product
	result_term_5 := he.MultiplyScalar(t3_at_4, -0x1.0bc906cd92c36p-2)
	result_sum_5 := he.Add(result_sum_4, result_term_5)
	t4_at_4 := he.Drop(t4, 4)
	// scalar product
	result_term_6 := he.MultiplyScalar(t4_at_4, 0x1.1ad800d491309p-3)
	result_sum_6 := he.Add(result_sum_5, result_term_6)
	// scalar product
	result_term_7 := he.MultiplyScalar(t8_at_4, 0x1.a9e53a7127cd5p-7)
	result_sum_7 := he.Add(result_sum_6, result_term_7)
	// scalar product
	result_term_8 := he.MultiplyScalar(t12, 0x1.6c15be7d8e1b8p-10)
	result_sum_8 := he.Add(result_sum_7, result_term_8)
	// KEY SWITCH 7 of 7
	result_rescaled_switched := he.Relinearize(result_sum_8)
	// rescaling: level 5
	result_rescaled := he.Rescale(result_rescaled_switched)
	result := he.AddScalar(result_rescaled, 0x1.bee1bafcb07e3p+0)
	return result
}
