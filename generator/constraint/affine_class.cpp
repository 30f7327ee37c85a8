// Divided differences with repeated nodes, and the algebra of p = offset + factor q.
#include "generator/constraint/affine_class.hpp"

#include <algorithm>

#include "generator/exchange/problem.hpp"
#include "generator/numbers/power.hpp"

namespace equiripple {
namespace {

// x (x - 1) ... (x - order + 1) at x = degree: of the derivative of x^degree.
Rational falling(int degree, int order) {
  Rational product = 1;
  for (int i = 0; i < order; ++i) product *= degree - i;
  return product;
}

Rational power_of(const Rational& x, int exponent) {
  Rational power = 1;
  for (int i = 0; i < exponent; ++i) power *= x;
  return power;
}

// What is left of the conditions for p - leading x^degree.
std::vector<PointCondition> without_leading(std::vector<PointCondition> conditions,
                                            const Rational& leading, int degree) {
  if (leading == 0) return conditions;
  for (PointCondition& condition : conditions) {
    for (std::size_t j = 0; j < condition.values.size(); ++j) {
      const int order = static_cast<int>(j);
      if (order > degree) continue;
      condition.values[j] -=
          leading * falling(degree, order) * power_of(condition.at, degree - order);
    }
  }
  return conditions;
}

// The coefficients of Newton's form, by columns of divided differences; where all nodes of one are
// the same it is the derivative over its factorial.
std::vector<Rational> newton_form(const std::vector<PointCondition>& conditions,
                                  const std::vector<Rational>& nodes) {
  std::vector<std::size_t> owners;  // the condition of each node
  for (std::size_t i = 0; i < conditions.size(); ++i) {
    owners.insert(owners.end(), conditions[i].values.size(), i);
  }
  std::vector<Rational> column;
  for (const std::size_t owner : owners) column.push_back(conditions[owner].values.front());
  std::vector<Rational> coefficients;
  Rational factorial = 1;
  for (std::size_t order = 0; order < nodes.size(); ++order) {
    if (order > 0) {
      factorial *= static_cast<long>(order);
      for (std::size_t i = 0; i + order < nodes.size(); ++i) {
        if (owners[i] == owners[i + order]) {
          column[i] = conditions[owners[i]].values[order] / factorial;
        } else {
          column[i] = (column[i + 1] - column[i]) / (nodes[i + order] - nodes[i]);
        }
      }
    }
    coefficients.push_back(column.front());
  }
  while (!coefficients.empty() && coefficients.back() == 0) coefficients.pop_back();
  return coefficients;
}

// Nodes of an expression, written one after the other.
class Writer {
 public:
  explicit Writer(const Expression& start) : nodes_(start.nodes()), start_(last()) {}
  Writer() = default;

  int start() const { return start_; }  // the root of what it started from
  int last() const { return static_cast<int>(nodes_.size()) - 1; }

  int variable() {
    if (variable_ < 0) variable_ = add({.operation = Operation::variable});
    return variable_;
  }
  int constant(const Rational& value) {
    return add({.operation = Operation::constant, .value = value});
  }
  int binary(Operation operation, int left, int right) {
    return add({.operation = operation, .left = left, .right = right});
  }
  int power(int base, long exponent) {
    if (exponent == 1) return base;
    return add({.operation = Operation::power_integer, .left = base, .exponent = exponent});
  }
  int absolute(int of) { return add({.operation = Operation::abs, .left = of}); }
  int minus(int left, const Rational& right) {
    return right == 0 ? left : binary(Operation::subtract, left, constant(right));
  }

  Expression finish(std::string text) { return {std::move(nodes_), std::move(text)}; }

 private:
  int add(Node node) {
    nodes_.push_back(std::move(node));
    return last();
  }

