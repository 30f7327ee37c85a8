// The module for Lattigo in runtime/lattigo, and the packages that its own tests evaluate.
#include <doctest/doctest.h>

#include <filesystem>
#include <set>

#include "emit/targets/targets.hpp"
#include "tests/support/command.hpp"
#include "tests/support/data.hpp"
#include "tests/support/made.hpp"

using namespace equiripple;
namespace fs = std::filesystem;

namespace {

struct Package {
  std::string name;
  std::vector<std::string> words;
};

std::vector<Package> packages() {
  return {
      {"relu_7_7", {"relu", "--degrees", "7,7", "--range", "4"}},
      {"relu_15_15_27", {"relu", "--degrees", "15,15,27"}},
      {"max_7_7", {"max", "--degrees", "7,7", "--range", "2"}},
      {"gelu_20", {"minimax", "--function", "gelu(x)", "--domain", "[-7,7]", "--degree", "20"}},
      {"logistic_7",
       {"minimax", "--function", "sigmoid(x)", "--domain", "[-8,8]", "--degree", "7"}},
      {"logistic_31",
       {"minimax", "--function", "sigmoid(x)", "--domain", "[-8,8]", "--degree", "31"}},
      {"sign_7_15", {"sign", "--gap", "2^-6", "--degrees", "7,15"}},
      {"relu_unit", {"relu", "--degrees", "7,7"}},
      {"sign_31", {"sign", "--gap", "1/16", "--degrees", "31"}},
      {"sign_7_7", {"sign", "--gap", "1/4", "--degrees", "7,7"}},
      {"exp_64", {"exp", "--domain", "[-64,0]", "--error", "2^-8"}},
      {"step_at_03",
       {"step", "--threshold", "0.3", "--gap", "0.05", "--domain", "[-1,1]", "--error", "2^-8"}},
      {"reciprocal_root", {"rsqrt", "--domain", "[1/16,1]", "--error", "2^-20"}}};
}

std::string module_folder() { return test::source_folder() + "/runtime/lattigo"; }

test::CommandResult go(const std::vector<std::string>& words) {
  std::vector<std::string> all = {"go"};
  all.insert(all.end(), words.begin(), words.end());
  return test::run(all, module_folder());
}

}  // namespace

TEST_CASE("the packages that the module for Lattigo is tested with are those that are emitted") {
  std::set<std::string> tested;
  for (const auto& entry : fs::directory_iterator(module_folder() + "/internal")) {
    tested.insert(entry.path().filename().string());
  }
  std::set<std::string> known;
  for (const Package& package : packages()) {
    CAPTURE(package.name);
    known.insert(package.name);
    Artifact artifact = test::made_artifact(package.words);
    artifact.name = package.name;
    CHECK(test::content_of(module_folder() + "/internal/" + package.name + "/" + package.name +
                           ".go") == to_lattigo(artifact));
  }
  CHECK(tested == known);
}

TEST_CASE("the module for Lattigo passes its own tests, on Lattigo") {
  if (!test::is_installed("go")) {
    MESSAGE("SKIPPED: there is no go");
    return;
  }
  const auto found = go({"list", "-deps", "./..."});
  if (found.status != 0) {
    MESSAGE("SKIPPED: go cannot have Lattigo: " << found.errors.substr(0, 300));
    return;
  }
  const auto unformatted = test::run({"gofmt", "-l", "."}, module_folder());
  CHECK_MESSAGE(unformatted.output.empty(), unformatted.output);
  const auto vetted = go({"vet", "./..."});
  CHECK_MESSAGE(vetted.status == 0, vetted.errors);
  if (test::is_installed("staticcheck")) {  // honnef.co/go/tools/cmd/staticcheck
    const auto checked = test::run({"staticcheck", "./..."}, module_folder());
    CHECK_MESSAGE(checked.status == 0, checked.output << checked.errors);
  }
  const auto tried = go({"test", "./..."});
  CHECK_MESSAGE(tried.status == 0, tried.output << tried.errors);
}

// The commands of the guide and its example, in a module of a user's: the copy as a module, then as
// a package of that module.
TEST_CASE("a package in a module of its own finds the module for Lattigo as the guide says") {
  if (!test::is_installed("go")) {
    MESSAGE("SKIPPED: there is no go");
    return;
  }
  if (go({"list", "-deps", "./..."}).status != 0) {
    MESSAGE("SKIPPED: go cannot have Lattigo");
    return;
  }
  const test::TemporaryFolder folder;
  const auto run = [&](const std::vector<std::string>& words) {
    const auto ran = test::run(words, folder.path());
    REQUIRE_MESSAGE(ran.status == 0, ran.output << ran.errors);
    return ran.output;
  };
  const auto evaluates = [&] {
    run({"go", "mod", "tidy"});
    run({"go", "vet", "./..."});
    CHECK(run({"go", "run", "."}).find("the rest is noise\n") != std::string::npos);
  };
  fs::create_directory(folder / "relu");
  Artifact artifact = test::made_artifact({"relu", "--degrees", "3"});
  artifact.name = "relu";
  const std::string package = to_lattigo(artifact);
  test::write_text(folder / "relu/relu.go", package);
  fs::copy(test::source_folder() + "/tools/examples/relu/lattigo.go", folder / "main.go");
  fs::copy(module_folder(), folder / "lattigo", fs::copy_options::recursive);
  run({"go", "mod", "init", "app"});
  run({"go", "mod", "edit", "-require", "equiripple/lattigo@v0.0.0", "-replace",
       "equiripple/lattigo=./lattigo"});
  evaluates();

  fs::remove(folder / "lattigo/go.mod");
  fs::remove_all(folder / "lattigo/internal");
  for (const auto& file : fs::directory_iterator(folder / "lattigo")) {
    if (file.path().filename().string().ends_with("_test.go")) fs::remove(file.path());
  }
  run({"go", "mod", "edit", "-dropreplace", "equiripple/lattigo", "-droprequire",
       "equiripple/lattigo"});
  const std::string import = "\"equiripple/lattigo\"";
  std::string own = package;
  test::write_text(folder / "relu/relu.go",
                   own.replace(own.find(import), import.size(), "\"app/lattigo\""));
  evaluates();
}
