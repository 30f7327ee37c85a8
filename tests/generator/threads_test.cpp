// Nothing in the generator is shared between threads: many at once find what one finds.
#include <doctest/doctest.h>

#include <string>
#include <thread>
#include <vector>

#include "generator/classical/classical.hpp"
#include "generator/numbers/memory.hpp"
#include "generator/proof/certify.hpp"
#include "generator/sign/gap.hpp"
#include "tests/support/problems.hpp"

using namespace equiripple;

namespace {

// Numbers of every part, as text.
std::string everything() {
  std::string found;
  const auto add = [&](const Rational& q) { found += q.str() + "\n"; };
  const MinimaxRequest sigmoid = test::problem("sigmoid(x)", "[-8,8]", 15);
  const MinimaxResult solved = minimax(sigmoid);
  for (const Rational& c : solved.polynomial.coefficients) add(c);
  const Certificate proof = certify(sigmoid, rounded(solved.polynomial, 53), solved);
  add(proof.error.upper);
  add(proof.error.attained);
  const ReluSign relu = composite_for_relu({.degrees = {3, 5}, .gap = 0}, /*default_margins=*/true);
  add(relu.error.upper);
  add(relu.gap);
  const ClassicalResult fit = least_squares(
      {.target = test::function("erf(x)"), .domain = test::domain("[-2,2]"), .degree = 5});
  for (const Rational& c : fit.polynomial.coefficients) add(c);
  const ClassicalResult taylor =
      taylor_polynomial(test::function("gelu(x)"), 1, test::domain("[0,2]"), 9);
  for (const Rational& c : taylor.polynomial.coefficients) add(c);
  return found;
}

}  // namespace

TEST_CASE("many threads at once find what one finds") {
  const std::string alone = everything();
  CHECK(alone.size() > 500);
  std::vector<std::string> found(4);
  std::vector<std::thread> threads;
  for (std::string& one : found) {
    threads.emplace_back([&one] {
      one = everything();
      free_caches_with_thread();
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& one : found) CHECK(one == alone);
}
