// Lattigo: powers T_1 ... T_{2^split - 1} and T_{2^i}, then divisions by T_{2^i} [BMTH21].
#include "emit/plan/peer_models.hpp"

#include <bit>
#include <cstdlib>
#include <set>

namespace equiripple {
namespace {

// OptimalSplit
int lattigo_split(int log_degree) {
  const int split = log_degree / 2;
  const int rest = log_degree - split;
  const int here = (1 << split) + (1 << rest) + rest - 3;
  const int next = (1 << (split + 1)) + (1 << (rest - 1)) + rest - 4;
  return here > next ? split + 1 : split;
}

class LattigoPowers {
 public:
  // GenPower with SplitDegree: T_n = 2 T_a T_b - T_{a-b}, a and b odd where n is no power of two.
  void make(int n) {
    if (made_.contains(n)) return;
    const bool halved = std::has_single_bit(static_cast<unsigned>(n));
    const int a = halved ? n / 2 : (1 << (bit_length(n - 1) - 1)) - 1;
    const int b = n - a;
    make(a);
    make(b);
    if (a != b) make(std::abs(a - b));
    made_.insert(n);
  }
  int products() const { return static_cast<int>(made_.size()) - 1; }

 private:
  std::set<int> made_ = {1};
};

// recursePS and EvaluateGiantStep. A product stays at three components until it is multiplied
// again.
class LattigoDivision {
 public:
  LattigoDivision(int degree, Parity parity, PeerCosts& costs)
      : degree_(degree), parity_(parity), costs_(costs) {}

  /// Whether the value of this part, of this degree, has three components.
  bool divide(int degree, bool leads, int split) {
    if (degree < (1 << split)) {
      const int lowest_split_again = (1 << bit_length(degree_)) - (1 << (split - 1));
      if (!leads || split <= 1 || degree_ <= lowest_split_again) {
        *costs_.scalar_products += scalars(degree);
        return false;
      }
      return divide(degree, leads, lattigo_split(bit_length(degree)));
    }
    int giant = 1 << split;
    while (giant < degree / 2 + 1) giant *= 2;
    if (divide(degree - giant, leads, split)) ++costs_.key_switches;
    divide(giant - 1, false, split);
    ++costs_.tensor_products;
    ++*costs_.rescalings;
    return true;
  }

 private:
  int scalars(int degree) const {
    if (parity_ == Parity::none) return degree;
    return parity_ == Parity::odd ? (degree + 1) / 2 : degree / 2;
  }

  int degree_;
  Parity parity_;
  PeerCosts& costs_;
};

}  // namespace

PeerCosts lattigo_costs(int degree, Parity parity) {
  const int split = lattigo_split(bit_length(degree));
  LattigoPowers powers;
  powers.make(1 << (bit_length(degree) - 1));
  for (int i = (1 << split) - 1; i > 2; --i) {
    if (parity == Parity::none || (i % 2 == 0) == (parity == Parity::even)) powers.make(i);
  }
  PeerCosts costs{.levels = bit_length(degree),
                  .key_switches = powers.products(),
                  .tensor_products = powers.products(),
                  .rescalings = powers.products(),
                  .scalar_products = 0};
  if (LattigoDivision(degree, parity, costs).divide(degree, true, split)) ++costs.key_switches;
  ++*costs.rescalings;
  return costs;
}

}  // namespace equiripple
