// Which peer takes what, and sums of costs.
#include "emit/plan/peers.hpp"

#include "emit/plan/peer_models.hpp"

namespace equiripple {
namespace {

void accumulate(std::optional<int>& sum, const std::optional<int>& term) {
  sum = sum && term ? std::optional(*sum + *term) : std::nullopt;
}

}  // namespace

const char* name_of(Peer peer) {
  switch (peer) {
    case Peer::openfhe: return "OpenFHE";
    case Peer::lattigo: return "Lattigo";
    case Peer::fhe_mp_cnn: return "FHE-MP-CNN";
  }
  return "";
}

PeerCosts& PeerCosts::operator+=(const PeerCosts& other) {
  levels += other.levels;
  key_switches += other.key_switches;
  tensor_products += other.tensor_products;
  accumulate(rescalings, other.rescalings);
  accumulate(scalar_products, other.scalar_products);
  return *this;
}

std::optional<PeerCosts> peer_costs(Peer peer, int degree, Parity parity) {
  if (degree < 1 || degree > highest_peer_degree) return std::nullopt;
  if (parity != Parity::none && (degree % 2 == 1) != (parity == Parity::odd)) return std::nullopt;
  switch (peer) {
    case Peer::openfhe: return openfhe_costs(degree, parity);
    case Peer::lattigo: return lattigo_costs(degree, parity);
    case Peer::fhe_mp_cnn:
      if (degree < 3 || parity != Parity::odd) return std::nullopt;
      return fhe_mp_cnn_costs(degree);
  }
  return std::nullopt;
}

std::optional<PeerCosts> change_of_interval(Peer peer) {
  if (peer != Peer::openfhe) return std::nullopt;
  return PeerCosts{.levels = 1, .rescalings = 1, .scalar_products = 1};
}

PeerCosts one_product() {
  return {.levels = 1, .key_switches = 1, .tensor_products = 1, .rescalings = 1};
}

}  // namespace equiripple
