// What an instruction takes beside values, as emitted C++ and programs write it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emit/plan/program.hpp"

namespace equiripple {

/// In the order in which they stand; what need not be written is left out.
[[nodiscard]] std::vector<std::string> arguments_of(const Instruction& step);

struct ArgumentCount {
  std::size_t least = 0;
  std::size_t most = 0;
};
[[nodiscard]] ArgumentCount argument_count(PlanOperation operation);

/// A count as it is read; none where it is not whole, or far beyond any.
[[nodiscard]] std::optional<int> whole_count(const Rational& q);

/// The other way: `numbers` are as many as argument_count() says. False where a count is none.
[[nodiscard]] bool set_arguments(Instruction& step, const std::vector<Rational>& numbers);

}  // namespace equiripple
