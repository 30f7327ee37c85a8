// The words of these options, checked.
#include "emit/request/plan_words.hpp"

#include <fmt/format.h>

#include "emit/cost_table.hpp"
#include "emit/failure.hpp"
#include "emit/request/words.hpp"

namespace equiripple {
namespace {

constexpr int most_counted = 100'000;  // levels, key switches; chosen: far above every plan

CostTable model_word(const GivenOptions::File& file) {
  auto table = cost_table_from_json_text(file.text);
  if (!table) wrong_word("--model", fmt::format(" '{}': {}", file.name, table.error().why));
  return *std::move(table);
}

}  // namespace

std::optional<int> most_key_switches(const GivenOptions& given) {
  if (!given.has("max-key-switches")) return std::nullopt;
  return whole_word("--max-key-switches", given.one("max-key-switches"), 1, most_counted);
}

PlanSettings plan_settings(const GivenOptions& given, bool prices_everything) {
  PlanSettings settings{
      .objective = plan_objective(given.one("minimise")).value_or(PlanObjective::latency),
      .absorb = !given.has("no-absorption")};
  if (given.has("level-price")) {
    const Rational price = number_word("--level-price", given.one("level-price"));
    constexpr long largest_log2 = 300;  // chosen: sums of latencies stay finite
    if (price < 0 || price > power_of_two(largest_log2)) {
      wrong_word("--level-price",
                 fmt::format(" {}: must be from 0 to 2^300", shown(given.one("level-price"))));
    }
    if (settings.objective != PlanObjective::latency && !prices_everything) {
      wrong_word("--level-price", ": only with --minimise latency");
    }
    settings.level_price = to_double(price);
  }
  if (given.has("max-levels")) {
    settings.max_levels = whole_word("--max-levels", given.one("max-levels"), 1, most_counted);
  }
  if (given.has("max-growth")) {
    settings.growth_limit = number_word("--max-growth", given.one("max-growth"));
    if (settings.growth_limit < 1) {
      wrong_word("--max-growth",
                 fmt::format(" {}: must be at least 1", shown(given.one("max-growth"))));
    }
  }
  if (given.has("model")) {
    if (settings.objective != PlanObjective::latency && !prices_everything) {
      wrong_word("--model", ": only with --minimise latency");
    }
    if (const auto file = given.file("model")) settings.costs = model_word(*file);
  }
  return settings;
}

}  // namespace equiripple
