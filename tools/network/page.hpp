// A network's choice as a page: levels along the network, refreshes, the share of each layer in the
// error.
#pragma once

#include <string>

#include "emit/network/network.hpp"

namespace equiripple {

[[nodiscard]] std::string network_page(const Network& network);

}  // namespace equiripple
