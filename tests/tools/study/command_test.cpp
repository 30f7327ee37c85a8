// equiripple-study from the command line.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "tests/support/command.hpp"
#include "tests/support/data.hpp"
#include "tests/tools/study/synthetic.hpp"

using namespace equiripple;

namespace {

test::CommandResult study_command(std::vector<std::string> words) {
  words.insert(words.begin(), EQUIRIPPLE_STUDY_BINARY);
  return test::run(words);
}

void check_refused(const std::vector<std::string>& words, const std::string& part) {
  const auto result = study_command(words);
  CAPTURE(result.errors);
  CHECK(result.status == 2);
  CHECK(result.output.empty());
  CHECK(result.errors.find(part) != std::string::npos);
}

}  // namespace

TEST_CASE("equiripple-study: the tables, the record, and the same again") {
  const test::TemporaryFolder folder;
  test::write_digits(folder.path(), 200, 100);
  const std::vector<std::string> words = {"--data",   folder.path(),
                                          "--seeds",  "2",
                                          "--epochs", "2",
                                          "--only",   "square,composite_5",
                                          "--json",   folder / "study.json"};
  const auto result = study_command(words);
  CHECK(result.status == 0);
  CHECK(result.errors.empty());
  for (const char* part : {"ReLU, as trained", "square", "minimax composite, alpha 5", "72.04",
                           "100 test images", "2 seeds"}) {
    CAPTURE(part);
    CHECK(result.output.find(part) != std::string::npos);
  }
  const std::string record = test::content_of(folder / "study.json");
  const auto json = nlohmann::json::parse(record);
  CHECK(json["methods"].size() == 2);
  CHECK(json["seeds"].size() == 2);
  CHECK(json["seeds"][1]["seed"] == 2);
  CHECK(json["methods"][0]["survey_accuracy"] == 72.04);
  CHECK(study_command(words).output == result.output);
  CHECK(test::content_of(folder / "study.json") == record);
}

TEST_CASE("equiripple-study: on ciphertexts, with what is not secure said") {
  const test::TemporaryFolder folder;
  test::write_digits(folder.path(), 200, 100);
  const auto result =
      study_command({"--data", folder.path(), "--seeds", "1", "--epochs", "2", "--only",
                     "composite_5", "--encrypted", "--images", "50", "--library", "simulated",
                     "--ring", "12", "-o", folder / "study.html"});
  CHECK(result.status == 0);
  for (const char* part : {"On ciphertexts (simulated), 50 test images", "2^12 allows 109",
                           "NOT SECURE", "no cryptography"}) {
    CAPTURE(part);
    CHECK(result.output.find(part) != std::string::npos);
  }
  const std::string page = test::content_of(folder / "study.html");
  for (const char* part :
       {"Accuracy against levels", "Accuracy against time", "distance from ReLU", "95.53", "<svg",
        "equiripple relu --degrees 13 --range 16", "nothing is protected"}) {
    CAPTURE(part);
    CHECK(page.find(part) != std::string::npos);
  }
  for (const char* part : {"src=", "href=", "url(", ">nan<",
                           ">inf<"}) {  // nothing from elsewhere, and all numbers known
    CAPTURE(part);
    CHECK(page.find(part) == std::string::npos);
  }
}

TEST_CASE("equiripple-study: wrong requests") {
  const test::TemporaryFolder folder;
  check_refused({}, "--data");
  check_refused({"--data", folder / "nowhere"}, "no such folder");
  check_refused({"--data", folder.path()}, "train-images-idx3-ubyte");
  check_refused({"--data", folder.path(), "--seeds", "0"}, "--seeds");
  check_refused({"--data", folder.path(), "--only", "cube"}, "no method 'cube'");
  check_refused({"--data", folder.path(), "--encrypted", "--library", "lattigo"}, "lattigo");
  check_refused({"--data", folder.path(), "--encrypted", "--ring", "20"}, "--ring");
  check_refused({"--data", folder.path(), "--quick"}, "--quick");
}

TEST_CASE("equiripple-study: a folder for the report that is not there is told before the work") {
  const test::TemporaryFolder folder;
  test::write_digits(folder.path(), 200, 100);
  const auto result =
      study_command({"--data", folder.path(), "--epochs", "1000", "-o", folder / "none/r.html"});
  CHECK(result.status == 5);
  CHECK(result.errors.find("there is no folder") != std::string::npos);
}
