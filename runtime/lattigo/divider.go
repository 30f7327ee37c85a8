package lattigo

import (
	"math/big"

	"github.com/tuneinsight/lattigo/v6/core/rlwe"
	"github.com/tuneinsight/lattigo/v6/ring"
	"github.com/tuneinsight/lattigo/v6/schemes/ckks"
)

// A divider takes sums to their quotient by the last modulus, by the special moduli P that a key
// switch brings in, or by both at once: that saves the transforms of one division, and one of the
// two roundings. Sums are never written down but modulo what they are divided by: all else goes
// into the quotient in one pass.
//
// The key switch is Lattigo's, with its keys: digits of as many primes as P has, centred. It works
// modulo one prime after another, so that what it needs at a time stays in cache.
type divider struct {
	q, p      []*ring.SubRing
	key       *rlwe.GadgetCiphertext // nil where there is none of this kind
	digits    map[digit]*extension   // to all of q, then p
	quotients map[quotient]*extension
	rows      *rows
}

type digit struct{ begin, end int }

type quotient struct {
	level    int
	switched bool // by P, too
	rescaled bool // by q_level
}

// The key is left alone where it has no special modulus, or digits of bits.
func newDivider(eval *ckks.Evaluator, spare *rows) *divider {
	params := eval.GetParameters()
	d := &divider{q: params.RingQ().SubRings, digits: map[digit]*extension{},
		quotients: map[quotient]*extension{}, rows: spare}
	key, err := eval.CheckAndGetRelinearizationKey()
	if err == nil && key.LevelP() >= 0 && key.BaseTwoDecomposition == 0 {
		d.key = &key.GadgetCiphertext
		d.p = params.RingP().SubRings[:key.LevelP()+1]
	}
	return d
}

// The primes that are divided by.
func (d *divider) dropped(by quotient) []*ring.SubRing {
	var all []*ring.SubRing
	if by.rescaled {
		all = append(all, d.q[by.level])
	}
	if by.switched {
		all = append(all, d.p...)
	}
	return all
}

// How many primes are left.
func (by quotient) kept() int {
	if by.rescaled {
		return by.level
	}
	return by.level + 1
}

func (d *divider) extensionOf(by quotient) *extension {
	if d.quotients[by] == nil {
		d.quotients[by] = newExtension(d.dropped(by), d.q[:by.kept()])
	}
	return d.quotients[by]
}

func (d *divider) extensionOfDigit(i digit) *extension {
	if d.digits[i] == nil {
		all := append(append([]*ring.SubRing{}, d.q...), d.p...)
		d.digits[i] = newExtension(d.q[i.begin:i.end], all)
	}
	return d.digits[i]
}

// What is divided, modulo each prime of q, times `extra`; and what is added to the quotient.
type dividend interface {
	divided(component, prime int, extra *big.Int) combination
	added(component, prime int) combination
}

// Writes a component of the quotient, and what is added, to out. `low` has the rest, as transforms.
func (d *divider) finish(x dividend, component int, by quotient, low *lowPart, prime int,
	switched *group, out []uint64) {
	s := d.q[prime]
	row := d.rows.take()
	low.extension.extend(low.rows, low.v, prime, row)
	s.NTTLazy(row, row)
	inverse := new(big.Int).ModInverse(productOf(d.dropped(by)), bigOf(s.Modulus))
	ofRescaling := big.NewInt(1)
	if by.rescaled {
		ofRescaling.ModInverse(bigOf(d.q[by.level].Modulus), bigOf(s.Modulus))
	}
	c := x.divided(component, prime, ofRescaling)
	c.join(x.added(component, prime), s)
	if switched != nil {
		switched.factor = montgomery(inverse, s)
		c.groups = append(c.groups, *switched)
	}
	c.scaled = append(c.scaled, multiple{row, montgomery(new(big.Int).Neg(inverse), s)})
	c.into(out, s)
	d.rows.give(row)
}

// The residues that a component of the quotient leaves, of what is divided.
type lowPart struct {
	extension *extension
	rows      [][]uint64
	v         []uint8
}

func (d *divider) newLowPart(by quotient) *lowPart {
	e := d.extensionOf(by)
	low := &lowPart{extension: e, v: make([]uint8, d.q[0].N)}
	for range e.from {
		low.rows = append(low.rows, d.rows.take())
	}
	return low
}

