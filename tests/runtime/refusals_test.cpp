// What cannot be computed is refused before any work: nothing is encoded, multiplied, switched,
// rescaled or rotated, and the message speaks of what the caller gave.
#include <doctest/doctest.h>

#include <cmath>
#include <equiripple/plain.hpp>
#include <equiripple/simulated.hpp>
#include <string>
#include <type_traits>
#include <vector>

#include "exp_d12.hpp"
#include "max_chain.hpp"
#include "relu_large.hpp"
#include "relu_single.hpp"
#include "relu_small.hpp"
#include "sign_d63.hpp"
#include "step_chain.hpp"
#include "tests/runtime/exact_simulation.hpp"
#include "tests/support/near.hpp"
#include "wide_inverse.hpp"

using namespace equiripple;
using test::work_of;

namespace {

// The call throws, says all the words, and the backend has done nothing.
template <class Exception, class Backend, class Call>
void check_refused(Backend& he, const std::vector<std::string>& words, const Call& call) {
  const int before = work_of(he);
  std::string message;
  try {
    call();
  } catch (const Exception& refused) {
    message = refused.what();
  }
  REQUIRE_FALSE(message.empty());
  for (const std::string& word : words) {
    CAPTURE(word);
    CHECK_MESSAGE(message.find(word) != std::string::npos, message);
  }
  CHECK(work_of(he) == before);
}

}  // namespace

TEST_CASE("a prepared plan knows how many inputs it takes") {
  test::ExactSimulation he(12, 45);
  const double scale = he.modulus_at(12) / 10;
  const auto one = relu_small::prepare(he, 12, scale);
  const auto two = max_chain::prepare(he, 12, scale);
  static_assert(!std::is_same_v<decltype(one), decltype(two)>);
  using One = Prepared<simulated, 1>;
  using Two = Prepared<simulated, 2>;
  const detail::InputFacts input{12, scale};
  simulated& as_base = he;
  const int before = work_of(he);
  CHECK_THROWS_WITH_AS(Two(as_base, detail::fit(as_base, relu_small::Plan{}, input, 0)),
                       doctest::Contains("takes 1 inputs, not 2"), evaluation_error);
  CHECK_THROWS_WITH_AS(One(as_base, detail::fit(as_base, max_chain::Plan{}, input, 0)),
                       doctest::Contains("takes 2 inputs, not 1"), evaluation_error);
  CHECK(work_of(he) == before);
}

// On doubles a second number looks like a second input, and would be taken for a scale.
TEST_CASE("a backend that keeps scales by itself takes no scale of the result") {
  plain he;
  CHECK_THROWS_WITH_AS(relu_small::evaluate(he, 1.0, 2.0), doctest::Contains("keeps scales"),
                       wrong_scale);
  CHECK_THROWS_AS(max_chain::evaluate(he, 1.0, 2.0, 3.0), wrong_scale);
  CHECK(relu_small::evaluate(he, 1.0, 0) == relu_small::evaluate(he, 1.0));
}

TEST_CASE("two inputs are refused together, in terms of both") {
  test::ExactSimulation he(max_chain::Plan::levels + 2, 45);
  const double scale = 0x1p+40;
  const auto a = he.encrypt(1, scale);
  const auto b = he.encrypt(2, 2 * scale);
  check_refused<wrong_scale>(he, {"two inputs of equal scales", "2^40 at level", "2^41 at level"},
                             [&] { static_cast<void>(max_chain::evaluate(he, a, b)); });
  const auto lower = he.drop_to_level(b, max_chain::Plan::levels);
  check_refused<wrong_scale>(he,
                             {"2^40 at level " + std::to_string(he.top_level()), "2^41 at level"},
                             [&] { static_cast<void>(max_chain::evaluate(he, a, lower)); });
  const simulated::Ciphertext wide = he.simulated::encrypt({1, 2, 3}, scale);
  check_refused<wrong_ciphertext>(he, {"packed in 1 and in 3 slots"},
                                  [&] { static_cast<void>(max_chain::evaluate(he, a, wide)); });
  const auto prepared = max_chain::prepare(he, he.top_level(), scale);
  check_refused<wrong_ciphertext>(he, {"slots"},
                                  [&] { static_cast<void>(prepared.evaluate(a, wide)); });
  check_refused<wrong_scale>(he, {"was prepared for inputs of scale 2^40", "2^41"},
                             [&] { static_cast<void>(prepared.evaluate(a, b)); });
  auto product = a;
  product.components = 3;
  for (const bool first : {true, false}) {
    check_refused<wrong_ciphertext>(he, {"3 components"}, [&] {
      static_cast<void>(max_chain::evaluate(he, first ? product : a, first ? a : product));
    });
  }
}

