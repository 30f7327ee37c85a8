#include "generator/domain.hpp"

#include <doctest/doctest.h>

#include "tests/support/problems.hpp"

using namespace equiripple;

TEST_CASE("defects of domains") {
  CHECK(check({}).defect == DomainDefect::empty);
  CHECK(check({{1, 1}}).defect == DomainDefect::no_length);
  CHECK(check({{1, -1}}).defect == DomainDefect::reversed);
  CHECK(check({{0, 2}, {1, 3}}).defect == DomainDefect::overlapping);
  CHECK(check({{0, 2}, {1, 3}}).interval == 1);
  CHECK(check({{2, 3}, {0, 1}}).defect == DomainDefect::overlapping);
  CHECK(check({{0, power_of_two(401)}}).defect == DomainDefect::too_large);
  CHECK(check({{0, 1}, {1, 2}}).defect == DomainDefect::none);
}

TEST_CASE("symmetry is exact") {
  CHECK(is_symmetric(test::domain("[-1,-1/3] [1/3,1]")));
  CHECK_FALSE(is_symmetric(test::domain("[-1,-1/3] [1/3+2^-200,1]")));
}

TEST_CASE("stored domains contain the exact ones and are binary64") {
  const Domain exact = test::domain("[-1/3,-1/10] [1/10,pi]");
  const Domain stored = rounded_outward(exact);
  for (std::size_t i = 0; i < exact.size(); ++i) {
    CHECK(stored[i].lower <= exact[i].lower);
    CHECK(stored[i].upper >= exact[i].upper);
    CHECK(Rational(to_double(stored[i].lower)) == stored[i].lower);
    CHECK(Rational(to_double(stored[i].upper)) == stored[i].upper);
  }
}

TEST_CASE("a basis has a centre and a half width that binary64 holds") {
  for (const char* text : {"[0.1,1]", "[-pi,e]", "[1e-9,1e9]", "[-1/3,1/3]", "[1,2]"}) {
    CAPTURE(text);
    const Domain exact = test::domain(text);
    const Interval basis = basis_for(exact);
    CHECK(basis.lower <= exact.front().lower);
    CHECK(basis.upper >= exact.back().upper);
    for (const Rational& q : {basis.lower, basis.upper, Rational((basis.lower + basis.upper) / 2),
                              Rational((basis.upper - basis.lower) / 2)}) {
      CHECK(Rational(to_double(q)) == q);
    }
    CHECK(basis.upper - basis.lower <
          (exact.back().upper - exact.front().lower) * (1 + power_of_two(-30)));
  }
}

TEST_CASE("neighbours that touch share an end when they are rounded") {
  const Rational third(1, 3);
  const Domain domain = {{-1, -third}, {-third, third}, {third, 1}};
  const Domain rounded = rounded_outward(domain);
  REQUIRE(rounded.size() == 3);
  CHECK(check(rounded).defect == DomainDefect::none);
  CHECK(is_symmetric(rounded));
  CHECK(rounded[0].upper == rounded[1].lower);
  CHECK(rounded[1].upper == rounded[2].lower);
  // A neighbour narrower than the spacing of binary64 is swallowed.
  const Rational sliver = third + power_of_two(-80);
  const Domain narrow = rounded_outward({{0, third}, {third, sliver}, {sliver, 1}});
  CHECK(check(narrow).defect == DomainDefect::none);
  CHECK(narrow.front().lower == 0);
  CHECK(narrow.back().upper == 1);
}
