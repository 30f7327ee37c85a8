// The counts of the asymmetric baby-step giant-step are those of running it on numbers.
#include "emit/plan/peer_asymmetric.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>

#include "emit/plan/series.hpp"
#include "tests/support/near.hpp"
#include "tests/support/random.hpp"

using namespace equiripple;

namespace {

struct Counts {
  int key_switches = 0;
  int tensor_products = 0;
  int rescalings = 0;
  int scalar_products = 0;
  int components = 0;
};

// A ciphertext as far as it matters: what it holds, and what its form allows.
struct Held {
  double value = 0;
  int components = 2;
  int scale = 1;  // a power of the one scale
  int depth = 0;
};

class Machine {
 public:
  Counts counts;

  Held multiply(const Held& a, const Held& b) {
    ++counts.tensor_products;
    const Held product{.value = a.value * b.value,
                       .components = a.components + b.components - 1,
                       .scale = a.scale + b.scale,
                       .depth = std::max(a.depth, b.depth)};
    counts.components = std::max(counts.components, product.components);
    return product;
  }
  // The coefficient may be encoded with as many scales as are asked for.
  Held multiply(const Held& a, double coefficient, int scales) {
    ++counts.scalar_products;
    return {a.value * coefficient, a.components, a.scale + scales, a.depth};
  }
  Held add(const Held& a, const Held& b) {
    REQUIRE(a.scale == b.scale);
    return {a.value + b.value, std::max(a.components, b.components), a.scale,
            std::max(a.depth, b.depth)};
  }
  Held rescale(Held a) {
    REQUIRE(a.scale > 1);
    ++counts.rescalings;
    --a.scale;
    ++a.depth;
    return a;
  }
  Held relinearise(Held a) {
    counts.key_switches += a.components - 2;
    a.components = 2;
    return a;
  }
};

using Sum = std::optional<Held>;

// [Wan25], as its text has it, of a series in T_1 = x; `c` may be divided on the way.
class Run {
 public:
  Run(Machine& machine, std::vector<double> c, std::vector<int> digits, bool odd, const Held& x)
      : machine_(machine), c_(std::move(c)), digits_(std::move(digits)), odd_(odd) {
    powers_[1] = x;
    int unit = 1;
    for (const int digit : digits_) {
      for (int i = 1; i < 1 << digit; ++i) depth_ = std::max(depth_, depth_of(i * unit));
      unit <<= digit;
    }
    depth_ += x.depth;
  }
  double largest_coefficient = 0;
  int kept() const {
    int sum = 2 * blocks_ - 2;
    for (const auto& [degree, value] : products_) sum += value.components;
    return sum;
  }

  Held result() {
    int width = 1;
    for (const int digit : digits_) width <<= digit;
    blocks_ = static_cast<int>(c_.size() - 1) / width + 1;
    Sum sum;
    for (int j = blocks_ - 1; j >= 0; --j) {
      const auto block = taken(c_, j, width);
      if (j > 0 && block.size() == 1) {  // the top one alone
        sum = machine_.multiply(power(j * width), block[0], 1);
        continue;
      }
      Held value = inner(block, factors_of(block) + 1);
      while (value.scale > (j > 0 ? 1 : 2)) value = machine_.rescale(value);
      if (j > 0) value = machine_.multiply(value, power(j * width));
      sum = sum ? machine_.add(*sum, value) : value;
    }
    return machine_.rescale(machine_.relinearise(*sum));
  }

 private:
  static int depth_of(int k) {
    int depth = 0;
    while (1 << depth < k) ++depth;
    return depth;
  }

  // The block of T_{j width}: T_{jw + r} = 2 T_{jw} T_r - T_{jw - r}.
  static std::vector<double> taken(std::vector<double>& c, int j, int width) {
    const int first = j * width;
    std::vector<double> block(c.begin() + first, c.end());
    for (std::size_t r = block.size() - 1; j > 0 && r > 0; --r) {
      c[static_cast<std::size_t>(first) - r] -= block[r];
      block[r] *= 2;
    }
    c.resize(static_cast<std::size_t>(first));
    return block;
  }

  // As many as the most factors of a product with a coefficient.
  int factors_of(const std::vector<double>& block) const {
    int most = 0;
    for (std::size_t degree = 0; degree < block.size(); ++degree) {
      int factors = 0;
      std::size_t rest = degree;
      for (const int digit : digits_) {
        if (rest % (std::size_t{1} << digit) != 0) ++factors;
        rest >>= digit;
      }
      if (is_there(degree)) most = std::max(most, factors);
    }
    return most;
  }
  bool is_there(std::size_t degree) const { return !odd_ || degree % 2 == 1; }

