// What holds for every text that a reader is given, whoever wrote it.
//
// A text is read or refused with a message of one printable line; what was read can be written, and
// what was written is read again as the same. The fuzzers and the replay of their corpus share
// these functions.
#pragma once

#include <functional>
#include <string>

#include "emit/json.hpp"

namespace equiripple::test {

/// Each returns what is broken, in words; empty where all holds.
[[nodiscard]] std::string broken_by_expression(const std::string& text);
[[nodiscard]] std::string broken_by_json(const std::string& text);
[[nodiscard]] std::string broken_by_header(const std::string& text);
[[nodiscard]] std::string broken_by_program(const std::string& text);  // read and run
[[nodiscard]] std::string broken_by_table(const std::string& text);    // of fit --data
[[nodiscard]] std::string broken_by_samples(const std::string& text);  // of survey --data
[[nodiscard]] std::string broken_by_costs(const std::string& text);    // of --model
[[nodiscard]] std::string broken_by_words(const std::string& text);    // of options
[[nodiscard]] std::string broken_by_spec(const std::string& text);     // of generate

/// A command line with a word a line: parsed and checked as a request (--check). Lines that could
/// do more, or name a file outside the folder, are left alone.
[[nodiscard]] std::string broken_by_command(const std::string& text);

/// What a reader that throws does: it returns what `read` says, or refuses as a wrong request in
/// legible lines.
[[nodiscard]] std::string broken_refusal(const std::function<std::string()>& read);

/// A way to write artifacts, and the reader that must understand it.
struct Form {
  std::function<std::string(const Artifact&)> write;
  std::function<Expected<Artifact>(const std::string&)> read;
};
[[nodiscard]] std::string broken_round_trip(const Artifact& artifact, const Form& form);

}  // namespace equiripple::test
