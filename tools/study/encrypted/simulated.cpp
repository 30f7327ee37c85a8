// Simulated ciphertexts: levels, scales and noise as in CKKS, without cryptography; its times mean
// nothing.
#include <algorithm>
#include <cstdint>
#include <equiripple/simulated.hpp>

#include "tools/study/deep/run.hpp"
#include "tools/study/encrypted/libraries.hpp"
#include "tools/study/encrypted/run.hpp"

namespace equiripple::study {
namespace {

class RotatingSimulation : public simulated {
 public:
  using simulated::simulated;

  // Values that repeat with the period of a group: as many coefficients as a group has numbers are
  // not 0, and their rounding moves every slot a little.
  std::vector<double> encode_vector(const std::vector<double>& slots, double scale) {
    Ciphertext x{slots, 0, scale};
    x.origin = origin_of(0, slots);
    const double filled = 2.0 * Layout::group_size / (2.0 * static_cast<double>(slots.size()));
    disturb(x, filled / 12);
    return x.values;
  }
  Ciphertext multiply_vector(Ciphertext x, const std::vector<double>& values, double scale) {
    for (std::size_t i = 0; i < x.values.size(); ++i) x.values[i] *= values[i];
    x.scale *= scale;
    x.origin = origin_of(x.origin, values);
    return x;
  }
  Ciphertext rotate(Ciphertext x, int steps) {
    x.origin = detail::origin_of(x.origin, static_cast<std::uint64_t>(steps));
    std::rotate(x.values.begin(), x.values.begin() + steps, x.values.end());
    ++x.components;  // of the rotated secret: the same key switch as after a product
    return relinearize(std::move(x));
  }

 private:
  // Other vectors have other noise.
  static std::uint64_t origin_of(std::uint64_t origin, const std::vector<double>& values) {
    for (const double value : values) origin = detail::origin_of(origin, value);
    return origin;
  }
};

class Simulation {
 public:
  using Backend = RotatingSimulation;
  struct Vector {
    std::vector<double> values;
    double scale;
  };

  explicit Simulation(const AdapterRequest& request)
      : backend_(SimulationParameters{
            .moduli = simulated_moduli(request.levels, std::ldexp(1.0, prime_bits),
                                       request.log2_ring, last_prime_bits),
            .log2_ring = request.log2_ring,
            .library = SimulatedLibrary::seal}) {}

  Backend& backend() { return backend_; }
  Backend::Ciphertext encrypt(const std::vector<double>& slots, double scale) {
    return backend_.encrypt(slots, scale);
  }
  std::vector<double> decrypt(const Backend::Ciphertext& x) const { return x.values; }
  Backend::Ciphertext multiply_small(const Backend::Ciphertext& x, const Backend::Plaintext& c) {
    return backend_.multiply_plain(x, c);
  }

  Vector encode_vector(const std::vector<double>& slots, int, double scale) {
    return {backend_.encode_vector(slots, scale), scale};
  }
  Backend::Ciphertext multiply_vector(const Backend::Ciphertext& x, const Vector& c) {
    return backend_.multiply_vector(x, c.values, c.scale);
  }
  Backend::Ciphertext multiply_vector_to_rescale(const Backend::Ciphertext& x, const Vector& c) {
    return multiply_vector(x, c);
  }
  Backend::Ciphertext add_vector(Backend::Ciphertext x, const Vector& c) {
    for (std::size_t i = 0; i < x.values.size(); ++i) x.values[i] += c.values[i];
    return x;
  }
  Backend::Ciphertext rotate(const Backend::Ciphertext& x, int steps) {
    return backend_.rotate(x, steps);
  }
  double modulus_bits() const {
    return backend_.modulus_bits(backend_.top_level()) + last_prime_bits;
  }

 private:
  RotatingSimulation backend_;
};

}  // namespace

std::vector<EncryptedResult> run_on_simulation(const EncryptedRequest& request) {
  return run_methods<Simulation>(request);
}

std::vector<EncryptedResult> run_deep_on_simulation(const DeepEncryptedRequest& request) {
  return run_choices<Simulation>(request);
}

}  // namespace equiripple::study
