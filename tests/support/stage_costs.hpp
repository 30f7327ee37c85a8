// Costs of stages for tests of the search.
#pragma once

#include "generator/search/stage_option.hpp"

namespace equiripple::test {

/// The published table of depths and multiplications (tests/data/optimal_degrees.json); of ReLU,
/// one level more for the product with x.
StageCosts published_costs();

/// Few options with a choice of levels, made up: as many key switches as the degree has bits, and
/// one for each four degrees; one less for one level more. Latency: each key switch costs what is
/// left.
StageCosts made_up_costs(bool with_latency);

}  // namespace equiripple::test
