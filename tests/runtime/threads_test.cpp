// A plan in several threads, and many inputs: the same bits as in one thread and one by one, on the
// simulated backend with its noise.
#include <doctest/doctest.h>

#include <atomic>
#include <chrono>
#include <cmath>
#include <equiripple/plain.hpp>
#include <equiripple/program.hpp>
#include <equiripple/simulated.hpp>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "abs_chain.hpp"
#include "emit/targets/targets.hpp"
#include "max_chain.hpp"
#include "relu_large.hpp"
#include "relu_single.hpp"
#include "relu_small.hpp"
#include "sigmoid_d31.hpp"
#include "sign_chain.hpp"
#include "sign_d63.hpp"
#include "tests/support/made.hpp"
#include "wide_inverse.hpp"

using namespace equiripple;

namespace {

constexpr int levels = 16;

simulated noisy_library() { return simulated(levels, 0x1p+50, 14); }

std::vector<double> inputs_of(double lower, double upper) {
  std::vector<double> inputs;
  for (int i = 0; i <= 32; ++i) inputs.push_back(lower + (upper - lower) * i / 32);
  return inputs;
}

bool same(const simulated::Ciphertext& x, const simulated::Ciphertext& y) {
  return x.values == y.values && x.level == y.level && x.scale == y.scale &&
         x.components == y.components;
}

template <class Plan, class... Ciphertexts>
void check_same_bits(simulated& he, const Ciphertexts&... inputs) {
  CAPTURE(std::string(Plan::name));
  he.threads(1);
  const int before = he.counts.key_switches;
  const auto expected = evaluate<Plan>(he, inputs...);
  CHECK(he.counts.key_switches - before == Plan::key_switches);
  for (const int threads : {2, 3, 8}) {
    he.threads(threads);
    const int switched = he.counts.key_switches;
    CHECK(same(evaluate<Plan>(he, inputs...), expected));
    CHECK(he.counts.key_switches - switched == Plan::key_switches);
  }
}

template <class Plan>
void check_one_input() {
  simulated he = noisy_library();
  const auto x = he.encrypt(inputs_of(Plan::lower, Plan::upper), 0x1p+50 / Plan::half_width);
  check_same_bits<Plan>(he, x);
}

// Says how many of its operations were carried out at once.
struct Observed : simulated {
  using simulated::simulated;
  Ciphertext relinearize(Ciphertext x) {
    const int now = ++running;
    int most = most_at_once;
    while (now > most && !most_at_once.compare_exchange_weak(most, now)) {
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
    --running;
    return simulated::relinearize(std::move(x));
  }
  std::atomic<int> running{0};
  std::atomic<int> most_at_once{0};
};

// Its n-th key switch fails; and a square of an input above 0.9, with the value.
struct Failing : simulated {
  using simulated::simulated;
  Ciphertext relinearize(Ciphertext x) {
    if (++switches == fails_at) throw std::out_of_range("key switch");
    return simulated::relinearize(std::move(x));
  }
  Ciphertext square(const Ciphertext& x) {
    if (x.level == levels && x.values[0] > 0.9) {
      throw std::domain_error(std::to_string(x.values[0]));
    }
    return simulated::square(x);
  }
  std::atomic<int> switches{0};
  int fails_at = 0;
};

}  // namespace

TEST_CASE("a plan in several threads makes the bits that it makes in one") {
  check_one_input<sigmoid_d31::Plan>();
  check_one_input<sign_d63::Plan>();
  check_one_input<sign_chain::Plan>();
  check_one_input<relu_small::Plan>();
  check_one_input<relu_large::Plan>();
  check_one_input<relu_single::Plan>();
  check_one_input<abs_chain::Plan>();
  check_one_input<wide_inverse::Plan>();
  simulated he = noisy_library();
  const double scale = 0x1p+50 / max_chain::Plan::half_width;
  check_same_bits<max_chain::Plan>(he, he.encrypt(inputs_of(-5, 5), scale),
                                   he.encrypt(inputs_of(5, -4), scale));
}

// Or the test above would not notice.
TEST_CASE("other noise makes other bits") {
  simulated he = noisy_library();
  simulated other(SimulationParameters{simulated_moduli(levels, 0x1p+50, 14), 14, 0x1p+60,
                                       SimulatedLibrary::openfhe, true, 2});
  const auto x = he.encrypt(inputs_of(-50, 50), 0x1p+50 / 50);
  CHECK_FALSE(same(relu_small::evaluate(he, x), relu_small::evaluate(other, x)));
  CHECK(same(relu_small::evaluate(he, x), relu_small::evaluate(he, x)));
  CHECK_FALSE(same(he.encrypt({1}, 0x1p+50), he.encrypt({1}, 0x1p+50)));
}

TEST_CASE("stages that are refreshed, and programs from a text, in several threads") {
  bootstrapping_simulated he({simulated_moduli(12, 0x1p+50, 14), 14}, 11, -20.0);
  const auto x = he.drop_to_level(he.encrypt(inputs_of(-1, 1), 0x1p+50), 9);
  const auto expected = relu_large::evaluate(he, x);
  CHECK(he.counts.refreshes >= 1);
  he.threads(3);
  CHECK(same(relu_large::evaluate(he, x), expected));
  const Program program = Program::parse(
      to_program(test::made_artifact({"relu", "--degrees", "7,7", "--range", "50"})));
  const auto y = he.encrypt(inputs_of(-50, 50), 0x1p+50 / 50);
  const auto in_threads = evaluate(program, he, y);
  he.threads(1);
  CHECK(same(in_threads, evaluate(program, he, y)));
}

TEST_CASE("operations that do not need each other are carried out at once, in so many threads") {
  Observed he(levels, 0x1p+50, 14);
  const auto x = he.encrypt({0.5}, 0x1p+50);
  static_cast<void>(relu_large::evaluate(he, x));
  CHECK(he.most_at_once == 1);
  he.threads(2);
  static_cast<void>(relu_large::evaluate(he, x));
  CHECK(he.most_at_once == 2);
}

TEST_CASE("the guard looks at the stages in their order, in one thread") {
  Observed he(levels, 0x1p+50, 14);
  he.threads(4);
  std::vector<std::size_t> stages;
  const auto x = he.encrypt({0.5}, he.modulus_at(levels));
  static_cast<void>(
      relu_large::prepare(he, levels, x.scale)
          .guarded([&](std::size_t stage, const auto&) { stages.push_back(stage); }, x));
  CHECK(stages == std::vector<std::size_t>{1, 2, 3});
  CHECK(he.most_at_once == 1);
}

TEST_CASE("what an operation throws reaches the caller as it is") {
  for (const int threads : {1, 2, 4}) {
    for (const int fails_at : {1, 7, relu_large::Plan::key_switches}) {
      Failing he(levels, 0x1p+50, 14);
      he.threads(threads);
      he.fails_at = fails_at;
      const auto x = he.encrypt({0.5}, 0x1p+50);
      CHECK_THROWS_AS(relu_large::evaluate(he, x), std::out_of_range);
      he.fails_at = 0;
      CHECK_NOTHROW(relu_large::evaluate(he, x));
    }
  }
}

TEST_CASE("fewer than one thread is refused") {
  simulated he(levels, 0x1p+50);
  plain numbers;
  for (const int wrong : {0, -1}) {
    CHECK_THROWS_WITH_AS(he.threads(wrong), doctest::Contains(std::to_string(wrong).c_str()),
                         evaluation_error);
    CHECK_THROWS_AS(numbers.threads(wrong), evaluation_error);
    const auto ready = sign_d63::prepare(he, levels, 0x1p+50);
    CHECK_THROWS_AS(ready.evaluate_in(wrong, he.encrypt({0.5}, 0x1p+50)), evaluation_error);
  }
  CHECK(he.threads() == 1);
  he.threads(5);
  CHECK(he.threads() == 5);
}

TEST_CASE("many inputs: as one by one, in their order, each at its own level and scale") {
  using Plan = relu_small::Plan;
  simulated he = noisy_library();
  std::vector<simulated::Ciphertext> inputs;
  std::vector<simulated::Ciphertext> expected;
  for (int i = 0; i < 9; ++i) {
    auto x = he.encrypt({-50.0 + 10 * i}, std::exp2(44 - i % 2));
    if (i % 3 == 0) x = he.drop_to_level(x, levels - 3);
    if (i % 4 == 3) {
      const auto one = he.drop_to_level(he.encrypt({1}, 0x1p+50), x.level);
      x = he.relinearize(he.multiply(x, one));
    }
    inputs.push_back(x);
    expected.push_back(evaluate<Plan>(he, x));
  }
  const Program program = Program::parse(
      to_program(test::made_artifact({"relu", "--degrees", "7,7", "--range", "50"})));
  for (const int threads : {1, 2, 4, 20}) {
    CAPTURE(threads);
    he.threads(threads);
    const auto by_plan = evaluate_all<Plan>(he, inputs);
    const auto by_program = evaluate_all(program, he, inputs);
    REQUIRE(by_plan.size() == inputs.size());
    REQUIRE(by_program.size() == inputs.size());
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      CHECK(same(by_plan[i], expected[i]));
      CHECK(same(by_program[i], expected[i]));
    }
    CHECK(evaluate_all<Plan>(he, std::vector<simulated::Ciphertext>{}).empty());
  }
  plain numbers;
  CHECK(evaluate_all<Plan>(numbers, std::vector<double>{20.0, -3.0}) ==
        std::vector<double>{evaluate<Plan>(numbers, 20.0), evaluate<Plan>(numbers, -3.0)});
}

