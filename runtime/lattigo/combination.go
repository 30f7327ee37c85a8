package lattigo

import (
	"math/bits"

	"github.com/tuneinsight/lattigo/v6/ring"
)

// A combination is a sum of products modulo one prime, coefficient by coefficient:
//
//	sum of x y over products + sum over groups of factor (sum of x y) + sum of factor x + constant
//
// Products are summed in 128 bits and reduced once (Montgomery), where Lattigo's own operations
// reduce each and pass over memory for it. One factor of each product is in Montgomery form: of
// `products` the rows y, and every `factor`, that of a group twice (R^2). Rows x have residues
// below twice the prime, as lazy transforms leave them, all others below it.
type combination struct {
	products []product
	groups   []group
	scaled   []multiple
	constant uint64 // in Montgomery form
}

type product struct{ x, y []uint64 }

type group struct {
	products []product
	factor   uint64
}

type multiple struct {
	x      []uint64
	factor uint64
}

// Coefficients at a time: two accumulators of so many words stay in the fastest cache.
const blockLength = 256

// Sums of 128 bits, a multiple of the prime aside.
type accumulator struct {
	high, low [blockLength]uint64
	modulus   uint64
	capacity  int // how many products of residues fit below modulus * 2^64
	used      int
	folded    bool
}

func newAccumulator(s *ring.SubRing) *accumulator {
	return &accumulator{modulus: s.Modulus, capacity: int(^uint64(0) / s.Modulus)}
}

func (a *accumulator) start(constant uint64) {
	for i := range a.high {
		a.high[i], a.low[i] = 0, constant
	}
	a.used, a.folded = 1, false
}

// Room for products of residues, the first below twice the prime.
func (a *accumulator) makeRoom(products int) {
	weight := 2 * products
	if a.used += weight; a.used > a.capacity {
		a.fold()
		a.used, a.folded = weight, true
	}
}

func (a *accumulator) fold() {
	for i, h := range a.high[:] {
		if h >= a.modulus {
			a.high[i] = h - a.modulus
		}
	}
}

func (a *accumulator) add(x, y []uint64) {
	a.makeRoom(1)
	high, low := a.high[:len(x)], a.low[:len(x)]
	y = y[:len(x)]
	for i, u := range x {
		h, l := bits.Mul64(u, y[i])
		var carry uint64
		low[i], carry = bits.Add64(low[i], l, 0)
		high[i], _ = bits.Add64(high[i], h, carry)
	}
}

func (a *accumulator) addAll(products []product, begin, end int) {
	for len(products) > 1 {
		p, q := products[0], products[1]
		a.addTwo(p.x[begin:end], p.y[begin:end], q.x[begin:end], q.y[begin:end])
		products = products[2:]
	}
	for _, p := range products {
		a.add(p.x[begin:end], p.y[begin:end])
	}
}

// Two at once: the accumulator passes through memory half as often.
func (a *accumulator) addTwo(x, y, u, v []uint64) {
	a.makeRoom(2)
	high, low := a.high[:len(x)], a.low[:len(x)]
	y, u, v = y[:len(x)], u[:len(x)], v[:len(x)]
	for i := range x {
		h, l := bits.Mul64(x[i], y[i])
		g, k := bits.Mul64(u[i], v[i])
		l, carry := bits.Add64(l, k, 0)
		h, _ = bits.Add64(h, g, carry)
		low[i], carry = bits.Add64(low[i], l, 0)
		high[i], _ = bits.Add64(high[i], h, carry)
	}
}

func (a *accumulator) addMultiple(x []uint64, factor uint64) {
	a.makeRoom(1)
	high, low := a.high[:len(x)], a.low[:len(x)]
	for i, u := range x {
		h, l := bits.Mul64(u, factor)
		var carry uint64
		low[i], carry = bits.Add64(low[i], l, 0)
		high[i], _ = bits.Add64(high[i], h, carry)
	}
}

func (a *accumulator) addMultiples(multiples []multiple, begin, end int) {
	for len(multiples) > 1 {
		p, q := multiples[0], multiples[1]
		a.addTwoMultiples(p.x[begin:end], p.factor, q.x[begin:end], q.factor)
		multiples = multiples[2:]
	}
	for _, m := range multiples {
		a.addMultiple(m.x[begin:end], m.factor)
	}
}

func (a *accumulator) addTwoMultiples(x []uint64, f uint64, y []uint64, g uint64) {
	a.makeRoom(2)
	high, low := a.high[:len(x)], a.low[:len(x)]
	y = y[:len(x)]
	for i, u := range x {
		h, l := bits.Mul64(u, f)
		j, k := bits.Mul64(y[i], g)
		l, carry := bits.Add64(l, k, 0)
		h, _ = bits.Add64(h, j, carry)
		low[i], carry = bits.Add64(low[i], l, 0)
		high[i], _ = bits.Add64(high[i], h, carry)
	}
}

// The sum over 2^64, below the prime.
func (a *accumulator) reduce(out []uint64, inverse uint64) {
	if a.folded {
		a.fold()
	}
	high, low := a.high[:len(out)], a.low[:len(out)]
	for i := range out {
		quotient, _ := bits.Mul64(low[i]*inverse, a.modulus)
		r := high[i] - quotient + a.modulus
		if r >= a.modulus {
			r -= a.modulus
		}
		out[i] = r
	}
}

// Adds another one to it.
func (c *combination) join(other combination, s *ring.SubRing) {
	c.products = append(c.products, other.products...)
	c.groups = append(c.groups, other.groups...)
	c.scaled = append(c.scaled, other.scaled...)
	c.constant = ring.CRed(c.constant+other.constant, s.Modulus)
}

// Writes the combination to out, which may be a row of it.
func (c *combination) into(out []uint64, s *ring.SubRing) {
	sum, part := newAccumulator(s), newAccumulator(s)
	var reduced [blockLength]uint64
	for begin := 0; begin < len(out); begin += blockLength {
		end := min(begin+blockLength, len(out))
		sum.start(c.constant)
		sum.addAll(c.products, begin, end)
		for _, g := range c.groups {
			part.start(0)
			part.addAll(g.products, begin, end)
			part.reduce(reduced[:end-begin], s.MRedConstant)
			sum.addMultiple(reduced[:end-begin], g.factor)
		}
		sum.addMultiples(c.scaled, begin, end)
		sum.reduce(out[begin:end], s.MRedConstant)
	}
}
