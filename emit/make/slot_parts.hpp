// The parts of a function of many slots: each a request of its own.
#pragma once

#include <map>
#include <string>

#include "emit/failure.hpp"
#include "emit/make/identity.hpp"
#include "emit/request/requests.hpp"

namespace equiripple {

struct SlotPart {
  Kind kind = Kind::inverse;
  Interval domain{};
  Rational error;  // relative; of max, of differences up to 1, absolute
  PlanObjective objective = PlanObjective::latency;
  int levels_after = 0;  // about so many levels follow
};

/// Makes parts, none of them twice.
class SlotParts {
 public:
  SlotParts(const SlotsRequest& request, const Identity& identity)
      : request_(request), identity_(identity) {}

  /// The part of this index, from 0.
  Outcome<Artifact> made(const SlotPart& part, std::size_t index);

 private:
  const SlotsRequest& request_;
  const Identity& identity_;
  std::map<std::string, Outcome<Artifact>> known_{};
};

}  // namespace equiripple
