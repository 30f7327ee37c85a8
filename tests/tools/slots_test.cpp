// softmax, the norms, argmax and the largest: what is made against plain evaluation, what is
// refused, verify on files and on files that lie, and the header on simulated ciphertexts.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "emit/cpp_header.hpp"
#include "emit/hexfloat.hpp"
#include "emit/json.hpp"
#include "emit/request/slots_form.hpp"
#include "emit/simulate/slots.hpp"
#include "emit/slot_costs.hpp"
#include "tests/support/command.hpp"
#include "tests/support/data.hpp"
#include "tests/support/made.hpp"
#include "tests/support/random.hpp"
#include "tools/picture/values.hpp"

using namespace equiripple;
using nlohmann::json;

namespace {

using Words = std::vector<std::string>;
using Slots = std::vector<long double>;

const Words softmax = {"softmax", "--length", "16", "--range", "4", "--error", "2^-12"};
const Words squared = {"softmax", "--length", "8", "--range", "12", "--error", "2^-8"};
const Words layernorm = {"layernorm", "--length", "12",  "--variance",
                         "[1/16,4]",  "--error",  "2^-8"};
const Words rmsnorm = {"rmsnorm", "--length", "12", "--variance", "[1,9]", "--error", "2^-8"};
const Words argmax = {"argmax", "--slots", "6", "--gap", "1/2", "--range", "1", "--error", "2^-6"};
const Words largest_of = {"largest", "--slots", "5", "--range", "2", "--error", "1/16"};

// The steps by their definition, on the programs of the parts: no template of the library.
Slots evaluated(const Artifact& artifact, const Slots& x) {
  std::vector<Slots> values = {x};
  for (const SlotStep& step : artifact.slot_steps) {
    const Slots& a = values[static_cast<std::size_t>(step.left)];
    const Slots& b = values[static_cast<std::size_t>(step.right)];
    const long double scale = static_cast<long double>(to_double(step.scale));
    long double total = 0;
    for (const long double each : a) total += each;
    Slots result;
    for (std::size_t i = 0; i < a.size(); ++i) {
      switch (step.operation) {
        case SlotOperation::read:
          result.push_back(scale * a[i] + static_cast<long double>(to_double(step.offset)));
          break;
        case SlotOperation::scale: result.push_back(scale * a[i]); break;
        case SlotOperation::centre: result.push_back(scale * a[i] - b[i]); break;
        case SlotOperation::sum: result.push_back(total); break;
        case SlotOperation::square: result.push_back(a[i] * a[i]); break;
        case SlotOperation::refresh: result.push_back(a[i]); break;
        case SlotOperation::rotate:
          result.push_back(a[(i + static_cast<std::size_t>(step.by)) % a.size()]);
          break;
        case SlotOperation::pair: {
          const auto at = [](long double value) {
            const Rational exact(static_cast<double>(value));
            return Interval{exact, exact};
          };
          const PairFunction pair =
              pair_function_of(artifact.parts[static_cast<std::size_t>(step.part)]);
          result.push_back(scale *
                           static_cast<long double>(to_double(pair(at(a[i]), at(b[i])).lower)));
          break;
        }
        case SlotOperation::product: result.push_back(scale * a[i] * b[i]); break;
        case SlotOperation::part: {
          const Artifact& part = artifact.parts[static_cast<std::size_t>(step.part)];
          const PlotReal value = value_of_program(*part.plan, PlotReal(static_cast<double>(a[i])));
          result.push_back(static_cast<long double>(to_double(to_rational(value))));
          break;
        }
      }
    }
    values.push_back(std::move(result));
  }
  return values.back();
}

Slots target(const Artifact& artifact, const Slots& x) {
  const auto n = static_cast<long double>(x.size());
  const long double top = *std::ranges::max_element(x);
  long double mean = 0;
  long double squares = 0;
  long double exponentials = 0;
  for (const long double each : x) {
    mean += artifact.kind == Kind::layernorm ? each / n : 0;
    exponentials += std::exp(each);
  }
  for (const long double each : x) squares += (each - mean) * (each - mean) / n;
  Slots result;
  for (const long double each : x) {
    result.push_back(artifact.kind == Kind::softmax   ? std::exp(each) / exponentials
                     : artifact.kind == Kind::argmax  ? (each == top ? 1.0L : 0.0L)
                     : artifact.kind == Kind::largest ? top
                                                      : (each - mean) / std::sqrt(squares));
  }
  return result;
}

long double distance(const Slots& a, const Slots& b) {
  long double largest = 0;
  for (std::size_t i = 0; i < a.size(); ++i) largest = std::max(largest, std::abs(a[i] - b[i]));
  return largest;
}

// All equal, one apart from all others, and anything.
Slots powers_input(test::Random& random, std::size_t length, double range, double gap, int trial) {
  Slots x(length, -range);
  if (trial % 4 == 1) std::ranges::fill(x, range - gap);
  if (trial % 4 > 1) {
    for (long double& each : x) each = test::real_between(random, -range, range - gap);
  }
  if (trial % 8 > 3) x.front() = range;
  if (gap > 0) x.front() = std::min<long double>(range, *std::ranges::max_element(x) + gap);
  return x;
}

Slots norm_input(test::Random& random, std::size_t length, double lower, double upper, bool centred,
                 int trial) {
  Slots x(length, 0);
  for (long double& each : x) each = trial % 3 == 0 ? 0 : test::real_between(random, -1, 1);
  if (trial % 3 == 0) x.front() = 1;
  long double mean = 0;
  long double squares = 0;
  const auto n = static_cast<long double>(length);
  for (const long double each : x) mean += centred ? each / n : 0;
  for (const long double each : x) squares += (each - mean) * (each - mean) / n;
  const long double wanted = trial % 2 == 0 ? lower * 1.000001 : upper * 0.999999;
  for (long double& each : x)
    each = (each - mean) * std::sqrt(wanted / squares) + (centred ? 3 : 0);
  return x;
}

}  // namespace

