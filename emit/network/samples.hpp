// The range of a layer from values that were measured before its activation.
#pragma once

#include <string>

#include "emit/network/request.hpp"

namespace equiripple {

/// The least and the largest value, rounded outward to 5 digits, and the probability that another
/// value of the same kind lies outside: of count + 1 exchangeable values each is as likely the
/// least or the largest, hence at most 2 / (count + 1). `text` is that of a NumPy file (.npy, of
/// binary32 or binary64, little-endian), or numbers as in parse_samples.
struct ProposedRange {
  std::string lower;
  std::string upper;
  SampledRange source{};
};
[[nodiscard]] Outcome<ProposedRange> proposed_range(const std::string& file,
                                                    const std::string& text);

}  // namespace equiripple
