// The library at work in this process; the tool in a temporary folder.
#include "tests/support/made.hpp"

#include <doctest/doctest.h>

#include <utility>

#include "emit/make/make.hpp"
#include "emit/plan/refresh.hpp"
#include "emit/request/refresh_words.hpp"
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

void check_every_form(const std::string& content) {
  const TemporaryFolder folder;
  write_text(folder / "f.json", content);
  const auto check_runs = [&](const std::vector<std::string>& words) {
    const CommandResult result = equiripple(words, folder.path());
    CHECK_MESSAGE(result.status == 0, result.errors);
  };
  for (const char* view : {"--json", "--plan", "--compare"}) {
    check_runs({"inspect", "f.json", view});
  }
  for (const char* target :
       {"cpp", "openfhe", "lattigo", "python", "mlir", "csv", "latex", "program"}) {
    check_runs({"emit", "f.json", "--target", target, "-o", "out"});
  }
  check_runs({"plot", "f.json", "-o", "f.svg"});
  check_runs({"report", "f.json", "-o", "f.html"});
}

void check_proved_again(const std::vector<std::string>& words, const std::string& sentence) {
  for (const char* file : {"f.json", "f.hpp"}) {
    const CommandResult result = verified(made(words, file), file);
    CHECK_MESSAGE(result.status == 0, result.errors);
    CHECK(result.output.find(sentence) != std::string::npos);
  }
}

void check_fails(const std::vector<std::string>& words, int status, const std::string& message) {
  const CommandResult result = equiripple(words);
  CHECK(result.status == status);
  CHECK_MESSAGE(result.errors.find(message) != std::string::npos, result.errors);
}

std::string changed(const std::string& content, const std::string& pointer,
                    const nlohmann::json& value) {
  auto file = nlohmann::ordered_json::parse(content);
  const auto place = nlohmann::ordered_json::json_pointer(pointer);
  REQUIRE(file.contains(place));
  file[place] = value;
  return file.dump(2) + "\n";
}

void check_fits_refreshes(const Artifact& artifact, const std::vector<std::string>& words) {
  const RefreshRequest terms = refresh_word("--refresh", words.back());
  CHECK(defect_of_levels(artifact.plan->program, terms).empty());
  CHECK(artifact.claim.error.evidence == Evidence::proved);
  for (const char* file : {"f.json", "f.hpp"}) {
    const auto result = verified(made(words, file), file);
    CHECK_MESSAGE(result.status == 0, result.errors);
  }
}

void check_refused(const std::string& content, const std::string& word) {
  const VerifiedText result = verified_text(content);
  CHECK_MESSAGE(result.status == 4, result.message);
  CHECK_MESSAGE(result.message.find(word) != std::string::npos, result.message);
}

}  // namespace equiripple::test
