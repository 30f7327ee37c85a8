// The choice of a and b for each power.
#include "emit/plan/powers.hpp"

#include <algorithm>
#include <bit>
#include <utility>

namespace equiripple {

int power_depth(int k) {
  return k <= 1 ? 0 : static_cast<int>(std::bit_width(static_cast<unsigned>(k - 1)));
}

ChebyshevPowers::ChebyshevPowers(ProgramBuilder& builder, int variable, std::string prefix)
    : builder_(builder), prefix_(std::move(prefix)) {
  values_[1] = variable;
}

// Of k = a + b, a >= b, at least depth: a up to 2^(depth(k) - 1). Tries the two classical choices,
// the half and the largest power of two below k.
int ChebyshevPowers::larger_half(int k) const {
  if (std::has_single_bit(static_cast<unsigned>(k))) return k / 2;
  const int power_of_two = 1 << (power_depth(k) - 1);
  if (k % 2 == 0 && values_.contains(k / 2)) return k / 2;
  const auto lacking = [&](int a) {
    int count = 0;
    for (const int part : {a, k - a, 2 * a - k})
      count += part == 0 || values_.contains(part) ? 0 : 1;
    return count;
  };
  int best = power_of_two;
  for (int a = (k + 1) / 2; a <= power_of_two; ++a) {
    if (a < k && lacking(a) < lacking(best)) best = a;
  }
  return best;
}

int ChebyshevPowers::power(int k) {
  if (const auto known = values_.find(k); known != values_.end()) return known->second;
  const int a = larger_half(k);
  const int b = k - a;
  const int left = power(a);
  const int right = power(b);
  Sum terms{.products = {{left, right, 2}}, .scaled = {}, .constant = 0};
  if (a == b) {
    terms.constant = -1;
  } else {
    terms.scaled.push_back({-1, power(a - b)});
  }
  return values_[k] = builder_.sum(terms, prefix_ + "t" + std::to_string(k));
}

}  // namespace equiripple
