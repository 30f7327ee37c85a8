// Conditions that contradict each other, or the degree, are named here: past this file there is a
// polynomial that keeps them.
#include "emit/request/condition_words.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "emit/describe.hpp"
#include "emit/failure.hpp"
#include "emit/request/problem.hpp"
#include "emit/request/words.hpp"
#include "generator/constraint/absent_powers.hpp"
#include "generator/constraint/affine_class.hpp"
#include "generator/constraint/zeros.hpp"

namespace equiripple {
namespace {

constexpr int most_conditions = 2048;  // numbers in all; chosen: half of the highest degree

PointCondition condition_word(const std::string& word) {
  const std::vector<std::string> parts = parts_of(word);
  if (parts.size() < 2) {
    wrong_word(
        "--through",
        fmt::format(" {}: must be a point and a value, 'X,Y', and then derivatives, 'X,Y,D,...'",
                    shown(word)));
  }
  PointCondition condition{.at = number_word("--through", parts.front()), .values = {}};
  for (std::size_t i = 1; i < parts.size(); ++i) {
    condition.values.push_back(number_word("--through", parts[i]));
  }
  return condition;
}

void require_near(const std::string& word, const Rational& at, const Domain& domain) {
  constexpr int furthest = 2;  // chosen: of the hull; a polynomial of degree 100 is 2^170 there
  const Interval whole = hull(domain);
  const Rational centre = (whole.lower + whole.upper) / 2;
  if (abs(at - centre) <= furthest * (whole.upper - whole.lower) / 2) return;
  wrong_word("--through",
             fmt::format(" {}: is too far from the domain, {}", shown(word), domain_text(domain)));
}

std::vector<PointCondition> through_words(const GivenOptions& given, const Domain& domain) {
  std::vector<PointCondition> through;
  std::size_t count = 0;
  for (const std::string& word : given.all("through")) {
    through.push_back(condition_word(word));
    require_near(word, through.back().at, domain);
    count += through.back().values.size();
    for (std::size_t i = 0; i + 1 < through.size(); ++i) {
      if (through[i].at == through.back().at) {
        wrong_word("--through", fmt::format(" {}: the point is given twice; value and derivatives "
                                            "stand in one word, 'X,Y,D,...'",
                                            shown(word)));
      }
    }
  }
  if (count > most_conditions) {
    wrong_word("--through", fmt::format(": at most {} values and derivatives", most_conditions));
  }
  return through;
}

// "1,3,5,7", "0,3,7".
struct Powers {
  std::vector<int> all;          // ascending
  Parity parity = Parity::none;  // of all of them, but of every one in a row

