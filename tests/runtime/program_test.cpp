// Programs read from text run as the headers that are emitted of the same artifacts: the same
// operations, and on every backend the same values, levels, scales and refusals.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <equiripple/plain.hpp>
#include <equiripple/program.hpp>
#include <equiripple/simulated.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "abs_chain.hpp"
#include "compare_chain.hpp"
#include "constant.hpp"
#include "cos_d64.hpp"
#include "emit/cpp_header.hpp"
#include "emit/targets/targets.hpp"
#include "exp_d12.hpp"
#include "line.hpp"
#include "max_chain.hpp"
#include "max_direct.hpp"
#include "min_chain.hpp"
#include "narrow_rsqrt.hpp"
#include "relu_direct.hpp"
#include "relu_large.hpp"
#include "relu_single.hpp"
#include "relu_small.hpp"
#include "sigmoid_d31.hpp"
#include "sign_chain.hpp"
#include "sign_d63.hpp"
#include "step_chain.hpp"
#include "tests/runtime/exact_simulation.hpp"
#include "tests/runtime/interpreted_plan.hpp"
#include "tests/runtime/plan_run.hpp"
#include "tests/support/command.hpp"
#include "tests/support/data.hpp"
#include "tests/support/series.hpp"
#include "wide_inverse.hpp"
#include "wide_rsqrt.hpp"
#include "wide_sqrt.hpp"

using namespace equiripple;

namespace {

std::string text_of(const std::string& name) {
  const auto read = artifact_from_cpp(
      test::content_of(test::build_folder() + "/tests/generated/" + name + ".hpp"));
  REQUIRE_MESSAGE(read.has_value(), read.error().why);
  CHECK(obstacle_to_program(*read) == "");
  return to_program(*read);
}

template <class Plan>
Program program_of() {
  return Program::parse(text_of(Plan::name));
}

// Of every generated header.
template <class Check>
void for_every_plan(const Check& check) {
  const auto each = [&](auto... plans) { (check(plans), ...); };
  each(abs_chain::Plan{}, compare_chain::Plan{}, constant::Plan{}, cos_d64::Plan{}, exp_d12::Plan{},
       line::Plan{}, max_chain::Plan{}, max_direct::Plan{}, min_chain::Plan{}, narrow_rsqrt::Plan{},
       relu_direct::Plan{}, relu_large::Plan{}, relu_single::Plan{}, relu_small::Plan{},
       sigmoid_d31::Plan{}, sign_chain::Plan{}, sign_d63::Plan{}, step_chain::Plan{},
       wide_inverse::Plan{}, wide_rsqrt::Plan{}, wide_sqrt::Plan{});
}

// Bit for bit.
void check_same(const detail::Recording& found, const detail::Recording& right) {
  CHECK(found.facts.name == right.facts.name);
  CHECK(found.facts.levels == right.facts.levels);
  CHECK(found.facts.half_width == right.facts.half_width);
  CHECK(found.facts.output_scale_factor == right.facts.output_scale_factor);
  REQUIRE(found.operations.size() == right.operations.size());
  for (std::size_t i = 0; i < right.operations.size(); ++i) {
    const detail::Operation& one = found.operations[i];
    const detail::Operation& other = right.operations[i];
    CAPTURE(i);
    CHECK(one.step == other.step);
    CHECK(one.left == other.left);
    CHECK(one.right == other.right);
    CHECK(one.scalar == other.scalar);
    CHECK(std::signbit(one.scalar) == std::signbit(other.scalar));
    CHECK(one.integer == other.integer);
  }
}

// What a call gives: bits of values, level and scale, or the words of its refusal.
template <class Call>
std::string outcome(const Call& call) {
  std::ostringstream text;
  text.precision(17);
  try {
    const simulated::Ciphertext y = call();
    text << "level " << y.level << ", scale " << y.scale << ":";
    for (const double value : y.values) text << " " << value;
  } catch (const evaluation_error& refused) {
    text << refused.what();
  }
  return text.str();
}

std::vector<double> inputs_of(double lower, double upper) {
  return {lower, upper, lower + (upper - lower) * 0.375, lower + (upper - lower) * 0.8125};
}

// The plan and the program, each on a backend of its own, which draw the same noise; whether it was
// a value and no refusal.
template <class Plan, class Backend>
bool check_runs(const Program& program, Backend& one, Backend& other, double scale,
                double output_scale) {
  CAPTURE(std::string(Plan::name));
  CAPTURE(scale);
  CAPTURE(output_scale);
  const std::vector<double> values = inputs_of(Plan::lower, Plan::upper);
  const auto x = one.encrypt(values, scale);
  const auto same_x = other.encrypt(values, scale);
  std::string right;
  std::string found;
  if constexpr (Plan::inputs == 1) {
    right = outcome([&] { return evaluate<Plan>(one, x, output_scale); });
    found = outcome([&] { return evaluate(program, other, same_x, output_scale); });
  } else {
    const std::vector<double> zeros(values.size(), 0.0);
    const auto y = one.encrypt(zeros, scale);
    const auto same_y = other.encrypt(zeros, scale);
    right = outcome([&] { return evaluate<Plan>(one, x, y, output_scale); });
    found = outcome([&] { return evaluate(program, other, same_x, same_y, output_scale); });
  }
  CHECK(found == right);
  CHECK(test::work_of(other) == test::work_of(one));
  CHECK(required_levels(program, other, same_x) == required_levels<Plan>(one, x));
  return right.rfind("level ", 0) == 0;
}

SimulationParameters noisy(int levels) {
  SimulationParameters parameters;
  parameters.moduli = simulated_moduli(levels, 0x1p+45, 14);
  parameters.log2_ring = 14;
  parameters.seed = 7;
  return parameters;
}

// Without levels to spare for what the library does by itself.
struct Managed : plain {
  static constexpr bool has_no_levels = false;
  using plain::plain;
};

}  // namespace

