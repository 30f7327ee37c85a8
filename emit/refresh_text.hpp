// Sentences about the refreshes of an artifact.
#pragma once

#include <string>

#include "emit/artifact.hpp"
#include "emit/failure.hpp"
#include "emit/plan/refresh.hpp"

namespace equiripple {

/// "--refresh: with refreshes that leave 6 levels and add 2^-9.30, and an input of 6 levels, ", and
/// what cannot be had with them.
[[nodiscard]] Refusal about_refresh(const RefreshRequest& terms, const std::string& said);

/// ", refreshed before stage 2 and 3", of the noise before each stage; empty where there is none.
[[nodiscard]] std::string refreshed_places_text(const std::vector<Rational>& noise);

/// "of the input, before stage 3"; empty where nothing is refreshed.
[[nodiscard]] std::string places_text(const Artifact& artifact);

/// "1, before stage 3: adds at most 2^-9.30 to a value in [-1, 1]; 800 each, 4 levels are left"; or
/// that none is needed. Empty where the request is of none.
[[nodiscard]] std::string describe_refreshes(const Artifact& artifact);

}  // namespace equiripple
