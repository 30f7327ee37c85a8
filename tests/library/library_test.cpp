// The shared library, by its public face: what it makes is what the tool makes, to the byte.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <equiripple/make.hpp>
#include <random>
#include <set>
#include <thread>

#include "tests/support/command.hpp"
#include "tests/support/data.hpp"
#include "tests/support/specimens.hpp"
#include "tests/support/words.hpp"

namespace er = equiripple::library;
namespace test = equiripple::test;

namespace {

const std::map<std::string, std::string> files = {
    {"points.txt", "-1 1\n-1/2 0.3\n0 0\n0.5 0.25\n3/4 0.5\n1 1.125\n"},
    {"samples.txt", "-3 -1 0.5 0.25 2 3.5\n"},
    {"model.json", R"({"tensor_product": 1, "key_switch": 10, "rescaling": 2, "scalar_product": 1,)"
                   R"( "addition": 0.1})"}};

er::Request request_of(const std::vector<std::string>& words) {
  const auto record = test::request_words(words);
  er::Request request{.command = record.command, .options = {}, .name = "f", .files = files};
  for (const auto& option : record.options) request.options.push_back({option.name, option.values});
  return request;
}

std::string library_folder() {
  const std::string path = EQUIRIPPLE_LIBRARY;
  return path.substr(0, path.rfind('/'));
}

er::Function function_of(const std::vector<std::string>& words) {
  const er::Made made = er::make(request_of(words));
  REQUIRE_MESSAGE(made, made.sentence);
  return *made.function;
}

}  // namespace

TEST_CASE("every kind of request gives the bytes of the command line") {
  for (const test::Specimen& specimen : test::specimens()) {
    const er::Function function = function_of(specimen.words);
    CAPTURE(function.command());
    CHECK(function.json() == specimen.json);
    const er::Text header = er::emit(function, "cpp");
    CHECK((header.status == er::Status::done) == !specimen.header.empty());
    CHECK(header.text == specimen.header);
  }
}

TEST_CASE("what was not called is not done") {
  CHECK_FALSE(er::Made());
  CHECK(er::Made().status == er::Status::not_run);
  CHECK_FALSE(er::Text());
  CHECK_FALSE(er::Verification());
}

TEST_CASE("a request that goes wrong is a value with option and sentence") {
  const auto wrong = er::make(request_of({"relu", "--degrees", "7,8"}));
  CHECK(wrong.status == er::Status::wrong_request);
  CHECK(wrong.option == "degrees");
  CHECK(wrong.sentence == "--degrees '7,8': degree 8 is even; a sign stage is odd");
  CHECK_FALSE(wrong.function.has_value());
  const auto unmet = er::make(request_of({"relu", "--bits", "13", "--max-levels", "5"}));
  CHECK(unmet.status == er::Status::cannot_be_met);
  CHECK(unmet.sentence.find("the best") != std::string::npos);
  er::Request named = request_of({"relu", "--degrees", "7"});
  named.name = "class";
  CHECK(er::make(named).option == "name");
  CHECK(er::make({}).status == er::Status::wrong_request);
  er::Request absent = request_of({"fit", "--data", "none.txt", "--degree", "2"});
  CHECK(er::make(absent).status == er::Status::wrong_request);
  CHECK(er::make(absent).option == "data");  // which the sentence does not name
  CHECK(er::read("").status == er::Status::wrong_request);
  CHECK(er::read("{}").status == er::Status::wrong_request);
  const er::Function function = function_of({"relu", "--degrees", "7"});
  CHECK(er::emit(function, "cobol").sentence.find("'cobol': must be one of cpp") !=
        std::string::npos);
  CHECK(er::simulate(function, "scale=3").option == "ckks");
}

TEST_CASE("claims are proved again, and a false one is found") {
  const er::Function function = function_of({"sign", "--gap", "1/4", "--degrees", "3"});
  const er::Verification holds = er::verify(function.json());
  CHECK(holds);
  CHECK(holds.findings.size() > 10);
  std::string changed = function.json();
  const std::string coefficient = "\"coefficients\": [\n        \"0x0p+0\",\n        \"0x1.";
  const std::size_t at = changed.find(coefficient);
  REQUIRE(at != std::string::npos);
  char& digit = changed[at + coefficient.size()];
  digit = digit == '2' ? '3' : '2';
  const er::Verification fails = er::verify(changed);
  CHECK(fails.status == er::Status::claim_fails);
  CHECK_FALSE(fails.findings.empty());
  CHECK_FALSE(fails.findings.back().holds);
  CHECK_FALSE(fails.sentence.empty());
}

