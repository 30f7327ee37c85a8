// Package lattigo evaluates plans of equiripple on CKKS ciphertexts of Lattigo v6.
//
// A plan is a straight-line program: tensor products, relinearisations, rescalings, sums, scalar
// products. What `equiripple emit --target lattigo` writes records one and calls it; nothing here
// is needed beside such a file. Every level and every scale is fixed before the first operation, as
// runtime/equiripple does in C++; scales are Lattigo's exact ones, so that all addends meet at
// equal scale.
package lattigo

import (
	"fmt"
	"sync"
)

// Facts are what a plan says of itself besides its operations.
type Facts struct {
	Name string
	// Levels that it consumes where the range is read off the input's scale; RequiredLevels counts
	// for an input at hand.
	Levels int
	// Lower and Upper bound the variable: the input, or a - b.
	Lower, Upper float64
	// HalfWidth of the range, by which the variable is divided.
	HalfWidth float64
	// OutputScaleFactor: what the operations give is this times the function, which the scale of
	// the result makes good.
	OutputScaleFactor float64
	// Stages whose variable belongs into [-1, 1], which may be refreshed; 0 for all.
	Stages int
}

// A Value is what an operation of a plan computes.
type Value int

type operation int

const (
	input operation = iota
	normalise
	stage
	refresh
	multiply
	square
	relinearize
	rescale
	multiplyScalar
	addScalar
	multiplyInteger
	add
	sub
	drop
)

// A step is an operation with its operands, which are earlier steps.
type step struct {
	operation   operation
	left, right int
	scalar      float64 // of a stage: log2 of its scale above the usual one; of normalise: the half width
	integer     int     // of multiplyInteger; of drop: the plan's depth
	carried     int     // of multiplyInteger: by what it multiplies, the scale making up; 0 for integer
}

// A Recorder takes the operations of a plan.
type Recorder struct {
	steps []step
}

func (r *Recorder) push(s step) Value {
	r.steps = append(r.steps, s)
	return Value(len(r.steps) - 1)
}

func (r *Recorder) unary(o operation, x Value) Value {
	return r.push(step{operation: o, left: int(x), right: int(x)})
}

func (r *Recorder) binary(o operation, x, y Value) Value {
	return r.push(step{operation: o, left: int(x), right: int(y)})
}

// Normalise is (x - centre) / halfWidth, by reading the scale where that is possible.
func (r *Recorder) Normalise(x Value, centre, halfWidth float64) Value {
	if centre != 0 {
		x = r.AddScalar(x, -centre)
	}
	return r.push(step{operation: normalise, left: int(x), right: int(x), scalar: halfWidth})
}

// Stage is x as the variable of the next stage, read at 2^log2Scale times the scale of its level.
func (r *Recorder) Stage(x Value, log2Scale float64) Value {
	return r.push(step{operation: stage, left: int(x), right: int(x), scalar: log2Scale})
}

// Multiply is a tensor product, of three components.
func (r *Recorder) Multiply(x, y Value) Value { return r.binary(multiply, x, y) }

// Square is the tensor product of x with itself.
func (r *Recorder) Square(x Value) Value { return r.unary(square, x) }

// Relinearize is a key switch, back to two components.
func (r *Recorder) Relinearize(x Value) Value { return r.unary(relinearize, x) }

// Rescale takes a level.
func (r *Recorder) Rescale(x Value) Value { return r.unary(rescale, x) }

// MultiplyScalar is c x; c is encoded at a scale that the schedule finds.
func (r *Recorder) MultiplyScalar(x Value, c float64) Value {
	return r.push(step{operation: multiplyScalar, left: int(x), right: int(x), scalar: c})
}

// AddScalar is x + c.
func (r *Recorder) AddScalar(x Value, c float64) Value {
	return r.push(step{operation: addScalar, left: int(x), right: int(x), scalar: c})
}

// MultiplyInteger is k x, at no cost in levels.
func (r *Recorder) MultiplyInteger(x Value, k int) Value {
	return r.push(step{operation: multiplyInteger, left: int(x), right: int(x), integer: k})
}

// Add is x + y.
func (r *Recorder) Add(x, y Value) Value { return r.binary(add, x, y) }

// Sub is x - y.
func (r *Recorder) Sub(x, y Value) Value { return r.binary(sub, x, y) }

// Drop is x where the plan has consumed `depth` levels.
func (r *Recorder) Drop(x Value, depth int) Value {
	return r.push(step{operation: drop, left: int(x), right: int(x), integer: depth})
}

// A Plan is recorded once and evaluated as often as wanted, also by several goroutines at a time,
// each with its own evaluator (Lattigo's ShallowCopy).
type Plan struct {
	Facts
	inputs    int
	steps     []step
	balancing sync.Once
	balanced  []step
}

// Record makes a plan of one input.
func Record(facts Facts, run func(r *Recorder, x Value) Value) *Plan {
	r := &Recorder{}
	return newPlan(facts, 1, r, run(r, r.push(step{operation: input})))
}

// RecordPair makes a plan of two inputs.
func RecordPair(facts Facts, run func(r *Recorder, a, b Value) Value) *Plan {
	r := &Recorder{}
	a := r.push(step{operation: input})
	return newPlan(facts, 2, r, run(r, a, r.push(step{operation: input})))
}

func newPlan(facts Facts, inputs int, r *Recorder, result Value) *Plan {
	if int(result) != len(r.steps)-1 {
		panic(fmt.Sprintf("equiripple: %s: the result is not the last value", facts.Name))
	}
	checkFactors(facts.Name, r.steps)
	return &Plan{Facts: facts, inputs: inputs, steps: r.steps}
}

// Products are of values of two components.
func checkFactors(name string, steps []step) {
	components := make([]int, len(steps))
	for i, s := range steps {
		switch s.operation {
		case input, relinearize:
			components[i] = 2
		case multiply, square:
			if components[s.left] != 2 || components[s.right] != 2 {
				panic(fmt.Sprintf("equiripple: %s: operation %d multiplies what is not relinearised", name, i))
			}
			components[i] = 3
		default:
			components[i] = max(components[s.left], components[s.right])
		}
	}
}

func (p *Plan) count(o operation) int {
	n := 0
	for _, s := range p.steps {
		if s.operation == o {
			n++
		}
	}
	return n
}

// KeySwitches is how many relinearisations an evaluation makes.
func (p *Plan) KeySwitches() int { return p.count(relinearize) }

// Rescalings is how many rescalings an evaluation makes, without one for the range.
func (p *Plan) Rescalings() int { return p.count(rescale) }

// TensorProducts is how many products of ciphertexts an evaluation makes.
func (p *Plan) TensorProducts() int { return p.count(multiply) + p.count(square) }
