// The problems of generator/steps, in the terms of the request.
#include "emit/request/stage_problem.hpp"

#include <stdexcept>

#include "generator/steps/exponential.hpp"

namespace equiripple {

std::string defect_of_form(const SteppedRequest& request, const Steps& steps) {
  const int squarings = squares_at_end(steps);
  if (steps != with_squares(chain_of(1), squarings)) {
    return "the steps are not a polynomial and its squarings";
  }
  if (squarings > most_squarings) return "there are too many squarings";
  if (request.squarings && squarings != *request.squarings) {
    return "the number of squarings is not the one that was asked for";
  }
  return {};
}

StageProblem problem_of_stage(const SteppedRequest& request, const Steps& steps,
                              std::size_t index) {
  if (index != 0) throw std::logic_error("problem_of_stage: exp has one stage");
  const int squarings = squares_at_end(steps);
  const bool relative = request.metric == Metric::relative;
  const ExponentialRequest wanted{
      .domain = request.whole.domain.front(), .error = request.error, .relative = relative};
  return {.problem = exponential_problem(wanted, squarings),
          .metric = relative         ? Metric::relative
                    : squarings == 0 ? Metric::absolute
                                     : Metric::weighted};
}

}  // namespace equiripple
