// What the tables of stage profiles and of shapes were made from, as hashes: where they are still
// the same, so are the tables, and minutes of work would only say so again.
#pragma once

#include <string>
#include <vector>

namespace equiripple {

/// The sources that say how a stage is planned: what emit/plan/stage_profile.cpp includes, and what
/// implements that, inside emit/plan and the numbers below it; sorted. Their places in `folder`,
/// where the repository is.
[[nodiscard]] std::vector<std::string> planner_sources(const std::string& folder);

/// A C++ text without comments, and without blanks but between words.
[[nodiscard]] std::string tokens_of(const std::string& text);

/// Of all these sources, each after its name.
[[nodiscard]] std::string planner_tokens(const std::string& folder);

/// SHA-256 of the tokens of the planner's sources, and of the polynomials that it is asked to plan.
[[nodiscard]] std::string planner_fingerprint(const std::string& folder);

/// SHA-256 of the tokens of the sources of the search for shapes: what emit/plan/shape_search.cpp
/// includes, and what implements that.
[[nodiscard]] std::string shapes_fingerprint(const std::string& folder);

/// SHA-256 of the tokens of the sources of the search for scalars of stages of sign
/// (known_scalar_rows.hpp), its table left out.
[[nodiscard]] std::string scalars_fingerprint(const std::string& folder);

/// The line of a table's file that holds it, without the end of the line.
[[nodiscard]] std::string fingerprint_line(const std::string& fingerprint);

}  // namespace equiripple
