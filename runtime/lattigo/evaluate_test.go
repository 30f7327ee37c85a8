package lattigo_test

import (
	"errors"
	"math"
	"math/rand"
	"sync"
	"testing"

	"equiripple/lattigo"
	"equiripple/lattigo/internal/exp_64"
	"equiripple/lattigo/internal/gelu_20"
	"equiripple/lattigo/internal/max_7_7"
	"equiripple/lattigo/internal/reciprocal_root"
	"equiripple/lattigo/internal/relu_15_15_27"
	"equiripple/lattigo/internal/relu_7_7"
	"equiripple/lattigo/internal/sign_31"
	"equiripple/lattigo/internal/sign_7_7"
	"equiripple/lattigo/internal/step_at_03"

	"github.com/tuneinsight/lattigo/v6/core/rlwe"
	"github.com/tuneinsight/lattigo/v6/schemes/ckks"
)

const scaleBits = 50

// What noise adds at these parameters: measured 2^-31 and less; the largest of 2048 slots is above
// 64 times that with a probability below 10^-9.
const noise = 0x1p-25

type party struct {
	params  ckks.Parameters
	key     *rlwe.SecretKey
	eval    *ckks.Evaluator
	encoder *ckks.Encoder
}

func newParty(t *testing.T, levels int) *party {
	t.Helper()
	logQ := []int{60}
	for range levels {
		logQ = append(logQ, scaleBits)
	}
	params, err := ckks.NewParametersFromLiteral(ckks.ParametersLiteral{
		LogN: 12, LogQ: logQ, LogP: []int{60, 60}, LogDefaultScale: scaleBits})
	if err != nil {
		t.Fatal(err)
	}
	keys := rlwe.NewKeyGenerator(params)
	secret := keys.GenSecretKeyNew()
	return &party{params, secret,
		ckks.NewEvaluator(params, rlwe.NewMemEvaluationKeySet(keys.GenRelinearizationKeyNew(secret))),
		ckks.NewEncoder(params)}
}

func (p *party) encrypt(t *testing.T, values []float64, scale float64) *rlwe.Ciphertext {
	t.Helper()
	plain := ckks.NewPlaintext(p.params, p.params.MaxLevel())
	plain.Scale = rlwe.NewScale(scale)
	if err := p.encoder.Encode(values, plain); err != nil {
		t.Fatal(err)
	}
	ct, err := rlwe.NewEncryptor(p.params, p.key).EncryptNew(plain)
	if err != nil {
		t.Fatal(err)
	}
	return ct
}

func (p *party) decrypt(t *testing.T, ct *rlwe.Ciphertext) []float64 {
	t.Helper()
	values := make([]float64, p.params.MaxSlots())
	if err := p.encoder.Decode(rlwe.NewDecryptor(p.params, p.key).DecryptNew(ct), values); err != nil {
		t.Fatal(err)
	}
	return values
}

func (p *party) points(lower, upper float64, seed int64) []float64 {
	random := rand.New(rand.NewSource(seed))
	values := make([]float64, p.params.MaxSlots())
	for i := range values {
		values[i] = lower + (upper-lower)*random.Float64()
	}
	values[0], values[1] = lower, upper
	return values
}

func largestError(got, values []float64, of func(x float64) float64) float64 {
	worst := 0.0
	for i, x := range values {
		worst = math.Max(worst, math.Abs(got[i]-of(x)))
	}
	return worst
}

func relu(x float64) float64 { return math.Max(x, 0) }
func gelu(x float64) float64 { return x / 2 * (1 + math.Erf(x/math.Sqrt2)) }

