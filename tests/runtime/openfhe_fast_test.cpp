// The backend of OpenFHE on vectors gives the bits of openfhe_backend; a library that computes
// otherwise is refused; where vectors cannot take part it says so and does what that backend does.
#include <doctest/doctest.h>

#include <cstdint>
#include <equiripple/evaluate.hpp>
#include <equiripple/openfhe_fast.hpp>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

#include "relu_large.hpp"
#include "relu_small.hpp"
#include "tests/runtime/openfhe_library.hpp"
#include "tests/support/random.hpp"

using namespace equiripple;

namespace {

using Ciphertext = test::OpenFheLibrary::Ciphertext;
using Choice = test::OpenFheChoice;
using Library = test::OpenFheLibrary;

bool is_skipped() {
  if (detail::vectors::has_vectors()) return false;
  std::cout << "SKIPPED: the processor has no AVX-512 with IFMA\n";
  return true;
}

void check_same(const Ciphertext& x, const Ciphertext& y) {
  CHECK(x->GetElements() == y->GetElements());
  CHECK(x->GetScalingFactor() == y->GetScalingFactor());
  CHECK(x->GetNoiseScaleDeg() == y->GetNoiseScaleDeg());
  CHECK(x->GetLevel() == y->GetLevel());
}

// Every operation that has kernels of its own.
void check_level(const Library& library, const openfhe_backend& he,
                 const openfhe_fast_backend& fast, int level, int kind, test::Random& random) {
  CAPTURE(level);
  CAPTURE(kind);
  const auto draw = [&](std::uint64_t prime) {
    if (kind == 0) return random() % prime;
    return kind == 1 ? prime - 1 : random() % 2;  // the largest; small ones
  };
  const Ciphertext three = test::product_of(library, he, level, draw);
  Ciphertext x = he.drop_to_level(library.encrypt({0.5}), level);
  Ciphertext y = x->Clone();
  test::fill(x, draw);
  test::fill(y, draw);
  const Ciphertext before = three->Clone();
  check_same(fast.relinearize_and_rescale(three), he.relinearize_and_rescale(three));
  check_same(three, before);
  check_same(fast.rescale(three), he.rescale(three));
  check_same(fast.rescale(x), he.rescale(x));
  check_same(fast.multiply(x, y), he.multiply(x, y));
  check_same(fast.square(x), he.square(x));
}

void check_choice(const Choice& choice, int levels_tried) {
  CAPTURE(choice.technique);
  CAPTURE(choice.log2_ring);
  CAPTURE(choice.log2_scale);
  CAPTURE(choice.levels);
  CAPTURE(choice.digits);
  CAPTURE(test::seed());
  test::Random random(test::seed());
  const Library library(choice);
  const openfhe_backend he(library.context);
  const openfhe_fast_backend fast(library.context);
  REQUIRE(fast.why_not_fast() == "");
  REQUIRE(fast.is_fast());
  for (int i = 0; i < levels_tried; ++i) {
    const int level = i == 0 ? he.top_level() : test::integer_between(random, 1, he.top_level());
    for (int kind = 0; kind < 3; ++kind) check_level(library, he, fast, level, kind, random);
  }
  lbcrypto::CryptoContextFactory<Library::Element>::ReleaseAllContexts();
}

}  // namespace

TEST_CASE("OpenFHE on vectors: the same bits, for every size of prime") {
  if (is_skipped()) return;
  for (int log2_scale = 30; log2_scale <= 59; ++log2_scale) {
    check_choice({lbcrypto::FIXEDMANUAL, 10, log2_scale, 5}, 2);
  }
}

TEST_CASE("OpenFHE on vectors: the same bits, for rings, digits and scaling techniques") {
  if (is_skipped()) return;
  for (const int log2_ring : {7, 8, 11, 12, 13}) {
    check_choice({lbcrypto::FIXEDMANUAL, log2_ring, 50, 6}, 3);
    check_choice({lbcrypto::FIXEDMANUAL, log2_ring, 59, 3}, 2);
  }
  for (const int digits : {1, 2, 3, 4, 8}) {
    check_choice({lbcrypto::FIXEDMANUAL, 10, 50, 7, digits}, 4);
    check_choice({lbcrypto::FLEXIBLEAUTO, 10, 40, 7, digits}, 4);
  }
  for (const auto technique :
       {lbcrypto::FIXEDAUTO, lbcrypto::FLEXIBLEAUTO, lbcrypto::FLEXIBLEAUTOEXT}) {
    check_choice({technique, 11, 50, 6}, 3);
  }
}

