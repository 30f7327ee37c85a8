// How an exchange ends.
#pragma once

namespace equiripple {

enum class SearchOutcome {
  found,
  unresolved,      // the error is below the noise of the rung at every sample
  stalled,         // the noise of the rung stops the exchange
  exchange_limit,  // most_exchanges came first
  not_finite,
};

}  // namespace equiripple