  std::vector<Node> nodes_;
  int start_ = -1;
  int variable_ = -1;
};

// prod (x - x_i)^m_i; -1 where it is 1.
int factor_in(Writer& writer, const std::vector<PointCondition>& conditions) {
  int product = -1;
  for (const PointCondition& condition : conditions) {
    const int root = writer.power(writer.minus(writer.variable(), condition.at),
                                  static_cast<long>(condition.values.size()));
    product = product < 0 ? root : writer.binary(Operation::multiply, product, root);
  }
  return product;
}

// The offset; -1 where it is 0.
int offset_in(Writer& writer, const AffineClass& affine) {
  int sum = -1;
  for (std::size_t i = affine.newton.size(); i-- > 0;) {
    if (sum >= 0) {
      sum =
          writer.binary(Operation::multiply, sum, writer.minus(writer.variable(), affine.nodes[i]));
    }
    const Rational& c = affine.newton[i];
    if (c == 0) continue;
    const int term = writer.constant(c);
    sum = sum < 0 ? term : writer.binary(Operation::add, sum, term);
  }
  if (affine.leading == 0) return sum;
  const int coefficient = writer.constant(affine.leading);
  const int term = affine.degree == 0
                       ? coefficient
                       : writer.binary(Operation::multiply, coefficient,
                                       writer.power(writer.variable(), affine.degree));
  return sum < 0 ? term : writer.binary(Operation::add, sum, term);
}

void add_to(std::vector<Rational>& sum, const std::vector<Rational>& term) {
  sum.resize(std::max(sum.size(), term.size()));
  for (std::size_t k = 0; k < term.size(); ++k) sum[k] += term[k];
}

}  // namespace

std::vector<Rational> times_root(const std::vector<Rational>& coefficients, const Interval& basis,
                                 const Rational& root) {
  const Rational offset = (basis.lower + basis.upper) / 2 - root;
  const Rational half_width = (basis.upper - basis.lower) / 2;
  std::vector<Rational> product(coefficients.size() + 1);
  for (std::size_t k = 0; k < coefficients.size(); ++k) {
    if (coefficients[k] == 0) continue;
    product[k] += offset * coefficients[k];
    const Rational moved = half_width * coefficients[k];
    if (k == 0) {
      product[1] += moved;
    } else {
      product[k + 1] += moved / 2;
      product[k - 1] += moved / 2;
    }
  }
  return product;
}

ChebyshevSeries AffineClass::lifted(const ChebyshevSeries& q) const {
  const Interval& basis = q.basis;
  std::vector<Rational> sum = q.coefficients;
  for (const Rational& root : nodes) sum = times_root(sum, basis, root);
  std::vector<Rational> offset{0};
  for (std::size_t i = newton.size(); i-- > 0;) {
    offset = times_root(offset, basis, nodes[i]);
    offset[0] += newton[i];
  }
  add_to(sum, offset);
  if (leading != 0) {
    std::vector<Rational> powers(static_cast<std::size_t>(degree) + 1);
    powers.back() = leading;
    add_to(sum, from_powers(powers, basis).coefficients);
  }
  sum.resize(static_cast<std::size_t>(std::max(effective_degree(degree, parity), 0)) + 1);
  return {.basis = basis, .coefficients = std::move(sum), .parity = parity};
}

Expression AffineClass::free_target(const Expression& target) const {
  Writer writer(target);
  int value = writer.start();
  const int offset = offset_in(writer, *this);
  if (offset >= 0) value = writer.binary(Operation::subtract, value, offset);
  const int factor = factor_in(writer, conditions);
  if (factor >= 0) writer.binary(Operation::divide, value, factor);
  return writer.finish(target.text());
}

Expression AffineClass::free_weight(const Expression& weight) const {
  if (conditions.empty()) return weight;
  const bool unweighted = weight.is_one();
  Writer writer = unweighted ? Writer() : Writer(weight);
  const int before = writer.start();
  const int size = writer.absolute(factor_in(writer, conditions));
  if (!unweighted) writer.binary(Operation::multiply, before, size);
  return writer.finish(weight.text());
}

std::optional<AffineClass> affine_class(const Conditions& conditions, int degree, Parity parity) {
  AffineClass affine{.degree = degree, .parity = parity};
  const int highest = effective_degree(degree, parity);
  affine.leading = conditions.leading.value_or(0);
  if (affine.leading != 0 && highest != degree) return std::nullopt;
  const bool is_top_free = !conditions.leading || highest != degree;
  const int rest = is_top_free ? highest : effective_degree(degree - 1, parity);
  auto all = completed(conditions.through, parity);
  if (!all) return std::nullopt;
  affine.conditions = std::move(*all);
  for (const PointCondition& condition : affine.conditions) {
    affine.nodes.insert(affine.nodes.end(), condition.values.size(), condition.at);
  }
  affine.newton =
      newton_form(without_leading(affine.conditions, affine.leading, degree), affine.nodes);
  if (static_cast<int>(affine.newton.size()) > rest + 1) return std::nullopt;
  const int count = static_cast<int>(affine.nodes.size());
  if (parity != Parity::none) {
    const bool is_odd = (parity == Parity::odd) != (count % 2 == 1);
    affine.free_parity = is_odd ? Parity::odd : Parity::even;
  }
  affine.free_degree = std::max(effective_degree(rest - count, affine.free_parity), -1);
  if (affine.free_degree < 0) affine.free_parity = Parity::none;
  return affine;
}

std::optional<int> lowest_degree(const Conditions& conditions, Parity parity, int highest) {
  const auto all = completed(conditions.through, parity);
  if (!all) return std::nullopt;
  if (conditions.leading) {
    for (int degree = 0; degree <= std::min(highest, count_of(*all) + 2); ++degree) {
      if (affine_class(conditions, degree, parity)) return degree;
    }
    return std::nullopt;
  }
  const auto widest = affine_class(conditions, highest, parity);
  if (!widest) return std::nullopt;
  const int degree = std::max(static_cast<int>(widest->newton.size()) - 1, 0);
  return parity == Parity::odd ? std::max(degree, 1) : degree;
}

}  // namespace equiripple
