// Holes have their ends on a grid, and grow by bisection on it; errors outside are those of the
// exchange in double. The polynomial is that of the exchange in full.
#include "generator/classical/widest_share.hpp"

#include <algorithm>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "generator/classical/settle.hpp"
#include "generator/exchange/coarse.hpp"
#include "generator/function/evaluate.hpp"
#include "generator/function/parse.hpp"

namespace equiripple {
namespace {

constexpr long grid_log2 = 18;  // steps of the hull's length; chosen: 2^-17 of a share is no matter
constexpr long grid_steps = 1L << grid_log2;

struct Hole {
  long begin = 0;  // steps of the grid
  long end = 0;
};
using Holes = std::vector<Hole>;

class ShareSearch {
 public:
  explicit ShareSearch(const ShareRequest& request)
      : request_(request),
        hull_(hull(request.problem.domain)),
        step_((hull_.upper - hull_.lower) / grid_steps) {
    const CompiledFunction<double> density(request.density);
    constexpr long points = 1L << 12;  // chosen: densities that are measured are no sharper
    density_sums_.push_back(0);
    for (long i = 0; i < points; ++i) {
      const Rational x = hull_.lower + (hull_.upper - hull_.lower) * (2 * i + 1) / (2 * points);
      const bool is_in = std::ranges::any_of(
          request.problem.domain, [&](const Interval& d) { return d.lower <= x && x <= d.upper; });
      const double value = is_in ? density(to_double(x)) : 0;
      density_sums_.push_back(density_sums_.back() + std::max(value, 0.0));
    }
  }

  ClassicalResult solve() {
    if (keeps({})) return best({});
    std::optional<Holes> found;
    for (const Holes& centres : candidates()) {
      const auto grown = smallest(centres);
      if (grown && (!found || clearly_less(loss(*grown), loss(*found)))) found = grown;
    }
    if (!found) {
      return unsettled(ClassicalStatus::limit_not_met, "no part of the domain keeps to it");
    }
    refine(*found);
    return best(std::move(*found));
  }

 private:
  static bool clearly_less(double a, double b) {
    constexpr double clearly = 1 - 0x1p-12;  // chosen: far above the errors of double
    return a < b * clearly;
  }

  Rational at(long steps) const { return hull_.lower + step_ * steps; }

  long steps_at(const Rational& x) const {
    return std::clamp(static_cast<long>(to_double((x - hull_.lower) / step_)), 0L, grid_steps);
  }

  // What is left of the domain; slivers of a few steps are left out.
  Domain outside(Holes holes) const {
    std::ranges::sort(holes, {}, &Hole::begin);
    constexpr long sliver = 64;
    Domain left;
    const auto add = [&](const Rational& lower, const Rational& upper) {
      if (upper - lower > step_ * sliver) left.push_back({lower, upper});
    };
    for (const Interval& interval : request_.problem.domain) {
      Rational lower = interval.lower;
      for (const Hole& hole : holes) {
        const Rational begin = at(hole.begin);
        const Rational end = at(hole.end);
        if (end <= lower || begin >= interval.upper) continue;
        if (begin > lower) add(lower, begin);
        lower = std::max(lower, end);
      }
      if (lower < interval.upper) add(lower, interval.upper);
    }
    return left;
  }

  // The best polynomial outside the holes; where an error in them is aimed at, they count with a
  // weight that makes it the tolerance. The weight changes in slits that belong to neither.
  MinimaxRequest problem_with(Holes holes) const {
    MinimaxRequest problem = request_.problem;
    problem.domain = outside(holes);
    problem.parity = Parity::none;
    if (!request_.worst || holes.empty()) return problem;
    constexpr long slit = 16;  // steps
    const Rational aimed = *request_.worst * (1 - power_of_two(-8));
    const std::string inside = Rational(request_.tolerance / aimed).str();
    std::ranges::sort(holes, {}, &Hole::begin);
    std::string weight;
    std::string closing;
    long done = 0;
    for (const Hole& hole : holes) {
      const long begin = std::max(hole.begin, done);
      done = std::max(done, hole.end);
      const Rational lower = begin == 0 ? hull_.lower : at(begin + slit);
      const Rational upper = done == grid_steps ? hull_.upper : at(done - slit);
      if (!(lower < upper)) continue;
      for (const Interval& interval : request_.problem.domain) {
        const Interval part{std::max(lower, interval.lower), std::min(upper, interval.upper)};
        if (part.upper - part.lower > step_) problem.domain.push_back(part);
      }
      const auto change = [&](const Rational& x, const std::string& before) {
        weight += "if(x<(" + x.str() + ")," + before + ",";
        closing += ")";
      };
      if (begin > 0) change(at(begin) + step_ * (slit / 2), "1");
      if (done < grid_steps) {
        change(at(done) - step_ * (slit / 2), inside);
      } else {
        weight += inside;
      }
    }
    if (done < grid_steps || weight.empty()) weight += "1";
    std::ranges::sort(problem.domain, {}, &Interval::lower);
    problem.weight = *parse_function(weight + closing);
    return problem;
  }

