// The tool at work in temporary folders.
#include "tests/support/made.hpp"

#include <doctest/doctest.h>

#include "emit/json.hpp"
#include "tests/support/data.hpp"

namespace equiripple::test {

std::string made(std::vector<std::string> words, const std::string& file) {
  const TemporaryFolder folder;
  words.insert(words.end(), {"-o", file, "--name", "f"});
  const auto result = equiripple(words, folder.path());
  REQUIRE_MESSAGE(result.status == 0, result.errors);
  return content_of(folder / file);
}

Artifact made_artifact(const std::vector<std::string>& words) {
  auto read = artifact_from_json_text(made(words, "f.json"));
  REQUIRE_MESSAGE(read.value.has_value(), read.error);
  return *std::move(read.value);
}

CommandResult verified(const std::string& content, const std::string& file) {
  const TemporaryFolder folder;
  write_text(folder / file, content);
  return equiripple({"verify", file}, folder.path());
}

void check_refused(const std::string& content, const std::string& file, const std::string& word) {
  const auto result = verified(content, file);
  CHECK_MESSAGE(result.status == 4, result.errors);
  CHECK_MESSAGE(result.errors.find(word) != std::string::npos, result.errors);
  CHECK(result.output.empty());
}

}  // namespace equiripple::test
