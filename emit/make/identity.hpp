// What an artifact is called, and what was asked for.
#pragma once

#include <string>

#include "emit/artifact.hpp"

namespace equiripple {

struct Identity {
  std::string name;
  RequestRecord request;
};

}  // namespace equiripple