TEST_CASE("functions of many slots keep their proved errors, against long doubles") {
  test::Random random(test::seed());
  MESSAGE("seed ", test::seed());
  for (const Words& words : {softmax, squared, layernorm, rmsnorm, argmax, largest_of}) {
    const Artifact artifact = test::made_artifact(words);
    CAPTURE(words[0]);
    const auto length = static_cast<std::size_t>(std::stoi(words[2]));
    long double largest = 0;
    for (int trial = 0; trial < 40 * test::effort(); ++trial) {
      const Slots x = artifact.kind == Kind::softmax
                          ? powers_input(random, length, words[4] == "4" ? 4 : 12, 0, trial)
                      : artifact.kind == Kind::argmax  ? powers_input(random, length, 1, 0.5, trial)
                      : artifact.kind == Kind::largest ? powers_input(random, length, 2, 0, trial)
                      : artifact.kind == Kind::layernorm
                          ? norm_input(random, length, 0.0625, 4, true, trial)
                          : norm_input(random, length, 1, 9, false, trial);
      largest = std::max(largest, distance(evaluated(artifact, x), target(artifact, x)));
    }
    const ErrorEnclosure& error = artifact.claim.error;
    CHECK(error.evidence == Evidence::proved);
    CHECK(largest <= static_cast<long double>(to_double(error.upper, Rounding::up)));
    CHECK(largest >= static_cast<long double>(to_double(error.attained)) / 4);
    CHECK(error.attained > 0);
  }
}

TEST_CASE("files of many slots are made again, verified, and seen in every view") {
  for (const Words& words : {squared, layernorm, largest_of}) {
    CAPTURE(words[0]);
    const std::string content = test::made(words, "f.json");
    const std::string header = to_cpp(*artifact_from_json_text(content));
    if (words != squared) CHECK(test::made(words, "f.hpp") == header);
    for (const auto& [text, file] : {std::pair{content, "f.json"}, {header, "f.hpp"}}) {
      const auto result = test::verified(text, file);
      CHECK_MESSAGE(result.status == 0, result.errors);
      CHECK(result.output.find("the error of a slot is at most") != std::string::npos);
    }
    const test::TemporaryFolder folder;
    test::write_text(folder / "f.hpp", header);
    for (const char* view : {"--json", "--plan", "--compare"}) {
      CHECK(test::equiripple({"inspect", "f.hpp", view}, folder.path()).status == 0);
    }
    const json file = json::parse(content);
    const auto shown = test::equiripple({"inspect", "f.hpp"}, folder.path());
    CHECK(shown.output.find(std::to_string(file["plan"]["levels"].get<int>()) + " levels") !=
          std::string::npos);
    CHECK(file["plan"]["key_switches"].get<int>() > 0);
    CHECK(file["plan"]["sums"].get<int>() + file["plan"].value("rotations", 0) >= 1);
    const auto survives =
        test::equiripple({"inspect", "f.hpp", "--ckks", "logN=14,scale=2^50"}, folder.path());
    CHECK_MESSAGE(survives.status == 0, survives.errors);
    CHECK(survives.output.find("bits survive") != std::string::npos);
    for (const char* target : {"openfhe", "lattigo", "mlir", "csv", "latex", "program"}) {
      CHECK(test::equiripple({"emit", "f.hpp", "--target", target}, folder.path()).status == 2);
    }
    CHECK(test::equiripple({"plot", "f.hpp", "-o", "f.svg"}, folder.path()).status == 2);
  }
}

