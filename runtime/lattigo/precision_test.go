package lattigo_test

import (
	"math"
	"testing"

	"equiripple/lattigo/internal/sign_31"
)

// Where doublings only double, the largest error of 2048 slots is 2^-31.2 or so (measured); 2^-34.2
// where they multiply by other integers and the scale makes up for it.
func TestDoublingsAreReadOffTheScale(t *testing.T) {
	p := newParty(t, sign_31.Plan.Levels)
	series := seriesOf(sign_31.Stages)[0]
	values := p.points(1.0/16, 1, 9)
	result, err := sign_31.Evaluate(p.eval, p.encrypt(t, values, math.Exp2(scaleBits)))
	if err != nil {
		t.Fatal(err)
	}
	worst := largestError(p.decrypt(t, result), values, series.at)
	if worst > math.Exp2(-32.7) {
		t.Errorf("the largest error is 2^%.1f", math.Log2(worst))
	}
}
