// Writes emit/plan/stage_profile_table.cpp to standard output: the costs of the planner's programs
// of single stages, for the search over degrees. To be run again whenever plans get better; a test
// fails until then. Takes some minutes.
#include <fmt/format.h>

#include <cstdio>

#include "emit/make/planner_costs.hpp"
#include "tools/profiles/fingerprint.hpp"
#include "tools/profiles/generated_table.hpp"

namespace {

using namespace equiripple;

const char* name_of(StageForm form) {
  switch (form) {
    case StageForm::series: return "series";
    case StageForm::times_x: return "times_x";
    case StageForm::alone: return "alone";
    case StageForm::alone_exactly: return "alone_exactly";
  }
  return "";
}

void print(const StageProfile& profile) {
  const char* width = width_classes.at(static_cast<std::size_t>(profile.width)).name;
  fmt::print("    {{{}, {}, {}, {}, {{{{{}}}}}}},\n", profile.degree, name_of(profile.form), width,
             profile.levels, counts_text(profile));
}

}  // namespace

int main() {
  fmt::print(
      "{}", head_of({.again = "Plan again",
                     .program = "equiripple-profiles",
                     .file = "emit/plan/stage_profile_table.cpp",
                     .columns = fmt::format(
                         "// Degree, form, width, levels; then for 0, 1, ... of them spent: tensor "
                         "products, key switches,\n"
                         "// rescalings, scalar products, additions.\n"
                         "//\n"
                         "{}\n",
                         fingerprint_line(planner_fingerprint(EQUIRIPPLE_SOURCE_DIR))),
                     .header = "emit/plan/stage_profile.hpp",
                     .row = "StageProfile",
                     .function = "tabled_profiles",
                     .names = "  using enum StageForm;\n  using enum StageWidth;\n"}));
  for (int degree = 3; degree <= highest_tabled_degree; degree += 2) {
    for (const StageProfile& profile : rows_of(degree)) print(profile);
    std::fflush(stdout);
  }
  fmt::print("{}", foot_of_table());
}
