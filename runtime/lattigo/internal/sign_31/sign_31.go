// GENERATED FILE - do not edit. Change the request and generate again:
//   equiripple sign --gap 1/16 --range 1 --degrees 31 -o sign_31.json
//   equiripple emit sign_31.json --target lattigo -o sign_31.go
//
// Function    sign(x) for 0.0625 <= |x| <= 1
// Polynomial  1 stage, degree 31; Chebyshev basis, c[0] whole
// Error       0x1.23f30b74161f1p-4 <= best possible; this table <= 0x1.23f30b741a1f1p-4
//             absolute; at most 2^-3.81 (0.0713)
//             coefficients as stored, exact evaluation; evidence: proved
// Outside     |sign| <= 2 up to 1.0101 times the range (proved); on its side of 0, within 1/2, up to 1.0035 times (proved)
// Cost        5 levels, 8 key switches, 8 tensor products, 26 scalar products, growth 2^2.6
// Generator   equiripple 0.1.0

// Package sign_31 is a function for ciphertexts of Lattigo: Evaluate runs its plan.
//
// Stages are its polynomials in Chebyshev's basis, for Lattigo's own evaluator:
//
//	poly := bignum.NewPolynomial(bignum.Chebyshev, stage.Coefficients, stage.Interval)
//	poly.IsOdd, poly.IsEven = stage.IsOdd, stage.IsEven
//
// one stage after the other; the change of interval is the caller's. The result is the last value.
package sign_31

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
	ErrorAtMost   = 0x1.23f30b741a1f1p-4
	ErrorUnit     = 0x1p+0
	ErrorMetric   = "absolute"
	ErrorEvidence = "proved"
)

// Stages are evaluated in this order.
var Stages = []Stage{
	{
		Coefficients: []float64{
			0x0p+0,
			0x1.45c135db4cb69p+0,
			0x0p+0,
			-0x1.b0448ea4c8fcdp-2,
			0x0p+0,
			0x1.00e30353ceaep-2,
			0x0p+0,
			-0x1.69b93d8fafd6fp-3,
			0x0p+0,
			0x1.13f3951bcf819p-3,
			0x0p+0,
			-0x1.b8b2dfddf24fcp-4,
			0x0p+0,
			0x1.6a138d9aceb91p-4,
			0x0p+0,
			-0x1.2f18b469c1d2dp-4,
			0x0p+0,
			0x1.00ebbb38b786ap-4,
			0x0p+0,
			-0x1.b7337c578e2aep-5,
			0x0p+0,
			0x1.796668f44b604p-5,
			0x0p+0,
			-0x1.4546e96e7dc36p-5,
			0x0p+0,
			0x1.18b24d95fcf7p-5,
			0x0p+0,
			-0x1.e456da6060a9dp-6,
			0x0p+0,
			0x1.a1440437d4e6bp-6,
			0x0p+0,
			-0x1.5433126105949p-4,
		},
		Interval: [2]float64{-0x1p+0, 0x1p+0},
		IsOdd:    true,
		IsEven:   false,
	},
}

// Evaluate is the function of x, 5 levels and 8 key switches; one level more where the
// scale of the input does not hold the range (Plan.RequiredLevels). eval has a
// relinearisation key. What cannot be computed is an error before the first operation.
func Evaluate(eval *ckks.Evaluator, x *rlwe.Ciphertext) (*rlwe.Ciphertext, error) {
	return Plan.Evaluate(eval, x)
}

// Plan is the program for ciphertexts; Plan.EvaluateRefreshing takes a bootstrapper, too.
var Plan = lattigo.Record(lattigo.Facts{
	Name:              "sign_31",
	Levels:            5,
	Lower:             -0x1p+0,
	Upper:             0x1p+0,
	HalfWidth:         0x1p+0,
	OutputScaleFactor: 0x1p+0,
}, run)