func TestFunctionsHoldTheirClaims(t *testing.T) {
	for _, f := range []struct {
		name         string
		plan         *lattigo.Plan
		of           func(float64) float64
		lower, upper float64
		claim        float64
		levels       int
		keySwitches  int
	}{
		{"relu_7_7", relu_7_7.Plan, relu, -4, 4, relu_7_7.ErrorAtMost * relu_7_7.ErrorUnit, 6, 9},
		{"relu_15_15_27", relu_15_15_27.Plan, relu, -1, 1,
			relu_15_15_27.ErrorAtMost * relu_15_15_27.ErrorUnit, 14, 19},
		{"gelu_20", gelu_20.Plan, gelu, -7, 7, gelu_20.ErrorAtMost, 5, 5},
		{"sign_31", sign_31.Plan, func(float64) float64 { return 1 }, 1.0 / 16, 1, sign_31.ErrorAtMost, 5, 8},
		{"sign_7_7", sign_7_7.Plan, func(float64) float64 { return -1 }, -1, -1.0 / 4,
			sign_7_7.ErrorAtMost, 6, 8},
		{"exp_64", exp_64.Plan, math.Exp, -64, 0, exp_64.ErrorAtMost, exp_64.Plan.Levels,
			exp_64.Plan.KeySwitches()},
		{"step_at_03", step_at_03.Plan, func(float64) float64 { return 1 }, 0.35, 1,
			step_at_03.ErrorAtMost, step_at_03.Plan.Levels, step_at_03.Plan.KeySwitches()},
	} {
		t.Run(f.name, func(t *testing.T) {
			if f.plan.Levels != f.levels || f.plan.KeySwitches() != f.keySwitches {
				t.Errorf("%d levels and %d key switches, not %d and %d", f.plan.Levels,
					f.plan.KeySwitches(), f.levels, f.keySwitches)
			}
			p := newParty(t, f.plan.Levels)
			values := p.points(f.lower, f.upper, 7)
			x := p.encrypt(t, values, math.Exp2(scaleBits)/f.plan.HalfWidth)
			before := x.CopyNew()
			result, err := f.plan.Evaluate(p.eval, x)
			if err != nil {
				t.Fatal(err)
			}
			if result.Level() != 0 {
				t.Errorf("the result is at level %d, not 0", result.Level())
			}
			worst := largestError(p.decrypt(t, result), values, f.of)
			if worst > f.claim+noise {
				t.Errorf("the error is %g, claimed is %g", worst, f.claim)
			}
			if worst < f.claim/8 {
				t.Errorf("the error %g is far below the claim %g: another function", worst, f.claim)
			}
			if !x.Equal(before) {
				t.Error("the input has changed")
			}
		})
	}
}

func TestMaxOfTwo(t *testing.T) {
	p := newParty(t, max_7_7.Plan.Levels)
	a, b := p.points(-1, 1, 1), p.points(-1, 1, 2)
	scale := math.Exp2(scaleBits) / max_7_7.Plan.HalfWidth
	result, err := max_7_7.Evaluate(p.eval, p.encrypt(t, a, scale), p.encrypt(t, b, scale))
	if err != nil {
		t.Fatal(err)
	}
	got := p.decrypt(t, result)
	for i := range a {
		if off := math.Abs(got[i] - math.Max(a[i], b[i])); off > max_7_7.ErrorAtMost*max_7_7.ErrorUnit+noise {
			t.Fatalf("max(%g, %g) is off by %g", a[i], b[i], off)
		}
	}
}

func TestReciprocalRoot(t *testing.T) {
	p := newParty(t, reciprocal_root.Plan.Levels+1)
	values := p.points(1.0/16, 1, 3)
	result, err := reciprocal_root.Evaluate(p.eval, p.encrypt(t, values, math.Exp2(scaleBits)))
	if err != nil {
		t.Fatal(err)
	}
	got := p.decrypt(t, result)
	for i, x := range values {
		if off := math.Abs(got[i]*math.Sqrt(x) - 1); off > reciprocal_root.ErrorAtMost+noise {
			t.Fatalf("1/sqrt(%g) is off by %g of itself", x, off)
		}
	}
}

func TestARangeBeyondTheScaleTakesALevel(t *testing.T) {
	p := newParty(t, relu_7_7.Plan.Levels+1)
	full := rlwe.NewScale(math.Exp2(scaleBits))
	if n := relu_7_7.Plan.RequiredLevels(p.params, full); n != 7 {
		t.Errorf("%d levels at the working scale, not 7", n)
	}
	if n := relu_7_7.Plan.RequiredLevels(p.params, rlwe.NewScale(math.Exp2(scaleBits-2))); n != 6 {
		t.Errorf("%d levels at a quarter of it, not 6", n)
	}
	values := p.points(-4, 4, 4)
	x := p.encrypt(t, values, math.Exp2(scaleBits))
	result, err := relu_7_7.Evaluate(p.eval, x)
	if err != nil {
		t.Fatal(err)
	}
	if worst := largestError(p.decrypt(t, result), values, relu); worst > relu_7_7.ErrorAtMost*4+noise {
		t.Errorf("the error is %g", worst)
	}
	if result.Scale.Cmp(x.Scale) != 0 {
		t.Errorf("the scale is %v, not that of the input", result.Scale.Value)
	}
	low := p.eval.DropLevelNew(x, 1)
	var few *lattigo.NotEnoughLevels
	if _, err := relu_7_7.Evaluate(p.eval, low); !errors.As(err, &few) || few.Needed != 7 || few.Left != 6 {
		t.Errorf("a level too few: %v", err)
	}
}

