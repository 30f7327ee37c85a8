// Named after the network: net_1.hpp, ..., net.hpp, net.html, net.json.
#include "tools/network/files.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "emit/cpp_header.hpp"
#include "tools/network/page.hpp"

namespace equiripple {

std::vector<NetworkFile> network_files(const Network& network) {
  std::vector<NetworkFile> files;
  for (std::size_t f = 0; f < network.functions.size(); ++f) {
    const bool is_used = std::ranges::any_of(network.layers, [&](const NetworkLayerChoice& layer) {
      return layer.function == f && !layer.is_removed;
    });
    const Artifact& function = network.functions[f];
    if (is_used) files.push_back({function.name + ".hpp", to_cpp(function)});
  }
  const std::string& name = network.request.name;
  files.push_back({name + ".hpp", network_header(network)});
  files.push_back({name + ".html", network_page(network)});
  files.push_back({name + ".json", network_json(network).dump(2) + "\n"});
  return files;
}

}  // namespace equiripple
