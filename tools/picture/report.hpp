// A file as a page: what it claims, what it is made of, what it costs, how its error looks.
#pragma once

#include <string>

#include "emit/artifact.hpp"

namespace equiripple {

[[nodiscard]] std::string report_page(const Artifact& artifact);

}  // namespace equiripple