  int lowest() const { return all.front(); }
  int highest() const { return all.back(); }
};

Powers powers_word(const std::string& word) {
  Powers powers;
  for (const std::string& part : list_word("--powers", word)) {
    powers.all.push_back(whole_word("--powers", part, 0, highest_degree));
    if (powers.all.size() > 1 && powers.all.back() <= powers.all.end()[-2]) {
      wrong_word("--powers", fmt::format(" {}: must ascend, as 1,3,5,7", shown(word)));
    }
  }
  const bool is_of_parity =
      std::ranges::all_of(powers.all, [&](int power) { return power % 2 == powers.lowest() % 2; });
  if (is_of_parity) powers.parity = powers.lowest() % 2 == 1 ? Parity::odd : Parity::even;
  return powers;
}

// Between the lowest and the highest, of the parity of the class.
std::vector<int> absent_words(const std::string& word, const Powers& powers,
                              const PolynomialRequest& request) {
  // Chosen: up to x^13 or so there are coefficients of 53 bits in T_k without the absent powers, at
  // x^40 those have up to 2^-18 of their size, and far above the class is no longer to be seen.
  constexpr int highest_uneven = 40;
  std::vector<int> absent = absent_from(powers.all, request.problem.parity);
  if (absent.empty()) return absent;
  if (powers.highest() > highest_uneven) {
    wrong_word(
        "--powers",
        fmt::format(
            " {}: with gaps the highest is at most {}, since binary64 coefficients of T_k do "
            "not keep higher powers apart; without, every power or every second one from the "
            "lowest "
            "to the highest",
            shown(word), highest_uneven));
  }
  if (!request.problem.conditions.through.empty()) {
    wrong_word("--powers",
               fmt::format(" {}: stand with --through only where no power is left out, or every "
                           "second one of an odd or even function",
                           shown(word)));
  }
  return absent;
}

bool mirrors(const MinimaxRequest& problem, Parity parity) {
  return is_symmetric(problem.domain) && parity_of(problem.target) == parity &&
         parity_of(problem.weight) == Parity::even;
}

// The even or odd ones of the powers as a word; empty where there are none.
std::string only(Parity parity, const Powers& powers) {
  std::string word;
  for (const int power : powers.all) {
    if ((power % 2 == 1) != (parity == Parity::odd)) continue;
    word += fmt::format("{}{}", word.empty() ? "" : ",", power);
  }
  return word;
}

// The parity of the class. Of powers that are all odd or all even: on both sides of 0, or on one.
Parity parity_of_class(const std::string& word, const Powers& powers,
                       const MinimaxRequest& problem) {
  const bool is_right = problem.domain.front().lower >= 0;
  if (powers.parity != Parity::none && (is_right || mirrors(problem, powers.parity))) {
    return powers.parity;
  }
  const auto doubt = doubtful_neighbours(powers.all, problem.domain);
  if (!doubt) return Parity::none;
  std::string advice = "the domain must be on one side of 0";
  if (powers.parity != Parity::none) {
    advice += fmt::format(", or symmetric and the function {}", name_of(powers.parity));
  }
  for (const Parity parity : {Parity::even, Parity::odd}) {
    const std::string rest = only(parity, powers);
    if (mirrors(problem, parity) && !rest.empty()) {
      advice = fmt::format("the function is {}, and no other power helps: --powers {}",
                           name_of(parity), rest);
    }
  }
  wrong_word(
      "--powers",
      fmt::format(
          " {}: is no Haar space here, and the best polynomial need not be determined: x^{} - "
          "c x^{} may be 0 at two points, one on each side of 0, and between neighbours that are "
          "odd "
          "and even in turn none is; {}",
          shown(word), doubt->first, doubt->second, advice));
}

// Powers below the lowest are conditions at 0.
void apply_lowest(const std::string& word, int lowest, std::vector<PointCondition>& through) {
  if (lowest == 0) return;
  const std::vector<Rational> zeros(static_cast<std::size_t>(lowest));
  const auto at_zero =
      std::ranges::find_if(through, [](const PointCondition& c) { return c.at == 0; });
  if (at_zero == through.end()) {
    through.push_back({.at = 0, .values = zeros});
    return;
  }
  std::vector<Rational>& values = at_zero->values;
  for (std::size_t j = 0; j < std::min(values.size(), zeros.size()); ++j) {
    if (values[j] == 0) continue;
    wrong_word("--powers",
               fmt::format(" {}: what --through gives at 0 needs the power {}", shown(word), j));
  }
  values.resize(std::max(values.size(), zeros.size()), 0);
}

void require_class(const PolynomialRequest& request) {
  const MinimaxRequest& problem = request.problem;
  const Conditions& conditions = problem.conditions;
  const std::string kind =
      problem.parity == Parity::none ? "" : fmt::format(" {}", name_of(problem.parity));
  if (!completed(conditions.through, problem.parity)) {
    wrong_word("--through", fmt::format(": no{} polynomial has these values", kind));
  }
  const int highest = request.degree.value_or(highest_degree);
  if (affine_class(conditions, highest, problem.parity)) return;
  const auto lowest = lowest_degree(conditions, problem.parity, highest_degree);
  if (lowest && *lowest > highest) {
    wrong_word("--degree",
               fmt::format(" {}: no{} polynomial of that degree keeps the {} of "
                           "--through and --leading; degree {} does",
                           highest, kind, plural(count_of(conditions.through), "value"), *lowest));
  }
  wrong_word("--leading", fmt::format(": no{} polynomial of degree {} has it and keeps --through",
                                      kind, highest));
}

bool holds(const Domain& domain, const Rational& x) {
  return std::ranges::any_of(domain,
                             [&](const Interval& i) { return i.lower <= x && x <= i.upper; });
}

}  // namespace

std::vector<PointCondition> points_in_words(const GivenOptions& given, const Expression& function,
                                            const Domain& domain) {
  std::vector<PointCondition> through = through_words(given, domain);
  if (given.has("powers")) {
    apply_lowest(given.one("powers"), powers_word(given.one("powers")).lowest(), through);
  } else if (holds(domain, 0)) {
    const std::string& parity = given.one("parity");
    const bool is_odd = parity == "odd" || (parity == "auto" && is_symmetric(domain) &&
                                            parity_of(function) == Parity::odd);
    const bool is_known = std::ranges::any_of(through, [](const auto& c) { return c.at == 0; });
    if (is_odd && !is_known) through.push_back({.at = 0, .values = {0}});
  }
  std::erase_if(through, [&](const PointCondition& c) { return !holds(domain, c.at); });
  return through;
}

std::vector<PointCondition> zeros_in_words(const GivenOptions& given, const Expression& function,
                                           const Domain& domain) {
  std::vector<PointCondition> zeros = points_in_words(given, function, domain);
  // Only where the function is 0 as well is there anything to allow.
  std::erase_if(zeros, [&](const PointCondition& condition) {
    return condition.values.front() != 0 || !over_zeros(function, {condition});
  });
  return zeros;
}

void apply_conditions(const GivenOptions& given, PolynomialRequest& request) {
  MinimaxRequest& problem = request.problem;
  Conditions& conditions = problem.conditions;
  conditions.through = through_words(given, problem.domain);
  if (given.has("leading")) {
    conditions.leading = number_word("--leading", given.one("leading"));
    if (!request.degree && !given.has("powers")) {
      wrong_word("--leading", ": needs --degree, of which it is the coefficient");
    }
  }
  std::string parity = given.one("parity");
  if (given.has("powers")) {
    const std::string& word = given.one("powers");
    const Powers powers = powers_word(word);
    if (request.degree && *request.degree != powers.highest()) {
      wrong_word("--powers",
                 fmt::format(" {}: the highest is not --degree {}", shown(word), *request.degree));
    }
    if (parity != "auto" && parity != name_of(powers.parity)) {
      wrong_word("--powers", fmt::format(" {}: are not those of --parity {}", shown(word), parity));
    }
    problem.parity = parity_of_class(word, powers, problem);
    request.degree = powers.highest();
    conditions.absent = absent_words(word, powers, request);
    apply_lowest(word, powers.lowest(), conditions.through);
  } else {
    problem.parity = parity_of_problem(parity, problem);
    if (parity == "auto" && !suit(conditions, request.degree.value_or(0), problem.parity)) {
      problem.parity = Parity::none;
    }
  }
  // An odd polynomial is 0 with the function: a condition, where the error is relative.
  const bool is_known =
      std::ranges::any_of(conditions.through, [](const auto& c) { return c.at == 0; });
  if (problem.is_relative && problem.parity == Parity::odd && !is_known &&
      holds(problem.domain, 0)) {
    conditions.through.push_back({.at = 0, .values = {0}});
  }
  if (!conditions.empty()) require_class(request);
}

}  // namespace equiripple
