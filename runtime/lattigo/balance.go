package lattigo

import (
	"math"
	"slices"
)

// Where a plan doubles a value, a multiplication by m, read as one by 2, gives it m/2 times the
// scale: rescaled, it is that much more precise, and what it meets in products to come has as much
// less scale. It costs nothing, as sums are multiplied by integers anyway; m = 1 even saves that.
// With it the scales change at which the variables of stages are best read. Both are chosen once a
// plan, by how far roundings move its result, to first order, as the planner chooses the latter
// alone (emit/plan/noise.cpp).
type balance struct {
	marks     []mark
	records   []record
	logs      []float64   // by record: log2 of the scale, as planned
	slopes    [][]float64 // by record and mark: of it, in the mark's shift
	encodings [][]float64 // the same of encoded scalars
	roundings []rounding
}

// A mark is a step that may shift a scale: log2 of m / 2, or what is added to a stage's log2.
type mark struct {
	step       int
	isDoubling bool
	among      []float64
}

func (m mark) shift(steps []step, by float64) {
	s := &steps[m.step]
	if m.isDoubling {
		s.carried = int(math.Round(float64(s.integer) * math.Exp2(by)))
	} else {
		s.scalar += by
	}
}

// What a rescaling puts onto the result, squared, by point.
type rounding struct {
	record  int
	squares []float64
}

const nominalBits = 50 // chosen: of moduli and scales; others move the noise of every choice alike

// The steps with the integers that are chosen.
func (p *Plan) balancedSteps() []step {
	p.balancing.Do(func() {
		p.balanced = slices.Clone(p.steps)
		if p.Stages > 0 {
			return // corrections: errors that count are relative
		}
		b := p.newBalance()
		for k, by := range b.choice() {
			b.marks[k].shift(p.balanced, by)
		}
	})
	return p.balanced
}

func (p *Plan) newBalance() *balance {
	b := &balance{}
	var ofDoubling, ofStage []float64
	for _, m := range []float64{1, 2, 3, 4, 6, 8} {
		ofDoubling = append(ofDoubling, math.Log2(m/2))
	}
	for k := range 17 {
		ofStage = append(ofStage, float64(k-8)/8) // chosen: as finely as the planner does
	}
	for i, s := range p.steps {
		switch {
		case s.operation == multiplyInteger && s.integer == 2:
			b.marks = append(b.marks, mark{i, true, ofDoubling})
		case s.operation == stage:
			b.marks = append(b.marks, mark{i, false, ofStage})
		}
	}
	b.records = p.nominal(slices.Clone(p.steps))
	b.slopes = make([][]float64, len(b.records))
	b.encodings = make([][]float64, len(b.records))
	for i := range b.records {
		b.logs = append(b.logs, log2(b.records[i].scale))
	}
	for _, m := range b.marks {
		steps := slices.Clone(p.steps)
		m.shift(steps, 1)
		for i, other := range p.nominal(steps) {
			b.slopes[i] = append(b.slopes[i], distance(other.scale, b.records[i].scale))
			shift := 0.0
			if other.encoding != nil {
				shift = distance(other.encoding, b.records[i].encoding)
			}
			b.encodings[i] = append(b.encodings[i], shift)
		}
	}
	b.findRoundings(p.Lower, p.Upper)
	return b
}

// The schedule on moduli and an input of the nominal size.
func (p *Plan) nominal(steps []step) []record {
	modulus := shifted(scaleOf(1), nominalBits)
	moduli := make([]scale, p.Levels+1)
	for level := range moduli {
		moduli[level] = modulus
	}
	at := over(modulus, scaleOf(p.HalfWidth))
	var output scale
	if p.OutputScaleFactor == 1 {
		output = at
	}
	records := levelled(steps, levelRequest{inputLevel: p.Levels, enlargement: 1})
	schedule(records, moduli, at, output)
	return records
}

func (b *balance) findRoundings(lower, upper float64) {
	const points = 65 // chosen: twice as many change no choice (measured)
	for i, r := range b.records {
		if r.operation == rescale {
			b.roundings = append(b.roundings, rounding{i, make([]float64, points)})
		}
	}
	for k := range points {
		// Denser at the ends and in the middle, where polynomials are steep.
		u := 2*float64(k)/(points-1) - 1
		v := math.Copysign(math.Pow(math.Abs(u), 3), u)
		if k%2 == 0 {
			v = math.Copysign(1-math.Pow(1-math.Abs(u), 3), u)
		}
		derivatives := b.derivatives((lower + upper + (upper-lower)*v) / 2)
		for i := range b.roundings {
			r := &b.roundings[i]
			reaching := derivatives[r.record] * math.Exp2(nominalBits-b.logs[r.record])
			r.squares[k] = reaching * reaching
		}
	}
}

