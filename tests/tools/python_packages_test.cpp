// The Python package on the ciphertexts of other packages, where those can be had from PyPI:
// modules of tests/python, each in an environment of its own.
#include <doctest/doctest.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "tests/support/command.hpp"
#include "tests/support/data.hpp"

using namespace equiripple;

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool is_sanitized = true;
#else
constexpr bool is_sanitized = false;
#endif

constexpr int lacks_package = 69;  // with_package.py's exit status

test::CommandResult run_in_package(const std::vector<std::string>& words) {
  const test::TemporaryFolder folder;
  const std::string root = test::source_folder();
  std::vector<std::string> all = {
      "env", "PYTHONPATH=" + root + "/tools/python:" + root + "/tests/python",
      "PYTHONDONTWRITEBYTECODE=1", "EQUIRIPPLE_LIBRARY=" EQUIRIPPLE_LIBRARY,
      "EQUIRIPPLE_BINARY=" + test::binary()};
  all.insert(all.end(), words.begin(), words.end());
  return test::run(all, folder.path());
}

test::CommandResult run_with(const std::string& packages, const std::string& module) {
  return run_in_package({"/usr/bin/python3",
                         test::source_folder() + "/tests/python/with_package.py", packages,
                         module});
}

void run_on(const std::string& packages, const std::string& module) {
  if (is_sanitized) {
    MESSAGE("SKIPPED: a python3 without the sanitizers cannot load a library with them");
    return;
  }
  const test::CommandResult ran = run_with(packages, module);
  if (ran.status == lacks_package || ran.status == 127) {
    MESSAGE("SKIPPED: " << ran.errors);
    return;
  }
  CHECK_MESSAGE(ran.status == 0, ran.output << ran.errors);
  CHECK(ran.errors.find("Ran ") != std::string::npos);
  if (ran.errors.find("(skipped=") != std::string::npos)
    MESSAGE("SKIPPED: in part: " << ran.errors);
}

// PyTorch comes along, which is gigabytes, and no run of the tests should fetch.
void run_by(const char* variable, const std::string& package, const std::string& module) {
  const char* python = std::getenv(variable);
  if (python == nullptr || is_sanitized) {
    MESSAGE("SKIPPED: " << std::string(variable) << " names no interpreter that has " << package);
    return;
  }
  const auto ran = run_in_package({python, "-m", "unittest", module});
  CHECK_MESSAGE(ran.status == 0, ran.output << ran.errors);
}

}  // namespace

TEST_CASE("plans on ciphertexts of OpenFHE-Python") { run_on("openfhe,numpy", "test_on_openfhe"); }
TEST_CASE("plans on ciphertexts of DESILO FHE") { run_on("desilofhe,numpy", "test_on_desilofhe"); }
TEST_CASE("powers on ciphertexts of TenSEAL") { run_on("tenseal", "test_on_tenseal"); }
TEST_CASE("random functions of steps are what mpmath says") { run_on("mpmath", "test_sweep"); }
TEST_CASE("activations of a model of ONNX") { run_on("onnx,numpy", "test_network_on_onnx"); }

// Its wheel brings gigabytes of CUDA along: it is not fetched for a test.
TEST_CASE("activations of a model of torch") {
  if (is_sanitized) return;
  const char* named = std::getenv("EQUIRIPPLE_TORCH_PYTHON");
  const std::string python = named == nullptr ? "python3" : named;
  if (test::run({python, "-c", "import torch, numpy"}).status != 0) {
    MESSAGE("SKIPPED: " << python
                        << " has no torch and numpy; EQUIRIPPLE_TORCH_PYTHON may name "
                           "one that has");
    return;
  }
  const test::TemporaryFolder folder;
  const std::string root = test::source_folder();
  const auto ran =
      test::run({"env", "PYTHONPATH=" + root + "/tools/python:" + root + "/tests/python",
                 "PYTHONDONTWRITEBYTECODE=1", "EQUIRIPPLE_LIBRARY=" EQUIRIPPLE_LIBRARY, python,
                 "-m", "unittest", "test_network_on_torch"},
                folder.path());
  CHECK_MESSAGE(ran.status == 0, ran.output << ran.errors);
}

TEST_CASE("plans through HEIR to OpenFHE") { run_on("heir_py:heir", "test_on_heir"); }

TEST_CASE("activations in networks of Orion") {
  run_by("EQUIRIPPLE_ORION_PYTHON", "orion-fhe", "test_on_orion");
}
TEST_CASE("plans on ciphertexts of fhelium") {
  run_by("EQUIRIPPLE_FHELIUM_PYTHON", "fhelium", "test_on_fhelium");
}

TEST_CASE("a package that cannot be had is said, and a test that fails is seen") {
  if (is_sanitized) return;
  const auto absent = run_with("./no-such-package", "test_on_openfhe");
  CHECK((absent.status == lacks_package || absent.status == 127));
  CHECK(absent.errors.find("./no-such-package cannot be had: ") != std::string::npos);
}
