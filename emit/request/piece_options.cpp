// One function a command.
#include "emit/request/piece_options.hpp"

#include "emit/request/stepped_options.hpp"

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
          {.name = "max-degree", .value = "N", .help = "of the polynomials in the search"},
          refresh_option()}};
  row.options.insert(row.options.end(), plan.begin(), plan.end());
  return row;
}

CommandRow piecewise_command(const Options& plan) {
  CommandRow row{
      .name = "piecewise",
      .help = "a function that is given piece by piece, in its cheapest form",
      .footer =
          "Pieces whose intervals touch must meet there; where intervals leave a gap, nothing is "
          "claimed in it.\n"
          "Tried are one polynomial, minimax on all of the intervals, and on a range that is "
          "symmetric about 0 the\nfolds of activation, and x times them for pieces that join at 0; "
          "and stages of sign at each joint, which\nmultiply the difference of its pieces. "
          "What meets the error with the least latency (see --minimise) is\ntaken; the others are "
          "listed where there is no -o, and with --explain.\n\n"
          "Examples:\n"
          "  equiripple piecewise --piece '[-8,-4]: 0' --piece '[-4,8]: (x + 4)^2/8' --error 0.05\n"
          "  equiripple piecewise --piece '[-50,0]: x/10' --piece '[0,50]: x' --error 0.1 -o "
          "leaky.hpp\n"
          "  equiripple piecewise --piece '[-1,-0.1]: -1' --piece '[0.1,1]: x' --error 2^-6\n",
      .options = {{.name = "piece",
                   .value = "[a,b]:EXPR",
                   .help = "an interval, a colon, an expression in x; repeat, ascending",
                   .arity = Arity::many,
                   .recording = Recording::verbatim,
                   .required = true},
                  {.name = "error",
                   .value = "NUMBER",
                   .help = "the error is at most this",
                   .required = true},
                  {.name = "max-key-switches",
                   .value = "N",
                   .help = "the key switches that the plan may take"},
                  refresh_option()}};
  row.options.insert(row.options.end(), plan.begin(), plan.end());
  return row;
}

}  // namespace equiripple
