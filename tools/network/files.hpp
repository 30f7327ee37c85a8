// The files that a network's choice is handed out as.
#pragma once

#include <string>
#include <vector>

#include "emit/network/network.hpp"

namespace equiripple {

struct NetworkFile {
  std::string name;  // without a folder
  std::string text;
};

/// A header for each distinct function that is evaluated, one that names them by layer, a page with
/// pictures, and the choice as JSON.
[[nodiscard]] std::vector<NetworkFile> network_files(const Network& network);

}  // namespace equiripple
