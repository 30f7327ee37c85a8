// What --refresh says.
#pragma once

#include <string>

#include "emit/plan/refresh.hpp"

namespace equiripple {

/// "levels=10,noise=2^-9.3,cost=800[,start=N][,lowest=N]", or deviation=S,probability=P for noise:
/// a bound that one refreshed value passes with at most this probability, where its error is normal
/// with this standard deviation of the real part.
[[nodiscard]] RefreshRequest refresh_word(const std::string& flag, const std::string& word);

/// Why a command that has no --refresh has none; empty of one that has, or is not known.
[[nodiscard]] std::string why_not_refreshed(const std::string& command);

}  // namespace equiripple
