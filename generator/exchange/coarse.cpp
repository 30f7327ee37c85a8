// The first rung of the ladder by itself.
#include "generator/exchange/coarse.hpp"

#include "generator/exchange/reference.hpp"
#include "generator/exchange/search.hpp"

namespace equiripple {

struct CoarseMinimax::State {
  State(const MinimaxRequest& request, std::vector<double> (*start)(const Problem<double>&))
      : problem(request),
        found(search(problem, start(problem), request.max_exchanges)),
        polynomial(problem,
                   found.outcome == SearchOutcome::found ? found.reference : start(problem)) {}
  Problem<double> problem;
  Search<double> found;
  LevelledPolynomial<double> polynomial;
};

std::optional<CoarseMinimax> CoarseMinimax::solve(const MinimaxRequest& request) {
  auto state = std::make_shared<const State>(request, initial_reference);
  if (state->found.outcome != SearchOutcome::found) return std::nullopt;
  CoarseMinimax solution;
  solution.state_ = std::move(state);
  return solution;
}

double CoarseMinimax::error() const { return real_abs(state_->polynomial.level()); }

double CoarseMinimax::operator()(double x) const { return state_->polynomial(x); }

}  // namespace equiripple
