// One function a command.
#include "emit/request/piece_options.hpp"

namespace equiripple {

CommandRow quantise_command(const Options& plan) {
  CommandRow row{
      .name = "quantise",
      .help = "the nearest of several values: rounding, levels, digits",
      .footer =
          "Between two values the middle is the threshold; within the gap of it nothing is "
          "claimed. "
          "The\nsummary prints the interval of each value.\n"
          "Tried are one polynomial, and a first one followed by polynomials that are flat at the "
          "values. What\nmeets the error with the least latency (see --minimise) is taken; the "
          "others are listed where there is\nno -o, and with --explain.\n\n"
          "Examples:\n"
          "  equiripple quantise --to 0,1,2,3 --gap 0.1 --domain '[-0.5,3.5]' --error 0.01 -o "
          "digit.hpp\n"
          "  equiripple quantise --to -1,0,1 --gap 1/4 --domain '[-2,2]' --error 2^-20 --minimise "
          "key-switches\n",
      .options = {
          {.name = "to",
           .value = "T,T,...",
           .help = "the values, 2 to 64, ascending",
           .required = true},
          {.name = "gap",
           .value = "NUMBER",
           .help = "in units of x: nothing is claimed within this of the middle between two values",
           .required = true},
          {.name = "domain",
           .value = "[a,b]",
           .help = "of x: from below the first middle to above the last one",
           .required = true},
          {.name = "error",
           .value = "NUMBER",
           .help = "the value is off by at most this, in units of the values",
           .required = true},
          {.name = "max-key-switches",
           .value = "N",
           .help = "the key switches that the plan may take"},
          {.name = "max-degree", .value = "N", .help = "of the polynomials in the search"}}};
  row.options.insert(row.options.end(), plan.begin(), plan.end());
  return row;
}

}  // namespace equiripple
