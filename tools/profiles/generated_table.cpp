// One layout for all of them.
#include "tools/profiles/generated_table.hpp"

#include <fmt/format.h>

namespace equiripple {

std::string head_of(const GeneratedTable& table) {
  return fmt::format(
      "// GENERATED FILE - do not edit. {}:\n"
      "//   {} > {}\n"
      "//\n"
      "{}"
      "#include \"{}\"\n"
      "\n"
      "namespace equiripple {{\n"
      "\n"
      "std::span<const {}> {}() {{\n"
      "{}"
      "  // clang-format off\n"
      "  static constexpr {} table[] = {{\n",
      table.again, table.program, table.file, table.columns, table.header, table.row,
      table.function, table.names, table.row);
}

std::string foot_of_table() {
  return "  };\n"
         "  // clang-format on\n"
         "  return table;\n"
         "}\n"
         "\n"
         "}  // namespace equiripple\n";
}

const char* name_of(SeriesClass series_class) {
  switch (series_class) {
    case SeriesClass::dense: return "dense";
    case SeriesClass::odd: return "odd";
    case SeriesClass::odd_times_x: return "odd_times_x";
  }
  return "";
}

std::string counts_text(const StageProfile& profile) {
  std::string text;
  for (int spent = 0; spent < profile.levels; ++spent) {
    const LevelCounts& at = profile.spent[static_cast<std::size_t>(spent)];
    text += fmt::format("{}{{{}, {}, {}, {}, {}}}", spent == 0 ? "" : ", ", at.tensor_products,
                        at.key_switches, at.rescalings, at.scalar_products, at.additions);
  }
  return text;
}

}  // namespace equiripple
