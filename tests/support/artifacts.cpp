// Through the same pipeline as the tool.
#include "tests/support/artifacts.hpp"

#include "emit/make/polynomial.hpp"
#include "emit/make/sign.hpp"
#include "tests/support/problems.hpp"

namespace equiripple::test {

Artifact polynomial_artifact(const std::string& text, const std::string& domain_text, int degree) {
  const MinimaxRequest request = problem(text, domain_text, degree);
  PolynomialRequest posed;  // apart: GCC 12 takes a member of a temporary for uninitialised
  posed.problem = request;
  posed.degree = degree;
  return required(make_polynomial(posed,
                                  {.name = "polynomial",
                                   .request = {.command = "minimax",
                                               .options = {{"function", {request.target.text()}},
                                                           {"domain", {domain_text}},
                                                           {"degree", {std::to_string(degree)}}}}}))
      .artifact;
}

Artifact sign_artifact(Kind kind, const std::vector<int>& degrees, const std::string& gap,
                       const std::string& range) {
  SignRequest request{.kind = kind, .degrees = degrees, .gap = {}, .margin = {}, .error = {}};
  if (!gap.empty()) request.gap = number(gap);
  request.range = number(range);
  return required(make_sign(request, {.name = std::string("my_") + name_of(kind),
                                      .request = {.command = name_of(kind), .options = {}}}));
}

}  // namespace equiripple::test