TEST_CASE("many inputs are divided among the threads") {
  Observed he(levels, 0x1p+50, 14);
  he.threads(3);
  const auto x = he.encrypt({0.5}, 0x1p+50);
  const auto ready = sign_d63::prepare(he, levels, 0x1p+50);
  CHECK(ready.evaluate_all({x, x, x, x}).size() == 4);
  CHECK(he.most_at_once == 3);
}

TEST_CASE("many inputs: what is refused is refused first, and pairs are pairs") {
  using Plan = relu_small::Plan;
  Failing he(levels, 0x1p+50, 14);
  he.threads(2);
  const double scale = 0x1p+44;
  const auto x = he.encrypt({20}, scale);
  auto wrong = x;
  wrong.components = 3;
  const auto low = he.drop_to_level(x, Plan::levels - 1);
  const int before = he.counts.encodings + he.counts.tensor_products;
  CHECK_THROWS_AS(evaluate_all<Plan>(he, {x, wrong}), wrong_ciphertext);
  CHECK_THROWS_AS(evaluate_all<Plan>(he, {x, low}), not_enough_levels);
  CHECK(he.counts.encodings + he.counts.tensor_products == before);

  const auto ready = max_chain::prepare(he, levels, scale);
  const auto y = he.encrypt({18}, scale);
  const auto pairs = ready.evaluate_all({x, y, x}, {y, x, x});
  REQUIRE(pairs.size() == 3);
  CHECK(same(pairs[0], ready.evaluate(x, y)));
  CHECK(same(pairs[1], ready.evaluate(y, x)));
  CHECK_THROWS_WITH_AS(ready.evaluate_all({x, y}, {x}), doctest::Contains("not 2 and 1"),
                       evaluation_error);
}

TEST_CASE("many inputs: the exception of the first that fails") {
  for (const int threads : {1, 2, 4, 8}) {
    Failing he(levels, 0x1p+50, 14);
    he.threads(threads);
    std::vector<simulated::Ciphertext> inputs;
    for (const double value : {0.1, 0.2, 0.3, 0.4, 0.95, 0.99, 0.5}) {
      inputs.push_back(he.encrypt({value}, 0x1p+50));
    }
    CHECK_THROWS_WITH_AS(evaluate_all<sign_d63::Plan>(he, inputs), doctest::Contains("0.95"),
                         std::domain_error);
    inputs.erase(inputs.begin() + 4);
    CHECK_THROWS_WITH_AS(evaluate_all<sign_d63::Plan>(he, inputs), doctest::Contains("0.99"),
                         std::domain_error);
    inputs.erase(inputs.begin() + 4);
    CHECK(evaluate_all<sign_d63::Plan>(he, inputs).size() == inputs.size());
  }
}
