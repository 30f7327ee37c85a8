// Sums over slots as applications may bring them: with a mask, of another scale, of too few levels.
#include <doctest/doctest.h>

#include <cmath>
#include <equiripple/simulated.hpp>
#include <vector>

#include "layernorm_12.hpp"

using namespace equiripple;

namespace {

using Value = simulated::Ciphertext;

constexpr double scale = 0x1p+50;

std::vector<double> input() {
  std::vector<double> x(layernorm_12::length);
  for (std::size_t i = 0; i < x.size(); ++i) x[i] = 3 + std::sin(static_cast<double>(i * i));
  return x;
}

double largest_error(const std::vector<double>& y) {
  const std::vector<double> x = input();
  double mean = 0;
  double variance = 0;
  for (const double each : x) mean += each / layernorm_12::length;
  for (const double each : x) variance += (each - mean) * (each - mean) / layernorm_12::length;
  double largest = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    largest = std::fmax(largest, std::fabs(y[i] - (x[i] - mean) / std::sqrt(variance)));
  }
  return largest;
}

Value total_of(Value y) {
  double total = 0;
  for (const double value : y.values) total += value;
  for (double& value : y.values) value = total;
  return y;
}

// Times 1, as a mask is: a level, whose rescaling may be left.
Value masked(simulated& he, const Value& y, bool rescales) {
  const Value product = he.multiply_plain(y, he.encode(1, he.level(y), he.modulus_at(he.level(y))));
  if (!rescales) return product;
  Value result = he.rescale(product);
  he.set_scale(result, he.scale(y));
  return result;
}

}  // namespace

TEST_CASE("sums over slots that take a level each, rescaled or not") {
  for (const bool rescales : {true, false}) {
    CAPTURE(rescales);
    simulated he(layernorm_12::levels + 2, scale);
    const auto sum = [&](simulated&, const Value& y) { return total_of(masked(he, y, rescales)); };
    const auto y = layernorm_12::evaluate(he, he.encrypt(input(), scale), sum);
    CHECK(largest_error(y.values) <= layernorm_12::claim.bound());
    CHECK(he.level(y) == 0);
    CHECK(he.scale(y) == scale);
  }
}

TEST_CASE("a chain that lacks the levels of the masks is refused, with the numbers") {
  simulated he(layernorm_12::levels, scale);
  const auto sum = [&](simulated&, const Value& y) { return total_of(masked(he, y, true)); };
  CHECK_THROWS_AS(layernorm_12::evaluate(he, he.encrypt(input(), scale), sum), not_enough_levels);
}

// Taken for one of the scale of x it would be another function.
TEST_CASE("a sum of another scale is refused") {
  simulated he(layernorm_12::levels, scale);
  const auto sum = [&](simulated&, const Value& y) {
    Value total = total_of(y);
    he.set_scale(total, he.scale(y) * 2);
    return total;
  };
  CHECK_THROWS_WITH_AS(layernorm_12::evaluate(he, he.encrypt(input(), scale), sum),
                       doctest::Contains("this one has 2^51"), wrong_scale);
}
