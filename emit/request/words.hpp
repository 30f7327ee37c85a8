// From the words of a command line to numbers, each error naming its flag and its word.
#pragma once

#include <string>
#include <vector>

#include "generator/domain.hpp"
#include "generator/exchange/minimax.hpp"
#include "generator/function/expression.hpp"
#include "generator/sign/published.hpp"

namespace equiripple {

[[nodiscard]] Expression function_word(const std::string& flag, const std::string& word);
[[nodiscard]] Rational number_word(const std::string& flag, const std::string& word);
/// Of --beyond: above 1, at most 1024.
[[nodiscard]] Rational beyond_word(const std::string& word);
[[nodiscard]] int whole_word(const std::string& flag, const std::string& word, int lowest,
                             int highest);
/// At commas that are in no parentheses.
[[nodiscard]] std::vector<std::string> parts_of(const std::string& text);
/// Likewise; none of them is empty.
[[nodiscard]] std::vector<std::string> list_word(const std::string& flag, const std::string& word);

/// Bits of accuracy: any number above 0 and up to `highest`, as 13, 12.5 or 25/2.
[[nodiscard]] Rational bits_word(const std::string& flag, const std::string& word, int highest);

/// "7,7,31": odd degrees; or a single one of any parity.
[[nodiscard]] std::vector<int> degrees_word(const std::string& flag, const std::string& word);

/// "3*g4,2*f4": published stages, each as often as it says.
[[nodiscard]] std::vector<PublishedStage> stages_word(const std::string& flag,
                                                      const std::string& word);

/// "[a,b]" for each interval, ascending and disjoint.
[[nodiscard]] Domain domain_words(const std::string& flag, const std::vector<std::string>& words);

/// The parity asked for; `auto` takes what the function has where the domain is symmetric.
[[nodiscard]] Parity parity_word(const std::string& flag, const std::string& word,
                                 const Expression& function, const Domain& domain);

/// A word as a message may quote it: printable, short, in quotes.
[[nodiscard]] std::string shown(const std::string& word);

/// A number as it stands in a request: without white space.
[[nodiscard]] std::string tidy(const std::string& word);

/// The name that a file has in messages and records: "relu.hpp" of "build/relu.hpp", in printable
/// ASCII.
[[nodiscard]] std::string file_name_of(const std::string& path);

/// The expression that a word for an activation stands for: a name alone (gelu) is that of x.
[[nodiscard]] std::string activation_function(const std::string& activation);

}  // namespace equiripple
