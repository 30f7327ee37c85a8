// tools/docs/plans.md and tools/docs/fronts.svg are what is planned and searched now.
#include "tools/profiles/plan_page.hpp"

#include <doctest/doctest.h>

#include <sstream>

#include "tests/support/data.hpp"
#include "tests/support/random.hpp"
#include "tools/profiles/addition_chain.hpp"
#include "tools/profiles/fronts.hpp"

using namespace equiripple;

namespace {

std::string page() { return test::content_of(test::source_folder() + "/tools/docs/plans.md"); }

// The line of the page that stands where the row should; each row is asked for once, in order.
std::string shown_at(const std::string& page, std::size_t row) {
  std::istringstream stream(page);
  std::string line;
  std::size_t seen = 0;
  while (std::getline(stream, line)) {
    const bool is_row =
        line.starts_with("| ") && !line.starts_with("| degree") && !line.starts_with("| series");
    if (is_row && seen++ == row) return line;
  }
  return {};
}

std::string place_of(const PlanRow& row) {
  return "row of " + row.series + std::to_string(row.degree);
}

}  // namespace

TEST_CASE("the text around the rows of plans.md is the program's") {
  std::string rows_left_out;
  std::istringstream stream(page());
  const auto rows = plan_rows();
  std::size_t next = 0;
  for (std::string line; std::getline(stream, line);) {
    const bool is_row =
        line.starts_with("| ") && !line.starts_with("| degree") && !line.starts_with("| series");
    rows_left_out += (is_row && next < rows.size() ? place_of(rows[next++]) : line) + "\n";
  }
  CHECK(plan_page(place_of) == rows_left_out);
}

// All of it takes a minute, and is compared at EQUIRIPPLE_EFFORT=10.
TEST_CASE("the rows of plans.md are what the planner makes now") {
  const std::string text = page();
  const auto rows = plan_rows();
  int compared = 0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const PlanRow& row = rows[i];
    CAPTURE(row.degree);
    const int highest = row.table == PlanTable::odd          ? last_small_degree
                        : row.table == PlanTable::large      ? 127
                        : row.table == PlanTable::asymmetric ? 2047
                                                             : 24;
    const bool is_cheap = row.degree <= highest;
    if (!is_cheap && test::effort() < 10) continue;
    CHECK_MESSAGE(text_of(row) == shown_at(text, i),
                  "plans have changed: write tools/docs/plans.md again with equiripple-plans");
    ++compared;
  }
  CHECK(compared >= 60);
}

TEST_CASE("the check of rows tells one from another") {
  const std::string text = page();
  CHECK(shown_at(text, 0).starts_with("| 3 | 2 / 2 "));
  CHECK(shown_at(text, 1) != shown_at(text, 0));
  CHECK(shown_at(text, plan_rows().size()).empty());
}

// 2 (L - 1) for 2^L - 1 in L levels; without a bound on levels l(31) = 7, l(47) = 8 [Knu97].
TEST_CASE("shortest addition chains") {
  for (int levels = 2; levels <= 6; ++levels) {
    CHECK(shortest_addition_chain((1 << levels) - 1, levels) == 2 * (levels - 1));
  }
  for (int levels = 1; levels <= 6; ++levels) {
    CHECK(shortest_addition_chain(1 << levels, levels) == levels);
  }
  CHECK(shortest_addition_chain(31, 7) == 7);
  CHECK(shortest_addition_chain(47, 8) == 8);
}

TEST_CASE("the picture of the fronts is what the searches find now") {
  CHECK_MESSAGE(fronts_svg() == test::content_of(test::source_folder() + "/tools/docs/fronts.svg"),
                "write tools/docs/fronts.svg again with equiripple-fronts");
}
