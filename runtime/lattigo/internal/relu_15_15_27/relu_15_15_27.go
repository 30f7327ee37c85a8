// GENERATED FILE - do not edit. Change the request and generate again:
//   equiripple relu --range 1 --degrees 15,15,27 -o relu_15_15_27.json
//   equiripple emit relu_15_15_27.json --target lattigo -o relu_15_15_27.go
//
// Function    relu(x) = max(x, 0) for |x| <= 1
// Polynomial  3 stages, degrees 15, 15, 27; Chebyshev basis, c[0] whole
// Error       0x1.c891804d433fbp-14 <= this table <= 0x1.c8e71f26914b6p-14
//             divided by the range; the gap of sign included; at most 2^-13.16 (0.000109)
//             coefficients as stored, exact evaluation; evidence: proved
// Outside     |sign| <= 2 up to 1.0071 times the range (proved); on its side of 0, within 1/2, up to 1.0001 times (proved)
// Cost        14 levels, 19 key switches, 22 tensor products, 41 scalar products, growth 2^5.0
// Generator   equiripple 0.1.0

// Package relu_15_15_27 is a function for ciphertexts of Lattigo: Evaluate runs its plan.
//
// Stages are its polynomials in Chebyshev's basis, for Lattigo's own evaluator:
//
//	poly := bignum.NewPolynomial(bignum.Chebyshev, stage.Coefficients, stage.Interval)
//	poly.IsOdd, poly.IsEven = stage.IsOdd, stage.IsEven
//
// one stage after the other; the change of interval is the caller's. The result is x*(1 + v)/2 of the last value v.
package relu_15_15_27

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
	ErrorAtMost   = 0x1.c8e71f26914b6p-14
	ErrorUnit     = 0x1p+0
	ErrorMetric   = "relu"
	ErrorEvidence = "proved"
)

// Stages are evaluated in this order.
var Stages = []Stage{
	{
		Coefficients: []float64{
			0x0p+0,
			0x1.46353241ae3f2p+0,
			0x0p+0,
			-0x1.b5bc1e76aac12p-2,
			0x0p+0,
			0x1.0a1a5986e4ffdp-2,
			0x0p+0,
			-0x1.83fedb8f13236p-3,
			0x0p+0,
			0x1.369a9ee991464p-3,
			0x0p+0,
			-0x1.08345f4fe1c97p-3,
			0x0p+0,
			0x1.d6ae53fd1488bp-4,
			0x0p+0,
			-0x1.02ea426326aaep+0,
		},
		Interval: [2]float64{-0x1p+0, 0x1p+0},
		IsOdd:    true,
		IsEven:   false,
	},
	{
		Coefficients: []float64{
			0x0p+0,
			0x1.461173b18fc82p+0,
			0x0p+0,
			-0x1.b40c8b45a3a4ep-2,
			0x0p+0,
			0x1.0742048454017p-2,
			0x0p+0,
			-0x1.7bdfd7c847974p-3,
			0x0p+0,
			0x1.2be11dd4972d5p-3,
			0x0p+0,
			-0x1.f54087b88407ep-4,
			0x0p+0,
			0x1.b51968c4fbb98p-4,
			0x0p+0,
			-0x1.4737eec7c66fep-1,
		},
		Interval: [2]float64{-0x1.f4e5b39c47e71p+0, 0x1.f4e5b39c47e71p+0},
		IsOdd:    true,
		IsEven:   false,
	},
	{
		Coefficients: []float64{
			0x0p+0,
			0x1.449939623ec76p+0,
			0x0p+0,
			-0x1.a29f13215571bp-2,
			0x0p+0,
			0x1.d5c44692a0df4p-3,
			0x0p+0,
			-0x1.2f183c7c9cb03p-3,
			0x0p+0,
			0x1.9ac4e945b9e43p-4,
			0x0p+0,
			-0x1.19d1b3aca1ab2p-4,
			0x0p+0,
			0x1.7fc529c70badap-5,
			0x0p+0,
			-0x1.ff8a4b0d9382ap-6,
			0x0p+0,
			0x1.49c93e66884fap-6,
			0x0p+0,
			-0x1.9643000badafep-7,
			0x0p+0,
			0x1.d6ca7387d2393p-8,
			0x0p+0,
			-0x1.f5a118946e87ap-9,
			0x0p+0,
			0x1.d83c781c1e0eap-10,
			0x0p+0,
			-0x1.8892c3316a66p-11,
		},
		Interval: [2]float64{-0x1.96bf729057af1p+0, 0x1.96bf729057af1p+0},
		IsOdd:    true,
		IsEven:   false,
	},
}

