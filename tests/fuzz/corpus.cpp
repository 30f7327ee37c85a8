// Expressions that name every function and every form of number; headers from tests/golden.
#include "tests/fuzz/corpus.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>

#include "emit/cpp_header.hpp"
#include "emit/json.hpp"
#include "emit/make/make.hpp"
#include "emit/targets/targets.hpp"
#include "generator/function/parse.hpp"

namespace equiripple::test {
namespace {

namespace fs = std::filesystem;

std::vector<std::string> expressions() {
  std::vector<std::string> texts = {"x",
                                    "1/(1 + exp(-x))",
                                    "x/2 * (1 + erf(x/sqrt(2)))",
                                    "-x^2 + 2*x - 1/3",
                                    "x^-3",
                                    "2^-20",
                                    "0x1.8p-30",
                                    "0x.fp+2",
                                    "1.5e-3",
                                    ".5",
                                    "1e9000",
                                    "pi/2 - e",
                                    "2^3^2",
                                    "(-2)^2",
                                    "x^(1/2)",
                                    "((((x))))",
                                    "--+-x",
                                    " x\t*\n2 ",
                                    "sin(x)/x",
                                    "exp(sin(pi*x))^2"};
  for (const std::string& name : function_names()) {
    const bool takes_one = parse_function(name + "(x)").has_value();
    const bool takes_two = parse_function(name + "(x, 1)").has_value();
    texts.push_back(takes_one ? name + "(x)" : name + (takes_two ? "(x, 1)" : "(x, 0, 1)"));
    texts.push_back(takes_one ? name + "(1/3)" : name + (takes_two ? "(2, -x)" : "(x, -x^2, 2)"));
  }
  return texts;
}

std::string content(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path.string());
  return {std::istreambuf_iterator<char>(file), {}};
}

// Their files have parts and steps across slots, or refreshes, as no golden header has.
std::vector<RequestRecord> other_functions() {
  return {
      {.command = "relu",
       .options = {{"degrees", {"3,7"}}, {"refresh", {"levels=5,noise=2^-10,cost=800,start=1"}}}},
      {.command = "argmax",
       .options = {{"slots", {"2"}}, {"gap", {"1"}}, {"range", {"1"}}, {"error", {"2^-2"}}}},
      {.command = "largest", .options = {{"slots", {"3"}}, {"range", {"1"}}, {"error", {"1/4"}}}},
      {.command = "softmax", .options = {{"length", {"4"}}, {"range", {"1"}}, {"error", {"2^-4"}}}},
      {.command = "layernorm",
       .options = {{"length", {"4"}}, {"variance", {"[1,2]"}}, {"error", {"2^-4"}}}}};
}

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

}  // namespace

Corpus seed_corpus() {
  Corpus corpus;
  corpus.expressions = expressions();
  corpus.tables = {"0 0\n1 1\n", "# x y\n-1,2^-2 # a remark\r\n\n1/3\t0x1p-3\n", "5 1e-3", ""};
  corpus.samples = {"1 2.5 -3e-2\n", "# met\n1,2,,3\r\n+4 .5", "-0 1e308", ""};
  corpus.words = {"7,7,27",
                  "3*g4,2*f4",
                  "[-1,2^-8]",
                  "[pi/4, 1e3]",
                  "13",
                  "logN=15,scale=2^40",
                  "scale=2^40,library=seal",
                  "0x1.8p-3",
                  "f31"};
  corpus.specs = {"[relu13]\ncommand = \"relu\"\nbits = 13\nrange = \"50\"\n",
                  "# two\n[a]\ncommand = \"minimax\"\nfunction = 'exp(x)'\ndomain = [\"[-1,1]\"]\n"
                  "degree = 7\nrelative = true\nformat = \"json\"\n\n[b]\ncommand = \"sign\"\n"
                  "gap = 0.25\ndegrees = [3, 5]\n",
                  "# gr\xc3\xb6\xc3\x9f"
                  "er\n[\"\xef\xb8\xbf\"]\nx\xef\xb8\xbf = '\xc3\xbc'\n",
                  "[x.y]\n",
                  "a = 1\n",
                  ""};
  corpus.commands = {
      "minimax\n--function\nsigmoid(x)\n--domain\n[-8,8]\n--degree\n15\n--relative",
      "minimax\n--function=abs(x)\n--domain=[-1,-1/8]\n--domain=[1/8,1]\n--error=2^-9\n--odd",
      "sign\n--gap\n2^-6\n--degrees\n7,7,31\n--margin\n2^-30\n-o\nf.hpp\n--name\nf",
      "relu\n--bits\n13\n--range\n50\n--max-levels\n14\n--minimise\nkey-switches",
      "relu\n--stages\n3*g4,2*f4\n--range\n16\n--no-absorption",
      "max\n--degrees\n3,5\n--max-growth\n2^6",
      "inverse\n--domain\n[2^-4,1]\n--error\n2^-12\n--corrections\n2",
      "mod1\n--range\n4\n--width\n2^-8\n--double-angle\n2\n--degree\n20",
      "approximate\n--method\ntaylor\n--function\nrelu(x)\n--of\nsoftplus(x)\n--degree\n4",
      "fit\n--data\ndata.txt\n--degree\n5\n--objective\nminimax",
      "abs\n--degrees\n5\n--coefficient-bits\n30\n--help"};
  const fs::path models = fs::path(EQUIRIPPLE_SOURCE_DIR) / "tools/models";
  corpus.costs = {content(models / "seal.json"), content(models / "transforms.json")};
  std::vector<fs::path> paths;
  for (const auto& entry :
       fs::directory_iterator(fs::path(EQUIRIPPLE_SOURCE_DIR) / "tests/golden")) {
    if (entry.path().extension() == ".hpp") paths.push_back(entry.path());
  }
  std::ranges::sort(paths);  // a folder lists its files in any order
  for (const fs::path& path : paths) {
    corpus.headers.push_back(content(path));
    const auto artifact = artifact_from_cpp(corpus.headers.back());
    if (!artifact.has_value())
      throw std::runtime_error(path.string() + ": " + artifact.error().why);
    corpus.jsons.push_back(to_json_text(*artifact));
    corpus.programs.push_back(to_program(*artifact));
  }
  for (const RequestRecord& record : other_functions()) {
    const Made made = make(record, "f", {});
    if (!made.is_made()) throw std::runtime_error(record.command + ": " + made.why);
    corpus.headers.push_back(to_cpp(*made.artifact));
    corpus.jsons.push_back(to_json_text(*made.artifact));
    if (made.artifact->plan) corpus.programs.push_back(to_program(*made.artifact));
  }
  return corpus;
}

std::vector<std::string> dictionary(const std::vector<std::string>& texts) {
  std::set<std::string> words;
  for (const std::string& text : texts) {
    for (auto begin = text.begin(); begin != text.end();) {
      const auto end = std::find_if_not(begin, text.end(), is_word);
      if (end - begin > 1) words.emplace(begin, end);
      begin = end == text.end() ? end : end + 1;
    }
  }
  return {words.begin(), words.end()};
}

}  // namespace equiripple::test
