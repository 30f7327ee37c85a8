// The recursive division, and the trial of all sizes of baby steps.
#include "emit/plan/series.hpp"

#include <bit>
#include <optional>
#include <tuple>

namespace equiripple {
namespace {

using Coefficients = std::vector<Rational>;  // of T_0, T_1, ...; the last one is not 0

void trim(Coefficients& c) {
  while (!c.empty() && c.back() == 0) c.pop_back();
}

int degree_of(const Coefficients& c) { return static_cast<int>(c.size()) - 1; }

struct Division {
  Coefficients quotient;
  Coefficients remainder;
};

Division divide(const Coefficients& c, int g) {
  const std::size_t at = static_cast<std::size_t>(g);
  Division result{.quotient = {c.begin() + g, c.end()}, .remainder = {c.begin(), c.begin() + g}};
  for (std::size_t i = 1; i < result.quotient.size(); ++i) {
    result.remainder[at - i] -= result.quotient[i];
    result.quotient[i] *= 2;
  }
  trim(result.remainder);
  return result;
}

class SeriesPlanner {
 public:
  SeriesPlanner(ProgramBuilder& builder, ChebyshevPowers& powers, int baby_degree, std::string name)
      : builder_(builder), powers_(powers), baby_degree_(baby_degree), name_(std::move(name)) {}

  // `depth` levels below the variable are allowed.
  int value(const Coefficients& c, int depth, const std::string& name) {
    Sum terms;
    gather(c, depth, terms);
    return builder_.sum(terms, name);
  }

  // In log2 of the degree levels.
  int squared(const Coefficients& c, const std::string& name) {
    const int g = degree_of(c) / 2;
    Division division = divide(c, g);
    const Rational leading = division.quotient.back();
    const int times = static_cast<int>(to_double(leading));
    division.quotient.pop_back();
    Coefficients other;
    for (const Rational& q : division.quotient) other.push_back(rounded(q / leading));
    trim(other);
    const int giant = powers_.power(g);
    const int depth = builder_.depth(giant);
    int factor = giant;
    const std::string block = name_ + "_block_" + std::to_string(builder_.next_number());
    if (degree_of(other) > 0) {
      factor = builder_.add(giant, value(other, depth, block), block + "_sum");
    } else if (degree_of(other) == 0) {
      factor = builder_.add_scalar(giant, other.front(), block);
    }
    Sum terms;
    terms.products.push_back({giant, factor, times});
    gather(std::move(division.remainder), depth + 1, terms);
    return builder_.sum(terms, name);
  }

 private:
  void gather(Coefficients c, int depth, Sum& terms) {
    while (!is_combination(c, depth)) {
      const int g = 1 << (std::bit_width(c.size() - 1) - 1);
      Division division = divide(c, g);
      if (division.quotient.size() == 1 && power_depth(g) < depth) {
        terms.scaled.push_back({rounded(division.quotient.front()), powers_.power(g)});
      } else {
        const std::string block = name_ + "_block_" + std::to_string(builder_.next_number());
        const int giant = powers_.power(g);
        terms.products.push_back({value(division.quotient, depth - 1, block), giant});
      }
      c = std::move(division.remainder);
    }
    for (std::size_t k = 1; k < c.size(); ++k) {
      if (rounded(c[k]) != 0) {
        terms.scaled.push_back({rounded(c[k]), powers_.power(static_cast<int>(k))});
      }
    }
    if (!c.empty()) terms.constant = rounded(c.front());
  }

  // Whether scalar products of powers alone can give it in this depth.
  bool is_combination(const Coefficients& c, int depth) const {
    if (degree_of(c) > baby_degree_) return false;
    for (std::size_t k = 1; k < c.size(); ++k) {
      if (c[k] != 0 && power_depth(static_cast<int>(k)) + 1 > depth) return false;
    }
    return true;
  }

  static Rational rounded(const Rational& c) { return Rational(to_double(c)); }

  ProgramBuilder& builder_;
  ChebyshevPowers& powers_;
  int baby_degree_;
  std::string name_;
};

}  // namespace

int minimum_levels(int degree) {
  return degree < 1 ? 0 : static_cast<int>(std::bit_width(static_cast<unsigned>(degree)));
}

int series_value(ProgramBuilder& builder, ChebyshevPowers& powers,
                 const std::vector<Rational>& coefficients, int baby_degree,
                 const std::string& name, LeadingTerm leading) {
  Coefficients c = coefficients;
  for (Rational& value : c) value = Rational(to_double(value));
  trim(c);
  if (degree_of(c) < 1) {  // a constant: no term of the variable is left to carry it
    const int zero = builder.multiply_integer(powers.power(1), 0, name + "_zero");
    return builder.add_scalar(zero, c.empty() ? Rational(0) : c.front(), name);
  }
  SeriesPlanner planner(builder, powers, baby_degree, name);
  if (leading == LeadingTerm::squared) return planner.squared(c, name);
  return planner.value(c, minimum_levels(degree_of(c)), name);
}

int best_baby_degree(const std::vector<Rational>& coefficients, LeadingTerm leading) {
  using Cost = std::tuple<int, int, int, int>;
  std::optional<Cost> best;
  int best_degree = 1;
  for (int baby = 1; baby == 1 || baby / 2 < static_cast<int>(coefficients.size());
       baby = 2 * baby + 1) {
    ProgramBuilder builder;
    ChebyshevPowers powers(builder, builder.input("x"), "");
    static_cast<void>(series_value(builder, powers, coefficients, baby, "p", leading));
    const PlanCosts costs = count(builder.take());
    const Cost cost{costs.levels, costs.key_switches, costs.tensor_products, costs.scalar_products};
    if (best && cost >= *best) continue;
    best = cost;
    best_degree = baby;
  }
  return best_degree;
}

}  // namespace equiripple