func (l *lowPart) prepare() {
	for k, s := range l.extension.from {
		s.INTTLazy(l.rows[k], l.rows[k])
	}
	l.extension.prepare(l.rows, l.v)
}

// The quotient by the modulus of the level; out has a row for each component and prime.
func (d *divider) rescale(x dividend, level int, out [][][]uint64) {
	by := quotient{level: level, rescaled: true}
	for component := range out {
		low := d.newLowPart(by)
		c := x.divided(component, level, big.NewInt(1))
		c.into(low.rows[0], d.q[level])
		low.prepare()
		for prime, row := range out[component] {
			d.finish(x, component, by, low, prime, nil, row)
		}
		d.rows.give(low.rows...)
	}
}

// The quotient of P x, switched to two components.
func (d *divider) relinearize(x dividend, by quotient, out [][][]uint64) {
	switching := d.decompose(x, by.level)
	lows := []*lowPart{d.newLowPart(by), d.newLowPart(by)}
	special := productOf(d.p)
	for k, s := range d.dropped(by) {
		at := len(d.q) + k
		if by.rescaled {
			at = by.level
			if k > 0 {
				at = len(d.q) + k - 1
			}
		}
		switching.move(at, s)
		for component, low := range lows {
			c := combination{}
			if at < len(d.q) {
				c = x.divided(component, at, special)
			}
			c.products = append(c.products, switching.products(component)...)
			c.into(low.rows[k], s)
		}
	}
	for _, low := range lows {
		low.prepare()
	}
	for prime := range by.kept() {
		switching.move(prime, d.q[prime])
		for component, low := range lows {
			g := &group{products: switching.products(component)}
			d.finish(x, component, by, low, prime, g, out[component][prime])
		}
	}
	for _, low := range lows {
		d.rows.give(low.rows...)
	}
	switching.end()
}

// A switching is the gadget product with the key, modulo one prime at a time.
type switching struct {
	divider    *divider
	digits     []digit
	v          [][]uint8
	transforms [][]uint64 // of what is switched
	y          [][]uint64 // its coefficients, prepared for extension
	buffers    [][]uint64 // by digit
	current    [][]uint64 // by digit: the transform modulo the prime at hand
	at         int        // its index, in q, then p
}

func (d *divider) decompose(x dividend, level int) *switching {
	s := &switching{divider: d}
	for prime := range level + 1 {
		transform, y := d.rows.take(), d.rows.take()
		c := x.divided(2, prime, big.NewInt(1))
		c.into(transform, d.q[prime])
		d.q[prime].INTTLazy(transform, y)
		s.transforms, s.y = append(s.transforms, transform), append(s.y, y)
	}
	for begin := 0; begin <= level; begin += len(d.p) {
		i := digit{begin, min(begin+len(d.p), level+1)}
		v := make([]uint8, d.q[0].N)
		d.extensionOfDigit(i).prepare(s.y[i.begin:i.end], v)
		s.digits, s.v = append(s.digits, i), append(s.v, v)
		s.buffers = append(s.buffers, d.rows.take())
	}
	s.current = make([][]uint64, len(s.digits))
	return s
}

func (s *switching) move(at int, prime *ring.SubRing) {
	s.at = at
	for k, i := range s.digits {
		if i.begin <= at && at < i.end {
			s.current[k] = s.transforms[at]
			continue
		}
		s.current[k] = s.buffers[k]
		s.divider.extensionOfDigit(i).extend(s.y[i.begin:i.end], s.v[k], at, s.current[k])
		prime.NTTLazy(s.current[k], s.current[k])
	}
}

func (s *switching) products(component int) []product {
	var all []product
	for k, row := range s.current {
		part := s.divider.key.Value[k][0][component]
		if s.at < len(s.divider.q) {
			all = append(all, product{row, part.Q.Coeffs[s.at]})
		} else {
			all = append(all, product{row, part.P.Coeffs[s.at-len(s.divider.q)]})
		}
	}
	return all
}

func (s *switching) end() {
	for _, list := range [][][]uint64{s.transforms, s.y, s.buffers} {
		s.divider.rows.give(list...)
	}
}
