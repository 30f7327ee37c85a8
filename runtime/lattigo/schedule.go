package lattigo

import "math"

// Each operation relates the scales of its operands and result; the input's scale, the output's and
// the scale at which a stage's variable is read are given, and the rest follows, upwards through
// products and downwards from sums to the scalars, whose encoding scale is free. So all addends
// meet with exactly equal scale.
type scheduler struct {
	records []record
	moduli  []scale // what a rescaling at level 0, 1, ... divides by
	changed bool
}

type free int

const (
	variables free = iota
	rescaled
	all
)

func (f free) has(o operation) bool {
	switch f {
	case variables:
		return o == stage || o == normalise
	case rescaled:
		return o == rescale
	}
	return true
}

// Scales that records have already (around a refresh) are kept. `output` is nil where it follows.
func schedule(records []record, moduli []scale, input_, output scale) {
	s := &scheduler{records: records, moduli: moduli}
	for i := range records {
		if records[i].operation == input {
			records[i].scale = input_
		}
	}
	s.propagate()
	if last := &records[len(records)-1]; last.scale == nil {
		last.scale = output
	}
	s.propagate()
	// Two factors that are both free share what is given: each has the scale of its level where it
	// is read, rescaled. On what is left then nothing depends.
	for _, which := range []free{variables, rescaled, all} {
		for i := range records {
			if records[i].scale == nil && which.has(records[i].operation) {
				s.choose(i)
			}
		}
	}
}

// At the last level, where nothing is rescaled, that of the level above.
func (s *scheduler) modulus(level int) scale {
	level = max(level, 1)
	if level < len(s.moduli) {
		return s.moduli[level]
	}
	return scaleOf(1)
}

// That of its level (of a stage times 2^d), unless a value meets a product of itself: then what is
// given is given to a power of the scale, and relations, which are linear in the logarithms, say
// which scale it is.
func (s *scheduler) choose(i int) {
	before := append([]record(nil), s.records...)
	try := func(at scale) {
		copy(s.records, before)
		s.records[i].scale = at
		s.propagate()
	}
	usual := s.modulus(s.records[i].level)
	if s.records[i].operation == stage {
		usual = shifted(usual, s.records[i].scalar)
	}
	try(usual)
	const rounding = 1e-25 // chosen: above that of a chain of products, far below every use
	broken := -1
	for k := range s.records {
		if math.Abs(s.contradiction(&s.records[k])) > rounding {
			broken = k
			break
		}
	}
	if broken < 0 {
		return
	}
	off := s.contradiction(&s.records[broken])
	try(shifted(usual, 1))
	slope := math.Round(s.contradiction(&s.records[broken]) - off)
	if slope == 0 {
		try(usual)
		return
	}
	at := shifted(usual, -off/slope)
	try(at)
	for range 3 { // each doubles the digits that doubles leave
		at = shifted(at, -s.contradiction(&s.records[broken])/slope)
		try(at)
	}
}

// log2 of the factor by which the record's relation fails; 0 where a scale is not known.
func (s *scheduler) contradiction(r *record) float64 {
	left, right := &s.records[r.left], &s.records[r.right]
	off := func(expected scale) float64 {
		if expected == nil || r.scale == nil {
			return 0
		}
		return distance(r.scale, expected)
	}
	switch r.operation {
	case input, refresh, multiplyScalar:
		return 0
	case normalise:
		return off(timesKnown(left.scale, scaleOf(r.scalar)))
	case rescale:
		return off(overKnown(left.scale, s.modulus(left.level)))
	case multiplyInteger:
		return off(timesKnown(left.scale, r.readAt()))
	case multiply, square:
		return off(timesKnown(left.scale, right.scale))
	}
	a, b := off(left.scale), off(right.scale)
	if math.Abs(a) > math.Abs(b) {
		return a
	}
	return b
}

// Of multiplyInteger, how much larger its scale is than that of its operand.
func (r *record) readAt() scale {
	if r.carried == 0 {
		return scaleOf(1)
	}
	return over(scaleOf(float64(r.carried)), scaleOf(float64(r.integer)))
}

func timesKnown(a, b scale) scale {
	if a == nil || b == nil {
		return nil
	}
	return times(a, b)
}

func overKnown(a, b scale) scale {
	if a == nil || b == nil {
		return nil
	}
	return over(a, b)
}

func (s *scheduler) set(to *scale, value scale) {
	if *to == nil && value != nil {
		*to = value
		s.changed = true
	}
}

// Each relation gives what is missing as soon as all but one of its scales are known.
func (s *scheduler) relate(r *record) {
	left, right := &s.records[r.left], &s.records[r.right]
	equal := func(a, b *record, ratio scale) {
		s.set(&a.scale, timesKnown(b.scale, ratio))
		s.set(&b.scale, overKnown(a.scale, ratio))
	}
	switch r.operation {
	case input, refresh:
	case normalise:
		equal(r, left, scaleOf(r.scalar))
	case rescale:
		equal(r, left, over(scaleOf(1), s.modulus(left.level)))
	case multiplyInteger:
		equal(r, left, r.readAt())
	case multiply, square:
		s.set(&r.scale, timesKnown(left.scale, right.scale))
		s.set(&right.scale, overKnown(r.scale, left.scale))
		s.set(&left.scale, overKnown(r.scale, right.scale))
	case multiplyScalar:
		if r.encoding == nil {
			s.set(&r.encoding, overKnown(r.scale, left.scale))
		}
	default:
		equal(r, left, scaleOf(1))
		equal(r, right, scaleOf(1))
	}
}

func (s *scheduler) propagate() {
	for s.changed = true; s.changed; {
		s.changed = false
		for i := range s.records {
			s.relate(&s.records[i])
		}
		for i := len(s.records) - 1; i >= 0; i-- {
			s.relate(&s.records[i])
		}
	}
}
