// To FLINT's matrices and back.
#include "generator/numbers/lattice_reduction.hpp"

#include <flint/fmpz.h>
#include <flint/fmpz_lll.h>
#include <flint/fmpz_mat.h>

namespace equiripple {
namespace {

class IntegerMatrix {
 public:
  IntegerMatrix(std::size_t rows, std::size_t columns) {
    fmpz_mat_init(matrix_, static_cast<slong>(rows), static_cast<slong>(columns));
  }
  IntegerMatrix(const IntegerMatrix&) = delete;
  IntegerMatrix& operator=(const IntegerMatrix&) = delete;
  ~IntegerMatrix() { fmpz_mat_clear(matrix_); }

  fmpz_mat_struct* get() { return matrix_; }
  fmpz* at(std::size_t row, std::size_t column) {
    return fmpz_mat_entry(matrix_, static_cast<slong>(row), static_cast<slong>(column));
  }

 private:
  fmpz_mat_t matrix_;
};

}  // namespace

IntegerRows reducing_transform(const IntegerRows& basis) {
  const std::size_t rows = basis.size();
  IntegerMatrix matrix(rows, basis.front().size());
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < basis[i].size(); ++j) {
      fmpz_set_mpz(matrix.at(i, j), basis[i][j].backend().data());
    }
  }
  IntegerMatrix transform(rows, rows);
  fmpz_mat_one(transform.get());
  fmpz_lll_t parameters;
  fmpz_lll_context_init_default(parameters);
  fmpz_lll(matrix.get(), transform.get(), parameters);
  IntegerRows result(rows, std::vector<Integer>(rows));
  for (std::size_t i = 0; i < rows; ++i) {
    for (std::size_t j = 0; j < rows; ++j) {
      fmpz_get_mpz(result[i][j].backend().data(), transform.at(i, j));
    }
  }
  return result;
}

}  // namespace equiripple
