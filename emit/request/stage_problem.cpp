// The problems of generator/steps, in the terms of the request.
#include "emit/request/stage_problem.hpp"

#include "generator/sign/problem.hpp"
#include "generator/steps/exponential.hpp"

namespace equiripple {

namespace {

// Polynomials in a row, and (1 + v) / 2 for all but sign.
bool is_separation(const SteppedRequest& request, const Steps& steps) {
  const Rational half(1, 2);
  const std::size_t stages = chain_length(steps);
  if (stages == 0) return false;
  return steps == (request.kind == Kind::sign ? chain_of(stages)
                                              : with_affine(chain_of(stages), half, half));
}

}  // namespace

std::string defect_of_form(const SteppedRequest& request, const Steps& steps) {
  if (request.kind != Kind::exp) {
    return is_separation(request, steps) ? std::string()
                                         : "the steps are not stages of sign in a row";
  }
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
  if (index > 0) return {.problem = sign_problem(Rational(1, 2), 1, 1)};
  if (request.kind != Kind::exp) {
    return {.problem = {
                .target = request.sign, .domain = request.whole.domain, .parity = request.parity}};
  }
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
