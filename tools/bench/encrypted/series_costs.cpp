#include "series_costs.hpp"

#include "emit/plan/peers.hpp"

namespace equiripple::bench {

int key_switches_of_series(const Subject& subject) {
  int sum = subject.times_x ? one_product().key_switches : 0;
  for (std::size_t i = 0; i < subject.stages.size(); ++i) {
    const bool is_odd = !(subject.times_x && i + 1 == subject.stages.size());
    const int degree = static_cast<int>(subject.stages[i].size()) - 1;
    sum += peer_costs(Peer::openfhe, degree, is_odd ? Parity::odd : Parity::none)->key_switches;
  }
  return sum;
}

}  // namespace equiripple::bench
