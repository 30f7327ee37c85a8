// The reader of programs: what it refuses, and with which words; numbers exactly.
#include <doctest/doctest.h>

#include <cmath>
#include <cstring>
#include <equiripple/plain.hpp>
#include <equiripple/program.hpp>
#include <limits>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "emit/hexfloat.hpp"
#include "emit/targets/targets.hpp"
#include "tests/runtime/plan_run.hpp"
#include "tests/support/random.hpp"
#include "tests/support/series.hpp"

using namespace equiripple;

namespace {

// x^2 - 1 and what takes it down again, with every kind of line.
const std::vector<std::string> lines = {
    "equiripple-program 1",                               // 1
    "name f",                                             // 2
    "range -0x1p+0 0x1p+0",                               // 3
    "growth 0x1p+0",                                      // 4
    "output_scale_factor 0x1p+0",                         // 5
    "stages all",                                         // 6
    "claim 0x0p+0 0x0p+0 0x1p-3 0x1p+0 absolute proved",  // 7
    "step x input",                                       // 8
    "step t1 normalise x 0x0p+0 0x1p+0",                  // 9
    "step square square t1",                              // 10
    "step switched relinearize square",                   // 11
    "step t2 rescale switched",                           // 12
    "step less add_scalar t2 -0x1p+0",                    // 13
    "step dropped drop t1 1",                             // 14
    "step s2 stage less",                                 // 15
    "step twice multiply_integer s2 2",                   // 16
    "step sum add twice dropped",                         // 17
    "step difference sub sum dropped",                    // 18
    "step term multiply_scalar difference 0x1p-1",        // 19
    "step result rescale term",                           // 20
    "result result",                                      // 21
};

std::string text_with(std::size_t number, const std::string& line) {
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    text += (i + 1 == number ? line : lines[i]) + "\n";
  }
  return text;
}

std::string sound_text() { return text_with(0, ""); }

void check_refused(const std::string& text, int line, const std::string& word,
                   const std::string& why) {
  try {
    static_cast<void>(Program::parse(text));
    FAIL("no exception");
  } catch (const malformed_program& refused) {
    CHECK(refused.line == line);
    CHECK(refused.word == word);
    const std::string message = refused.what();
    CHECK_MESSAGE(message.find(why) != std::string::npos, message);
    CHECK(message.find("line " + std::to_string(line) + ": '" + word + "' ") != std::string::npos);
  }
}

}  // namespace

TEST_CASE("a text written by hand") {
  const Program program = Program::parse(sound_text());
  CHECK(program.name() == "f");
  CHECK(program.inputs() == 1);
  CHECK(program.levels() == 2);
  CHECK(program.key_switches() == 1);
  CHECK(program.claim().upper == 0.125);
  plain he;
  CHECK(evaluate(program, he, 0.5) == -0.75);
}

TEST_CASE("a stage's scale is a word that may be missing") {
  const auto scalar = [](const std::string& line) {
    const Program program = Program::parse(text_with(15, line));
    plain he;
    CHECK(evaluate(program, he, 0.5) == -0.75);
    return program.recording().operations[7].scalar;
  };
  CHECK(scalar("step s2 stage less") == 0);
  CHECK(scalar("step s2 stage less -0x1.8p-2") == -0.375);
  CHECK(scalar("step s2 stage less 0x1p+3") == 8);
}

TEST_CASE("remarks, empty lines and blanks say nothing") {
  std::string text = "# a remark\n\n";
  for (const std::string& line : lines) text += "  " + line + "\t \r\n# step\n \n";
  const Program program = Program::parse(text);
  CHECK(program.recording().operations.size() ==
        Program::parse(sound_text()).recording().operations.size());
  const std::string whole = sound_text();
  CHECK_NOTHROW(static_cast<void>(Program::parse(whole.substr(0, whole.size() - 1))));
}

