package lattigo_test

import (
	"math"
	"testing"

	"equiripple/lattigo/internal/relu_7_7"

	"github.com/tuneinsight/lattigo/v6/core/rlwe"
	"github.com/tuneinsight/lattigo/v6/ring"
	"github.com/tuneinsight/lattigo/v6/schemes/ckks"
	"github.com/tuneinsight/lattigo/v6/utils"
)

// Digits of one prime, of several, of bits; the ring of real slots.
func TestKeysOfAllKinds(t *testing.T) {
	for _, kind := range []struct {
		name    string
		special []int
		bits    int
		ring    ring.Type
	}{
		{"one special modulus", []int{61}, 0, ring.Standard},
		{"three special moduli", []int{60, 60, 61}, 0, ring.Standard},
		{"digits of bits", []int{61}, 16, ring.Standard},
		{"real slots", []int{60, 60}, 0, ring.ConjugateInvariant},
	} {
		t.Run(kind.name, func(t *testing.T) {
			logQ := []int{60, 50, 50, 50, 50, 50, 50}
			params, err := ckks.NewParametersFromLiteral(ckks.ParametersLiteral{LogN: 11, LogQ: logQ,
				LogP: kind.special, LogDefaultScale: scaleBits, RingType: kind.ring})
			if err != nil {
				t.Fatal(err)
			}
			keys := rlwe.NewKeyGenerator(params)
			secret := keys.GenSecretKeyNew()
			switching := keys.GenRelinearizationKeyNew(secret, rlwe.EvaluationKeyParameters{
				BaseTwoDecomposition: utils.Pointy(kind.bits)})
			p := &party{params, secret, ckks.NewEvaluator(params, rlwe.NewMemEvaluationKeySet(switching)),
				ckks.NewEncoder(params)}
			values := p.points(-4, 4, 10)
			x := p.encrypt(t, values, math.Exp2(scaleBits)/4)
			result, err := relu_7_7.Evaluate(p.eval, x)
			if err != nil {
				t.Fatal(err)
			}
			worst := largestError(p.decrypt(t, result), values, relu)
			if worst > relu_7_7.ErrorAtMost*relu_7_7.ErrorUnit+noise {
				t.Errorf("the error is %g", worst)
			}
		})
	}
}
