// One function a command.
#include "emit/request/stepped_options.hpp"

#include <fmt/format.h>

#include "generator/steps/exponential.hpp"

namespace equiripple {
namespace {

OptionRow range_option() {
  return {.name = "range", .value = "NUMBER", .help = "|x| is at most this", .required = true};
}

OptionRow error_option() {
  return {
      .name = "error", .value = "NUMBER", .help = "the error is at most this", .required = true};
}

OptionRow key_switches_option() {
  return {
      .name = "max-key-switches", .value = "N", .help = "the key switches that the plan may take"};
}

}  // namespace

OptionRow refresh_option() {
  return {.name = "refresh",
          .value = "TERMS",
          .help =
              "refresh between stages where the levels do not suffice: "
              "'levels=10,noise=2^-9.3,cost=800'. A refresh leaves so many levels, adds at most "
              "that to a value scaled to [-1, 1] (or deviation=S,probability=P) and costs so "
              "much in the unit of --model; start=N: the levels of the input, lowest=N: the "
              "least level that can be refreshed"};
}

CommandRow exponential_command(const Options& plan) {
  CommandRow row{
      .name = "exp",
      .help = "exp(x), for wide ranges: a polynomial of exp(x / 2^k), squared k times",
      .footer =
          "The polynomial is minimax for the error of the result, whatever k is; k = 0 is one\n"
          "polynomial of exp(x) itself. What meets the error with the least latency (see "
          "--minimise) "
          "is\ntaken; the others are listed where there is no -o, and with --explain.\n\n"
          "Examples:\n"
          "  equiripple exp --domain '[-64,0]' --error 2^-8 --relative -o my_exp.hpp\n"
          "  equiripple exp --domain '[-1024,0]' --error 2^-8 --max-levels 6\n"
          "  equiripple exp --domain '[-16,0]' --error 2^-12 --squarings 2 --explain\n",
      .options = {
          {.name = "domain",
           .value = "[a,b]",
           .help = "an interval; ends are exact: 1/4, 2^-20, 0x1p-30, 0.1",
           .required = true},
          error_option(),
          {.name = "relative",
           .value = "",
           .help = "the error is relative to exp(x)",
           .arity = Arity::flag},
          {.name = "squarings",
           .value = "K",
           .help = fmt::format("how often the polynomial is squared, 0 to {}; default: what suits "
                               "is searched",
                               most_squarings)},
          key_switches_option(),
          refresh_option()}};
  row.options.insert(row.options.end(), plan.begin(), plan.end());
  return row;
}

CommandRow activation_command(const Options& plan) {
  CommandRow row{
      .name = "activation",
      .help =
          "a function on a wide range, in its cheapest form: one polynomial, folds, x times folds",
      .footer =
          "A function that is flat far out (sigmoid, tanh, erf, clip) needs no polynomial of the "
          "whole range:\nodd polynomials fold the range back to where it is not flat, and a last "
          "one is made for what they\nleave. What meets the error with the least latency (see "
          "--minimise) is taken; the others are\nlisted where there is no -o, and with "
          "--explain.\n\n"
          "Examples:\n"
          "  equiripple activation --function 'sigmoid(x)' --range 4096 --error 2^-10 -o "
          "sigmoid.hpp\n"
          "  equiripple activation --function tanh --range 256 --error 2^-10 --minimise levels\n"
          "  equiripple activation --function gelu --range 60 --error 2^-8 --explain\n",
      .options = {{.name = "function",
                   .value = "EXPR",
                   .help = "an expression in x, or the name of a function: sigmoid, tanh, gelu",
                   .recording = Recording::verbatim,
                   .required = true},
                  range_option(),
                  error_option(),
                  key_switches_option(),
                  refresh_option()}};
  row.options.insert(row.options.end(), plan.begin(), plan.end());
  return row;
}

CommandRow indicator_command(const Options& plan) {
  CommandRow row{
      .name = "indicator",
      .help = "1 for |x| <= width, 0 from width + gap on: equality, a window",
      .footer =
          "One polynomial, or an even polynomial that tells inside from outside and stages of sign "
          "that\nclean up what it leaves: what meets the error with the least latency (see "
          "--minimise); the others are\nlisted where there is no -o, and with --explain.\n\n"
          "Examples:\n"
          "  equiripple indicator --width 0.01 --gap 0.98 --range 16 --error 0.01 -o equal.hpp\n"
          "  equiripple indicator --width 0.01 --gap 0.98 --range 128 --error 0.01 --minimise "
          "key-switches\n",
      .options = {
          {.name = "width", .value = "NUMBER", .help = "1 for |x| up to this", .required = true},
          {.name = "gap",
           .value = "NUMBER",
           .help = "0 for |x| from width + gap on; between them nothing is claimed",
           .required = true},
          range_option(),
          error_option(),
          key_switches_option(),
          {.name = "max-degree", .value = "N", .help = "of the polynomials in the search"},
          refresh_option()}};
  row.options.insert(row.options.end(), plan.begin(), plan.end());
  return row;
}

Options threshold_options() {
  return {
      {.name = "threshold",
       .value = "T|A,B",
       .help = "not at 0: 0 (of sign -1) up to T - gap, 1 from T + gap on; or 0 up to A, 1 from "
               "B on, and nothing is claimed between"},
      {.name = "domain", .value = "[a,b]", .help = "with --threshold: in place of --range"}};
}

}  // namespace equiripple
