#include "generator/function/smoothness.hpp"
#include "tests/support/near.hpp"

#include <doctest/doctest.h>

#include <cmath>
#include <numbers>

#include "tests/support/problems.hpp"

using namespace equiripple;

namespace {

SmoothnessReport look(const char* function, const char* domain) {
  return check_smoothness(test::function(function), test::domain(domain));
}

}  // namespace

TEST_CASE("what is not finite or not continuous is found, with its place") {
  struct Case {
    const char* function;
    const char* domain;
    FunctionDefect defect;
    double point;
  };
  const Case cases[] = {
      {"1/x", "[-1,1]", FunctionDefect::pole, 0},
      {"1/x", "[0,1]", FunctionDefect::pole, 0},
      {"1/(x - 1/3)", "[-1,1]", FunctionDefect::pole, 1.0 / 3},
      {"1/(x^2 - 2)", "[1,2]", FunctionDefect::pole, 1.4142135623730951},
      {"x^-2", "[-1,1]", FunctionDefect::pole, 0},
      {"tan(x)", "[1,2]", FunctionDefect::pole, 1.5707963267948966},
      {"rsqrt(x)", "[0,1]", FunctionDefect::pole, 0},
      {"log(x)", "[0,1]", FunctionDefect::outside_log, 0},
      {"sign(x)", "[-1,1]", FunctionDefect::jump, 0},
      {"sign(x - 1/2)", "[0,1]", FunctionDefect::jump, 0.5},
      {"abs(1/x)", "[-1,1]", FunctionDefect::pole, 0},
      {"1/(1/2 + floor(x))", "[1/2,2]", FunctionDefect::jump, 1},
      {"mod(x, 1)", "[1/2,3/2]", FunctionDefect::jump, 1},
      {"mod(x, 1)", "[0,1]", FunctionDefect::jump, 1},
      {"mod(x, pi)", "[1,4]", FunctionDefect::jump, 3.141592653589793},
      {"floor(1 - x^2)", "[-1/2,1/2]", FunctionDefect::jump, 0},
      {"if(x < 1/2, 1, 2)", "[0,1]", FunctionDefect::jump, 0.5},
      {"if(x^2 >= 2, x, 2*x)", "[0,2]", FunctionDefect::jump, 1.4142135623730951},
      {"if(x < 1/4, 1, 2)*abs(x - 1/2)", "[0,1]", FunctionDefect::jump, 0.25},
      {"if(x <= 0, 1, 2)", "[0,1]", FunctionDefect::jump, 0},
      {"if(x < 0, 1, 2)", "[-1,0]", FunctionDefect::jump, 0},
      {"1/if(x < 0, -1, 1)", "[-1,1]", FunctionDefect::jump, 0},
      {"if(x < 1/2, 1/(x - 1/4), 4)", "[0,1]", FunctionDefect::pole, 0.25},
      {"if(x > 0, log(x), 0)", "[-1,2]", FunctionDefect::outside_log, 0},
      {"if(x > 0, 1/x, 0)", "[-1,1]", FunctionDefect::pole, 0},
      {"round(x)", "[0,1]", FunctionDefect::jump, 0.5},
      {"round(x)", "[-1,-1/4]", FunctionDefect::jump, -0.5},
      {"ceil(x)", "[1/2,3/2]", FunctionDefect::jump, 1},
      {"heaviside(x)", "[-1,1]", FunctionDefect::jump, 0},
      {"heaviside(x - 1/3)", "[0,1]", FunctionDefect::jump, 1.0 / 3},
      {"erfinv(x)", "[0,1]", FunctionDefect::outside_erfinv, 1},
      {"erfinv(2*x)", "[-1/4,1/2]", FunctionDefect::outside_erfinv, 0.5},
      {"log2(x)", "[0,1]", FunctionDefect::outside_log, 0},
      {"mod(x, 2^-40)", "[0,1]", FunctionDefect::jump, 0x1p-40},
  };
  for (const Case& one : cases) {
    CAPTURE(one.function);
    const auto report = look(one.function, one.domain);
    CHECK(report.defect == one.defect);
    CHECK(to_double(report.point) == test::near(one.point, 1e-5));
  }
  CHECK(look("log(x)", "[-1,1]").defect == FunctionDefect::outside_log);
  CHECK(look("erfinv(x)", "[-2,2]").defect == FunctionDefect::outside_erfinv);
  CHECK(look("asin(x)", "[0,2]").defect == FunctionDefect::outside_root);
  CHECK(look("sqrt(x)", "[-1,1]").defect == FunctionDefect::outside_root);
  CHECK(look("sqrt(x - 1/2)", "[0,1]").defect == FunctionDefect::outside_root);
  CHECK(look("x^(1/3)", "[-1,1]").defect == FunctionDefect::outside_power);
  CHECK(look("if(x < 0, sqrt(x), 1)", "[-1,1]").defect == FunctionDefect::outside_root);
  CHECK(look("if(log(x) < 0, 1, 2)", "[-1,1]").defect == FunctionDefect::outside_log);
  CHECK(look("if(sqrt(2)^2 < 2, x, -x)", "[1,2]").defect == FunctionDefect::jump);  // untold
}

