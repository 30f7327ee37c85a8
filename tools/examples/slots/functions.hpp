// The functions, how vectors lie in the slots, and what the results should be.
//
// Many vectors lie side by side in one ciphertext: slot i * stride + j holds entry i of vector j.
// With stride * width = all slots, rotations by stride, 2 stride, 4 stride, ... add up all entries
// of each vector, in every slot, without a mask. `width` is a power of two; where the vectors are
// shorter, what lies behind them must not count: sums over it take a mask, which is a level.
#pragma once

#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdio>
#include <random>
#include <vector>

#include "argmax_16.hpp"
#include "largest_16.hpp"
#include "layernorm_768.hpp"
#include "softmax_16.hpp"
#include "softmax_256.hpp"
#include "softmax_64.hpp"
#include "swap_10.hpp"

struct Layout {
  int length;
  std::size_t width;
  std::size_t stride;

  Layout(int entries, std::size_t slots) : length(entries), width(1) {
    while (width < static_cast<std::size_t>(entries)) width *= 2;
    stride = slots / width;
  }
  bool is_padded() const { return width != static_cast<std::size_t>(length); }
  std::vector<int> steps() const {
    std::vector<int> result;
    for (std::size_t step = stride; step < stride * width; step *= 2) {
      result.push_back(static_cast<int>(step));
    }
    return result;
  }
  /// 1 in the slots of the vectors, 0 behind them.
  std::vector<double> mask() const {
    std::vector<double> result(stride * width, 0.0);
    std::fill_n(result.begin(), stride * static_cast<std::size_t>(length), 1.0);
    return result;
  }
};

using Vector = std::vector<double>;

inline Vector softmax_of(const Vector& x) {
  double total = 0;
  for (const double each : x) total += std::exp(each);
  Vector result;
  for (const double each : x) result.push_back(std::exp(each) / total);
  return result;
}

/// 1 where the largest is, 0 elsewhere.
inline Vector argmax_of(const Vector& x) {
  Vector result(x.size(), 0.0);
  result[static_cast<std::size_t>(std::max_element(x.begin(), x.end()) - x.begin())] = 1;
  return result;
}

/// The largest, in every slot.
inline Vector largest_of(const Vector& x) {
  return Vector(x.size(), *std::max_element(x.begin(), x.end()));
}

inline double variance_of(const Vector& x, double mean) {
  double result = 0;
  for (const double each : x) result += (each - mean) * (each - mean) / double(x.size());
  return result;
}

inline double mean_of(const Vector& x) {
  double result = 0;
  for (const double each : x) result += each / double(x.size());
  return result;
}

inline Vector layernorm_of(const Vector& x) {
  const double mean = mean_of(x);
  const double deviation = std::sqrt(variance_of(x, mean));
  Vector result;
  for (const double each : x) result.push_back((each - mean) / deviation);
  return result;
}

/// Entries in [-4, 4]: one above all others, all alike, or anything.
inline Vector scores(int length, std::size_t number, std::mt19937_64& random) {
  std::uniform_real_distribution<double> uniform(-4, 4);
  Vector x(static_cast<std::size_t>(length), number % 4 == 0 ? -4.0 : 4.0);
  if (number % 4 > 1) {
    for (double& each : x) each = uniform(random);
  }
  if (number % 2 == 0) x.front() = 4;
  return x;
}

/// Entries in [-1, 1], one of them above all others by 1/2: near it, far below it, or anything.
inline Vector candidates(int length, std::size_t number, std::mt19937_64& random) {
  constexpr double gap = 0.5;
  std::uniform_real_distribution<double> uniform(-1, 1 - gap);
  const double most = number % 2 == 0 ? 1 - gap : uniform(random);
  Vector x(static_cast<std::size_t>(length), number % 3 == 0 ? -1.0 : most);
  if (number % 3 == 1) {
    for (double& each : x) each = std::min(most, uniform(random));
  }
  x[random() % x.size()] = most + gap;
  return x;
}

