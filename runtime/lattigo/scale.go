package lattigo

import (
	"fmt"
	"math"
	"math/big"

	"github.com/tuneinsight/lattigo/v6/core/rlwe"
)

// Far beyond Lattigo's own 128 bits, so that what is rounded to them is exact there.
const scalePrecision = 256

// A scale is a positive number; nil where it is not known yet.
type scale = *big.Float

func scaleOf(x float64) scale { return new(big.Float).SetPrec(scalePrecision).SetFloat64(x) }

func scaleOfModulus(q uint64) scale { return new(big.Float).SetPrec(scalePrecision).SetUint64(q) }

func ofLattigo(s rlwe.Scale) scale { return new(big.Float).SetPrec(scalePrecision).Set(&s.Value) }

func toLattigo(s scale) rlwe.Scale {
	return rlwe.NewScale(new(big.Float).SetPrec(rlwe.ScalePrecision).Set(s))
}

func times(a, b scale) scale { return new(big.Float).SetPrec(scalePrecision).Mul(a, b) }

func over(a, b scale) scale { return new(big.Float).SetPrec(scalePrecision).Quo(a, b) }

// log2 of a scale, to a double's digits.
func log2(s scale) float64 {
	mantissa := new(big.Float)
	exponent := s.MantExp(mantissa)
	m, _ := mantissa.Float64()
	return float64(exponent) + math.Log2(m)
}

// log2(a / b), to a double's digits also where both are nearly equal.
func distance(a, b scale) float64 {
	ratio := over(a, b)
	excess, _ := new(big.Float).SetPrec(scalePrecision).Sub(ratio, scaleOf(1)).Float64()
	if math.Abs(excess) < 1e-8 {
		return (excess - excess*excess/2) / math.Ln2
	}
	return log2(ratio)
}

// 2^x times a scale; to a double's digits of 2^x - 1 where x is small, exact where it is whole.
func shifted(s scale, x float64) scale {
	whole := math.Round(x)
	power := new(big.Float).SetPrec(scalePrecision).Add(scaleOf(1), scaleOf(math.Expm1((x-whole)*math.Ln2)))
	return times(s, power.SetMantExp(power, int(whole)))
}

func powerText(s scale) string { return fmt.Sprintf("2^%.6g", log2(s)) }