TEST_CASE("what is malformed is refused with its line and word") {
  struct Case {
    std::size_t line;
    const char* text;
    const char* word;
    const char* why;
  };
  for (const Case& given : std::vector<Case>{
           {1, "", "name", "stands where a program begins"},
           {1, "equiripple-program", "equiripple-program", "is not the last word"},
           {1, "equiripple-program 4", "4", "it reads versions 1, 2 and 3"},
           {1, "equiripple-program 01", "01", "it reads versions 1, 2 and 3"},
           {1, "equiripple-program 1 1", "1", "one word too many"},
           {2, "nome f", "nome", "stands where name should stand"},
           {2, "name 2f", "2f", "is no name"},
           {2, "name f/../g", "f/../g", "is no name"},
           {2, "name", "name", "is not the last word"},
           {3, "range 0x1p+0 0x0p+0", "0x0p+0", "is below the other end"},
           {3, "range -1 1", "-1", "is no finite double in hexadecimal"},
           {3, "range -0x1p+0 inf", "inf", "is no finite double"},
           {3, "range -0x1p+0 nan", "nan", "is no finite double"},
           {4, "growth 0x1p+1024", "0x1p+1024", "is no finite double"},
           {5, "output_scale_factor 0x0p+0", "0x0p+0", "is no factor"},
           {5, "output_scale_factor -0x1p+0", "-0x1p+0", "is no factor"},
           {5, "output_scale_factor 0x1p+65", "0x1p+65", "is no factor"},
           {6, "stages 0", "0", "is no whole number from 1"},
           {6, "stages 99999999999999999999", "99999999999999999999", "is no whole number"},
           {7, "claim 0x0p+0 0x0p+0 0x1p-3 0x1p+0 absolute", "absolute", "is not the last word"},
           {7, "claim 0x1p+0 0x0p+0 0x1p-3 0x1p+0 relu proved", "0x1p+0", "begins no claim"},
           {7, "claim 0x0p+0 0x0p+0 0x1p-3 0x0p+0 relu proved", "0x0p+0", "begins no claim"},
           {7, "claim 0x0p+0 0x0p+0 0x1p-3 0x1p+0 exact proved", "exact", "is no metric"},
           {7, "claim 0x0p+0 0x0p+0 0x1p-3 0x1p+0 relu true", "true", "is no evidence"},
           {8, "", "x", "is no earlier value"},
           {8, "step x input t1", "t1", "one word too many"},
           {8, "step x", "x", "is not the last word"},
           {8, "stop", "stop", "stands where a step or the result"},
           {9, "step t1 normalise x 0x0p+0", "0x0p+0", "is not the last word"},
           {9, "step t1 normalise x 0x0p+0 0x0p+0", "0x0p+0", "is no half width"},
           {9, "step t1 normalise x 0x0p+0 -0x1p+0", "-0x1p+0", "is no half width"},
           {9, "step t1 normalise x 0x0p+0 0x1p-1060", "0x1p-1060", "is no half width"},
           {10, "step square normalise t1 0x0p+0 0x1p+0", "square", "normalises a second time"},
           {10, "step square cube t1", "cube", "is no step that this runtime reads: input, norm"},
           {10, "step square refresh t1", "refresh", "is no step that this runtime reads"},
           {10, "step square square t2", "t2", "is no earlier value"},
           {10, "step square square square", "square", "is no earlier value"},
           {10, "step t1 square t1", "t1", "is the name of an earlier value"},
           {10, "step square multiply t1", "t1", "is not the last word"},
           {10, "step square rescale t1", "square", "has nothing to rescale"},
           {10, "step square relinearize t1", "square", "has nothing to relinearise"},
           {10, "step square input", "square", "is an input after an operation"},
           {11, "step switched rescale square", "switched", "has nothing to rescale"},
           {11, "step switched square square", "switched", "takes what is not relinearised"},
           {11, "step switched drop square 1", "switched", "takes what is not relinearised"},
           {11, "step switched add square t1", "switched", "adds values of other scales"},
           {13, "step less add_scalar t2 1", "1", "is no finite double"},
           {13, "step less add t2 t1", "less", "takes values of different depths"},
           {14, "step dropped drop t2 0", "0", "is no whole number from 1 to"},
           {14, "step dropped drop t1 1001", "1001", "is no whole number from 0 to 1000"},
           {14, "step dropped drop t1 0x1", "0x1", "is no whole number"},
           {15, "step s2 stage less 1", "1", "is no finite double"},
           {15, "step s2 stage less 0x1.0000000000001p+3", "0x1.0000000000001p+3", "is no log2"},
           {15, "step s2 stage less -0x1p+4", "-0x1p+4", "is no log2"},
           {15, "step s2 stage less inf", "inf", "is no finite double"},
           {15, "step s2 stage less 0x1p-1 0x1p-1", "0x1p-1", "is one word too many"},
           {15, "step s2 stage", "stage", "is not the last word"},
           {16, "step twice multiply_integer s2 2.5", "2.5", "is no whole number"},
           {16, "step twice multiply_integer s2 -1048577", "-1048577", "is no whole number"},
           {16, "step twice multiply_integer s2 2 1", "1", "is one word too many"},
           {20, "", "result", "is not the value of the last step"},
           {21, "result t1", "t1", "is not the value of the last step"},
           {21, "result", "result", "is not the last word"},
           {21, "result result\nstep y stage result", "step", "stands after the result"},
           {21, "", "", "ends the text, where a step or the result should stand"},
       }) {
    CAPTURE(std::string(given.text));
    // A line that is left out is noticed in the next; one that is added has the next number.
    const std::string text = given.text;
    const std::string found = text_with(given.line, text);
    const int line = static_cast<int>(given.line);
    const bool is_later = text.find('\n') != std::string::npos || (text.empty() && line < 21);
    check_refused(found, line + (is_later ? 1 : 0), given.word, given.why);
  }
}

