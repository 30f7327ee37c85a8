// What a spec may not be: each wrong one ends with status 2, a place, and no file.
#include <doctest/doctest.h>

#include "tests/support/command.hpp"
#include "tools/cli/generate/spec.hpp"

using namespace equiripple;

namespace {

// What is said of a spec that is refused, where nothing was written.
std::string refusal(const std::string& text) {
  const test::TemporaryFolder folder;
  test::write_text(folder / "f.toml", text);
  const auto result = test::equiripple({"generate", "f.toml", "--out-dir", "out"}, folder.path());
  CHECK(result.status == 2);
  const auto made = test::run({"find", ".", "-name", "*.hpp*"}, folder.path());
  CHECK(made.output.empty());
  return result.errors;
}

bool says(const std::string& text, const std::string& part) {
  const std::string said = refusal(text);
  const bool found = said.find(part) != std::string::npos;
  if (!found) MESSAGE(said);
  return found;
}

std::string repeated(const std::string& part, int count) {
  std::string text;
  for (int i = 0; i < count; ++i) text += part;
  return text;
}

const std::string relu = "[a]\ncommand = \"relu\"\n";

}  // namespace

TEST_CASE("a wrong spec is refused at its place") {
  CHECK(says(relu + "bits = 13\nrnage = 5\n",
             "f.toml:4:1: [a]: relu has no option 'rnage'; did you mean 'range'?"));
  CHECK(
      says("[a]\ncommand = \"rellu\"\n",
           "f.toml:2:11: [a]: 'rellu' is no command that makes a function; did you mean 'relu'?"));
  CHECK(says("[a]\ncommand = \"inspect\"\n", "no command that makes a function"));
  CHECK(says("[a]\nbits = 13\n", "f.toml:1:2: [a]: 'command' is missing"));
  CHECK(says(relu + "bits = \"x\"\n", "f.toml:3:1: [a]: --bits 'x'"));
  CHECK(says(relu + "bits = -1.50\n", "f.toml:3:1: [a]: --bits '-1.50'"));
  CHECK(says(relu + "bits = 9\nrange = inf\n", "put it in quotes"));
  CHECK(says(relu + "bits = true\n", "f.toml:3:8: [a]: bits: takes a value"));
  CHECK(says(relu + "bits = 1979-05-27\n", "must be a string or a number"));
  CHECK(says(relu + "bits = 9\nno-absorption = \"yes\"\n", "is a switch"));
  CHECK(says(relu + "degrees = []\n", "the list is empty"));
  CHECK(says(relu + "degrees = [[7], 7]\n", "in the list"));
  CHECK(says(relu + "degrees = [7, 8]\n", "f.toml:3:1: [a]: --degrees '7,8': degree 8 is even"));
  CHECK(says(relu + "bits = 9\noutput = \"/tmp/x.hpp\"\n", "has no option 'output'"));
  CHECK(says(relu + "bits = 9\nhelp = true\n", "has no option 'help'"));
  CHECK(says(relu + "bits = 9\nformat = \"cpp\"\n", "must be \"hpp\""));
  CHECK(says(relu + "bits = 9\n" + relu, "cannot redefine existing table 'a'"));
  CHECK(says(relu + "bits = \"\"\n", "the value is empty"));
  CHECK(says("[a]\ncommand = \"fit\"\ndata = \"none.txt\"\ndegree = 2\n",
             "f.toml:3:1: [a]: there is no file 'none.txt'"));
  CHECK(says("[a-b]\ncommand = \"relu\"\nbits = 9\n", "'a-b': not an identifier"));
  CHECK(says("[\"../a\"]\ncommand = \"relu\"\nbits = 9\n", "not an identifier"));
  CHECK(says("[int]\ncommand = \"relu\"\nbits = 9\n", "'int': not an identifier"));
  CHECK(says("bits = 9\n", "'bits' is in no table"));
  CHECK(says("[[a]]\ncommand = \"relu\"\n", "'a' is in no table"));
}

TEST_CASE("characters beyond ASCII: in comments and quotes, and nowhere else") {
  const std::string u = "\xc3\xbc";
  const auto refused_at = [&](const std::string& text, const std::string& place) {
    return says(text, "f.toml:" + place + ": a character beyond ASCII");
  };
  CHECK(refused_at(relu + "bits = 9\n" + u + " = 1\n", "4:1"));
  CHECK(refused_at(relu + "bits = 9 # " + u + "\nx = 1" + u + "\n", "4:6"));
  CHECK(refused_at(relu + "model = \"" + u + "\\\"\" " + u + "\n", "3:15"));
  CHECK(refused_at(relu + "model = '" + u + "\\' " + u + "\n", "3:14"));
  CHECK(refused_at(relu + "model = \"\"\"\n" + u + "\"\"\"\"" + u + "\n", "4:6"));
  CHECK(refused_at(relu + "model = '''a'''''" + u + "\n", "3:18"));
  CHECK(refused_at("[\xef\xb8\xbf]\n", "1:2"));
  CHECK(refused_at(relu + "bits = 50\"" + u + "\"\n", "3:11"));  // no string begins there
  CHECK(refused_at(relu + "bits = 50 '" + u + "'\n", "3:12"));
  for (const std::string& value : {"\"" + u + "\"", "'" + u + "'", "'''" + u + "'''",
                                   "\"\"\"\n" + u + "\\\"\"\"\"", "\"\" # " + u}) {
    CAPTURE(value);
    CHECK(refusal(relu + "bits = 9\nmodel = " + value + "\n").find("beyond") == std::string::npos);
  }
  const std::string marked = "\xef\xbb\xbf# " + u + "\n" + relu + "bits = 9\n";
  CHECK(spec_from_text("f.toml", marked).functions.size() == 1);
}

TEST_CASE("every wrong function is told, and no function is made where one is wrong") {
  const std::string said = refusal(
      "[a]\ncommand = \"relu\"\ndegrees = [7, 7]\n[b]\ncommand = \"relu\"\nbits = 0\n[c]\ncommand "
      "= \"sign\"\n");
  CHECK(said.find("f.toml:6:1: [b]: ") != std::string::npos);
  CHECK(said.find("f.toml:7:2: [c]: ") != std::string::npos);
  CHECK(said.find("[a]") == std::string::npos);
}

TEST_CASE("specs beyond every use end with a message") {
  CHECK(says("", "there is no function in it"));
  CHECK(says("# nothing\n", "there is no function in it"));
  CHECK(says("[a]\ncommand = \"r\xff\"\n", "f.toml:2:12: Encountered invalid utf-8"));
  CHECK(says(std::string("[a]\n\0\n", 6), "f.toml:2:1: "));
  CHECK(says("a = " + repeated("[", 100'000), "nested"));
  CHECK(says("a = " + repeated("{a=", 100'000), "nested"));
  CHECK(says(repeated("a.", 1'000'000) + "b = 1\n", "f.toml:1: more than 10000 dots in a key"));
  CHECK(says("[" + repeated("a.", 1'000'000) + "b]\n", "f.toml:1: more than 10000 dots in a key"));
  CHECK(says(repeated(repeated("#", 1000) + "\n", 100'000), "is too large"));
  std::string many;
  for (int i = 0; i <= 10'000; ++i) many += "[f" + std::to_string(i) + "]\n";
  CHECK(says(many, "10001 functions; at most 10000"));
}
