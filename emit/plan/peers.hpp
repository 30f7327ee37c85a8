// What other libraries spend on a Chebyshev series, told from their published algorithms.
//
// OpenFHE 1.5.1: EvalChebyshevSeries, the Paterson-Stockmeyer [PS73] of [CCS19].
// Lattigo 6.2: circuits/common/polynomial and circuits/ckks/polynomial, as in [BMTH21].
// FHE-MP-CNN (commit a752630b): odd baby steps and giant steps, as in [LLNK20].
//
// Every operation is counted, scalar products and their rescalings included. Equal to the counts of
// tests/data/peer_costs.json (sources read and simulated) in every row; no library runs here.
#pragma once

#include <array>
#include <optional>

#include "generator/chebyshev.hpp"

namespace equiripple {

enum class Peer : unsigned char { openfhe, lattigo, fhe_mp_cnn };

inline constexpr std::array all_peers = {Peer::openfhe, Peer::lattigo, Peer::fhe_mp_cnn};

/// "OpenFHE", "Lattigo", "FHE-MP-CNN"
[[nodiscard]] const char* name_of(Peer peer);

struct PeerCosts {
  int levels = 0;
  int key_switches = 0;                    // relinearisations
  int tensor_products = 0;                 // multiplications and squarings of ciphertexts
  std::optional<int> rescalings = 0;       // empty: not modelled
  std::optional<int> scalar_products = 0;  // likewise

  /// One after the other; what is not known of one is not known of both.
  PeerCosts& operator+=(const PeerCosts& other);
  bool operator==(const PeerCosts& other) const = default;
};

/// The highest degree that peer_costs() answers for.
inline constexpr int highest_peer_degree = 1023;

/// The costs of one series of exactly this degree on [-1, 1], all coefficients that `parity` allows
/// other than zero. Empty where the peer has no form for it: FHE-MP-CNN takes odd series from
/// degree 3 on, all of them degrees from 1 to highest_peer_degree.
[[nodiscard]] std::optional<PeerCosts> peer_costs(Peer peer, int degree, Parity parity);

/// What mapping an interval other than [-1, 1] onto it costs; empty where the peer leaves that to
/// the caller.
[[nodiscard]] std::optional<PeerCosts> change_of_interval(Peer peer);

/// What a product of two ciphertexts costs anywhere: x * sign(x).
[[nodiscard]] PeerCosts one_product();

}  // namespace equiripple
