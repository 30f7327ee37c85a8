// GENERATED FILE - do not edit. Change the request and generate again:
//   equiripple minimax --function 'sigmoid(x)' --domain '[-8,8]' --degree 31 -o logistic_31.json
//   equiripple emit logistic_31.json --target lattigo -o logistic_31.go
//
// Function    sigmoid(x) on [-8, 8]
// Polynomial  1 stage, degree 31; Chebyshev basis, c[0] whole
// Error       0x1.003ec8d31f9bbp-19 <= best possible; this table <= 0x1.006ed6996efc4p-19
//             absolute; at most 2^-18.99 (1.92e-06)
//             coefficients as stored, exact evaluation; evidence: proved
// Outside     |value| <= 2 on [-8.85709, 8.90654] (proved)
// Cost        5 levels, 10 key switches, 13 tensor products, 17 scalar products, growth 2^1.6
//             6 levels where the input has the working scale: one for the range
// Generator   equiripple 0.1.0

// Package logistic_31 is a function for ciphertexts of Lattigo: Evaluate runs its plan.
//
// Stages are its polynomials in Chebyshev's basis, for Lattigo's own evaluator:
//
//	poly := bignum.NewPolynomial(bignum.Chebyshev, stage.Coefficients, stage.Interval)
//	poly.IsOdd, poly.IsEven = stage.IsOdd, stage.IsEven
//
// one stage after the other; the change of interval is the caller's. The result is the last value.
package logistic_31

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
	ErrorAtMost   = 0x1.006ed6996efc4p-19
	ErrorUnit     = 0x1p+0
	ErrorMetric   = "absolute"
	ErrorEvidence = "proved"
)

// Stages are evaluated in this order.
var Stages = []Stage{
	{
		Coefficients: []float64{
			0x1p-1,
			0x1.3cf4eca685037p-1,
			0x0p+0,
			-0x1.589b76a2ee77ep-3,
			0x0p+0,
			0x1.2246bf656f711p-4,
			0x0p+0,
			-0x1.072aa4bbfff8ap-5,
			0x0p+0,
			0x1.e5cec9e918321p-7,
			0x0p+0,
			-0x1.c2958f65e0e47p-8,
			0x0p+0,
			0x1.a27c9038ae299p-9,
			0x0p+0,
			-0x1.84d3ead394ef9p-10,
			0x0p+0,
			0x1.694fd61a049b9p-11,
			0x0p+0,
			-0x1.4fc10df008944p-12,
			0x0p+0,
			0x1.3801d73f19424p-13,
			0x0p+0,
			-0x1.21f0cc04b86dp-14,
			0x0p+0,
			0x1.0d6f559e5e2dap-15,
			0x0p+0,
			-0x1.f4c24c4200d6ap-17,
			0x0p+0,
			0x1.d157f0d73309ap-18,
			0x0p+0,
			-0x1.13bf3f40e939ap-18,
		},
		Interval: [2]float64{-0x1p+3, 0x1p+3},
		IsOdd:    true,
		IsEven:   true,
	},
}

// Evaluate is the function of x, 5 levels and 10 key switches; one level more where the
// scale of the input does not hold the range (Plan.RequiredLevels). eval has a
// relinearisation key. What cannot be computed is an error before the first operation.
func Evaluate(eval *ckks.Evaluator, x *rlwe.Ciphertext) (*rlwe.Ciphertext, error) {
	return Plan.Evaluate(eval, x)
}

// Plan is the program for ciphertexts; Plan.EvaluateRefreshing takes a bootstrapper, too.
var Plan = lattigo.Record(lattigo.Facts{
	Name:              "logistic_31",
	Levels:            5,
	Lower:             -0x1p+3,
	Upper:             0x1p+3,
	HalfWidth:         0x1p+3,
	OutputScaleFactor: 0x1p+0,
}, run)

