package lattigo

import (
	"math/big"

	"github.com/tuneinsight/lattigo/v6/ring"
)

// An extension takes residues modulo a few primes, of product D, to the residues of the centred
// representative modulo other primes [HPS19]: x = sum of y_k D / q_k - v D, where
// y_k = x (D / q_k)^-1 mod q_k, and v is the sum of y_k / q_k, rounded. A wrong rounding near a half
// leaves another representative, which is as good.
type extension struct {
	from        []*ring.SubRing
	inverses    []uint64  // (D / q_k)^-1 modulo q_k, in Montgomery form
	reciprocals []float64 // 1 / q_k
	targets     []extensionTarget
}

type extensionTarget struct {
	prime     *ring.SubRing
	factors   []uint64 // D / q_k, in Montgomery form
	multiples []uint64 // -v D in Montgomery form, for v from 0
}

func newExtension(from, to []*ring.SubRing) *extension {
	e := &extension{from: from}
	whole := productOf(from)
	for _, s := range from {
		rest := new(big.Int).Div(whole, bigOf(s.Modulus))
		e.inverses = append(e.inverses, montgomery(new(big.Int).ModInverse(rest, bigOf(s.Modulus)), s))
		e.reciprocals = append(e.reciprocals, 1/float64(s.Modulus))
	}
	for _, s := range to {
		t := extensionTarget{prime: s}
		for _, one := range from {
			t.factors = append(t.factors, montgomery(new(big.Int).Div(whole, bigOf(one.Modulus)), s))
		}
		for v := range len(from) + 1 {
			t.multiples = append(t.multiples, montgomery(new(big.Int).Mul(whole, big.NewInt(int64(-v))), s))
		}
		e.targets = append(e.targets, t)
	}
	return e
}

func bigOf(x uint64) *big.Int { return new(big.Int).SetUint64(x) }

func productOf(primes []*ring.SubRing) *big.Int {
	whole := big.NewInt(1)
	for _, s := range primes {
		whole.Mul(whole, bigOf(s.Modulus))
	}
	return whole
}

func residue(x *big.Int, s *ring.SubRing) uint64 {
	return new(big.Int).Mod(x, bigOf(s.Modulus)).Uint64()
}

// x 2^64 modulo the prime.
func montgomery(x *big.Int, s *ring.SubRing) uint64 {
	return residue(new(big.Int).Lsh(x, 64), s)
}

// Turns the rows into y_k, in place, and writes v.
func (e *extension) prepare(rows [][]uint64, v []uint8) {
	sums := make([]float64, len(v))
	for i := range sums {
		sums[i] = 0.5
	}
	for k, s := range e.from {
		inverse, reciprocal, row := e.inverses[k], e.reciprocals[k], rows[k][:len(sums)]
		for i, x := range row {
			y := ring.MRed(x, inverse, s.Modulus, s.MRedConstant)
			row[i] = y
			sums[i] += float64(int64(y)) * reciprocal
		}
	}
	for i, sum := range sums {
		v[i] = uint8(sum)
	}
}

// Writes the residues modulo a target, of rows that prepare has made.
func (e *extension) extend(rows [][]uint64, v []uint8, target int, out []uint64) {
	t := &e.targets[target]
	sum := newAccumulator(t.prime)
	multiples := make([]multiple, len(rows))
	for k, row := range rows {
		multiples[k] = multiple{row, t.factors[k]}
	}
	for begin := 0; begin < len(out); begin += blockLength {
		end := min(begin+blockLength, len(out))
		sum.start(0)
		low := sum.low[:end-begin]
		for i, multiple := range v[begin:end] {
			low[i] = t.multiples[multiple]
		}
		sum.addMultiples(multiples, begin, end)
		sum.reduce(out[begin:end], t.prime.MRedConstant)
	}
}
