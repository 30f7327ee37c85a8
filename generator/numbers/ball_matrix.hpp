// Linear systems in balls.
#pragma once

#include <optional>
#include <vector>

#include "generator/numbers/ball.hpp"

namespace equiripple {

/// x of A x = right, with as many rows as columns: balls that hold the solution of every system in
/// those given [Arb's arb_mat_solve]. Empty where the precision does not show A to be regular.
[[nodiscard]] std::optional<std::vector<Ball>> solution(const std::vector<std::vector<Ball>>& rows,
                                                        const std::vector<Ball>& right, slong bits);

}  // namespace equiripple
