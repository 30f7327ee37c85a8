// One artifact under verification: its tables, what its program computes, and what is found.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emit/artifact.hpp"
#include "emit/plan/corrections.hpp"
#include "emit/plan/stepped.hpp"
#include "emit/request/request.hpp"
#include "emit/verify/verification.hpp"

namespace equiripple {

class Inquiry {
 public:
  explicit Inquiry(const Artifact& artifact_)
      : artifact(artifact_), stored(polynomials_of(artifact_)), computed(stored) {}

  /// `claim` is a path of fields(); stages count from 1.
  void holds(const std::string& claim, int stage = 0, const std::string& sentence = {}) {
    found.findings.push_back(
        {.claim = claim, .stage = stage, .holds = true, .at = {}, .sentence = sentence});
  }

  void fails(const std::string& claim, int stage, const std::string& sentence,
             const std::optional<Rational>& at = {}) {
    found.findings.push_back(
        {.claim = claim, .stage = stage, .holds = false, .at = at, .sentence = sentence});
  }

  /// Says which: a sentence is for the failure alone.
  bool decide(bool is_true, const std::string& claim, int stage, const std::string& failure) {
    if (is_true) {
      holds(claim, stage);
    } else {
      fails(claim, stage, failure);
    }
    return is_true;
  }

  bool all_hold() const { return found.first_failure() == nullptr; }

  const StageRecord& stage(int number) const {
    return artifact.stages[static_cast<std::size_t>(number) - 1];
  }

  const Artifact& artifact;
  std::vector<ChebyshevSeries> stored;    // the tables
  std::vector<ChebyshevSeries> computed;  // by the program; the tables where there is none
  CorrectedMeaning corrected{};           // of the program, where is_corrected(kind)
  SteppedMeaning stepped{};               // of the program, where there are steps
  Verification found{};
};

/// Each looks at one part, and leaves off after a failure that makes the rest meaningless.
void examine_program(Inquiry& inquiry);
void examine_promises(Inquiry& inquiry, const PosedRequest& request);
void examine_claims(Inquiry& inquiry, const PolynomialRequest& request);
void examine_claims(Inquiry& inquiry, const ApproximationRequest& request);
void examine_claims(Inquiry& inquiry, const FitRequest& request);
void examine_claims(Inquiry& inquiry, const SignRequest& request);
/// Where the program refreshes, what that adds, and the levels that it leaves.
void examine_refreshes(Inquiry& inquiry, const std::optional<RefreshRequest>& asked);
void examine_direct_claims(Inquiry& inquiry, const SignRequest& request);
void examine_claims(Inquiry& inquiry, const CorrectionRequest& request);
void examine_claims(Inquiry& inquiry, const SteppedRequest& request);
void examine_claims(Inquiry& inquiry, const SlotsRequest& request);
void examine_outside(Inquiry& inquiry);

}  // namespace equiripple
