// Texts that fuzzing starts from: well-formed ones, one list for each reader.
#pragma once

#include <string>
#include <vector>

namespace equiripple::test {

struct Corpus {
  std::vector<std::string> expressions;
  std::vector<std::string> jsons;     // the artifacts of the headers
  std::vector<std::string> headers;   // those in tests/golden
  std::vector<std::string> programs;  // of the headers
  std::vector<std::string> tables;
  std::vector<std::string> samples;
  std::vector<std::string> costs;
  std::vector<std::string> words;
  std::vector<std::string> specs;
  std::vector<std::string> commands;  // a word a line
};

/// Throws std::runtime_error where a golden header, or a table of costs, cannot be read.
[[nodiscard]] Corpus seed_corpus();

/// The words of the texts, each once: what a fuzzer may put in as a whole.
[[nodiscard]] std::vector<std::string> dictionary(const std::vector<std::string>& texts);

}  // namespace equiripple::test
