// Exact numbers as text: hex floats for files, short decimals for people.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "generator/numbers/real.hpp"

namespace equiripple {

/// A dyadic rational, exactly: "0x1.8p+0", "-0x1p-3", "0x0p+0". The exponent is not limited.
/// Throws std::invalid_argument for other rationals.
[[nodiscard]] std::string hexfloat(const Rational& q);

/// The number that such a text is; empty for any other text, and for more than 1100 hex digits or
/// an exponent beyond +-20000.
[[nodiscard]] std::optional<Rational> parse_hexfloat(std::string_view text);

/// `digits` significant decimal digits, for people: "1.26226", "7.7e-05". To the nearest about;
/// rounded up, what is printed is the least such number that is not below q; down likewise.
[[nodiscard]] std::string decimal(const Rational& q, int digits = 6,
                                  Rounding rounding = Rounding::nearest);

/// `places` digits after the point, rounded up or down in the same sense: "12.50".
[[nodiscard]] std::string fixed_decimal(const Rational& q, int places, Rounding rounding);
/// Of what was measured, which may be infinite: "-inf".
[[nodiscard]] std::string fixed_decimal(double value, int places, Rounding rounding);

/// log2 of a positive number as `fixed_decimal`: 2^(what is printed) is not below q, or not above.
[[nodiscard]] std::string log2_text(const Rational& q, int places, Rounding rounding);

/// A size as people compare it: "2^-13.17 (1.1e-04)", or "0"; both forms are rounded in the given
/// direction (up for what is at most this, down for what is at least this).
[[nodiscard]] std::string size_text(const Rational& q, Rounding rounding = Rounding::up);

/// log2 rounded up to 1e-4, for a positive number.
[[nodiscard]] double log2_rounded_up(const Rational& q);

}  // namespace equiripple
