// The Python package: its own tests (tests/python), and the wheel that an empty environment gets.
#include <doctest/doctest.h>

#include "tests/support/command.hpp"
#include "tests/support/data.hpp"

using namespace equiripple;

namespace {

const std::string python = "/usr/bin/python3";  // the one that Debian's packages are for
const std::string library = EQUIRIPPLE_LIBRARY;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool is_sanitized = true;
#else
constexpr bool is_sanitized = false;
#endif

bool has_python() {
  if (is_sanitized) {
    MESSAGE("SKIPPED: a python3 without the sanitizers cannot load a library with them");
    return false;
  }
  const auto probe =
      test::run({python, "-c", "import sys, unittest; assert sys.version_info >= (3, 9)"});
  if (probe.status == 0) return true;
  MESSAGE("SKIPPED: there is no python3 from 3.9 on");
  return false;
}

// A module of tests/python, on the package of the sources and the library that is built.
void run_tests(const std::string& module) {
  if (!has_python()) return;
  const test::TemporaryFolder folder;
  const std::string root = test::source_folder();
  const auto ran = test::run(
      {"env", "PYTHONPATH=" + root + "/tools/python:" + root + "/tests/python",
       "PYTHONDONTWRITEBYTECODE=1", "PYTHONWARNINGS=error", "EQUIRIPPLE_LIBRARY=" + library,
       "EQUIRIPPLE_BINARY=" + test::binary(), python, "-m", "unittest", module},
      folder.path());
  CHECK_MESSAGE(ran.status == 0, ran.output << ran.errors);
  CHECK(ran.errors.find("Ran ") != std::string::npos);
}

}  // namespace

TEST_CASE("Python makes the bytes of the command line") { run_tests("test_bytes"); }
TEST_CASE("Python's values are those of the stages") { run_tests("test_values"); }
TEST_CASE("Python's files are whole, read back and verified") { run_tests("test_files"); }
TEST_CASE("Python's errors are exceptions with option and sentence") { run_tests("test_errors"); }
TEST_CASE("Python's long work is told, ends early, and runs in many threads") {
  run_tests("test_work");
}
TEST_CASE("emitted Python and MLIR are the plan") { run_tests("test_scripts"); }
TEST_CASE("Python's functions have the options of the library") { run_tests("test_signatures"); }
TEST_CASE("Python chooses for networks, and measures them") { run_tests("test_network"); }
TEST_CASE("Python in the documents and the example is what happens") {
  run_tests("test_documents");
}
TEST_CASE("the scoreboard is what is made now, and meets its targets") {
  run_tests("test_scoreboard");
}
TEST_CASE("the page of composed functions is what is made now") { run_tests("test_composed"); }

TEST_CASE("a test in Python that fails is seen") {
  if (!has_python()) return;
  CHECK(test::run({python, "-m", "unittest", "no_such_module"}).status != 0);
  const auto missing = test::run({"env", "PYTHONPATH=" + test::source_folder() + "/tools/python",
                                  "PYTHONDONTWRITEBYTECODE=1", "EQUIRIPPLE_LIBRARY=/dev/null",
                                  python, "-c", "import equiripple"});
  CHECK(missing.errors.find("ImportError: /dev/null is no equiripple library") !=
        std::string::npos);
}

TEST_CASE("a wheel has its libraries inside, and works where there is nothing else") {
  if (!has_python()) return;
  constexpr int lacks_tools = 69;  // make_wheel's exit status
  const test::TemporaryFolder folder;
  const auto made = test::run({"env", "EQUIRIPPLE_LIBRARY=" + library, "PYTHON=" + python,
                               test::source_folder() + "/tools/python/make_wheel", "wheels"},
                              folder.path());
  if (made.status == lacks_tools) {
    MESSAGE("SKIPPED: " << made.errors);
    return;
  }
  REQUIRE_MESSAGE(made.status == 0, made.output << made.errors);
  const auto installed =
      test::run({"sh", "-c",
                 python + " -m venv empty && empty/bin/pip -q install --no-index "
                          "wheels/equiripple-*-py3-none-*.whl"},
                folder.path());
  REQUIRE_MESSAGE(installed.status == 0, installed.errors);
  // Of our kind of libraries only those of the wheel are mapped; make, verify, write, evaluate.
  test::write_text(folder / "use.py",
                   "import os, sys\n"
                   "import equiripple as eq\n"
                   "f = eq.relu(bits=7, range=8, name='f')\n"
                   "assert f.verify() and abs(f(4) - 4) <= f.error.upper * 8\n"
                   "f.write('f.json')\n"
                   "maps = {line.split()[-1] for line in open('/proc/self/maps')}\n"
                   "ours = [m for m in maps if any(name in os.path.basename(m) for name in\n"
                   "        ('mpfr', 'gmp', 'flint', 'ntl', 'gf2x', 'fmt', 'equiripple'))]\n"
                   "assert len(ours) >= 4, maps\n"
                   "assert all(m.startswith(sys.prefix) for m in ours), ours\n"
                   "assert os.path.exists(os.path.join(os.path.dirname(eq.__file__), 'py.typed'))\n"
                   "print(eq.__version__)\n");
  const auto used = test::run(
      {"env", "-u", "EQUIRIPPLE_LIBRARY", "-u", "PYTHONPATH", "empty/bin/python", "use.py"},
      folder.path());
  REQUIRE_MESSAGE(used.status == 0, used.errors);
  REQUIRE(test::equiripple({"relu", "--bits", "7", "--range", "8", "-o", "g.json", "--name", "f"},
                           folder.path())
              .status == 0);
  CHECK(test::content_of(folder / "f.json") == test::content_of(folder / "g.json"));
}

// The library is not built again here: that takes minutes. All that it is built from must be there.
TEST_CASE("a source distribution holds the sources, and installs") {
  if (!has_python()) return;
  constexpr int lacks_tools = 69;  // make_sdist's exit status
  const test::TemporaryFolder folder;
  const std::string root = test::source_folder();
  const auto made = test::run(
      {"env", "PYTHON=" + python, root + "/tools/python/make_sdist", "dist"}, folder.path());
  if (made.status == lacks_tools) {
    MESSAGE("SKIPPED: " << made.errors);
    return;
  }
  REQUIRE_MESSAGE(made.status == 0, made.output << made.errors);
  const auto held = test::run(
      {"sh", "-c",
       "tar xzf dist/equiripple-*.tar.gz && cd equiripple-*/sources && for f in CMakeLists.txt "
       "LICENSE README.md generator emit runtime tools; do diff -rq -x __pycache__ -x python " +
           root + "/$f $f || exit 1; done"},
      folder.path());
  CHECK_MESSAGE(held.status == 0, held.output << held.errors);
  const auto used =
      test::run({"env", "-u", "EQUIRIPPLE_LIBRARY", "-u", "PYTHONPATH", "sh", "-c",
                 python +
                     " -m venv empty && empty/bin/pip -q install "
                     "--config-settings=cmake.define.EQUIRIPPLE_LIBRARY=" +
                     library +
                     " dist/equiripple-*.tar.gz && empty/bin/python -c \"import equiripple as eq; "
                     "assert eq.relu(degrees=[3], range=2).verify()\""},
                folder.path());
  CHECK_MESSAGE(used.status == 0, used.output << used.errors);
}