func run(he *lattigo.Recorder, x lattigo.Value) lattigo.Value {
	t1 := he.Normalise(x, 0x0p+0, 0x1p+0)
	// scalar product
	result_w3_block_1_term_0 := he.MultiplyScalar(t1, -0x1.5433126105949p-3)
	// rescaling: level 1
	result_w3_block_1 := he.Rescale(result_w3_block_1_term_0)
	// tensor product 1 of 8
	t2_product_0 := he.Square(t1)
	t2_multiple_0 := he.MultiplyInteger(t2_product_0, 2)
	// KEY SWITCH 1 of 8
	t2_rescaled_switched := he.Relinearize(t2_multiple_0)
	// rescaling: level 1
	t2_rescaled := he.Rescale(t2_rescaled_switched)
	t2 := he.AddScalar(t2_rescaled, -0x1p+0)
	// tensor product 2 of 8
	result_w3_product_0 := he.Multiply(result_w3_block_1, t2)
	t1_at_1 := he.Drop(t1, 1)
	// scalar product
	result_w3_term_1 := he.MultiplyScalar(t1_at_1, 0x1.bcf56de6d2198p-4)
	result_w3_sum_1 := he.Add(result_w3_product_0, result_w3_term_1)
	// KEY SWITCH 2 of 8
	result_w3_switched := he.Relinearize(result_w3_sum_1)
	// rescaling: level 2
	result_w3 := he.Rescale(result_w3_switched)
	// tensor product 3 of 8
	result_w4_product_0 := he.Square(t2)
	result_w4_multiple_0 := he.MultiplyInteger(result_w4_product_0, 2)
	// scalar product
	result_w4_term_1 := he.MultiplyScalar(t2, 0x1.1cd45d3c9aa1ap-4)
	result_w4_sum_1 := he.Add(result_w4_multiple_0, result_w4_term_1)
	// KEY SWITCH 3 of 8
	result_w4_rescaled_switched := he.Relinearize(result_w4_sum_1)
	// rescaling: level 2
	result_w4_rescaled := he.Rescale(result_w4_rescaled_switched)
	result_w4 := he.AddScalar(result_w4_rescaled, -0x1.c4572459ff488p-1)
	// scalar product
	result_w7_addend_2_term_0 := he.MultiplyScalar(t2, -0x1.3caaa2538bd2fp-1)
	// rescaling: level 2
	result_w7_addend_2 := he.Rescale(result_w7_addend_2_term_0)
	result_w7_multiplier_3 := he.Add(result_w4, result_w7_addend_2)
	// tensor product 4 of 8
	result_w7_product_0 := he.Multiply(result_w3, result_w7_multiplier_3)
	result_w7_multiple_0 := he.MultiplyInteger(result_w7_product_0, 2)
	t1_at_2 := he.Drop(t1, 2)
	// scalar product
	result_w7_term_1 := he.MultiplyScalar(t1_at_2, 0x1.e6dff7aed9ap-5)
	result_w7_sum_1 := he.Add(result_w7_multiple_0, result_w7_term_1)
	// scalar product
	result_w7_term_2 := he.MultiplyScalar(result_w3, 0x1.a075a277898f6p-1)
	result_w7_sum_2 := he.Add(result_w7_sum_1, result_w7_term_2)
	// KEY SWITCH 4 of 8
	result_w7_switched := he.Relinearize(result_w7_sum_2)
	// rescaling: level 3
	result_w7 := he.Rescale(result_w7_switched)
	// scalar product
	result_w8_addend_4_term_0 := he.MultiplyScalar(t2, 0x1.6b3cdd6d8c897p-5)
	// rescaling: level 2
	result_w8_addend_4 := he.Rescale(result_w8_addend_4_term_0)
	result_w8_multiplier_5 := he.Add(result_w4, result_w8_addend_4)
	// tensor product 5 of 8
	result_w8_product_0 := he.Multiply(result_w4, result_w8_multiplier_5)
	result_w8_multiple_0 := he.MultiplyInteger(result_w8_product_0, 2)
	t2_at_2 := he.Drop(t2, 2)
	// scalar product
	result_w8_term_1 := he.MultiplyScalar(t2_at_2, -0x1.5e6a4766fbc2bp-3)
	result_w8_sum_1 := he.Add(result_w8_multiple_0, result_w8_term_1)
	// scalar product
	result_w8_term_2 := he.MultiplyScalar(result_w4, -0x1.00815eb69d311p-1)
	result_w8_sum_2 := he.Add(result_w8_sum_1, result_w8_term_2)
	// KEY SWITCH 5 of 8
	result_w8_rescaled_switched := he.Relinearize(result_w8_sum_2)
	// rescaling: level 3
	result_w8_rescaled := he.Rescale(result_w8_rescaled_switched)
	result_w8 := he.AddScalar(result_w8_rescaled, -0x1.b8e6814f165p-1)
	// scalar product
	result_w15_addend_6_term_0 := he.MultiplyScalar(t2_at_2, -0x1.28e5fdc1bfeap-1)
	// scalar product
	result_w15_addend_6_term_1 := he.MultiplyScalar(result_w4, -0x1.ceb1d16471cap-5)
	result_w15_addend_6_sum_1 := he.Add(result_w15_addend_6_term_0, result_w15_addend_6_term_1)
	// rescaling: level 3
	result_w15_addend_6 := he.Rescale(result_w15_addend_6_sum_1)
	result_w15_multiplier_7 := he.Add(result_w8, result_w15_addend_6)
	// tensor product 6 of 8
	result_w15_product_0 := he.Multiply(result_w7, result_w15_multiplier_7)
	result_w15_multiple_0 := he.MultiplyInteger(result_w15_product_0, 2)
	t1_at_3 := he.Drop(t1, 3)
	// scalar product
	result_w15_term_1 := he.MultiplyScalar(t1_at_3, 0x1.c94581793504fp-4)
	result_w15_sum_1 := he.Add(result_w15_multiple_0, result_w15_term_1)
	// scalar product
	result_w15_term_2 := he.MultiplyScalar(result_w7, 0x1.68fb2ade423cbp-1)
	result_w15_sum_2 := he.Add(result_w15_sum_1, result_w15_term_2)
	result_w3_at_3 := he.Drop(result_w3, 3)
	// scalar product
	result_w15_term_3 := he.MultiplyScalar(result_w3_at_3, 0x1.6484a074d5852p-1)
	result_w15_sum_3 := he.Add(result_w15_sum_2, result_w15_term_3)
	// KEY SWITCH 6 of 8
	result_w15_switched := he.Relinearize(result_w15_sum_3)
	// rescaling: level 4
	result_w15 := he.Rescale(result_w15_switched)
	// scalar product
	result_w16_addend_8_term_0 := he.MultiplyScalar(t2_at_2, 0x1.81dd78e9cefb9p-6)
	// scalar product
	result_w16_addend_8_term_1 := he.MultiplyScalar(result_w4, -0x1.6575ca428ec3ep-5)
	result_w16_addend_8_sum_1 := he.Add(result_w16_addend_8_term_0, result_w16_addend_8_term_1)
	// rescaling: level 3
	result_w16_addend_8 := he.Rescale(result_w16_addend_8_sum_1)
	result_w16_multiplier_9 := he.Add(result_w8, result_w16_addend_8)
	// tensor product 7 of 8
	result_w16_product_0 := he.Multiply(result_w8, result_w16_multiplier_9)
	result_w16_multiple_0 := he.MultiplyInteger(result_w16_product_0, 2)
	t2_at_3 := he.Drop(t2, 3)
	// scalar product
	result_w16_term_1 := he.MultiplyScalar(t2_at_3, -0x1.08b9990465e19p-1)
	result_w16_sum_1 := he.Add(result_w16_multiple_0, result_w16_term_1)
	// scalar product
	result_w16_term_2 := he.MultiplyScalar(result_w8, -0x1.2e1d0da09c56cp-2)
	result_w16_sum_2 := he.Add(result_w16_sum_1, result_w16_term_2)
	result_w4_at_3 := he.Drop(result_w4, 3)
	// scalar product
	result_w16_term_3 := he.MultiplyScalar(result_w4_at_3, -0x1.5bba71cacc41p-3)
	result_w16_sum_3 := he.Add(result_w16_sum_2, result_w16_term_3)
	// KEY SWITCH 7 of 8
	result_w16_rescaled_switched := he.Relinearize(result_w16_sum_3)
	// rescaling: level 4
	result_w16_rescaled := he.Rescale(result_w16_rescaled_switched)
	result_w16 := he.AddScalar(result_w16_rescaled, 0x1.14d70f1b05ef7p-2)
	// scalar product
	result_addend_10_term_0 := he.MultiplyScalar(t2_at_3, -0x1.497a9e5fd555dp-2)
	// scalar product
	result_addend_10_term_1 := he.MultiplyScalar(result_w8, -0x1.78035519af03fp-3)
	result_addend_10_sum_1 := he.Add(result_addend_10_term_0, result_addend_10_term_1)
	// scalar product
	result_addend_10_term_2 := he.MultiplyScalar(result_w4_at_3, -0x1.b0c91ce8613dep-4)
	result_addend_10_sum_2 := he.Add(result_addend_10_sum_1, result_addend_10_term_2)
	// rescaling: level 4
	result_addend_10 := he.Rescale(result_addend_10_sum_2)
	result_multiplier_11 := he.Add(result_w16, result_addend_10)
	// tensor product 8 of 8
	result_product_0 := he.Multiply(result_w15, result_multiplier_11)
	result_multiple_0 := he.MultiplyInteger(result_product_0, 2)
	t1_at_4 := he.Drop(t1, 4)
	// scalar product
	result_term_1 := he.MultiplyScalar(t1_at_4, 0x1.108db19af882ap+0)
	result_sum_1 := he.Add(result_multiple_0, result_term_1)
	// scalar product
	result_term_2 := he.MultiplyScalar(result_w15, 0x1.14d70f1b05ef7p-3)
	result_sum_2 := he.Add(result_sum_1, result_term_2)
	result_w7_at_4 := he.Drop(result_w7, 4)
	// scalar product
	result_term_3 := he.MultiplyScalar(result_w7_at_4, 0x1.0af8353c60f31p-2)
	result_sum_3 := he.Add(result_sum_2, result_term_3)
	result_w3_at_4 := he.Drop(result_w3, 4)
	// scalar product
	result_term_4 := he.MultiplyScalar(result_w3_at_4, 0x1.10bb7a75ac281p-6)
	result_sum_4 := he.Add(result_sum_3, result_term_4)
	// KEY SWITCH 8 of 8
	result_switched := he.Relinearize(result_sum_4)
	// rescaling: level 5
	result := he.Rescale(result_switched)
	return result
}
