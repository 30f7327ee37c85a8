// Published polynomials for sign, and the square root that they are.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <string>

#include "generator/sign/gap.hpp"
#include "generator/sign/published.hpp"
#include "tests/support/data.hpp"
#include "tests/support/problems.hpp"

using namespace equiripple;
using test::number;

namespace {

Rational at(const std::vector<Rational>& powers, const Rational& x) {
  Rational sum = 0;
  for (std::size_t k = powers.size(); k-- > 0;) sum = sum * x + powers[k];
  return sum;
}

std::vector<PublishedStage> stages(int g, int f, int order) {
  std::vector<PublishedStage> list(static_cast<std::size_t>(g), {PublishedFamily::g, order});
  list.insert(list.end(), static_cast<std::size_t>(f), {PublishedFamily::f, order});
  return list;
}

CompositeSign sign_of(const std::vector<PublishedStage>& list, const Rational& gap) {
  CompositeSign sign =
      composite_sign({.degrees = {}, .published = list, .gap = gap, .margin = default_margin(gap)});
  REQUIRE_MESSAGE(sign.status == CompositeStatus::complete, sign.detail);
  return sign;
}

ReluSign relu_of(const std::vector<PublishedStage>& list) {
  return composite_for_relu({.degrees = {}, .published = list, .gap = 0},
                            /*default_margins=*/true);
}

}  // namespace

TEST_CASE("f_n has the published coefficients, and its derivative vanishes n times at 1") {
  const auto published = test::data("cheon.json");
  for (const auto& [order, odd] : published["f_n"].items()) {
    const auto powers = powers_of({PublishedFamily::f, std::stoi(order)});
    REQUIRE(powers.size() == 2 * odd.size());
    for (std::size_t k = 0; k < odd.size(); ++k) {
      CHECK(powers[2 * k] == 0);
      CHECK(powers[2 * k + 1] == number(odd[k].get<std::string>()));
    }
  }
  for (const int order : {1, 8, highest_f_order}) {
    auto powers = powers_of({PublishedFamily::f, order});
    CHECK(at(powers, 1) == 1);
    for (int derivative = 1; derivative <= order + 1; ++derivative) {
      for (std::size_t k = 1; k < powers.size(); ++k) {
        powers[k - 1] = powers[k] * static_cast<long>(k);
      }
      powers.pop_back();
      CHECK((at(powers, 1) == 0) == (derivative <= order));
    }
  }
}

// [CKK20]: g_n maps [1/4, 1] into about [3/4, 1].
TEST_CASE("g_n is near what it is meant to be") {
  for (int order = 1; order <= highest_g_order; ++order) {
    const auto powers = powers_of({PublishedFamily::g, order});
    for (int i = 0; i <= 64; ++i) {
      const Rational y = at(powers, Rational(1, 4) + Rational(3 * i, 256));
      CHECK(y > Rational(49, 100));  // less than 3/4 for small n
      CHECK(y <= 1);
    }
    CHECK(powers[1] > powers_of({PublishedFamily::f, order})[1]);
  }
}

TEST_CASE("there is no f_0, f_32, g_0 or g_5") {
  CHECK_THROWS_AS(static_cast<void>(powers_of({PublishedFamily::f, 0})), std::invalid_argument);
  CHECK_THROWS_AS(static_cast<void>(powers_of({PublishedFamily::f, 32})), std::invalid_argument);
  CHECK_THROWS_AS(static_cast<void>(powers_of({PublishedFamily::g, 0})), std::invalid_argument);
  CHECK_THROWS_AS(static_cast<void>(powers_of({PublishedFamily::g, 5})), std::invalid_argument);
}

// [CKKLL19]'s iteration from a = x^2, b = x^2 - 1: a <- a (1 - b/2), b <- b^2 (b - 3) / 4.
TEST_CASE("x f_1(f_1(...)) is the square root iteration of x^2, exactly") {
  const auto f = powers_of({PublishedFamily::f, 1});
  for (const char* text : {"1/7", "1/2", "9/10"}) {
    const Rational x = number(text);
    Rational a = x * x;
    Rational b = a - 1;
    Rational p = x;
    for (int d = 0; d < 6; ++d) {
      CHECK(a == x * p);
      a = a * (1 - b / 2);
      b = b * b * (b - 3) / 4;
      p = at(f, p);
    }
  }
}

// Max is x + Sqrt(y^2; d), y = (a - b) / 2, with a and b in [0, 1): off by |y| |P(y) - 1|, which is
// twice what ReLU on [-1, 1] is off by, since the worst y is below 1/2.
TEST_CASE(
    "square-root max is off by what was measured, and by 2^-alpha with 2 alpha - 3 iterations") {
  const auto max = test::data("cheon.json")["max"];
  for (std::size_t i = 0; i < max["d"].size(); ++i) {
    const int d = max["d"][i];
    CAPTURE(d);
    const ReluSign relu = relu_of(stages(0, d, 1));
    REQUIRE_MESSAGE(relu.sign.status == CompositeStatus::complete, relu.sign.detail);
    CHECK(relu.error.evidence == Evidence::proved);
    constexpr int digits = 9;
    CHECK(test::encloses(relu.error, number(max["max_err"][i].get<std::string>()) / 2, digits));
    if (d % 2 == 1) CHECK(2 * relu.error.upper <= power_of_two(-(d + 3) / 2));
  }
}

TEST_CASE("what only values of the gap reach is no part of the error") {
  const auto value = [](const std::vector<Rational>& powers, double x) {
    double sum = 0;
    for (std::size_t k = powers.size(); k-- > 0;) sum = sum * x + to_double(powers[k]);
    return sum;
  };
  const auto g = powers_of({PublishedFamily::g, 3});
  const auto f = powers_of({PublishedFamily::f, 3});
  constexpr int points = 4000;
  const double gap = 4.0 / 43;
  double largest = 0;
  for (int i = 0; i <= points; ++i) {
    double x = gap + (1 - gap) * i / points;
    for (const auto* powers : {&g, &g, &g, &f, &f}) x = value(*powers, x);
    largest = std::max(largest, std::abs(1 - x));
  }
  const Rational error = sign_of(stages(3, 2, 3), Rational(4, 43)).error().upper;
  CHECK(error >= Rational(largest));
  constexpr double near = 1.01;  // the margin and the tightness of five proofs
  CHECK(error <= Rational(largest * near));
}

TEST_CASE("f and g reach 2^-alpha with the counts that were found by a grid, and not with fewer") {
  const auto published = test::data("cheon.json");
  for (const auto& [key, counts] : published["fewest"].items()) {
    CAPTURE(key);
    const int order = key[0] - '0';
    const int alpha = std::stoi(key.substr(2));
    const Rational gap = power_of_two(-alpha);
    const int f_only = counts["f_only"];
    CHECK(sign_of(stages(0, f_only, order), gap).error().upper <= gap);
    CHECK(sign_of(stages(0, f_only - 1, order), gap).error().attained > gap);
    for (const auto& pair : counts["dg_df"]) {
      const int g = pair[0];
      const int f = pair[1];
      CAPTURE(g);
      CHECK(sign_of(stages(g, f, order), gap).error().upper <= gap);
      CHECK(sign_of(stages(g - 1, f, order), gap).error().attained > gap);
      CHECK(sign_of(stages(g, f - 1, order), gap).error().attained > gap);
    }
  }
}
