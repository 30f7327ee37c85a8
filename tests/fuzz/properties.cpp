// Reading, writing, reading again.
#include "tests/fuzz/properties.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>
#include <optional>
#include <sstream>
#include <vector>

#include "emit/cost_table.hpp"
#include "emit/cpp_header.hpp"
#include "emit/failure.hpp"
#include "emit/json.hpp"
#include "emit/request/fit_words.hpp"
#include "emit/request/samples.hpp"
#include "emit/request/words.hpp"
#include "emit/simulate/ckks.hpp"
#include "generator/function/parse.hpp"
#include "tools/cli/generate/spec.hpp"
#include "tools/cli/invocation.hpp"

namespace equiripple::test {
namespace {

bool is_printable(const std::string& message) {
  return std::ranges::all_of(message, [](char c) { return c >= ' ' && c <= '~'; });
}

// Lines without control characters, in UTF-8: the JSON library knows another way to see that.
bool is_message(const std::string& message) {
  const bool has_controls = std::ranges::any_of(
      message, [](char c) { return (c >= 0 && c < ' ' && c != '\n') || c == 0x7f; });
  try {
    return !message.empty() && !has_controls && !Json(message).dump().empty();
  } catch (const Json::exception&) {
    return false;
  }
}

// A value, or a message that says something.
template <class T>
std::string broken_result(const Expected<T>& result) {
  if (result) return {};
  if (result.error().why.empty()) return "neither a value nor a message";
  return is_printable(result.error().why) ? std::string() : "the message is no printable line";
}

// Neither another file than one beside, nor the end of --check.
bool is_harmless(const std::string& word) {
  return !word.starts_with('/') && word.find("=/") == std::string::npos &&
         word.find("..") == std::string::npos && word.find("check") == std::string::npos;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

// A file of either form becomes both, as far as it can be a header.
std::string broken_artifact(const Expected<Artifact>& result) {
  if (std::string broken = broken_result(result); !broken.empty()) {
    return broken;
  }
  if (!result.has_value()) return {};
  const Form json{.write = to_json_text, .read = artifact_from_json_text};
  if (std::string broken = broken_round_trip(*result, json); !broken.empty()) {
    return "as JSON, " + broken;
  }
  if (!obstacle_to_cpp(*result).empty()) return {};
  const Form header{.write = to_cpp, .read = artifact_from_cpp};
  if (std::string broken = broken_round_trip(*result, header); !broken.empty()) {
    return "as a header, " + broken;
  }
  return {};
}

}  // namespace

std::string broken_refusal(const std::function<std::string()>& read) {
  try {
    return read();
  } catch (const Failure& failure) {
    if (failure.status() != Status::wrong_request) return "refused, but not as a request";
    return is_message(failure.what()) ? std::string() : "the message is not legible";
  }
}

std::string broken_round_trip(const Artifact& artifact, const Form& form) {
  const std::string written = form.write(artifact);
  const Expected<Artifact> again = form.read(written);
  if (!again.has_value()) return "what was written is refused: " + again.error().why;
  if (form.write(*again) != written) return "what was read again is written differently";
  return {};
}

std::string broken_by_expression(const std::string& text) {
  const auto function = parse_function(text);
  if (std::string broken = broken_result(function); !broken.empty()) {
    return broken;
  }
  const auto number = parse_number(text);
  if (std::string broken = broken_result(number); !broken.empty()) {
    return broken;
  }
  if (!function.has_value()) return number.has_value() ? "a number that is no expression" : "";
  const auto again = parse_function(function->text());
  if (!again.has_value()) return "its own spelling is refused: " + again.error().why;
  if (again->text() != function->text()) return "its spelling is not settled";
  if (again->nodes().size() != function->nodes().size()) {
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

std::string broken_by_table(const std::string& text) {
  return broken_refusal([&] {
    const NamedTable named = parse_table("data.txt", text);
    const auto& points = named.table.points;
    const auto rises = [](const DataPoint& a, const DataPoint& b) { return a.x <= b.x; };
    for (std::size_t i = 1; i < points.size(); ++i) {
      if (!rises(points[i - 1], points[i])) return std::string("the points do not ascend");
    }
    return named.words.size() == points.size() ? std::string() : "words are lost";
  });
}

std::string broken_by_samples(const std::string& text) {
  return broken_refusal([&] {
    const auto numbers = parse_samples("met.txt", text);
    return std::ranges::all_of(numbers, [](double x) { return std::isfinite(x); })
               ? std::string()
               : "a number that is not finite";
  });
}

std::string broken_by_costs(const std::string& text) {
  const auto table = cost_table_from_json_text(text);
  if (std::string broken = broken_result(table); !broken.empty()) return broken;
  if (!table.has_value()) return {};
  const double cost = cost_at(table->key_switch, 1);
  return cost >= 0 && std::isfinite(cost) ? std::string() : "a cost that is none";
}

std::string broken_by_words(const std::string& text) {
  const auto tried = [](const auto& read) {
    return broken_refusal([&] {
      static_cast<void>(read());
      return std::string();
    });
  };
  for (const std::string& broken : {tried([&] { return degrees_word("--degrees", text); }),
                                    tried([&] { return stages_word("--stages", text); }),
                                    tried([&] { return domain_words("--domain", {text}); }),
                                    tried([&] { return whole_word("--bits", text, 1, 1000); }),
                                    tried([&] { return ckks_word("--ckks", text); })}) {
    if (!broken.empty()) return broken;
  }
  return {};
}

std::string broken_by_spec(const std::string& text) {
  return broken_refusal([&] {
    const Spec spec = spec_from_text("functions.toml", text);
    const auto has_command = [](const SpecFunction& f) { return !f.request.command.empty(); };
    return std::ranges::all_of(spec.functions, has_command) ? std::string()
                                                            : "a function without a command";
  });
}

std::string broken_by_command(const std::string& text) {
  std::vector<std::string> words = lines_of(text);
  if (words.empty() || words[0].starts_with('-') || !std::ranges::all_of(words, is_harmless)) {
    return {};
  }
  words.insert(words.begin() + 1, "--check");
  try {
    CommandLine line;
    static_cast<void>(invoke(line, std::move(words)));
  } catch (const Failure& failure) {
    if (!is_message(failure.what())) return "the message is not legible";
  } catch (const std::exception& error) {
    return std::string("an error of no kind: ") + error.what();
  }
  return {};
}

}  // namespace equiripple::test
