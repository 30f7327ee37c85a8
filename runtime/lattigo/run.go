package lattigo

import (
	"fmt"
	"math/big"
	"slices"

	"github.com/tuneinsight/lattigo/v6/core/rlwe"
	"github.com/tuneinsight/lattigo/v6/ring"
	"github.com/tuneinsight/lattigo/v6/schemes/ckks"
)

// A value is a ciphertext: rows by component and prime, as transforms.
type value [][][]uint64

// A run is one evaluation.
type run struct {
	eval    *ckks.Evaluator
	boot    Bootstrapper
	records []record
	values  []value // by record; nil where none is needed, or no more
	divider *divider
	rows    *rows
	meta    *rlwe.MetaData
}

func (p *Plan) evaluate(eval *ckks.Evaluator, boot Bootstrapper,
	inputs ...*rlwe.Ciphertext) (*rlwe.Ciphertext, error) {
	records, err := p.fit(eval, boot, inputs)
	if err != nil {
		return nil, err
	}
	spare := takeRows(eval.GetParameters().N())
	defer spareRows.Put(spare)
	r := &run{eval: eval, boot: boot, records: records, values: make([]value, len(records)),
		divider: newDivider(eval, spare), rows: spare, meta: inputs[0].MetaData.CopyNew()}
	for k, x := range inputs {
		r.meta.LogDimensions.Rows = max(r.meta.LogDimensions.Rows, x.LogDimensions.Rows)
		r.meta.LogDimensions.Cols = max(r.meta.LogDimensions.Cols, x.LogDimensions.Cols)
		for _, v := range x.Value {
			r.values[k] = append(r.values[k], v.Coeffs)
		}
	}
	t := newTasking(records, r.divider.key != nil)
	last := t.base(len(records) - 1)
	tasks := t.tasks()
	lastUse := make([]int, len(records))
	for k := range tasks {
		tasks[k].eachOperand(t, func(i int) { lastUse[i] = k })
	}
	for k := range tasks {
		if err := r.carryOut(&tasks[k], t); err != nil {
			return nil, fmt.Errorf("%s: operation %d: %w", p.Name, tasks[k].makes, err)
		}
		tasks[k].eachOperand(t, func(i int) {
			if lastUse[i] == k && i != last {
				r.release(i)
			}
		})
	}
	result := r.ciphertext(last, records[len(records)-1].level)
	if last < len(inputs) {
		result = result.CopyNew()
	}
	result.Scale = toLattigo(times(records[len(records)-1].scale, scaleOf(p.OutputScaleFactor)))
	return result, nil
}

func (one *task) eachOperand(t *tasking, use func(i int)) {
	if s := &t.records[one.makes]; s.operation == refresh {
		use(t.base(s.left))
	}
	for _, s := range []*sum{one.inner, &one.outer} {
		if s == nil {
			continue
		}
		for _, term := range s.terms {
			use(term.left)
			if term.right != none {
				use(term.right)
			}
		}
	}
}

// What others have made may be theirs still.
func (r *run) release(i int) {
	if o := r.records[i].operation; o == input || o == refresh {
		return
	}
	for _, component := range r.values[i] {
		r.rows.give(component...)
	}
	r.values[i] = nil
}

// A record's value at a level, without a copy.
func (r *run) ciphertext(i, level int) *rlwe.Ciphertext {
	ct := &rlwe.Ciphertext{}
	ct.MetaData = r.meta.CopyNew()
	for _, component := range r.values[i] {
		ct.Value = append(ct.Value, ring.Poly{Coeffs: slices.Clone(component[:level+1])})
	}
	return ct
}

func (r *run) carryOut(one *task, t *tasking) error {
	s := &r.records[one.makes]
	if s.operation == refresh {
		return r.refresh(one.makes, t.base(s.left))
	}
	components := r.components(&one.outer)
	if one.inner != nil {
		components = r.components(one.inner)
	}
	if one.relinearized {
		components = 2
	}
	out := r.newValue(components, s.level)
	x := &summands{r, one}
	switch by := (quotient{one.innerLevel, one.relinearized, one.rescaled}); {
	case one.relinearized && r.divider.key == nil:
		if err := r.relinearizeByLattigo(x, one.innerLevel, out); err != nil {
			return err
		}
	case one.relinearized:
		r.divider.relinearize(x, by, out)
	case one.rescaled:
		r.divider.rescale(x, one.innerLevel, out)
	default:
		for component := range out {
			for prime, row := range out[component] {
				c := x.added(component, prime)
				c.into(row, r.divider.q[prime])
			}
		}
	}
	r.values[one.makes] = out
	return nil
}

func (r *run) newValue(components, level int) value {
	v := make(value, components)
	for component := range v {
		for range level + 1 {
			v[component] = append(v[component], r.rows.take())
		}
	}
	return v
}

func (r *run) components(s *sum) int {
	most := 0
	for _, term := range s.terms {
		n := len(r.values[term.left])
		if term.right != none {
			n = 3
		}
		most = max(most, n)
	}
	return most
}

func (r *run) refresh(i, operand int) error {
	x := r.ciphertext(operand, r.records[r.records[i].left].level)
	x.Scale = toLattigo(r.records[r.records[i].left].scale)
	out, err := r.boot.Bootstrap(x.CopyNew())
	if err != nil {
		return err
	}
	if out.Level() != r.records[i].level {
		return fmt.Errorf("the level is %d, planned is %d", out.Level(), r.records[i].level)
	}
	for _, v := range out.Value {
		r.values[i] = append(r.values[i], v.Coeffs)
	}
	return nil
}

// By Lattigo's own key switch, of keys that the divider leaves alone.
func (r *run) relinearizeByLattigo(x *summands, level int, out value) error {
	ct := ckks.NewCiphertext(*r.eval.GetParameters(), 2, level)
	for component, v := range ct.Value {
		for prime, row := range v.Coeffs {
			c := x.divided(component, prime, big.NewInt(1))
			c.into(row, r.divider.q[prime])
		}
	}
	switched := ckks.NewCiphertext(*r.eval.GetParameters(), 1, level)
	if err := r.eval.Relinearize(ct, switched); err != nil {
		return err
	}
	for component, v := range switched.Value {
		for prime, row := range v.Coeffs {
			copy(out[component][prime], row)
		}
	}
	return nil
}

// The sums of a task, modulo one prime at a time.
type summands struct {
	run  *run
	task *task
}

func (x *summands) divided(component, prime int, extra *big.Int) combination {
	return x.run.combination(x.task.inner, component, prime, extra)
}

func (x *summands) added(component, prime int) combination {
	return x.run.combination(&x.task.outer, component, prime, big.NewInt(1))
}

func (r *run) combination(all *sum, component, prime int, extra *big.Int) combination {
	s := r.divider.q[prime]
	c := combination{}
	if component == 0 {
		c.constant = montgomery(new(big.Int).Mul(all.constant, extra), s)
	}
	for _, term := range all.terms {
		factor := montgomery(new(big.Int).Mul(term.factor, extra), s)
		x := r.values[term.left]
		if term.right == none {
			if component < len(x) {
				c.scaled = append(c.scaled, multiple{x[component][prime], factor})
			}
			continue
		}
		y := r.values[term.right]
		g := group{factor: montgomery(bigOf(factor), s)}
		for k := max(0, component-1); k <= min(component, 1); k++ {
			g.products = append(g.products, product{x[k][prime], y[component-k][prime]})
		}
		if component == 1 && term.left == term.right {
			g.products = g.products[:1]
			g.factor = ring.CRed(2*g.factor, s.Modulus)
		}
		c.groups = append(c.groups, g)
	}
	return c
}