TEST_CASE("a file of many slots that lies is refused") {
  const std::string content = test::made(squared, "f.json");
  const json file = json::parse(content);
  REQUIRE(file["parts"].size() >= 3);
  const auto refused = [&](const std::string& pointer, const json& value, const char* word) {
    CAPTURE(pointer);
    test::check_refused(test::changed(content, pointer, value), word);
  };
  refused("/error/upper", "0x1p-12", "");
  refused("/error/attained", file["error"]["upper"], "");
  refused("/parts/0/stages/0/coefficients/1", "0x1p-9", "f_exp");
  refused("/parts/2/error/upper", "0x1p-14", "");
  refused("/parts/1/stages/0/domain/0/0", "0x1p-3", "f_inverse_1");
  refused("/request/length", "9", "it is made for");
  refused("/request/range", "13", "it is made for");
  refused("/steps/0/scale", "0x1p+0", "normalised last are not those of x");
  refused("/steps/0/offset", "0x1p+0", "it is made for");
  refused("/steps/4/scale", "0x1.8p+0", "f_inverse_2: it is made for");
  refused("/steps/4/of", json::array({1, 4}), "the steps are not those");
  refused("/plan/levels", 3, "plan/levels");
  refused("/plan/sums", 1, "plan/sums");
  refused("/request/error", "2^-11", "the request is of an error");
  const std::string header = test::made(squared, "f.hpp");
  std::string other = header;
  const std::size_t at = other.find("slots.square(");
  REQUIRE(at != std::string::npos);
  other.replace(at, 13, "slots.sqaure(");
  CHECK(test::verified(other, "f.hpp").status == 4);
}

TEST_CASE("a file of the largest of slots that lies is refused") {
  const std::string content = test::made(largest_of, "f.json");
  const json file = json::parse(content);
  const auto refused = [&](const std::string& pointer, const json& value, const char* word) {
    CAPTURE(pointer);
    test::check_refused(test::changed(content, pointer, value), word);
  };
  CHECK(file["plan"]["rotations"] == 3);
  CHECK(file["plan"]["key_switches"] == 3 * file["parts"][0]["plan"]["key_switches"].get<int>());
  refused("/error/upper", file["error"]["attained"], "the error of a slot is proved");
  refused("/error/attained", file["error"]["upper"], "");
  refused("/request/slots", "9", "the steps are not those");
  refused("/request/range", "3", "differences up to 1");
  refused("/request/error", "1/32", "the request is of an error");
  refused("/steps/0/scale", "0x1p-1", "differences up to 1");
  refused("/steps/6/scale", "0x1p+3", "the error of a slot is proved");
  refused("/steps/1/by", 2, "the steps are not those");
  refused("/steps/3/of", json::array({1}), "the steps are not those");
  refused("/parts/0/request/range", "2", "");
  refused("/parts/0/error/upper", "0x1p-9", "");
  refused("/plan/rotations", 2, "plan/rotations");
  refused("/plan/key_switches", 4, "plan/key_switches");
  json swapped = file;
  swapped["steps"][2] = {{"op", "part"}, {"of", {1}}, {"part", 1}};
  const auto malformed = test::verified(swapped.dump(2) + "\n", "f.json");
  CHECK(malformed.status == 2);
  CHECK(malformed.errors.find("as many values") != std::string::npos);
}

TEST_CASE("requests of many slots that are wrong, or cannot be met") {
  test::check_fails({"softmax", "--length", "1", "--range", "4", "--error", "2^-8"}, 2, "--length");
  test::check_fails({"softmax", "--length", "16", "--range", "0", "--error", "2^-8"}, 2, "--range");
  test::check_fails({"softmax", "--length", "16", "--range", "4", "--error", "2"}, 2, "--error");
  test::check_fails({"softmax", "--length", "16", "--range", "4"}, 2, "--error");
  test::check_fails({"layernorm", "--length", "16", "--variance", "[0,4]", "--error", "2^-8"}, 2,
                    "--variance");
  test::check_fails({"argmax", "--slots", "4", "--gap", "3", "--range", "1", "--error", "2^-8"}, 2,
                    "--gap");
  test::check_fails({"largest", "--slots", "1", "--range", "1", "--error", "2^-8"}, 2, "--slots");
  test::check_fails({"largest", "--slots", "4", "--range", "1", "--error", "1"}, 2, "--error");
  test::check_fails(
      {"largest", "--slots", "4", "--range", "1", "--error", "1/16", "--max-levels", "5"}, 3,
      "levels");
  test::check_fails(
      {"largest", "--slots", "4", "--range", "1", "--error", "1/16", "--max-key-switches", "5"}, 3,
      "key switches");
  test::check_fails(
      {"softmax", "--length", "16", "--range", "4", "--error", "2^-12", "--max-levels", "6"}, 3,
      "levels");
}

