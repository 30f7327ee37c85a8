// Writes a table of costs for --minimise latency --model, measured on a library on this machine:
//
//   equiripple-measure seal|openfhe [--ring 15] [--scale 40] [--levels 15] [--repeats 5] >
//   model.json
//
// The time of each operation on a ciphertext with 1, 2, ... levels left, in milliseconds: the
// median of the repeats.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "tools/measure/measured.hpp"

namespace {

using equiripple::Measured;
using equiripple::MeasureRequest;

std::optional<Measured> measured_on(const std::string& library,
                                    [[maybe_unused]] const MeasureRequest& request) {
#ifdef EQUIRIPPLE_HAS_SEAL
  if (library == "seal") return equiripple::measured_on_seal(request);
#endif
#ifdef EQUIRIPPLE_HAS_OPENFHE
  if (library == "openfhe") return equiripple::measured_on_openfhe(request);
#endif
  return std::nullopt;
}

nlohmann::ordered_json model_of(const std::string& library, const MeasureRequest& request,
                                const Measured& times) {
  return {{"what", fmt::format("milliseconds with {}, ring 2^{}, {} primes of {} bits, one core",
                               library, request.log2_ring, request.levels, request.log2_scale)},
          {"tensor_product", times.tensor_product},
          {"key_switch", times.key_switch},
          {"rescaling", times.rescaling},
          {"scalar_product", times.scalar_product},
          {"addition", times.addition}};
}

}  // namespace

int main(int argc, char** argv) {
  std::string library;
  MeasureRequest request;
  CLI::App app("Measures a table of costs for --minimise latency --model");
  app.add_option("LIBRARY", library, "seal or openfhe")
      ->check(CLI::IsMember({"seal", "openfhe"}))
      ->required();
  app.add_option("--ring", request.log2_ring, "log2 of the ring dimension")
      ->check(CLI::Range(12, 17));
  app.add_option("--scale", request.log2_scale, "bits of the primes")->check(CLI::Range(30, 55));
  app.add_option("--levels", request.levels, "to be measured")->check(CLI::Range(1, 60));
  app.add_option("--repeats", request.repeats, "of each operation")->check(CLI::Range(1, 1000));
  CLI11_PARSE(app, argc, argv);
  const std::optional<Measured> times = measured_on(library, request);
  if (!times) {
    fmt::print(stderr, "this build did not find {}\n", library);
    return 3;
  }
  fmt::print("{}\n", model_of(library, request, *times).dump(2));
  return 0;
}