// The claim bounds the polynomials in exact arithmetic; double adds less than 2^-40 here.
TEST_CASE("values are within the claimed error of the function") {
  std::mt19937_64 random(7);
  const er::Function relu = function_of({"relu", "--degrees", "7,7", "--range", "50"});
  std::uniform_real_distribution<double> in_range(-50, 50);
  for (int i = 0; i < 2000; ++i) {
    const double x = in_range(random);
    CHECK(std::abs(relu(x) - std::max(x, 0.0)) <=
          relu.error().upper * relu.error().unit * (1 + 0x1p-30));
  }
  CHECK(relu.error().unit == 50);
  CHECK(std::isfinite(relu(51)));
  CHECK(std::isnan(relu(1, 2)));
  const er::Function largest = function_of({"max", "--degrees", "3,5", "--range", "2"});
  CHECK(largest.inputs() == 2);
  std::uniform_real_distribution<double> in_unit(0, 2);
  for (int i = 0; i < 2000; ++i) {
    const double a = in_unit(random);
    const double b = in_unit(random);
    CHECK(std::abs(largest(a, b) - std::max(a, b)) <= 2 * largest.error().upper * (1 + 0x1p-30));
  }
  const er::Function root = function_of({"rsqrt", "--domain", "[1/8,1]", "--error", "2^-10"});
  CHECK(std::abs(root(0.25) - 2) <= 2 * root.error().upper * (1 + 0x1p-30));
  // Beyond what is planned the stages are evaluated.
  const er::Function wide =
      function_of({"minimax", "--function", "cos(4*x)", "--domain", "[-20,20]", "--degree", "120",
                   "--coefficient-bits", "60"});
  CHECK_FALSE(wide.costs().has_value());
  CHECK(wide.program().empty());
  CHECK(std::abs(wide(0.7) - std::cos(2.8)) <= wide.error().upper + 1e-9);
}

TEST_CASE("many threads make and verify at once, and all get the same") {
  const std::vector<std::vector<std::string>> requests = {
      {"relu", "--bits", "7", "--range", "8"},
      {"minimax", "--function", "sigmoid(x)", "--domain", "[-8,8]", "--degree", "15"},
      {"sign", "--gap", "1/8", "--error", "2^-8"},
      {"inverse", "--domain", "[1/8,1]", "--error", "0.01"}};
  std::vector<std::string> expected;
  for (const auto& words : requests) expected.push_back(function_of(words).json());
  constexpr std::size_t threads = 8;
  std::vector<int> wrong(threads, 0);
  {
    std::vector<std::jthread> running;
    for (std::size_t t = 0; t < threads; ++t) {
      running.emplace_back([&, t] {
        for (std::size_t i = 0; i < requests.size(); ++i) {
          const std::size_t which = (i + t) % requests.size();
          const er::Made made = er::make(request_of(requests[which]));
          const bool same = made && made.function->json() == expected[which];
          if (!same || !er::verify(expected[which])) ++wrong[t];
        }
      });
    }
  }
  CHECK(std::ranges::count(wrong, 0) == threads);
}

TEST_CASE("the work is told, and may be ended") {
  std::set<std::string> told;
  const auto request = request_of({"relu", "--bits", "9"});
  const er::Made made = er::make(request, [&](std::string_view work) {
    told.emplace(work);
    return true;
  });
  CHECK(made);
  CHECK(told.size() >= 3);
  for (const int after : {1, 2, 3}) {
    int calls = 0;
    const er::Made ended = er::make(request, [&](std::string_view) { return ++calls < after; });
    CHECK(ended.status == er::Status::cancelled);
    CHECK_FALSE(ended.function.has_value());
    CHECK(calls == after);
  }
  // The next call is not concerned.
  CHECK(er::make(request).function->json() == made.function->json());
}

TEST_CASE("a single long solution is told, and may be ended, as it goes on") {
  const auto request =
      request_of({"minimax", "--function", "cos(300*x)", "--domain", "[-1,1]", "--degree", "900"});
  int calls = 0;
  const er::Made ended = er::make(request, [&](std::string_view work) {
    CHECK_FALSE(work.empty());
    return ++calls < 4;  // the fourth comes before the exchange is done
  });
  CHECK(ended.status == er::Status::cancelled);
  CHECK(calls == 4);
}

