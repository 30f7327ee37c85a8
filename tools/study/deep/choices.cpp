// Every polynomial is made and proved here, once.
#include "tools/study/deep/choices.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "emit/describe.hpp"
#include "emit/failure.hpp"
#include "emit/hexfloat.hpp"
#include "emit/make/make.hpp"
#include "emit/network/network.hpp"
#include "emit/targets/targets.hpp"
#include "tools/read_file.hpp"
#include "tools/study/array_backend.hpp"

namespace equiripple::study {
namespace {

using Shared = std::shared_ptr<const Polynomial>;

constexpr int longest_chain = 15;    // of primes of 50 bits: the most that ring 2^15 holds securely
constexpr double no_refresh = 1e12;  // the time of one: there is none in these networks

class Maker {
 public:
  Maker(const DeepNetwork& network, const std::vector<ActivationUse>& uses, double reach)
      : network_(network), uses_(uses), reach_(reach) {}

  DeepChoice by_hand(const std::string& name, const std::vector<std::string>& degrees,
                     bool is_one_range) {
    DeepChoice choice;
    choice.name = name;
    double largest = 0;
    for (const ActivationUse& use : uses_) largest = std::max(largest, use.largest);
    for (std::size_t i = 0; i < uses_.size(); ++i) {
      const double range = is_one_range ? largest : uses_[i].largest;
      choice.layers.push_back(made({.command = "relu",
                                    .options = {{"range", {range_text(range)}},
                                                {"degrees", {degrees[i]}},
                                                {"minimise", {"levels"}}}}));
    }
    return summed(std::move(choice));
  }

  DeepChoice chosen(const std::string& name, NetworkRequest request) {
    request.name = "digits";
    const int levels = longest_chain - 1;  // the last layer takes one
    request.chain = {.levels = levels, .start_levels = levels, .refresh_time = no_refresh};
    for (std::size_t i = 0; i < uses_.size(); ++i) {
      const std::string text = range_text(uses_[i].largest);
      const Rational range = Rational(uses_[i].largest * reach_);
      request.layers.push_back({.name = fmt::format("activation{}", i + 1),
                                .function = "relu",
                                .lower = "-" + text,
                                .upper = text,
                                .range = {-range, range},
                                .weight = Rational(uses_[i].weight),
                                .inputs = {static_cast<int>(i)}});
    }
    const equiripple::Network choice = required(make_network(request, read_file));
    DeepChoice found;
    found.name = name;
    for (const NetworkLayerChoice& layer : choice.layers) {
      found.layers.push_back(polynomial(layer.request, choice.functions[layer.function]));
    }
    return summed(std::move(found));
  }

 private:
  std::string range_text(double largest) const {
    constexpr int digits = 6;
    return decimal(Rational(largest * reach_), digits, Rounding::up);
  }

  Shared made(const RequestRecord& request) {
    const Made found = make(request, "relu", read_file);
    if (!found.is_made()) throw Failure(found.refusal());
    return polynomial(request, *found.artifact);
  }

  Shared polynomial(const RequestRecord& request, const Artifact& artifact) {
    Shared& known = known_[command_line(request)];
    if (known) return known;
    std::string degrees;
    double range = 1;
    for (const RequestOption& option : request.options) {
      if (option.name == "degrees") degrees = option.values.front();
      if (option.name == "range") range = std::stod(option.values.front());
    }
    known = std::make_shared<Polynomial>(
        Polynomial{.degrees = degrees,
                   .levels = artifact.plan->costs.levels,
                   .error = to_double(artifact.claim.error.upper, Rounding::up) * range,
                   .program = Program::parse(to_program(artifact))});
    return known;
  }

  DeepChoice summed(DeepChoice choice) const {
    choice.levels = linear_levels(network_);
    for (std::size_t i = 0; i < choice.layers.size(); ++i) {
      choice.levels += choice.layers[i]->levels;
      choice.error += uses_[i].weight * choice.layers[i]->error;
    }
    return choice;
  }

  const DeepNetwork& network_;
  const std::vector<ActivationUse>& uses_;
  double reach_;
  std::map<std::string, Shared> known_;
};

}  // namespace

std::vector<DeepChoice> deep_choices(const DeepNetwork& network,
                                     const std::vector<ActivationUse>& uses, double reach) {
  Maker maker(network, uses, reach);
  std::vector<DeepChoice> all;
  const std::size_t count = uses.size();
  for (const char* degrees : {"5", "13", "7,7"}) {
    all.push_back(maker.by_hand(fmt::format("{{{}}} everywhere", degrees),
                                std::vector<std::string>(count, degrees), true));
  }
  const std::size_t same = all.size();
  std::vector<std::string> first(count, "5");
  first.front() = "7,7";
  all.push_back(maker.by_hand("by hand, {7,7} first", first, false));
  std::vector<std::string> last(count, "5");
  last.back() = "7,7";
  all.push_back(maker.by_hand("by hand, {7,7} last", last, false));
  std::vector<int> seen;
  const std::vector<DeepChoice> given = all;
  for (const DeepChoice& one : given) {
    if (std::ranges::find(seen, one.levels) != seen.end()) continue;
    seen.push_back(one.levels);
    all.push_back(maker.chosen(fmt::format("network, {}", plural(one.levels, "level")),
                               {.level_budget = one.levels - 1}));
  }
  for (std::size_t i = 0; i < same; ++i) {
    all.push_back(maker.chosen("network, error of " + given[i].name,
                               {.error_budget = Rational(given[i].error)}));
  }
  return all;
}

Activate plain_activations(const DeepChoice& choice) {
  return [&choice](int activation, const Matrix& values) -> Matrix {
    ArrayBackend backend;
    const Program& program = choice.layers[static_cast<std::size_t>(activation)]->program;
    Matrix results(values.rows(), values.cols());
    ArrayBackend::Ciphertext block = ArrayBackend::Ciphertext::Zero();
    for (Eigen::Index first = 0; first < values.size(); first += ArrayBackend::block) {
      const Eigen::Index count = std::min(ArrayBackend::block, values.size() - first);
      const Eigen::Map<const Eigen::ArrayXd> x(values.data() + first, count);
      block.head(count) = x;
      Eigen::Map<Eigen::ArrayXd>(results.data() + first, count) =
          evaluate(program, backend, block).head(count);
    }
    return results;
  };
}

}  // namespace equiripple::study
