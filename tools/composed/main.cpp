// Evaluates a program on ciphertexts of a library, for the page of composed functions:
//
//   equiripple-values seal|openfhe PROGRAM [--ring 14] [--scale 50] < inputs > values
//
// PROGRAM is what `equiripple emit --target program` writes. A line of the inputs is a number, or
// two for a program of two inputs; the values have 17 digits.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <optional>
#include <sstream>
#include <string>

#include "tools/composed/values.hpp"

namespace {

using equiripple::CiphertextValues;

std::optional<std::vector<double>> values_on(const std::string& library,
                                             [[maybe_unused]] const equiripple::Program& program,
                                             [[maybe_unused]] const CiphertextValues& request) {
#ifdef EQUIRIPPLE_HAS_SEAL
  if (library == "seal") return equiripple::values_on_seal(program, request);
#endif
#ifdef EQUIRIPPLE_HAS_OPENFHE
  if (library == "openfhe") return equiripple::values_on_openfhe(program, request);
#endif
  return std::nullopt;
}

void read_inputs(std::istream& stream, CiphertextValues& request) {
  for (std::string line; std::getline(stream, line);) {
    std::istringstream numbers(line);
    double x = 0;
    double second = 0;
    if (!(numbers >> x)) continue;
    request.inputs.push_back(x);
    if (numbers >> second) request.seconds.push_back(second);
  }
}

}  // namespace

int main(int argc, char** argv) {
  std::string library;
  std::string file;
  CiphertextValues request;
  CLI::App app("Evaluates a program on ciphertexts");
  app.add_option("LIBRARY", library, "seal or openfhe")
      ->check(CLI::IsMember({"seal", "openfhe"}))
      ->required();
  app.add_option("PROGRAM", file, "of equiripple emit --target program")->required();
  app.add_option("--ring", request.log2_ring, "log2 of the ring dimension")
      ->check(CLI::Range(12, 17));
  app.add_option("--scale", request.log2_scale, "bits of the primes")->check(CLI::Range(30, 55));
  CLI11_PARSE(app, argc, argv);
  read_inputs(std::cin, request);
  std::ifstream stream(file);
  if (!stream || request.inputs.empty() ||
      request.inputs.size() > std::size_t{1} << (request.log2_ring - 1)) {
    fmt::print(stderr, "{}: not readable, or no inputs, or more than slots\n", file);
    return 2;
  }
  const auto values = values_on(library, equiripple::read_program(stream), request);
  if (!values) {
    fmt::print(stderr, "this build did not find {}\n", library);
    return 3;
  }
  for (const double value : *values) fmt::print("{:.17g}\n", value);
  return 0;
}
