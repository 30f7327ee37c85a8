// Classes that lack powers of x: laws of substitution, and values of others: Sollya 8 `remez` with
// explicit monomials, and an exchange with a linear solve in mpmath (60 digits).
#include "generator/constraint/absent_powers.hpp"

#include <doctest/doctest.h>

#include "generator/constraint/rounding.hpp"
#include "generator/proof/certify.hpp"
#include "generator/rounding/form.hpp"
#include "tests/support/problems.hpp"

using namespace equiripple;
using test::number;

namespace {

// As a request poses it; of no parity unless it is given.
MinimaxRequest of_powers(const std::string& function, const std::string& domain,
                         const std::vector<int>& powers, Parity parity = Parity::none) {
  MinimaxRequest request = test::problem(function, domain, powers.back(), parity);
  request.conditions.absent = absent_from(powers, parity);
  if (powers.front() > 0) {
    request.conditions.through = {
        {.at = 0, .values = std::vector<Rational>(static_cast<std::size_t>(powers.front()))}};
  }
  return request;
}

MinimaxResult solved(const MinimaxRequest& request) {
  MinimaxResult result = minimax(request);
  REQUIRE_MESSAGE(result.usable(), result.detail);
  for (const Rational& left : deviations(result.polynomial, request.conditions, request.degree)) {
    CHECK(left == 0);
  }
  return result;
}

Certificate proved(const MinimaxRequest& request) {
  const MinimaxResult result = solved(request);
  Certificate proof = certify(request, result.polynomial, result);
  REQUIRE_MESSAGE(proof.holds, proof.detail);
  CHECK(proof.error.lower <= proof.error.attained);
  CHECK(proof.error.lower >= proof.error.upper * (1 - power_of_two(-9)));
  return proof;
}

}  // namespace

TEST_CASE("powers with uneven gaps, as others solve them") {
  struct Case {
    const char* function;
    const char* domain;
    std::vector<int> powers;
    const char* error;
    Parity parity = Parity::none;
  };
  const Case cases[] = {
      {"exp(x)", "[0,1]", {0, 3, 7}, "0.151071443263954023514349604756288334134"},         // both
      {"exp(x)", "[1,2]", {1, 2, 5}, "0.020219665758769163382602322986374347579"},         // Sollya
      {"exp(x)", "[-1,1]", {0, 3, 8}, "0.35832524743606310622713133603762123980"},         // Sollya
      {"exp(x)-1", "[-1,1]", {1, 2, 5}, "0.012330793814571207805180763769009590"},         // Sollya
      {"exp(x)", "[0,1]", {0, 1, 2, 40}, "0.0067341290156988647179599240806018"},          // both
      {"exp(x)-1", "[0,1]", {1, 2, 5}, "0.0016699708540519894134795111631022"},            // mpmath
      {"log(x)", "[1,3]", {0, 1, 5, 9}, "0.015019928155272572176262487324103"},            // mpmath
      {"log(-x)", "[-3,-1]", {0, 1, 5, 9}, "0.015019928155272572176262487324103"},         // mpmath
      {"cos(x)", "[-1,1]", {0, 4, 6}, "0.0277775251094042264750099943140", Parity::even},  // both
      {"sin(x)", "[-pi/2,pi/2]", {1, 5, 7}, "0.011534008218598633728861163197", Parity::odd},
      {"sin(x)", "[0,pi/2]", {1, 5, 7}, "0.011534008218598633728861163197", Parity::odd},
  };
  for (const Case& one : cases) {
    CAPTURE(one.function);
    CAPTURE(one.domain);
    const Certificate proof = proved(of_powers(one.function, one.domain, one.powers, one.parity));
    CHECK(test::encloses(proof.error, number(one.error), 12));
  }
}

// t = x^3 maps [-1, 1] onto itself: the powers 0, 3, 6, 9 of a function of x^3 are all powers of t.
TEST_CASE("a substitution that fills the gaps") {
  for (const char* domain : {"[-1,1]", "[0,1]", "[1/2,1]"}) {
    for (const int degree : {1, 2, 3, 6}) {
      CAPTURE(domain);
      CAPTURE(degree);
      std::vector<int> powers;
      for (int k = 0; k <= degree; ++k) powers.push_back(3 * k);
      const Certificate gaps = proved(of_powers("exp(x^3)", domain, powers));
      const char* cubes = std::string(domain) == "[1/2,1]" ? "[1/8,1]" : domain;
      const MinimaxResult whole = test::solve("exp(x)", cubes, degree);
      CHECK(gaps.error.lower <= whole.error.upper);
      CHECK(whole.error.lower <= gaps.error.upper);
      CHECK(gaps.error.lower >= whole.error.lower * (1 - power_of_two(-34)));
    }
  }
}

TEST_CASE("a leading coefficient is taken from the function") {
  MinimaxRequest given = of_powers("exp(x)", "[0,1]", {0, 3, 7});
  given.conditions.leading = Rational(1, 1000);
  const Certificate proof = proved(given);
  CHECK(test::encloses(proof.error, number("0.225641184697760510110985133184787989650"), 12));
}

TEST_CASE("a function of the class is the answer") {
  const MinimaxResult exact = solved(of_powers("x^7/3 - 2*x^3 + 1", "[0,2]", {0, 3, 7}));
  CHECK(exact.status == MinimaxStatus::exact);
  const MinimaxResult other = solved(of_powers("x^7/3 - 2*x^2 + 1", "[0,2]", {0, 3, 7}));
  CHECK(other.status == MinimaxStatus::converged);
}

TEST_CASE("coefficients in binary64 without the absent powers") {
  for (const auto& powers : {std::vector{0, 3, 7}, std::vector{1, 2, 5}, std::vector{2, 3, 11}}) {
    const MinimaxRequest request = of_powers("exp(x)", "[1/2,3/2]", powers);
    const MinimaxResult result = solved(request);
    const auto kept = exactly_without(result.polynomial, request.conditions, request.degree, {});
    REQUIRE(kept.has_value());
    CHECK(rounded(*kept, 53).coefficients == kept->coefficients);
    for (const Rational& left : deviations(*kept, request.conditions, request.degree)) {
      CHECK(left == 0);
    }
    CHECK(agree_to(*kept, result.polynomial, -40));
    // One by one they are not: or the case tells nothing.
    Rational most = 0;
    const auto one_by_one = rounded(result.polynomial, 53);
    for (const Rational& left : deviations(one_by_one, request.conditions, request.degree)) {
      most = std::max(most, Rational(abs(left)));
    }
    CHECK(most > 0);
  }
}

TEST_CASE("where powers are a Haar space") {
  const auto is_haar = [](const std::vector<int>& powers, const char* domain) {
    return !doubtful_neighbours(powers, test::domain(domain)).has_value();
  };
  for (const char* domain : {"[0,1]", "[1,2]", "[-2,-1]", "[-1,0]"}) {
    CHECK(is_haar({0, 3, 7}, domain));
    CHECK(is_haar({1, 3}, domain));
  }
  CHECK(is_haar({0, 3, 8}, "[-1,2]"));
  CHECK(is_haar({2, 3, 8, 9}, "[-1,2]"));
  CHECK_FALSE(is_haar({0, 2}, "[-1,2]"));  // x^2 - 1/4: two zeros, two powers
  CHECK_FALSE(is_haar({0, 3, 7}, "[-2,-1] [1,2]"));
}