TEST_CASE("a jump at an end is none on the side that has its value") {
  for (const auto& [function, domain] :
       {std::pair("round(x)", "[1/2,1.4]"), std::pair("round(x)", "[-1.4,-1/2]"),
        std::pair("heaviside(x)", "[0,1]"), std::pair("ceil(x)", "[0.1,1]")}) {
    CAPTURE(function);
    CHECK(look(function, domain).defect == FunctionDefect::none);
  }
  CHECK(look("round(x)", "[0,1/2]").defect == FunctionDefect::jump);
  CHECK(look("heaviside(x)", "[-1,0]").defect == FunctionDefect::jump);
}

TEST_CASE("sound functions pass, also where intervals are wide or singularities near") {
  for (const char* function :
       {"exp(x)", "sigmoid(x)", "gelu(x)", "softplus(8*x)", "1/(2 + sin(x))", "1/(x^2 + 2^-60)",
        "log(1 + exp(x))", "sqrt(1 + x^2)", "sin(1000*x)", "tanh(x)^7", "erf(x)/exp(x)"}) {
    CAPTURE(function);
    const auto report = look(function, "[-1,1]");
    CHECK(report.defect == FunctionDefect::none);
    CHECK(report.kinks.empty());
  }
  CHECK(look("1/x", "[2^-40,1]").defect == FunctionDefect::none);
  CHECK(look("sign(x)", "[-1,-2^-30] [2^-30,1]").defect == FunctionDefect::none);
  CHECK(look("sqrt(x)", "[0,1]").defect == FunctionDefect::none);
  CHECK(look("log(x)", "[2^-20,1]").defect == FunctionDefect::none);
}

TEST_CASE("kinks are located") {
  CHECK(look("abs(x)", "[-1,1]").kinks == std::vector<Rational>{0});
  const auto two = look("max(x, 1/3) + abs(x + 1/2)", "[-1,1]").kinks;
  REQUIRE(two.size() == 2);
  CHECK(to_double(two[0]) == doctest::Approx(-0.5));
  CHECK(abs(two[1] - Rational(1, 3)) < power_of_two(-130));
  const auto root = look("abs(x^2 - 2)", "[0,2]").kinks;
  REQUIRE(root.size() == 1);
  CHECK(abs(root[0] * root[0] - 2) < power_of_two(-120));
}

TEST_CASE("hundreds of kinks are located") {
  const auto kinks = look("abs(sin(x^2))", "[-3,44]").kinks;  // where x^2 is a multiple of pi
  constexpr int right_of_0 = 616, left_of_0 = 2;              // floor(44^2 / pi), floor(3^2 / pi)
  REQUIRE(kinks.size() == left_of_0 + 1 + right_of_0);
  for (std::size_t i = 0; i < kinks.size(); ++i) {
    const double k = static_cast<double>(i) - left_of_0;
    const double root = std::copysign(std::sqrt(std::abs(k) * std::numbers::pi), k);
    CHECK(to_double(kinks[i]) == test::near(root, 1e-14));
  }
}

