package lattigo

import (
	"math/big"
	"math/rand"
	"testing"

	"github.com/tuneinsight/lattigo/v6/ring"
)

func primes(t *testing.T, bits uint64, count int) []*ring.SubRing {
	t.Helper()
	const length = 512 // two blocks
	of := ring.NewNTTFriendlyPrimesGenerator(bits, 2*length)
	chain, err := of.NextDownstreamPrimes(count)
	if err != nil {
		t.Fatal(err)
	}
	r, err := ring.NewRing(length, chain)
	if err != nil {
		t.Fatal(err)
	}
	return r.SubRings
}

func randomRow(random *rand.Rand, s *ring.SubRing, times uint64) []uint64 {
	row := make([]uint64, s.N)
	for i := range row {
		row[i] = random.Uint64() % (times * s.Modulus)
	}
	row[0] = times*s.Modulus - 1
	return row
}

// Of more products than 128 bits hold, with the largest residues among them.
func TestCombinationsAreThoseOfBigNumbers(t *testing.T) {
	random := rand.New(rand.NewSource(1))
	for _, bits := range []uint64{30, 50, 60, 61} {
		for terms := range 12 {
			s := primes(t, bits, 1)[0]
			c := combination{constant: montgomery(big.NewInt(-5), s)}
			inner := group{factor: montgomery(big.NewInt(3), s)}
			expected := make([]*big.Int, s.N)
			for i := range expected {
				expected[i] = big.NewInt(-5)
			}
			accumulate := func(x []uint64, y func(i int) *big.Int) {
				for i := range x {
					expected[i].Add(expected[i], new(big.Int).Mul(bigOf(x[i]), y(i)))
				}
			}
			for k := range terms {
				x, plain := randomRow(random, s, 2), randomRow(random, s, 1)
				y := make([]uint64, s.N)
				for i := range y {
					y[i] = montgomery(bigOf(plain[i]), s)
				}
				c.products = append(c.products, product{x, y})
				accumulate(x, func(i int) *big.Int { return bigOf(plain[i]) })
				inner.products = append(inner.products, product{x, y})
				accumulate(x, func(i int) *big.Int { return new(big.Int).Mul(bigOf(plain[i]), big.NewInt(3)) })
				c.scaled = append(c.scaled, multiple{x, montgomery(big.NewInt(int64(-k)), s)})
				accumulate(x, func(int) *big.Int { return big.NewInt(int64(-k)) })
			}
			c.groups = append(c.groups, inner)
			out := make([]uint64, s.N)
			c.into(out, s)
			for i := range out {
				if out[i] != residue(expected[i], s) {
					t.Fatalf("%d terms modulo %d: coefficient %d", terms, s.Modulus, i)
				}
			}
		}
	}
}

func TestAnExtensionIsOfTheCentredRepresentative(t *testing.T) {
	random := rand.New(rand.NewSource(2))
	for count := 1; count <= 4; count++ {
		all := primes(t, 60, count+2)
		from, to := all[:count], all[count:]
		whole := productOf(from)
		rows := make([][]uint64, count)
		var exact []*big.Int
		for i := range from[0].N {
			x := new(big.Int).Rand(random, whole)
			if half := new(big.Int).Rsh(whole, 1); x.Cmp(half) > 0 {
				x.Sub(x, whole)
			}
			if i == 0 {
				x.SetInt64(-1)
			}
			exact = append(exact, x)
			for k, s := range from {
				rows[k] = append(rows[k], residue(x, s))
			}
		}
		e := newExtension(from, to)
		v := make([]uint8, len(exact))
		e.prepare(rows, v)
		out := make([]uint64, len(exact))
		for k, s := range to {
			e.extend(rows, v, k, out)
			for i, x := range exact {
				if out[i] != residue(x, s) {
					t.Fatalf("%d primes: coefficient %d", count, i)
				}
			}
		}
	}
}
