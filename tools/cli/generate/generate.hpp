// Makes the files of a spec, several at a time.
#pragma once

#include <optional>
#include <string>

#include "tools/cli/generate/cache.hpp"
#include "tools/cli/generate/spec.hpp"

namespace equiripple {

struct Shard {  // every count-th function, from the number-th on
  int number = 1;
  int count = 1;
};

struct GenerateRequest {
  Spec spec;
  std::string folder;
  std::optional<Cache> cache;
  Shard shard;
  int jobs = 1;
  bool quiet = false;  // no line for each function
};

/// Every function of the spec is checked before the first is computed. Where one cannot be met the
/// others are made all the same; then fails, naming it.
void generate(const GenerateRequest& request);

}  // namespace equiripple
