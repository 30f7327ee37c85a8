// Each word by itself, then what does not go together.
#include "emit/request/approximate_words.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <array>
#include <utility>

#include "emit/failure.hpp"
#include "emit/request/coefficients.hpp"
#include "emit/request/plan_words.hpp"
#include "emit/request/problem.hpp"
#include "emit/request/samples.hpp"
#include "emit/request/words.hpp"
#include "generator/classical/classical.hpp"
#include "generator/classical/widest_share.hpp"
#include "generator/function/power_form.hpp"

namespace equiripple {
namespace {

constexpr std::array<std::pair<ClassicalMethod, const char*>, 8> methods = {{
    {ClassicalMethod::least_squares, "least-squares"},
    {ClassicalMethod::chebyshev, "chebyshev"},
    {ClassicalMethod::taylor, "taylor"},
    {ClassicalMethod::cryptodl, "cryptodl"},
    {ClassicalMethod::securedl, "securedl"},
    {ClassicalMethod::given, "given"},
    {ClassicalMethod::variance, "variance"},
    {ClassicalMethod::share, "share"},
}};

// A polynomial is given in one of two ways; the rest says what a table means.
void check_table_options(const GivenOptions& words) {
  const bool has_table = words.has("coefficients");
  if (words.one("method") == name_of(ClassicalMethod::given) &&
      has_table == words.has("polynomial")) {
    if (has_table) wrong_word("--polynomial", " and --coefficients: give one of them");
    wrong_word("--method", " given: --polynomial or --coefficients is required");
  }
  for (const std::string option : {"basis", "halved", "on"}) {
    if (words.has(option) && !has_table) {
      wrong_word("--" + option, ": only with --coefficients");
    }
  }
  if (!has_table) return;
  if (!words.has("basis")) {
    wrong_word("--coefficients",
               ": --basis is required: chebyshev for T_0, T_1, ..., powers for 1, x, ...");
  }
  if (words.has("halved") && words.one("basis") != "chebyshev") {
    wrong_word("--halved", ": only with --basis chebyshev");
  }
}

// Each option with the methods that take it.
void check_options(ClassicalMethod method, const GivenOptions& words) {
  using enum ClassicalMethod;
  const auto only_for = [&](const std::string& option,
                            std::initializer_list<ClassicalMethod> takers) {
    const bool takes = std::ranges::find(takers, method) != takers.end();
    if (!words.has(option) || takes) return;
    std::string names;
    for (const ClassicalMethod taker : takers) {
      names += (names.empty() ? "" : ", ") + std::string(name_of(taker));
    }
    wrong_word("--" + option, fmt::format(": only with --method {}", names));
  };
  only_for("of", {taylor, cryptodl});
  only_for("centre", {taylor});
  only_for("density", {least_squares, cryptodl, variance, share});
  only_for("noise", {variance});
  only_for("tolerance", {share});
  only_for("data", {least_squares});
  if (words.has("data") && words.has("density")) {
    wrong_word("--density", " and --data: give one of them");
  }
  for (const char* option : {"polynomial", "coefficients", "basis", "halved", "on", "relative",
                             "weight", "find-domain"}) {
    only_for(option, {given});
  }
  only_for("error", {securedl, share});
  only_for("degree", {least_squares, chebyshev, taylor, cryptodl, securedl, variance, share});
  const auto needs = [&](const std::string& option, bool needed) {
    if (!needed || words.has(option)) return;
    wrong_word("--method", fmt::format(" {}: --{} is required", name_of(method), option));
  };
  check_table_options(words);
  needs("error", method == securedl);
  needs("noise", method == variance);
  needs("tolerance", method == share);
  if (method == share && !words.has("degree") && !words.has("max-levels")) {
    wrong_word("--method", " share: --degree or --max-levels is required");
  }
  needs("degree", method != given && method != securedl && method != share);
  const bool takes_union =
      method == least_squares || method == given || method == variance || method == share;
  if (words.all("domain").size() > 1 && !takes_union) {
    wrong_word("--domain", fmt::format(": --method {} takes one interval", name_of(method)));
  }
}

// Whether what is left before the squarings is of a degree that is known.
bool is_squared_power(const Expression& polynomial) {
  const auto form = power_form(polynomial, highest_classical_degree);
  if (!form) return false;
  long left = form->exponent;
  for (int i = 0; i < most_given_squarings && left % 2 == 0; ++i) left /= 2;
  return left * static_cast<long>(form->base.size() - 1) <= highest_classical_degree;
}

std::vector<Rational> polynomial_word(const std::string& word) {
  auto powers =
      polynomial_coefficients(function_word("--polynomial", word), highest_classical_degree);
  if (powers.empty() && !is_squared_power(function_word("--polynomial", word))) {
    wrong_word(
        "--polynomial",
        fmt::format(" {}: must be a polynomial in x with rational coefficients, of degree at most "
                    "{}",
                    shown(word), highest_classical_degree));
  }
  return powers;
}

CoefficientList listed(const GivenOptions& words) {
  const std::string& word = words.one("coefficients");
  if (is_coefficient_list(word)) return parse_coefficients(word);
  const auto file = words.file("coefficients");
  if (!file) {  // a record holds the numbers
    wrong_word("--coefficients", fmt::format(" {}: is no list of numbers", shown(word)));
  }
  return parse_coefficients(file->text, file->name);
}

Rational tolerance_word(const GivenOptions& words, const Domain& domain) {
  const std::string& word = words.one("find-domain");
  const Rational tolerance = number_word("--find-domain", word);
  if (tolerance <= 0) wrong_word("--find-domain", fmt::format(" {}: must be above 0", shown(word)));
  if (domain.size() > 1) {
    wrong_word("--find-domain", ": takes one --domain, an interval that it widens");
  }
  return tolerance;
}

ChebyshevSeries table_of(const GivenOptions& words, const Domain& domain,
                         std::vector<Rational> values) {
  Interval on = hull(domain);
  if (words.has("on")) on = domain_words("--on", {words.one("on")}).front();
  while (values.size() > 1 && values.back() == 0) values.pop_back();
  if (words.one("basis") == "chebyshev") {
    if (words.has("halved")) values.front() /= 2;
    return {.basis = on, .coefficients = std::move(values)};
  }
  if (!words.has("on")) return from_powers(values, on);
  ChebyshevSeries series = from_powers(values, {-1, 1});
  series.basis = on;
  series.parity = Parity::none;
  return series;
}

Rational noise_word(const GivenOptions& words) {
  const std::string& word = words.one("noise");
  const Rational noise = number_word("--noise", word);
  if (noise < power_of_two(least_noise_log2) || noise > power_of_two(largest_noise_log2)) {
    wrong_word("--noise", fmt::format(" {}: must be from 2^{} to 2^{}, a standard deviation",
                                      shown(word), least_noise_log2, largest_noise_log2));
  }
  return noise;
}

// Without a degree the highest that the levels allow. Small tolerances on most of a domain take
// large coefficients: a plan for them is not refused for that.
void pose_share(const GivenOptions& words, ApproximationRequest& request) {
  constexpr int usual_growth_log2 = 12;  // chosen: above what useful shares were seen to take
  const std::string& word = words.one("tolerance");
  request.within = number_word("--tolerance", word);
  if (*request.within <= 0) {
    wrong_word("--tolerance", fmt::format(" {}: must be above 0", shown(word)));
  }
  if (request.error && *request.error <= *request.within) {
    wrong_word("--error", fmt::format(" {}: must be above --tolerance {}",
                                      shown(words.one("error")), shown(word)));
  }
  if (!request.degree) {
    int degree = 1;
    for (int level = 0; level < *request.plan.max_levels && 2 * degree <= highest_share_degree;
         ++level) {
      degree *= 2;  // which absorbs its leading coefficient
    }
    request.degree = request.plan.absorb ? degree : degree - 1;
  }
  if (*request.degree > highest_share_degree) {
    wrong_word("--degree", fmt::format(" {}: of --method share at most {}", *request.degree,
                                       highest_share_degree));
  }
  if (!words.has("max-growth")) request.plan.growth_limit = power_of_two(usual_growth_log2);
}

// What stands in the place of ReLU has to be a function on its domain as well.
Expression function_of(const std::string& flag, const std::string& word, const Domain& domain,
                       std::vector<Rational>& kinks) {
  const MinimaxRequest checked = required(problem_of(function_word(flag, word), {}, domain));
  kinks.insert(kinks.end(), checked.kinks.begin(), checked.kinks.end());
  std::ranges::sort(kinks);
  return checked.target;
}

}  // namespace

const char* name_of(ClassicalMethod method) {
  for (const auto& [known, name] : methods) {
    if (known == method) return name;
  }
  return "";
}

std::optional<ClassicalMethod> classical_method_named(const std::string& name) {
  for (const auto& [method, known] : methods) {
    if (name == known) return method;
  }
  return std::nullopt;
}

std::string cryptodl_density(const Rational& end) {
  return fmt::format("exp(-1/(1e-5 + (x/({}))^8))", end.str());
}

ApproximationRequest approximation_request(const GivenOptions& words) {
  ApproximationRequest request;
  request.method = classical_method_named(words.one("method")).value();
  check_options(request.method, words);
  if (!words.has("domain")) wrong_word("--domain", " is required");
  request.weight = {.expression = words.one("weight"), .relative = words.has("relative")};
  request.metric = metric_of(request.weight);
  request.problem =
      required(problem_of(function_word("--function", words.one("function")), request.weight,
                          domain_words("--domain", words.all("domain"))));
  const Domain& domain = request.problem.domain;
  request.density_kinks = request.problem.kinks;
  if (words.has("of")) {
    request.of = function_of("--of", words.one("of"), domain, request.density_kinks);
  }
  request.density_words = density_words(words, domain);
  std::string density = request.density_words ? request.density_words->words : std::string();
  if (request.method == ClassicalMethod::cryptodl) {
    if (!is_symmetric(domain)) {
      wrong_word("--domain",
                 fmt::format(" '{}': --method cryptodl takes [-b,b]", words.all("domain").front()));
    }
    if (!request.of) request.of = function_word("--of", "sigmoid(x)");
    if (density.empty()) density = cryptodl_density(domain.front().upper);
  }
  if (!density.empty()) {
    request.density = function_of("--density", density, domain, request.density_kinks);
    require_not_negative(*request.density, domain);
  }
  if (const auto file = words.file("data")) request.points = samples_in("--data", *file, domain);
  if (words.has("centre")) request.centre = number_word("--centre", words.one("centre"));
  if (words.has("degree")) {
    const int lowest = request.method == ClassicalMethod::cryptodl ? 1 : 0;
    request.degree = whole_word("--degree", words.one("degree"), lowest, highest_classical_degree);
  }
  if (words.has("error")) {
    request.error = number_word("--error", words.one("error"));
    if (*request.error <= 0) {
      wrong_word("--error", fmt::format(" '{}': must be above 0", words.one("error")));
    }
  }
  if (words.has("polynomial")) {
    request.polynomial = function_word("--polynomial", words.one("polynomial"));
    request.powers = polynomial_word(words.one("polynomial"));
  }
  if (words.has("coefficients")) {
    CoefficientList list = listed(words);
    request.table = table_of(words, domain, std::move(list.values));
    request.table_words = fmt::format("{}", fmt::join(list.words, ","));
  }
  if (words.has("find-domain")) {
    request.tolerance = tolerance_word(words, domain);
    if (!request.table && request.powers.empty()) {
      wrong_word("--find-domain", fmt::format(": takes a polynomial of degree at most {}",
                                              highest_classical_degree));
    }
  }
  request.plan = plan_settings(words);
  if (request.method == ClassicalMethod::variance) request.noise = noise_word(words);
  if (request.method == ClassicalMethod::share) pose_share(words, request);
  return request;
}

}  // namespace equiripple
