// The shortest addition chain of a degree: how often leading terms must be multiplied to make it.
#pragma once

namespace equiripple {

/// The length of the shortest chain 1 = a_0 < a_1 < ... < a_n = degree in which each number is the
/// sum of two before it, and lies at most `levels` sums deep. A program in which leading terms do
/// not cancel has no fewer products that are relinearised. Degrees from 1 to 127, levels enough.
[[nodiscard]] int shortest_addition_chain(int degree, int levels);

}  // namespace equiripple
