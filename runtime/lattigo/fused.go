package lattigo

import (
	"math/big"

	"github.com/tuneinsight/lattigo/v6/core/rlwe"
	"github.com/tuneinsight/lattigo/v6/ring"
	"github.com/tuneinsight/lattigo/v6/ring/ringqp"
	"github.com/tuneinsight/lattigo/v6/schemes/ckks"
)

// Relinearising divides by the special moduli P, and the rescaling after it by the last modulus q: a
// fuser divides by P q at once. That saves the transforms of one division, and one of the two
// roundings. It is Lattigo's own gadget product and basis extension, with q among the moduli that
// are dropped.
type fuser struct {
	eval    *ckks.Evaluator
	key     *rlwe.RelinearizationKey
	byLevel map[int]*division
	product *rlwe.Element[ringqp.Poly] // of the gadget, modulo Q P
	low     ring.Poly                  // its residues modulo q and P, as coefficients
	high    ring.Poly                  // those extended to the moduli that stay
}

// Nothing where the key has no special modulus, or digits of bits.
func newFuser(eval *ckks.Evaluator) *fuser {
	params := eval.GetParameters()
	key, err := eval.CheckAndGetRelinearizationKey()
	if err != nil || key.LevelP() < 0 || key.BaseTwoDecomposition != 0 {
		return nil
	}
	f := &fuser{eval: eval, key: key, byLevel: map[int]*division{}}
	ringQP := params.RingQP().AtLevel(params.MaxLevel(), key.LevelP())
	f.product = &rlwe.Element[ringqp.Poly]{MetaData: &rlwe.MetaData{}}
	f.product.IsNTT = true
	f.product.Value = []ringqp.Poly{ringQP.NewPoly(), ringQP.NewPoly()}
	f.low = ring.NewPoly(params.N(), key.LevelP()+1)
	f.high = ring.NewPoly(params.N(), params.MaxLevel())
	return f
}

// A division by q_level P with rounding.
type division struct {
	dropped, kept *ring.Ring
	extension     ring.ModUpConstants
	half          *big.Int // of the divisor
	special       *big.Int // P
	negated       []uint64 // -1 / divisor, modulo what stays, in Montgomery form
}

func (f *fuser) at(level int) *division {
	if d := f.byLevel[level]; d != nil {
		return d
	}
	params := f.eval.GetParameters()
	q := params.RingQ().SubRings
	p := params.RingP().SubRings[:f.key.LevelP()+1]
	dropped := append([]*ring.SubRing{q[level]}, p...)
	d := &division{
		dropped: ring.Ring{SubRings: dropped}.AtLevel(len(dropped) - 1),
		kept:    params.RingQ().AtLevel(level - 1),
		special: big.NewInt(1),
	}
	d.extension = ring.GenModUpConstants(d.dropped.ModuliChain(), d.kept.ModuliChain())
	for _, s := range p {
		d.special.Mul(d.special, new(big.Int).SetUint64(s.Modulus))
	}
	divisor := new(big.Int).Mul(d.special, new(big.Int).SetUint64(q[level].Modulus))
	d.half = new(big.Int).Rsh(divisor, 1)
	for _, s := range d.kept.SubRings[:level] {
		modulus := new(big.Int).SetUint64(s.Modulus)
		inverse := new(big.Int).ModInverse(divisor, modulus)
		inverse.Sub(modulus, inverse)
		d.negated = append(d.negated, ring.MForm(inverse.Uint64(), s.Modulus, s.BRedConstant))
	}
	f.byLevel[level] = d
	return d
}

func residue(x *big.Int, s *ring.SubRing) uint64 {
	return new(big.Int).Mod(x, new(big.Int).SetUint64(s.Modulus)).Uint64()
}

// Writes (P x + product) / (P q), rounded, to out, which is a level below x: x relinearised and
// rescaled.
func (f *fuser) relinearizeAndRescale(x, out *rlwe.Ciphertext) error {
	params := f.eval.GetParameters()
	level := x.Level()
	d := f.at(level)
	if err := f.eval.GadgetProductLazy(level, x.Value[2], &f.key.GadgetCiphertext, f.product); err != nil {
		return err
	}
	*out.MetaData = *x.MetaData
	for k := range out.Value {
		sum := f.product.Value[k]
		params.RingQ().AtLevel(level).MulScalarBigintThenAdd(x.Value[k], d.special, sum.Q)
		d.divide(sum, level, f.low, f.high, out.Value[k])
	}
	return nil
}

// floor((x + half) / divisor) = (x + half - ((x + half) mod divisor)) / divisor, on transforms.
func (d *division) divide(x ringqp.Poly, level int, low, high, out ring.Poly) {
	for j, s := range d.dropped.SubRings {
		from := x.Q.Coeffs[level]
		if j > 0 {
			from = x.P.Coeffs[j-1]
		}
		s.INTT(from, low.Coeffs[j])
		s.AddScalar(low.Coeffs[j], residue(d.half, s), low.Coeffs[j])
	}
	ring.ModUpExact(low.Coeffs[:len(d.dropped.SubRings)], high.Coeffs[:level], d.dropped, d.kept,
		d.extension)
	for i, s := range d.kept.SubRings[:level] {
		s.Reduce(high.Coeffs[i], high.Coeffs[i])
		s.SubScalar(high.Coeffs[i], residue(d.half, s), high.Coeffs[i])
		s.NTTLazy(high.Coeffs[i], high.Coeffs[i])
		s.SubThenMulScalarMontgomeryTwoModulus(high.Coeffs[i], x.Q.Coeffs[i], d.negated[i],
			out.Coeffs[i])
	}
}