  bool keeps(const Holes& holes) const {
    constexpr long margin_log2 = -16;  // what double and the rounding of coefficients leave
    const Rational limit = request_.tolerance * (1 - power_of_two(margin_log2));
    if (outside(holes).empty()) return false;
    MinimaxRequest problem = problem_with(holes);
    problem.feature_samples = 0;
    if (const auto coarse = CoarseMinimax::solve(problem))
      return Rational(coarse->error()) <= limit;
    constexpr int coarse_log2 = -30;
    problem.tolerance_log2 = coarse_log2;
    const MinimaxResult solved = minimax(problem);
    return solved.usable() && solved.error.upper <= limit;
  }

  double loss(Holes holes) const {
    std::ranges::sort(holes, {}, &Hole::begin);
    double sum = 0;
    long done = 0;
    for (const Hole& hole : holes) {
      const long begin = std::max(hole.begin, done);
      if (hole.end <= begin) continue;
      sum += mass_below(hole.end) - mass_below(begin);
      done = hole.end;
    }
    return sum;
  }

  double mass_below(long steps) const {
    const auto cells = static_cast<long>(density_sums_.size()) - 1;
    const long per_cell = grid_steps / cells;
    const auto cell = static_cast<std::size_t>(std::min(steps / per_cell, cells - 1));
    const double part = static_cast<double>(steps - static_cast<long>(cell) * per_cell) /
                        static_cast<double>(per_cell);
    return density_sums_[cell] + part * (density_sums_[cell + 1] - density_sums_[cell]);
  }

  // Points about which holes may open: each of them, and all kinks together.
  std::vector<Holes> candidates() const {
    constexpr std::size_t most = 24;  // chosen: a second of exchanges of moderate degree
    std::vector<Holes> centres;
    Holes kinks;
    const auto point = [&](const Rational& x) {
      const long steps = steps_at(x);
      return Hole{steps, steps};
    };
    for (const Rational& kink : request_.problem.kinks) {
      if (hull_.lower < kink && kink < hull_.upper) kinks.push_back(point(kink));
    }
    if (kinks.size() > 1) centres.push_back(kinks);
    for (const Hole& kink : kinks) centres.push_back({kink});
    for (const Interval& interval : request_.problem.domain) {
      centres.push_back({point(interval.lower)});
      centres.push_back({point(interval.upper)});
    }
    MinimaxRequest problem = request_.problem;
    problem.parity = Parity::none;
    const MinimaxResult solved = minimax(problem);
    const std::size_t stride = solved.reference.size() / most + 1;
    for (std::size_t i = 0; i < solved.reference.size(); i += stride) {
      centres.push_back({point(solved.reference[i])});
    }
    if (centres.size() > 2 * most) centres.resize(2 * most);
    return centres;
  }

  static Holes widened(const Holes& centres, long by) {
    Holes holes = centres;
    for (Hole& hole : holes) {
      hole.begin = std::max(hole.begin - by, 0L);
      hole.end = std::min(hole.end + by, grid_steps);
    }
    return holes;
  }

  // The centres widened all alike, as little as the tolerance allows.
  std::optional<Holes> smallest(const Holes& centres) const {
    long enough = 16;
    while (!keeps(widened(centres, enough))) {
      enough *= 2;
      if (enough > 2 * grid_steps) return std::nullopt;
      if (outside(widened(centres, enough)).empty()) {
        enough = longest_that_leaves_some(centres, enough);
        if (enough == 0 || !keeps(widened(centres, enough))) return std::nullopt;
        break;
      }
    }
    long too_little = enough / 4;
    while (enough - too_little > 1) {
      const long middle = too_little + (enough - too_little) / 2;
      (keeps(widened(centres, middle)) ? enough : too_little) = middle;
    }
    return widened(centres, enough);
  }

