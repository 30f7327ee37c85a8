// The fused key switch and rescaling on OpenFHE, against the library's own two operations.
//
// Both divide the same numbers by P q, P the product of the m special primes and q the last prime
// of the chain. The library first divides by P, to less than m below the quotient (its base
// conversion is approximate), and then by q. So its result and ours differ only where our quotient
// lies less than m / q above a half: by 1 (proved), in a coefficient of a uniformly random
// ciphertext with a probability of at most m / q.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <equiripple/openfhe.hpp>
#include <memory>
#include <utility>
#include <vector>

#include "tests/runtime/openfhe_library.hpp"
#include "tests/support/random.hpp"

using namespace equiripple;

namespace {

using Element = lbcrypto::DCRTPoly;
using Ciphertext = lbcrypto::Ciphertext<Element>;

using Choice = test::OpenFheChoice;
using Library = test::OpenFheLibrary;

Ciphertext by_library(const openfhe_backend& he, const Ciphertext& x) {
  return he.rescale(he.relinearize(x));
}

// How many coefficients differ by 1; those that differ by more fail.
int ties_between(const Ciphertext& x, const Ciphertext& y) {
  REQUIRE(x->NumberCiphertextElements() == 2);
  REQUIRE(y->NumberCiphertextElements() == 2);
  CHECK(x->GetScalingFactor() == y->GetScalingFactor());
  CHECK(x->GetNoiseScaleDeg() == y->GetNoiseScaleDeg());
  CHECK(x->GetLevel() == y->GetLevel());
  int ties = 0;
  int wrong = 0;
  for (std::size_t component = 0; component < 2; ++component) {
    CHECK(*x->GetElements()[component].GetParams() == *y->GetElements()[component].GetParams());
    Element difference = x->GetElements()[component] - y->GetElements()[component];
    difference.SetFormat(Format::COEFFICIENT);
    const auto& towers = difference.GetAllElements();
    for (std::uint32_t i = 0; i < difference.GetRingDimension(); ++i) {
      // -1, 0, 1, or another number; the same in every tower
      const auto signed_at = [&](std::size_t tower) {
        const auto prime = towers[tower].GetModulus().ConvertToInt<std::int64_t>();
        const auto residue = towers[tower][i].ConvertToInt<std::int64_t>();
        return residue > 1 ? residue - prime : residue;
      };
      const std::int64_t first = signed_at(0);
      if (first != 0) ++ties;
      if (std::abs(first) > 1) ++wrong;
      for (std::size_t tower = 1; tower < towers.size(); ++tower) {
        if (signed_at(tower) != first) ++wrong;
      }
    }
  }
  CHECK(wrong == 0);
  return ties;
}

// With 4 special primes or fewer and primes of 30 bits or more a tie has probability 2^-27 or less:
// more than 6 among 2^15 coefficients have one below (2^15)^7 / 7! 2^-189 < 2^-96.
constexpr int most_ties = 6;
constexpr std::size_t most_special = 4;

void check_choice(const Choice& choice) {
  CAPTURE(choice.technique);
  CAPTURE(choice.log2_ring);
  CAPTURE(choice.log2_scale);
  CAPTURE(choice.digits);
  CAPTURE(test::seed());
  test::Random random(test::seed());
  const Library library(choice);
  const openfhe_backend he(library.context);
  REQUIRE(library.parameters().GetParamsP()->GetParams().size() <= most_special);
  REQUIRE(he.divides_once());
  for (int level = he.top_level(); level >= 1; --level) {
    CAPTURE(level);
    for (int kind = 0; kind < 3; ++kind) {
      CAPTURE(kind);
      const Ciphertext x = test::product_of(library, he, level, [&](std::uint64_t prime) {
        if (kind == 0) return random() % prime;
        return kind == 1 ? prime - 1 : random() % 2;  // the largest; small ones
      });
      const Ciphertext before = x->Clone();
      const int ties = ties_between(he.relinearize_and_rescale(x), by_library(he, x));
      if (kind == 0) CHECK(ties <= most_ties);
      CHECK(x->GetElements() == before->GetElements());
      CHECK(x->GetScalingFactor() == before->GetScalingFactor());
      CHECK(x->GetLevel() == before->GetLevel());
    }
  }
  lbcrypto::CryptoContextFactory<Element>::ReleaseAllContexts();
}

}  // namespace

