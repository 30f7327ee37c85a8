// The subdivision behind check_smoothness.
#include "generator/function/smoothness.hpp"

#include <algorithm>
#include <optional>

#include "generator/function/evaluate.hpp"
#include "generator/numbers/simplest.hpp"

namespace equiripple {
namespace {

constexpr std::size_t most_pieces = 100'000;  // chosen: a quarter of a second
constexpr std::size_t many_kinks = 100;       // chosen: a kink takes some sixty pieces
constexpr int most_narrowing = 20;            // chosen: the radius of a ball has 30 bits
constexpr std::size_t pieces_a_jump = 200;    // what is_continuous_on costs: two a halving

Rational middle_of(const Interval& piece) { return (piece.lower + piece.upper) / 2; }

// |a| < |b|, as far as the middles of the enclosures tell.
bool is_smaller(const Ball& a, const Ball& b) {
  return arf_cmpabs(arb_midref(a.get()), arb_midref(b.get())) < 0;
}

// The end of a piece, or the simplest number in it, that is closest to the singularity of a node:
// who writes 1/3 gets 1/3.
Rational closest_point(const Expression& function, const std::vector<Interval>& pieces, int node) {
  std::optional<Rational> best;
  Ball smallest;
  for (const Interval& piece : pieces) {
    for (const Rational& x :
         {simplest_between(piece.lower, piece.upper), piece.lower, piece.upper}) {
      Ball distance = distance_to_singularity(function, node, x);
      if (best && smallest.is_finite() && !is_smaller(distance, smallest)) continue;
      best = x;
      smallest = std::move(distance);
    }
  }
  return *best;
}

// f(upper) - f(lower), not finite where one of them cannot be told.
Ball change_over(const Expression& function, const Interval& piece) {
  constexpr int point_bits = 400;  // chosen: a ball tells on which side of 1/3 the rounded 1/3 is
  const Rational lower = round_to_bits(piece.lower, point_bits, Rounding::nearest);
  const Rational upper = round_to_bits(piece.upper, point_bits, Rounding::nearest);
  const auto is_told = [&](const Rational& x) {
    return examine(function, {x, x}).finding.defect == FunctionDefect::none;
  };
  Ball change;
  if (lower == upper || !is_told(lower) || !is_told(upper)) {
    arb_indeterminate(change.get());
    return change;
  }
  const Ball from = enclose_on(function, {lower, lower});
  const Ball to = enclose_on(function, {upper, upper});
  arb_sub(change.get(), to.get(), from.get(), examination_bits);
  return change;
}

// Does the change of the function over a smallest piece shrink with the piece? Follows the half
// over which it changes more: a jump stays in it.
bool is_continuous_on(const Expression& function, Interval piece) {
  constexpr int halvings = 100;   // chosen: what is left is far above the roundoff of a point
  constexpr int shrink_log2 = 5;  // chosen: the tenth root of a distance shrinks by 2^10
  const Ball first = change_over(function, piece);
  Ball change = first;
  for (int i = 0; i < halvings && change.is_finite(); ++i) {
    const Interval left{piece.lower, middle_of(piece)};
    const Interval right{middle_of(piece), piece.upper};
    Ball on_left = change_over(function, left);
    Ball on_right = change_over(function, right);
    const bool goes_right = is_smaller(on_left, on_right);
    piece = goes_right ? right : left;
    change = goes_right ? std::move(on_right) : std::move(on_left);
  }
  if (!first.is_finite() || !change.is_finite()) return false;
  if (change.contains_zero()) return true;
  arb_mul_2exp_si(change.get(), change.get(), shrink_log2);
  return is_smaller(change, first);
}

// A piece that is yet to be looked at. Where it holds a kink, the kink is looked for in one of
// 2^narrowing equal parts.
struct Waiting {
  Interval piece;
  int narrowing = 1;
};

// The part of a piece, one of 2^narrowing, in which the chord of the kink's argument crosses 0;
// none where the argument does not for sure change its sign over the piece.
std::optional<Interval> part_with_kink(const Expression& function, const Waiting& waiting,
                                       int node) {
  const Interval& piece = waiting.piece;
  Ball at_lower = argument_of(function, node, piece.lower);
  Ball at_upper = argument_of(function, node, piece.upper);
  if (!(at_lower.is_negative() && at_upper.is_positive()) &&
      !(at_lower.is_positive() && at_upper.is_negative())) {
    return std::nullopt;
  }
  arb_sub(at_upper.get(), at_lower.get(), at_upper.get(), examination_bits);
  arb_div(at_lower.get(), at_lower.get(), at_upper.get(), examination_bits);
  const Integer parts = Integer(1) << waiting.narrowing;
  const auto share = to_rational(middle_of<Real<examination_bits>>(at_lower));
  const Integer before = std::clamp(floor_of(share * parts), Integer(0), Integer(parts - 1));
  const Rational part = (piece.upper - piece.lower) * power_of_two(-waiting.narrowing);
  return Interval{piece.lower + before * part, piece.lower + (before + 1) * part};
}

// Quadratic interval refinement (Abbott, "Quadratic interval refinement for real roots", 2006): a
// guess that holds is followed by one that is twice as many bits finer, one that fails by halves.
void divide(const Expression& function, const Waiting& whole, const Guard& guard,
            std::vector<Waiting>& waiting) {
  const Interval& piece = whole.piece;
  if (guard.finding.defect == FunctionDefect::none) {
    if (const auto part = part_with_kink(function, whole, guard.node)) {
      if (part->upper < piece.upper) waiting.push_back({{part->upper, piece.upper}});
      waiting.push_back({*part, std::min(2 * whole.narrowing, most_narrowing)});
      if (piece.lower < part->lower) waiting.push_back({{piece.lower, part->lower}});
      return;
    }
  }
  const Rational middle = middle_of(piece);
  waiting.push_back({{middle, piece.upper}});
  waiting.push_back({{piece.lower, middle}});
}

// Neighbouring undecided pieces hold one kink: the point that is closest to it.
class KinkCollector {
 public:
  explicit KinkCollector(const Expression& function) : function_(function) {}

