// A choice of degrees, and its rows.
#include "emit/make/search.hpp"

#include <fmt/format.h>

#include <utility>

#include "emit/describe.hpp"
#include "emit/direct.hpp"
#include "emit/failure.hpp"
#include "emit/hexfloat.hpp"
#include "emit/request/reading.hpp"
#include "emit/request/sign_words.hpp"
#include "emit/request/words.hpp"

namespace equiripple {
namespace {

Kind objective_word(const std::string& word) {
  const auto kind = kind_named(word);
  if (kind && (is_corrected(*kind) || has_steps(*kind))) {
    wrong_word("--objective",
               fmt::format(" {}: 'equiripple {}' searches for itself, here it is sign, "
                           "step, compare, relu, abs, max or min",
                           word, word));
  }
  if (kind && *kind != Kind::minimax) return *kind;
  wrong_word("--objective",
             fmt::format(" {}: must be sign, step, compare, relu, abs, max or min", shown(word)));
}

std::string function_text(const SignRequest& request) {
  const std::string name = name_of(request.kind);
  const char* x = has_two_inputs(request.kind) ? "|a - b|" : "|x|";
  std::string text =
      covers_gap(request.kind)
          ? fmt::format("{} for {} <= {}", name, x, decimal(request.range))
          : fmt::format("{} for {} <= {} <= {}", name,
                        decimal(Rational(*request.gap * request.range)), x, decimal(request.range));
  if (request.error) text += ", error at most " + size_text(*request.error);
  if (covers_gap(request.kind)) text += request.error ? " of the range" : ", errors over the range";
  return text;
}

FrontRow row_of(ComposedChoice choice) {
  const Interval& positive = choice.artifact.stages.front().domain.back();
  const PlanCosts& costs = choice.artifact.plan->costs;
  return {
      .degrees = std::move(choice.degrees),
      .levels = costs.levels,
      .key_switches = costs.key_switches,
      .latency = choice.latency,
      .gap = is_direct(choice.artifact) ? Rational(0) : Rational(positive.lower / positive.upper),
      .claim = choice.artifact.claim};
}

}  // namespace

Outcome<Search> Search::of(const std::vector<RequestOption>& words, const FileReader& read) {
  return read_words([&] {
    const GivenOptions given(search_command(), words, read);
    const Kind objective = objective_word(given.one("objective"));
    SignRequest request = sign_request(objective, given, /*prices_everything=*/true);
    return Search(given, std::move(request));
  });
}

Search::Search(const GivenOptions& given, SignRequest request)
    : is_pareto_(given.has("pareto")),
      model_(given.has("model") ? file_name_of(given.one("model")) : std::string()),
      request_(std::move(request)),
      identity_{.name = "choice", .request = {.command = "search", .options = given.recorded()}},
      choice_(request_, identity_) {}

Outcome<SearchFront> Search::front() {
  SearchFront front{.function = function_text(request_),
                    .meets_error = request_.error.has_value(),
                    .request = identity_.request,
                    .latency_unit = model_.empty() ? "counts of transforms" : "units of " + model_,
                    .error_unit = covers_gap(request_.kind) ? request_.range : Rational(1),
                    .remark = is_pareto_ ? "errors measured, costs by the planner's stages"
                                         : "error proved, costs of the plan"};
  if (is_pareto_) {
    Outcome<std::vector<FrontRow>> rows = choice_.front();
    if (!rows) return rows.error();
    front.rows = *std::move(rows);
  } else {
    Outcome<ComposedChoice> best = choice_.best();
    if (!best) return best.error();
    front.rows.push_back(row_of(*std::move(best)));
  }
  return front;
}

}  // namespace equiripple
