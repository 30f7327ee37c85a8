// Either side alone, and what takes the wrong one for there.
#include "generator/expected.hpp"

#include <doctest/doctest.h>

#include <memory>

using namespace equiripple;

namespace {

Expected<int> half(int whole) {
  if (whole % 2 != 0) return Defect{"it is odd"};
  return whole / 2;
}

}  // namespace

TEST_CASE("a value, or why there is none") {
  const Expected<int> four = half(8);
  REQUIRE(four);
  CHECK(*four == 4);
  CHECK_THROWS_AS(static_cast<void>(four.error()), std::bad_variant_access);
  const Expected<int> none = half(7);
  CHECK_FALSE(none);
  CHECK_FALSE(none.has_value());
  CHECK(none.error().why == "it is odd");
  CHECK_THROWS_AS(static_cast<void>(*none), std::bad_variant_access);
}

TEST_CASE("a value that can only be moved is moved out") {
  Expected<std::unique_ptr<int>> held = std::make_unique<int>(3);
  const std::unique_ptr<int> taken = *std::move(held);
  CHECK(*taken == 3);
  CHECK(*held == nullptr);
}
