// Steps that join pieces: told by their form, and equal to the sum that they stand for.
#include "generator/steps/joined.hpp"

#include <doctest/doctest.h>

#include <stdexcept>

using namespace equiripple;

TEST_CASE("steps that join pieces are told by their form, and others are not") {
  for (const JoinedForm& form :
       {JoinedForm{{2}}, JoinedForm{{3}}, JoinedForm{{2, 4}}, JoinedForm{{2, 2, 3}}}) {
    const Steps steps = steps_of(form);
    CHECK(joined_form(steps) == form);
    const std::vector<JoinedPlace> places = places_of(form);
    CHECK(defect_of_steps(steps, places.size()).empty());
    for (std::size_t i = 0; i < places.size(); ++i) CHECK(index_of(form, places[i]) == i);
    Steps other = steps;
    other.back().left = 0;
    CHECK_FALSE(joined_form(other).has_value());
    other = steps;
    other.pop_back();
    CHECK_FALSE(joined_form(other).has_value());
  }
  CHECK_FALSE(joined_form(chain_of(3)).has_value());
  CHECK_FALSE(joined_form({}).has_value());
  for (const JoinedForm& form : {JoinedForm{}, JoinedForm{{1}}, JoinedForm{{2, 1}},
                                 JoinedForm{std::vector<int>(most_joints + 1, 2)}}) {
    CHECK_THROWS_AS(static_cast<void>(steps_of(form)), std::invalid_argument);
  }
}

// mean + v_1 u_1 + v_2 u_2.
TEST_CASE("steps that join pieces are the sum of the mean and the joints") {
  const auto line = [](Rational offset, Rational slope) {
    return ChebyshevSeries{.coefficients = {std::move(offset), std::move(slope)}};
  };
  const std::vector<ChebyshevSeries> polynomials = {line(1, 2), line(3, 4), line(5, 6), line(7, 8),
                                                    line(9, 1), line(2, 3), line(4, 5)};
  const StepEvaluator<double> steps(steps_of({{2, 2}}), polynomials);
  for (const double x : {-1.0, 0.0, 0.5, 1.0}) {
    const double first = (3 + 4 * (1 + 2 * x)) * (5 + 6 * x);
    const double second = (9 + 7 + 8 * x) * (2 + 3 * x);
    CHECK(steps(x) == 4 + 5 * x + first + second);
  }
}
