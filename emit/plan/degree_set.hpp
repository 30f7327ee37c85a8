// Sets of degrees from 1 to 64 * words, as bits.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>

namespace equiripple {

template <std::size_t words>
class DegreeSet {
 public:
  static constexpr int highest_degree_held = static_cast<int>(64 * words);

  static DegreeSet single(int degree) {
    DegreeSet set;
    set.insert(degree);
    return set;
  }

  /// Degrees beyond the highest are left out.
  void insert(int degree) {
    if (degree <= highest_degree_held) bits_[word_of(degree)] |= bit_of(degree);
  }
  bool contains(int degree) const {
    return degree <= highest_degree_held && (bits_[word_of(degree)] & bit_of(degree)) != 0;
  }
  bool empty() const { return *this == DegreeSet(); }
  int size() const {
    int count = 0;
    for (const std::uint64_t word : bits_) count += std::popcount(word);
    return count;
  }
  /// Of a set that is not empty.
  int lowest() const {
    std::size_t i = 0;
    while (bits_[i] == 0) ++i;
    return static_cast<int>(64 * i) + std::countr_zero(bits_[i]) + 1;
  }
  /// Of a set that is not empty.
  int highest() const {
    std::size_t i = words - 1;
    while (bits_[i] == 0) --i;
    return static_cast<int>(64 * i) + static_cast<int>(std::bit_width(bits_[i]));
  }

  /// { n + by }
  DegreeSet raised(int by) const {
    DegreeSet set;
    const std::size_t whole = static_cast<std::size_t>(by) / 64;
    const int rest = by % 64;
    for (std::size_t i = whole; i < words; ++i) {
      set.bits_[i] = bits_[i - whole] << rest;
      if (rest != 0 && i > whole) set.bits_[i] |= bits_[i - whole - 1] >> (64 - rest);
    }
    return set;
  }
  /// { n - by : n > by }
  DegreeSet lowered(int by) const {
    DegreeSet set;
    const std::size_t whole = static_cast<std::size_t>(by) / 64;
    const int rest = by % 64;
    for (std::size_t i = 0; i + whole < words; ++i) {
      set.bits_[i] = bits_[i + whole] >> rest;
      if (rest != 0 && i + whole + 1 < words) set.bits_[i] |= bits_[i + whole + 1] << (64 - rest);
    }
    return set;
  }

  DegreeSet& operator|=(const DegreeSet& other) {
    for (std::size_t i = 0; i < words; ++i) bits_[i] |= other.bits_[i];
    return *this;
  }
  friend DegreeSet operator|(DegreeSet a, const DegreeSet& b) { return a |= b; }
  friend DegreeSet operator&(DegreeSet a, const DegreeSet& b) {
    for (std::size_t i = 0; i < words; ++i) a.bits_[i] &= b.bits_[i];
    return a;
  }
  /// What is in a and not in b.
  friend DegreeSet operator-(DegreeSet a, const DegreeSet& b) {
    for (std::size_t i = 0; i < words; ++i) a.bits_[i] &= ~b.bits_[i];
    return a;
  }
  bool operator==(const DegreeSet& other) const = default;
  bool operator<(const DegreeSet& other) const { return bits_ < other.bits_; }

  std::size_t hash() const {
    constexpr std::uint64_t multiplier = 0x9E3779B97F4A7C15;  // 2^64 over the golden ratio, odd
    std::uint64_t sum = 0;
    for (const std::uint64_t word : bits_) sum = std::rotl((sum ^ word) * multiplier, 29);
    return static_cast<std::size_t>(sum);
  }

 private:
  static std::size_t word_of(int degree) { return static_cast<std::size_t>(degree - 1) / 64; }
  static std::uint64_t bit_of(int degree) { return std::uint64_t{1} << ((degree - 1) % 64); }

  std::array<std::uint64_t, words> bits_{};
};

}  // namespace equiripple
