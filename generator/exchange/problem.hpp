// A minimax problem on one rung, in the variable in which it has no parity.
//
// p(x) = factor(x) q(u(x)) with q of degree `points` - 2, or of as many powers as there are where
// some are absent: for no parity u = x, for even u = x^2, for odd u = x^2 and factor = x. The
// working domain is the domain, or its half right of 0, cut at the kinks into segments on which the
// target is smooth.
#pragma once

#include <algorithm>
#include <vector>

#include "generator/exchange/minimax.hpp"
#include "generator/function/evaluate.hpp"

namespace equiripple {

template <class T>
struct Segment {
  T lower;
  T upper;
};

/// The domain, or for a parity its half right of 0.
inline Domain working_domain(const Domain& domain, Parity parity) {
  if (parity == Parity::none) return domain;
  Domain half;
  for (const Interval& interval : domain) {
    if (interval.upper <= 0) continue;
    half.push_back({interval.lower < 0 ? Rational(0) : interval.lower, interval.upper});
  }
  return half;
}

/// The highest power that the class has: the degree, less 1 where the parity rules it out.
inline int effective_degree(int degree, Parity parity) {
  if (parity == Parity::none) return degree;
  return degree % 2 == (parity == Parity::odd ? 1 : 0) ? degree : degree - 1;
}

/// Points at which the error of the best polynomial alternates; right of 0 for a parity. One where
/// the class is 0 alone.
inline int reference_size(int degree, Parity parity) {
  const int highest = effective_degree(degree, parity);
  if (highest < 0) return 1;
  return parity == Parity::none ? highest + 2 : highest / 2 + 2;
}

/// The exponents of u that the class has, where some are absent; empty: all.
inline std::vector<int> exponents_of(const MinimaxRequest& request) {
  std::vector<int> exponents;
  const std::vector<int>& absent = request.conditions.absent;
  if (absent.empty()) return exponents;
  const int first = request.parity == Parity::odd ? 1 : 0;
  const int step = request.parity == Parity::none ? 1 : 2;
  for (int k = first; k <= request.degree; k += step) {
    if (!std::ranges::binary_search(absent, k)) exponents.push_back((k - first) / step);
  }
  return exponents;
}

inline int reference_size(const MinimaxRequest& request) {
  const auto exponents = exponents_of(request);
  return exponents.empty() ? reference_size(request.degree, request.parity)
                           : static_cast<int>(exponents.size()) + 1;
}

template <class T>
class Problem {
 public:
  explicit Problem(const MinimaxRequest& request)
      : parity_(request.parity),
        target_(request.target),
        weight_(request.weight),
        unweighted_(request.weight.is_one()),
        exponents_(exponents_of(request)),
        points_(reference_size(request)) {
    for (const Interval& interval : working_domain(request.domain, parity_)) {
      Rational from = interval.lower;
      for (const Rational& kink : request.kinks) {
        if (kink <= from || kink >= interval.upper) continue;
        segments_.push_back({from_rational<T>(from), from_rational<T>(kink)});
        from = kink;
      }
      segments_.push_back({from_rational<T>(from), from_rational<T>(interval.upper)});
    }
  }

  std::size_t points() const { return static_cast<std::size_t>(points_); }  // of a reference
  Parity parity() const { return parity_; }
  const std::vector<int>& exponents() const { return exponents_; }  // of u; empty: all
  const std::vector<Segment<T>>& segments() const { return segments_; }

  bool is_connected() const {  // one interval, cut at kinks at most
    for (std::size_t i = 0; i + 1 < segments_.size(); ++i) {
      if (segments_[i].upper != segments_[i + 1].lower) return false;
    }
    return true;
  }

  T map(const T& x) const { return parity_ == Parity::none ? x : T(x * x); }  // u(x)
  T factor(const T& x) const { return parity_ == Parity::odd ? x : T(1); }
  T target(const T& x) const { return target_(x); }
  T weight(const T& x) const { return unweighted_ ? T(1) : weight_(x); }

 private:
  Parity parity_;
  CompiledFunction<T> target_;
  CompiledFunction<T> weight_;
  bool unweighted_;
  std::vector<int> exponents_;
  int points_;
  std::vector<Segment<T>> segments_;
};

}  // namespace equiripple
