// Tables as people paste them: the same numbers whatever stands around them.
#include "emit/request/coefficients.hpp"

#include <doctest/doctest.h>

#include "emit/failure.hpp"
#include "tests/support/random.hpp"

using namespace equiripple;

namespace {

std::vector<Rational> read(const std::string& text) { return parse_coefficients(text).values; }

std::string refusal(const std::string& text) {
  try {
    static_cast<void>(read(text));
  } catch (const Failure& failure) {
    CHECK(failure.status() == Status::wrong_request);
    return failure.what();
  }
  return {};
}

}  // namespace

TEST_CASE("one table in every form is the same numbers") {
  const std::vector<Rational> right = {Rational(1, 4), Rational(-3, 2), 0, Rational(1, 1000)};
  for (const char* text : {
           "0.25, -1.5, 0, 1e-3",
           "0.25 -1.5 0 1e-3",
           "1/4,-3/2,0,1/1000",
           "[0.25, -1.5, 0.0, 1e-3]",
           "[0.25, -1.5, 0.0, 1e-3,]",
           "0.25\n-1.5\n0\n1e-3\n",
           "\xef\xbb\xbf"
           "0.25;-1.5;0;1e-3\r\n",
           "coefficient\n0.25\n-1.5\n0\n1e-3",
           "k,c\n0,0.25\n1,-1.5\n2,0\n3,1e-3\n",
           "0 0.25\n1 -1.5\n2 0\n3 1e-3",
           R"({"name": "f", "degrees": [3], "coefficients": [0.25, -1.5, 0, 1e-3]})",
           R"(["0x1p-2", "-0x1.8p+0", "0x0p+0", "1/1000"])",
           "double c[4] = {0.25, -1.5, 0., 1e-3};",
           "static const float c[] = {0.25f, /* T1 */ -1.5F, 0x0p+0f, 1e-3f};  // from the paper",
           "std::vector<double> c{0.25, -1.5L, 0, 1.0e-3};",
           "const double c[2][4] = {\n  {+0.25, -1.5, 0, 1d-3}};",
           "import numpy as np\n# even\nc = np.array([0.25, -1.5,\n  0, 1e-3])\n",
           "c = (0.25, -1.5, 0, 1e-3)",
           "c = 0.25, -1.5, 0, 1D-3;",
       }) {
    CAPTURE(text);
    CHECK(read(text) == right);
  }
  CHECK(read("0.1") == std::vector<Rational>{Rational(1, 10)});
  CHECK(read("1,2\n3,4") == std::vector<Rational>{1, 2, 3, 4});  // no numbers of lines
  CHECK(read("{0.25, -1.5, 0, 1e-2}") != right);
}

TEST_CASE("what a record keeps is read as the same") {
  const auto list = parse_coefficients("{ 0.1f, -2, sqrt(2)/2, \"0x1.8p+1\" }");
  CHECK(list.words == std::vector<std::string>{"0.1", "-2", "sqrt(2)/2", "0x1.8p+1"});
  CHECK(list.values == read("0.1,-2,sqrt(2)/2,0x1.8p+1"));
}

TEST_CASE("a list is told from the path of a file") {
  for (const char* list :
       {"1", "-2.5", "1 2", "0.5,1", "[1]", "{1,2}", "c = 1", "1\n2", "0x1p-3"}) {
    CAPTURE(list);
    CHECK(is_coefficient_list(list));
  }
  for (const char* path : {"a.csv", "./a.json", "../1.txt", "my table.csv", "/tmp/c", "2.csv"}) {
    CAPTURE(path);
    CHECK_FALSE(is_coefficient_list(path));
  }
}

TEST_CASE("what is no table is refused by its word") {
  const std::pair<const char*, const char*> wrong[] = {
      {"", "there is no number in it"},
      {"# nothing\n", "there is no number in it"},
      {"1, two, 3", "number 2, 'two', is no number"},
      {"1, nan", "number 2, 'nan', is no number"},
      {"1, inf", "'inf'"},
      {"1, x", "'x'"},
      {"1,,2", "after number 1 there is a comma too many"},
      {",1", "comma too many"},
      {"[1, 2", "a bracket is not closed"},
      {"1, 2]", "']' closes what was not opened"},
      {"{1, 2} {3, 4}", "there are 2 lists in it"},
      {R"({"coefficients": [1], "b": {"coefficients": [2]}})", "more than once"},
      {"1, 1e400", "beyond 2^1000"},
      {"1 + 2", "'+'"},
  };
  for (const auto& [text, part] : wrong) {
    CAPTURE(text);
    const std::string said = refusal(text);
    CHECK_MESSAGE(said.find(part) != std::string::npos, said);
  }
  std::string many;
  for (int i = 0; i < 257; ++i) many += "1 ";
  CHECK(refusal(many).find("more than 256") != std::string::npos);
}

TEST_CASE("random texts are numbers or refused, never more") {
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  const std::string alphabet = "01.5-+e, ;[]{}()=\n\"'/*#xpf:c";
  for (int i = 0; i < 5'000 * test::effort(); ++i) {
    std::string text;
    const int length = test::integer_between(random, 0, 30);
    for (int k = 0; k < length; ++k) {
      text += alphabet[static_cast<std::size_t>(
          test::integer_between(random, 0, static_cast<int>(alphabet.size()) - 1))];
    }
    CAPTURE(text);
    static_cast<void>(is_coefficient_list(text));
    try {
      const auto list = parse_coefficients(text);
      REQUIRE(!list.values.empty());
      std::string again;
      for (const std::string& word : list.words) again += (again.empty() ? "" : ",") + word;
      REQUIRE(read(again) == list.values);
      REQUIRE(is_coefficient_list(again));
    } catch (const Failure&) {
    }
  }
}
