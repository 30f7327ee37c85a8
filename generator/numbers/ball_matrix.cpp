// Arb's matrices with an owner.
#include "generator/numbers/ball_matrix.hpp"

#if __has_include(<flint/arb_mat.h>)
#include <flint/arb_mat.h>
#else  // as in ball.hpp
#include <arb_mat.h>
#endif

namespace equiripple {
namespace {

class BallMatrix {
 public:
  BallMatrix(std::size_t rows, std::size_t columns) {
    arb_mat_init(value_, static_cast<slong>(rows), static_cast<slong>(columns));
  }
  BallMatrix(const BallMatrix&) = delete;
  BallMatrix& operator=(const BallMatrix&) = delete;
  ~BallMatrix() { arb_mat_clear(value_); }

  arb_ptr at(std::size_t row, std::size_t column) {
    return arb_mat_entry(value_, static_cast<slong>(row), static_cast<slong>(column));
  }
  arb_mat_struct* get() { return value_; }

 private:
  arb_mat_t value_;
};

}  // namespace

std::optional<std::vector<Ball>> solution(const std::vector<std::vector<Ball>>& rows,
                                          const std::vector<Ball>& right, slong bits) {
  const std::size_t count = rows.size();
  BallMatrix a(count, count);
  BallMatrix b(count, 1);
  BallMatrix x(count, 1);
  for (std::size_t i = 0; i < count; ++i) {
    for (std::size_t j = 0; j < count; ++j) arb_set(a.at(i, j), rows[i][j].get());
    arb_set(b.at(i, 0), right[i].get());
  }
  if (arb_mat_solve(x.get(), a.get(), b.get(), bits) == 0) return std::nullopt;
  std::vector<Ball> result(count);
  for (std::size_t i = 0; i < count; ++i) arb_set(result[i].get(), x.at(i, 0));
  return result;
}

}  // namespace equiripple