  // The product of one power of each digit of the degree, made once.
  Held product(int degree, std::size_t from, std::size_t to) {
    const auto made = products_.find(degree);
    if (made != products_.end()) return made->second;
    int unit = 1;
    for (std::size_t k = 0; k < from; ++k) unit <<= digits_[k];
    Sum value;
    int so_far = 0;
    for (std::size_t k = from; k < to; unit <<= digits_[k++]) {
      const int digit = degree / unit % (1 << digits_[k]);
      if (digit == 0) continue;
      so_far += digit * unit;
      const auto known = products_.find(so_far);
      if (known != products_.end()) {
        value = known->second;
        continue;
      }
      Held factor = power(digit * unit);
      factor.depth = depth_;  // all sets are brought to one level
      value = value ? machine_.multiply(*value, factor) : factor;
      products_.emplace(so_far, *value);
    }
    return *value;
  }

  // The inner baby-step giant-step, at the scale that is asked for.
  Held inner(const std::vector<double>& block, int scale) {
    const auto c = digitwise(block, digits_.size());
    for (const double each : c) largest_coefficient = std::max(largest_coefficient, std::abs(each));
    const std::size_t half = (digits_.size() + 1) / 2;
    std::size_t width = 1;
    for (std::size_t k = 0; k < half; ++k) width <<= digits_[k];
    Sum sum;
    for (std::size_t first = 0; first < c.size(); first += width) {
      Sum upper;
      if (first > 0) upper = product(static_cast<int>(first), half, digits_.size());
      const int wanted = scale - (upper ? upper->scale : 0);
      Sum lower;
      for (std::size_t i = 1; i < width && first + i < c.size(); ++i) {
        if (!is_there(i)) continue;
        const Held value = product(static_cast<int>(i), 0, half);
        const Held term = machine_.multiply(value, c[first + i], wanted - value.scale);
        lower = lower ? machine_.add(*lower, term) : term;
      }
      if (lower && !odd_) lower->value += c[first];
      Sum term = lower;
      if (upper && lower) term = machine_.multiply(*lower, *upper);
      if (upper && !lower && !odd_) term = machine_.multiply(*upper, c[first], wanted);
      if (term) sum = sum ? machine_.add(*sum, *term) : *term;
    }
    return *sum;
  }

  // Coefficients of T_e as those of the products of the lowest `count` digits.
  std::vector<double> digitwise(std::vector<double> c, std::size_t count) const {
    if (count <= 1) return c;
    std::size_t width = 1;
    for (std::size_t k = 0; k + 1 < count; ++k) width <<= digits_[k];
    std::vector<double> all(c.size());
    for (std::size_t j = (c.size() - 1) / width + 1; j-- > 0;) {
      const auto part =
          digitwise(taken(c, static_cast<int>(j), static_cast<int>(width)), count - 1);
      std::ranges::copy(part, all.begin() + static_cast<long>(j * width));
    }
    return all;
  }

  // T_k with as few levels as there are.
  Held power(int k) {
    const auto made = powers_.find(k);
    if (made != powers_.end()) return made->second;
    int a = 1;
    while (2 * a < k) a *= 2;
    const int b = k - a;
    const Held product =
        machine_.rescale(machine_.relinearise(machine_.multiply(power(a), power(b))));
    Held value = product;
    value.value = 2 * product.value - (a == b ? 1 : power(a - b).value);
    powers_.emplace(k, value);
    return value;
  }

  Machine& machine_;
  std::vector<double> c_;
  std::vector<int> digits_;
  int depth_ = 0;
  int blocks_ = 0;
  std::map<int, Held> powers_;
  std::map<int, Held> products_;
  bool odd_;
};

double clenshaw(const std::vector<double>& c, double x) {
  double above = 0;
  double here = 0;
  for (std::size_t k = c.size(); k-- > 0;) {
    const double next = c[k] + (k > 0 ? 2 : 1) * x * here - above;
    above = here;
    here = next;
  }
  return here;
}

// Checks value and counts; the largest coefficient of a product.
double check_run(std::vector<double> c, Parity parity, const AsymmetricCosts& costs, double x) {
  Machine machine;
  const double wanted = clenshaw(c, x);
  Held variable{.value = x};
  if (parity == Parity::even) {
    variable = machine.rescale(machine.relinearise(machine.multiply(variable, variable)));
    variable.value = 2 * x * x - 1;
    for (std::size_t k = 0; 2 * k < c.size(); ++k) c[k] = c[2 * k];
    c.resize(c.size() / 2 + 1);
  }
  Run run(machine, c, costs.digits, parity == Parity::odd, variable);
  const Held result = run.result();
  const Counts& counts = machine.counts;
  CHECK(result.components == 2);
  CHECK(result.scale == 1);
  CHECK(result.depth == costs.levels);
  CHECK(counts.key_switches == costs.key_switches);
  CHECK(counts.tensor_products == costs.tensor_products);
  CHECK(counts.rescalings == costs.rescalings);
  CHECK(counts.scalar_products == costs.scalar_products);
  CHECK(counts.components == costs.components);
  CHECK(run.kept() == costs.kept);
  CHECK(result.value == test::near(wanted, 1e-9));
  return run.largest_coefficient;
}

}  // namespace

