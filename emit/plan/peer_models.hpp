// One model a peer: each follows the control flow of the original with sizes instead of
// ciphertexts.
#pragma once

#include <bit>

#include "emit/plan/peers.hpp"

namespace equiripple {

/// Binary digits of a positive number; of a degree, the levels that it needs at least.
inline int bit_length(int n) { return static_cast<int>(std::bit_width(static_cast<unsigned>(n))); }
inline int ceil_log2(int n) { return bit_length(n - 1); }

/// As peer_costs(), for what the peer has a form for.
[[nodiscard]] PeerCosts openfhe_costs(int degree, Parity parity);
[[nodiscard]] PeerCosts lattigo_costs(int degree, Parity parity);
[[nodiscard]] PeerCosts fhe_mp_cnn_costs(int degree);  // odd, from 3 on

}  // namespace equiripple
