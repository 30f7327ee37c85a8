// For every number of squarings the polynomial that is left.
#include "emit/make/power.hpp"

#include <fmt/format.h>

#include "emit/describe.hpp"
#include "emit/request/stage_problem.hpp"
#include "generator/classical/classical.hpp"
#include "generator/exchange/measure.hpp"

namespace equiripple {
namespace {

StepForm form_of(const SteppedRequest& request, int squarings, int degree) {
  const Steps steps = with_squares(chain_of(1), squarings);
  auto [problem, metric] = problem_of_stage(request, steps, 0);
  problem.degree = degree;
  const std::string text = fmt::format("degree {}, {}", degree, plural(squarings, "squaring"));
  const MinimaxResult solved = minimax(problem);
  if (!solved.usable()) return {.text = text, .why = solved.detail};
  const ChebyshevSeries polynomial = rounded(solved.polynomial, binary64_bits);
  const auto range = proved_range(polynomial, rounded_outward(problem.domain));
  if (!range) return {.text = text, .why = "the range of the polynomial could not be proved"};
  return {.text = text,
          .steps = steps,
          .polynomials = {polynomial},
          .ranges = {*range},
          .proved = [problem = problem, metric = metric] {
            return proved_polynomial(problem, metric);
          }};
}

}  // namespace

Outcome<SteppedChoice> make_power(const SteppedRequest& request, const Identity& identity) {
  const GivenPower& power = *request.power;
  std::vector<StepForm> forms;
  long left = power.exponent;
  for (int squarings = 1; squarings <= most_given_squarings && left % 2 == 0; ++squarings) {
    left /= 2;
    const long degree = static_cast<long>(power.base.size() - 1) * left;
    if (degree <= highest_classical_degree) {
      forms.push_back(form_of(request, squarings, static_cast<int>(degree)));
    }
  }
  return chosen_form(request, identity, forms);
}

}  // namespace equiripple