TEST_CASE("the asymmetric counts are those of running it, whatever the degree, class and digits") {
  test::Random random(test::seed());
  CAPTURE(test::seed());
  int runs = 0;
  for (int i = 0; i < 150 * test::effort(); ++i) {
    const int degree = test::integer_between(random, 2, 300);
    const bool same = degree % 2 == 0;
    const Parity parity = test::integer_between(random, 0, 1) == 0 ? Parity::none
                          : same                                   ? Parity::even
                                                                   : Parity::odd;
    std::vector<int> digits;
    for (int k = test::integer_between(random, 1, 5); k > 0; --k) {
      digits.push_back(test::integer_between(random, 1, 3));
    }
    const auto costs = asymmetric_costs(degree, parity, digits);
    if (!costs) continue;
    CAPTURE(degree);
    CAPTURE(digits.size());
    std::vector<double> c(static_cast<std::size_t>(degree) + 1);
    for (std::size_t k = 0; k < c.size(); ++k) {
      const bool is_there = parity == Parity::none || (k % 2 == 1) == (parity == Parity::odd);
      if (is_there) c[k] = test::real_between(random, 0.5, 1);
    }
    check_run(c, parity, *costs, test::real_between(random, -1, 1));
    ++runs;
  }
  CHECK(runs >= 80);
}

// [Wan25] on degree 32 with t = 2: {x, x^2, x^3}, {x^4, x^8, x^12}, {x^16, x^32}.
TEST_CASE("the published example") {
  const auto costs = asymmetric_costs(32, Parity::none, {2, 2});
  REQUIRE(costs.has_value());
  CHECK(costs->key_switches == 7 + 2);  // the powers but x; the keys of s^2 and s^3
  CHECK(costs->components == 4);
  // As published ceil(log2(32)) + 1, where a scalar product takes no scale.
  CHECK(costs->levels == 5 + 1 + 1);
}

// T_2, and (c_0 + c_1 T_1) + (c_2 + 2 c_3 T_1) T_2 - c_3 T_1, with 3 primes and 2.
TEST_CASE("the transforms of a cubic by hand") {
  const auto costs = asymmetric_costs(3, Parity::none, {1});
  REQUIRE(costs.has_value());
  const double square = 1.2 + 12 + 6 + 2 * 0.3;
  const double blocks = 2 * (0.6 + 0.3) + 6;  // c T_1 + c, one of them rescaled
  const double sum = 0.8 + 1.5 * 0.2 + 6 + 4;
  CHECK(costs->transforms == doctest::Approx(square + blocks + sum));
}

TEST_CASE(
    "the asymmetric digits with the fewest levels are taken, of those the fewest key switches") {
  const auto best = asymmetric_costs(1023, Parity::none, 4);
  REQUIRE(best.has_value());
  CHECK(best->levels == 11);
  for (const auto& digits : {std::vector{2, 2, 2, 1}, {1, 2, 2, 2}, {2, 2, 2, 2}, {1, 1, 1, 1}}) {
    const auto other = asymmetric_costs(1023, Parity::none, digits);
    REQUIRE(other.has_value());
    CHECK(std::pair(best->levels, best->key_switches) <=
          std::pair(other->levels, other->key_switches));
  }
}

TEST_CASE("what has no asymmetric form is empty") {
  CHECK_FALSE(asymmetric_costs(15, Parity::none, {2, 2}).has_value());
  CHECK(asymmetric_costs(16, Parity::none, {2, 2}).has_value());
  CHECK_FALSE(asymmetric_costs(16, Parity::even, {2, 2}).has_value());
  CHECK_FALSE(asymmetric_costs(16, Parity::odd, {2}).has_value());
  CHECK_FALSE(asymmetric_costs(16, Parity::none, std::vector<int>{}).has_value());
  CHECK_FALSE(asymmetric_costs(16, Parity::none, {2, 0}).has_value());
  CHECK_FALSE(asymmetric_costs(16, Parity::none, 0).has_value());
  CHECK_FALSE(asymmetric_costs(0, Parity::none, 1).has_value());
}
