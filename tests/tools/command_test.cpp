// The commands as a user types them.
#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmath>
#include <filesystem>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "emit/hexfloat.hpp"
#include "tests/support/command.hpp"
#include "tests/support/data.hpp"
#include "tests/support/near.hpp"

using namespace equiripple;
using nlohmann::json;

namespace {

json artifact(const std::vector<std::string>& words) {
  const test::TemporaryFolder folder;
  auto all = words;
  all.insert(all.end(), {"-o", "f.json"});
  const auto result = test::equiripple(all, folder.path());
  REQUIRE_MESSAGE(result.status == 0, result.errors);
  return json::parse(test::content_of(folder / "f.json"));
}

double upper(const json& object) {
  return to_double(*parse_hexfloat(object["error"]["upper"].get<std::string>()));
}

}  // namespace

TEST_CASE("minimax") {
  const json file =
      artifact({"minimax", "--function", "exp(x)", "--domain", "[-1,1]", "--degree", "3"});
  CHECK(file["format"] == "equiripple");
  CHECK(file["version"] == 1);
  CHECK(file["name"] == "f");
  CHECK(file["kind"] == "minimax");
  CHECK(file["stages"].size() == 1);
  CHECK(file["stages"][0]["degree"] == 3);
  CHECK(file["stages"][0]["basis"] == json({"-0x1p+0", "0x1p+0"}));
  CHECK(file["error"]["evidence"] == "proved");
  CHECK(file["error"]["metric"] == "absolute");
  constexpr double best = 0.00552837010868758853;
  CHECK(upper(file) >= best);
  CHECK(upper(file) <= best * (1 + 0x1p-10));
  CHECK(file["plan"]["levels"] == 2);
  CHECK(file["request"]["function"] == "exp(x)");
}

TEST_CASE("values that begin with a minus") {
  const json file =
      artifact({"minimax", "--function", "-x^2+x", "--domain", "[-1,1/3]", "--degree", "1"});
  CHECK(file["request"]["function"] == "-x^2+x");
}

TEST_CASE("sign on two intervals through minimax is sign by sign") {
  const json general = artifact({"minimax", "--function", "sign(x)", "--domain", "[-1,-2^-8]",
                                 "--domain", "[2^-8,1]", "--degree", "31"});
  const json special = artifact({"sign", "--gap", "2^-8", "--degrees", "31"});
  CHECK(general["stages"][0]["parity"] == "odd");
  CHECK(general["stages"][0]["coefficients"] == special["stages"][0]["coefficients"]);
  CHECK(general["stages"][0]["domain"].size() == 2);
}

TEST_CASE("a function by intervals") {
  const test::TemporaryFolder folder;
  const char* function = "if(x < -1, -1, if(x > 1, 1, x))";
  REQUIRE(test::equiripple({"minimax", "--function", function, "--domain", "[-3,3]", "--degree",
                            "1", "-o", "clamp.hpp"},
                           folder.path())
              .status == 0);
  const auto seen = test::equiripple({"inspect", "clamp.hpp"}, folder.path());
  CHECK(seen.status == 0);
  CHECK(seen.output.find(function) != std::string::npos);
  const json file =
      artifact({"minimax", "--function", function, "--domain", "[-3,3]", "--degree", "1"});
  CHECK(file["request"]["function"] == function);
  CHECK(upper(file) == doctest::Approx(0.5).epsilon(0x1p-10));
  const json wave = artifact({"minimax", "--function", "mod(x,1)", "--domain", "[0.5,0.8]",
                              "--domain", "[1.2,1.5]", "--degree", "2"});
  CHECK(upper(wave) == doctest::Approx(0.3 / 0.7 / 2).epsilon(0x1p-10));
}

TEST_CASE("an error of zero") {
  const json file =
      artifact({"minimax", "--function", "x^2 - 1/4", "--domain", "[-1,1]", "--degree", "7"});
  CHECK(file["error"]["upper"] == "0x0p+0");
  CHECK(file["error"]["log2_upper"].is_null());
}

TEST_CASE("an error instead of a degree") {
  const auto degree_for = [](const char* function, const char* domain, const char* error) {
    return artifact({"minimax", "--function", function, "--domain", domain, "--error",
                     error})["stages"][0]["degree"]
        .get<int>();
  };
  // From the errors of exp on [-1, 1]: 1.175, 0.2788, 0.04502, 0.005528, 0.0005467.
  CHECK(degree_for("exp(x)", "[-1,1]", "2") == 0);
  CHECK(degree_for("exp(x)", "[-1,1]", "0.006") == 3);
  CHECK(degree_for("exp(x)", "[-1,1]", "0.005") == 4);
  // E_2n(|x|) falls below 0.01 at 2n = 28.
  CHECK(degree_for("abs(x)", "[-1,1]", "0.01") == 28);
  CHECK(degree_for("sin(x)", "[-1,1]", "1e-3") % 2 == 1);
  const std::vector<std::string> request = {"minimax", "--function", "exp(x)", "--domain",
                                            "[-1,1]"};
  const auto status_with = [&](std::vector<std::string> more) {
    more.insert(more.begin(), request.begin(), request.end());
    return test::equiripple(more).status;
  };
  CHECK(status_with({"--error", "2^-60"}) == 3);
  CHECK(status_with({"--degree", "3", "--error", "0.001"}) == 3);
  CHECK(status_with({"--degree", "4", "--error", "0.001"}) == 0);
}