/// Of a variance from 1/16 to 4: one entry apart from all others, or anything.
inline Vector activations(int length, std::size_t number, std::mt19937_64& random) {
  std::normal_distribution<double> normal;
  Vector x(static_cast<std::size_t>(length), 0.0);
  if (number % 2 == 0) x.front() = 1;
  if (number % 2 == 1) {
    for (double& each : x) each = normal(random);
  }
  const double mean = mean_of(x);
  const double wanted = std::exp2(-3.99 + double(number % 5) * 5.98 / 4);  // 2^-3.99 to 2^1.99
  const double factor = std::sqrt(wanted / variance_of(x, mean));
  for (double& each : x) each = 0.1 + factor * (each - mean);
  return x;
}

/// One function on one library. A `Library` has
///   slots(), encrypt(values, half_width), decrypt(x), backend()
///   make_rotations(steps)                 keys for the rotations of sums
///   rotated(x, step), masked(x, values)   x with the slots `step` to the left; times 0 and 1
///   levels(), name()
/// False where the error is not what is claimed; noise may add a tenth.
template <class Library, class Inputs, class Exact, class Evaluate>
bool run(Library& library, const char* name, int length, int levels, int key_switches, int sums,
         double half_width, double claimed, const Inputs& inputs, const Exact& exact,
         const Evaluate& evaluate) {
  const Layout layout(length, library.slots());
  const std::vector<int> steps = layout.steps();
  library.make_rotations(steps);
  const auto rows = static_cast<std::size_t>(length);
  Vector values(library.slots(), 0.0);
  Vector expected(library.slots(), 0.0);
  std::mt19937_64 random(1);
  for (std::size_t j = 0; j < layout.stride; ++j) {
    const Vector x = inputs(length, j, random);
    const Vector y = exact(x);
    for (std::size_t i = 0; i < rows; ++i) {
      values[i * layout.stride + j] = x[i];
      expected[i * layout.stride + j] = y[i];
    }
  }
  const auto x = library.encrypt(values, half_width);

  // Of a padded vector the input is 0 behind it, so that the first sum takes no mask.
  int done = 0;
  const auto sum = [&](auto&, const auto& y) {
    auto total = layout.is_padded() && done > 0 ? library.masked(y, layout.mask()) : y;
    for (const int step : steps) total = library.sum(total, library.rotated(total, step));
    ++done;
    return total;
  };
  // A vector goes around in its slots.
  const auto rotate = [&](const auto& y, int by) {
    return library.rotated(y, by * static_cast<int>(layout.stride));
  };
  const auto begin = std::chrono::steady_clock::now();
  const auto y = evaluate(library.backend(), x, sum, rotate);
  const std::chrono::duration<double> time = std::chrono::steady_clock::now() - begin;

  const Vector results = library.decrypt(y);
  double largest = 0;
  for (std::size_t i = 0; i < layout.stride * rows; ++i) {
    largest = std::max(largest, std::abs(results[i] - expected[i]));
  }
  std::printf(
      "%-8s %-14s %4zu vectors  %2d levels  %2d + %2zu key switches  claimed 2^%.2f  "
      "measured 2^%.2f  %.2f s\n",
      library.name(), name, layout.stride, levels, key_switches,
      static_cast<std::size_t>(sums) * steps.size(), std::log2(claimed), std::log2(largest),
      time.count());
  return largest <= 1.1 * claimed;
}

