// A table of costs as JSON: an object with the keys of CostTable's lists, each a number or a list.
//
//   {"what": "measured, 15 primes of 50 bits", "levels_after": 1, "tensor_product": [3, 4.5, 6],
//    "key_switch": [9, 16, 25], "rescaling": [2, 3, 4], "scalar_product": 1, "addition": 0}
#pragma once

#include <string>

#include "emit/plan/latency.hpp"
#include "generator/expected.hpp"

namespace equiripple {

inline constexpr std::size_t most_listed_costs = 1000;  // levels; chosen

/// The error names the key. All five lists are needed: a cost that is left out would count as free.
[[nodiscard]] Expected<CostTable> cost_table_from_json_text(const std::string& text);

}  // namespace equiripple