TEST_CASE("a level that there is not") {
  test::ExactSimulation he(sign_d63::Plan::levels, 45);
  check_refused<wrong_level>(he, {"sign_d63", "level 99", "0 to 6"},
                             [&] { static_cast<void>(sign_d63::prepare(he, 99, 0x1p+45)); });
  check_refused<not_enough_levels>(he, {"needs 6 levels", "-1 left"},
                                   [&] { static_cast<void>(sign_d63::prepare(he, -1, 0x1p+45)); });
  // Without a highest level there is still one beyond all reason.
  struct Boundless : test::ExactSimulation {
    using ExactSimulation::ExactSimulation;
    void top_level() = delete;
  };
  Boundless unknown(2, 45);
  check_refused<wrong_level>(unknown, {"level 1000000000"}, [&] {
    static_cast<void>(sign_d63::prepare(unknown, 1'000'000'000, 0x1p+45));
  });
  auto x = he.encrypt(0.5, 0x1p+45);
  x.level = 7;
  check_refused<wrong_ciphertext>(he, {"level 7"},
                                  [&] { static_cast<void>(sign_d63::evaluate(he, x)); });
}

TEST_CASE("a scale that no library reads results at") {
  struct Prescribing : test::ExactSimulation {
    using ExactSimulation::ExactSimulation;
    double prescribed_scale(int) const { return 0x1p+44; }
  };
  Prescribing he(relu_single::Plan::levels + 3, 45);
  const auto x = he.encrypt(0.5, 0x1p+44);
  for (const double wanted : {0x1p+43, 0x1p+45, 0x1p+44 * (1 + 0x1p-30)}) {
    check_refused<wrong_scale>(he, {"reads a result at level", "2^44", "asked for"}, [&] {
      static_cast<void>(exp_d12::prepare(he, he.top_level(), 0x1p+44, wanted));
    });
    check_refused<wrong_scale>(he, {"reads a result at level"},
                               [&] { static_cast<void>(relu_single::evaluate(he, x, wanted)); });
  }
  CHECK(exp_d12::prepare(he, he.top_level(), 0x1p+44, 0x1p+44).output_scale() == 0x1p+44);
  CHECK(relu_single::evaluate(he, x).scale == 0x1p+44);
}

// 2^16 above the primes: rescaled as a product it would have no digits left.
TEST_CASE("a fresh input of a large scale is not taken for a product") {
  test::ExactSimulation he(relu_large::Plan::levels + 3, 40);
  const auto x = he.encrypt(1.5, 0x1p+56);
  plain clear;
  CHECK(step_chain::evaluate(he, x).values[0] ==
        doctest::Approx(step_chain::evaluate(clear, 1.5)).epsilon(1e-6));
  // A range of 50 would have 18 bits left.
  check_refused<wrong_scale>(he, {"cannot hold 1 / range", "input's scale of 2^56"},
                             [&] { static_cast<void>(relu_small::evaluate(he, x)); });
  // Of range 1 nothing brings the scale down: refused, in terms of what was given.
  check_refused<wrong_scale>(
      he, {"input's scale of 2^56", "the working scale 2^39.99", "room"},
      [&] { static_cast<void>(sign_d63::evaluate(he, he.encrypt(0.1, 0x1p+56))); });
  // What is taken for a product says so.
  check_refused<wrong_scale>(
      he, {"an input of scale 2^61", "taken for a product", "next modulus is 2^39.99"},
      [&] { static_cast<void>(sign_d63::evaluate(he, he.encrypt(0.1, 0x1p+61))); });
}

// Whatever the scale: fitted with finite scales, or refused; scales that overflow once made the
// search for them endless.
TEST_CASE("every scale of an input and of a result is fitted or refused") {
  int fitted = 0;
  int refused = 0;
  const auto check = [&](auto plan) {
    using Plan = decltype(plan);
    test::ExactSimulation he(Plan::levels + 2, 40);
    for (int bits = -4; bits < 1024; bits += bits < 80 ? 1 : 37) {
      for (const int output_bits : {0, 10, 40, 1000}) {
        CAPTURE(bits);
        CAPTURE(output_bits);
        const double output_scale = output_bits == 0 ? 0 : std::ldexp(1.0, output_bits);
        try {
          const auto made = prepare<Plan>(he, he.top_level(), std::ldexp(1.0, bits), output_scale);
          ++fitted;
          for (const detail::Record& record : made.records()) {
            CHECK((record.scale >= 1 && std::isfinite(record.scale)));
          }
        } catch (const evaluation_error&) {
          ++refused;
        }
      }
    }
  };
  check(relu_small::Plan{});
  check(relu_single::Plan{});
  check(sign_d63::Plan{});
  check(max_chain::Plan{});
  check(wide_inverse::Plan{});
  CHECK(fitted > 100);
  CHECK(refused > 100);
}

TEST_CASE("products that are not rescaled yet: all is checked before they are") {
  using Plan = sign_d63::Plan;
  test::ExactSimulation he(Plan::levels + 2, 45);
  const double scale = he.modulus_at(he.top_level());
  const auto x = he.encrypt(0.6, scale);
  const auto product = he.relinearize(he.multiply(x, x));
  const auto cube = he.relinearize(he.multiply(product, x));
  plain clear;
  CHECK(required_levels<Plan>(he, x) == Plan::levels);
  CHECK(required_levels<Plan>(he, product) == Plan::levels + 1);
  CHECK(required_levels<Plan>(he, cube) == Plan::levels + 2);
  CHECK(sign_d63::evaluate(he, product).values[0] ==
        test::near(sign_d63::evaluate(clear, 0.36), 1e-8));
  CHECK(sign_d63::evaluate(he, cube).values[0] ==
        test::near(sign_d63::evaluate(clear, 0.216), 1e-8));
  check_refused<not_enough_levels>(
      he, {"needs 7 levels, 1 of them to rescale the product", "has 6 left"},
      [&] { static_cast<void>(sign_d63::evaluate(he, he.drop_to_level(product, 6))); });
  check_refused<wrong_scale>(he, {"must be 1 or more"},
                             [&] { static_cast<void>(sign_d63::evaluate(he, product, 0.5)); });
  // Of two inputs, one a product.
  test::ExactSimulation deep(max_chain::Plan::levels + 1, 45);
  const auto fresh = deep.encrypt(2, deep.modulus_at(deep.top_level() - 1) / 20);
  auto raised = deep.encrypt(3, fresh.scale);
  raised.scale *= deep.modulus_at(deep.top_level());  // as after a product with an exact 1
  const auto largest = max_chain::evaluate(deep, raised, fresh);
  CHECK(largest.values[0] == doctest::Approx(3).epsilon(0.01));
  CHECK(required_levels<max_chain::Plan>(deep, raised) == max_chain::Plan::levels + 1);
}

// The count of a ciphertext is the least at which evaluate does not throw.
TEST_CASE("the levels that are required suffice, and one less does not") {
  const auto check = [](auto plan, double input_scale, double value) {
    using Plan = decltype(plan);
    test::ExactSimulation he(Plan::levels + 3, 45);
    const auto x = he.encrypt(value, input_scale);
    const int needed = required_levels<Plan>(he, x);
    CHECK_NOTHROW(evaluate<Plan>(he, he.drop_to_level(x, needed)));
    const auto lower = he.drop_to_level(x, needed - 1);
    check_refused<not_enough_levels>(he, {"needs " + std::to_string(needed)},
                                     [&] { static_cast<void>(evaluate<Plan>(he, lower)); });
    return needed;
  };
  CHECK(check(relu_small::Plan{}, 0x1p+39, 20) == relu_small::Plan::levels);
  CHECK(check(relu_small::Plan{}, 0x1p+45, 20) == relu_small::Plan::levels + 1);
  CHECK(check(sign_d63::Plan{}, 0x1p+45, 0.5) == sign_d63::Plan::levels);
  CHECK(relu_small::required_levels(0x1p+45, 0x1p+45) == relu_small::Plan::levels + 1);
  CHECK(relu_small::required_levels(0x1p+39, 0x1p+45) == relu_small::Plan::levels);
}

TEST_CASE("two inputs are guarded as one is") {
  using Plan = max_chain::Plan;
  test::ExactSimulation he(Plan::levels, 45);
  const double scale = he.modulus_at(Plan::levels) / 20;
  const auto decrypt = [](const simulated::Ciphertext& x) { return x.values; };
  const auto y = evaluate_guarded<Plan>(he, he.encrypt(4, scale), he.encrypt(-3, scale), decrypt);
  CHECK(y.values[0] == doctest::Approx(4).epsilon(0.01));
  try {
    static_cast<void>(
        evaluate_guarded<Plan>(he, he.encrypt(8, scale), he.encrypt(-7, scale), decrypt));
    FAIL("no exception");
  } catch (const outside_domain& found) {
    CHECK(found.stage == 1);
    CHECK(found.value == doctest::Approx(1.5));
  }
}