func run(he *lattigo.Recorder, x lattigo.Value) lattigo.Value {
	// scale read anew; where too large, a level
	t1 := he.Normalise(x, 0x0p+0, 0x1p+3)
	// tensor product 1 of 13
	t2_product_0 := he.Square(t1)
	t2_multiple_0 := he.MultiplyInteger(t2_product_0, 2)
	// KEY SWITCH 1 of 10
	t2_rescaled_switched := he.Relinearize(t2_multiple_0)
	// rescaling: level 1
	t2_rescaled := he.Rescale(t2_rescaled_switched)
	t2 := he.AddScalar(t2_rescaled, -0x1p+0)
	// tensor product 2 of 13
	t4_product_0 := he.Square(t2)
	t4_multiple_0 := he.MultiplyInteger(t4_product_0, 2)
	// KEY SWITCH 2 of 10
	t4_rescaled_switched := he.Relinearize(t4_multiple_0)
	// rescaling: level 2
	t4_rescaled := he.Rescale(t4_rescaled_switched)
	t4 := he.AddScalar(t4_rescaled, -0x1p+0)
	// tensor product 3 of 13
	t8_product_0 := he.Square(t4)
	t8_multiple_0 := he.MultiplyInteger(t8_product_0, 2)
	// KEY SWITCH 3 of 10
	t8_rescaled_switched := he.Relinearize(t8_multiple_0)
	// rescaling: level 3
	t8_rescaled := he.Rescale(t8_rescaled_switched)
	t8 := he.AddScalar(t8_rescaled, -0x1p+0)
	// tensor product 4 of 13
	t16_product_0 := he.Square(t8)
	t16_multiple_0 := he.MultiplyInteger(t16_product_0, 2)
	// KEY SWITCH 4 of 10
	t16_rescaled_switched := he.Relinearize(t16_multiple_0)
	// rescaling: level 4
	t16_rescaled := he.Rescale(t16_rescaled_switched)
	t16 := he.AddScalar(t16_rescaled, -0x1p+0)
	// scalar product
	result_block_4_term_0 := he.MultiplyScalar(t1, -0x1.13bf3f40e939ap-14)
	// rescaling: level 1
	result_block_4 := he.Rescale(result_block_4_term_0)
	// tensor product 5 of 13
	result_block_3_product_0 := he.Multiply(result_block_4, t2)
	t1_at_1 := he.Drop(t1, 1)
	// scalar product
	result_block_3_term_1 := he.MultiplyScalar(t1_at_1, 0x1.728b980c0e21ap-14)
	result_block_3_sum_1 := he.Add(result_block_3_product_0, result_block_3_term_1)
	// KEY SWITCH 5 of 10
	result_block_3_switched := he.Relinearize(result_block_3_sum_1)
	// rescaling: level 2
	result_block_3 := he.Rescale(result_block_3_switched)
	// tensor product 6 of 13
	t3_product_0 := he.Multiply(t2, t1_at_1)
	t3_multiple_0 := he.MultiplyInteger(t3_product_0, 2)
	// scalar product
	t3_term_1 := he.MultiplyScalar(t1_at_1, -0x1p+0)
	t3_sum_1 := he.Add(t3_multiple_0, t3_term_1)
	// KEY SWITCH 6 of 10
	t3_switched := he.Relinearize(t3_sum_1)
	// rescaling: level 2
	t3 := he.Rescale(t3_switched)
	// tensor product 7 of 13
	result_block_2_product_0 := he.Multiply(result_block_3, t4)
	t1_at_2 := he.Drop(t1, 2)
	// scalar product
	result_block_2_term_1 := he.MultiplyScalar(t1_at_2, 0x1.2fe73d867b54dp-13)
	result_block_2_sum_1 := he.Add(result_block_2_product_0, result_block_2_term_1)
	// scalar product
	result_block_2_term_2 := he.MultiplyScalar(t3, -0x1.6eb72256cd2dcp-14)
	result_block_2_sum_2 := he.Add(result_block_2_sum_1, result_block_2_term_2)
	// KEY SWITCH 7 of 10
	result_block_2_switched := he.Relinearize(result_block_2_sum_2)
	// rescaling: level 3
	result_block_2 := he.Rescale(result_block_2_switched)
	// scalar product
	result_block_5_term_0 := he.MultiplyScalar(t1_at_2, 0x1.574dfc03394fbp-11)
	// scalar product
	result_block_5_term_1 := he.MultiplyScalar(t3, -0x1.a8a876d3e783dp-12)
	result_block_5_sum_1 := he.Add(result_block_5_term_0, result_block_5_term_1)
	// rescaling: level 3
	result_block_5 := he.Rescale(result_block_5_sum_1)
	// tensor product 8 of 13
	result_block_1_product_0 := he.Multiply(result_block_2, t8)
	t4_at_3 := he.Drop(t4, 3)
	// tensor product 9 of 13
	result_block_1_product_1 := he.Multiply(result_block_5, t4_at_3)
	result_block_1_sum_1 := he.Add(result_block_1_product_0, result_block_1_product_1)
	t1_at_3 := he.Drop(t1, 3)
	// scalar product
	result_block_1_term_2 := he.MultiplyScalar(t1_at_3, 0x1.a08c6373035e8p-10)
	result_block_1_sum_2 := he.Add(result_block_1_sum_1, result_block_1_term_2)
	t3_at_3 := he.Drop(t3, 3)
	// scalar product
	result_block_1_term_3 := he.MultiplyScalar(t3_at_3, -0x1.0156b5da81042p-10)
	result_block_1_sum_3 := he.Add(result_block_1_sum_2, result_block_1_term_3)
	// KEY SWITCH 8 of 10
	result_block_1_switched := he.Relinearize(result_block_1_sum_3)
	// rescaling: level 4
	result_block_1 := he.Rescale(result_block_1_switched)
	// scalar product
	result_block_7_term_0 := he.MultiplyScalar(t1_at_2, 0x1.cc74b1f6af3c2p-7)
	// scalar product
	result_block_7_term_1 := he.MultiplyScalar(t3, -0x1.1cbdeaf04b9ebp-7)
	result_block_7_sum_1 := he.Add(result_block_7_term_0, result_block_7_term_1)
	// rescaling: level 3
	result_block_7 := he.Rescale(result_block_7_sum_1)
	// tensor product 10 of 13
	result_block_6_product_0 := he.Multiply(result_block_7, t4_at_3)
	// scalar product
	result_block_6_term_1 := he.MultiplyScalar(t1_at_3, 0x1.17a1131e9a455p-5)
	result_block_6_sum_1 := he.Add(result_block_6_product_0, result_block_6_term_1)
	// scalar product
	result_block_6_term_2 := he.MultiplyScalar(t3_at_3, -0x1.5947fb8d98a64p-6)
	result_block_6_sum_2 := he.Add(result_block_6_sum_1, result_block_6_term_2)
	// KEY SWITCH 9 of 10
	result_block_6_switched := he.Relinearize(result_block_6_sum_2)
	// rescaling: level 4
	result_block_6 := he.Rescale(result_block_6_switched)
	// scalar product
	result_block_8_term_0 := he.MultiplyScalar(t1_at_3, 0x1.3f1bbf59cf1cp-3)
	// scalar product
	result_block_8_term_1 := he.MultiplyScalar(t3_at_3, -0x1.8172ab71aff8ep-4)
	result_block_8_sum_1 := he.Add(result_block_8_term_0, result_block_8_term_1)
	// rescaling: level 4
	result_block_8 := he.Rescale(result_block_8_sum_1)
	// tensor product 11 of 13
	result_product_0 := he.Multiply(result_block_1, t16)
	t8_at_4 := he.Drop(t8, 4)
	// tensor product 12 of 13
	result_product_1 := he.Multiply(result_block_6, t8_at_4)
	result_sum_1 := he.Add(result_product_0, result_product_1)
	t4_at_4 := he.Drop(t4, 4)
	// tensor product 13 of 13
	result_product_2 := he.Multiply(result_block_8, t4_at_4)
	result_sum_2 := he.Add(result_sum_1, result_product_2)
	t1_at_4 := he.Drop(t1, 4)
	// scalar product
	result_term_3 := he.MultiplyScalar(t1_at_4, 0x1.56295f282fef1p-1)
	result_sum_3 := he.Add(result_sum_2, result_term_3)
	t3_at_4 := he.Drop(t3, 4)
	// scalar product
	result_term_4 := he.MultiplyScalar(t3_at_4, -0x1.ff5ecbc792713p-3)
	result_sum_4 := he.Add(result_sum_3, result_term_4)
	// KEY SWITCH 10 of 10
	result_rescaled_switched := he.Relinearize(result_sum_4)
	// rescaling: level 5
	result_rescaled := he.Rescale(result_rescaled_switched)
	result := he.AddScalar(result_rescaled, 0x1p-1)
	return result
}
