package lattigo

import (
	"math"
	"math/big"
)

// A term of a sum: a value of the plan, or the tensor product of two, times an integer.
type term struct {
	left, right int // right is `none` where there is one factor
	factor      *big.Int
}

const none = -1

type sum struct {
	terms    []term
	constant *big.Int // at the scale of the sum
}

// A task makes one value: the quotient of a sum (none where `inner` is nil), relinearized or not,
// and a sum at the level of the value. Sums that only other sums use are part of those.
type task struct {
	makes        int // record
	inner        *sum
	innerLevel   int
	relinearized bool
	rescaled     bool
	outer        sum
}

func isLinear(o operation) bool {
	switch o {
	case multiplyScalar, addScalar, multiplyInteger, add, sub:
		return true
	}
	return false
}

// The same polynomials, read at another level or scale.
func isView(o operation) bool { return o == normalise || o == stage || o == drop }

// A planner of tasks: which records are values of their own.
type tasking struct {
	records []record
	fuses   bool // relinearisations can be part of what uses them
	uses    []int
	isValue []bool
}

func newTasking(records []record, fuses bool) *tasking {
	t := &tasking{records, fuses, make([]int, len(records)), make([]bool, len(records))}
	t.isValue[len(records)-1] = true
	for i := range records {
		s := &records[i]
		if s.operation == input {
			t.isValue[i] = true
			continue
		}
		t.uses[s.left]++
		if s.right != s.left || s.operation == add || s.operation == sub {
			t.uses[s.right]++
		}
		switch s.operation {
		case rescale, relinearize:
			t.isValue[i] = true
		case multiply, square, normalise, stage, drop, refresh:
			t.isValue[i] = t.isValue[i] || s.operation == refresh
			t.isValue[s.left], t.isValue[s.right] = true, true
		}
	}
	for i := range records {
		s := &records[i]
		t.isValue[i] = t.isValue[i] || t.uses[i] > 1
		if s.operation == rescale && fuses && records[s.left].operation == relinearize && t.uses[s.left] == 1 {
			t.isValue[s.left] = false
		}
	}
	for i := range records {
		if t.isValue[i] && isLinear(records[i].operation) {
			t.absorb(i)
		}
	}
	return t
}

// The first quotient that is added as it is to a sum, and to nothing else, is made with the sum.
func (t *tasking) absorb(root int) {
	for at := root; ; {
		s := &t.records[at]
		if s.operation != addScalar && s.operation != add && s.operation != sub {
			return
		}
		next := s.left
		if s.operation == add && t.isQuotient(s.right) && !t.isQuotient(s.left) {
			next = s.right
		}
		if t.isQuotient(next) {
			t.isValue[next] = false
			return
		}
		if t.isValue[next] || t.records[next].operation == input {
			return
		}
		at = next
	}
}

func (t *tasking) isQuotient(i int) bool {
	o := t.records[i].operation
	return (o == rescale || o == relinearize && t.fuses) && t.uses[i] == 1 && t.isValue[i]
}

func (t *tasking) tasks() []task {
	var all []task
	for i := range t.records {
		o := t.records[i].operation
		if !t.isValue[i] || o == input || isView(o) {
			continue
		}
		one := task{makes: i, outer: sum{constant: new(big.Int)}}
		if o != refresh {
			t.expand(i, i, big.NewInt(1), &one, &one.outer)
		}
		all = append(all, one)
	}
	return all
}

// The record whose polynomials these are.
func (t *tasking) base(i int) int {
	for isView(t.records[i].operation) {
		i = t.records[i].left
	}
	return i
}

// Adds the record, times the factor, to the sum.
func (t *tasking) expand(i, root int, factor *big.Int, one *task, to *sum) {
	i = t.base(i)
	s := &t.records[i]
	if i != root && t.isValue[i] {
		to.terms = append(to.terms, term{i, none, factor})
		return
	}
	inner := func(left int) {
		one.inner = &sum{constant: new(big.Int)}
		one.innerLevel = t.records[left].level
		t.expand(left, none, big.NewInt(1), one, one.inner)
	}
	switch s.operation {
	case multiply, square:
		to.terms = append(to.terms, term{t.base(s.left), t.base(s.right), factor})
	case multiplyScalar:
		t.expand(s.left, none, new(big.Int).Mul(factor, encoded(s.scalar, s.encoding)), one, to)
	case multiplyInteger:
		by := s.integer
		if s.carried != 0 {
			by = s.carried
		}
		t.expand(s.left, none, new(big.Int).Mul(factor, big.NewInt(int64(by))), one, to)
	case addScalar:
		t.expand(s.left, none, factor, one, to)
		to.constant.Add(to.constant, new(big.Int).Mul(factor, rounded(s.scalar, s.scale)))
	case add:
		t.expand(s.left, none, factor, one, to)
		t.expand(s.right, none, factor, one, to)
	case sub:
		t.expand(s.left, none, factor, one, to)
		t.expand(s.right, none, new(big.Int).Neg(factor), one, to)
	case relinearize:
		one.relinearized = true
		inner(s.left)
	case rescale:
		one.rescaled = true
		if before := &t.records[s.left]; before.operation == relinearize && !t.isValue[s.left] {
			one.relinearized = true
			inner(before.left)
			return
		}
		inner(s.left)
	}
}

// The integer that stands for c at this scale.
func rounded(c float64, at scale) *big.Int {
	exact := times(at, scaleOf(math.Abs(c)))
	whole, _ := exact.Add(exact, scaleOf(0.5)).Int(nil)
	if math.Signbit(c) {
		whole.Neg(whole)
	}
	return whole
}

// The same, but never 0, as a product with it would be transparent.
func encoded(c float64, at scale) *big.Int {
	whole := rounded(c, at)
	if whole.Sign() == 0 {
		whole.SetInt64(1)
		if math.Signbit(c) {
			whole.SetInt64(-1)
		}
	}
	return whole
}
