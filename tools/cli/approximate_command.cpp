// equiripple approximate
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "generator/classical/classical.hpp"
#include "tools/cli/approximate.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/failure.hpp"
#include "tools/cli/plan_options.hpp"
#include "tools/cli/problem.hpp"
#include "tools/cli/words.hpp"

namespace equiripple {
namespace {

struct ApproximateOptions {
  std::string method;
  std::string function;
  std::vector<std::string> domain;
  std::string degree;
  std::string error;
  std::string of;
  std::string centre;
  std::string density;
  std::string polynomial;
  PlanOptions plan;
  OutputOptions output;
};

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

void run_approximate(const ApproximateOptions& options) {
  const ApproximationRequest request = approximation_request(options);
  Identity identity{.name = checked_name(options.output, request.degree.value_or(0)),
                    .request = {.command = "approximate", .options = {}}};
  auto& record = identity.request.options;
  const auto keep = [&](const char* flag, const std::string& word) {
    if (!word.empty()) record.push_back({flag, {tidy(word)}});
  };
  keep("method", options.method);
  record.push_back({"function", {request.problem.target.text()}});
  RequestOption domain{.name = "domain", .values = {}};
  for (const std::string& word : options.domain) domain.values.push_back(tidy(word));
  record.push_back(domain);
  keep("degree", options.degree);
  keep("error", options.error);
  keep("of", options.of);
  keep("centre", options.centre);
  keep("density", options.density);
  keep("polynomial", options.polynomial);
  equiripple::record(options.plan, identity.request);
  deliver(make_approximation(request, identity), options.output);
}

}  // namespace

void add_approximate_command(CLI::App& app, std::function<void()>& chosen) {
  auto options = std::make_shared<ApproximateOptions>();
  CLI::App* command = app.add_subcommand(
      "approximate", "a polynomial by another method than minimax, or a given one, proved alike");
  command
      ->add_option("--method", options->method,
                   "least-squares (the integral of the squared error is smallest), chebyshev "
                   "(interpolation at Chebyshev's points), taylor, cryptodl (the integral of a "
                   "weighted least-squares fit of the derivative), securedl (least squares of "
                   "rising degree until --error holds at 1001 points), given")
      ->type_name("METHOD")
      ->required();
  command
      ->add_option("--function", options->function,
                   "what the polynomial stands for and the error is about: an expression in x")
      ->type_name("EXPR")
      ->required();
  command->add_option("--domain", options->domain, "an interval; least-squares and given: or more")
      ->type_name("[a,b]")
      ->required()
      ->expected(1)
      ->allow_extra_args(false)
      ->take_all();
  command
      ->add_option("--degree", options->degree,
                   fmt::format("the highest power, up to {}; securedl: the last to be tried",
                               highest_classical_degree))
      ->type_name("N");
  command->add_option("--error", options->error, "securedl: the error to be kept at the points")
      ->type_name("NUMBER");
  command
      ->add_option("--of", options->of,
                   "taylor: expand this smooth function in place of --function, which the error is "
                   "still about; cryptodl: a smooth step in place of sigmoid(x)")
      ->type_name("EXPR");
  command->add_option("--centre", options->centre, "taylor: the point; default 0")
      ->type_name("NUMBER");
  command
      ->add_option("--density", options->density,
                   "least-squares: how often each x is met, up to a factor; cryptodl: in place of "
                   "exp(-1/(1e-5 + (x/b)^8))")
      ->type_name("EXPR");
  command->add_option("--polynomial", options->polynomial, "given: as x^2/8 + x/2 + 1/4")
      ->type_name("EXPR");
  add_plan_options(*command, options->plan);
  add_output_options(*command, options->output);
  command->footer(
      "Examples:\n"
      "  equiripple approximate --method given --function 'relu(x)' --domain '[-8,8]' \\\n"
      "      --polynomial 'x^2/8 + x/2 + 1/4'\n"
      "  equiripple approximate --method least-squares --function 'relu(x)' --domain '[-8,8]' \\\n"
      "      --degree 4 --density 'exp(-x^2/2)'\n"
      "  equiripple approximate --method taylor --of 'softplus(x)' --function 'relu(x)' \\\n"
      "      --domain '[-2,2]' --degree 4\n"
      "  equiripple approximate --method cryptodl --function 'relu(x)' --domain '[-50,50]' \\\n"
      "      --degree 4 -o cryptodl.hpp\n");
  command->callback([options, &chosen] { chosen = [options] { run_approximate(*options); }; });
}

}  // namespace equiripple
