// The picture: levels to the right, key switches or accuracy upwards.
#include <fmt/format.h>

#include "emit/front.hpp"
#include "emit/picture/chart.hpp"

namespace equiripple {

std::string to_svg(const SearchFront& front) {
  Chart chart{.title = front.function,
              .subtitle = fmt::format("each choice: degrees, then {}",
                                      front.meets_error ? "bits" : "key switches"),
              .x = {.label = "levels", .least_step = 1},
              .y = {.label = front.meets_error ? "key switches" : "bits",
                    .least_step = front.meets_error ? 1.0 : 0.5}};
  for (const FrontRow& row : front.rows) {
    const std::string other =
        front.meets_error ? accuracy_text(row, 1) : std::to_string(row.key_switches);
    chart.marks.push_back(
        {.at = {static_cast<double>(row.levels),
                front.meets_error ? row.key_switches : accuracy_bits(row)},
         .label = fmt::format("{} ({})", degrees_text(row), other),
         .detail =
             fmt::format("{} levels, {} key switches, latency {:.0f}, {} bits: {}", row.levels,
                         row.key_switches, row.latency, accuracy_text(row, 2), degrees_text(row))});
  }
  return to_svg(std::vector{chart});
}

}  // namespace equiripple
