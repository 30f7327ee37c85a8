// Writes emit/plan/stage_profile_table.cpp to standard output: the costs of the planner's programs
// of single stages, for the search over degrees. To be run again whenever plans get better; a test
// fails until then. Takes some minutes.
#include <fmt/format.h>

#include <cstdio>

#include "tools/cli/sign/planner_costs.hpp"
#include "tools/profiles/fingerprint.hpp"

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
  std::string counts;
  for (int spent = 0; spent < profile.levels; ++spent) {
    const LevelCounts& at = profile.spent[static_cast<std::size_t>(spent)];
    counts += fmt::format("{}{{{}, {}, {}, {}, {}}}", spent == 0 ? "" : ", ", at.tensor_products,
                          at.key_switches, at.rescalings, at.scalar_products, at.additions);
  }
  const char* width = width_classes.at(static_cast<std::size_t>(profile.width)).name;
  fmt::print("    {{{}, {}, {}, {}, {{{{{}}}}}}},\n", profile.degree, name_of(profile.form), width,
             profile.levels, counts);
}

}  // namespace

int main() {
  fmt::print(
      "// GENERATED FILE - do not edit. Plan again:\n"
      "//   equiripple-profiles > emit/plan/stage_profile_table.cpp\n"
      "//\n"
      "// Degree, form, width, levels; then for 0, 1, ... of them spent: tensor products, key "
      "switches,\n"
      "// rescalings, scalar products, additions.\n"
      "//\n"
      "{}\n"
      "#include \"emit/plan/stage_profile.hpp\"\n"
      "\n"
      "namespace equiripple {{\n"
      "\n"
      "std::span<const StageProfile> tabled_profiles() {{\n"
      "  using enum StageForm;\n"
      "  using enum StageWidth;\n"
      "  // clang-format off\n"
      "  static constexpr StageProfile table[] = {{\n",
      fingerprint_line(planner_fingerprint(EQUIRIPPLE_SOURCE_DIR)));
  for (int degree = 3; degree <= highest_tabled_degree; degree += 2) {
    for (const StageProfile& profile : rows_of(degree)) print(profile);
    std::fflush(stdout);
  }
  fmt::print(
      "  }};\n"
      "  // clang-format on\n"
      "  return table;\n"
      "}}\n"
      "\n"
      "}}  // namespace equiripple\n");
}
