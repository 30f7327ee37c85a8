// GENERATED FILE - do not edit. Change the request and generate again:
//   equiripple exp --domain '[-64,0]' --error 2^-8 -o exp_64.json
//   equiripple emit exp_64.json --target lattigo -o exp_64.go
//
// Function    exp(x) on [-64, 0]
// Polynomial  1 stage, degree 9, then 1 squaring; Chebyshev basis, c[0] whole
// Error       0x1.675c873d0a857p-9 <= this table <= 0x1.679feb6535801p-9
//             absolute; at most 2^-8.50 (0.00275)
//             coefficients as stored, exact evaluation; evidence: proved
// Cost        5 levels, 5 key switches, 5 tensor products, 10 scalar products, growth 2^2.6
//             6 levels where the input has the working scale: one for the range
// Generator   equiripple 0.1.0

// Package exp_64 is a function for ciphertexts of Lattigo: Evaluate runs its plan.
//
// Stages are its polynomials in Chebyshev's basis, for Lattigo's own evaluator:
//
//	poly := bignum.NewPolynomial(bignum.Chebyshev, stage.Coefficients, stage.Interval)
//	poly.IsOdd, poly.IsEven = stage.IsOdd, stage.IsEven
//
// one stage after the other; the change of interval is the caller's. The result is the last value, squared 1 time.
package exp_64

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
	ErrorAtMost   = 0x1.679feb6535801p-9
	ErrorUnit     = 0x1p+0
	ErrorMetric   = "absolute"
	ErrorEvidence = "proved"
)

// Stages are evaluated in this order.
var Stages = []Stage{
	{
		Coefficients: []float64{
			0x1.9c2f5d07ae6bdp-4,
			0x1.8fd481e735dfdp-3,
			0x1.6c95b6bfd4575p-3,
			0x1.377aa361866c7p-3,
			0x1.ef5de786d942p-4,
			0x1.6a88769de0f5fp-4,
			0x1.e08653fe02cbep-5,
			0x1.1c89be7d28caap-5,
			0x1.3949697911ed7p-6,
			0x1.9f52b3c35783ep-5,
		},
		Interval: [2]float64{-0x1p+6, 0x0p+0},
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
	Name:              "exp_64",
	Levels:            5,
	Lower:             -0x1p+6,
	Upper:             0x0p+0,
	HalfWidth:         0x1p+5,
	OutputScaleFactor: 0x1p+0,
}, run)

func run(he *lattigo.Recorder, x lattigo.Value) lattigo.Value {
	// scale read anew; where too large, a level
	t1 := he.Normalise(x, -0x1p+5, 0x1p+5)
	// tensor product 1 of 5
	t2_product_0 := he.Square(t1)
	t2_multiple_0 := he.MultiplyInteger(t2_product_0, 2)
	// KEY SWITCH 1 of 5
	t2_rescaled_switched := he.Relinearize(t2_multiple_0)
	// rescaling: level 1
	t2_rescaled := he.Rescale(t2_rescaled_switched)
	t2 := he.AddScalar(t2_rescaled, -0x1p+0)
	t1_at_1 := he.Drop(t1, 1)
	// tensor product 2 of 5
	t3_product_0 := he.Multiply(t2, t1_at_1)
	t3_multiple_0 := he.MultiplyInteger(t3_product_0, 2)
	// scalar product
	t3_term_1 := he.MultiplyScalar(t1_at_1, -0x1p+0)
	t3_sum_1 := he.Add(t3_multiple_0, t3_term_1)
	// KEY SWITCH 2 of 5
	t3_switched := he.Relinearize(t3_sum_1)
	// rescaling: level 2
	t3 := he.Rescale(t3_switched)
	// scalar product
	start_block_1_term_0 := he.MultiplyScalar(t3, 0x1.9f52b3c35783ep-4)
	t2_at_2 := he.Drop(t2, 2)
	// scalar product
	start_block_1_term_1 := he.MultiplyScalar(t2_at_2, 0x1.3949697911ed7p-5)
	start_block_1_sum_1 := he.Add(start_block_1_term_0, start_block_1_term_1)
	t1_at_2 := he.Drop(t1, 2)
	// scalar product
	start_block_1_term_2 := he.MultiplyScalar(t1_at_2, 0x1.1c89be7d28caap-4)
	start_block_1_sum_2 := he.Add(start_block_1_sum_1, start_block_1_term_2)
	// rescaling: level 3
	start_block_1 := he.Rescale(start_block_1_sum_2)
	// tensor product 3 of 5
	t6_product_0 := he.Square(t3)
	t6_multiple_0 := he.MultiplyInteger(t6_product_0, 2)
	// KEY SWITCH 3 of 5
	t6_rescaled_switched := he.Relinearize(t6_multiple_0)
	// rescaling: level 3
	t6_rescaled := he.Rescale(t6_rescaled_switched)
	t6 := he.AddScalar(t6_rescaled, -0x1p+0)
	// scalar product
	start_addend_2_term_0 := he.MultiplyScalar(t2_at_2, 0x1.0f893aac82763p+0)
	// scalar product
	start_addend_2_term_1 := he.MultiplyScalar(t1_at_2, 0x1.9bb5d5ce285efp+0)
	start_addend_2_sum_1 := he.Add(start_addend_2_term_0, start_addend_2_term_1)
	// rescaling: level 3
	start_addend_2 := he.Rescale(start_addend_2_sum_1)
	start_multiplier_3 := he.Add(t6, start_addend_2)
	// tensor product 4 of 5
	start_product_0 := he.Multiply(start_block_1, start_multiplier_3)
	t1_at_3 := he.Drop(t1, 3)
	// scalar product
	start_term_1 := he.MultiplyScalar(t1_at_3, 0x1.2e8867ec19d8p-4)
	start_sum_1 := he.Add(start_product_0, start_term_1)
	t2_at_3 := he.Drop(t2, 3)
	// scalar product
	start_term_2 := he.MultiplyScalar(t2_at_3, 0x1.4ccad432f6f2fp-5)
	start_sum_2 := he.Add(start_sum_1, start_term_2)
	t3_at_3 := he.Drop(t3, 3)
	// scalar product
	start_term_3 := he.MultiplyScalar(t3_at_3, 0x1.14ddd0bcb77fdp-5)
	start_sum_3 := he.Add(start_sum_2, start_term_3)
	// scalar product
	start_term_4 := he.MultiplyScalar(t6, 0x1.e08653fe02cbep-5)
	start_sum_4 := he.Add(start_sum_3, start_term_4)
	// KEY SWITCH 4 of 5
	start_rescaled_switched := he.Relinearize(start_sum_4)
	// rescaling: level 4
	start_rescaled := he.Rescale(start_rescaled_switched)
	start := he.AddScalar(start_rescaled, 0x1.913a4daba2aaep-6)
	// tensor product 5 of 5
	result_product_0 := he.Square(start)
	// KEY SWITCH 5 of 5
	result_switched := he.Relinearize(result_product_0)
	// rescaling: level 5
	result := he.Rescale(result_switched)
	return result
}