TEST_CASE("OpenFHE on vectors: a plan ends with the same bits, in one thread and in two") {
  if (is_skipped()) return;
  for (const auto technique : {lbcrypto::FIXEDMANUAL, lbcrypto::FLEXIBLEAUTO}) {
    const Library library({technique, 12, 50, relu_large::Plan::levels});
    openfhe_backend he(library.context);
    openfhe_fast_backend fast(library.context);
    REQUIRE(fast.is_fast());
    const Ciphertext x = library.encrypt({-1, -0.25, 0.125, 0.75});
    const Ciphertext expected = relu_large::evaluate(he, x);
    check_same(relu_large::evaluate(fast, x), expected);
    fast.threads(2);
    check_same(relu_large::evaluate(fast, x), expected);
    const openfhe_fast_backend copy = fast;  // shares the tables
    check_same(copy.square(x), he.square(x));
    lbcrypto::CryptoContextFactory<Library::Element>::ReleaseAllContexts();
  }
}

TEST_CASE("OpenFHE on vectors: threads side by side give equal bits") {
  if (is_skipped()) return;
  const Library library({});
  const openfhe_fast_backend he(library.context);
  test::check_threads_side_by_side(library, he, 5);
}

TEST_CASE("OpenFHE on vectors: a context that they do not know is left to the other backend") {
  Choice choice;
  choice.key_switching = lbcrypto::BV;
  const Library library(choice);
  const openfhe_backend he(library.context);
  const openfhe_fast_backend fast(library.context);
  CHECK(!fast.is_fast());
  if (detail::vectors::has_vectors())
    CHECK(fast.why_not_fast() == "the context has no hybrid key switching");
  test::Random random(test::seed());
  for (int level = he.top_level(); level >= 1; --level) {
    check_level(library, he, fast, level, 0, random);
  }
}

TEST_CASE("OpenFHE on vectors: what the library refuses is refused as without them") {
  const Library library({});
  const openfhe_fast_backend he(library.context);
  const Ciphertext x = library.encrypt({0.5});
  const Ciphertext lower = he.drop_to_level(x, 1);
  CHECK_THROWS(static_cast<void>(he.multiply(x, lower)));
  CHECK_THROWS(static_cast<void>(he.rescale(he.drop_to_level(x, 0))));
  CHECK_THROWS(static_cast<void>(he.relinearize_and_rescale(x)));  // two components
  CHECK_THROWS_AS(openfhe_fast_backend(lbcrypto::CryptoContext<Library::Element>()),
                  wrong_ciphertext);
  lbcrypto::CryptoContextFactory<Library::Element>::ReleaseAllContexts();
  const openfhe_fast_backend one_prime(Library::context_of({lbcrypto::FIXEDMANUAL, 10, 50, 0}));
  CHECK(!one_prime.is_fast());
}

#ifdef EQUIRIPPLE_HAS_VECTORS

// As if the library had other roots, digits or primes than it says: each must be seen.
TEST_CASE("OpenFHE on vectors: a library that computes otherwise is refused") {
  if (is_skipped()) return;
  const Library library({lbcrypto::FIXEDMANUAL, 10, 50, 5, 3});
  const detail::OpenFheParameters& parameters = library.parameters();
  const detail::OpenFheFusion fusion(parameters);
  const detail::vectors::RingPrimes true_primes = detail::vector_primes_of(parameters);
  const auto message_of = [&](const detail::vectors::RingPrimes& primes) -> std::string {
    try {
      const detail::OpenFheVectors vectors(primes);
      detail::require_agreement(vectors, fusion, *library.context, parameters);
    } catch (const evaluation_error& refused) {
      return refused.what();
    }
    return {};
  };
  REQUIRE(message_of(true_primes) == "");
  const auto other_root = [](detail::vectors::RingPrimes::Prime& prime) {
    prime.root = detail::vectors::power_modulo(prime.root, 3, prime.prime);
  };
  for (std::size_t i = 0; i < true_primes.chain.size(); ++i) {
    CAPTURE(i);
    detail::vectors::RingPrimes primes = true_primes;
    other_root(primes.chain[i]);
    CHECK(message_of(primes) != "");
  }
  for (std::size_t i = 0; i < true_primes.special.size(); ++i) {
    CAPTURE(i);
    detail::vectors::RingPrimes primes = true_primes;
    other_root(primes.special[i]);
    const std::string message = message_of(primes);
    CHECK(message.find("key switch") != std::string::npos);
    CHECK(message.find("use openfhe_backend") != std::string::npos);
  }
  detail::vectors::RingPrimes primes = true_primes;
  primes.digit = 1;
  CHECK(message_of(primes).find("key switch") != std::string::npos);
  primes.digit = 6;
  CHECK(message_of(primes).find("key switch") != std::string::npos);
  primes = true_primes;
  std::swap(primes.chain[1], primes.chain[2]);
  CHECK(message_of(primes).find("product") != std::string::npos);
}

#endif
