// Values of x that an application meets, from a text file.
#pragma once

#include <string>
#include <vector>

#include "generator/domain.hpp"

namespace equiripple {

inline constexpr std::size_t most_samples = 1'000'000;  // chosen: seconds

/// Numbers between white space or commas; # begins a comment. Fails with wrong_request, naming line
/// and word, where one is not a finite number, where there is none, or where some are outside the
/// domain: then with their count and the largest of them.
[[nodiscard]] std::vector<double> samples_word(const std::string& flag, const std::string& path,
                                               const Domain& domain);

}  // namespace equiripple
