// A whole network: which polynomial for each activation, and where to refresh.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "emit/json.hpp"
#include "emit/network/request.hpp"
#include "generator/network/replay.hpp"

namespace equiripple {

struct NetworkLayerChoice {
  RequestRecord request;     // that makes its function
  std::size_t function = 0;  // which of Network::functions
  bool is_removed = false;   // the value passes as it is
  LayerDecision decision{};
  Replay::Levels levels{};
  Rational error{};  // of the layer, its refreshes included, at most; in units of its value
};

struct NetworkFrontRow {
  NetworkTotals totals;
  int shallowest = 0;  // levels of its activations
  int deepest = 0;
};

struct Network {
  NetworkRequest request;
  std::vector<Artifact> functions{};  // each distinct one once, with names; proved
  std::vector<NetworkLayerChoice> layers{};
  NetworkTotals totals{};
  std::string optimal_over{};  // what no better choice is in, for people
  std::vector<std::string> remarks{};
};

/// The best choice; every activation of it is made and proved. A refusal says the best that can be
/// had. This thread's observer is told, and may end the work.
[[nodiscard]] Outcome<Network> make_network(const NetworkRequest& request, const FileReader& read);

/// What other budgets of the error would give, as the search knows it; descending error.
[[nodiscard]] Outcome<std::vector<NetworkFrontRow>> make_network_front(
    const NetworkRequest& request, const FileReader& read);

[[nodiscard]] std::string network_table(const Network& network);
[[nodiscard]] std::string front_table(const NetworkRequest& request,
                                      const std::vector<NetworkFrontRow>& front);

/// {"bootstraps", "latency", "layers": [{"name", "request", "levels", "error", "refreshes"}]}:
/// levels of the activation, its error as in an artifact, refreshes in their order.
[[nodiscard]] Json network_json(const Network& network);
/// {"front": [{"bootstraps", "latency", "error", "levels": [least, most]}]}
[[nodiscard]] Json front_json(const std::vector<NetworkFrontRow>& front);

/// "before linear", "before activation", "inside": of a layer, in order; inside twice where x is
/// refreshed as well.
[[nodiscard]] std::vector<std::string> refreshes_of(const LayerDecision& decision);

/// One header that includes those of the functions and names them by layer.
[[nodiscard]] std::string network_header(const Network& network);

}  // namespace equiripple
