// Parsing for tests: what fails here is a broken test.
#include "tests/support/problems.hpp"

#include <doctest/doctest.h>

#include "generator/function/parse.hpp"
#include "generator/function/smoothness.hpp"
#include "generator/sign/composite.hpp"

namespace equiripple::test {

Expression function(const std::string& text) {
  auto parsed = parse_function(text);
  REQUIRE_MESSAGE(parsed.has_value(), text << ": " << parsed.error().why);
  return *parsed;
}

Rational number(const std::string& text) {
  const auto parsed = parse_number(text);
  REQUIRE_MESSAGE(parsed.has_value(), text << ": " << parsed.error().why);
  return *parsed;
}

Domain domain(const std::string& text) {
  Domain intervals;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t comma = text.find(',', begin);
    const std::size_t end = text.find(']', begin);
    intervals.push_back({number(text.substr(begin + 1, comma - begin - 1)),
                         number(text.substr(comma + 1, end - comma - 1))});
    begin = end + 2;
  }
  return intervals;
}

MinimaxRequest problem(const std::string& text, const std::string& domain_text, int degree,
                       Parity parity) {
  MinimaxRequest request{
      .target = function(text), .domain = domain(domain_text), .degree = degree, .parity = parity};
  const SmoothnessReport smoothness = check_smoothness(request.target, request.domain);
  REQUIRE(smoothness.defect == FunctionDefect::none);
  request.kinks = smoothness.kinks;
  return request;
}

MinimaxRequest problem(const std::string& text, const std::string& domain_text, int degree) {
  const bool symmetric = is_symmetric(domain(domain_text));
  return problem(text, domain_text, degree, symmetric ? parity_of(function(text)) : Parity::none);
}

MinimaxResult solve(const std::string& text, const std::string& domain_text, int degree) {
  MinimaxResult result = minimax(problem(text, domain_text, degree));
  REQUIRE_MESSAGE(result.usable(), text << " on " << domain_text << ": " << result.detail);
  return result;
}

std::vector<ChebyshevSeries> sign_stages(const std::vector<int>& degrees, const Rational& gap) {
  const CompositeSign sign =
      composite_sign({.degrees = degrees, .gap = gap, .evidence = Evidence::measured});
  REQUIRE_MESSAGE(sign.status == CompositeStatus::complete, sign.detail);
  return polynomials_of(sign);
}

bool encloses(const ErrorEnclosure& error, const Rational& value, int digits) {
  // The value is known to half a unit of its last digit.
  Rational slack = abs(value);
  for (int i = 0; i < digits; ++i) slack /= 10;
  return error.lower <= value + slack && value - slack <= error.upper;
}

double relative_difference(const Rational& a, const Rational& b) {
  return to_double(abs(a - b) / abs(b));
}

}  // namespace equiripple::test
