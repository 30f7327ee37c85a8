// Values of x that an application meets, from a text file.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "emit/request/given_options.hpp"
#include "generator/domain.hpp"

namespace equiripple {

inline constexpr std::size_t most_samples = 1'000'000;  // chosen: seconds

/// Numbers between white space or commas; # begins a comment. `name` stands in messages. Fails with
/// wrong_request, naming line and word, where one is not a finite number.
[[nodiscard]] std::vector<double> parse_samples(const std::string& name, std::string_view text);

/// Of a file. Fails likewise, and where there is no number or where some are outside the domain:
/// then with their count and the largest of them.
[[nodiscard]] std::vector<double> samples_in(const std::string& flag,
                                             const GivenOptions::File& file, const Domain& domain);

}  // namespace equiripple
