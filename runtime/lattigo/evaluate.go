package lattigo

import (
	"math"

	"github.com/tuneinsight/lattigo/v6/core/rlwe"
	"github.com/tuneinsight/lattigo/v6/schemes/ckks"
)

// A Bootstrapper refreshes ciphertexts whose values are in [-1, 1]; Lattigo's
// bootstrapping.Evaluator is one. What a refresh adds to a value, no claim counts.
type Bootstrapper interface {
	Bootstrap(ct *rlwe.Ciphertext) (*rlwe.Ciphertext, error)
	MinimumInputLevel() int
	OutputLevel() int
}

// Evaluate is the function of x, at x's scale (where OutputScaleFactor is not 1: at that which the
// plan gives). What cannot be computed is an error before the first operation. The evaluator has
// a relinearisation key. x is left as it is.
func (p *Plan) Evaluate(eval *ckks.Evaluator, x *rlwe.Ciphertext) (*rlwe.Ciphertext, error) {
	return p.evaluate(eval, nil, x)
}

// EvaluatePair is Evaluate for a function of two inputs, of equal scales.
func (p *Plan) EvaluatePair(eval *ckks.Evaluator, a, b *rlwe.Ciphertext) (*rlwe.Ciphertext, error) {
	return p.evaluate(eval, nil, a, b)
}

// EvaluateRefreshing is Evaluate where the variable of a stage is refreshed when levels run out: as
// seldom as possible.
func (p *Plan) EvaluateRefreshing(eval *ckks.Evaluator, boot Bootstrapper,
	inputs ...*rlwe.Ciphertext) (*rlwe.Ciphertext, error) {
	if boot == nil {
		return nil, &WrongCiphertext{p.Name, "there is no bootstrapper"}
	}
	return p.evaluate(eval, boot, inputs...)
}

// RequiredLevels that an input of this scale must have left, without a refresh: one more than
// Levels where the range cannot be read off the scale.
func (p *Plan) RequiredLevels(params ckks.Parameters, inputScale rlwe.Scale) int {
	if p.Levels > 0 && p.HalfWidth != 1 {
		working := scaleOfModulus(params.Q()[min(p.Levels, params.MaxLevel())])
		if !readsFreely(ofLattigo(inputScale), working, p.HalfWidth) {
			return p.Levels + 1
		}
	}
	return p.Levels
}

// Reading a ciphertext as halfWidth times larger leaves a scale of scale * halfWidth, which must not
// exceed the working scale: repeated squaring would let it run away.
func readsFreely(at, working scale, halfWidth float64) bool {
	const slack = 1.0 / 16 // chosen: primes differ from the nominal scale by far less
	return halfWidth == 1 || times(at, scaleOf(halfWidth)).Cmp(times(working, scaleOf(1+slack))) <= 0
}

// What a ciphertext is multiplied by before it is read as 1 / halfWidth times its value: below 1 the
// half width makes the scale smaller, and each squaring would double how far.
func enlargement(at, working scale, halfWidth float64) int {
	const slack, most = 1.0 / 16, 1 << 20 // chosen: as above; beyond, inputs have few digits anyway
	room := math.Min(1, math.Exp2(distance(working, at))) * (1 + slack) / halfWidth
	if room < 2 {
		return 1
	}
	return int(math.Min(room, most))
}
