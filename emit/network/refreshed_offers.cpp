// Activations that are refreshed inside by refreshes that add noise: compositions that `--refresh`
// finds and proves, for the levels that values have where a layer begins, and for levels that are
// left for what follows.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "emit/failure.hpp"
#include "emit/hexfloat.hpp"
#include "emit/network/candidates.hpp"
#include "emit/plan/refresh.hpp"

namespace equiripple {
namespace {

constexpr int usual_bits[] = {6, 8, 10, 12, 14};  // where the request names none; chosen

std::string bits_text(const Rational& bits) { return decimal(bits, 12, Rounding::up); }

}  // namespace

std::vector<Offer> Offers::refreshed_inside(const NetworkLayerRequest& layer) {
  const NetworkChain& chain = request_.chain;
  if (request_.bootstrap_noise == 0 || request_.bootstrap_noise >= Rational(1, 4)) return {};
  const std::string name = layer.function.substr(0, layer.function.find('('));
  std::vector<std::string> wanted;
  if (const auto needed = needed_bits(request_, layer)) {
    wanted.push_back(bits_text(*needed));
    // A refresh before the layer takes a part of the error.
    const double left = std::exp2(-to_double(*needed)) - to_double(request_.bootstrap_noise);
    if (left > 0) wanted.push_back(fmt::format("{:.2f}", -std::log2(left) + 0.01));
  } else {
    for (const int bits : usual_bits) wanted.push_back(std::to_string(bits));
  }
  std::set<int> starts = {chain.levels, chain.levels - layer.levels,
                          chain.start_levels - layer.levels};
  std::set<int> left = {0, chain.levels / 2};
  for (const NetworkLayerRequest& one : request_.layers) left.insert(one.levels);
  std::vector<Offer> offers;
  for (const std::string& bits : wanted) {
    for (const int start : starts) {
      for (const int spare : left) {
        if (start < 1 || chain.levels - spare < 1 || chain.refresh_from > chain.levels - spare) {
          continue;
        }
        RequestRecord record{.command = name, .options = {{"bits", {bits}}}};
        record.options.push_back(
            {"refresh",
             {fmt::format("levels={},noise={},cost={},start={},lowest={}", chain.levels - spare,
                          request_.noise_text, decimal(Rational(chain.refresh_time), 12), start,
                          chain.refresh_from)}});
        record.options.insert(record.options.end(), request_.model.begin(), request_.model.end());
        add_refreshed(record, offers);
      }
    }
  }
  const double half_width = to_double(half_width_of(layer), Rounding::up);
  for (Offer& offer : offers) {
    offer.candidate.error *= half_width;
    offer.request.options.insert(offer.request.options.begin(),
                                 {"range", {widened(half_width_text(layer))}});
  }
  return offers;
}

// Of range 1: what is refreshed once. Each is made once; its degrees are asked for of a range.
void Offers::add_refreshed(const RequestRecord& record, std::vector<Offer>& offers) {
  const std::string line = command_line(record);
  auto entry = unit_.find(line);
  if (entry == unit_.end()) {
    report_work(line);
    std::vector<Offer> found;
    Made made = make(record, "choice", read_);
    if (made.status == Status::cancelled) throw Cancelled();
    // A refresh before the first stage is the network's own.
    std::vector<int> places;
    if (made.is_made() && made.artifact->plan) {
      places = refreshed_stages(made.artifact->plan->program);
    }
    if (places.size() == 1 && places.front() > 1) {
      std::string degrees;
      for (const StageRecord& stage : made.artifact->stages) {
        degrees += (degrees.empty() ? "" : ",") + std::to_string(stage.polynomial.degree());
      }
      Offer offer{.request = record};
      offer.request.options.front() = {"degrees", {degrees}};
      offer.candidate.error = to_double(made.artifact->claim.error.upper, Rounding::up);
      offer.candidate.multiplies_input = true;
      take_plan(*made.artifact, offer.candidate);
      found.push_back(std::move(offer));
    }
    entry = unit_.emplace(line, std::move(found)).first;
  }
  for (const Offer& offer : entry->second) {
    const auto is_same = [&](const Offer& one) {
      return command_line(one.request) == command_line(offer.request);
    };
    if (std::ranges::none_of(offers, is_same)) offers.push_back(offer);
  }
}

}  // namespace equiripple
