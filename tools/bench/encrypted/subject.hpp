// What is evaluated: the polynomials of emitted headers, for our runtime and, as coefficient
// vectors on [-1, 1], for the others.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <vector>

#include "relu_15_15_27.hpp"
#include "relu_7_7.hpp"
#include "sign_d15.hpp"
#include "sign_d27.hpp"
#include "sign_d31.hpp"
#include "sign_d63.hpp"
#include "sign_d7.hpp"

namespace equiripple::bench {

/// Chebyshev coefficients on [-1, 1], c[0] whole, the first stage first. Each stage but the last is
/// divided by the half width of the next, so that no change of interval is left to the evaluation.
struct Subject {
  std::string name;
  std::vector<std::vector<double>> stages;
  bool times_x = false;  // x times the last stage
};

template <std::size_t size>
std::vector<double> scaled(const std::array<double, size>& coefficients, double factor) {
  std::vector<double> result(coefficients.begin(), coefficients.end());
  for (double& c : result) c *= factor;
  return result;
}

// (1 + P) / 2: what ReLU multiplies x with.
template <std::size_t size>
std::vector<double> stepped(const std::array<double, size>& coefficients) {
  std::vector<double> result = scaled(coefficients, 0.5);
  result[0] += 0.5;
  return result;
}

/// Calls visit(subject, type of the plan) for each.
template <class Visit>
void for_each_subject(const Visit& visit) {
  visit(Subject{"sign, degree 7", {scaled(sign_d7::coefficients_1, 1)}}, sign_d7::Plan());
  visit(Subject{"sign, degree 15", {scaled(sign_d15::coefficients_1, 1)}}, sign_d15::Plan());
  visit(Subject{"sign, degree 27", {scaled(sign_d27::coefficients_1, 1)}}, sign_d27::Plan());
  visit(Subject{"sign, degree 31", {scaled(sign_d31::coefficients_1, 1)}}, sign_d31::Plan());
  visit(Subject{"sign, degree 63", {scaled(sign_d63::coefficients_1, 1)}}, sign_d63::Plan());
  visit(Subject{"ReLU {7,7}",
                {scaled(relu_7_7::coefficients_1, 1 / relu_7_7::basis_2[1]),
                 stepped(relu_7_7::coefficients_2)},
                true},
        relu_7_7::Plan());
  visit(Subject{"ReLU {15,15,27}",
                {scaled(relu_15_15_27::coefficients_1, 1 / relu_15_15_27::basis_2[1]),
                 scaled(relu_15_15_27::coefficients_2, 1 / relu_15_15_27::basis_3[1]),
                 stepped(relu_15_15_27::coefficients_3)},
                true},
        relu_15_15_27::Plan());
}

}  // namespace equiripple::bench
