// Sign as a composition p_k(...p_1(x)) of minimax polynomials [LLNK20].
//
// Each stage is minimax on the range of the one before, widened by a margin on both sides; or it is
// a published polynomial. Every polynomial is odd. Coefficients are rounded at every stage, and the
// next stage is solved on the range of the rounded one.
#pragma once

#include <string>
#include <vector>

#include "generator/exchange/minimax.hpp"
#include "generator/sign/published.hpp"

namespace equiripple {

inline constexpr int smallest_gap_log2 = -60;  // chosen: beyond what binary64 stages can serve

struct CompositeRequest {
  std::vector<int> degrees;  // of minimax stages: odd, at least 1, first stage first; or none, and
  std::vector<PublishedStage> published{};  // these instead
  Rational gap;                             // of sign, relative to the range; above 0 and below 1
  Rational range = 1;                       // sign is approximated for gap * range <= |x| <= range
  Rational margin{};              // added to both sides of every later stage's domain; at least 0
  std::vector<Rational> noise{};  // of the refresh before each stage, whose variable it may move by
                                  // so much, scaled to [-1, 1]: below 1/4, 0 of the first and where
                                  // nothing is refreshed; none: nothing is
  int coefficient_bits = binary64_bits;
  Evidence evidence = Evidence::proved;  // of the stages' errors; measured is for searches
};

struct SignStage {
  ChebyshevSeries polynomial;  // as stored
  Domain domain;               // [-b, -a], [a, b]
  Domain range{};              // of the stored polynomial on it: within [-1 - E, -1 + E] and
                               // [1 - E, 1 + E]
  ErrorEnclosure error{};      // of max |p(x) - sign(x)| on the domain
};

enum class CompositeStatus {
  not_run,
  complete,     // all stages are there
  gap_closed,   // a stage leaves no gap: 1 - error <= margin, so no next stage can be asked for
  stage_failed  // a stage's problem was not solved, or its error not proved; detail says how
};

struct CompositeSign {
  CompositeStatus status = CompositeStatus::not_run;
  std::vector<SignStage> stages;   // those before the failure, where there is one
  std::vector<Rational> shifts{};  // noise moves the stages' arguments by at most so much; none:
                                   // nothing is refreshed
  std::string detail = "composite_sign() was not called";

  const ErrorEnclosure& error() const { return stages.back().error; }
};

/// min(2^-22, gap 2^-10): the margin of [LLNK20]'s tables, less for gaps that it would close.
[[nodiscard]] Rational default_margin(const Rational& gap);

/// Throws std::invalid_argument when the request breaks a rule above.
[[nodiscard]] CompositeSign composite_sign(const CompositeRequest& request);

/// The noise of a refresh as a part of a stage's domain: what its argument is moved by, at most,
/// where the values before reach up to `reach`.
[[nodiscard]] Rational widening_of(const Rational& noise, const Rational& reach);

/// The polynomials of the stages, as stored.
[[nodiscard]] inline std::vector<ChebyshevSeries> polynomials_of(const CompositeSign& sign) {
  std::vector<ChebyshevSeries> stages;
  for (const SignStage& stage : sign.stages) stages.push_back(stage.polynomial);
  return stages;
}

/// The composition of stages at x, on one rung; with shifts, the one that noise makes smallest for
/// x > 0: each argument less its shift.
template <class T>
class CompositeEvaluator {
 public:
  explicit CompositeEvaluator(const std::vector<ChebyshevSeries>& stages,
                              const std::vector<Rational>& shifts = {})
      : stages_(stages.begin(), stages.end()), shifts_(stages.size(), T(0)) {
    for (std::size_t i = 0; i < shifts.size(); ++i) shifts_[i] = from_rational<T>(shifts[i]);
  }
  T operator()(T x) const {
    for (std::size_t i = 0; i < stages_.size(); ++i) x = stages_[i](T(x - shifts_[i]));
    return x;
  }

 private:
  std::vector<SeriesEvaluator<T>> stages_;
  std::vector<T> shifts_;
};

}  // namespace equiripple
