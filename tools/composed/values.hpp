// Values of a program on ciphertexts of a library. One file a library: together they take a
// compiler more than a gigabyte.
#pragma once

#include <equiripple/program.hpp>
#include <vector>

namespace equiripple {

struct CiphertextValues {
  int log2_ring = 14;             // slots are half of it; security is not looked at
  int log2_scale = 50;            // of the primes
  std::vector<double> inputs{};   // at most as many as slots
  std::vector<double> seconds{};  // of a program of two inputs, as many
};

/// In the order of the inputs. Where the library was found when this was built.
[[nodiscard]] std::vector<double> values_on_seal(const Program& program,
                                                 const CiphertextValues& request);
[[nodiscard]] std::vector<double> values_on_openfhe(const Program& program,
                                                    const CiphertextValues& request);

}  // namespace equiripple