  void add(const Interval& piece, int node) {
    if (!pieces_.empty() && pieces_.back().upper != piece.lower) flush();
    pieces_.push_back(piece);
    node_ = node;
  }

  std::size_t count() const { return kinks_.size(); }

  std::vector<Rational> finish() {
    flush();
    return kinks_;
  }

 private:
  void flush() {
    if (!pieces_.empty()) kinks_.push_back(closest_point(function_, pieces_, node_));
    pieces_.clear();
  }

  const Expression& function_;
  std::vector<Interval> pieces_;
  int node_ = -1;
  std::vector<Rational> kinks_;
};

// Jumps may cancel, or lie on the other side of an end; what is in doubt may not be selected.
bool is_certain(const Guard& guard) {
  const FunctionDefect defect = guard.finding.defect;
  return defect != FunctionDefect::none && defect != FunctionDefect::jump && !guard.in_doubt;
}

bool finite_at(const Expression& function, const Rational& x) {
  using Wide = Real<256>;
  return is_finite(CompiledFunction<Wide>(function)(from_rational<Wide>(x)));
}

}  // namespace

SmoothnessReport check_smoothness(const Expression& function, const Domain& domain) {
  const Interval whole = hull(domain);
  const Rational smallest = (whole.upper - whole.lower) * power_of_two(-smallest_piece_bits);
  KinkCollector kinks(function);
  std::size_t examined = 0;
  for (const Interval& interval : domain) {
    for (const Rational& end : {interval.lower, interval.upper}) {
      const Guard guard = examine(function, {end, end});
      if (is_certain(guard)) return {guard.finding.defect, end, {}};
      if (!finite_at(function, end)) return {FunctionDefect::not_finite, end, {}};
    }
    std::vector<Waiting> waiting{{interval}};  // the next piece is the last: left to right
    while (!waiting.empty()) {
      const Waiting next = waiting.back();
      const Interval& piece = next.piece;
      waiting.pop_back();
      if (++examined > most_pieces) {
        const bool has_many = kinks.count() >= many_kinks;
        return {has_many ? FunctionDefect::too_many_singularities : FunctionDefect::undecided,
                middle_of(piece),
                {}};
      }
      const Guard guard = examine(function, piece);
      if (guard.finding.verdict == Verdict::fine) continue;
      if (guard.finding.verdict == Verdict::broken) {
        return {guard.finding.defect, middle_of(piece), {}};
      }
      if (piece.upper - piece.lower > smallest) {
        divide(function, next, guard, waiting);
        continue;
      }
      const FunctionDefect defect = guard.finding.defect;
      if (defect != FunctionDefect::none) examined += pieces_a_jump;
      if (is_certain(guard) ||
          (defect != FunctionDefect::none && !is_continuous_on(function, piece))) {
        return {defect, closest_point(function, {piece}, guard.node), {}};
      }
      kinks.add(piece, guard.node);
    }
  }
  return {FunctionDefect::none, 0, kinks.finish()};
}

Domain cut_at(const std::vector<Rational>& kinks, const Domain& domain) {
  Domain pieces;
  for (Interval rest : domain) {
    for (const Rational& kink : kinks) {
      if (kink <= rest.lower || kink >= rest.upper) continue;
      pieces.push_back({rest.lower, kink});
      rest.lower = kink;
    }
    pieces.push_back(rest);
  }
  return pieces;
}

}  // namespace equiripple
