// What was looked at in a file, and whether it holds.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "generator/numbers/real.hpp"

namespace equiripple {

struct Finding {
  std::string claim;             // a path of the table of fields (fields.hpp); "file" of its text
  int stage = 0;                 // from 1; 0 where the claim is of no stage
  bool holds = false;            // proved; else false, or not proved
  std::optional<Rational> at{};  // where it does not hold, if that is known
  std::string sentence{};        // for people; empty where it goes without saying
};

struct Verification {
  std::vector<Finding> findings{};

  bool holds() const { return first_failure() == nullptr && !findings.empty(); }
  const Finding* first_failure() const {
    for (const Finding& finding : findings) {
      if (!finding.holds) return &finding;
    }
    return nullptr;
  }
};

}  // namespace equiripple
