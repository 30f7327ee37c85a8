// The JSON of the C interface.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "generator/expected.hpp"
#include "tools/library/equiripple/make.hpp"

namespace equiripple {

/// The request that equiripple.h describes, or what is wrong with the text. Numbers that are not
/// whole are refused: written in binary64 they are others.
[[nodiscard]] Expected<library::Request> request_in_json(const std::string& text);

/// {"name", "kind", "description", "command", "inputs", "error", "stages", "costs"}: what the
/// library's Function says, by the names that it has there.
[[nodiscard]] nlohmann::ordered_json facts_json(const library::Function& function);

/// Every command and option that requests take.
[[nodiscard]] nlohmann::ordered_json commands_json();

}  // namespace equiripple