TEST_CASE("functions on sign") {
  CHECK(upper(artifact({"relu", "--degrees", "7,7"})) == test::near(0.0074971, 1e-3));
  CHECK(artifact({"relu", "--degrees", "7,7"})["error"]["metric"] == "relu");
  const double sign = upper(artifact({"sign", "--gap", "1/8", "--degrees", "7,7"}));
  CHECK(upper(artifact({"step", "--gap", "1/8", "--degrees", "7,7"})) == sign / 2);
  CHECK(upper(artifact({"compare", "--gap", "1/8", "--degrees", "7,7"})) == sign / 2);
  const double relu = upper(artifact({"relu", "--degrees", "7,7", "--range", "3"}));
  CHECK(upper(artifact({"max", "--degrees", "7,7", "--range", "3"})) == relu);
  CHECK(upper(artifact({"min", "--degrees", "7,7", "--range", "3"})) == relu);
  CHECK(upper(artifact({"abs", "--degrees", "7,7", "--range", "3"})) == 2 * relu);
}

TEST_CASE("inspect and emit, from an artifact and from a header") {
  const test::TemporaryFolder folder;
  REQUIRE(test::equiripple({"relu", "--degrees", "7,7", "-o", "r.hpp"}, folder.path()).status == 0);
  REQUIRE(test::equiripple({"relu", "--degrees", "7,7", "-o", "r.json"}, folder.path()).status ==
          0);
  const std::string json_text = test::content_of(folder / "r.json");
  const std::string header = test::content_of(folder / "r.hpp");
  for (const char* file : {"r.hpp", "r.json"}) {
    CAPTURE(file);
    CHECK(test::equiripple({"inspect", file, "--json"}, folder.path()).output == json_text);
    CHECK(test::equiripple({"emit", file, "--target", "json"}, folder.path()).output == json_text);
    CHECK(test::equiripple({"emit", file, "--target", "cpp"}, folder.path()).output == header);
    CHECK(test::equiripple({"emit", file, "--target", "cpp", "-o", "again.hpp"}, folder.path())
              .status == 0);
    CHECK(test::content_of(folder / "again.hpp") == header);
    const std::string text = test::equiripple({"inspect", file}, folder.path()).output;
    CHECK(text.find("2^-7.0") != std::string::npos);
    CHECK(text.find("key switches") != std::string::npos);
  }
}

TEST_CASE("what cannot be met exits 3 and says the best that can") {
  const test::TemporaryFolder folder;
  const auto missed =
      test::equiripple({"relu", "--degrees", "7,7", "--bits", "12", "-o", "r.hpp"}, folder.path());
  CHECK(missed.status == 3);
  CHECK(missed.errors.find("2^-7.0") != std::string::npos);
  CHECK(test::equiripple({"relu", "--degrees", "7,7", "--bits", "7"}).status == 0);
  const auto below = test::equiripple(
      {"minimax", "--function", "exp(x)", "--domain", "[-1,1]", "--degree", "700", "-o", "e.json"},
      folder.path());
  CHECK(below.status == 3);
  CHECK(below.errors.find("degree 700") != std::string::npos);
  const auto huge = test::equiripple(
      {"minimax", "--function", "exp(2000*x)", "--domain", "[-1,1]", "--degree", "4"},
      folder.path());
  CHECK(huge.status == 3);
  CHECK(test::equiripple({"sign", "--gap", "2^-45", "--degrees", "7,7"}, folder.path()).status ==
        3);
  CHECK(folder.files() == 0);
}

TEST_CASE("what the machine cannot do exits 5") {
  const std::vector<std::string> request = {"sign", "--gap", "1/4", "--degrees", "3", "-o"};
  const auto to = [&](const std::string& path) {
    auto words = request;
    words.push_back(path);
    return test::equiripple(words);
  };
  const test::TemporaryFolder folder;
  CHECK(to(folder / "no/such/folder/s.hpp").status == 5);
  std::filesystem::create_directory(folder / "taken.hpp");
  CHECK(to(folder / "taken.hpp").status == 5);
  if (::access("/dev/full", W_OK) == 0) {
    std::filesystem::create_symlink("/dev/full", folder / "full.hpp");
    CHECK(to(folder / "full.hpp").status == 5);
    CHECK(
        test::run({"sh", "-c", "exec \"$0\" sign --gap 1/4 --degrees 3 >/dev/full", test::binary()})
            .status == 5);
  } else {
    MESSAGE("SKIPPED: there is no /dev/full here");
  }
  if (::geteuid() != 0) {  // root may write anywhere
    std::filesystem::create_directory(folder / "closed");
    ::chmod((folder / "closed").c_str(), 0500);
    CHECK(to(folder / "closed/s.hpp").status == 5);
  }
  CHECK(test::run(
            {"sh", "-c", "ulimit -f 0; exec \"$0\" relu --degrees 7,7 -o r.hpp", test::binary()},
            folder.path())
            .status != 0);
  CHECK_FALSE(std::filesystem::exists(folder / "r.hpp"));
}

