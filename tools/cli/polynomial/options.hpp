// What is asked of one polynomial, its degree or its error, how its coefficients are stored and how
// sharply it is proved: options that several commands share.
#pragma once

#include <string>

#include "tools/cli/output.hpp"
#include "tools/cli/pipeline.hpp"

namespace equiripple {

class Command;

struct PolynomialOptions {
  std::string degree;
  std::string error;
  std::string coefficient_bits = "53";
  std::string coefficient_unit;
  std::string tightness;
};

void add_polynomial_options(const Command& command, PolynomialOptions& options);

/// request.plan comes first: a budget of levels can stand for a degree. Fails with wrong_request.
void apply(const PolynomialOptions& options, const OutputOptions& output,
           PolynomialRequest& request);

/// What was asked for, where it is not the default.
void record(const PolynomialOptions& options, RequestRecord& request);

}  // namespace equiripple
