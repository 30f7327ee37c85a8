// The words of these options, checked.
#include "tools/cli/plan/options.hpp"

#include <fmt/format.h>

#include "emit/cost_table.hpp"
#include "tools/cli/declaration.hpp"
#include "tools/cli/failure.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/words.hpp"

namespace equiripple {
namespace {

PlanObjective objective_word(const std::string& word) {
  if (const auto objective = plan_objective(word.empty() ? "latency" : word)) return *objective;
  wrong_request(fmt::format("--minimise {}: must be levels, key-switches or latency", shown(word)));
}

CostTable model_word(const std::string& path) {
  auto table = cost_table_from_json_text(read_file(path));
  if (!table.value) {
    wrong_request(fmt::format("--model '{}': {}", file_name_of(path), table.error));
  }
  return std::move(*table.value);
}

}  // namespace

void add_plan_options(const Command& command, PlanOptions& options) {
  command
      .add_option("--minimise", options.minimise,
                  "latency (the default: the time that --model and --level-price tell), levels "
                  "(then key switches) or key-switches: what the plan has least of, within "
                  "--max-levels")
      .type_name("WHAT");
  command
      .add_option("--level-price", options.level_price,
                  "with --minimise latency: what each level costs besides, in the unit of --model; "
                  "where a bootstrap costs 800 and gives 10 levels, a level is worth 80")
      .type_name("P");
  command.add_option("--max-levels", options.max_levels, "the levels that the plan may take")
      .type_name("N");
  command
      .add_option("--model,--cost-table", options.model,
                  "of --minimise latency: a JSON object with the costs tensor_product, "
                  "key_switch, rescaling, scalar_product and addition, in any unit, each a number "
                  "or a list for 1, 2, ... levels left; default: counts of transforms, as in "
                  "tools/models/transforms.json")
      .type_name("FILE");
  command
      .add_option("--max-growth", options.max_growth,
                  "how far a sum of the plan may exceed the size of the function; default 2^6")
      .type_name("NUMBER");
  command.add_flag("--no-absorption", options.no_absorption,
                   "the result is what it should be, no multiple of it (output_scale_factor 1); a "
                   "single ReLU stage of degree 2^k - 1 then takes a level more");
}

PlanSettings plan_settings(const PlanOptions& options) {
  PlanSettings settings{.objective = objective_word(options.minimise),
                        .absorb = !options.no_absorption};
  if (!options.level_price.empty()) {
    const Rational price = number_word("--level-price", options.level_price);
    constexpr long largest_log2 = 300;  // chosen: sums of latencies stay finite
    if (price < 0 || price > power_of_two(largest_log2)) {
      wrong_request(
          fmt::format("--level-price {}: must be from 0 to 2^300", shown(options.level_price)));
    }
    if (settings.objective != PlanObjective::latency && !options.shows_latency) {
      wrong_request("--level-price: only with --minimise latency");
    }
    settings.level_price = to_double(price);
  }
  if (!options.max_levels.empty()) {
    constexpr int most_levels = 100'000;  // chosen: far above every plan
    settings.max_levels = whole_word("--max-levels", options.max_levels, 1, most_levels);
  }
  if (!options.max_growth.empty()) {
    settings.growth_limit = number_word("--max-growth", options.max_growth);
    if (settings.growth_limit < 1) {
      wrong_request(fmt::format("--max-growth {}: must be at least 1", shown(options.max_growth)));
    }
  }
  if (!options.model.empty()) {
    if (settings.objective != PlanObjective::latency && !options.shows_latency) {
      wrong_request("--model: only with --minimise latency");
    }
    settings.costs = model_word(options.model);
  }
  return settings;
}

void record(const PlanOptions& options, RequestRecord& request) {
  const auto keep = [&](const char* flag, const std::string& word) {
    if (!word.empty()) request.options.push_back({flag, {word}});
  };
  keep("minimise", options.minimise);
  keep("level-price", tidy(options.level_price));
  keep("max-levels", tidy(options.max_levels));
  if (!options.model.empty()) keep("model", file_name_of(options.model));
  keep("max-growth", tidy(options.max_growth));
  if (options.no_absorption) request.options.push_back({"no-absorption", {}});
}

}  // namespace equiripple
