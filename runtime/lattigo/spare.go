package lattigo

import (
	"github.com/tuneinsight/lattigo/v6/core/rlwe"
	"github.com/tuneinsight/lattigo/v6/ring"
	"github.com/tuneinsight/lattigo/v6/schemes/ckks"
)

// Spare polynomials of values that nothing needs any more. What is taken holds old coefficients:
// every operation here writes all of its result.
type spare struct {
	params *ckks.Parameters
	polys  []ring.Poly
}

func (s *spare) poly(level int) ring.Poly {
	for i, p := range s.polys {
		if cap(p.Coeffs) > level && len(p.Coeffs[:level+1][level]) == s.params.N() {
			s.polys = append(s.polys[:i], s.polys[i+1:]...)
			return ring.Poly{Coeffs: p.Coeffs[:level+1]}
		}
	}
	return ring.NewPoly(s.params.N(), level)
}

func (s *spare) ciphertext(degree, level int) *rlwe.Ciphertext {
	ct := &rlwe.Ciphertext{}
	ct.MetaData = &rlwe.MetaData{}
	ct.IsNTT, ct.IsBatched, ct.LogDimensions = true, true, s.params.LogMaxDimensions()
	for range degree + 1 {
		ct.Value = append(ct.Value, s.poly(level))
	}
	return ct
}

func (s *spare) give(ct *rlwe.Ciphertext) { s.polys = append(s.polys, ct.Value...) }