TEST_CASE("a text says what its header says") {
  for_every_plan([](auto plan) {
    using Plan = decltype(plan);
    CAPTURE(std::string(Plan::name));
    const Program program = program_of<Plan>();
    const detail::Recording recording = detail::recording_of(plan);
    check_same(program.recording(), recording);
    CHECK(program.recording().facts.stages == recording.facts.stages);
    CHECK(program.name() == Plan::name);
    CHECK(program.inputs() == Plan::inputs);
    CHECK(program.levels() == Plan::levels);
    CHECK(program.key_switches() == Plan::key_switches);
    CHECK(program.tensor_products() == Plan::tensor_products);
    CHECK(program.scalar_products() == Plan::scalar_products);
    CHECK(program.rescalings() == Plan::rescalings);
    CHECK(program.lower() == Plan::lower);
    CHECK(program.upper() == Plan::upper);
    CHECK(program.half_width() == Plan::half_width);
    CHECK(program.growth() == Plan::growth);
    CHECK(program.output_scale_factor() == Plan::output_scale_factor);
  });
}

TEST_CASE("the claim of a text is that of its header") {
  const auto check = [](const Claim& found, const Claim& right) {
    CHECK(found.lower == right.lower);
    CHECK(found.attained == right.attained);
    CHECK(found.upper == right.upper);
    CHECK(found.unit == right.unit);
    CHECK(found.metric == right.metric);
    CHECK(found.evidence == right.evidence);
    CHECK(found.bound() == right.bound());
  };
  check(program_of<relu_small::Plan>().claim(), relu_small::claim);
  check(program_of<sign_d63::Plan>().claim(), sign_d63::claim);
  check(program_of<wide_inverse::Plan>().claim(), wide_inverse::claim);
}

// Series of every degree and parity, as no header is compiled of them.
TEST_CASE("a text of any plan has its operations") {
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  for (const Parity parity : {Parity::none, Parity::odd, Parity::even}) {
    for (int degree = 0; degree <= 127; ++degree) {
      if (!test::fits(degree, parity) || !test::is_tried(degree, parity)) continue;
      CAPTURE(degree);
      const Artifact artifact =
          test::planned_artifact(Kind::minimax, {test::random_series(random, degree, parity, 0.9)});
      using Plan = test::InterpretedPlan<1>;
      Plan::set(artifact);
      detail::Recording right = detail::recording_of(Plan{});
      right.facts.name = artifact.name;
      check_same(Program::parse(to_program(artifact)).recording(), right);
    }
  }
}

TEST_CASE("on ciphertexts with noise a program gives what its header gives, bit for bit") {
  int values = 0;
  int refusals = 0;
  for_every_plan([&](auto plan) {
    using Plan = decltype(plan);
    const Program program = program_of<Plan>();
    for (const int levels : {Plan::levels - 1, Plan::levels, Plan::levels + 3}) {
      if (levels < 1) continue;
      for (const double scale : {0x1p+45, 0x1p+45 / Plan::half_width, 0x1p+20}) {
        for (const double output_scale : {0.0, 0x1p+43, 0.5}) {
          simulated one(noisy(levels));
          simulated other(noisy(levels));
          const bool is_value = check_runs<Plan>(program, one, other, scale, output_scale);
          ++(is_value ? values : refusals);
        }
      }
    }
  });
  CHECK(values > 100);
  CHECK(refusals > 100);
}