// Evaluate is the function of x, 14 levels and 19 key switches; one level more where the
// scale of the input does not hold the range (Plan.RequiredLevels). eval has a
// relinearisation key. What cannot be computed is an error before the first operation.
func Evaluate(eval *ckks.Evaluator, x *rlwe.Ciphertext) (*rlwe.Ciphertext, error) {
	return Plan.Evaluate(eval, x)
}

// Plan is the program for ciphertexts; Plan.EvaluateRefreshing takes a bootstrapper, too.
var Plan = lattigo.Record(lattigo.Facts{
	Name:              "relu_15_15_27",
	Levels:            14,
	Lower:             -0x1p+0,
	Upper:             0x1p+0,
	HalfWidth:         0x1p+0,
	OutputScaleFactor: 0x1p+0,
}, run)

func run(he *lattigo.Recorder, x lattigo.Value) lattigo.Value {
	s1_t1 := he.Normalise(x, 0x0p+0, 0x1p+0)
	// tensor product 1 of 22
	s1_t2_product_0 := he.Square(s1_t1)
	s1_t2_multiple_0 := he.MultiplyInteger(s1_t2_product_0, 2)
	// KEY SWITCH 1 of 19
	s1_t2_rescaled_switched := he.Relinearize(s1_t2_multiple_0)
	// rescaling: level 1
	s1_t2_rescaled := he.Rescale(s1_t2_rescaled_switched)
	s1_t2 := he.AddScalar(s1_t2_rescaled, -0x1p+0)
	s1_t1_at_1 := he.Drop(s1_t1, 1)
	// tensor product 2 of 22
	s1_t3_product_0 := he.Multiply(s1_t2, s1_t1_at_1)
	s1_t3_multiple_0 := he.MultiplyInteger(s1_t3_product_0, 2)
	// scalar product
	s1_t3_term_1 := he.MultiplyScalar(s1_t1_at_1, -0x1p+0)
	s1_t3_sum_1 := he.Add(s1_t3_multiple_0, s1_t3_term_1)
	// KEY SWITCH 2 of 19
	s1_t3_switched := he.Relinearize(s1_t3_sum_1)
	// rescaling: level 2
	s1_t3 := he.Rescale(s1_t3_switched)
	// scalar product
	stage_1_w9_block_1_term_0 := he.MultiplyScalar(s1_t3, -0x1.08a7735adcaf3p+1)
	s1_t1_at_2 := he.Drop(s1_t1, 2)
	// scalar product
	stage_1_w9_block_1_term_1 := he.MultiplyScalar(s1_t1_at_2, 0x1.e11d2aaaf3ebbp-3)
	stage_1_w9_block_1_sum_1 := he.Add(stage_1_w9_block_1_term_0, stage_1_w9_block_1_term_1)
	// rescaling: level 3
	stage_1_w9_block_1 := he.Rescale(stage_1_w9_block_1_sum_1)
	// tensor product 3 of 22
	s1_t6_product_0 := he.Square(s1_t3)
	s1_t6_multiple_0 := he.MultiplyInteger(s1_t6_product_0, 2)
	// KEY SWITCH 3 of 19
	s1_t6_rescaled_switched := he.Relinearize(s1_t6_multiple_0)
	// rescaling: level 3
	s1_t6_rescaled := he.Rescale(s1_t6_rescaled_switched)
	s1_t6 := he.AddScalar(s1_t6_rescaled, -0x1p+0)
	// tensor product 4 of 22
	stage_1_w9_product_0 := he.Multiply(stage_1_w9_block_1, s1_t6)
	s1_t1_at_3 := he.Drop(s1_t1, 3)
	// scalar product
	stage_1_w9_term_1 := he.MultiplyScalar(s1_t1_at_3, -0x1.3a06e4966772bp-62)
	stage_1_w9_sum_1 := he.Add(stage_1_w9_product_0, stage_1_w9_term_1)
	// KEY SWITCH 4 of 19
	stage_1_w9_switched := he.Relinearize(stage_1_w9_sum_1)
	// rescaling: level 4
	stage_1_w9 := he.Rescale(stage_1_w9_switched)
	s1_t2_at_3 := he.Drop(s1_t2, 3)
	// scalar product
	stage_1_addend_2_term_0 := he.MultiplyScalar(s1_t2_at_3, 0x1.edebb8513d0a1p-3)
	// rescaling: level 4
	stage_1_addend_2 := he.Rescale(stage_1_addend_2_term_0)
	s1_t6_at_4 := he.Drop(s1_t6, 4)
	stage_1_multiplier_3 := he.Add(s1_t6_at_4, stage_1_addend_2)
	// scalar product
	stage_1_block_4_term_0 := he.MultiplyScalar(s1_t6, 0x1.291696bcf6818p+0)
	// scalar product
	stage_1_block_4_term_1 := he.MultiplyScalar(s1_t2_at_3, 0x1.d64c948dfdb0fp-2)
	stage_1_block_4_sum_1 := he.Add(stage_1_block_4_term_0, stage_1_block_4_term_1)
	// rescaling: level 4
	stage_1_block_4 := he.Rescale(stage_1_block_4_sum_1)
	// scalar product
	stage_1_addend_5_term_0 := he.MultiplyScalar(s1_t1_at_3, 0x1.8215a343794fbp-6)
	// rescaling: level 4
	stage_1_addend_5 := he.Rescale(stage_1_addend_5_term_0)
	s1_t3_at_4 := he.Drop(s1_t3, 4)
	stage_1_multiplier_6 := he.Add(s1_t3_at_4, stage_1_addend_5)
	// tensor product 5 of 22
	stage_1_product_0 := he.Multiply(stage_1_w9, stage_1_multiplier_3)
	// tensor product 6 of 22
	stage_1_product_1 := he.Multiply(stage_1_block_4, stage_1_multiplier_6)
	stage_1_sum_1 := he.Add(stage_1_product_0, stage_1_product_1)
	s1_t1_at_4 := he.Drop(s1_t1, 4)
	// scalar product
	stage_1_term_2 := he.MultiplyScalar(s1_t1_at_4, 0x1.b18fdef4bd4ebp-2)
	stage_1_sum_2 := he.Add(stage_1_sum_1, stage_1_term_2)
	// scalar product
	stage_1_term_3 := he.MultiplyScalar(s1_t3_at_4, 0x1.b95a1fb43bdffp-3)
	stage_1_sum_3 := he.Add(stage_1_sum_2, stage_1_term_3)
	// KEY SWITCH 5 of 19
	stage_1_switched := he.Relinearize(stage_1_sum_3)
	// rescaling: level 5
	stage_1 := he.Rescale(stage_1_switched)
	// variable of the stage
	s2_t1 := he.Stage(stage_1, 0)
	// scalar product
	stage_2_w3_block_7_term_0 := he.MultiplyScalar(s2_t1, -0x1.9be427198fbfap+1)
	// rescaling: level 6
	stage_2_w3_block_7 := he.Rescale(stage_2_w3_block_7_term_0)
	// tensor product 7 of 22
	s2_t2_product_0 := he.Square(s2_t1)
	s2_t2_multiple_0 := he.MultiplyInteger(s2_t2_product_0, 2)
	// KEY SWITCH 6 of 19
	s2_t2_rescaled_switched := he.Relinearize(s2_t2_multiple_0)
	// rescaling: level 6
	s2_t2_rescaled := he.Rescale(s2_t2_rescaled_switched)
	s2_t2 := he.AddScalar(s2_t2_rescaled, -0x1p+0)
	// tensor product 8 of 22
	stage_2_w3_product_0 := he.Multiply(stage_2_w3_block_7, s2_t2)
	s2_t1_at_6 := he.Drop(s2_t1, 6)
	// scalar product
	stage_2_w3_term_1 := he.MultiplyScalar(s2_t1_at_6, 0x1.09178a2137d6ap+0)
	stage_2_w3_sum_1 := he.Add(stage_2_w3_product_0, stage_2_w3_term_1)
	// KEY SWITCH 7 of 19
	stage_2_w3_switched := he.Relinearize(stage_2_w3_sum_1)
	// rescaling: level 7
	stage_2_w3 := he.Rescale(stage_2_w3_switched)
	// tensor product 9 of 22
	s2_t4_product_0 := he.Square(s2_t2)
	s2_t4_multiple_0 := he.MultiplyInteger(s2_t4_product_0, 2)
	// KEY SWITCH 8 of 19
	s2_t4_rescaled_switched := he.Relinearize(s2_t4_multiple_0)
	// rescaling: level 7
	s2_t4_rescaled := he.Rescale(s2_t4_rescaled_switched)
	s2_t4 := he.AddScalar(s2_t4_rescaled, -0x1p+0)
	// scalar product
	stage_2_w7_addend_8_term_0 := he.MultiplyScalar(s2_t2, -0x1.0bf83e03d19e7p-1)
	// rescaling: level 7
	stage_2_w7_addend_8 := he.Rescale(stage_2_w7_addend_8_term_0)
	stage_2_w7_multiplier_9 := he.Add(s2_t4, stage_2_w7_addend_8)
	// tensor product 10 of 22
	stage_2_w7_product_0 := he.Multiply(stage_2_w3, stage_2_w7_multiplier_9)
	s2_t1_at_7 := he.Drop(s2_t1, 7)
	// scalar product
	stage_2_w7_term_1 := he.MultiplyScalar(s2_t1_at_7, 0x1.b310c08097851p-2)
	stage_2_w7_sum_1 := he.Add(stage_2_w7_product_0, stage_2_w7_term_1)
	// scalar product
	stage_2_w7_term_2 := he.MultiplyScalar(stage_2_w3, -0x1.b9120eb07f304p-3)
	stage_2_w7_sum_2 := he.Add(stage_2_w7_sum_1, stage_2_w7_term_2)
	// KEY SWITCH 9 of 19
	stage_2_w7_switched := he.Relinearize(stage_2_w7_sum_2)
	// rescaling: level 8
	stage_2_w7 := he.Rescale(stage_2_w7_switched)
	// tensor product 11 of 22
	stage_2_multiplier_10_product_0 := he.Square(s2_t4)
	stage_2_multiplier_10_multiple_0 := he.MultiplyInteger(stage_2_multiplier_10_product_0, 2)
	s2_t2_at_7 := he.Drop(s2_t2, 7)
	// scalar product
	stage_2_multiplier_10_term_1 := he.MultiplyScalar(s2_t2_at_7, 0x1.e75ff4ff1b6eap-3)
	stage_2_multiplier_10_sum_1 := he.Add(stage_2_multiplier_10_multiple_0, stage_2_multiplier_10_term_1)
	// scalar product
	stage_2_multiplier_10_term_2 := he.MultiplyScalar(s2_t4, 0x1.cf33b789b1a4dp-2)
	stage_2_multiplier_10_sum_2 := he.Add(stage_2_multiplier_10_sum_1, stage_2_multiplier_10_term_2)
	// KEY SWITCH 10 of 19
	stage_2_multiplier_10_rescaled_switched := he.Relinearize(stage_2_multiplier_10_sum_2)
	// rescaling: level 8
	stage_2_multiplier_10_rescaled := he.Rescale(stage_2_multiplier_10_rescaled_switched)
	stage_2_multiplier_10 := he.AddScalar(stage_2_multiplier_10_rescaled, -0x1p+0)
	// tensor product 12 of 22
	stage_2_product_0 := he.Multiply(stage_2_w7, stage_2_multiplier_10)
	s2_t1_at_8 := he.Drop(s2_t1, 8)
	// scalar product
	stage_2_term_1 := he.MultiplyScalar(s2_t1_at_8, 0x1.0fd30d2a85d04p+0)
	stage_2_sum_1 := he.Add(stage_2_product_0, stage_2_term_1)
	// scalar product
	stage_2_term_2 := he.MultiplyScalar(stage_2_w7, 0x1.add62648ed8fap-2)
	stage_2_sum_2 := he.Add(stage_2_sum_1, stage_2_term_2)
	stage_2_w3_at_8 := he.Drop(stage_2_w3, 8)
	// scalar product
	stage_2_term_3 := he.MultiplyScalar(stage_2_w3_at_8, 0x1.d1e6d8e83282p-3)
	stage_2_sum_3 := he.Add(stage_2_sum_2, stage_2_term_3)
	// KEY SWITCH 11 of 19
	stage_2_switched := he.Relinearize(stage_2_sum_3)
	// rescaling: level 9
	stage_2 := he.Rescale(stage_2_switched)
	// variable of the stage
	s3_t1 := he.Stage(stage_2, -0x1.8p-2)
	x_at_9 := he.Drop(x, 9)
	// scalar product
	s3_leading_x_term_0 := he.MultiplyScalar(x_at_9, -0x1.8892c3316a66p-9)
	// rescaling: level 10
	s3_leading_x := he.Rescale(s3_leading_x_term_0)
	s3_t1_at_10 := he.Drop(s3_t1, 10)
	// tensor product 13 of 22
	s3_x_t1_product_0 := he.Multiply(s3_leading_x, s3_t1_at_10)
	// KEY SWITCH 12 of 19
	s3_x_t1_switched := he.Relinearize(s3_x_t1_product_0)
	// rescaling: level 11
	s3_x_t1 := he.Rescale(s3_x_t1_switched)
	// tensor product 14 of 22
	s3_t2_product_0 := he.Square(s3_t1)
	s3_t2_multiple_0 := he.MultiplyInteger(s3_t2_product_0, 2)
	// KEY SWITCH 13 of 19
	s3_t2_rescaled_switched := he.Relinearize(s3_t2_multiple_0)
	// rescaling: level 10
	s3_t2_rescaled := he.Rescale(s3_t2_rescaled_switched)
	s3_t2 := he.AddScalar(s3_t2_rescaled, -0x1p+0)
	s3_t2_at_11 := he.Drop(s3_t2, 11)
	// tensor product 15 of 22
	result_w3_product_0 := he.Multiply(s3_x_t1, s3_t2_at_11)
	// scalar product
	result_w3_term_1 := he.MultiplyScalar(s3_x_t1, -0x1.3d268ccc934c3p+2)
	result_w3_sum_1 := he.Add(result_w3_product_0, result_w3_term_1)
	// KEY SWITCH 14 of 19
	result_w3_switched := he.Relinearize(result_w3_sum_1)
	// rescaling: level 12
	result_w3 := he.Rescale(result_w3_switched)
	// tensor product 16 of 22
	s3_t4_product_0 := he.Square(s3_t2)
	s3_t4_multiple_0 := he.MultiplyInteger(s3_t4_product_0, 2)
	// KEY SWITCH 15 of 19
	s3_t4_rescaled_switched := he.Relinearize(s3_t4_multiple_0)
	// rescaling: level 11
	s3_t4_rescaled := he.Rescale(s3_t4_rescaled_switched)
	s3_t4 := he.AddScalar(s3_t4_rescaled, -0x1p+0)
	// tensor product 17 of 22
	s3_t8_product_0 := he.Square(s3_t4)
	s3_t8_multiple_0 := he.MultiplyInteger(s3_t8_product_0, 2)
	// KEY SWITCH 16 of 19
	s3_t8_rescaled_switched := he.Relinearize(s3_t8_multiple_0)
	// rescaling: level 12
	s3_t8_rescaled := he.Rescale(s3_t8_rescaled_switched)
	s3_t8 := he.AddScalar(s3_t8_rescaled, -0x1p+0)
	// scalar product
	result_w11_addend_11_term_0 := he.MultiplyScalar(s3_t2_at_11, -0x1.395e640cb39b4p-1)
	// scalar product
	result_w11_addend_11_term_1 := he.MultiplyScalar(s3_t4, 0x1.e1173352146aep+2)
	result_w11_addend_11_sum_1 := he.Add(result_w11_addend_11_term_0, result_w11_addend_11_term_1)
	// rescaling: level 12
	result_w11_addend_11 := he.Rescale(result_w11_addend_11_sum_1)
	result_w11_multiplier_12 := he.Add(s3_t8, result_w11_addend_11)
	// scalar product
	result_w11_block_13_term_0 := he.MultiplyScalar(s3_x_t1, 0x1.a053a7b5a3787p+1)
	// rescaling: level 12
	result_w11_block_13 := he.Rescale(result_w11_block_13_term_0)
	// scalar product
	result_w11_addend_14_term_0 := he.MultiplyScalar(s3_t2_at_11, 0x1.2a4d0c9670897p+0)
	// scalar product
	result_w11_addend_14_term_1 := he.MultiplyScalar(s3_t4, 0x1.1867d3bf01619p+3)
	result_w11_addend_14_sum_1 := he.Add(result_w11_addend_14_term_0, result_w11_addend_14_term_1)
	// rescaling: level 12
	result_w11_addend_14 := he.Rescale(result_w11_addend_14_sum_1)
	result_w11_multiplier_15 := he.Add(s3_t8, result_w11_addend_14)
	// tensor product 18 of 22
	result_w11_product_0 := he.Multiply(result_w3, result_w11_multiplier_12)
	// tensor product 19 of 22
	result_w11_product_1 := he.Multiply(result_w11_block_13, result_w11_multiplier_15)
	result_w11_sum_1 := he.Add(result_w11_product_0, result_w11_product_1)
	s3_x_t1_at_12 := he.Drop(s3_x_t1, 12)
	// scalar product
	result_w11_term_2 := he.MultiplyScalar(s3_x_t1_at_12, -0x1.74f382bd09b2p-2)
	result_w11_sum_2 := he.Add(result_w11_sum_1, result_w11_term_2)
	// scalar product
	result_w11_term_3 := he.MultiplyScalar(result_w3, 0x1.151e47fee6b62p+1)
	result_w11_sum_3 := he.Add(result_w11_sum_2, result_w11_term_3)
	// KEY SWITCH 17 of 19
	result_w11_switched := he.Relinearize(result_w11_sum_3)
	// rescaling: level 13
	result_w11 := he.Rescale(result_w11_switched)
	// tensor product 20 of 22
	s3_t16_product_0 := he.Square(s3_t8)
	s3_t16_multiple_0 := he.MultiplyInteger(s3_t16_product_0, 2)
	// KEY SWITCH 18 of 19
	s3_t16_rescaled_switched := he.Relinearize(s3_t16_multiple_0)
	// rescaling: level 13
	s3_t16_rescaled := he.Rescale(s3_t16_rescaled_switched)
	s3_t16 := he.AddScalar(s3_t16_rescaled, -0x1p+0)
	s3_t2_at_12 := he.Drop(s3_t2, 12)
	// scalar product
	result_addend_16_term_0 := he.MultiplyScalar(s3_t2_at_12, 0x1.a9734c4167e83p+3)
	s3_t4_at_12 := he.Drop(s3_t4, 12)
	// scalar product
	result_addend_16_term_1 := he.MultiplyScalar(s3_t4_at_12, -0x1.0fd33e1b5bfa9p+2)
	result_addend_16_sum_1 := he.Add(result_addend_16_term_0, result_addend_16_term_1)
	// scalar product
	result_addend_16_term_2 := he.MultiplyScalar(s3_t8, 0x1.3605d0d66daafp+3)
	result_addend_16_sum_2 := he.Add(result_addend_16_sum_1, result_addend_16_term_2)
	// rescaling: level 13
	result_addend_16 := he.Rescale(result_addend_16_sum_2)
	result_multiplier_17 := he.Add(s3_t16, result_addend_16)
	// scalar product
	result_block_18_term_0 := he.MultiplyScalar(result_w3, -0x1.064f4a53cfcb4p-2)
	// scalar product
	result_block_18_term_1 := he.MultiplyScalar(s3_x_t1_at_12, 0x1.7ed288151d2e7p+1)
	result_block_18_sum_1 := he.Add(result_block_18_term_0, result_block_18_term_1)
	// rescaling: level 13
	result_block_18 := he.Rescale(result_block_18_sum_1)
	// scalar product
	result_addend_19_term_0 := he.MultiplyScalar(s3_t2_at_12, 0x1.a2b8d2b81875ep+2)
	// scalar product
	result_addend_19_term_1 := he.MultiplyScalar(s3_t4_at_12, 0x1.9cfb284e78c28p+3)
	result_addend_19_sum_1 := he.Add(result_addend_19_term_0, result_addend_19_term_1)
	// scalar product
	result_addend_19_term_2 := he.MultiplyScalar(s3_t8, 0x1.1a63de8d0020cp+3)
	result_addend_19_sum_2 := he.Add(result_addend_19_sum_1, result_addend_19_term_2)
	// rescaling: level 13
	result_addend_19 := he.Rescale(result_addend_19_sum_2)
	result_multiplier_20 := he.Add(s3_t16, result_addend_19)
	// tensor product 21 of 22
	result_product_0 := he.Multiply(result_w11, result_multiplier_17)
	// tensor product 22 of 22
	result_product_1 := he.Multiply(result_block_18, result_multiplier_20)
	result_sum_1 := he.Add(result_product_0, result_product_1)
	s3_x_t1_at_13 := he.Drop(s3_x_t1, 13)
	// scalar product
	result_term_2 := he.MultiplyScalar(s3_x_t1_at_13, 0x1.e023a4423f54bp-1)
	result_sum_2 := he.Add(result_sum_1, result_term_2)
	// scalar product
	result_term_3 := he.MultiplyScalar(result_w11, 0x1.60b841985dc04p+5)
	result_sum_3 := he.Add(result_sum_2, result_term_3)
	result_w3_at_13 := he.Drop(result_w3, 13)
	// scalar product
	result_term_4 := he.MultiplyScalar(result_w3_at_13, -0x1.807168213dce4p+1)
	result_sum_4 := he.Add(result_sum_3, result_term_4)
	x_at_13 := he.Drop(x, 13)
	// scalar product
	result_term_5 := he.MultiplyScalar(x_at_13, 0x1p-1)
	result_sum_5 := he.Add(result_sum_4, result_term_5)
	// KEY SWITCH 19 of 19
	result_switched := he.Relinearize(result_sum_5)
	// rescaling: level 14
	result := he.Rescale(result_switched)
	return result
}
