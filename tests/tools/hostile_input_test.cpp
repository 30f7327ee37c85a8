// Input that means harm, and machines that fail: a clear end, soon, with nothing left behind.
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <string>

#include "tests/support/command.hpp"
#include "tests/support/data.hpp"
#include "tests/support/made.hpp"

using namespace equiripple;

namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

const std::string tool = test::binary();

std::string repeated(const std::string& text, std::size_t count) {
  std::string all;
  all.reserve(text.size() * count);
  for (std::size_t i = 0; i < count; ++i) all += text;
  return all;
}

// A message of one printable line behind the tool's name, and no output.
void check_refused(const test::CommandResult& result, int status) {
  CHECK(result.status == status);
  CHECK(result.output.empty());
  CHECK(result.errors.starts_with("equiripple: "));
  CHECK(result.errors.find('\n') == result.errors.size() - 1);
  CHECK(result.errors.size() < 2000);
}

}  // namespace

TEST_CASE("huge and deep texts are refused by size, not by exhaustion") {
  const test::TemporaryFolder folder;
  const auto file = [&](const std::string& name, const std::string& content) {
    test::write_text(folder / name, content);
    return name;
  };
  const std::string open = repeated("[", 1'000'000);
  for (const Words& words :
       {Words{"inspect", file("deep.json", "{\"format\":" + open)},
        Words{"inspect", file("wide.json", "{\"format\":\"equiripple\",\"version\":1,\"stages\":[" +
                                               repeated("1,", 3'000'000) + "1]}")},
        Words{"verify", file("bare.json", open)},
        Words{"generate", file("deep.toml", "a = " + open), "--out-dir", "."},
        Words{"fit", "--data", file("many.txt", repeated("1 1\n", 1'000'000)), "--degree", "3"},
        Words{"fit", "--data", file("long.txt", repeated("1", 5'000'000) + " 1\n"), "--degree",
              "3"},
        Words{"survey", "--activation", "relu", "--range", "1", "--data",
              file("met.txt", repeated("0 ", 1'000'001))},
        Words{"relu", "--degrees", "3", "--minimise", "latency", "--model",
              file("model.json", "{\"tensor_product\":" + open)}}) {
    CAPTURE(words.front());
    check_refused(test::equiripple(words, folder.path()), 2);
  }
}

