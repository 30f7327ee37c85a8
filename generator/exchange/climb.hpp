// What the ladder does on one rung: finds the reference, and polishes it.
//
// Each rung is compiled once, in climb_low.cpp or climb_high.cpp: all of them in one file are more
// than a small machine's compiler can hold.
#pragma once

#include <optional>
#include <vector>

#include "generator/exchange/minimax.hpp"
#include "generator/exchange/outcome.hpp"
#include "generator/numbers/ball.hpp"

namespace equiripple {

/// What one rung leaves for the next.
struct Climb {
  std::vector<Rational> reference;  // where the search starts, or what it found
  bool found = false;
  bool eager = true;         // what is found is good enough for Newton's steps, not for more
  bool near_zero = false;    // the error of 0 is about the level that was found
  bool is_polished = false;  // the reference is right; only coefficients take more bits
  int exchanges = 0;
  std::vector<Ball> coefficients{};  // of the levelled polynomial that was found, on high rungs
  double signal_bits = 0;            // log2 of the level over the size of the target, where found
  double terms_log2 = 0;             // of what may cancel in the target, times the weight
  double needed_bits = 0;            // that a rung must have to go on
};

/// Starts from the reference of `climb` and leaves there what was reached.
template <class T>
SearchOutcome search_on(const MinimaxRequest& request, Climb& climb);

/// The result, from the reference that was found; none where the rung does not suffice for it, or
/// suffices to polish the reference, which it leaves there, and not for the coefficients.
template <class T>
std::optional<MinimaxResult> polish_on(const MinimaxRequest& request, Climb& climb);

/// The result, from a reference that is polished; none where the rung does not suffice for it.
template <class T>
std::optional<MinimaxResult> transform_on(const MinimaxRequest& request, const Climb& climb);

}  // namespace equiripple