TEST_CASE("choices, surveys, pages and simulations are texts") {
  const er::Text choices =
      er::search({.command = {}, .options = {{"objective", {"relu"}}, {"bits", {"6"}}}});
  REQUIRE_MESSAGE(choices, choices.sentence);
  CHECK(choices.text.find("\"choices\"") != std::string::npos);
  const auto refused = er::search({.command = {}, .options = {{"objective", {"relu"}}}});
  CHECK(refused.status == er::Status::wrong_request);
  const er::Function function = function_of({"relu", "--degrees", "7"});
  CHECK(er::summary(function).text.find("relu(x)") != std::string::npos);
  CHECK(er::report(function).text.find("<html") != std::string::npos);
  CHECK(er::plot(function).text.find("<svg") != std::string::npos);
  CHECK(er::simulate(function, "logN=14,scale=2^45").text.find("\"bits\"") != std::string::npos);
  CHECK(function.program().find("equiripple-program") != std::string::npos);
}

TEST_CASE("a network's choice is a text with all of its files") {
  er::Request asked;
  asked.options = {{"file", {"net.toml"}}};
  asked.files["net.toml"] =
      "[chain]\nlevels = 8\n[objective]\nbits = 8\n[[layer]]\nname = \"a\"\n"
      "function = \"relu\"\nrange = 3\n";
  const auto has = [](const er::Text& text, const std::string& word) {
    return text.text.find(word) != std::string::npos;
  };
  const er::Text chosen = er::network(asked);
  REQUIRE_MESSAGE(chosen, chosen.sentence);
  for (const char* word : {"\"layers\":[{\"name\":\"a\"", "\"net_1.hpp\":", "\"net.html\":",
                           "\"artifacts\":[", "\"optimal_over\":"}) {
    CHECK_MESSAGE(has(chosen, word), word);
  }
  asked.options.push_back({"pareto"});
  CHECK(has(er::network(asked), "\"front\":["));
  asked.options.push_back({"degrees", {"3"}});
  CHECK(er::network(asked).status == er::Status::wrong_request);
  asked.options.clear();
  CHECK(er::network(asked).sentence.find("--file") != std::string::npos);
}

TEST_CASE("an artifact and a header are read back as the same function") {
  const er::Function made = function_of({"relu", "--degrees", "3,7", "--range", "5"});
  for (const char* target : {"json", "cpp"}) {
    const er::Made again = er::read(er::emit(made, target).text);
    REQUIRE_MESSAGE(again, again.sentence);
    CHECK(again.function->json() == made.json());
    CHECK(again.function->error().upper == made.error().upper);
    CHECK((*again.function)(1.25) == made(1.25));
  }
  CHECK(made.stages().size() == 2);
  CHECK(made.stages()[1].degree == 7);
  CHECK(made.costs()->levels == 5);
}

TEST_CASE("the library shows nothing but its public face") {
  if (!test::is_installed("nm")) {
    MESSAGE("SKIPPED: nm (binutils) is not there");
    return;
  }
  const auto symbols = test::run({"nm", "-D", "-C", "--defined-only", EQUIRIPPLE_LIBRARY});
  REQUIRE(symbols.status == 0);
  int ours = 0;
  for (std::size_t at = 0; at < symbols.output.size();) {
    const std::size_t end = symbols.output.find('\n', at);
    const std::string line = symbols.output.substr(at, end - at);
    at = end + 1;
    const std::string symbol = line.size() > 19 ? line.substr(19) : line;
    if (symbol.rfind("equiripple::library::", 0) == 0 || symbol.rfind("equiripple_", 0) == 0) {
      ++ours;
      continue;
    }
    // Parts of the standard library that the compiler instantiates are everybody's.
    const bool is_standard = symbol.find("std::") != std::string::npos ||
                             symbol.find("__gnu_cxx::") != std::string::npos ||
                             symbol.rfind("operator", 0) == 0;
    const std::size_t inside = symbol.find("equiripple::");
    const bool is_hidden =
        inside != std::string::npos && symbol.find("equiripple::library::") != inside;
    CHECK_MESSAGE((is_standard && !is_hidden), line);
  }
  CHECK(ours >= 30);
}

TEST_CASE("a program in C uses it") {
  const std::string compiler = test::is_installed("cc") ? "cc" : "gcc";
  if (!test::is_installed(compiler)) {
    MESSAGE("SKIPPED: there is no compiler for C");
    return;
  }
  const test::TemporaryFolder folder;
  const std::string source = test::source_folder();
  const auto built =
      test::run({compiler, "-std=c99", "-Wall", "-Wextra", "-pedantic", "-Werror",
                 "-I" + source + "/tools/c", source + "/tests/library/in_c.c", EQUIRIPPLE_LIBRARY,
                 std::string("-Wl,-rpath,") + library_folder(), "-lm", "-o", folder / "in_c"});
  REQUIRE_MESSAGE(built.status == 0, built.errors);
  const auto ran = test::run({folder / "in_c"});
  CHECK_MESSAGE(ran.status == 0, ran.output);
  CHECK(ran.output.find("all as expected") != std::string::npos);
}
