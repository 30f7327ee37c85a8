// The library at work in this process; the tool in a temporary folder.
#include "tests/support/made.hpp"

#include <doctest/doctest.h>

#include <utility>

#include "emit/make/make.hpp"
#include "tests/support/verified.hpp"
#include "tests/support/words.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/output.hpp"

namespace equiripple::test {

std::string made(const std::vector<std::string>& words, const std::string& file) {
  return file_text(made_artifact(words), extension_of(file));
}

Artifact made_artifact(const std::vector<std::string>& words) {
  Made made = make(request_words(words), "f", read_file);
  REQUIRE_MESSAGE(made.is_made(), made.why);
  return std::move(*made.artifact);
}

CommandResult verified(const std::string& content, const std::string& file) {
  const TemporaryFolder folder;
  write_text(folder / file, content);
  return equiripple({"verify", file}, folder.path());
}

void check_refused(const std::string& content, const std::string& word) {
  const VerifiedText result = verified_text(content);
  CHECK_MESSAGE(result.status == 4, result.message);
  CHECK_MESSAGE(result.message.find(word) != std::string::npos, result.message);
}

}  // namespace equiripple::test
