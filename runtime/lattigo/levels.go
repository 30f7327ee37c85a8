package lattigo

// A record is a step with its level and, once known, its scale.
type record struct {
	step
	level    int
	scale    scale // zero: not known yet
	encoding scale // of multiplyScalar: the scalar's scale
}

type levelRequest struct {
	inputLevel int
	// Divide by the half width by a scalar product, at the cost of a level, rather than read the
	// ciphertext as so many times larger.
	spendLevel bool
	// Otherwise multiply by this before the range is read.
	enlargement int
	// Stages, from 0, whose variable is refreshed; never the first, whose variable is the input.
	refreshed         []bool
	refreshedLevel    int
	lowestRefreshable int
}

// A leveller gives levels; one below 0 says that the plan does not fit.
type leveller struct {
	request              levelRequest
	known                []int // by step, the record that holds its value
	records              []record
	depths               []int // of the records, as the plan counts
	baseLevel, baseDepth int
	stages               int // begun, after the first
	spent                bool
}

func levelled(steps []step, request levelRequest) []record {
	l := &leveller{request: request, baseLevel: request.inputLevel}
	for _, s := range steps {
		l.known = append(l.known, l.place(s))
	}
	return l.records
}

func (l *leveller) place(s step) int {
	if s.operation != input {
		s.left, s.right = l.known[s.left], l.known[s.right]
	}
	switch s.operation {
	case input:
		return l.push(s, l.request.inputLevel, 0)
	case normalise:
		return l.normalise(s)
	case stage:
		return l.stage(s)
	case rescale:
		return l.push(s, l.level(s.left)-1, l.depths[s.left]+1)
	case drop:
		return l.drop(s.left, min(l.level(s.left), l.baseLevel-(s.integer-l.baseDepth)), s.integer)
	case multiply, add, sub:
		common := min(l.level(s.left), l.level(s.right))
		depth := max(l.depths[s.left], l.depths[s.right])
		s.left = l.drop(s.left, common, depth)
		s.right = l.drop(s.right, common, depth)
		return l.push(s, common, depth)
	}
	return l.push(s, l.level(s.left), l.depths[s.left])
}

func (l *leveller) normalise(s step) int {
	at, depth := l.level(s.left), l.depths[s.left]
	if l.request.spendLevel && !l.spent {
		l.spent = true
		scaled := l.push(step{operation: multiplyScalar, left: s.left, right: s.left,
			scalar: 1 / s.scalar}, at, 0)
		s.left = l.push(step{operation: rescale, left: scaled, right: scaled}, at-1, 0)
		s.right = s.left
		s.scalar = 1
	} else if l.request.enlargement > 1 && !l.spent {
		l.spent = true
		s.left = l.push(step{operation: multiplyInteger, left: s.left, right: s.left,
			integer: l.request.enlargement}, at, depth)
		s.right = s.left
		s.scalar *= float64(l.request.enlargement)
	}
	return l.begin(l.push(s, l.level(s.left), l.depths[s.left]))
}

func (l *leveller) stage(s step) int {
	const doesNotFit = -1
	l.stages++
	variable := l.push(s, l.level(s.left), l.depths[s.left])
	if l.stages < len(l.request.refreshed) && l.request.refreshed[l.stages] {
		to := l.request.refreshedLevel
		if l.level(variable) < l.request.lowestRefreshable {
			to = doesNotFit
		}
		variable = l.push(step{operation: refresh, left: variable, right: variable}, to,
			l.depths[variable])
	}
	return l.begin(variable)
}

// From here on the plan's depths count from this variable.
func (l *leveller) begin(variable int) int {
	l.baseLevel, l.baseDepth = l.level(variable), l.depths[variable]
	return variable
}

func (l *leveller) drop(value, level, depth int) int {
	if level == l.level(value) {
		return value
	}
	return l.push(step{operation: drop, left: value, right: value}, level, depth)
}

func (l *leveller) level(value int) int { return l.records[value].level }

func (l *leveller) push(s step, level, depth int) int {
	l.records = append(l.records, record{step: s, level: level})
	l.depths = append(l.depths, depth)
	return len(l.records) - 1
}

func fits(records []record) bool {
	for _, r := range records {
		if r.level < 0 {
			return false
		}
	}
	return true
}

// The plan with as few refreshes as possible, and then as many levels left as possible; nil where no
// choice of refreshes makes it fit.
func levelledWithRefreshes(plan *Plan, request levelRequest) []record {
	const mostStages = 16 // chosen: 2^15 choices; composites have up to 10
	stages := 1 + plan.count(stage)
	if plan.Stages > 0 {
		stages = min(stages, plan.Stages)
	}
	stages = min(stages, mostStages)
	var best []record
	fewest := 0
	for choice := 0; choice < 1<<(stages-1); choice++ {
		request.refreshed = make([]bool, stages)
		refreshes := 0
		for i := 1; i < stages; i++ {
			if choice>>(i-1)&1 == 1 {
				request.refreshed[i] = true
				refreshes++
			}
		}
		if best != nil && refreshes > fewest {
			continue
		}
		records := levelled(plan.balancedSteps(), request)
		if !fits(records) {
			continue
		}
		last := func(r []record) int { return r[len(r)-1].level }
		if best == nil || refreshes < fewest || last(records) > last(best) {
			best, fewest = records, refreshes
		}
	}
	return best
}