// The checks must notice a wrong program, or every run above is worth nothing.
TEST_CASE("a nudged scalar is noticed") {
  using Plan = sign_d63::Plan;
  const std::string text = text_of(Plan::name);
  const auto outcome_of = [](const std::string& of) {
    simulated he(noisy(Plan::levels));
    const auto x = he.encrypt(inputs_of(-1, 1), 0x1p+45);
    return outcome([&] { return evaluate(Program::parse(of), he, x); });
  };
  std::string nudged = text;
  const std::size_t scalar = nudged.find("multiply_scalar");
  const std::size_t digit = nudged.find('.', scalar) + 8;  // 2^-32: encoded with 45 bits
  nudged[digit] = nudged[digit] == '8' ? '4' : '8';
  CHECK(outcome_of(text) == outcome_of(text));
  CHECK(outcome_of(nudged) != outcome_of(text));
}

TEST_CASE("a program is refreshed where its header is") {
  for_every_plan([](auto plan) {
    using Plan = decltype(plan);
    const Program program = program_of<Plan>();
    for (const int levels : {5, 7, 9}) {
      bootstrapping_simulated one(noisy(9), levels, -20, 1);
      bootstrapping_simulated other(noisy(9), levels, -20, 1);
      check_runs<Plan>(program, one, other, one.modulus_at(9), 0);
      CHECK(one.counts.refreshes == other.counts.refreshes);
    }
  });
  bootstrapping_simulated he(noisy(9), 9, -20);
  CHECK(prepare(program_of<relu_large::Plan>(), he, 9, 0x1p+45).refreshes() == 1);
}

TEST_CASE("a library that prescribes scales has the factor divided out, of a program too") {
  struct Prescribing : simulated {
    using simulated::simulated;
    double prescribed_scale(int) const { return 0x1p+44; }
  };
  for_every_plan([](auto plan) {
    using Plan = decltype(plan);
    Prescribing one(noisy(Plan::levels + 3));
    Prescribing other(noisy(Plan::levels + 3));
    check_runs<Plan>(program_of<Plan>(), one, other, 0x1p+45 / Plan::half_width, 0);
  });
}

TEST_CASE("on plain numbers a program gives what its header gives, bit for bit") {
  for_every_plan([](auto plan) {
    using Plan = decltype(plan);
    CAPTURE(std::string(Plan::name));
    const Program program = program_of<Plan>();
    plain he;
    Managed managed(Plan::levels + 2);
    Managed lacking(Plan::levels - 1);
    CHECK(required_levels(program, managed, 0) == required_levels<Plan>(managed, 0));
    for (int i = 0; i <= 64; ++i) {
      const double x = std::min(Plan::upper, Plan::lower + (Plan::upper - Plan::lower) * i / 64);
      if constexpr (Plan::inputs == 1) {
        CHECK(evaluate(program, he, x) == evaluate<Plan>(he, x));
        CHECK(evaluate(program, managed, x) == evaluate<Plan>(managed, x));
        CHECK_THROWS_AS(evaluate(program, lacking, x), not_enough_levels);
      } else {
        CHECK(evaluate(program, he, x + 0.25, 0.25) == evaluate<Plan>(he, x + 0.25, 0.25));
        CHECK_THROWS_AS(evaluate(program, lacking, x + 0.25, 0.25), not_enough_levels);
      }
    }
    const double outside = 2 * Plan::upper - Plan::lower;
    if constexpr (Plan::inputs == 1) {
      CHECK_THROWS_AS(evaluate(program, he, outside), outside_range);
      CHECK_THROWS_AS(evaluate(program, he, Plan::upper, 0x1p+40), wrong_scale);
    } else {
      CHECK_THROWS_AS(evaluate(program, he, outside, 0.0), outside_range);
      CHECK_THROWS_AS(evaluate(program, he, Plan::upper, 0.0, 0x1p+40), wrong_scale);
    }
  });
}

