// The activations: ReLU, and what the list of methods puts in its place.
#pragma once

#include <Eigen/Core>
#include <functional>
#include <string>
#include <vector>

#include "tools/study/method_facts.hpp"

namespace equiripple::study {

struct Method {
  MethodFacts facts;
  int levels = 0;  // of the plan, for ciphertexts
  int key_switches = 0;
  std::function<Eigen::ArrayXd(const Eigen::ArrayXd&)> evaluate;
};

/// The activations are approximated on [-range, range].
[[nodiscard]] double approximated_range();

/// As listed in methods.cmake.
[[nodiscard]] const std::vector<Method>& all_methods();

/// Those that `names` ("square,composite_5") name, in the order of the list; all where it is empty.
/// Throws Failure at a name that is none.
[[nodiscard]] std::vector<Method> methods_named(const std::string& names);

/// The largest distance from ReLU on [-range, range], at points of a grid.
[[nodiscard]] double largest_error(const Method& method);

}  // namespace equiripple::study