TEST_CASE("a result, and inputs, that are none") {
  std::string text;
  for (std::size_t i = 0; i < 11; ++i) text += lines[i] + "\n";
  check_refused(text + "result switched\n", 12, "switched", "not relinearised and rescaled");
  check_refused("", 1, "", "ends the text, where equiripple-program should stand");
  std::string inputs;
  for (std::size_t i = 0; i < 8; ++i) inputs += lines[i] + "\n";
  CHECK(Program::parse(inputs + "step y input\nresult y\n").inputs() == 2);
  check_refused(inputs + "step y input\nstep z input\nresult z\n", 10, "z", "is a third input");
  std::string none;
  for (std::size_t i = 0; i < 7; ++i) none += lines[i] + "\n";
  check_refused(none + "result x\n", 8, "x", "is not the value of the last step");
}

TEST_CASE("the third version carries out integers as others") {
  const auto third = [](const std::string& line) {
    std::string text = text_with(16, line);
    text[text.find('1')] = '3';
    return text;
  };
  plain clear;
  const double usual = evaluate(Program::parse(sound_text()), clear, 0.75);
  for (const char* carried : {"", " 1", " 3", " 64"}) {
    CAPTURE(carried);
    const Program program =
        Program::parse(third(std::string("step twice multiply_integer s2 2") + carried));
    CHECK(evaluate(program, clear, 0.75) == usual);
  }
  for (const char* carried : {"0", "-1", "65", "1.5", "0x1"}) {
    check_refused(third(std::string("step twice multiply_integer s2 2 ") + carried), 16, carried,
                  "is no whole number from 1 to 64");
  }
  check_refused(third("step twice multiply_integer s2 -2 1"), 16, "1", "stands in for an integer");
  check_refused(third("step twice multiply_integer s2 0 1"), 16, "1", "stands in for an integer");
  check_refused(third("step twice multiply_integer s2 2 1 1"), 16, "1", "is one word too many");
}

TEST_CASE("what a message shows of a hostile text is short and printable") {
  const std::string hostile = "\x1b[2J\xff" + std::string(1000, 'x');
  try {
    static_cast<void>(Program::parse(text_with(10, "step a square " + hostile)));
    FAIL("no exception");
  } catch (const malformed_program& refused) {
    CHECK(refused.word == "?[2J?" + std::string(35, 'x'));
  }
  std::string nul = text_with(2, "name f");
  nul[nul.find('f', 20)] = '\0';
  check_refused(nul, 2, "?", "is no name");
}

TEST_CASE("a program is not longer, nor deeper, than one can be") {
  std::string text;
  for (std::size_t i = 0; i < 8; ++i) text += lines[i] + "\n";
  std::string long_text = text;
  std::string before = "x";
  for (std::size_t i = 1; i < detail::most_program_steps; ++i) {
    const std::string name = "v" + std::to_string(i);
    long_text += "step " + name + " stage " + before + "\n";
    before = name;
  }
  CHECK_NOTHROW(static_cast<void>(Program::parse(long_text + "result " + before + "\n")));
  CHECK_THROWS_AS(static_cast<void>(Program::parse(long_text + "step one_more stage x\n")),
                  malformed_program);
  text += "step d drop x 1000\nstep m multiply_scalar d 0x1p-1\n";
  check_refused(text + "step r rescale m\nresult r\n", 11, "r", "is deeper than 1000 levels");
  CHECK_THROWS_AS(static_cast<void>(Program::parse(std::string(detail::longest_program + 1, ' '))),
                  malformed_program);
}

