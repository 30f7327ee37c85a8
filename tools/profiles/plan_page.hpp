// tools/docs/plans.md: what plans take, degree by degree, beside other libraries.
#pragma once

#include <string>
#include <vector>

namespace equiripple {

inline constexpr int last_small_degree = 63;

/// The classes of the page's tables.
enum class PlanTable : unsigned char { odd, dense, even, large, asymmetric };

struct PlanRow {
  PlanTable table = PlanTable::odd;
  int degree = 0;
  std::string series{};  // of large degrees: "dense", "odd", "odd, times x" or "even"
};

/// Every row of the page, in its order.
[[nodiscard]] std::vector<PlanRow> plan_rows();

/// As the page has it, without the end of the line: planned now, but for the odd degrees of the
/// table of stages, which are read there.
[[nodiscard]] std::string text_of(const PlanRow& row);

/// The page, with the rows that `text` makes.
[[nodiscard]] std::string plan_page(std::string (*text)(const PlanRow& row));

}  // namespace equiripple
