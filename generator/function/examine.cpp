// One question for each node that has a singularity.
#include "generator/function/examine.hpp"

namespace equiripple {
namespace {

Finding denominator(const Ball& value) {
  if (value.is_finite() && !value.contains_zero()) return {};
  return {Verdict::undecided, FunctionDefect::pole};
}

Finding examine(const Node& node, const Ball& value, const std::vector<Ball>& values) {
  const auto of = [&](int index) -> const Ball& { return values[static_cast<std::size_t>(index)]; };
  switch (node.operation) {
    case Operation::divide:
      if (node.exponent > 0 && value.is_finite()) return {};
      return denominator(of(node.right));
    case Operation::power_integer:
      return node.exponent < 0 ? denominator(of(node.left)) : Finding{};
    case Operation::tan: {
      Ball cosine;
      arb_cos(cosine.get(), of(node.left).get(), examination_bits);
      return denominator(cosine);
    }
    case Operation::log:
      if (of(node.left).is_positive()) return {};
      if (of(node.left).is_negative()) return {Verdict::broken, FunctionDefect::outside_log};
      return {Verdict::undecided, FunctionDefect::outside_log};
    case Operation::erfinv: {
      Ball room;  // 1 - |y|
      arb_abs(room.get(), of(node.left).get());
      arb_sub_ui(room.get(), room.get(), 1, examination_bits);
      arb_neg(room.get(), room.get());
      if (room.is_positive()) return {};
      return {room.is_negative() ? Verdict::broken : Verdict::undecided,
              FunctionDefect::outside_erfinv};
    }
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
    case Operation::floor:
    case Operation::round:
      if (value.is_exact()) return {};
      return {Verdict::undecided, FunctionDefect::jump};
    case Operation::select:
      if (of(node.left).is_negative() || of(node.left).is_nonnegative()) return {};
      return {Verdict::undecided, FunctionDefect::jump};
    default: return {};
  }
}

// Does the value on the piece depend on a node?
struct Need {
  enum { no, maybe, yes } needed = no;
  int choice = -1;  // the undecided choice that it depends on, where `maybe`
};

std::vector<Need> needs_of(const std::vector<Node>& nodes, const std::vector<Ball>& values) {
  std::vector<Need> needs(nodes.size());
  const auto ask = [&](int index, const Need& need) {
    Need& known = needs[static_cast<std::size_t>(index)];
    if (need.needed > known.needed) known = need;
  };
  needs.back() = {Need::yes, -1};
  for (std::size_t i = nodes.size(); i-- > 0;) {
    const Need need = needs[i];
    const Node& node = nodes[i];
    if (need.needed == Need::no) continue;
    if (node.left >= 0) ask(node.left, need);
    if (node.operation != Operation::select) {
      if (node.right >= 0) ask(node.right, need);
      continue;
    }
    const Ball& condition = values[static_cast<std::size_t>(node.left)];
    const bool decided = condition.is_negative() || condition.is_nonnegative();
    const Need branch = decided ? need : Need{Need::maybe, static_cast<int>(i)};
    if (!condition.is_nonnegative()) ask(node.right, branch);
    if (!condition.is_negative()) ask(node.third, branch);
  }
  return needs;
}

std::vector<Ball> values_on(const Expression& function, const Interval& piece) {
  return enclose_nodes(function, ball_between(piece.lower, piece.upper, examination_bits),
                       examination_bits);
}

}  // namespace

Guard examine(const Expression& function, const Interval& piece) {
  const std::vector<Ball> values = values_on(function, piece);
  const std::vector<Need> needs = needs_of(function.nodes(), values);
  Guard kink;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (needs[i].needed == Need::no) continue;
    Guard guard{examine(function.nodes()[i], values[i], values), static_cast<int>(i)};
    if (guard.finding.verdict == Verdict::fine) continue;
    if (needs[i].needed == Need::maybe) {
      guard = {{Verdict::undecided, guard.finding.defect}, needs[i].choice, true};
    }
    if (guard.finding.verdict == Verdict::broken || guard.finding.defect != FunctionDefect::none) {
      return guard;
    }
    if (kink.node < 0) kink = guard;
  }
  return kink;
}

Ball enclose_on(const Expression& function, const Interval& piece) {
  return values_on(function, piece).back();
}

Ball argument_of(const Expression& function, int node, const Rational& x) {
  const int argument = function.nodes()[static_cast<std::size_t>(node)].left;
  return values_on(function, {x, x})[static_cast<std::size_t>(argument)];
}

Ball distance_to_singularity(const Expression& function, int node, const Rational& x) {
  const std::vector<Ball> values = values_on(function, {x, x});
  const auto of = [&](int index) -> const Ball& { return values[static_cast<std::size_t>(index)]; };
  const Node& singular = function.nodes()[static_cast<std::size_t>(node)];
  Ball distance;
  switch (singular.operation) {
    case Operation::divide: distance = of(singular.right); break;
    case Operation::tan: arb_cos(distance.get(), of(singular.left).get(), examination_bits); break;
    case Operation::floor: {  // to the nearest integer
      Ball nearest;
      arb_set_d(nearest.get(), 0.5);
      arb_add(nearest.get(), nearest.get(), of(singular.left).get(), examination_bits);
      arb_floor(nearest.get(), nearest.get(), examination_bits);
      arb_sub(distance.get(), of(singular.left).get(), nearest.get(), examination_bits);
      break;
    }
    case Operation::round: {  // to the nearest half: between the floor and the next integer
      Ball floor;
      arb_floor(floor.get(), of(singular.left).get(), examination_bits);
      arb_sub(distance.get(), of(singular.left).get(), floor.get(), examination_bits);
      Ball half;
      arb_set_d(half.get(), 0.5);
      arb_sub(distance.get(), distance.get(), half.get(), examination_bits);
      break;
    }
    case Operation::erfinv:  // to -1 or 1
      arb_abs(distance.get(), of(singular.left).get());
      arb_sub_ui(distance.get(), distance.get(), 1, examination_bits);
      break;
    default: distance = of(singular.left);
  }
  arb_abs(distance.get(), distance.get());
  return distance;
}

}  // namespace equiripple
