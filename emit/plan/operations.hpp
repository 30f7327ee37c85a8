// A plan's program as the runtime records it of an emitted header.
#pragma once

#include <equiripple/recording.hpp>
#include <vector>

#include "emit/kind.hpp"
#include "emit/plan/program.hpp"
#include "generator/domain.hpp"

namespace equiripple {

[[nodiscard]] std::vector<detail::Operation> operations_of(const std::vector<Instruction>& program);

/// Where the errors of a function of this kind count: on its domain, or on all of the range.
[[nodiscard]] Domain noise_domain(Kind kind, const Domain& domain);

/// Points at which a plan's noise is looked at: of these intervals, denser where polynomials are
/// steep: in the middle and at the ends.
[[nodiscard]] std::vector<double> points_of_noise(const Domain& intervals, std::size_t count);

}  // namespace equiripple
