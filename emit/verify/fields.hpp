// The table of all fields of an artifact: how verify() knows that each is true.
//
// A field is named by its path in the JSON: "stages/*/error/upper", where * is any index. Options
// of the request are "request/NAME", whether they have one word or many.
#pragma once

#include <string>
#include <vector>

#include "emit/json.hpp"
#include "emit/verify/verification.hpp"

namespace equiripple {

enum class Standing : unsigned char {
  subject,  // what the claims are about: with another value they are claims about something else,
            // and are proved of that
  proved,   // by a proof or a count of its own
  kept,     // the request promises it, and it is so
  written,  // follows from other fields: the file has what the writer makes of them
  label,    // claims nothing, whatever it is; why, the row says
};

/// In which direction a true value stays true.
enum class Weaker : unsigned char { no, smaller, larger, wider, narrower, any };

struct Field {
  const char* path;
  Standing standing;
  Weaker weaker;
  const char* why;
};

[[nodiscard]] const std::vector<Field>& fields();

/// The row of a path, or null.
[[nodiscard]] const Field* field_at(const std::string& path);

/// The paths of an artifact's JSON, each once. An empty list or object, null and words are fields.
[[nodiscard]] std::vector<std::string> paths_in(const Json& artifact);

/// The first field of the artifact that has no row, or whose row asks for a finding that is not
/// there; empty where there is none.
[[nodiscard]] std::string unestablished_field(const Artifact& artifact, const Verification& found);

}  // namespace equiripple