func TestRefusals(t *testing.T) {
	p := newParty(t, 7)
	ones := p.points(-1, 1, 5)
	x := p.encrypt(t, ones, math.Exp2(scaleBits-2))
	keyless := ckks.NewEvaluator(p.params, nil)
	product, err := p.eval.MulNew(x, x)
	if err != nil {
		t.Fatal(err)
	}
	var wrong *lattigo.WrongCiphertext
	var scale *lattigo.WrongScale
	for name, err := range map[string]error{
		"no evaluator":     second(relu_7_7.Evaluate(nil, x)),
		"no ciphertext":    second(relu_7_7.Evaluate(p.eval, nil)),
		"no key":           second(relu_7_7.Evaluate(keyless, x)),
		"three components": second(relu_7_7.Evaluate(p.eval, product)),
		"one input of two": second(max_7_7.Plan.Evaluate(p.eval, x)),
		"two inputs":       second(relu_7_7.Plan.EvaluatePair(p.eval, x, x)),
		"no bootstrapper":  second(relu_7_7.Plan.EvaluateRefreshing(p.eval, nil, x)),
		"another ring":     second(relu_7_7.Evaluate(p.eval, otherRing(t))),
	} {
		if !errors.As(err, &wrong) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, err := range map[string]error{
		"unequal scales": second(max_7_7.Evaluate(p.eval, x, p.encrypt(t, ones, math.Exp2(40)))),
		"a tiny scale":   second(relu_7_7.Evaluate(p.eval, p.encrypt(t, ones, 4))),
	} {
		if !errors.As(err, &scale) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func second(_ *rlwe.Ciphertext, err error) error { return err }

func otherRing(t *testing.T) *rlwe.Ciphertext {
	params, err := ckks.NewParametersFromLiteral(ckks.ParametersLiteral{
		LogN: 11, LogQ: []int{50, 50, 50, 50, 50, 50, 50}, LogDefaultScale: scaleBits})
	if err != nil {
		t.Fatal(err)
	}
	return ckks.NewCiphertext(params, 1, 6)
}

// A refresh as a key holder would do it; what it adds is the noise of an encryption.
type decrypting struct {
	t      *testing.T
	party  *party
	levels int
	calls  int
}

func (d *decrypting) Bootstrap(ct *rlwe.Ciphertext) (*rlwe.Ciphertext, error) {
	d.calls++
	fresh := d.party.encrypt(d.t, d.party.decrypt(d.t, ct), math.Exp2(scaleBits))
	return d.party.eval.DropLevelNew(fresh, d.party.params.MaxLevel()-d.levels), nil
}
func (d *decrypting) MinimumInputLevel() int { return 1 }
func (d *decrypting) OutputLevel() int       { return d.levels }

func TestARefreshWhereLevelsRunOut(t *testing.T) {
	p := newParty(t, 10)
	values := p.points(-1, 1, 6)
	x := p.eval.DropLevelNew(p.encrypt(t, values, math.Exp2(scaleBits)), 0)
	boot := &decrypting{t: t, party: p, levels: 9}
	result, err := relu_15_15_27.Plan.EvaluateRefreshing(p.eval, boot, x)
	if err != nil {
		t.Fatal(err)
	}
	if boot.calls != 1 {
		t.Errorf("%d refreshes, not 1", boot.calls)
	}
	// The gap of sign widens what a refresh adds by 2^8 or so; and x, whose refresh comes after its
	// product with the leading coefficient of the last stage, 2^-8.4, by as much as that is small.
	const refreshed = 0x1p-8
	if worst := largestError(p.decrypt(t, result), values, relu); worst > relu_15_15_27.ErrorAtMost+refreshed {
		t.Errorf("the error is %g", worst)
	}
	enough := &decrypting{t: t, party: p, levels: 9}
	if _, err := relu_7_7.Plan.EvaluateRefreshing(p.eval, enough, x); err != nil || enough.calls != 0 {
		t.Errorf("%d refreshes where levels suffice, %v", enough.calls, err)
	}
}

func TestManyAtATime(t *testing.T) {
	p := newParty(t, sign_31.Plan.Levels)
	x := p.encrypt(t, p.points(-1, 1, 8), math.Exp2(scaleBits))
	expected, err := sign_31.Evaluate(p.eval, x)
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	for range 4 {
		all.Add(1)
		go func() {
			defer all.Done()
			result, err := sign_31.Evaluate(p.eval.ShallowCopy(), x)
			if err != nil || !result.Equal(expected) {
				t.Error("another result", err)
			}
		}()
	}
	all.Wait()
}
