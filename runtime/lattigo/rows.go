package lattigo

import "sync"

// Rows are spare residues of a polynomial modulo one prime. What is taken holds old ones.
type rows struct {
	length int
	free   [][]uint64
}

var spareRows sync.Pool

// Those that an evaluation before has left, if they have this length.
func takeRows(length int) *rows {
	if r, ok := spareRows.Get().(*rows); ok && r.length == length {
		return r
	}
	return &rows{length: length}
}

func (r *rows) take() []uint64 {
	if last := len(r.free) - 1; last >= 0 {
		row := r.free[last]
		r.free = r.free[:last]
		return row
	}
	return make([]uint64, r.length)
}

func (r *rows) give(all ...[]uint64) { r.free = append(r.free, all...) }
