// Digits of key switching: what OpenFHE makes of them, worked out by hand, and laws.
#include "emit/simulate/key_switching.hpp"

#include <doctest/doctest.h>

#include "emit/simulate/proposal.hpp"
#include "tests/support/made.hpp"

using namespace equiripple;

namespace {

constexpr auto openfhe = SimulatedLibrary::openfhe;
constexpr auto seal = SimulatedLibrary::seal;

int bits_with_digits(const ModulusChain& chain, int digits) {
  for (const KeySwitching& each : key_switchings(chain, openfhe)) {
    if (each.digits == digits) return modulus_bits(chain, each, openfhe);
  }
  return 0;
}

}  // namespace

// 14 primes: 60 + 13 * 50 bits and one. 3 digits of 5 primes have 250 or 260 bits: 5 special
// primes. 7 digits of 2 have 110: 2 special primes.
TEST_CASE("the bits of the modulus, by hand") {
  const ModulusChain chain{.log2_scale = 50, .levels = 13};
  CHECK(bits_with_digits(chain, 3) == 711 + 300);
  CHECK(bits_with_digits(chain, 7) == 711 + 120);
  CHECK(bits_with_digits(chain, 14) == 711 + 60);
  CHECK(bits_with_digits(chain, 1) == 711 + 12 * 60);
  CHECK(smallest_secure_ring(831) == 15);
  CHECK(smallest_secure_ring(1011) == 16);
  CHECK(modulus_bits(chain, usual_key_switching(chain, seal), seal) == 710 + 60);
}

TEST_CASE("numbers of digits that leave one empty are none") {
  for (int levels = 0; levels <= 40; ++levels) {
    const ModulusChain chain{.log2_scale = 45, .levels = levels};
    int before = 0;
    for (const KeySwitching& each : key_switchings(chain, openfhe)) {
      CHECK(each.digits > before);
      before = each.digits;
      CHECK(each.primes_per_digit * (each.digits - 1) < chain.primes());
      CHECK(each.primes_per_digit * each.digits >= chain.primes());
      // The special primes hold a digit, of which the first prime may be the largest.
      CHECK(60 * each.special_primes >= 60 + 45 * (each.primes_per_digit - 1));
    }
    CHECK(before == chain.primes());
    CHECK(key_switchings(chain, seal).size() == 1);
  }
  // 14 primes in 6 digits of 3 would leave the sixth empty.
  CHECK(bits_with_digits({.log2_scale = 50, .levels = 13}, 6) == 0);
}

TEST_CASE("what OpenFHE takes by itself") {
  const auto digits = [](int levels) {
    return usual_key_switching({.log2_scale = 40, .levels = levels}, openfhe).digits;
  };
  CHECK(digits(0) == 1);
  CHECK(digits(1) == 2);
  CHECK(digits(3) == 2);
  CHECK(digits(4) == 3);
  CHECK(digits(30) == 3);
}

TEST_CASE("the ring that a modulus needs") {
  CHECK(smallest_secure_ring(109) == 12);
  CHECK(smallest_secure_ring(110) == 13);
  CHECK(smallest_secure_ring(881) == 15);
  CHECK(smallest_secure_ring(882) == 16);
  CHECK(smallest_secure_ring(3523) == 17);
  CHECK_FALSE(smallest_secure_ring(3524).has_value());
}

// One prime a digit, one special prime: k residues back, k^2 lifted, 2 (k + 1) divided, and passes.
TEST_CASE("the cost of a key switch, by hand") {
  const CostTable costs = transforms_with({14, 1, 1});
  constexpr int primes = 5;
  const int lifted = primes * (primes + 1) - primes;
  const double passes = lifted + 2 * primes * (primes + 1) + 2 * primes;
  CHECK(costs.key_switch[primes - 2] ==
        doctest::Approx(primes + lifted + 2 * (primes + 1) + 0.1 * passes));
  CHECK(costs.rescaling == CostTable::transforms().rescaling);
}

TEST_CASE("a proposal: its digits cost least, and no ring is too small") {
  const Artifact relu =
      test::made_artifact({"relu", "--degrees", "15,15,27", "--minimise", "levels"});
  const auto proposal = required(propose_parameters(relu, {.bits = 12}));
  CHECK(proposal.bits >= 12);
  CHECK(proposal.choices.size() >= 3);
  for (const DigitChoice& each : proposal.choices) {
    CHECK(each.log2_ring == smallest_secure_ring(each.modulus_bits));
    CHECK(each.modulus_bits == modulus_bits(proposal.chain, each.switching, openfhe));
    const bool is_dearer = 1.05 * each.cost >= proposal.choice.cost;
    CHECK((is_dearer || each.log2_ring < proposal.choice.log2_ring));  // or too small a ring's bits
  }
  CHECK(proposal.usual.switching.digits == 3);
  const auto of_seal = required(propose_parameters(relu, {.bits = 12, .library = seal}));
  CHECK(of_seal.choices.size() == 1);
  CHECK(of_seal.choice.switching.special_primes == 1);
  CHECK(of_seal.choice.switching == of_seal.usual.switching);
}
