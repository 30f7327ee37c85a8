// Groups of options that commands share, then a function for each kind of command.
#include "emit/request/options.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "emit/kind.hpp"
#include "emit/makes.hpp"
#include "emit/plan/corrections.hpp"
#include "emit/request/approximate_options.hpp"
#include "emit/request/fit_options.hpp"
#include "emit/request/piece_options.hpp"
#include "emit/request/slots_options.hpp"
#include "emit/request/stepped_options.hpp"
#include "generator/function/parse.hpp"

namespace equiripple {
namespace {

Options joined(std::initializer_list<Options> groups) {
  Options all;
  for (const Options& group : groups) all.insert(all.end(), group.begin(), group.end());
  return all;
}

const std::vector<std::string> parities = {"auto", "none", "odd", "even"};

// What the plan is to be good at.
Options plan_options() {
  return {
      {.name = "minimise",
       .value = "WHAT",
       .help = "latency (the default: the time that --model and --level-price tell), levels (then "
               "key switches) or key-switches: what the plan has least of, within --max-levels",
       .choices = {"latency", "levels", "key-switches"}},
      {.name = "level-price",
       .value = "P",
       .help = "with --minimise latency: what each level costs besides, in the unit of --model; "
               "where a bootstrap costs 800 and gives 10 levels, a level is worth 80"},
      {.name = "max-levels", .value = "N", .help = "the levels that the plan may take"},
      {.name = "model",
       .value = "FILE",
       .help = "of --minimise latency: a JSON object with the costs tensor_product, key_switch, "
               "rescaling, scalar_product and addition, in any unit, each a number or a list for "
               "1, 2, ... levels left; default: counts of transforms, as in "
               "tools/models/transforms.json",
       .recording = Recording::file_name,
       .synonym = "cost-table"},
      {.name = "max-growth",
       .value = "NUMBER",
       .help = "how far a sum of the plan may exceed the size of the function; default 2^6"},
      {.name = "no-absorption",
       .value = "",
       .help = "the result is what it should be, no multiple of it (output_scale_factor 1); a "
               "single ReLU stage of degree 2^k - 1 then takes a level more",
       .arity = Arity::flag}};
}

// What is asked of one minimax polynomial.
Options polynomial_options() {
  return {
      {.name = "degree",
       .value = "N",
       .help = "the highest power, 0 to 4095; default: the smallest for --error, or else the "
               "highest within --max-levels above which binary64 coefficients gain nothing"},
      {.name = "error",
       .value = "NUMBER",
       .help = "the error that must be met; without --degree the smallest degree is found"},
      {.name = "coefficient-bits",
       .value = "BITS",
       .help = "significant bits that coefficients are stored with: 53 is binary64, 24 float; "
               "more than 53 only in artifacts",
       .otherwise = std::to_string(binary64_bits),
       .is_told = true},
      {.name = "coefficient-unit",
       .value = "2^-K",
       .help = "store coefficients as multiples of this power of 2, as CKKS encodes at a scale"},
      {.name = "tightness",
       .value = "NUMBER",
       .help = "how far the proved bound may exceed what is attained, relatively; default "
               "2^-10"}};
}

std::string known_functions() {
  std::string list;
  for (const std::string& name : function_names()) list += (list.empty() ? "" : ", ") + name;
  return list;
}

OptionRow beyond_option() {
  return {.name = "beyond",
          .value = "FACTOR",
          .help =
              "hold the error up to so many times the range: 1.2. Beyond its range a function "
              "soon runs away, and sign turns over"};
}

CommandRow minimax_command() {
  return {
      .name = "minimax",
      .help = "the best polynomial of a degree for a function on one or more intervals",
      .footer =
          "Examples:\n"
          "  equiripple minimax --function 'sigmoid(x)' --domain '[-8,8]' --degree 31 -o "
          "sigmoid.hpp\n"
          "  equiripple minimax --function 'sign(x)' --domain '[-1,-2^-8]' --domain '[2^-8,1]' \\\n"
          "      --degree 31\n"
          "  equiripple minimax --function 'exp(x)' --domain '[-1,1]' --error 2^-40\n"
          "  equiripple minimax --function 'sigmoid(x)' --domain '[-8,8]' --max-levels 5\n"
          "  equiripple minimax --function 'x/2 * (1 + erf(x/sqrt(2)))' --domain '[-8,8]' "
          "--degree 32\n",
      .options = joined(
          {{{.name = "function",
             .value = "EXPR",
             .help = "an expression in x: + - * / ^, pi, e, if(x < 0, f, g) with <, <=, > or >=, "
                     "nested for more intervals, and " +
                     known_functions(),
             .recording = Recording::verbatim,
             .required = true},
            {.name = "domain",
             .value = "[a,b]",
             .help = "an interval; repeat for a union. Ends are exact: 1/4, 2^-20, 0x1p-30, 0.1",
             .arity = Arity::many,
             .required = true},
            beyond_option()},
           polynomial_options(),
           {{.name = "weight",
             .value = "EXPR",
             .help = "an expression, positive on the domain: weight * |f - p| is minimised",
             .recording = Recording::verbatim},
            {.name = "density",
             .value = "EXPR|FILE",
             .help = "in place of --weight: how often each x is met, above 0; an expression, or a "
                     "file of samples or of a histogram, lines 'a b count'"},
            {.name = "relative",
             .value = "",
             .help = "minimise |f - p| / |f|, where f does not vanish",
             .arity = Arity::flag},
            {.name = "parity",
             .value = "PARITY",
             .help = "auto (what the function has, where the domain is symmetric), none, odd, even",
             .otherwise = "auto",
             .choices = parities},
            {.name = "through",
             .value = "X,Y[,D...]",
             .help = "p(X) is Y, p'(X) is D, and so on for higher derivatives, whatever the "
                     "function is there; repeat for more points",
             .arity = Arity::many},
            {.name = "leading",
             .value = "NUMBER",
             .help = "the coefficient of x^degree, in the function's own x"},
            {.name = "powers",
             .value = "N,N,...",
             .help = "only these powers of x, as 1,3,5,7 or 0,3,7; on both sides of 0 odd and even "
                     "in turn, unless the function is odd or even as they are; in place of "
                     "--degree"},
            {.name = "precision-bits",
             .value = "BITS",
             .help = "the least precision to compute with; for experiments",
             .otherwise = "0"}},
           plan_options()})};
}

CommandRow mod1_command() {
  return {
      .name = "mod1",
      .help = "the cosine of modular reduction, near the integers, for bootstrapping",
      .footer =
          "Examples:\n"
          "  equiripple mod1 --range 25 --width 2^-10 --double-angle 2 --degree 59 -o "
          "cosine.hpp\n"
          "  equiripple mod1 --range 25 --width 2^-10 --double-angle 2 --doublings inside "
          "--error 2^-30\n"
          "  equiripple mod1 --range 25 --width 2^-6 --arcsine auto --double-angle auto --error "
          "2^-30\n",
      .options = joined(
          {{{.name = "range",
             .value = "K",
             .help = "K: near the integers i with |i| < K, 1 to 1024",
             .required = true},
            {.name = "width",
             .value = "NUMBER",
             .help = "for |x - i| at most this; above 0 and below 1/2",
             .required = true},
            {.name = "double-angle",
             .value = "R",
             .help = "r, how often the angle is doubled afterwards: cos(2 pi (x - 1/4) / 2^r); "
                     "with --arcsine auto as well, what costs least",
             .otherwise = "0",
             .is_told = true,
             .is_always_kept = true},
            {.name = "doublings",
             .value = "inside",
             .help = "the doublings are part of the program, and the error is that of "
                     "sin(2 pi x)"},
            {.name = "arcsine",
             .value = "DEGREE",
             .help = "an odd polynomial of this degree, or auto, follows the sine: the result "
                     "is x minus the nearest integer, and the error is that of all of it"},
            {.name = "max-key-switches",
             .value = "N",
             .help = "the key switches that the plan may take; with --arcsine or --doublings"}},
           polynomial_options(),
           plan_options()})};
}

OptionRow gap_option(bool covers) {
  return {.name = "gap",
          .value = "NUMBER",
          .help = covers ? "the gap of sign, relative to the range, for given degrees; default: "
                           "the one with the smallest error over all x"
                         : "the function is approximated for gap * range <= |x| <= range; with "
                           "--threshold in units of x"};
}

// Those of sign and what is built on it.
Options composite_options() {
  return {
      {.name = "range",
       .value = "NUMBER",
       .help = "|x| (|a - b| for two inputs) is at most this",
       .otherwise = "1",
       .is_told = true,
       .is_always_kept = true},
      beyond_option(),
      {.name = "degrees",
       .value = "N,N,...",
       .help = "odd degrees of the stages, the first stage first: 7,7,31; of relu, abs, max and "
               "min also one even degree, of a polynomial of the function itself; default: the "
               "best are searched"},
      {.name = "stages",
       .value = "[K*]gN|fN,...",
       .help = "published polynomials in place of minimax stages: 3*g4,2*f4 of Cheon, Kim, Kim "
               "2020; 13*f1 is the square root iteration of Cheon et al. 2019 for |x|"},
      {.name = "margin",
       .value = "NUMBER",
       .help = "widens the domain of every later stage on both sides; default: "
               "min(2^-22, gap * 2^-10)"},
      {.name = "ckks",
       .value = "PARAMETERS",
       .help = "the margin from the noise of these parameters: 'logN=15,scale=2^40'"},
      {.name = "max-key-switches", .value = "N", .help = "the key switches that the plan may take"},
      {.name = "max-degree",
       .value = "N",
       .help = "of the polynomials in the search for degrees; default: 63 for the stages of a "
               "composition (127 at most: above 63 the planner is asked for each degree, which "
               "takes some seconds), up to 4095 for one polynomial of the function itself"},
      {.name = "any-reach",
       .value = "",
       .help = "take the cheapest of the search also where its value runs away within a two "
               "hundredth beyond the range; by default up to a hundredth of the cost is paid for "
               "one that stays bounded there",
       .arity = Arity::flag}};
}

// What the search leaves open.
Options searched_options() {
  Options options = composite_options();
  std::erase_if(options,
                [](const OptionRow& row) { return row.name == "degrees" || row.name == "stages"; });
  return options;
}

CommandRow sign_command(Kind kind, const char* help) {
  const bool covers = covers_gap(kind);
  const std::string name = name_of(kind);
  const OptionRow accuracy =
      covers ? OptionRow{.name = "bits",
                         .value = "BITS",
                         .help = "the error is at most range * 2^-BITS"}
             : OptionRow{.name = "error", .value = "NUMBER", .help = "the error is at most this"};
  const std::string what_is_best =
      "Without --degrees the best are searched, of compositions of sign and of single polynomials "
      "of the\nfunction itself: what meets the error with the least latency (see --minimise); "
      "without an error,\nwhat has the smallest error within the budget.\n";
  return {
      .name = name,
      .help = help,
      .footer =
          what_is_best +
          (covers
               ? "The error is that of the function itself, over all of the range, "
                 "divided by the range.\n\nExamples:\n  equiripple " +
                     name + " --bits 13 --range 50 -o my_" + name + ".hpp\n  equiripple " + name +
                     " --bits 13 --max-levels 14 --minimise key-switches\n"
                     "  equiripple " +
                     name + " --degrees 15,15,27 --range 50 -o my_" + name + ".hpp\n"
               : "\nExamples:\n  equiripple " + name + " --gap 2^-8 --error 2^-20 -o my_" + name +
                     ".hpp\n  equiripple " + name + " --gap 2^-8 --degrees 15,27,29 -o my_" + name +
                     ".hpp\n" + "  equiripple " + name +
                     " --threshold 0.3 --gap 0.05 --domain '[-1,1]' --error 2^-8\n"),
      .options = joined({{gap_option(covers), accuracy},
                         covers ? Options() : threshold_options(),
                         composite_options(),
                         {refresh_option()},
                         plan_options()})};
}

CommandRow compare_and_swap_command() {
  CommandRow row = sign_command(Kind::max, "max(a, b) and min(a, b), by one sign");
  row.name = both_of_two;
  row.footer =
      "As max, and a header with compare_and_swap(he, a, b), which returns both, .smaller and "
      ".larger:\nmin(a, b) = a + b - max(a, b), for the levels and key switches of max, and within "
      "its error. Without --degrees\nthe best are searched.\n\nExamples:\n"
      "  equiripple compare-and-swap --bits 10 --range 8 -o my_swap.hpp\n"
      "  equiripple compare-and-swap --bits 10 --minimise levels\n";
  return row;
}

CommandRow correction_command(Kind kind, const char* help) {
  constexpr const char* footer =
      "A minimax polynomial is the start; each correction multiplies what the start is by a "
      "factor,\nas in {0}. The search weighs the degree of the start against the number of "
      "corrections:\nit meets the error with the least of what --minimise says; without an error, "
      "it has the\nsmallest error within the budget.\n\n"
      "Examples:\n"
      "  equiripple {1} --domain '[2^-8,1]' --error 2^-20 -o my_{2}.hpp\n"
      "  equiripple {1} --domain '[2^-8,1]' --error 2^-20 --minimise key-switches\n"
      "  equiripple {1} --domain '[2^-8,1]' --degree 7 --corrections 3\n{3}";
  const bool inverts = kind == Kind::inverse || kind == Kind::divide;
  const Options numerator = {
      {.name = "numerator", .value = "[a,b]", .help = "the range of a; the domain is that of b"}};
  return {
      .name = name_of(kind),
      .help = help,
      .footer = fmt::format(
          footer, inverts ? "Goldschmidt's iteration" : "Newton's iteration",
          kind == Kind::divide ? "divide --numerator '[-1,1]'" : name_of(kind), name_of(kind),
          kind == Kind::inverse ? "  equiripple inverse --domain '[-1,-2^-6]' --domain "
                                  "'[2^-6,1]' --error 2^-10\n"
          : kind == Kind::sqrt  ? "\nThe root is x times 1/sqrt(x). One polynomial of it may take "
                                  "less:\n"
                                  "  equiripple minimax --function 'sqrt(x)' --relative --domain "
                                  "'[2^-6,1]' --error 2^-14\n"
                                : ""),
      .options = joined(
          {kind == Kind::divide ? numerator : Options(),
           {{.name = "domain",
             .value = "[a,b]",
             .help = inverts ? "an interval without 0; repeat for another, as on the other side of "
                               "0. Ends are exact: 1/4, 2^-20, 0x1p-30, 0.1"
                             : "0 < a < b; ends are exact: 1/4, 2^-20, 0x1p-30, 0.1",
             .arity = inverts ? Arity::many : Arity::one},
            {.name = "error",
             .value = "NUMBER",
             .help = "the error, relative to the function, is at most this"},
            {.name = "degree",
             .value = "N",
             .help = "of the start, 1 to 127; default: what suits is searched"},
            {.name = "corrections",
             .value = "N",
             .help = fmt::format("how many follow the start, 0 to {}; default: what suits is "
                                 "searched",
                                 most_corrections)},
            {.name = "max-key-switches",
             .value = "N",
             .help = "the key switches that the plan may take"},
            {.name = "max-degree",
             .value = "N",
             .help =
                 "of the start in the search, up to 127; default: 63, and where levels count or "
                 "are bounded 1023 for a start that is not corrected"},
            refresh_option()},
           plan_options()})};
}

template <class Rows>
const CommandRow* row_named(const Rows& rows, std::string_view name) {
  const auto row = std::ranges::find(rows, name, &CommandRow::name);
  return row == rows.end() ? nullptr : &*row;
}

}  // namespace

const std::vector<CommandRow>& request_commands() {
  static const std::vector<CommandRow> rows = {
      minimax_command(),
      approximate_command(plan_options()),
      mod1_command(),
      sign_command(Kind::sign, "sign(x) as a composition of minimax polynomials"),
      sign_command(Kind::step, "step(x) = (1 + sign(x)) / 2"),
      sign_command(Kind::compare, "(1 + sign(a - b)) / 2: 1, 1/2 or 0 as a >, =, < b"),
      sign_command(Kind::relu, "relu(x) = max(x, 0)"),
      sign_command(Kind::abs, "|x|"),
      sign_command(Kind::max, "max(a, b)"),
      sign_command(Kind::min, "min(a, b)"),
      compare_and_swap_command(),
      correction_command(Kind::inverse,
                         "1/x, a start that is corrected, for wide ranges and on both sides of 0"),
      correction_command(Kind::divide, "a/b, as 1/b with a in it: one key switch more"),
      correction_command(Kind::rsqrt, "1/sqrt(x), likewise"),
      correction_command(Kind::sqrt, "sqrt(x), likewise"),
      exponential_command(plan_options()),
      indicator_command(plan_options()),
      quantise_command(plan_options()),
      activation_command(plan_options()),
      piecewise_command(plan_options()),
      slots_command(Kind::softmax, plan_options()),
      slots_command(Kind::layernorm, plan_options()),
      slots_command(Kind::rmsnorm, plan_options()),
      slots_command(Kind::argmax, plan_options()),
      slots_command(Kind::largest, plan_options()),
      fit_command(plan_options())};
  return rows;
}

const CommandRow& search_command() {
  static const CommandRow row = {
      .name = "search",
      .help = "which degrees meet a need, and what other choices there are",
      .footer =
          "The best choice is composed, proved and planned before it is shown; of all choices "
          "(--pareto) each is\nsolved again, and costs are those that the planner has for each "
          "stage by itself. Searched are compositions\nof sign and single polynomials of the "
          "function itself (\"direct\", where relu's degree is even), those\nof the degrees that "
          "the planner's table has. For sign the choice is the best of them all, by these\ncosts; "
          "for relu the best of the compositions that the search evaluates, which agrees with "
          "exhaustion\nwhere that was tried.\n\n"
          "Examples:\n"
          "  equiripple search --objective relu --bits 13 --pareto\n"
          "  equiripple search --objective sign --gap 2^-20 --error 2^-20 --pareto -o choices.svg\n"
          "  equiripple search --objective relu --bits 13 --max-levels 11 --explain\n"
          "  equiripple search --objective relu --max-levels 10 --pareto --json\n",
      .options = joined(
          {{{.name = "objective",
             .value = "FUNCTION",
             .help = "sign, step or compare (with --gap and --error), relu, abs, max or min (with "
                     "--bits)",
             .required = true},
            {.name = "gap",
             .value = "NUMBER",
             .help = "of sign, step and compare: approximated for gap * range <= |x| <= range"},
            {.name = "error", .value = "NUMBER", .help = "the error is at most this"},
            {.name = "bits",
             .value = "BITS",
             .help = "the error is at most 2^-BITS, of relu and its kin times the range"}},
           searched_options(),
           plan_options(),
           {{.name = "pareto",
             .value = "",
             .help = "all choices that no other beats in levels, key switches and latency; "
                     "without an error to meet, also in accuracy",
             .arity = Arity::flag}}})};
  return row;
}

const CommandRow& survey_command() {
  static const CommandRow row = {
      .name = "survey",
      .help = "all methods for an activation side by side: errors, costs, bits on ciphertexts",
      .footer =
          "Examples:\n"
          "  equiripple survey --activation relu --range 16\n"
          "  equiripple survey --activation relu --range 16 --data activations.txt -o survey.html\n"
          "  equiripple survey --activation sigmoid --range 8 --json\n",
      .options = joined(
          {{{.name = "activation",
             .value = "NAME",
             .help = "relu, or another function: a name (sigmoid, tanh, gelu, silu, ...) or an "
                     "expression in x",
             .required = true},
            {.name = "range", .value = "NUMBER", .help = "|x| is at most this", .required = true},
            {.name = "data",
             .value = "FILE",
             .help = "a text file of numbers: values of x that are met. The root mean square of "
                     "the error is over them, and least squares are also taken at them",
             .recording = Recording::file_name},
            {.name = "ckks",
             .value = "PARAMETERS",
             .help = "parameters of the simulation; default logN=15,scale=2^40",
             .otherwise = "logN=15,scale=2^40"}},
           plan_options()})};
  return row;
}

const CommandRow* request_command_named(std::string_view name) {
  return row_named(request_commands(), name);
}

const OptionRow* option_named(const CommandRow& command, std::string_view name) {
  const auto row = std::ranges::find_if(command.options, [&](const OptionRow& option) {
    return option.name == name || (!option.synonym.empty() && option.synonym == name);
  });
  return row == command.options.end() ? nullptr : &*row;
}

}  // namespace equiripple
