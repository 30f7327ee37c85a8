// A network as it is asked for: looked at, its numbers exact.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "emit/failure.hpp"
#include "emit/request/given_options.hpp"
#include "generator/domain.hpp"
#include "generator/network/problem.hpp"

namespace equiripple {

/// Where a range came from, if it was not given.
struct SampledRange {
  std::string file;       // its name
  std::size_t count = 0;  // of values
  double chance = 0;      // that one more value of the same kind is outside: 2 / (count + 1)
};

struct NetworkLayerRequest {
  std::string name;
  std::string function;  // a name or an expression in x
  std::string lower{};   // the ends of the range, as they were written
  std::string upper{};
  Interval range{};
  std::optional<SampledRange> sampled{};
  int levels = 1;  // of the linear part
  Rational time = 0;
  std::optional<Rational> bits{};  // its own
  Rational weight = 1;
  std::vector<int> inputs{};  // values: 0 the network's input, l the output of layer l - 1
};

struct NetworkRequest {
  std::string name{};  // an identifier
  NetworkChain chain{};
  Rational bootstrap_noise = 0;  // bounds what a refresh adds, over the range
  std::string noise_text = "0";  // as it was written
  NetworkObjective objective = NetworkObjective::latency;
  std::optional<Rational> bits{};  // one of these three
  std::optional<Rational> error_budget{};
  std::optional<int> level_budget{};
  std::vector<RequestOption> model{};  // --model of every function, where it is given
  std::vector<NetworkLayerRequest> layers{};
};

/// Where the parts do not fit together: naming layer or key. None where they do.
[[nodiscard]] std::optional<Refusal> misfit_of(const NetworkRequest& request);

/// What a refresh adds to the error of a layer: the noise times the range and the largest slope of
/// the function. 0 without noise. A wrong request where the slope is not known.
[[nodiscard]] Outcome<Rational> refresh_error_of(const NetworkRequest& request,
                                                 const NetworkLayerRequest& layer);

/// Whether |x| times an approximation of sign serves: relu and abs.
[[nodiscard]] bool is_composed(const NetworkLayerRequest& layer);

/// The larger of the ends, without their signs; as text and as a number.
[[nodiscard]] std::string half_width_text(const NetworkLayerRequest& layer);
[[nodiscard]] Rational half_width_of(const NetworkLayerRequest& layer);

/// The bits that a layer needs, whatever else is asked for.
[[nodiscard]] std::optional<Rational> needed_bits(const NetworkRequest& request,
                                                  const NetworkLayerRequest& layer);

}  // namespace equiripple
