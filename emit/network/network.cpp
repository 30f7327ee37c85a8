// Search, make what is chosen, search again: until all that is chosen is made and proved.
//
// What was not made counts with the error that the search measured and at most the latency of the
// planner's tables, so that making it can only speak against it.
#include "emit/network/network.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <utility>

#include "emit/describe.hpp"
#include "emit/failure.hpp"
#include "emit/hexfloat.hpp"
#include "emit/network/candidates.hpp"
#include "emit/request/words.hpp"
#include "generator/numbers/power.hpp"

namespace equiripple {
namespace {

constexpr int most_rounds = 200;  // chosen: each makes at least one candidate; a few are usual

class Choice {
 public:
  Choice(const NetworkRequest& request, const FileReader& read, PlanSettings settings)
      : request_(request), offers_(request, read, std::move(settings)) {}

  // What may stand for each activation. Why there is none; nothing where all is well.
  std::optional<Refusal> collect() {
    const NetworkRequest& request = request_;
    problem_.chain = request.chain;
    problem_.chain.inside = request.chain.inside && request.bootstrap_noise == 0;
    problem_.objective = request.objective;
    if (request.error_budget) {
      problem_.error_budget = to_double(*request.error_budget, Rounding::down);
    }
    problem_.level_budget = request.level_budget;
    for (const NetworkLayerRequest& layer : request.layers) {
      Outcome<std::vector<Offer>> offers = offers_.of(layer);
      if (!offers) {
        return Refusal{fmt::format("layer '{}': {}", layer.name, offers.error().why),
                       offers.error().status};
      }
      of_layer_.push_back(*std::move(offers));
      const Outcome<Rational> refresh_error = refresh_error_of(request, layer);
      if (!refresh_error) return refresh_error.error();
      NetworkLayer one{.linear_levels = layer.levels,
                       .linear_time = to_double(layer.time, Rounding::up),
                       .weight = to_double(layer.weight, Rounding::up),
                       .refresh_error = to_double(*refresh_error, Rounding::up),
                       .inputs = layer.inputs};
      if (const auto bits = needed_bits(request, layer)) one.most_error = most_error(layer, *bits);
      for (const Offer& offer : of_layer_.back()) one.candidates.push_back(offer.candidate);
      refresh_errors_.push_back(*refresh_error);
      problem_.layers.push_back(std::move(one));
    }
    return std::nullopt;
  }

  Outcome<Network> best() {
    NetworkResult result = optimise(problem_);
    for (int round = 0; is_usable(result); ++round) {
      const Outcome<bool> has_new = make_chosen(result.schedule);
      if (!has_new) return has_new.error();
      if (!*has_new) break;
      if (round == most_rounds) {
        return Refusal{"the choice did not settle: other candidates were best time and again",
                       Status::machine_failed};
      }
      report_work("choosing again");
      result = optimise(problem_);
    }
    if (!is_usable(result)) return nothing_found(result);
    return network(result);
  }

  Outcome<std::vector<NetworkFrontRow>> front() const {
    std::vector<NetworkFrontRow> rows;
    for (const NetworkSchedule& schedule : network_front(problem_)) {
      NetworkFrontRow row{.totals = schedule.totals};
      for (std::size_t l = 0; l < schedule.layers.size(); ++l) {
        const int levels = candidate(l, schedule.layers[l]).levels();
        row.shallowest = l == 0 ? levels : std::min(row.shallowest, levels);
        row.deepest = std::max(row.deepest, levels);
      }
      rows.push_back(row);
    }
    if (rows.empty()) return nothing_found(optimise(problem_));
    return rows;
  }

 private:
  // In units of the value; rounded against the candidates.
  double most_error(const NetworkLayerRequest& layer, const Rational& bits) const {
    Rational most = power_of_two_below(-bits);
    if (is_composed(layer)) most *= half_width_of(layer) * (1 + 2 * request_.bootstrap_noise);
    return to_double(most, Rounding::down);
  }

  static bool is_usable(const NetworkResult& result) {
    return result.status == NetworkStatus::optimal || result.status == NetworkStatus::label_limit;
  }

  const NetworkCandidate& candidate(std::size_t layer, const LayerDecision& decision) const {
    return problem_.layers[layer].candidates[static_cast<std::size_t>(decision.candidate)];
  }

  // Whether there was one that was not made before.
  Outcome<bool> make_chosen(const NetworkSchedule& schedule) {
    bool is_new = false;
    for (std::size_t l = 0; l < schedule.layers.size(); ++l) {
      const auto number = static_cast<std::size_t>(schedule.layers[l].candidate);
      Offer& offer = of_layer_[l][number];
      if (offer.artifact) continue;
      is_new = true;
      if (auto refusal = offers_.make_real(offer)) return *refusal;
      problem_.layers[l].candidates[number] = offer.candidate;
    }
    return is_new;
  }

