// Tables of coefficients as people have them: a list of numbers, CSV, JSON, an array of C or
// Python pasted as it is.
#pragma once

#include <string>
#include <vector>

#include "generator/numbers/real.hpp"

namespace equiripple {

struct CoefficientList {
  std::vector<Rational> values;    // exact: what the digits say
  std::vector<std::string> words;  // of each, as a record keeps it
};

inline constexpr std::size_t most_coefficients = 256;  // highest_classical_degree and one

/// Whether the word is a list itself; otherwise it is the path of a file that holds one.
[[nodiscard]] bool is_coefficient_list(const std::string& word);

/// The one list in a text. Comments (#, //, /* */), what is declared around it, quotes and suffixes
/// of C are left out; of a JSON object its "coefficients"; of lines of two numbers that begin with
/// 0, 1, 2, ... the second. Fails with wrong_word;
/// of a file the message names it.
[[nodiscard]] CoefficientList parse_coefficients(const std::string& text,
                                                 const std::string& file = {});

}  // namespace equiripple