template <class Library>
bool run_all(Library& library) {
  bool holds = true;
  const auto softmax = [&](const char* name, int length, int levels, int key_switches,
                           double half_width, double claimed, const auto& evaluate) {
    holds = run(library, name, length, levels, key_switches, 1, half_width, claimed, scores,
                softmax_of, evaluate) &&
            holds;
  };
  softmax("softmax 16", softmax_16::length, softmax_16::levels, softmax_16::key_switches,
          softmax_16::half_width, softmax_16::claim.bound(),
          [](auto& he, const auto& x, const auto& sum, const auto&) {
            return softmax_16::evaluate(he, x, sum);
          });
  softmax("softmax 64", softmax_64::length, softmax_64::levels, softmax_64::key_switches,
          softmax_64::half_width, softmax_64::claim.bound(),
          [](auto& he, const auto& x, const auto& sum, const auto&) {
            return softmax_64::evaluate(he, x, sum);
          });
  softmax("softmax 256", softmax_256::length, softmax_256::levels, softmax_256::key_switches,
          softmax_256::half_width, softmax_256::claim.bound(),
          [](auto& he, const auto& x, const auto& sum, const auto&) {
            return softmax_256::evaluate(he, x, sum);
          });
  return run(library, "layernorm 768", layernorm_768::length, layernorm_768::levels,
             layernorm_768::key_switches, layernorm_768::sums, layernorm_768::half_width,
             layernorm_768::claim.bound(), activations, layernorm_of,
             [](auto& he, const auto& x, const auto& sum, const auto&) {
               return layernorm_768::evaluate(he, x, sum);
             }) &&
         holds;
}

/// The larger and the smaller of two vectors, slot by slot.
template <class Library>
bool run_swap(Library& library) {
  std::mt19937_64 random(1);
  std::uniform_real_distribution<double> uniform(-1, 1);
  Vector first(library.slots());
  Vector second(library.slots());
  for (double& each : first) each = uniform(random);
  for (double& each : second) each = uniform(random);
  const auto a = library.encrypt(first, swap_10::Plan::half_width);
  const auto b = library.encrypt(second, swap_10::Plan::half_width);
  const auto begin = std::chrono::steady_clock::now();
  const auto both = swap_10::compare_and_swap(library.backend(), a, b);
  const std::chrono::duration<double> time = std::chrono::steady_clock::now() - begin;
  const Vector larger = library.decrypt(both.larger);
  const Vector smaller = library.decrypt(both.smaller);
  double largest = 0;
  for (std::size_t i = 0; i < first.size(); ++i) {
    largest = std::max({largest, std::abs(larger[i] - std::max(first[i], second[i])),
                        std::abs(smaller[i] - std::min(first[i], second[i]))});
  }
  std::printf(
      "%-8s %-14s %4zu pairs    %2d levels  %2d      key switches  claimed 2^%.2f  "
      "measured 2^%.2f  %.2f s\n",
      library.name(), "swap", first.size(), swap_10::Plan::levels, swap_10::Plan::key_switches,
      std::log2(swap_10::claim.bound()), std::log2(largest), time.count());
  return largest <= 1.1 * swap_10::claim.bound();
}

/// argmax and the largest, which take more levels than the others.
template <class Library>
bool run_deep(Library& library) {
  const bool holds =
      run(library, "argmax 16", argmax_16::length, argmax_16::levels, argmax_16::key_switches,
          argmax_16::sums, argmax_16::half_width, argmax_16::claim.bound(), candidates, argmax_of,
          [](auto& he, const auto& x, const auto& sum, const auto&) {
            return argmax_16::evaluate(he, x, sum);
          });
  return run(library, "largest of 16", largest_16::length, largest_16::levels,
             largest_16::key_switches, 1, largest_16::half_width, largest_16::claim.bound(),
             candidates, largest_of,
             [](auto& he, const auto& x, const auto&, const auto& rotate) {
               return largest_16::evaluate(he, x, rotate);
             }) &&
         holds;
}

/// Levels of these. Where the library has scales of its own, the range takes one, and what the
/// largest is a multiple of another.
inline int levels_of_deep(bool reads_range) {
  return std::max(argmax_16::levels + (reads_range ? 0 : 1),
                  largest_16::levels + (reads_range ? 0 : 2));
}

/// Levels for the deepest of run_all, where inputs have a scale of working_scale / half_width or,
/// where `reads_range` is false, of working_scale; LayerNorm's with that of a mask.
inline int levels_of_all(bool reads_range) {
  int levels = std::max(layernorm_768::levels, swap_10::Plan::levels) + 1;
  for (const int each : {softmax_16::levels, softmax_64::levels, softmax_256::levels}) {
    levels = std::max(levels, each + (reads_range ? 0 : 1));
  }
  return levels;
}
