// The table of points, and what is to be small at them.
#include "emit/request/fit_options.hpp"

#include <fmt/format.h>

#include "generator/data/table.hpp"

namespace equiripple {

CommandRow fit_command(const Options& plan) {
  CommandRow row{
      .name = "fit",
      .help = "the best polynomial of a degree for a table of points",
      .footer =
          "The error is proved at the points; between them nothing is claimed.\n"
          "Examples:\n"
          "  equiripple fit --data measured.txt --degree 7 -o measured.hpp\n"
          "  equiripple fit --data measured.txt --degree 7 --objective least-squares\n",
      .options = {{.name = "data",
                   .value = "FILE",
                   .help = "a text file with 'x y' or 'x,y' in each line, exact numbers, in any "
                           "order; # begins a comment",
                   .recording = Recording::file_name,
                   .required = true},
                  {.name = "degree",
                   .value = "N",
                   .help = fmt::format("the highest power, 0 to {}", highest_fit_degree),
                   .required = true},
                  {.name = "objective",
                   .value = "OBJECTIVE",
                   .help = "minimax (the largest error is smallest; the default) or least-squares "
                           "(the sum of the squares is)",
                   .otherwise = "minimax",
                   .is_always_kept = true,
                   .choices = {"minimax", "least-squares"}},
                  {.name = "parity",
                   .value = "PARITY",
                   .help = "auto (what the points show, where they are symmetric), none, odd, even",
                   .otherwise = "auto",
                   .choices = {"auto", "none", "odd", "even"}}}};
  row.options.insert(row.options.end(), plan.begin(), plan.end());
  return row;
}

}  // namespace equiripple
