// One table for the five functions.
#include "emit/request/slots_options.hpp"

#include <fmt/format.h>

#include "emit/request/stepped_options.hpp"
#include "emit/slots_structure.hpp"

namespace equiripple {
namespace {

constexpr const char* what_is_made =
    "A header with evaluate(he, x, sum): sum(he, y) is yours, and returns a ciphertext with the "
    "sum "
    "over the\nslots of the function in each of them. Its rotations are counted by nobody but "
    "you.\n"
    "What meets the error with the least latency (see --minimise) is taken; the other forms are "
    "listed where\nthere is no -o, and with --explain.\n\n";

constexpr const char* what_is_made_of_rotations =
    "A header with evaluate(he, x, rotate): rotate(y, k) is yours, and returns y with slot i + k "
    "in "
    "slot i, for\nk = 1, 2, 4, ... below the number of slots, and what is left of it. A round is a "
    "max of each slot and another;\nthe error is proved over all rounds. Slot i of the result has "
    "the largest of slots i, i + 1, ...: where the\nslots repeat with their number as period, "
    "every "
    "slot has the largest of all.\nWhat meets the error with the least latency (see --minimise) is "
    "taken. Refreshes stand between rounds.\n\n";

const char* help_of(Kind kind) {
  switch (kind) {
    case Kind::softmax: return "exp(x_i) / sum of exp(x_j) over many slots";
    case Kind::rmsnorm: return "x_i / sqrt(mean of x_j^2) over many slots";
    case Kind::layernorm: return "(x_i - mean) / sqrt(variance) over many slots";
    case Kind::largest: return "the largest of many slots, by rounds of max";
    default: return "1 in the slot of the largest of many, 0 in the others";
  }
}

std::string examples_of(Kind kind) {
  switch (kind) {
    case Kind::softmax:
      return "  equiripple softmax --length 64 --range 8 --error 2^-10 -o my_softmax.hpp\n"
             "  equiripple softmax --length 256 --range 4 --error 2^-16 --minimise levels\n";
    case Kind::rmsnorm:
    case Kind::layernorm:
      return fmt::format(
          "  equiripple {0} --length 768 --variance '[1/16,4]' --error 2^-10 -o my_{0}.hpp\n",
          name_of(kind));
    case Kind::largest:
      return "  equiripple largest --slots 16 --range 1 --error 2^-8 -o my_largest.hpp\n"
             "  equiripple largest --slots 16 --range 1 --error 2^-5 "
             "--refresh levels=9,noise=2^-12,cost=800\n";
    default:
      return "  equiripple argmax --slots 16 --gap 1/8 --range 1 --error 2^-8 -o my_argmax.hpp\n"
             "  equiripple argmax --slots 4 --gap 1/4 --range 1 --error 1/8 "
             "--refresh levels=9,noise=2^-9,cost=800\n";
  }
}

Options own_options(Kind kind) {
  const OptionRow range = {
      .name = "range", .value = "NUMBER", .help = "|x_i| is at most this", .required = true};
  const OptionRow length = {.name = is_of_places(kind) ? "slots" : "length",
                            .value = "N",
                            .help = "how many slots the function is of, 2 to 131072",
                            .required = true};
  const OptionRow error = {.name = "error",
                           .value = "NUMBER",
                           .help = "the error of each slot is at most this",
                           .required = true};
  switch (kind) {
    case Kind::softmax:
    case Kind::largest: return {length, range, error};
    case Kind::argmax:
      return {length,
              {.name = "gap",
               .value = "NUMBER",
               .help = "the largest x_i is above all others by at least this; else nothing is "
                       "claimed",
               .required = true},
              range,
              error};
    default:
      return {length,
              {.name = "variance",
               .value = "[a,b]",
               .help = kind == Kind::rmsnorm ? "where the mean of the squares lies, 0 < a < b"
                                             : "where the variance lies, 0 < a < b; what is added "
                                               "to it against 0 counts",
               .required = true},
              error};
  }
}

}  // namespace

CommandRow slots_command(Kind kind, const Options& plan) {
  CommandRow row{.name = name_of(kind),
                 .help = help_of(kind),
                 .footer = (kind == Kind::largest ? what_is_made_of_rotations : what_is_made) +
                           std::string("Examples:\n") + examples_of(kind),
                 .options = own_options(kind)};
  row.options.push_back(
      {.name = "max-key-switches",
       .value = "N",
       .help = "the key switches that the whole may take, without the rotations"});
  row.options.push_back(refresh_option());
  for (const OptionRow& option : plan) {
    // Parts hand on what they compute, and nothing is absorbed.
    if (option.name != "no-absorption" && option.name != "max-growth")
      row.options.push_back(option);
  }
  return row;
}

}  // namespace equiripple