TEST_CASE("OpenFHE: fused, every coefficient is the library's but for ties") {
  for (const int log2_ring : {12, 13, 14}) {
    for (const int log2_scale : {30, 40, 50, 59}) {
      check_choice({lbcrypto::FIXEDMANUAL, log2_ring, log2_scale});
    }
  }
  for (const int digits : {1, 2, 3, 6}) {  // of 6 primes together, of 3, of 2, of 1
    Choice choice;
    choice.levels = 5;
    choice.log2_scale = 36;
    choice.digits = digits;
    check_choice(choice);
  }
  for (const auto technique :
       {lbcrypto::FIXEDAUTO, lbcrypto::FLEXIBLEAUTO, lbcrypto::FLEXIBLEAUTOEXT}) {
    check_choice({technique, 13, 50});
  }
}

// The check above must see a coefficient that is off.
TEST_CASE("OpenFHE: the comparison of coefficients sees an error of 1 in one of them") {
  const Library library({});
  const openfhe_backend he(library.context);
  test::Random random(test::seed());
  const Ciphertext x = test::product_of(library, he, he.top_level(),
                                        [&](std::uint64_t prime) { return random() % prime; });
  const Ciphertext y = by_library(he, x);
  CHECK(ties_between(y, y) == 0);
  const Ciphertext z = y->Clone();
  Element& component = z->GetElements()[1];
  component.SetFormat(Format::COEFFICIENT);
  for (auto& tower : component.GetAllElements()) {
    tower[7] = tower[7].ModAdd(lbcrypto::NativeInteger(1), tower.GetModulus());
  }
  component.SetFormat(Format::EVALUATION);
  CHECK(ties_between(z, y) == 1);
}

TEST_CASE("OpenFHE: fused, the noise is that of two operations") {
  constexpr int ciphertexts = 20;
  const Library library({lbcrypto::FIXEDMANUAL, 12, 40, 2});
  const openfhe_backend he(library.context);
  REQUIRE(he.divides_once());
  test::Random random(test::seed());
  CAPTURE(test::seed());
  double squares[2] = {0, 0};
  for (int i = 0; i < ciphertexts; ++i) {
    std::vector<double> values(std::size_t{1} << 11);
    for (double& value : values) value = test::real_between(random, -1, 1);
    const Ciphertext square = he.square(library.encrypt(values));
    int which = 0;
    for (Ciphertext y : {he.relinearize_and_rescale(square), by_library(he, square)}) {
      // Decrypted by hand: the library's decryption adds noise of its own.
      Element sum = y->GetElements()[0];
      Element key = library.keys.secretKey->GetPrivateElement();
      key.DropLastElements(key.GetNumOfElements() - sum.GetNumOfElements());
      sum += y->GetElements()[1] * key;
      const auto exact = library.context->MakeCKKSPackedPlaintext(
          [&] {
            std::vector<double> products;
            for (const double value : values) products.push_back(value * value);
            return products;
          }(),
          1, static_cast<std::uint32_t>(y->GetLevel()));
      // At the nominal scale; the exact one differs by a factor of its own.
      Element expected = exact->GetElement<Element>();
      expected.SetFormat(Format::COEFFICIENT);
      sum.SetFormat(Format::COEFFICIENT);
      const double factor = y->GetScalingFactor() / exact->GetScalingFactor();
      const auto& sums = sum.GetAllElements()[0];
      const auto& wanted = expected.GetAllElements()[0];
      const auto prime = sums.GetModulus().ConvertToInt<std::int64_t>();
      const auto centred = [&](const lbcrypto::NativeInteger& residue) {
        const auto value = residue.ConvertToInt<std::int64_t>();
        return static_cast<double>(value > prime / 2 ? value - prime : value);
      };
      for (std::uint32_t k = 0; k < sums.GetLength(); ++k) {
        const double error = centred(sums[k]) - factor * centred(wanted[k]);
        squares[which] += error * error;
      }
      ++which;
    }
  }
  const double bits = std::log2(squares[0] / squares[1]) / 2;
  MESSAGE("rms of the noise, fused against separate: " << bits << " bits");
  CHECK(std::abs(bits) <= 0.01);
}

TEST_CASE("OpenFHE: fused, threads side by side give equal bits") {
  const Library library({});
  const openfhe_backend he(library.context);
  test::check_threads_side_by_side(library, he, 1);
}

TEST_CASE("OpenFHE: with BV key switching the library's operations do it") {
  Choice choice;
  choice.key_switching = lbcrypto::BV;
  const Library library(choice);
  const openfhe_backend he(library.context);
  REQUIRE(!he.divides_once());
  test::Random random(test::seed());
  for (int level = he.top_level(); level >= 1; --level) {
    const Ciphertext x =
        test::product_of(library, he, level, [&](std::uint64_t prime) { return random() % prime; });
    const Ciphertext y = he.relinearize_and_rescale(x);
    CHECK(y->GetElements() == by_library(he, x)->GetElements());
    CHECK(he.level(y) == level - 1);
  }
}