// Of the result with respect to each record, where the variable is x.
func (b *balance) derivatives(x float64) []float64 {
	values := make([]float64, len(b.records))
	inputs := b.inputs()
	for i, r := range b.records {
		values[i] = r.valueOf(values[r.left], values[r.right])
		if r.operation == input {
			values[i] = x / float64(inputs)
			if i > 0 {
				values[i] = -values[i] // the variable is a - b
			}
		}
	}
	of := make([]float64, len(b.records))
	of[len(of)-1] = 1
	for i := len(of) - 1; i >= inputs; i-- {
		r := &b.records[i]
		left, right := r.slopesOf(values[r.left], values[r.right])
		of[r.left] += left * of[i]
		of[r.right] += right * of[i]
	}
	return of
}

func (b *balance) inputs() int {
	n := 0
	for _, r := range b.records {
		if r.operation == input {
			n++
		}
	}
	return n
}

func (r *record) valueOf(x, y float64) float64 {
	switch r.operation {
	case normalise:
		return x / r.scalar
	case multiply, square:
		return x * y
	case multiplyScalar:
		return x * r.scalar
	case addScalar:
		return x + r.scalar
	case multiplyInteger:
		return x * float64(r.integer)
	case add:
		return x + y
	case sub:
		return x - y
	}
	return x
}

func (r *record) slopesOf(x, y float64) (left, right float64) {
	switch r.operation {
	case normalise:
		return 1 / r.scalar, 0
	case multiply, square:
		return y, x
	case multiplyScalar:
		return r.scalar, 0
	case multiplyInteger:
		return float64(r.integer), 0
	case add:
		return 1, 1
	case sub:
		return 1, -1
	}
	return 1, 0
}

// By mark.
type shifts []float64

func (s shifts) of(slopes []float64) float64 {
	sum := 0.0
	for k, slope := range slopes {
		sum += slope * s[k]
	}
	return sum
}

// log2 of the noise: where it is largest and in the mean square, averaged.
func (b *balance) noise(s shifts) float64 {
	sums := make([]float64, len(b.roundings[0].squares))
	for _, r := range b.roundings {
		factor := math.Exp2(-2 * s.of(b.slopes[r.record]))
		for k, square := range r.squares {
			sums[k] += factor * square
		}
	}
	mean := 0.0
	for _, sum := range sums {
		mean += sum / float64(len(sums))
	}
	return (math.Log2(slices.Max(sums)) + math.Log2(mean)) / 4
}

// The result's scale stays, no scale passes the moduli, none falls far.
func (b *balance) isSound(s shifts) bool {
	const farthestDown = 8 // chosen: of a scale of 2^40 as much as digits need is left
	const rounding = 1e-6
	if math.Abs(s.of(b.slopes[len(b.slopes)-1])) > rounding {
		return false
	}
	for i, r := range b.records {
		shift := s.of(b.slopes[i])
		room := math.Max(float64(r.level+1)*nominalBits, b.logs[i])
		if shift < -farthestDown || b.logs[i]+shift > room+rounding ||
			s.of(b.encodings[i]) < -farthestDown {
			return false
		}
	}
	return true
}

// From no shifts, and from all doublings left away, the better of what descents come to.
func (b *balance) choice() shifts {
	best := make(shifts, len(b.marks))
	if len(b.marks) == 0 || len(b.roundings) == 0 {
		return best
	}
	undoubled := slices.Clone(best)
	for k, m := range b.marks {
		if m.isDoubling {
			undoubled[k] = -1
		}
	}
	if least := b.descend(best); b.descend(undoubled) < least {
		return undoubled
	}
	return best
}

// One or two at a time are changed, of those near each other, until nothing helps.
func (b *balance) descend(s shifts) float64 {
	const gain = 0.02 // bits; chosen: less does not show
	const near = 6    // chosen: all pairs find no better (measured)
	const mostRounds = 8
	least := math.Inf(1)
	if b.isSound(s) {
		least = b.noise(s)
	}
	improves := func(k, l int, x, y float64) bool {
		before := [2]float64{s[k], s[l]}
		s[l], s[k] = y, x
		if found := b.noise(s); found < least-gain && b.isSound(s) {
			least = found
			return true
		}
		s[l], s[k] = before[1], before[0]
		return false
	}
	for range mostRounds {
		changed := false
		for k := range s {
			for l := k; l < min(k+near, len(s)); l++ {
				for _, x := range b.marks[k].among {
					for _, y := range b.marks[l].among {
						changed = improves(k, l, x, y) || changed
					}
				}
			}
		}
		if !changed {
			break
		}
	}
	return least
}
