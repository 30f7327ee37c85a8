// 1/x, 1/sqrt(x), sqrt(x) and a/b with a start that is refreshed before it is corrected.
//
// What a refresh adds to the start is an error of the start as any other: N / c of it at most,
// where the start times c is in [-1, 1]. While that and its own are below 1 together, corrections
// mend both; nothing of the noise is left in the result but what the proof counts. x itself is not
// refreshed: what it is multiplied with after the refresh has no more levels than x.
#pragma once

#include "emit/failure.hpp"
#include "emit/make/identity.hpp"
#include "emit/request/requests.hpp"

namespace equiripple {

/// Of a request with `refresh`, and with an error unless degree and corrections are given: for each
/// number of corrections the smallest degree, and of these the least cost.
[[nodiscard]] Outcome<Artifact> make_refreshed_corrections(const CorrectionRequest& request,
                                                           const Identity& identity);

}  // namespace equiripple
