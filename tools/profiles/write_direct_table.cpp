// Writes emit/make/direct_profile_table.cpp to standard output: the costs of the planner's
// programs of direct polynomials, for the search over degrees. To be run again whenever plans get
// better; a test fails where they got worse. Takes ten minutes.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <map>
#include <optional>
#include <tuple>

#include "emit/make/direct_costs.hpp"
#include "emit/plan/power_set.hpp"
#include "generator/search/direct_search.hpp"
#include "tools/profiles/generated_table.hpp"

namespace {

using namespace equiripple;

constexpr int most_spare = 1;  // levels beyond the fewest; chosen: a second never pays
constexpr int most_levels = 12;
constexpr int most_absorbing = 9;  // levels; chosen: beyond, a degree of 2^k gains under 0.2 % and
                                   // grows to 2^12

// Degrees of one parity in so many levels, the highest first; each planned once.
class Scan {
 public:
  Scan(int parity, int levels) : parity_(parity), levels_(levels) {}

  // Rows with ever fewer key switches, down to the degree. Up to degree 64, where key switches do
  // not always rise with the degree, each degree is planned.
  std::vector<StageProfile> rows(int highest, int lowest) {
    std::vector<StageProfile> found;
    int high = (highest - parity_) / 2;
    const int low = (lowest - parity_) / 2;
    while (high >= low) {
      const auto here = profile(high);
      if (!here) break;
      found.push_back(*here);
      int above = high;     // takes as many
      int below = low - 1;  // takes fewer, as far as is known
      while (above - below > 1) {
        const bool each = 2 * above <= highest_searched_degree;
        const int middle = each ? above - 1 : below + (above - below) / 2;
        const auto found_there = profile(middle);
        const bool fewer = found_there && found_there->key_switches() < here->key_switches();
        (fewer ? below : above) = middle;
        if (fewer && each) break;
      }
      high = below;
    }
    return found;
  }

 private:
  std::optional<StageProfile> profile(int index) {
    const auto [entry, is_new] = known_.try_emplace(index);
    if (is_new) entry->second = direct_profile(2 * index + parity_, levels_);
    return entry->second;
  }

  int parity_;
  int levels_;
  std::map<int, std::optional<StageProfile>> known_;
};

void print(const StageProfile& profile) {
  fmt::print("    {{{}, series, widest, {}, {{{{{}}}}}}},\n", profile.degree, profile.levels,
             counts_text(profile));
  std::fflush(stdout);
}

// Odd degrees up to the table of stages' end are in that.
void print_rows(int parity) {
  for (int levels = parity == 1 ? 7 : 1; levels <= most_levels + most_spare; ++levels) {
    Scan scan(parity, levels);
    const int end = std::min(1 << levels, highest_searched_direct + 1);
    const auto absorbed = parity == 0 && levels <= most_absorbing
                              ? direct_profile(1 << levels, levels)
                              : std::nullopt;
    if (absorbed) print(*absorbed);
    const int lowest =
        std::max(parity == 1 ? highest_tabled_degree + 2 : 2, end >> (1 + most_spare));
    for (const StageProfile& row : scan.rows(end - 2 + parity, lowest)) {
      if (row.levels == levels) print(row);
    }
  }
}

}  // namespace

int main() {
  fmt::print(
      "{}",
      head_of({.again = "Plan again",
               .program = "equiripple-direct-profiles",
               .file = "emit/make/direct_profile_table.cpp",
               .columns =
                   "// Degree, levels; then for 0, 1, ... of them spent: tensor products, key "
                   "switches, rescalings,\n"
                   "// scalar products, additions. Even degrees are of |x| and x / 2, odd ones of "
                   "sign.\n",
               .header = "emit/make/direct_costs.hpp",
               .row = "StageProfile",
               .function = "tabled_direct_profiles",
               .names = "  using enum StageForm;\n  using enum StageWidth;\n"}));
  for (const int parity : {0, 1}) print_rows(parity);
  fmt::print("{}", foot_of_table());
}
