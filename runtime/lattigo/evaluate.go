package lattigo

import (
	"fmt"
	"math"
	"math/big"

	"github.com/tuneinsight/lattigo/v6/core/rlwe"
	"github.com/tuneinsight/lattigo/v6/ring"
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

// A run is one evaluation: the values that are still needed.
type run struct {
	plan    *Plan
	eval    *ckks.Evaluator
	boot    Bootstrapper
	records []record
	values  []*rlwe.Ciphertext
	lastUse []int
	fuser   *fuser
	fused   []bool // by record: done by the rescaling that uses it
	shared  []bool // by record: others have its polynomials
	spare   spare
}

func (p *Plan) evaluate(eval *ckks.Evaluator, boot Bootstrapper,
	inputs ...*rlwe.Ciphertext) (*rlwe.Ciphertext, error) {
	records, err := p.fit(eval, boot, inputs)
	if err != nil {
		return nil, err
	}
	r := &run{plan: p, eval: eval, boot: boot, records: records,
		values: make([]*rlwe.Ciphertext, len(records)), lastUse: make([]int, len(records)),
		shared: make([]bool, len(records)), spare: spare{params: eval.GetParameters()}}
	r.fuse()
	for i, record := range records {
		if record.operation != input && !r.fused[i] {
			r.lastUse[r.operand(record.left)], r.lastUse[r.operand(record.right)] = i, i
		}
	}
	given := 0
	for i := range records {
		if records[i].operation == input {
			r.values[i] = view(inputs[given], records[i].level)
			r.shared[i] = true // with the caller
			given++
			continue
		}
		if r.fused[i] {
			continue
		}
		if err := r.apply(i); err != nil {
			return nil, fmt.Errorf("%s: operation %d: %w", p.Name, i, err)
		}
	}
	result := r.values[len(records)-1]
	if given == len(records) {
		result = result.CopyNew()
	}
	if p.OutputScaleFactor != 1 {
		result.Scale = toLattigo(times(records[len(records)-1].scale, scaleOf(p.OutputScaleFactor)))
	}
	return result, nil
}

// A relinearisation whose only use is to be rescaled is left to the rescaling.
func (r *run) fuse() {
	r.fused = make([]bool, len(r.records))
	if r.plan.KeySwitches() == 0 {
		return
	}
	if r.fuser = newFuser(r.eval); r.fuser == nil {
		return
	}
	uses := make([]int, len(r.records))
	for _, s := range r.records {
		if s.operation == input {
			continue
		}
		uses[s.left]++
		if s.right != s.left {
			uses[s.right]++
		}
	}
	for _, s := range r.records {
		if s.operation == rescale && r.records[s.left].operation == relinearize && uses[s.left] == 1 {
			r.fused[s.left] = true
		}
	}
}

// The record of an operand as it is carried out.
func (r *run) operand(i int) int {
	if r.fused[i] {
		return r.records[i].left
	}
	return i
}

// The same ciphertext at a lower level, without a copy.
func view(ct *rlwe.Ciphertext, level int) *rlwe.Ciphertext {
	low := &rlwe.Ciphertext{}
	low.MetaData = ct.MetaData.CopyNew()
	for _, v := range ct.Value {
		low.Value = append(low.Value, ring.Poly{Coeffs: v.Coeffs[:level+1]})
	}
	return low
}

// What an operation may change: its operand where nothing else needs it, else a new one.
func (r *run) target(operand, user, degree int) *rlwe.Ciphertext {
	if r.isSpent(operand, user) && r.values[operand].Degree() == degree {
		return r.values[operand]
	}
	return r.spare.ciphertext(degree, r.records[user].level)
}

func (r *run) isSpent(value, user int) bool {
	return r.lastUse[value] == user && !r.shared[value]
}

func (r *run) apply(i int) error {
	s := &r.records[i]
	left, right := r.operand(s.left), r.operand(s.right)
	x, y := r.values[left], r.values[right]
	var out *rlwe.Ciphertext
	var err error
	switch s.operation {
	case normalise, stage, drop:
		out = view(x, s.level)
		r.shared[i], r.shared[left] = true, true
	case refresh:
		out, err = r.boot.Bootstrap(x.CopyNew())
	case multiply, square:
		out = r.spare.ciphertext(2, s.level)
		err = r.eval.Mul(x, y, out)
	case relinearize:
		out = r.spare.ciphertext(1, s.level)
		err = r.eval.Relinearize(x, out)
	case rescale:
		if left != s.left {
			out = r.spare.ciphertext(1, s.level)
			err = r.fuser.relinearizeAndRescale(x, out)
			break
		}
		out = x
		if !r.isSpent(left, i) {
			out = r.spare.ciphertext(x.Degree(), s.level+1)
		}
		err = r.eval.Rescale(x, out)
	case multiplyScalar:
		out = r.target(s.left, i, x.Degree())
		err = r.eval.Mul(x, encoded(s.scalar, s.encoding), out)
	case addScalar:
		out = r.target(s.left, i, x.Degree())
		err = r.eval.Add(x, s.scalar, out)
	case multiplyInteger:
		out = r.target(s.left, i, x.Degree())
		err = r.eval.Mul(x, s.integer, out)
	case add:
		y.Scale = x.Scale // equal but for what 128 bits round
		out = r.target(s.left, i, max(x.Degree(), y.Degree()))
		err = r.eval.Add(x, y, out)
	case sub:
		y.Scale = x.Scale
		out = r.target(s.left, i, max(x.Degree(), y.Degree()))
		err = r.eval.Sub(x, y, out)
	}
	if err != nil {
		return err
	}
	if out.Level() != s.level {
		return fmt.Errorf("the level is %d, planned is %d", out.Level(), s.level)
	}
	out.Scale = toLattigo(s.scale)
	r.values[i] = out
	for _, operand := range []int{left, right} {
		if value := r.values[operand]; value != nil && value != out && r.isSpent(operand, i) {
			r.spare.give(value)
			r.values[operand] = nil
		}
	}
	return nil
}

// The integer that stands for c at this scale; never 0, as the product would be transparent.
func encoded(c float64, at scale) *big.Int {
	exact := times(at, scaleOf(math.Abs(c)))
	whole, _ := exact.Add(exact, scaleOf(0.5)).Int(nil)
	if whole.Sign() == 0 {
		whole.SetInt64(1)
	}
	if math.Signbit(c) {
		whole.Neg(whole)
	}
	return whole
}
