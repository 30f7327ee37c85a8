// The dual programme: the largest sum y_j f_j over all y with sum y_j phi_k(x_j) = 0 for every
// basis function phi_k and sum |y_j| / w_j = 1. With y = u - v and u, v >= 0 it is in standard
// form; a dense tableau, Bland's rule, two phases.
#include "tests/support/linear_programme.hpp"

#include <cmath>
#include <stdexcept>

#include "generator/exchange/problem.hpp"
#include "generator/function/evaluate.hpp"

namespace equiripple::test {
namespace {

using Wide = Real<512>;
using Row = std::vector<Wide>;

bool is_clearly_positive(const Wide& x) { return x > scale_by_power_of_two(Wide(1), -400); }

// maximise gain x subject to rows x = right, x >= 0, where right >= 0.
class Simplex {
 public:
  Simplex(std::vector<Row> rows, Row right) : rows_(std::move(rows)), right_(std::move(right)) {
    columns_ = rows_.front().size();
    for (std::size_t i = 0; i < rows_.size(); ++i) {  // artificial variables, the first basis
      for (std::size_t k = 0; k < rows_.size(); ++k) rows_[i].emplace_back(i == k ? 1 : 0);
      basis_.push_back(columns_ + i);
    }
  }

  Wide maximum(Row gain) {
    Row against_artificial(columns_ + rows_.size(), 0);
    for (std::size_t k = columns_; k < against_artificial.size(); ++k) against_artificial[k] = -1;
    if (is_clearly_positive(Wide(-run(against_artificial, columns_ + rows_.size())))) {
      throw std::logic_error("the programme has no solution");
    }
    gain.resize(columns_ + rows_.size(), 0);
    return run(gain, columns_);
  }

 private:
  // Pivots on the first `usable` columns until none improves.
  Wide run(const Row& gain, std::size_t usable) {
    while (true) {
      std::size_t entering = usable;
      for (std::size_t k = 0; k < usable && entering == usable; ++k) {
        Wide reduced = gain[k];
        for (std::size_t i = 0; i < rows_.size(); ++i) reduced -= gain[basis_[i]] * rows_[i][k];
        if (is_clearly_positive(reduced)) entering = k;
      }
      if (entering == usable) break;
      std::size_t leaving = rows_.size();
      for (std::size_t i = 0; i < rows_.size(); ++i) {
        if (!is_clearly_positive(rows_[i][entering])) continue;
        if (leaving == rows_.size()) {
          leaving = i;
          continue;
        }
        const Wide ours = right_[i] * rows_[leaving][entering];
        const Wide best = right_[leaving] * rows_[i][entering];
        if (ours < best || (ours == best && basis_[i] < basis_[leaving])) leaving = i;
      }
      if (leaving == rows_.size()) throw std::logic_error("the programme is unbounded");
      pivot(leaving, entering);
    }
    Wide value = 0;
    for (std::size_t i = 0; i < rows_.size(); ++i) value += gain[basis_[i]] * right_[i];
    return value;
  }

  void pivot(std::size_t leaving, std::size_t entering) {
    const Wide scale = 1 / rows_[leaving][entering];
    for (Wide& x : rows_[leaving]) x *= scale;
    right_[leaving] *= scale;
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      if (i == leaving) continue;
      const Wide share = rows_[i][entering];
      if (share == 0) continue;
      for (std::size_t k = 0; k < rows_[i].size(); ++k) rows_[i][k] -= share * rows_[leaving][k];
      right_[i] -= share * right_[leaving];
    }
    basis_[leaving] = entering;
  }

  std::vector<Row> rows_;
  Row right_;
  std::size_t columns_ = 0;
  std::vector<std::size_t> basis_;
};

}  // namespace

Rational error_by_linear_programme(const MinimaxRequest& request,
                                   const std::vector<Rational>& points) {
  const CompiledFunction<Wide> target(request.target);
  const CompiledFunction<Wide> weight(request.weight);
  const Interval whole = basis_for(request.domain);
  const Wide centre = from_rational<Wide>((whole.lower + whole.upper) / 2);
  const Wide half_width = from_rational<Wide>((whole.upper - whole.lower) / 2);
  const int degree = effective_degree(request.degree, request.parity);
  const int first = request.parity == Parity::odd ? 1 : 0;
  const int step = request.parity == Parity::none ? 1 : 2;
  std::vector<Row> rows;
  for (int k = first; k <= degree; k += step) rows.emplace_back();
  Row sizes;
  Row gain;
  for (const Rational& point : points) {
    const Wide x = from_rational<Wide>(point);
    const Wide v = (x - centre) / half_width;
    Wide before = v;  // T_{k-1}, T_k
    Wide now = 1;
    for (int k = 0, row = 0; k <= degree; ++k) {
      if (k >= first && (k - first) % step == 0) {
        rows[static_cast<std::size_t>(row)].push_back(now);
        rows[static_cast<std::size_t>(row)].push_back(-now);
        ++row;
      }
      const Wide next = 2 * v * now - before;
      before = now;
      now = next;
    }
    for (const int sign : {1, -1}) {
      sizes.push_back(1 / weight(x));
      gain.push_back(sign * target(x));
    }
  }
  rows.push_back(std::move(sizes));
  Row right(rows.size(), 0);
  right.back() = 1;
  return to_rational(Simplex(std::move(rows), std::move(right)).maximum(std::move(gain)));
}

std::vector<Rational> grid_on(const MinimaxRequest& request, int each) {
  const double pi = real_pi<double>();
  std::vector<Rational> points;
  for (const Interval& interval : working_domain(request.domain, request.parity)) {
    for (int j = 0; j < each; ++j) {
      const Rational share(each == 1 ? 1 : (1 - std::cos(pi * j / (each - 1))) / 2);
      points.push_back(interval.lower + (interval.upper - interval.lower) * share);
    }
  }
  return points;
}

}  // namespace equiripple::test
