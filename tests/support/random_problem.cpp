// Texts, so that a failure can be tried by hand.
#include "tests/support/random_problem.hpp"

#include <array>

#include "generator/numbers/real.hpp"

namespace equiripple::test {
namespace {

template <std::size_t N>
std::string one_of(Random& random, const std::array<const char*, N>& choices) {
  return choices[random() % N];
}

bool chance(Random& random, int one_in) { return integer_between(random, 1, one_in) == 1; }

std::string number_text(Random& random) {
  static constexpr std::array numbers = {"1/3",   "2",    "0.7", "-1.5", "3",  "1/7", "10", "-2",
                                         "2^-20", "pi/4", "5/2", "-1/5", "64", "e",   "0.1"};
  return "(" + one_of(random, numbers) + ")";
}

std::string choice(Random& random, int depth, const std::string& x) {
  static constexpr std::array relations = {"<", "<=", ">", ">="};
  return "if(" + x + one_of(random, relations) + number_text(random) + ", " +
         random_function(random, depth - 1, x) + ", " + random_function(random, depth - 1, x) + ")";
}

std::string leaf(Random& random, const std::string& x) {
  switch (integer_between(random, 0, 4)) {
    case 0: return number_text(random);
    case 1: return "(" + number_text(random) + "*" + x + "+" + number_text(random) + ")";
    case 2: return "(" + x + "-" + number_text(random) + ")";
    default: return x;
  }
}

std::string interval_text(const Rational& lower, const Rational& upper) {
  return "[" + lower.str() + "," + upper.str() + "]";
}

Rational fraction(Random& random, int most) {
  static constexpr std::array denominators = {1, 2, 3, 7, 10, 64, 1000};
  const int denominator = denominators[random() % denominators.size()];
  return Rational(integer_between(random, 1, most * denominator)) / denominator;
}

// Ascending pieces from `start` on; some touch.
std::string pieces(Random& random, Rational start, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) {
    const Rational end = start + fraction(random, 2) / count;
    text += (text.empty() ? "" : " ") + interval_text(start, end);
    start = end + (chance(random, 4) ? Rational(0) : Rational(fraction(random, 1) / count));
  }
  return text;
}

std::string symmetric_domain(Random& random) {
  if (chance(random, 2)) {
    const Rational end = fraction(random, 4);
    return interval_text(-end, end);
  }
  const Rational inner = fraction(random, 1) / 4;
  const Rational middle = inner + fraction(random, 1);
  const Rational outer = middle + fraction(random, 2);
  if (chance(random, 2)) return interval_text(-middle, -inner) + " " + interval_text(inner, middle);
  const Rational gap = chance(random, 3) ? middle : Rational((middle + outer) / 2);
  return interval_text(-outer, -gap) + " " + interval_text(-middle, -inner) + " " +
         interval_text(inner, middle) + " " + interval_text(gap, outer);
}

std::string any_domain(Random& random) {
  const Rational start = fraction(random, 6) - 3;
  switch (integer_between(random, 0, 9)) {
    case 0: return pieces(random, start, integer_between(random, 2, 5));
    case 1: return pieces(random, start, integer_between(random, 20, 60));
    case 2: return interval_text(start, start + power_of_two(-integer_between(random, 10, 80)));
    case 3: {  // far
      const Rational far = power_of_two(integer_between(random, 10, 60));
      return interval_text(far, far + fraction(random, 3));
    }
    case 4: return interval_text(start, start + power_of_two(integer_between(random, 5, 100)));
    case 5: return interval_text(start, start + 1) + " " + interval_text(start + 1, start + 2);
    case 6: return symmetric_domain(random);
    case 7: return interval_text(0, fraction(random, 4));
    default: return interval_text(start, start + fraction(random, 4));
  }
}

}  // namespace

std::string random_function(Random& random, int depth, const std::string& x) {
  static constexpr std::array smooth = {"exp",      "sin",  "cos", "atan", "sinh",
                                        "cosh",     "tanh", "erf", "erfc", "sigmoid",
                                        "softplus", "gelu", "silu"};
  static constexpr std::array kinked = {"abs",   "relu",    "sqrt", "log",  "tan",
                                        "rsqrt", "inverse", "sign", "floor"};
  static constexpr std::array of_two = {"max", "min"};
  static constexpr std::array operators = {"+", "-", "*", "/"};
  if (depth <= 0) return leaf(random, x);
  const auto inner = [&] { return random_function(random, depth - 1, x); };
  switch (integer_between(random, 0, 11)) {
    case 0:
    case 1:
    case 2:
    case 3: return one_of(random, smooth) + "(" + inner() + ")";
    case 4: return one_of(random, kinked) + "(" + inner() + ")";
    case 5: return "sqrt(" + number_text(random) + "+" + inner() + "^2)";
    case 6: return one_of(random, of_two) + "(" + inner() + ", " + inner() + ")";
    case 7: return choice(random, depth, x);
    case 8: {
      static constexpr std::array moduli = {"1", "3/7", "2", "pi"};
      return "mod(" + inner() + ", " + one_of(random, moduli) + ")";
    }
    case 9: {
      static constexpr std::array exponents = {"1/2", "1/3", "2.5", "3", "2", "-1", "8"};
      return "pow(" + inner() + ", " + one_of(random, exponents) + ")";
    }
    default: return "(" + inner() + one_of(random, operators) + inner() + ")";
  }
}

RandomProblem random_problem(Random& random) {
  RandomProblem problem;
  const int depth = integer_between(random, 1, 3);
  problem.degree =
      chance(random, 3) ? integer_between(random, 0, 40) : integer_between(random, 0, 12);
  problem.weight = "1";
  if (chance(random, 4)) {
    static constexpr std::array even = {"1+x^2", "exp(-x^2)", "1/(1+abs(x))", "2+cos(3*x)"};
    problem.parity = chance(random, 2) ? Parity::odd : Parity::even;
    const std::string half = random_function(random, depth, chance(random, 3) ? "abs(x)" : "x^2");
    problem.function = problem.parity == Parity::odd ? "x*(" + half + ")" : half;
    problem.domain = symmetric_domain(random);
    if (chance(random, 3)) problem.weight = one_of(random, even);
    return problem;
  }
  problem.function = random_function(random, depth, "x");
  problem.domain = any_domain(random);
  if (chance(random, 4)) {
    static constexpr std::array positive = {"1+x^2",  "exp(-x)", "1/(1+abs(x-1/3))", "2+sin(5*x)",
                                            "exp(x)", "1/x",     "max(1, x)"};
    problem.weight = one_of(random, positive);
  }
  return problem;
}

std::string RandomProblem::text() const {
  const char* parities[] = {"none", "odd", "even"};
  return "f = " + function + ", weight " + weight + ", on " + domain + ", degree " +
         std::to_string(degree) + ", parity " + parities[static_cast<int>(parity)];
}

}  // namespace equiripple::test
