// Reading, writing, reading again.
#include "tests/fuzz/properties.hpp"

#include <algorithm>
#include <optional>

#include "emit/cpp_header.hpp"
#include "generator/function/parse.hpp"

namespace equiripple::test {
namespace {

bool is_printable(const std::string& message) {
  return std::ranges::all_of(message, [](char c) { return c >= ' ' && c <= '~'; });
}

// A value or a message, never both and never neither.
template <class T>
std::string broken_result(const std::optional<T>& value, const std::string& error) {
  if (value.has_value() != error.empty()) return "neither a value nor a message, or both";
  if (!is_printable(error)) return "the message is no printable line";
  return {};
}

// A file of either form becomes both, as far as it can be a header.
std::string broken_artifact(const ReadResult<Artifact>& result) {
  if (std::string broken = broken_result(result.value, result.error); !broken.empty()) {
    return broken;
  }
  if (!result.value) return {};
  const Form json{.write = to_json_text, .read = artifact_from_json_text};
  if (std::string broken = broken_round_trip(*result.value, json); !broken.empty()) {
    return "as JSON, " + broken;
  }
  if (!obstacle_to_cpp(*result.value).empty()) return {};
  const Form header{.write = to_cpp, .read = artifact_from_cpp};
  if (std::string broken = broken_round_trip(*result.value, header); !broken.empty()) {
    return "as a header, " + broken;
  }
  return {};
}

}  // namespace

std::string broken_round_trip(const Artifact& artifact, const Form& form) {
  const std::string written = form.write(artifact);
  const ReadResult<Artifact> again = form.read(written);
  if (!again.value) return "what was written is refused: " + again.error;
  if (form.write(*again.value) != written) return "what was read again is written differently";
  return {};
}

std::string broken_by_expression(const std::string& text) {
  const auto function = parse_function(text);
  if (std::string broken = broken_result(function.value, function.error); !broken.empty()) {
    return broken;
  }
  const auto number = parse_number(text);
  if (std::string broken = broken_result(number.value, number.error); !broken.empty()) {
    return broken;
  }
  if (!function.value) return number.value ? "a number that is no expression" : "";
  const auto again = parse_function(function.value->text());
  if (!again.value) return "its own spelling is refused: " + again.error;
  if (again.value->text() != function.value->text()) return "its spelling is not settled";
  if (again.value->nodes().size() != function.value->nodes().size()) {
    return "its own spelling means something else";
  }
  return {};
}

std::string broken_by_json(const std::string& text) {
  return broken_artifact(artifact_from_json_text(text));
}

std::string broken_by_header(const std::string& text) {
  return broken_artifact(artifact_from_cpp(text));
}

}  // namespace equiripple::test
