// One row an option.
#include "emit/request/approximate_options.hpp"

#include <fmt/format.h>

#include "generator/classical/classical.hpp"
#include "generator/classical/widest_share.hpp"

namespace equiripple {

CommandRow approximate_command(const Options& plan) {
  CommandRow row{
      .name = "approximate",
      .help = "a polynomial by another method than minimax, or a given one, proved alike",
      .footer =
          "Examples:\n"
          "  equiripple approximate --method given --function 'relu(x)' --domain '[-8,8]' \\\n"
          "      --polynomial 'x^2/8 + x/2 + 1/4'\n"
          "  equiripple approximate --method given --function 'sigmoid(x)' --domain '[-8,8]' \\\n"
          "      --coefficients paper.csv --basis chebyshev --halved\n"
          "  equiripple approximate --method least-squares --function 'relu(x)' --domain '[-8,8]' "
          "\\\n"
          "      --degree 4 --density 'exp(-x^2/2)'\n"
          "  equiripple approximate --method taylor --of 'softplus(x)' --function 'relu(x)' \\\n"
          "      --domain '[-2,2]' --degree 4\n"
          "  equiripple approximate --method variance --noise 2^-20 --function 'cos(x)' \\\n"
          "      --domain '[-8,8]' --degree 24\n"
          "  equiripple approximate --method share --tolerance 0.001 --function 'relu(x)' \\\n"
          "      --domain '[-1,1]' --max-levels 4\n"
          "  equiripple approximate --method cryptodl --function 'relu(x)' --domain '[-50,50]' \\\n"
          "      --degree 4 -o cryptodl.hpp\n",
      .options = {
          {.name = "method",
           .value = "METHOD",
           .help = "least-squares (the integral of the squared error is smallest), chebyshev "
                   "(interpolation at Chebyshev's points), taylor, cryptodl (the integral of a "
                   "weighted least-squares fit of the derivative), securedl (least squares of "
                   "rising degree until --error holds at 1001 points), given, variance (the mean "
                   "square of the error and what --noise of the basis adds), share (the largest "
                   "part of the domain within --tolerance that is found)",
           .required = true,
           .choices = {"least-squares", "chebyshev", "taylor", "cryptodl", "securedl", "given",
                       "variance", "share"}},
          {.name = "function",
           .value = "EXPR",
           .help = "what the polynomial stands for and the error is about: an expression in x",
           .recording = Recording::verbatim,
           .required = true},
          {.name = "domain",
           .value = "[a,b]",
           .help = "an interval; least-squares, variance, share and given: or more",
           .arity = Arity::many},
          {.name = "degree",
           .value = "N",
           .help = fmt::format(
               "the highest power, up to {}; securedl: the last to be tried; share: up to "
               "{}, default: the highest that --max-levels allows",
               highest_classical_degree, highest_share_degree)},
          {.name = "error",
           .value = "NUMBER",
           .help = "securedl: the error to be kept at the points; share: the error to be kept "
                   "to everywhere, above --tolerance"},
          {.name = "of",
           .value = "EXPR",
           .help = "taylor: expand this smooth function in place of --function, which the error "
                   "is still about; cryptodl: a smooth step in place of sigmoid(x)"},
          {.name = "centre", .value = "NUMBER", .help = "taylor: the point; default 0"},
          {.name = "density",
           .value = "EXPR|FILE",
           .help =
               "least-squares, variance, share: how often each x is met, up to a factor: an "
               "expression, or a file of samples or of a histogram, lines 'a b count' (recorded "
               "as the expression that it is taken for); cryptodl: in place of "
               "exp(-1/(1e-5 + (x/b)^8))"},
          {.name = "noise",
           .value = "NUMBER",
           .help = "variance: the standard deviation of the noise of each T_k, as 2^-20"},
          {.name = "tolerance",
           .value = "NUMBER",
           .help = "share: the error that is to be kept to on as much as can be"},
          {.name = "data",
           .value = "FILE",
           .help = "least-squares: a text file of numbers, the x that are met, in place of every "
                   "x of the domain",
           .recording = Recording::file_name},
          {.name = "polynomial", .value = "EXPR", .help = "given: as x^2/8 + x/2 + 1/4"},
          {.name = "coefficients",
           .value = "LIST|FILE",
           .help = "given: a table in place of --polynomial, lowest degree first: '0.25, 0.5, "
                   "0.125', or a file: CSV, JSON, or an array of C or Python as it stands in a "
                   "paper's code",
           .recording = Recording::verbatim},
          {.name = "basis",
           .value = "BASIS",
           .help = "of --coefficients: chebyshev (T_0, T_1, ... on --on) or powers (1, x, x^2, "
                   "...; with --on of what maps it to [-1, 1])",
           .choices = {"chebyshev", "powers"}},
          {.name = "halved",
           .value = "",
           .help = "of --basis chebyshev: the first coefficient counts half, as in OpenFHE and "
                   "most papers",
           .arity = Arity::flag},
          {.name = "on",
           .value = "[a,b]",
           .help = "the interval of the basis; default: from the lowest to the highest end of "
                   "--domain"},
          {.name = "relative",
           .value = "",
           .help = "given: the error is relative to the function, which does not vanish",
           .arity = Arity::flag},
          {.name = "weight",
           .value = "EXPR",
           .help = "given: the error is multiplied by this expression, positive on the domain",
           .recording = Recording::verbatim},
          {.name = "find-domain",
           .value = "TOLERANCE",
           .help = "given: of the intervals that contain --domain the largest on which the error "
                   "keeps to this; proved, with the places where it exceeds it"}}};
  row.options.insert(row.options.end(), plan.begin(), plan.end());
  return row;
}

}  // namespace equiripple