  Outcome<Network> network(const NetworkResult& result) const {
    Network made{.request = request_, .totals = result.schedule.totals};
    const Replay replayed = replay(problem_, result.schedule.layers);
    std::map<std::string, std::size_t> numbers;
    Rational sum = 0;
    for (std::size_t l = 0; l < request_.layers.size(); ++l) {
      const LayerDecision& decision = result.schedule.layers[l];
      const Offer& offer = of_layer_[l][static_cast<std::size_t>(decision.candidate)];
      NetworkLayerChoice one{.request = offer.request,
                             .is_removed = offer.is_removed,
                             .decision = decision,
                             .levels = replayed.levels[l]};
      const auto [entry, is_new] =
          numbers.try_emplace(command_line(offer.request), made.functions.size());
      if (is_new) {
        made.functions.push_back(*offer.artifact);
        made.functions.back().name = fmt::format("{}_{}", request_.name, made.functions.size());
      }
      one.function = entry->second;
      one.error = Rational(offer.candidate.error) +
                  refreshes_beside(offer.candidate, decision) * refresh_errors_[l];
      sum += one.error * request_.layers[l].weight;
      made.layers.push_back(std::move(one));
    }
    if (request_.error_budget && sum > *request_.error_budget) {
      return Refusal{"error_budget: it is met but for the rounding of sums; ask for 2^-40 more"};
    }
    made.optimal_over = optimal_over(result.status);
    made.remarks = remarks();
    return made;
  }

  std::string optimal_over(NetworkStatus status) const {
    if (status == NetworkStatus::label_limit) {
      return "feasible, not proved to be the best: the search was cut off at its bound of labels";
    }
    std::string places = "before a linear part, between it and the activation";
    places += problem_.chain.inside
                  ? ", or once between two stages of it"
                  : ", or once between two stages of a composition that --refresh "
                    "finds for an accuracy, by its least latency";
    return fmt::format(
        "optimal over {}; refreshed {}; what is not chosen is counted with the error "
        "that its search measured",
        offers_.classes(), places);
  }

  std::vector<std::string> remarks() const {
    std::vector<std::string> all;
    if (request_.bootstrap_noise != 0) {
      all.emplace_back(
          "bootstrap_noise: each refresh adds noise * range * largest slope to the error of its "
          "layer, as if the linear part kept the ratio of noise to range; ranges are widened by "
          "twice the noise; what a refresh inside an activation adds is in the error that is "
          "proved of "
          "it");
    }
    for (const NetworkLayerRequest& layer : request_.layers) {
      if (!layer.sampled) continue;
      all.push_back(fmt::format(
          "layer {}: range [{}, {}] of {} values in {}; one more value of their kind is outside "
          "with a probability of at most {:.2g}",
          layer.name, layer.lower, layer.upper, layer.sampled->count, layer.sampled->file,
          layer.sampled->chance));
    }
    return all;
  }

  Refusal nothing_found(const NetworkResult& result) const {
    if (result.status == NetworkStatus::blocked) return blocked_at(result.blocked_layer);
    const NetworkTotals& best = result.schedule.totals;
    if (request_.level_budget) {
      return {fmt::format("level_budget {}: the least that linear parts and activations take is {}",
                          *request_.level_budget, plural(best.levels, "level"))};
    }
    return {fmt::format("error_budget {}: the least sum of errors is about {:.6g}, over {}",
                        decimal(*request_.error_budget), best.error, offers_.classes())};
  }

  Refusal blocked_at(int index) const {
    const auto at = static_cast<std::size_t>(index);
    const NetworkLayerRequest& layer = request_.layers[at];
    const NetworkChain& chain = request_.chain;
    int least = -1;
    for (const NetworkCandidate& one : problem_.layers[at].candidates) {
      if (one.error > problem_.layers[at].most_error) continue;
      least = least < 0 ? one.levels() : std::min(least, one.levels());
    }
    const int needed = std::max({layer.levels, least, 0}) + chain.refresh_from;
    return {fmt::format(
        "layer '{}': no way leads through it: its linear part takes {}, {}, and the chain has {} "
        "({} at the start, refreshed from {} on); with {} in the chain{} there may be one",
        layer.name, plural(layer.levels, "level"),
        least < 0 ? std::string("no activation is accurate enough")
                  : "its shallowest activation " + plural(least, "level"),
        plural(chain.levels, "level"), chain.start_levels, chain.refresh_from,
        std::max(needed, chain.levels + 1),
        request_.bootstrap_noise == 0 ? "" : ", or less bootstrap_noise,")};
  }

  const NetworkRequest& request_;
  Offers offers_;
  std::vector<std::vector<Offer>> of_layer_;
  std::vector<Rational> refresh_errors_;  // what each refresh adds, by layer
  NetworkProblem problem_;
};

Outcome<Choice> collected(const NetworkRequest& request, const FileReader& read) {
  Outcome<PlanSettings> settings = plan_settings_of(request, read);
  if (!settings) return settings.error();
  if (auto misfit = misfit_of(request)) return *misfit;
  Choice choice(request, read, *std::move(settings));
  if (auto refusal = choice.collect()) return *refusal;
  return choice;
}

}  // namespace

Outcome<Network> make_network(const NetworkRequest& request, const FileReader& read) {
  Outcome<Choice> choice = collected(request, read);
  if (!choice) return choice.error();
  return choice->best();
}

Outcome<std::vector<NetworkFrontRow>> make_network_front(const NetworkRequest& request,
                                                         const FileReader& read) {
  const Outcome<Choice> choice = collected(request, read);
  if (!choice) return choice.error();
  return choice->front();
}

}  // namespace equiripple
