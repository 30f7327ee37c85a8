// Each word by itself, then what does not go together.
#include "tools/cli/approximate/options.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "generator/classical/classical.hpp"
#include "tools/cli/approximate/samples.hpp"
#include "tools/cli/failure.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/polynomial/problem.hpp"
#include "tools/cli/words.hpp"

namespace equiripple {
namespace {

ClassicalMethod method_word(const std::string& word) {
  if (const auto method = classical_method_named(word)) return *method;
  wrong_request(fmt::format(
      "--method {}: must be least-squares, chebyshev, taylor, cryptodl, securedl or given",
      shown(word)));
}

// Each option with the methods that take it.
void check_options(ClassicalMethod method, const ApproximateOptions& options) {
  using enum ClassicalMethod;
  const auto only_for = [&](const char* flag, const std::string& word,
                            std::initializer_list<ClassicalMethod> takers) {
    const bool takes = std::ranges::find(takers, method) != takers.end();
    if (word.empty() || takes) return;
    std::string names;
    for (const ClassicalMethod taker : takers) {
      names += (names.empty() ? "" : ", ") + std::string(name_of(taker));
    }
    wrong_request(fmt::format("{}: only with --method {}", flag, names));
  };
  only_for("--of", options.of, {taylor, cryptodl});
  only_for("--centre", options.centre, {taylor});
  only_for("--density", options.density, {least_squares, cryptodl});
  only_for("--data", options.data, {least_squares});
  if (!options.data.empty() && !options.density.empty()) {
    wrong_request("--density and --data: give one of them");
  }
  only_for("--polynomial", options.polynomial, {given});
  only_for("--error", options.error, {securedl});
  only_for("--degree", options.degree, {least_squares, chebyshev, taylor, cryptodl, securedl});
  const auto needs = [&](const char* flag, const std::string& word, bool needed) {
    if (!needed || !word.empty()) return;
    wrong_request(fmt::format("--method {}: {} is required", name_of(method), flag));
  };
  needs("--polynomial", options.polynomial, method == given);
  needs("--error", options.error, method == securedl);
  needs("--degree", options.degree, method != given && method != securedl);
  const bool takes_union = method == least_squares || method == given;
  if (options.domain.size() > 1 && !takes_union) {
    wrong_request(fmt::format("--domain: --method {} takes one interval", name_of(method)));
  }
}

std::vector<Rational> polynomial_word(const std::string& word) {
  auto powers =
      polynomial_coefficients(function_word("--polynomial", word), highest_classical_degree);
  if (powers.empty()) {
    wrong_request(fmt::format(
        "--polynomial {}: must be a polynomial in x with rational coefficients, of degree at most "
        "{}",
        shown(word), highest_classical_degree));
  }
  return powers;
}

// What stands in the place of ReLU has to be a function on its domain as well.
Expression function_of(const std::string& flag, const std::string& word, const Domain& domain,
                       std::vector<Rational>& kinks) {
  const MinimaxRequest checked = problem_of(function_word(flag, word), {}, domain);
  kinks.insert(kinks.end(), checked.kinks.begin(), checked.kinks.end());
  std::ranges::sort(kinks);
  return checked.target;
}

}  // namespace

ApproximationRequest approximation_request(const ApproximateOptions& options) {
  ApproximationRequest request;
  request.method = method_word(options.method);
  check_options(request.method, options);
  request.problem = problem_of(function_word("--function", options.function), {},
                               domain_words("--domain", options.domain));
  const Domain& domain = request.problem.domain;
  request.density_kinks = request.problem.kinks;
  if (!options.of.empty()) {
    request.of = function_of("--of", options.of, domain, request.density_kinks);
  }
  std::string density = options.density;
  if (request.method == ClassicalMethod::cryptodl) {
    if (!is_symmetric(domain)) {
      wrong_request(
          fmt::format("--domain '{}': --method cryptodl takes [-b,b]", options.domain.front()));
    }
    if (!request.of) request.of = function_word("--of", "sigmoid(x)");
    if (density.empty()) density = cryptodl_density(domain.front().upper);
  }
  if (!density.empty()) {
    request.density = function_of("--density", density, domain, request.density_kinks);
  }
  if (!options.data.empty()) request.points = samples_word("--data", options.data, domain);
  if (!options.centre.empty()) request.centre = number_word("--centre", options.centre);
  if (!options.degree.empty()) {
    const int lowest = request.method == ClassicalMethod::cryptodl ? 1 : 0;
    request.degree = whole_word("--degree", options.degree, lowest, highest_classical_degree);
  }
  if (!options.error.empty()) {
    request.error = number_word("--error", options.error);
    if (*request.error <= 0) {
      wrong_request(fmt::format("--error '{}': must be above 0", options.error));
    }
  }
  if (!options.polynomial.empty()) request.powers = polynomial_word(options.polynomial);
  request.plan = plan_settings(options.plan);
  return request;
}

void record(const ApproximateOptions& options, RequestRecord& request) {
  const auto keep = [&](const char* flag, const std::string& word) {
    if (!word.empty()) request.options.push_back({flag, {tidy(word)}});
  };
  keep("method", options.method);
  request.options.push_back({"function", {options.function}});
  RequestOption domain{.name = "domain", .values = {}};
  for (const std::string& word : options.domain) domain.values.push_back(tidy(word));
  request.options.push_back(domain);
  keep("degree", options.degree);
  keep("error", options.error);
  keep("of", options.of);
  keep("centre", options.centre);
  keep("density", options.density);
  if (!options.data.empty()) keep("data", file_name_of(options.data));
  keep("polynomial", options.polynomial);
  record(options.plan, request);
}

}  // namespace equiripple
