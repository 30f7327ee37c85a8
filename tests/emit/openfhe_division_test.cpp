// OpenFHE's recursion with coefficients modulo a prime: a slow second count, for every degree.
//
// InnerEvalChebyshevPS divides by T_{2^{m-1} k} and by the quotient; which sums are there depends
// on which coefficients of quotients and remainders vanish. Modulo a large prime a random series
// shows that without rounding.
#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <utility>
#include <vector>

#include "emit/plan/peers.hpp"
#include "tests/support/random.hpp"

using namespace equiripple;

namespace {

constexpr std::uint64_t prime = 2147483647;  // 2^31 - 1: products fit 64 bits

using Series = std::vector<std::uint64_t>;  // of T_0 (halved, as OpenFHE stores it), T_1, ...

std::uint64_t inverse(std::uint64_t a) {
  std::uint64_t power = 1;
  for (std::uint64_t e = prime - 2; e > 0; e /= 2, a = a * a % prime) {
    if (e % 2 == 1) power = power * a % prime;
  }
  return power;
}

int degree_of(const Series& f) {
  int d = static_cast<int>(f.size()) - 1;
  while (d > 0 && f[static_cast<std::size_t>(d)] == 0) --d;
  return d;
}

// g * 2 T_e, or g itself for e = 0.
Series shifted(const Series& g, int e) {
  if (e == 0) return g;
  Series product(g.size() + static_cast<std::size_t>(e), 0);
  for (int i = 0; i < static_cast<int>(g.size()); ++i) {
    const std::uint64_t c = g[static_cast<std::size_t>(i)];
    const auto add = [&](int at, std::uint64_t factor) {
      std::uint64_t& sum = product[static_cast<std::size_t>(at)];
      sum = (sum + factor * c) % prime;
    };
    if (i == 0) {
      add(e, 1);
    } else {
      add(e + i, 1);
      add(std::abs(e - i), e == i ? 2 : 1);
    }
  }
  return product;
}

struct Division {
  Series quotient;
  Series remainder;
};

// LongDivisionChebyshev
Division divide(Series f, const Series& g) {
  const int k = degree_of(g);
  Division result{.quotient = Series(1, 0), .remainder = {}};
  const std::uint64_t lead = inverse(g[static_cast<std::size_t>(k)]);
  for (int n = degree_of(f); n >= k; n = degree_of(f)) {
    const std::uint64_t factor = f[static_cast<std::size_t>(n)] * lead % prime;
    const auto at = static_cast<std::size_t>(n - k);
    if (result.quotient.size() <= at) result.quotient.resize(at + 1, 0);
    result.quotient[at] = 2 * factor % prime;
    const Series part = shifted(g, n - k);
    for (std::size_t i = 0; i <= static_cast<std::size_t>(n); ++i) {
      f[i] = (f[i] + (prime - factor) * part[i]) % prime;
    }
    f[static_cast<std::size_t>(n)] = 0;
    if (n == 0) break;
  }
  result.remainder = std::move(f);
  return result;
}

struct Counter {
  int k;
  int products = 0;
  int rescalings = 0;
  int scalars = 0;

  // EvalPartialLinearWSum of the terms below T_k.
  void sum(Series f) {
    f.resize(static_cast<std::size_t>(k), 0);
    const int n = degree_of(f);
    if (n == 0) return;
    scalars += n;
    ++rescalings;
  }

  // InnerEvalChebyshevPS
  void inner(const Series& f, int m) {
    const int rest = k * (1 << (m - 1)) - k;
    const auto top = static_cast<std::size_t>(rest);
    Series giant(static_cast<std::size_t>(rest + k) + 1, 0);
    giant.back() = 1;
    Division by_giant = divide(f, giant);
    Series& r = by_giant.remainder;
    r.resize(std::max(r.size(), top + 1), 0);
    r[top] = (r[top] + prime - 1) % prime;
    Division by_quotient = divide(r, by_giant.quotient);
    Series& s = by_quotient.remainder;
    s.resize(top + 1, 0);
    s.back() = 1;
    for (const Series& part : {by_giant.quotient, s}) {
      if (degree_of(part) > k) {
        inner(part, m - 1);
      } else {
        sum(part);
      }
    }
    sum(by_quotient.quotient);
    ++products;
    ++rescalings;
  }
};

struct Sizes {
  int k;
  int m;
};

// ComputeDegreesPS: m by the last degree that has it; degree < k (2^m - 1).
Sizes sizes_of(int degree) {
  constexpr std::pair<int, int> last_degree[] = {{11, 2},  {13, 3},  {17, 2},   {55, 3},
                                                 {59, 4},  {76, 3},  {239, 4},  {247, 5},
                                                 {284, 4}, {991, 5}, {1007, 6}, {1083, 5}};
  int m = 0;
  for (const auto& [last, value] : last_degree) {
    m = value;
    if (degree <= last) break;
  }
  return {.k = degree / ((1 << m) - 1) + 1, .m = m};
}

}  // namespace

TEST_CASE("OpenFHE's division step by step, for degrees from 5 to 1023") {
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  for (int degree = 5; degree <= highest_peer_degree; degree += degree < 256 ? 1 : 5) {
    CAPTURE(degree);
    const auto costs = peer_costs(Peer::openfhe, degree, Parity::none);
    const Sizes sizes = sizes_of(degree);
    Series f(static_cast<std::size_t>(sizes.k * ((1 << sizes.m) - 1)) + 1, 0);
    for (int i = 0; i <= degree; ++i) {
      f[static_cast<std::size_t>(i)] = 1 + random() % (prime - 1);
    }
    f.back() = 1;
    Counter counter{.k = sizes.k};
    counter.inner(f, sizes.m);
    const int powers = sizes.k - 1 + 2 * (sizes.m - 1);
    CHECK(costs->tensor_products == counter.products + powers);
    CHECK(*costs->rescalings == counter.rescalings + powers);
    CHECK(*costs->scalar_products == counter.scalars);
  }
}
