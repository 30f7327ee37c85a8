// The subdivision behind check_smoothness.
#include "generator/function/smoothness.hpp"

#include <algorithm>
#include <optional>

#include "generator/function/enclose.hpp"
#include "generator/function/evaluate.hpp"

namespace equiripple {
namespace {

constexpr slong ball_bits = 512;             // chosen: resolves the smallest pieces
constexpr std::size_t most_pieces = 40'000;  // chosen: about a second

enum class Verdict { fine, undecided, broken };

// What a node asks of its argument, and how the piece answers.
struct Finding {
  Verdict verdict = Verdict::fine;
  FunctionDefect defect = FunctionDefect::none;  // the defect that stays if undecided to the end
};

Finding denominator(const Ball& value) {
  if (value.is_finite() && !value.contains_zero()) return {};
  return {Verdict::undecided, FunctionDefect::pole};
}

Finding examine(const Node& node, const std::vector<Ball>& values) {
  const auto of = [&](int index) -> const Ball& { return values[static_cast<std::size_t>(index)]; };
  switch (node.operation) {
    case Operation::divide: return denominator(of(node.right));
    case Operation::power_integer:
      return node.exponent < 0 ? denominator(of(node.left)) : Finding{};
    case Operation::tan: {
      Ball cosine;
      arb_cos(cosine.get(), of(node.left).get(), ball_bits);
      return denominator(cosine);
    }
    case Operation::log:
      if (of(node.left).is_positive()) return {};
      if (of(node.left).is_negative()) return {Verdict::broken, FunctionDefect::outside_log};
      return {Verdict::undecided, FunctionDefect::outside_log};
    case Operation::power: {
      if (of(node.left).is_positive()) return {};
      if (of(node.left).is_negative()) return {Verdict::broken, FunctionDefect::outside_power};
      const bool root = of(node.right).is_positive();
      return {Verdict::undecided, root ? FunctionDefect::none : FunctionDefect::pole};
    }
    case Operation::sqrt:
      if (of(node.left).is_positive()) return {};
      if (of(node.left).is_negative()) return {Verdict::broken, FunctionDefect::outside_root};
      return {Verdict::undecided, FunctionDefect::none};
    case Operation::abs:
      if (of(node.left).is_finite() && !of(node.left).contains_zero()) return {};
      return {Verdict::undecided, FunctionDefect::none};
    case Operation::sign:
      if (of(node.left).is_finite() && !of(node.left).contains_zero()) return {};
      return {Verdict::undecided, FunctionDefect::jump};
    default: return {};
  }
}

// An undecided node of a piece that is too small to divide: its kind of defect, and its argument.
struct Guard {
  Finding finding;
  int argument = -1;
};

// The first node that is not fine decides: what depends on it cannot be judged.
Guard examine_piece(const Expression& function, const Interval& piece) {
  const auto values =
      enclose_nodes(function, ball_between(piece.lower, piece.upper, ball_bits), ball_bits);
  Guard kink;
  for (const Node& node : function.nodes()) {
    const Finding finding = examine(node, values);
    if (finding.verdict == Verdict::fine) continue;
    const Guard guard{finding, node.left};
    if (finding.verdict == Verdict::broken || finding.defect != FunctionDefect::none) {
      return guard;
    }
    if (kink.argument < 0) kink = guard;
  }
  return kink;
}

Rational middle_of(const Interval& piece) { return (piece.lower + piece.upper) / 2; }

// An end of a smallest piece where the function fails, or else its middle.
Rational singular_point(const Expression& function, const Interval& piece) {
  for (const Rational& end : {piece.lower, piece.upper}) {
    if (examine_piece(function, {end, end}).finding.verdict != Verdict::fine) return end;
  }
  return middle_of(piece);
}

// Neighbouring undecided pieces hold one kink: the end of a piece where the argument is smallest.
class KinkCollector {
 public:
  explicit KinkCollector(const Expression& function) : function_(function) {}

  void add(const Interval& piece, int argument) {
    if (!pieces_.empty() && pieces_.back().upper != piece.lower) flush();
    pieces_.push_back(piece);
    argument_ = argument;
  }

  std::vector<Rational> finish() {
    flush();
    return kinks_;
  }

 private:
  void flush() {
    std::optional<Rational> best;
    Ball smallest;
    for (const Interval& piece : pieces_) {
      for (const Rational& x : {piece.lower, piece.upper}) {
        const auto values = enclose_nodes(function_, ball_between(x, x, ball_bits), ball_bits);
        Ball size;
        arb_abs(size.get(), values[static_cast<std::size_t>(argument_)].get());
        if (best && arf_cmp(arb_midref(size.get()), arb_midref(smallest.get())) >= 0) continue;
        best = x;
        smallest = size;
      }
    }
    if (best) kinks_.push_back(*best);
    pieces_.clear();
  }

  const Expression& function_;
  std::vector<Interval> pieces_;
  int argument_ = -1;
  std::vector<Rational> kinks_;
};

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
      const Guard guard = examine_piece(function, {end, end});
      if (guard.finding.defect != FunctionDefect::none) return {guard.finding.defect, end, {}};
      if (!finite_at(function, end)) return {FunctionDefect::not_finite, end, {}};
    }
    std::vector<Interval> waiting{interval};  // the next piece is the last: left to right
    while (!waiting.empty()) {
      const Interval piece = waiting.back();
      waiting.pop_back();
      if (++examined > most_pieces) {
        return {FunctionDefect::too_many_singularities, middle_of(piece), {}};
      }
      const Guard guard = examine_piece(function, piece);
      if (guard.finding.verdict == Verdict::fine) continue;
      if (guard.finding.verdict == Verdict::broken) {
        return {guard.finding.defect, middle_of(piece), {}};
      }
      if (piece.upper - piece.lower > smallest) {
        const Rational middle = middle_of(piece);
        waiting.push_back({middle, piece.upper});
        waiting.push_back({piece.lower, middle});
      } else if (guard.finding.defect != FunctionDefect::none) {
        return {guard.finding.defect, singular_point(function, piece), {}};
      } else {
        kinks.add(piece, guard.argument);
      }
    }
  }
  return {FunctionDefect::none, 0, kinks.finish()};
}

}  // namespace equiripple
