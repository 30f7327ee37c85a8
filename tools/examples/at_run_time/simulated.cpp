// On simulated ciphertexts: levels, scales and noise as CKKS has them, without cryptography.
#include <equiripple/simulated.hpp>

#include "made_relu.hpp"

int main() {
  const std::vector<double> data = measured_data(1000);
  const equiripple::library::Function relu = made_relu(data, "9");
  const auto program = equiripple::Program::parse(relu.program());

  const double scale = std::exp2(40);
  equiripple::simulated he(program.levels(), scale, /*log2_ring=*/15);
  const auto x = he.encrypt(data, scale / program.half_width());  // the scale holds the range
  return report("simulated", data, equiripple::evaluate(program, he, x).values, relu);
}
