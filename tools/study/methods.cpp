// Every header of the list with the backend of arrays.
#include "tools/study/methods.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "emit/failure.hpp"
#include "study_methods.hpp"
#include "tools/study/array_backend.hpp"

namespace equiripple::study {

double approximated_range() { return range; }

const std::vector<Method>& all_methods() {
  static const std::vector<Method> methods = [] {
    std::vector<Method> found;
    for_each_method([&](const MethodFacts& facts, auto plan) {
      using Plan = decltype(plan);
      found.push_back({facts, Plan::levels, Plan::key_switches, evaluate_all<Plan>});
    });
    return found;
  }();
  return methods;
}

std::vector<Method> methods_named(const std::string& names) {
  std::vector<std::string> words;
  std::istringstream stream(names);
  for (std::string word; std::getline(stream, word, ',');) words.push_back(word);
  const auto& all = all_methods();
  for (const std::string& word : words) {
    if (std::ranges::any_of(all, [&](const Method& m) { return word == m.facts.name; })) continue;
    std::string known;
    for (const Method& method : all) known += fmt::format(" {}", method.facts.name);
    wrong_word("--only", fmt::format(": there is no method '{}'; known:{}", word, known));
  }
  std::vector<Method> chosen;
  std::ranges::copy_if(all, std::back_inserter(chosen), [&](const Method& method) {
    return words.empty() || std::ranges::find(words, method.facts.name) != words.end();
  });
  return chosen;
}

double largest_error(const Method& method) {
  constexpr int points = 20'001;  // chosen: finer than the narrowest gap of sign in the list
  const Eigen::ArrayXd x = Eigen::ArrayXd::LinSpaced(points, -range, range);
  return (method.evaluate(x) - x.max(0)).abs().maxCoeff();
}

}  // namespace equiripple::study
