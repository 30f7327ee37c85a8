// Numbers are short decimals and powers of 2, so that a failure can be tried by hand.
#include "tests/support/hard_problem.hpp"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

namespace equiripple::test {
namespace {

std::string text_of(const Rational& x) { return "(" + x.str() + ")"; }

Rational thousandths(Random& random, int low, int high) {
  return Rational(integer_between(random, low * 1000, high * 1000)) / 1000;
}

// 2^-k for k up to `most`, times 1 to 2.
Rational small(Random& random, int most) {
  return power_of_two(-integer_between(random, 0, most)) *
         (1 + Rational(integer_between(random, 0, 63)) / 64);
}

// Ascending disjoint intervals from `start` on.
std::vector<Interval> intervals_from(Random& random, Rational start, int count) {
  const int narrowest = integer_between(random, 1, 20);
  const bool evenly = integer_between(random, 0, 2) == 0;
  const Rational even_width = small(random, narrowest) / 4;
  std::vector<Interval> intervals;
  for (int i = 0; i < count; ++i) {
    const Rational width = evenly ? even_width : Rational(small(random, narrowest));
    intervals.push_back({start, start + width});
    start += width + (evenly ? Rational(1) : Rational(small(random, narrowest / 2)));
  }
  return intervals;
}

int interval_count(Random& random) {
  switch (integer_between(random, 0, 3)) {
    case 0: return 1;
    case 1: return integer_between(random, 2, 4);
    case 2: return integer_between(random, 5, 16);
    default: return integer_between(random, 17, 40);
  }
}

std::string text_of(const std::vector<Interval>& intervals) {
  std::string text;
  for (const Interval& interval : intervals) {
    text += (text.empty() ? "[" : " [") + interval.lower.str() + "," + interval.upper.str() + "]";
  }
  return text;
}

// A value on every interval, the step in the middle of each gap.
std::string table(Random& random, const std::vector<Interval>& intervals) {
  const int bits = integer_between(random, 1, 8);
  const auto value = [&] { return std::to_string(integer_between(random, 0, (1 << bits) - 1)); };
  std::string function = value();
  for (std::size_t i = intervals.size() - 1; i > 0; --i) {
    const Rational step = (intervals[i - 1].upper + intervals[i].lower) / 2;
    function = "if(x < " + step.str() + ", " + value() + ", " + function + ")";
  }
  return function;
}

// A point of the hull.
Rational somewhere(Random& random, const std::vector<Interval>& intervals) {
  const Rational share = Rational(integer_between(random, 0, 1000)) / 1000;
  return intervals.front().lower + (intervals.back().upper - intervals.front().lower) * share;
}

std::string steepness(Random& random) {
  return text_of(power_of_two(integer_between(random, 0, 20)));
}

// y stands for the variable; what is made is as smooth as it looks for all y.
std::string function_of(Random& random, const std::string& y,
                        const std::vector<Interval>& intervals) {
  const std::string shifted = "(" + y + "-" + text_of(somewhere(random, intervals)) + ")";
  const std::string number = text_of(thousandths(random, 1, 5));
  switch (integer_between(random, 0, 13)) {
    case 0: return "cos(" + text_of(thousandths(random, 1, 60)) + "*" + y + ")";
    case 1: return "sin(" + text_of(thousandths(random, 1, 200)) + "*" + y + ")*(1+" + y + "^2)";
    case 2:
      return "cos(2*pi*(" + y + "-1/4)/" + text_of(power_of_two(integer_between(random, 0, 3))) +
             ")";
    case 3: return "abs" + shifted + "+" + number + "*" + y + "^2";
    case 4: return "relu" + shifted;
    case 5: return "min(max(" + shifted + ", -1/3), " + number + ")";
    case 6: return "tanh(" + steepness(random) + "*" + shifted + ")";
    case 7: return "sigmoid(" + steepness(random) + "*" + shifted + ")";
    case 8: return "softplus(" + steepness(random) + "*" + shifted + ")/" + number;
    case 9: return "exp(-" + number + "*" + shifted + "^2)";
    case 10: return "1/(" + text_of(small(random, 12)) + "+" + shifted + "^2)";
    case 11: return "gelu(" + number + "*" + y + ")+abs(sin(" + y + "))";
    case 12: return "erf(" + steepness(random) + "*" + shifted + ")";
    default: return "exp(" + y + "/" + number + ")";
  }
}

std::string positive(Random& random, bool even) {
  switch (integer_between(random, 0, even ? 2 : 4)) {
    case 0: return "1+x^2";
    case 1: return "1/(1+abs(x))";
    case 2: return "2+cos(3*x)";
    case 3: return "exp(-x/8)";
    default: return "2+sin(5*x)";
  }
}

int degree_of(Random& random) {
  switch (integer_between(random, 0, 9)) {
    case 0:
    case 1:
    case 2: return integer_between(random, 0, 8);
    case 3:
    case 4:
    case 5:
    case 6: return integer_between(random, 5, 40);
    case 7:
    case 8: return integer_between(random, 30, 100);
    default: return integer_between(random, 80, 200);
  }
}

}  // namespace

RandomProblem hard_problem(Random& random) {
  RandomProblem problem;
  problem.weight = "1";
  problem.degree = degree_of(random);
  const bool weighted = integer_between(random, 0, 4) == 0;
  if (integer_between(random, 0, 4) == 0) {  // a parity
    problem.parity = integer_between(random, 0, 1) == 0 ? Parity::odd : Parity::even;
    const Rational start =
        integer_between(random, 0, 1) == 0 ? Rational(0) : Rational(small(random, 20));
    auto intervals = intervals_from(random, start, std::max(1, interval_count(random) / 2));
    const std::string half = function_of(random, "x^2", intervals);
    problem.function = problem.parity == Parity::odd ? "x*(" + half + ")" : half;
    if (integer_between(random, 0, 3) == 0 && start > 0) {
      problem.function = problem.parity == Parity::odd ? "sign(x)" : "abs(x)";
    }
    std::vector<Interval> both;
    for (auto i = intervals.rbegin(); i != intervals.rend(); ++i)
      both.push_back({-i->upper, -i->lower});
    if (start == 0) {
      both.back().upper = intervals.front().upper;
      intervals.erase(intervals.begin());
    }
    both.insert(both.end(), intervals.begin(), intervals.end());
    problem.domain = text_of(both);
    if (weighted) problem.weight = positive(random, true);
    return problem;
  }
  const auto intervals = intervals_from(random, thousandths(random, -8, 8), interval_count(random));
  problem.domain = text_of(intervals);
  problem.function = intervals.size() > 1 && integer_between(random, 0, 3) == 0
                         ? table(random, intervals)
                         : function_of(random, "x", intervals);
  if (weighted) problem.weight = positive(random, false);
  return problem;
}

RandomProblem wave_problem(Random& random) {
  constexpr int hundredths_wide[] = {2, 3, 5, 10, 40, 80};
  constexpr int hundredths_apart[] = {5, 20, 50, 100};
  const int frequency = 30 * integer_between(random, 2, 4);
  const std::string angle = std::to_string(frequency) + "*x";
  RandomProblem problem;
  problem.weight = "1";
  switch (integer_between(random, 0, 2)) {
    case 0: problem.function = "cos(" + angle + ")"; break;
    case 1: problem.function = "sin(" + angle + ")"; break;
    default: problem.function = "cos(" + angle + ")*(1+x/10)";
  }
  std::vector<Interval> intervals;
  Rational start = 0;
  Rational length = 0;
  for (int left = integer_between(random, 3, 8); left > 0; --left) {
    const Rational width = Rational(hundredths_wide[integer_between(random, 0, 5)]) / 100;
    intervals.push_back({start, start + width});
    length += width;
    start += width + Rational(hundredths_apart[integer_between(random, 0, 3)]) / 100;
  }
  const double extrema = to_double(length) * frequency / std::numbers::pi;
  problem.degree = std::max(4, static_cast<int>(extrema) + integer_between(random, -2, 9));
  problem.domain = text_of(intervals);
  return problem;
}

}  // namespace equiripple::test