TEST_CASE("a text that is cut off is refused, wherever it is cut") {
  const std::string whole = sound_text();
  for (std::size_t size = 0; size + 1 < whole.size(); ++size) {
    CAPTURE(size);
    CHECK_THROWS_AS(static_cast<void>(Program::parse(whole.substr(0, size))), malformed_program);
  }
}

// The emitter's writer, on numbers of another kind, is the second opinion.
TEST_CASE("numbers are read exactly") {
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  std::vector<double> numbers = {0,
                                 1,
                                 -1,
                                 std::numeric_limits<double>::max(),
                                 std::numeric_limits<double>::min(),
                                 std::numeric_limits<double>::denorm_min(),
                                 -std::numeric_limits<double>::lowest(),
                                 std::nextafter(std::numeric_limits<double>::min(), 0.0)};
  for (int i = 0; i < 20'000 * test::effort(); ++i) {
    std::uint64_t bits = random();
    if (i % 4 == 0) bits &= 0x800fffffffffffffU;  // subnormal
    if (i % 8 == 1) bits &= 0xffffffff00000000U;  // few digits
    double number = 0;
    std::memcpy(&number, &bits, sizeof number);
    if (std::isfinite(number)) numbers.push_back(number);
  }
  for (const double number : numbers) {
    const std::string text = hexfloat(Rational(number));
    CAPTURE(text);
    CHECK(detail::exact_hexfloat(text) == std::optional<double>(number));
    CHECK(parse_hexfloat(text) == Rational(number));
    std::ostringstream stream;  // as printf writes %a
    stream << std::hexfloat << number;
    CHECK(detail::exact_hexfloat(stream.str()) == std::optional<double>(number));
  }
}

TEST_CASE("numbers in other spellings, and what is no double") {
  const auto read = [](const char* text) { return detail::exact_hexfloat(text); };
  CHECK(read("0x10p0") == 16.0);
  CHECK(read("0x0.001p+0") == 0x1p-12);
  CHECK(read("0x.8p1") == 1.0);
  CHECK(read("0x8.p-3") == 1.0);
  CHECK(read("0x00000000000000000000000000001p+0") == 1.0);
  CHECK(read("0x10000000000000000000000000000p-112") == 1.0);
  CHECK(read("0x1.00000000000000000000000000p+0") == 1.0);
  CHECK(std::signbit(*read("-0x0p+0")));
  for (const char* text : {"",
                           "-",
                           "0",
                           "1",
                           "0x",
                           "0x1",
                           "0xp+0",
                           "0x.p+0",
                           "0x1p",
                           "0x1p+",
                           "0x1p+-1",
                           "0x1p++1",
                           "0x1p1.5",
                           "0x1.8.0p+0",
                           "0X1p+0",
                           "0x1P+0",
                           "0xAp+0",
                           "--0x1p+0",
                           "+0x1p+0",
                           " 0x1p+0",
                           "0x1p+0 ",
                           "0x1p+0x",
                           "0x1,8p+0",
                           "0x1p+1024",
                           "0x1p-1075",
                           "0x1.8p-1074",
                           "0x1.00000000000008p+0",
                           "0x1.0000000000000000000000000001p+0",
                           "0x1p+99999999999",
                           "0x1p-2147483648",
                           "0x1p+10001",
                           "inf",
                           "nan",
                           "0xg"}) {
    CAPTURE(text);
    CHECK_FALSE(read(text).has_value());
  }
  CHECK_FALSE(detail::exact_hexfloat("0x" + std::string(5000, '0') + "p+0").has_value());
}

// What the emitter would write, and the reader refuse.
TEST_CASE("an artifact whose program breaks the rules has an obstacle") {
  test::Random random(test::seed());
  Artifact artifact =
      test::planned_artifact(Kind::minimax, {test::random_series(random, 9, Parity::odd, 0.9)});
  CHECK(obstacle_to_program(artifact) == "");
  Artifact spoilt = artifact;
  for (Instruction& step : spoilt.plan->program) {
    if (step.operation == PlanOperation::relinearize) step.operation = PlanOperation::rescale;
  }
  CHECK(obstacle_to_program(spoilt).find("has nothing to rescale") != std::string::npos);
  artifact.plan.reset();
  CHECK(obstacle_to_program(artifact).find("plan: none") != std::string::npos);
}