TEST_CASE("an unchanged file keeps its time stamp, a link stays a link") {
  namespace fs = std::filesystem;
  const test::TemporaryFolder folder;
  const std::vector<std::string> request = {"sign", "--gap", "1/4",  "--degrees",
                                            "3",    "-o",    "s.hpp"};
  REQUIRE(test::equiripple(request, folder.path()).status == 0);
  const auto past = fs::last_write_time(folder / "s.hpp") - std::chrono::hours(1);
  fs::last_write_time(folder / "s.hpp", past);
  REQUIRE(test::equiripple(request, folder.path()).status == 0);
  CHECK(fs::last_write_time(folder / "s.hpp") == past);
  test::write_text(folder / "s.hpp", "something else");
  REQUIRE(test::equiripple(request, folder.path()).status == 0);
  CHECK(test::content_of(folder / "s.hpp").find("GENERATED") != std::string::npos);
  fs::rename(folder / "s.hpp", folder / "real.hpp");
  test::write_text(folder / "real.hpp", "something else");
  fs::create_symlink("real.hpp", folder / "s.hpp");
  REQUIRE(test::equiripple(request, folder.path()).status == 0);
  CHECK(fs::is_symlink(folder / "s.hpp"));
  CHECK(test::content_of(folder / "real.hpp").find("GENERATED") != std::string::npos);
  CHECK(folder.files() == 2);
}

TEST_CASE("the same request gives the same bytes, wherever the file is") {
  const test::TemporaryFolder one;
  const test::TemporaryFolder two;
  for (const auto* folder : {&one, &two}) {
    REQUIRE(
        test::equiripple({"relu", "--degrees", "7,15", "--range", "50", "-o", *folder / "r.hpp"})
            .status == 0);
  }
  CHECK(test::content_of(one / "r.hpp") == test::content_of(two / "r.hpp"));
  CHECK(test::content_of(one / "r.hpp").find(one.path()) == std::string::npos);
}

// The line of --timing by phases, without the whole at its end.
std::map<std::string, double> phases_of(std::istringstream& line) {
  std::map<std::string, double> phases;
  std::string name;
  double milliseconds = 0;
  char comma = 0;
  while (line >> name && name != "in" && line >> milliseconds >> comma) phases[name] = milliseconds;
  return phases;
}

// The phases of a command are those that it has, and together they are the whole.
TEST_CASE("--timing says where the time went, and changes nothing else") {
  const std::vector<std::string> words = {"minimax", "--function", "exp(x)", "--domain",
                                          "[-1,1]",  "--degree",   "5"};
  auto timed_words = words;
  timed_words.push_back("--timing");
  const auto plain = test::equiripple(words);
  const auto timed = test::equiripple(timed_words);
  CHECK(plain.errors.empty());
  CHECK(timed.status == 0);
  CHECK(timed.output == plain.output);
  std::istringstream line(timed.errors.substr(timed.errors.find(':') + 1));
  std::map<std::string, double> phases = phases_of(line);
  double sum = 0;
  for (const auto& [phase, milliseconds] : phases) sum += milliseconds;
  std::string all_of_it;
  double all = 0;
  CHECK((line >> all_of_it >> all));
  for (const char* phase : {"start", "exchange", "proof", "plan"}) CHECK(phases[phase] > 0);
  constexpr double a_digit = 0.05;  // each is rounded
  CHECK(std::abs(all - sum) <= a_digit * static_cast<double>(phases.size() + 1) + 1e-9);

  const auto composed = test::equiripple({"relu", "--degrees", "7,7", "--timing"});
  std::istringstream of_composed(composed.errors.substr(composed.errors.find(':') + 1));
  phases = phases_of(of_composed);
  for (const char* phase : {"stages", "proof", "plan"}) CHECK(phases[phase] > 0);

  const auto refused = test::equiripple({"relu", "--bits", "30", "--max-levels", "3", "--timing"});
  CHECK(refused.status == 3);
  CHECK(refused.errors.starts_with("timing"));
}

TEST_CASE("help and version") {
  const auto version = test::equiripple({"--version"});
  CHECK(version.status == 0);
  CHECK(version.output.find("equiripple 0.") == 0);
  const auto help = test::equiripple({"--help"});
  CHECK(help.status == 0);
  for (const char* command : {"minimax", "fit", "sign", "step", "compare", "relu", "abs", "max",
                              "min", "inspect", "emit"}) {
    CHECK(help.output.find(command) != std::string::npos);
    const auto detail = test::equiripple({command, "--help"});
    CHECK(detail.status == 0);
    CHECK(detail.output.size() > 200);
  }
}
