// From text to an expression: the one grammar of functions and of exact numbers.
//
//   sum      := product (('+' | '-') product)*
//   product  := unary (('*' | '/') unary)*
//   unary    := ('+' | '-')* power              -x^2 is -(x^2)
//   power    := primary (('^' | '**') unary)?   right associative
//   primary  := number | 'x' | 'pi' | 'e' | name '(' sum (',' sum)* ')' | '(' sum ')' | choice
//   choice   := 'if' '(' sum ('<' | '<=' | '>' | '>=') sum ',' sum ',' sum ')'
//   number   := decimal, or hexadecimal with binary exponent: 12, 0.1, 1e-3, 0x1.8p-30
//
// Numbers are exact rationals. A text that breaks the grammar, or is longer or deeper than the
// limits below, is a value with a message, never an exception.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "generator/expected.hpp"
#include "generator/function/expression.hpp"

namespace equiripple {

inline constexpr std::size_t longest_expression = 1 << 16;  // characters; chosen
inline constexpr int deepest_nesting = 200;                 // chosen: far inside any stack
inline constexpr long largest_number_bits = 1 << 15;        // of a constant; chosen

/// A function of x; or the token that is wrong, and what would be right.
[[nodiscard]] Expected<Expression> parse_function(std::string_view text);

/// A number: an expression without x. An irrational one (pi/2) is given to the bits of the highest
/// rung.
[[nodiscard]] Expected<Rational> parse_number(std::string_view text);

/// The names of functions that the grammar knows, `if` apart; for messages and manuals.
[[nodiscard]] const std::vector<std::string>& function_names();

}  // namespace equiripple
