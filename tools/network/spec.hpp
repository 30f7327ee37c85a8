// A TOML file of a network, as the request for its polynomials and refreshes.
//
//   [chain]
//   levels = 15
//   [objective]
//   minimise = "bootstraps"
//   bits = 13
//   [[layer]]
//   name = "conv1"
//   function = "relu"
//   range = ["-3.777396", "4.205626"]
//   levels = 2
#pragma once

#include <string>

#include "emit/network/request.hpp"
#include "emit/request/given_options.hpp"

namespace equiripple {

/// Files that it names are beside it. A wrong request names file, line and column, the key, and
/// what would be right. Without a budget in it, as for a front, `may_lack_budget` takes 13 bits of
/// accuracy as the finest that is looked at.
[[nodiscard]] NetworkRequest read_network(const std::string& path, const FileReader& read,
                                          bool may_lack_budget = false);

}  // namespace equiripple
