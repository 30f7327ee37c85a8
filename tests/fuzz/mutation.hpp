// Damage to a text, as files suffer it: flipped bits, cuts, losses, repeated lines, mixed-up parts.
#pragma once

#include <string>

#include "tests/support/random.hpp"

namespace equiripple::test {

/// One to four edits, which depend on the state of `random` alone.
[[nodiscard]] std::string mutated(std::string text, Random& random);

}  // namespace equiripple::test