  long longest_that_leaves_some(const Holes& centres, long none) const {
    long some = 0;
    while (none - some > 1) {
      const long middle = some + (none - some) / 2;
      (outside(widened(centres, middle)).empty() ? none : some) = middle;
    }
    return some;
  }

  // Ends are moved outward, one at a time, and another one inward as far as that allows: what
  // loses less is kept.
  void refine(Holes& holes) const {
    constexpr std::size_t most_holes = 2;  // chosen: pairs of ends are tried
    if (holes.size() > most_holes) return;
    for (long part = 4; part <= 64; part *= 4) {
      for (std::size_t out = 0; out < 2 * holes.size(); ++out) {
        for (std::size_t in = 0; in < 2 * holes.size(); ++in) {
          if (in == out) continue;
          const Hole& hole = holes[out / 2];
          const auto moved = exchanged(holes, out, in, (hole.end - hole.begin) / part + 1);
          if (moved && clearly_less(loss(*moved), loss(holes))) holes = *moved;
        }
      }
    }
  }

  std::optional<Holes> exchanged(Holes holes, std::size_t out, std::size_t in, long by) const {
    const auto end_of = [](Holes& all, std::size_t i) -> long& {
      return i % 2 == 0 ? all[i / 2].begin : all[i / 2].end;
    };
    long& moved = end_of(holes, out);
    const long before = moved;
    moved = std::clamp(out % 2 == 0 ? moved - by : moved + by, 0L, grid_steps);
    if (moved == before) return std::nullopt;
    const Hole other = holes[in / 2];
    const long start = end_of(holes, in);
    const long furthest = in % 2 == 0 ? other.end : other.begin;
    long good = start;
    long bad = furthest;
    const auto with_end = [&](long end) {
      Holes tried = holes;
      end_of(tried, in) = end;
      return tried;
    };
    const long worthwhile = in % 2 == 0 ? start + by / 2 : start - by / 2;
    if (!keeps(with_end(std::clamp(worthwhile, other.begin, other.end)))) return std::nullopt;
    while (std::max(good, bad) - std::min(good, bad) > 1) {
      const long middle = good + (bad - good) / 2;
      (keeps(with_end(middle)) ? good : bad) = middle;
    }
    return with_end(good);
  }

  ClassicalResult best(Holes holes) const {
    constexpr int most_rounds = 12;
    for (int round = 0; round < most_rounds; ++round) {
      const MinimaxResult solved = minimax(problem_with(holes));
      if (!solved.usable()) {
        return unsettled(ClassicalStatus::not_determined, solved.detail);
      }
      if (solved.error.upper <= request_.tolerance) {
        return settled(on_basis_of_all(solved.polynomial));
      }
      holes = widened(holes, 1L << round);
    }
    return unsettled(ClassicalStatus::not_determined, "the holes could not be settled");
  }

  // A hole at an end leaves a smaller hull, and the stored polynomial is one of the whole domain.
  ChebyshevSeries on_basis_of_all(const ChebyshevSeries& polynomial) const {
    const Interval whole = basis_for(request_.problem.domain);
    if (polynomial.basis.lower == whole.lower && polynomial.basis.upper == whole.upper) {
      return polynomial;
    }
    ChebyshevSeries series = from_powers(to_powers(polynomial), whole);
    series.parity = Parity::none;
    return series;
  }

  const ShareRequest& request_;
  Interval hull_;
  Rational step_;
  std::vector<double> density_sums_;  // of cells of equal length, from the left
};

}  // namespace

ClassicalResult widest_share(const ShareRequest& request) {
  const MinimaxRequest& problem = request.problem;
  if (check(problem.domain).defect != DomainDefect::none || problem.degree < 0 ||
      problem.degree > highest_share_degree || request.tolerance <= 0) {
    throw std::invalid_argument("widest_share: a domain, a degree and a tolerance above 0");
  }
  return ShareSearch(request).solve();
}

}  // namespace equiripple
