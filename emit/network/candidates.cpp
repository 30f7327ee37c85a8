// ReLU by the search over degrees, other functions by a ladder of them.
#include "emit/network/candidates.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/make/direct_costs.hpp"
#include "emit/make/planner_costs.hpp"
#include "emit/make/search.hpp"
#include "emit/plan/refresh.hpp"
#include "emit/request/request.hpp"
#include "emit/request/words.hpp"
#include "generator/numbers/power.hpp"
#include "generator/search/direct_search.hpp"

namespace equiripple {
namespace {

// Of minimax polynomials; between powers of 2 those that save key switches. Chosen: beyond 127 a
// proof takes seconds, and another form of the function is cheaper.
constexpr std::array ladder = {1,  2,  3,  4,  5,  6,  7,  9,  11, 13, 15, 17, 19,  21, 23,
                               27, 31, 35, 39, 43, 47, 55, 63, 71, 79, 87, 95, 111, 127};
constexpr int most_searched = 20;        // levels; chosen: half a minute of search
constexpr long finest_error_log2 = -40;  // of smooth functions; chosen
constexpr double useful_share_bits = 4;  // below a layer's part in the budget; chosen
constexpr double default_bits = 13;      // of a front without a budget; chosen: what [LLNK20] uses
constexpr double bits_beside_noise = 2;  // chosen: a quarter of what is allowed, or less
constexpr double finest_composed_bits = 30;  // chosen: proofs take long beyond

std::vector<double> latencies(const StageProfile& profile, const CostTable& costs, int most) {
  std::vector<double> all;
  for (int left = 0; left <= most; ++left) all.push_back(latency_of(profile, costs, left));
  return all;
}

// The program cut where the variables of later stages begin.
std::vector<NetworkStage> stages_of(const Artifact& artifact, const CostTable& costs, int most) {
  const std::vector<Instruction>& program = artifact.plan->program;
  std::vector<int> starts;
  for (const Instruction& step : program) {
    if (step.operation == PlanOperation::stage) starts.push_back(step.depth);
  }
  if (starts.empty()) starts.push_back(0);
  starts.front() = 0;
  starts.push_back(artifact.plan->costs.levels);
  std::vector<StageProfile> profiles(starts.size() - 1);
  for (std::size_t i = 0; i < profiles.size(); ++i) {
    profiles[i].levels = starts[i + 1] - starts[i];
  }
  for (const Instruction& step : program) {
    const int spent = step.operation == PlanOperation::rescale ? step.depth - 1 : step.depth;
    std::size_t at = 0;
    while (at + 1 < profiles.size() && spent >= starts[at + 1]) ++at;
    const auto own = static_cast<std::size_t>(std::max(spent - starts[at], 0));
    count(step.operation, profiles[at].spent.at(std::min(own, deepest_profile)));
  }
  std::vector<NetworkStage> stages;
  for (const StageProfile& profile : profiles) {
    stages.push_back({.levels = profile.levels, .latency = latencies(profile, costs, most)});
  }
  return stages;
}

// At most what the planner's table has for such a stage, whatever its domain.
std::vector<double> least_latencies(const std::vector<StageOption>& options, int degree, int levels,
                                    int most) {
  std::vector<double> least;
  for (int left = 0; left <= most; ++left) {
    double at = -1;
    for (const StageOption& option : options) {
      if (option.degree != degree || option.levels != levels) continue;
      const double one = option.latency_with(left);
      at = at < 0 ? one : std::min(at, one);
    }
    least.push_back(std::max(at, 0.0));
  }
  return least;
}

int highest_level(const NetworkRequest& request) {
  return std::max(request.chain.levels, request.chain.start_levels);
}

RequestOption option(const std::string& name, const std::string& value) { return {name, {value}}; }

}  // namespace

Outcome<PlanSettings> plan_settings_of(const NetworkRequest& request, const FileReader& read) {
  RequestRecord words{.command = "relu", .options = {option("bits", "8")}};
  words.options.insert(words.options.end(), request.model.begin(), request.model.end());
  Outcome<Request> posed = request_of(words, read);
  if (!posed) return posed.error();
  return plan_of(*posed);
}

Offers::Offers(const NetworkRequest& request, FileReader read, PlanSettings settings)
    : request_(request), read_(std::move(read)), settings_(std::move(settings)) {}

Outcome<std::vector<FrontRow>> Offers::rows_of(const std::vector<RequestOption>& words) const {
  Outcome<Search> search = Search::of(words, read_);
  if (!search) return search.error();
  Outcome<SearchFront> front = search->front();
  if (!front) return front.error();
  return std::move(front->rows);
}

std::string Offers::classes() const {
  std::string text;
  if (has_composed_) {
    text += fmt::format(
        "compositions of degrees up to 63 and one polynomial of degree up to {} for relu and abs, "
        "within {} levels, undominated in levels, key switches, latency and error at the end of "
        "the chain",
        highest_searched_direct, deepest_);
  }
  if (has_smooth_) {
    text += fmt::format("{}minimax polynomials of {} degrees up to {} for other functions",
                        text.empty() ? "" : "; ", ladder.size(), ladder.back());
  }
  return text.empty() ? "constants" : text;
}

// Enough for an error of 2^-4 of a layer's part in the budget, or for what the budget of levels
// leaves to one activation; without a budget for default_bits.
Outcome<int> Offers::useful_levels() {
  if (useful_levels_) return *useful_levels_;
  const int within = std::min(highest_level(request_), most_searched);
  if (request_.level_budget) {
    int left = *request_.level_budget;
    for (const NetworkLayerRequest& layer : request_.layers) left -= layer.levels;
    useful_levels_ = std::clamp(left, 1, within);
    return *useful_levels_;
  }
  double bits = default_bits;
  if (request_.error_budget && *request_.error_budget > 0) {
    for (const NetworkLayerRequest& layer : request_.layers) {
      const Rational part =
          layer.weight * half_width_of(layer) * Rational(static_cast<long>(request_.layers.size()));
      if (!is_composed(layer) || part == 0) continue;
      const double share = to_double(Rational(*request_.error_budget / part));
      bits = std::max(bits, std::ceil(-std::log2(share)) + useful_share_bits);
    }
  }
  for (const NetworkLayerRequest& layer : request_.layers) {
    const auto needed = needed_bits(request_, layer);
    if (needed) bits = std::max(bits, std::ceil(to_double(*needed)) + bits_beside_noise);
  }
  bits = std::min(bits, finest_composed_bits);
  const Outcome<std::vector<FrontRow>> rows =
      rows_of({option("objective", "relu"), option("bits", fmt::format("{:.0f}", bits)),
               option("max-levels", std::to_string(within)), option("minimise", "levels")});
  if (!rows && !rows.error().leaves_others()) return rows.error();
  useful_levels_ = rows ? std::min(within, rows->front().levels) : within;
  return *useful_levels_;
}

std::string Offers::widened(const std::string& range) const {
  if (request_.bootstrap_noise == 0) return range;
  return fmt::format("({})*(1+2*({}))", range, request_.noise_text);
}

Outcome<std::vector<RequestOption>> Offers::search_words(const NetworkLayerRequest& layer) {
  const std::string name = layer.function.substr(0, layer.function.find('('));
  std::vector<RequestOption> words = {option("objective", name), {"pareto", {}}};
  // Noise of refreshes takes a part of what the bits allow: then more accurate ones are wanted,
  // too.
  const auto bits = request_.bootstrap_noise == 0 ? needed_bits(request_, layer) : std::nullopt;
  // A composition that is refreshed inside may be deeper than the chain.
  const bool inside = request_.chain.inside && request_.bootstrap_noise == 0;
  const int reach = (inside ? 2 : 1) * highest_level(request_);
  const Outcome<int> levels = bits ? std::min(reach, most_searched) : useful_levels();
  if (!levels) return levels.error();
  deepest_ = std::max(deepest_, *levels);
  words.push_back(option("max-levels", std::to_string(*levels)));
  words.insert(words.end(), request_.model.begin(), request_.model.end());
  if (bits) {
    words.push_back(option("bits", decimal(*bits, 12, Rounding::up)));
  }
  return words;
}

Outcome<std::vector<Offer>> Offers::composed(const NetworkLayerRequest& layer) {
  has_composed_ = true;
  const Outcome<std::vector<RequestOption>> searched = search_words(layer);
  if (!searched) return searched.error();
  const std::vector<RequestOption>& words = *searched;
  const std::string name = words.front().values.front();
  const int most = highest_level(request_);
  std::string key;
  for (const RequestOption& word : words)
    key += fmt::format("{} {}\n", word.name, fmt::join(word.values, " "));
  auto entry = unit_.find(key);
  if (entry == unit_.end()) {
    report_work(fmt::format("searching {}", name));
    const Kind kind = *kind_named(name);
    const StageCosts costs = planner_costs(settings_);
    const std::vector<StageOption> direct =
        direct_options(settings_, kind, highest_searched_direct);
    const Outcome<std::vector<FrontRow>> rows = rows_of(words);
    if (!rows) return rows.error();
    std::vector<Offer> offers;
    for (const FrontRow& row : *rows) {
      const bool is_direct = row.degrees.size() == 1 && row.degrees.front() % 2 == 0;
      Offer offer{.request = {.command = name, .options = {}}};
      offer.request.options.push_back(
          option("degrees", fmt::format("{}", fmt::join(row.degrees, ","))));
      offer.request.options.push_back(option("max-levels", std::to_string(row.levels)));
      offer.candidate.error = to_double(row.claim.error.upper, Rounding::down);
      offer.candidate.multiplies_input = row.degrees.size() > 1;
      offer.candidate.can_be_refreshed_inside = row.degrees.size() > 1;
      for (std::size_t i = 0; i < row.degrees.size(); ++i) {
        const int degree = row.degrees[i];
        const int levels = row.stage_levels.at(i);
        const StageRole role = row.degrees.size() == 1      ? StageRole::only_times_x
                               : i + 1 < row.degrees.size() ? StageRole::inner
                                                            : StageRole::last_times_x;
        offer.candidate.stages.push_back(
            {.levels = levels,
             .latency =
                 least_latencies(is_direct ? direct : costs(degree, role), degree, levels, most)});
      }
      offers.push_back(std::move(offer));
    }
    entry = unit_.emplace(key, std::move(offers)).first;
  }
  std::vector<Offer> offers = entry->second;
  const double half_width = to_double(half_width_of(layer), Rounding::up);
  for (Offer& offer : offers) {
    offer.candidate.error *= half_width;
    offer.request.options.insert(offer.request.options.begin(),
                                 option("range", widened(half_width_text(layer))));
    offer.request.options.insert(offer.request.options.end(), request_.model.begin(),
                                 request_.model.end());
  }
  return offers;
}

// A point is widened downwards by a little, so that there is an interval to prove something of.
Outcome<std::vector<Offer>> Offers::constant(const NetworkLayerRequest& layer) {
  const bool is_point = layer.range.lower == layer.range.upper;
  const std::string lower = is_point ? fmt::format("({})-2^-40", layer.lower) : layer.lower;
  const std::string domain = fmt::format("[{},{}]", lower, layer.upper);
  Offer offer{.request = {.command = "minimax", .options = {}}};
  std::string function = layer.function;
  if (is_composed(layer)) {
    const bool is_abs = layer.function.starts_with("abs");
    const bool is_above = layer.range.lower >= 0 && layer.range.upper > 0;
    offer.is_removed = is_above;
    function = is_above ? "x" : is_abs ? "-x" : "0";
  }
  const bool is_linear = function == "x" || function == "-x";
  offer.request.options = {option("function", activation_function(function)),
                           option("domain", domain), option("degree", is_linear ? "1" : "0")};
  if (auto refusal = make_real(offer)) return *refusal;
  return std::vector{std::move(offer)};
}

Outcome<std::vector<Offer>> Offers::smooth(const NetworkLayerRequest& layer) {
  has_smooth_ = true;
  const auto bits = needed_bits(request_, layer);
  std::string lower = layer.lower;
  std::string upper = layer.upper;
  if (request_.bootstrap_noise != 0) {
    const std::string more =
        fmt::format("2*({})*({})", request_.noise_text, half_width_text(layer));
    lower = fmt::format("({})-{}", lower, more);
    upper = fmt::format("({})+{}", upper, more);
  }
  const std::string domain = fmt::format("[{},{}]", lower, upper);
  const std::string key =
      fmt::format("{} on {} {}", layer.function, domain, bits ? decimal(*bits, 12) : "");
  if (const auto found = known_.find(key); found != known_.end()) return found->second;
  const double finest = to_double(power_of_two(finest_error_log2));
  std::vector<Offer> offers;
  for (const int degree : ladder) {
    Offer offer{.request = {.command = "minimax",
                            .options = {option("function", activation_function(layer.function)),
                                        option("domain", domain),
                                        option("degree", std::to_string(degree))}}};
    offer.request.options.insert(offer.request.options.end(), request_.model.begin(),
                                 request_.model.end());
    report_work(fmt::format("making {}, degree {}", layer.function, degree));
    if (auto refusal = make_real(offer)) return *refusal;
    const int levels = offer.candidate.levels();
    if (levels > highest_level(request_)) break;
    if (bits && offer.artifact->claim.error.upper > power_of_two_below(-*bits)) continue;
    const double error = offer.candidate.error;
    offers.push_back(std::move(offer));
    // Higher degrees cost more; but noise of refreshes may leave less than the bits to the
    // polynomial.
    if ((bits && request_.bootstrap_noise == 0) || error <= finest) break;
  }
  if (offers.empty()) {
    return Refusal{fmt::format(
        "{} on {}: no polynomial of degree up to {} within {} has {} bits", layer.function, domain,
        ladder.back(), plural(highest_level(request_), "level"), bits ? decimal(*bits) : "any")};
  }
  known_[key] = offers;
  return offers;
}

Outcome<std::vector<Offer>> Offers::of(const NetworkLayerRequest& layer) {
  const bool one_side = layer.range.lower >= 0 || layer.range.upper <= 0;
  if (layer.range.lower == layer.range.upper || (is_composed(layer) && one_side)) {
    return constant(layer);
  }
  if (!is_composed(layer)) return smooth(layer);
  Outcome<std::vector<Offer>> offers = composed(layer);
  if (!offers) return offers;
  for (Offer& offer : refreshed_inside(layer)) offers->push_back(std::move(offer));
  return offers;
}

std::optional<Refusal> Offers::make_real(Offer& offer) {
  if (offer.artifact) return std::nullopt;
  const std::string line = command_line(offer.request);
  auto entry = made_.find(line);
  if (entry == made_.end()) {
    report_work(line);
    Made made = make(offer.request, "choice", read_);
    if (made.status == Status::cancelled) throw Cancelled();
    if (!made.is_made()) return Refusal{line + ": " + made.why, made.status};
    if (!made.artifact->plan) return Refusal{line + ": has no plan"};
    if (refreshed_stages(made.artifact->plan->program).size() > 1) {
      return Refusal{command_line(made.artifact->request) + ": is refreshed more than once inside"};
    }
    entry = made_.emplace(line, std::move(*made.artifact)).first;
  }
  offer.artifact = entry->second;
  const Artifact& artifact = *offer.artifact;
  Rational error = artifact.claim.error.upper;
  if (artifact.claim.metric == Metric::relu) {
    error *= number_word("--range", offer.request.options.front().values.front());
  }
  offer.candidate.error = to_double(error, Rounding::up);
  if (offer.is_removed) {
    offer.candidate.stages.clear();
  } else {
    take_plan(artifact, offer.candidate);
  }
  return std::nullopt;
}

void Offers::take_plan(const Artifact& artifact, NetworkCandidate& candidate) const {
  candidate.stages = stages_of(artifact, settings_.costs, highest_level(request_));
  const std::vector<int> places = refreshed_stages(artifact.plan->program);
  candidate.refreshed_after = places.empty() ? 0 : places.front() - 1;
}

}  // namespace equiripple
