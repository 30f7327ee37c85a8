// The first rung of the ladder by itself.
#include "generator/exchange/coarse.hpp"

#include "generator/exchange/reference.hpp"
#include "generator/exchange/search.hpp"
#include "generator/exchange/snapped.hpp"

namespace equiripple {

struct CoarseMinimax::State {
  State(const MinimaxRequest& request, std::vector<double> start)
      : problem(request),
        found(search(problem, std::move(start),
                     {.most_exchanges = request.max_exchanges,
                      .parabolas = 6,
                      .fewest_samples = fewest_samples_of(request)})),
        polynomial(problem, found.reference) {}
  Problem<double> problem;
  Search<double> found;
  LevelledPolynomial<double> polynomial;
};

CoarseAnswer CoarseMinimax::look(const MinimaxRequest& request) {
  CoarseAnswer answer;
  auto start = reference_on(Problem<double>(request), initial_reference(request));
  if (!is_ascending(start)) return answer;
  auto state = std::make_shared<const State>(request, std::move(start));
  const LevelledPolynomial<double>& last = state->polynomial;
  if (last.is_finite() && is_resolved(last)) {
    answer.at_least = real_abs(last.level()) - last.noise();
  }
  if (state->found.outcome == SearchOutcome::found) {
    answer.solution.emplace();
    answer.solution->state_ = std::move(state);
  }
  return answer;
}

std::optional<CoarseMinimax> CoarseMinimax::solve(const MinimaxRequest& request) {
  return look(request).solution;
}

double CoarseMinimax::error() const { return real_abs(state_->polynomial.level()); }

double CoarseMinimax::operator()(double x) const { return state_->polynomial(x); }

}  // namespace equiripple