TEST_CASE("every form that was tried is listed, and none costs less than what is taken") {
  const auto result = test::equiripple(softmax);
  CHECK(result.output.find("no square outside") != std::string::npos);
  CHECK(result.output.find("1 square outside") != std::string::npos);
  CHECK(result.output.find("taken") != std::string::npos);
  const Artifact fewest = test::made_artifact(
      {"softmax", "--length", "16", "--range", "4", "--error", "2^-12", "--minimise", "levels"});
  CHECK(whole_plan(fewest).costs.levels <= whole_plan(test::made_artifact(softmax)).costs.levels);
}

namespace {

constexpr const char* program = R"(
#include "f.hpp"
#include <equiripple/simulated.hpp>
#include <cmath>
#include <cstdio>
#include <vector>
using equiripple::simulated;
int main() {
  std::vector<double> x(f::length);
  for (int i = 0; i < f::length; ++i) x[static_cast<std::size_t>(i)] = -4 + 8.0 * i / f::length;
  simulated he(f::required_levels(0x1p50, 0x1p50) + 1, 0x1p50);
  const auto sum = [](simulated&, simulated::Ciphertext y) {
    double total = 0;
    for (const double value : y.values) total += value;
    for (double& value : y.values) value = total;
    return y;
  };
  const auto y = f::evaluate(he, he.encrypt(x, 0x1p50), sum);
  double total = 0, largest = 0;
  for (const double value : x) total += std::exp(value);
  for (std::size_t i = 0; i < x.size(); ++i) {
    largest = std::fmax(largest, std::fabs(y.values[i] - std::exp(x[i]) / total));
  }
  bool refuses = false;
  try {
    simulated shallow(f::levels - 1, 0x1p50);
    f::evaluate(shallow, shallow.encrypt(x, 0x1p50), sum);
  } catch (const equiripple::not_enough_levels&) {
    refuses = true;
  }
  const bool right = largest <= f::claim.upper && y.level == 1 && y.scale == 0x1p50 &&
                     he.counts.key_switches == f::key_switches && refuses;
  std::printf("%g %d %a %d\n", largest, y.level, y.scale, static_cast<int>(he.counts.key_switches));
  return right ? 0 : 1;
}
)";

}  // namespace

TEST_CASE("the header of softmax compiles, and keeps its claim on simulated ciphertexts") {
  const test::TemporaryFolder folder;
  test::write_text(folder / "f.hpp", test::made(softmax, "f.hpp"));
  test::write_text(folder / "main.cpp", program);
  for (const char* standard : {"-std=c++17", "-std=c++20"}) {
    const auto compiled =
        test::run({"c++", standard, "-Wall", "-Wextra", "-Wpedantic", "-Wconversion", "-Wshadow",
                   "-Werror", "-I", test::source_folder() + "/runtime", "main.cpp", "-o", "main"},
                  folder.path());
    CHECK_MESSAGE(compiled.status == 0, compiled.errors);
    const auto ran = test::run({"./main"}, folder.path());
    CHECK_MESSAGE(ran.status == 0, ran.output);
  }
}

TEST_CASE("python evaluates a list") {
  if (!test::is_installed("python3")) return;
  const test::TemporaryFolder folder;
  test::write_text(folder / "f.json", test::made(squared, "f.json"));
  REQUIRE(test::equiripple({"emit", "f.json", "--target", "python", "-o", "f.py"}, folder.path())
              .status == 0);
  test::write_text(folder / "main.py",
                   "import math, f\n"
                   "x = [-12, -12, 12, 11, 0, 5, -3, 11.5]\n"
                   "total = sum(map(math.exp, x))\n"
                   "error = max(abs(a - math.exp(b) / total) for a, b in zip(f.evaluate(x), x))\n"
                   "assert error <= f.ERROR_AT_MOST, error\n"
                   "try:\n"
                   "    f.evaluate(x[1:])\n"
                   "    raise SystemExit(1)\n"
                   "except ValueError:\n"
                   "    pass\n");
  const auto ran = test::run({"python3", "main.py"}, folder.path());
  CHECK_MESSAGE(ran.status == 0, ran.errors);
}
