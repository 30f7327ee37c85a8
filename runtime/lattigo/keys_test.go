package lattigo_test

import (
	"math"
	"testing"

	"equiripple/lattigo"
	"equiripple/lattigo/internal/relu_7_7"

	"github.com/tuneinsight/lattigo/v6/core/rlwe"
	"github.com/tuneinsight/lattigo/v6/ring"
	"github.com/tuneinsight/lattigo/v6/schemes/ckks"
	"github.com/tuneinsight/lattigo/v6/utils"
)

// 2 (u (u + 1) + 1) with u = x/4: a quotient twice in a sum, one that is taken off itself, and a
// relinearised product in a sum before it is rescaled.
var sumsOfQuotients = lattigo.Record(lattigo.Facts{Name: "sums", Levels: 2, Lower: -4, Upper: 4,
	HalfWidth: 4, OutputScaleFactor: 1}, func(he *lattigo.Recorder, x lattigo.Value) lattigo.Value {
	u := he.Normalise(x, 0, 4)
	half := he.Rescale(he.MultiplyScalar(u, 0.5))
	nothing := he.Rescale(he.MultiplyScalar(u, 3))
	again := he.Add(half, half)
	next := he.Add(again, he.AddScalar(he.Sub(nothing, nothing), 1))
	sum := he.AddScalar(he.Relinearize(he.Multiply(again, next)), 1)
	return he.Rescale(he.Add(sum, sum))
})

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
			result, err = sumsOfQuotients.Evaluate(p.eval, x)
			if err != nil {
				t.Fatal(err)
			}
			of := func(x float64) float64 { return x*x/8 + x/2 + 2 }
			if worst := largestError(p.decrypt(t, result), values, of); worst > noise {
				t.Errorf("sums of quotients are off by %g", worst)
			}
		})
	}
}

func TestFactorsAreRelinearised(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("a product of three components was taken as a factor")
		}
	}()
	lattigo.Record(lattigo.Facts{Name: "fourth"}, func(he *lattigo.Recorder, x lattigo.Value) lattigo.Value {
		return he.Square(he.Square(x))
	})
}
