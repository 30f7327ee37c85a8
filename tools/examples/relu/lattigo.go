// ReLU of an encrypted vector with Lattigo: error and time.
package main

import (
	"fmt"
	"log"
	"math"
	"os"
	"time"

	"app/relu"

	"github.com/tuneinsight/lattigo/v6/core/rlwe"
	"github.com/tuneinsight/lattigo/v6/schemes/ckks"
)

func must[T any](value T, err error) T {
	check(err)
	return value
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

func main() {
	literal := ckks.ParametersLiteral{LogN: 15, LogQ: []int{60}, LogP: []int{60}, LogDefaultScale: 40}
	for range relu.Plan.Levels {
		literal.LogQ = append(literal.LogQ, 40)
	}
	params := must(ckks.NewParametersFromLiteral(literal))
	keys := rlwe.NewKeyGenerator(params)
	secret := keys.GenSecretKeyNew()
	eval := ckks.NewEvaluator(params, rlwe.NewMemEvaluationKeySet(keys.GenRelinearizationKeyNew(secret)))
	encoder := ckks.NewEncoder(params)

	values := make([]float64, params.MaxSlots())
	for i := range values {
		values[i] = relu.Plan.Upper * (2*float64(i)/float64(len(values)) - 1)
	}
	plain := ckks.NewPlaintext(params, params.MaxLevel())
	plain.Scale = rlwe.NewScale(math.Exp2(40) / relu.Plan.HalfWidth) // the scale holds the range
	check(encoder.Encode(values, plain))
	x := must(rlwe.NewEncryptor(params, secret).EncryptNew(plain))

	begin := time.Now()
	y := must(relu.Evaluate(eval, x))
	took := time.Since(begin)

	results := make([]float64, len(values))
	check(encoder.Decode(rlwe.NewDecryptor(params, secret).DecryptNew(y), results))
	largest := 0.0
	for i, x := range values {
		largest = math.Max(largest, math.Abs(results[i]-math.Max(x, 0)))
	}
	bound := relu.ErrorAtMost * relu.ErrorUnit
	fmt.Printf("Lattigo: ReLU of %d encrypted numbers in [%g, %g] in %.2f s\n", len(values), relu.Plan.Lower,
		relu.Plan.Upper, took.Seconds())
	fmt.Printf("largest error %.3g; the polynomial's bound is %.3g, the rest is noise\n", largest, bound)
	if largest > 1.1*bound+1e-4*relu.Plan.Upper {
		os.Exit(1)
	}
}
