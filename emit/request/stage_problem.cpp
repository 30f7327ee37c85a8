// The problems of generator/steps, in the terms of the request.
#include "emit/request/stage_problem.hpp"

#include <bit>
#include <limits>
#include <stdexcept>
#include <utility>

#include "emit/request/mod1.hpp"
#include "emit/request/request.hpp"
#include "generator/classical/classical.hpp"
#include "generator/function/parse.hpp"
#include "generator/function/power_form.hpp"
#include "generator/sign/problem.hpp"
#include "generator/steps/exponential.hpp"
#include "generator/steps/folded.hpp"
#include "generator/steps/joined.hpp"
#include "generator/steps/modular.hpp"

namespace equiripple {

namespace {

// Polynomials in a row, and (1 + v) / 2 for all but sign and quantisers.
bool is_separation(const SteppedRequest& request, const Steps& given) {
  const Steps steps = without_refreshes(given);
  const Rational half(1, 2);
  const std::size_t stages = chain_length(steps);
  if (stages == 0) return false;
  return steps ==
         (request.is_halved() ? with_affine(chain_of(stages), half, half) : chain_of(stages));
}

Expression power_of(const std::vector<Rational>& base, long exponent) {
  std::string text;
  for (std::size_t k = 0; k < base.size(); ++k) {
    if (base[k] == 0 && base.size() > 1) continue;
    text += (text.empty() ? "(" : " + (") + base[k].str() + ")";
    if (k > 0) text += "*x^" + std::to_string(k);
  }
  auto parsed = parse_function("(" + text + ")^" + std::to_string(exponent));
  if (!parsed) throw std::logic_error("power_of: " + parsed.error().why);
  return *std::move(parsed);
}

// Of the function divided by x where x multiplies.
Parity parity_after_folds(const SteppedRequest& request, const Steps& steps) {
  const LastUse use = use_of_last(steps).value_or(LastUse::value);
  if (use == LastUse::halved_times_x) return Parity::odd;
  if (use == LastUse::value || request.parity == Parity::none) return request.parity;
  return request.parity == Parity::odd ? Parity::even : Parity::odd;
}

// What is claimed of a fold, of the polynomial after folds, and of what joins pieces is its size:
// how far it is from 0.
StageProblem problem_of_fold(const SteppedRequest& request, const Steps& steps, std::size_t index) {
  if (steps.size() == 1) return {.problem = request.whole};
  auto zero = parse_function("0");
  if (joined_form(steps)) {
    const bool is_later = follows_directly(steps, index);
    return {.problem = {.target = *std::move(zero),
                        .domain = request.whole.domain,
                        .parity = is_later ? Parity::odd : Parity::none}};
  }
  const bool is_last = index + 1 == chain_length(steps);
  return {.problem = {.target = *std::move(zero),
                      .domain = request.whole.domain,
                      .parity = is_last ? parity_after_folds(request, steps) : Parity::odd}};
}

std::string defect_of_modular(const ModularRequest& request, const Steps& steps) {
  if (request.reduces && !request.arcsine_degree && steps == chain_of(1)) return {};
  const auto form = modular_form(steps);
  if (!form) return "the steps are not a cosine, its doublings and an arcsine";
  if (request.doublings && form->doublings != *request.doublings) {
    return "the number of doublings is not the one that was asked for";
  }
  if (form->has_arcsine == request.reduces) return {};
  return request.reduces ? "the sine is followed by no arcsine" : "the sine is followed by more";
}

// Of the cosine that is doubled, or of the arcsine, which a later stage is.
StageProblem problem_of_modular(const SteppedRequest& request, const Steps& steps,
                                std::size_t index) {
  if (request.modular->reduces && steps.size() == 1) return {.problem = request.whole};
  if (index > 0) return {.problem = arcsine_problem()};
  const int doublings = modular_form(steps)->doublings;
  return {.problem = doubled_cosine_problem(request.whole.domain, doublings),
          .metric = doublings > 0 ? Metric::weighted : Metric::absolute};
}

// The squares of a refreshed exp, whose later stages are powers with these exponents; none where
// there are no such stages.
std::optional<int> squares_of_powers(const Steps& steps, const std::vector<int>& degrees) {
  const Steps plain = without_refreshes(steps);
  if (plain.size() < 2 || plain != chain_of(degrees.size())) return std::nullopt;
  int squares = 0;
  for (std::size_t i = 1; i < degrees.size(); ++i) {
    const auto exponent = static_cast<unsigned>(degrees[i]);
    if (exponent < 2 || !std::has_single_bit(exponent)) return std::nullopt;
    squares += std::bit_width(exponent) - 1;
  }
  return squares;
}

std::string defect_of_exponential(const SteppedRequest& request, const Steps& steps,
                                  const std::vector<int>& degrees) {
  const bool is_refreshed = without_refreshes(steps) != steps;
  const std::optional<int> powers = is_refreshed ? squares_of_powers(steps, degrees) : std::nullopt;
  if (is_refreshed && !powers) return "the stages are not a polynomial and powers of its value";
  const int squarings = powers.value_or(squares_at_end(steps));
  if (!powers && steps != with_squares(chain_of(1), squarings)) {
    return "the steps are not a polynomial and its squarings";
  }
  if (squarings > most_squarings) return "there are too many squarings";
  if (request.squarings && squarings != *request.squarings) {
    return "the number of squarings is not the one that was asked for";
  }
  return {};
}

StageProblem problem_of_exponential(const SteppedRequest& request, const Steps& steps,
                                    std::size_t index, const std::vector<int>& degrees) {
  if (index > 0) return {.problem = power_problem(degrees.at(index))};
  const int squarings = squares_of_powers(steps, degrees).value_or(squares_at_end(steps));
  const bool relative = request.metric == Metric::relative;
  const ExponentialRequest wanted{
      .domain = request.whole.domain.front(), .error = request.error, .relative = relative};
  return {.problem = exponential_problem(wanted, squarings),
          .metric = relative         ? Metric::relative
                    : squarings == 0 ? Metric::absolute
                                     : Metric::weighted};
}

}  // namespace

std::string defect_of_form(const SteppedRequest& request, const Steps& steps,
                           const std::vector<int>& degrees) {
  if (request.is_separation()) {
    return is_separation(request, steps) ? std::string()
                                         : "the steps are not stages of sign in a row";
  }
  if (request.folds) {
    const Steps plain = without_refreshes(steps);
    if (joined_form(plain)) {
      return request.pieces.empty() ? "the steps join pieces, and none are given" : std::string();
    }
    const auto use = use_of_last(plain);
    if (!use) return "the steps are not polynomials in a row, or x times them";
    const bool folds = *use == LastUse::value || chain_length(plain) > 1;
    return folds ? std::string() : "x is multiplied, and there is no fold";
  }
  if (request.modular) return defect_of_modular(*request.modular, steps);
  if (request.kind == Kind::exp) return defect_of_exponential(request, steps, degrees);
  const int squarings = squares_at_end(steps);
  if (steps != with_squares(chain_of(1), squarings)) {
    return "the steps are not a polynomial and its squarings";
  }
  const bool divides = squarings >= 1 && squarings <= most_given_squarings &&
                       request.power->exponent % (1L << squarings) == 0;
  return divides ? std::string() : "so many squarings do not make the power that is given";
}

std::optional<SteppedRequest> power_request(const ApproximationRequest& request) {
  if (request.method != ClassicalMethod::given || request.table || request.tolerance) {
    return std::nullopt;
  }
  auto form = power_form(request.polynomial, highest_classical_degree);
  if (!form || form->exponent % 2 != 0) return std::nullopt;
  return SteppedRequest{.kind = Kind::minimax,
                        .whole = request.problem,
                        .metric = request.metric,
                        .error = Rational(std::numeric_limits<double>::max()),
                        .power = GivenPower{std::move(form->base), form->exponent},
                        .plan = request.plan};
}

Outcome<PosedRequest> posed_of(const Artifact& artifact) {
  Outcome<Request> request = request_of(artifact.request);
  if (!request) return request.error();
  PosedRequest& posed = request->posed;
  const auto* given = std::get_if<ApproximationRequest>(&posed);
  if (given != nullptr && is_stepped(artifact)) {
    if (auto power = power_request(*given)) return PosedRequest(*std::move(power));
  }
  return std::move(posed);
}

PlanSettings settings_of(const Artifact& artifact) {
  Outcome<Request> request = request_of(artifact.request);
  return request ? plan_of(*request) : PlanSettings{.objective = PlanObjective::latency};
}

StageProblem problem_of_stage(const SteppedRequest& request, const Steps& steps, std::size_t index,
                              const std::vector<int>& degrees) {
  if (request.folds) return problem_of_fold(request, without_refreshes(steps), index);
  if (request.is_quantiser()) {  // of each stage, near the values: they are their own nearest
    return {.problem = {.target = request.whole.target, .domain = request.whole.domain}};
  }
  if (request.modular) return problem_of_modular(request, steps, index);
  if (request.kind == Kind::exp) return problem_of_exponential(request, steps, index, degrees);
  if (index > 0) return {.problem = sign_problem(Rational(1, 2), 1, 1)};
  if (request.kind == Kind::minimax) {
    const long left = request.power->exponent >> squares_at_end(steps);
    return {
        .problem = {.target = power_of(request.power->base, left), .domain = request.whole.domain}};
  }
  return {.problem = {
              .target = request.sign, .domain = request.whole.domain, .parity = request.parity}};
}

}  // namespace equiripple