TEST_CASE("a jump that cancels is a kink") {
  CHECK(look("x*sign(x)", "[-1,1]").kinks == std::vector<Rational>{0});
  CHECK(look("sqrt(x*sign(x))", "[-1,1]").defect == FunctionDefect::none);
  const auto third = look("2 + sign(x - 1/3)*(x - 1/3)", "[0,1]");
  CHECK(third.defect == FunctionDefect::none);
  REQUIRE(third.kinks.size() == 1);
  CHECK(abs(third.kinks[0] - Rational(1, 3)) < power_of_two(-130));
  CHECK(look("x*sign(x) + 2^-100*sign(x)", "[-1,1]").defect == FunctionDefect::jump);
  CHECK(look("sign(x)^2", "[-1,1]").defect == FunctionDefect::jump);  // 0 at 0
  CHECK(look("sign(x)", "[0,1]").defect == FunctionDefect::jump);
  CHECK(look("sign(x - 1/3)", "[0,1]").defect == FunctionDefect::jump);
}

TEST_CASE("floor is continuous up to its integers, and from the right at them") {
  CHECK(look("mod(x, 1)", "[0,9/10] [1,19/10] [2,5/2]").defect == FunctionDefect::none);
  CHECK(look("floor(x)", "[-9/10,-1/10] [1/10,9/10]").kinks.empty());
  CHECK(look("mod(x, 1/10)", "[3/10,39/100]").defect == FunctionDefect::none);
  CHECK(look("floor(x^2)", "[-1/2,1/2]").defect == FunctionDefect::none);
  CHECK(look("floor(3*sin(50*x)/4)^2 - floor(3*sin(50*x)/4)^2", "[0,1]").defect ==
        FunctionDefect::none);
  // A triangle: its jumps cancel.
  const std::vector<Rational> corners{-1, 0, 1, 2};
  CHECK(look("abs(mod(x, 2) - 1)", "[-3/2,5/2]").kinks == corners);
}

TEST_CASE("branches that meet make a kink, and what is not selected is not asked") {
  const auto only = [](const char* function, const char* domain) {
    const auto report = look(function, domain);
    CAPTURE(function);
    REQUIRE(report.defect == FunctionDefect::none);
    REQUIRE(report.kinks.size() == 1);
    return report.kinks[0];
  };
  CHECK(only("if(x < 0, x/10, x)", "[-1,2]") == 0);
  CHECK(only("if(x < 0, exp(x), 1/(1 + x))", "[-2,2]") == 0);
  CHECK(only("if(x < 1/3, 0, sqrt(x - 1/3))", "[0,1]") == Rational(1, 3));
  CHECK(only("if(x <= 0, 0, x*log(x))", "[-1,1]") == 0);
  CHECK(only("if(abs(x) <= 0, 1, sin(x)/x)", "[-1,1]") == 0);
  CHECK(only("if(x < 0, 0, x^(1/10))", "[-1,1]") == 0);
  const Rational root = only("if(x^2 < 2, 0, (x^2 - 2)^(1/3))", "[0,2]");
  CHECK(abs(root * root - 2) < power_of_two(-120));
  CHECK(look("if(x < -1, -1, if(x > 1, 1, x))", "[-3,3]").kinks == std::vector<Rational>{-1, 1});
  for (const char* domain : {"[1,2]", "[-2,-1] [1/8,1]", "[-2,-2^-30] [2^-30,1]"}) {
    const auto report = look("if(x < 0, 1, log(x))", domain);
    CHECK(report.defect == FunctionDefect::none);
    CHECK(report.kinks.empty());
  }
  CHECK(look("if(x < 3, 1/(5 - x), sqrt(x - 3))", "[0,2] [4,9]").kinks.empty());
  CHECK(look("if(x < 0, sqrt(-x), if(x < 1, log(x + 1), tan(x)))", "[-4,-1] [1/4,1/2] [2,3]")
            .defect == FunctionDefect::none);
  CHECK(look("if(x <= 0, 1, 2)", "[-1,0] [1,2]").defect == FunctionDefect::none);
}

TEST_CASE("powers that touch 0 are finite") {
  CHECK(look("1/(1 + x^(1/3))", "[0,1]").kinks == std::vector<Rational>{0});
  const auto kinks = look("abs(x^(3/2) - 1/8)", "[0,1]").kinks;
  REQUIRE(kinks.size() == 2);
  CHECK(kinks[1] == Rational(1, 4));
  CHECK(look("1/x^(1/3)", "[0,1]").defect == FunctionDefect::pole);
  CHECK(look("x^x", "[0,1]").defect == FunctionDefect::pole);
}