TEST_CASE("levels that a program takes of an input's scale") {
  for_every_plan([](auto plan) {
    using Plan = decltype(plan);
    const Program program = program_of<Plan>();
    for (const double scale : {1.0, 1 / Plan::half_width, 2.0}) {
      CHECK(required_levels(program, scale, 1) == required_levels<Plan>(scale, 1));
    }
  });
}

TEST_CASE("what is prepared of a program outlives it") {
  using Plan = relu_small::Plan;
  simulated he(noisy(Plan::levels));
  const double scale = he.modulus_at(Plan::levels) / 50;
  const auto ready = [&] {
    const Program program = program_of<Plan>();
    return prepare(program, he, Plan::levels, scale);
  }();
  CHECK(ready.output_level() == 0);
  CHECK(ready.evaluate(he.encrypt({20.0}, scale)).values[0] == doctest::Approx(20).epsilon(0.01));
  const auto lower = he.drop_to_level(he.encrypt({20.0}, scale), 3);
  CHECK_THROWS_WITH_AS(static_cast<void>(ready.evaluate(lower)), doctest::Contains("relu_small"),
                       wrong_scale);
}

TEST_CASE("a program of another number of inputs is refused before any work") {
  const Program one = program_of<relu_small::Plan>();
  const Program two = program_of<max_chain::Plan>();
  simulated he(noisy(12));
  const double scale = he.modulus_at(12) / 50;
  const auto x = he.encrypt({3.0}, scale);
  const auto y = he.encrypt({2.0}, scale);
  const auto decrypt = [](const simulated::Ciphertext& z) { return z.values; };
  plain clear;
  const auto refuses_one = doctest::Contains("takes 2 inputs, not 1");
  const auto refuses_two = doctest::Contains("takes 1 inputs, not 2");
  CHECK_THROWS_WITH_AS(evaluate(two, he, x), refuses_one, evaluation_error);
  CHECK_THROWS_WITH_AS(evaluate(one, he, x, y), refuses_two, evaluation_error);
  CHECK_THROWS_WITH_AS(evaluate_guarded(two, he, x, decrypt), refuses_one, evaluation_error);
  CHECK_THROWS_WITH_AS(evaluate_guarded(one, he, x, y, decrypt), refuses_two, evaluation_error);
  CHECK_THROWS_WITH_AS(prepare(two, he, 12, scale), refuses_one, evaluation_error);
  CHECK_THROWS_WITH_AS(prepare<2>(one, he, 12, scale), refuses_two, evaluation_error);
  CHECK_THROWS_WITH_AS(evaluate(two, clear, 1.0), refuses_one, evaluation_error);
  CHECK_THROWS_WITH_AS(evaluate(one, clear, 1.0, 2.0, 0.0), refuses_two, evaluation_error);
  CHECK(test::work_of(he) == 0);
  const auto prepared = prepare<2>(two, he, 12, scale);
  CHECK(prepared.evaluate(x, y).values[0] == doctest::Approx(3).epsilon(0.01));
}

TEST_CASE("a program is guarded as its header is") {
  using Plan = relu_small::Plan;
  const Program program = program_of<Plan>();
  const double scale = 0x1p+45 / 50;
  const auto decrypt = [](const simulated::Ciphertext& x) { return x.values; };
  for (const double value : {20.0, 60.0}) {
    simulated one(noisy(Plan::levels));
    simulated other(noisy(Plan::levels));
    CHECK(outcome([&] {
            return evaluate_guarded(program, one, one.encrypt({1.0, value}, scale), decrypt);
          }) == outcome([&] {
            return evaluate_guarded<Plan>(other, other.encrypt({1.0, value}, scale), decrypt);
          }));
  }
  const Program two = program_of<max_chain::Plan>();
  simulated he(noisy(max_chain::Plan::levels));
  const auto a = he.encrypt({8.0}, 0x1p+45 / 20);
  const auto b = he.encrypt({-7.0}, 0x1p+45 / 20);
  CHECK_THROWS_AS(evaluate_guarded(two, he, a, b, decrypt), outside_domain);
}

TEST_CASE("a program is read from a stream, and copied") {
  std::istringstream stream(text_of("sign_d63"));
  const Program program = read_program(stream);
  const Program copy = program;  // NOLINT(performance-unnecessary-copy-initialization)
  plain he;
  CHECK(evaluate(copy, he, 0.5) == sign_d63::evaluate(he, 0.5));
  std::istringstream empty;
  CHECK_THROWS_AS(static_cast<void>(read_program(empty)), malformed_program);
}
