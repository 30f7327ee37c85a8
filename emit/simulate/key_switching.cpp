// The rules are those of OpenFHE 1.5 (CryptoParametersRNS::EstimateLogP, ComputeNumLargeDigits).
#include "emit/simulate/key_switching.hpp"

#include <algorithm>
#include <array>

namespace equiripple {
namespace {

int quotient_up(int x, int y) { return (x + y - 1) / y; }

// Of the longest digit; the library adds a bit for primes above their nominal size.
KeySwitching in_digits(const ModulusChain& chain, int digits) {
  const int per_digit = quotient_up(chain.primes(), digits);
  const int first = chain.first_bits + (per_digit - 1) * chain.log2_scale;
  const int other = digits > 1 ? per_digit * chain.log2_scale : 0;
  const int bits = std::max(first, other);
  const int with_excess = bits == KeySwitching::special_bits ? bits : bits + 1;
  return {digits, per_digit, quotient_up(with_excess, KeySwitching::special_bits)};
}

struct SecurityRow {
  int log2_ring;
  int modulus_bits;
};
constexpr std::array security_table = {SecurityRow{12, 109},  SecurityRow{13, 218},
                                       SecurityRow{14, 438},  SecurityRow{15, 881},
                                       SecurityRow{16, 1747}, SecurityRow{17, 3523}};

}  // namespace

std::vector<KeySwitching> key_switchings(const ModulusChain& chain, SimulatedLibrary library) {
  if (library == SimulatedLibrary::seal) return {usual_key_switching(chain, library)};
  std::vector<KeySwitching> choices;
  for (int digits = 1; digits <= chain.primes(); ++digits) {
    const KeySwitching choice = in_digits(chain, digits);
    const bool last_is_empty = chain.primes() <= choice.primes_per_digit * (digits - 1);
    if (!last_is_empty) choices.push_back(choice);
  }
  return choices;
}

KeySwitching usual_key_switching(const ModulusChain& chain, SimulatedLibrary library) {
  if (library == SimulatedLibrary::seal) return {chain.primes(), 1, 1};
  return in_digits(chain, chain.levels > 3 ? 3 : chain.levels > 0 ? 2 : 1);
}

int modulus_bits(const ModulusChain& chain, const KeySwitching& switching,
                 SimulatedLibrary library) {
  const int own = chain.first_bits + chain.levels * chain.log2_scale;
  const int excess = library == SimulatedLibrary::seal ? 0 : 1;  // as of a digit
  return own + excess + switching.special_primes * KeySwitching::special_bits;
}

CostTable transforms_with(const KeySwitching& switching) {
  constexpr double pointwise = 0.1;  // as in CostTable::transforms
  const int special = switching.special_primes;
  const int per_digit = switching.primes_per_digit;
  CostTable table = CostTable::transforms();
  for (std::size_t i = 0; i < table.key_switch.size(); ++i) {
    const int primes = static_cast<int>(i) + 2;  // of a ciphertext with i + 1 levels left
    const int digits = quotient_up(primes, per_digit);
    const int lifted = digits * (primes + special) - primes;  // residues that are new
    const int transforms = primes + lifted + 2 * (special + primes);
    const int passes = per_digit * lifted + 2 * digits * (primes + special) + 2 * special * primes;
    table.key_switch[i] = transforms + pointwise * passes;
  }
  return table;
}

std::optional<int> smallest_secure_ring(int modulus_bits) {
  const auto row = std::ranges::find_if(
      security_table, [&](const SecurityRow& each) { return modulus_bits <= each.modulus_bits; });
  if (row == security_table.end()) return std::nullopt;
  return row->log2_ring;
}

}  // namespace equiripple