TEST_CASE("numbers beyond all measure are refused where they stand") {
  for (const char* number : {"1e999999999999", "2^99999999999", "0x1p99999999", "9^9^9^9", "1/0"}) {
    CAPTURE(number);
    check_refused(test::equiripple({"minimax", "--function", "x", "--domain",
                                    std::string("[0,") + number + "]", "--degree", "1"}),
                  2);
    check_refused(test::equiripple({"minimax", "--function", std::string("x*") + number, "--domain",
                                    "[0,1]", "--degree", "1"}),
                  2);
  }
  check_refused(
      test::equiripple({"minimax", "--function", repeated("(", 5'000) + "x" + repeated(")", 5'000),
                        "--domain", "[0,1]", "--degree", "1"}),
      2);
  check_refused(test::equiripple({"relu", "--degrees", repeated("3,", 10'000) + "3"}), 2);
}

// Sound requests, which double or MPFR cannot hold.
TEST_CASE("values beyond all measure are said to be too large, not to be infinite") {
  const auto refused = [](const char* function, const char* weight, const char* domain,
                          int status) {
    const auto result = test::equiripple({"minimax", "--function", function, "--weight", weight,
                                          "--domain", domain, "--degree", "5"});
    check_refused(result, status);
    CHECK_MESSAGE(result.errors.find("too large") != std::string::npos, result.errors);
  };
  refused("sin(x)", "exp(x)", "[800,801]", 3);
  refused("sin(x)", "exp(x)", "[10^17,10^17+1]", 3);
  refused("exp(exp(x))", "1", "[800,801]", 2);
}

TEST_CASE("bytes that are no text are shown as question marks") {
  const test::TemporaryFolder folder;
  const std::string bytes("\x80\xff\x1b[31m\0\x07", 9);
  test::write_text(folder / "bytes", bytes + "\n" + bytes);
  for (const Words& words :
       {Words{"inspect", "bytes"}, Words{"fit", "--data", "bytes", "--degree", "1"},
        Words{"generate", "bytes", "--out-dir", "."},
        Words{"survey", "--activation", "relu", "--range", "1", "--data", "bytes"}}) {
    const auto refused = test::equiripple(words, folder.path());
    check_refused(refused, 2);
    CHECK(refused.errors.find('\x1b') == std::string::npos);
    CHECK(refused.errors.find('\x80') == std::string::npos);
  }
}

TEST_CASE("devices, loops and folders in the place of files") {
  const test::TemporaryFolder folder;
  fs::create_symlink("loop", folder / "loop");
  for (const char* path : {"/dev/zero", "loop", ".", "/dev/null"}) {
    CAPTURE(path);
    check_refused(test::equiripple({"inspect", path}, folder.path()), 2);
    check_refused(test::equiripple({"fit", "--data", path, "--degree", "1"}, folder.path()), 2);
  }
}

TEST_CASE("an output that takes nothing ends with 5, a reader that leaves ends quietly") {
  const test::TemporaryFolder folder;
  const auto shell = [&](const std::string& line) {
    return test::run({"sh", "-c", line}, folder.path());
  };
  for (const char* output : {"> /dev/full", ">&-"}) {
    const auto failed = shell(tool + " relu --degrees 3 " + output);
    check_refused(failed, 5);
  }
  test::write_text(folder / "f.json", test::made({"minimax", "--function", "abs(x)", "--domain",
                                                  "[-1,1]", "--degree", "1023"},
                                                 "f.json"));
  const auto left = shell(tool + " inspect f.json --json | head -n 1");
  CHECK(left.output == "{\n");
  CHECK(left.errors.empty());
}

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
TEST_CASE("whatever memory there is, the end is one of those that are documented") {
  const test::TemporaryFolder folder;
  int out_of_memory = 0;
  int done = 0;
  for (int kilobytes = 30'000; kilobytes < 90'000 && done < 3; kilobytes += 1000) {
    const auto result =
        test::run({"sh", "-c",
                   "ulimit -v " + std::to_string(kilobytes) + "; exec " + tool +
                       " minimax --function 'abs(x)' --domain '[-1,1]' --degree 700 -o f.json"},
                  folder.path());
    CAPTURE(kilobytes);
    CAPTURE(result.errors);
    const bool not_loaded = result.status == 127;  // by the loader
    CHECK((result.status == 0 || result.status == 5 || not_loaded));
    if (result.status == 5) ++out_of_memory;
    if (result.status == 0) ++done;
    CHECK(fs::exists(folder / "f.json") == (done > 0));
  }
  CHECK(out_of_memory > 0);
  CHECK(done > 0);
}
#endif

// No shell, no network, nothing that runs what it reads.
TEST_CASE("the sources call no shell and open no socket") {
  const auto forbidden = [](const std::string& text) -> std::string {
    for (const char* call : {"system(", "popen(", "execl(", "execv(", "execvp(", "fork(", "socket(",
                             "connect(", "dlopen(", "curl_"}) {
      const std::size_t at = text.find(call);
      const bool is_word =
          at != std::string::npos &&
          (at == 0 ||
           (std::isalnum(static_cast<unsigned char>(text[at - 1])) == 0 && text[at - 1] != '_'));
      if (is_word) return call;
    }
    return {};
  };
  int files = 0;
  for (const char* layer : {"generator", "emit", "runtime", "tools/cli", "tools/study"}) {
    for (const auto& entry :
         fs::recursive_directory_iterator(fs::path(test::source_folder()) / layer)) {
      const std::string extension = entry.path().extension().string();
      if (extension != ".cpp" && extension != ".hpp") continue;
      const std::string found = forbidden(test::content_of(entry.path().string()));
      CHECK_MESSAGE(found.empty(), entry.path().string() << ": " << found);
      ++files;
    }
  }
  CHECK(files > 200);
  CHECK(forbidden("int x = system(\"ls\");") == "system(");
  CHECK(forbidden("file_system(path)").empty());
}
