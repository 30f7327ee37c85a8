// How often each x is met: an expression, or a file with a histogram or samples of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "emit/request/given_options.hpp"
#include "generator/domain.hpp"
#include "generator/function/expression.hpp"

namespace equiripple {

/// Whether a word of --density is an expression; else it is the path of a file.
[[nodiscard]] bool is_density_expression(const std::string& word);

struct Density {
  std::string words;                // an expression in x, continuous on the domain; as recorded
  std::optional<double> outside{};  // of a file: the share of what it counts beside the domain
  std::string source{};             // "1000 samples of x.txt", "histogram x.txt"; of a file
};

/// Of samples, numbers in any order, or of a histogram, lines "a b count" of bins that touch: lines
/// from middle to middle of the bins (a frequency polygon), half a count added to each bin, so that
/// nothing is impossible; the largest value is 1. Samples are counted in up to most_bins bins of
/// the domain. Fails with wrong_request.
[[nodiscard]] Density density_of_file(const std::string& flag, const GivenOptions::File& file,
                                      const Domain& domain);

inline constexpr long most_bins = 32;  // of samples; chosen: an expression of a few lines
inline constexpr long most_histogram_bins = 256;  // chosen: kinks that the proof can resolve

/// The words of this option; none where it is not given. Fails with wrong_request where there is no
/// expression and no reader.
[[nodiscard]] std::optional<Density> density_words(const GivenOptions& words, const Domain& domain);

/// Fails with wrong_request where the density is below 0 in the domain, by more than 2^-30 of what
/// it is elsewhere.
void require_not_negative(const Expression& density, const Domain& domain);

/// The share of the density's integral beside the domain, by a sum over longer and longer intervals
/// beyond it: measured. None where the density does not fall off.
[[nodiscard]] std::optional<double> share_outside(const std::string& expression,
                                                  const Domain& domain);

}  // namespace equiripple
