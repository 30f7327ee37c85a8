// What fits together, and what follows from names.
#include "emit/network/request.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "emit/artifact.hpp"
#include "emit/failure.hpp"
#include "emit/hexfloat.hpp"
#include "emit/request/words.hpp"

namespace equiripple {
namespace {

struct Slope {
  const char* function;
  const char* largest;  // of |f'|, rounded up
};

// gelu' = Phi + x phi is largest at sqrt 2: 1.12890...; silu' = s + x s (1 - s) near 2.3994:
// 1.09984 (closed forms; 5 digits rounded up).
constexpr Slope slopes[] = {{"relu", "1"},      {"abs", "1"},       {"gelu", "1.1290"},
                            {"silu", "1.0999"}, {"tanh", "1"},      {"sigmoid", "1/4"},
                            {"softplus", "1"},  {"leaky_relu", "1"}};

// "relu" of "relu" and of "relu(x)".
std::string bare_name(const std::string& function) {
  const std::string ending = "(x)";
  return function.ends_with(ending) ? function.substr(0, function.size() - ending.size())
                                    : function;
}

Refusal wrong_layer(const NetworkLayerRequest& layer, const std::string& why) {
  return {fmt::format("layer {}: {}", shown(layer.name), why), Status::wrong_request};
}

}  // namespace

bool is_composed(const NetworkLayerRequest& layer) {
  const std::string name = bare_name(layer.function);
  return name == "relu" || name == "abs";
}

Rational half_width_of(const NetworkLayerRequest& layer) {
  return std::max(abs(layer.range.lower), abs(layer.range.upper));
}

std::string half_width_text(const NetworkLayerRequest& layer) {
  if (abs(layer.range.lower) <= abs(layer.range.upper)) return layer.upper;
  const bool is_plain = layer.lower.find_first_not_of("0123456789.-") == std::string::npos &&
                        layer.lower.find_last_of('-') == 0;
  return is_plain ? layer.lower.substr(1) : fmt::format("-({})", layer.lower);
}

std::optional<Rational> needed_bits(const NetworkRequest& request,
                                    const NetworkLayerRequest& layer) {
  return layer.bits ? layer.bits : request.bits;
}

Outcome<Rational> refresh_error_of(const NetworkRequest& request,
                                   const NetworkLayerRequest& layer) {
  if (request.bootstrap_noise == 0) return Rational(0);
  const std::string name = bare_name(layer.function);
  for (const Slope& slope : slopes) {
    if (name != slope.function) continue;
    return Rational(number_word("slope", slope.largest) * request.bootstrap_noise *
                    half_width_of(layer));
  }
  return wrong_layer(
      layer, fmt::format("bootstrap_noise: what noise before {} does is known of relu, abs, gelu, "
                         "silu, tanh, sigmoid, softplus and leaky_relu alone",
                         shown(layer.function)));
}

std::optional<Refusal> misfit_of(const NetworkRequest& request) {
  if (request.layers.empty()) {
    return Refusal{"there is no [[layer]]: a network has one at least", Status::wrong_request};
  }
  const int budgets =
      (request.bits ? 1 : 0) + (request.error_budget ? 1 : 0) + (request.level_budget ? 1 : 0);
  if (budgets > 1) {
    return Refusal{"[objective]: bits, error_budget and level_budget: give one of them",
                   Status::wrong_request};
  }
  std::set<std::string> names;
  for (const NetworkLayerRequest& layer : request.layers) {
    if (!names.insert(layer.name).second) return wrong_layer(layer, "the name is given twice");
    if (budgets == 0 && !layer.bits) {
      return wrong_layer(layer,
                         "nothing says how accurate it must be: give bits, here or in "
                         "[objective], or error_budget or level_budget there");
    }
    if (layer.range.upper < layer.range.lower) {
      return wrong_layer(
          layer, fmt::format("range: {} is above {}", shown(layer.lower), shown(layer.upper)));
    }
    const Outcome<Rational> of_refresh = refresh_error_of(request, layer);
    if (!of_refresh) return of_refresh.error();
  }
  return std::nullopt;
}

}  // namespace equiripple
