// One approximation with its claims and its plan: the source of truth of everything emitted.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "emit/kind.hpp"
#include "emit/plan/program.hpp"
#include "generator/chebyshev.hpp"
#include "generator/exchange/minimax.hpp"
#include "generator/outside.hpp"
#include "generator/rounding/form.hpp"
#include "generator/slots/slot_steps.hpp"
#include "generator/steps/steps.hpp"

namespace equiripple {

inline constexpr int artifact_version = 1;
inline constexpr int version_of_steps = 2;  // of artifacts that have them, or objectives

// What a reader accepts: far above every artifact, far below what exhausts a machine.
inline constexpr std::size_t most_parts = 40;              // of a function of many slots; chosen
inline constexpr std::size_t most_stages = 50;             // also of a request; chosen
inline constexpr std::size_t most_intervals = 10'000;      // of a domain or range; chosen
inline constexpr std::size_t most_instructions = 100'000;  // chosen: degree 4095 takes about 9300
inline constexpr int deepest_program = 1 << 20;            // levels; chosen

/// What was asked for, in the words of the command line; for `fit` also the points that the file of
/// the request held (emit/points.hpp).
struct RequestOption {
  std::string name;                 // "degrees"
  std::vector<std::string> values;  // more than one for a repeated option
};
struct RequestRecord {
  std::string command;
  std::vector<RequestOption> options;
};

struct ClaimRecord {
  ErrorEnclosure error;
  Metric metric = Metric::absolute;
};

/// How far values are from those asked for, at most: in the order of the request.
struct DeviationRecord {
  std::vector<Rational> table;
  std::vector<Rational> program;  // of what it computes; as long
};

struct StageRecord {
  ChebyshevSeries polynomial;  // as stored
  Domain domain;
  Domain range;  // of the polynomial on the domain
  ClaimRecord claim;
  RoundingMethod rounding = RoundingMethod::one_by_one;  // how the coefficients were rounded
  std::optional<DeviationRecord> deviations{};           // where there are conditions
};

struct Artifact {
  std::string name;  // an identifier
  Kind kind = Kind::minimax;
  RequestRecord request{};
  std::vector<StageRecord> stages{};
  ClaimRecord claim{};                    // of the function itself
  std::vector<ClaimRecord> objectives{};  // what else is known of its error; of most nothing
  std::optional<OutsideReach> outside{};  // of the stages, beyond the range; measured
  int corrections = 0;                    // after the only stage, where is_corrected(kind)
  Steps steps{};  // from the input to the result, where the kind alone does not say them
  std::optional<Plan> plan{};  // none where the degree is too high to plan; of many slots none

  // Where is_of_slots(kind): the functions of one slot that it is made of, each as its own request
  // makes it, and how they are joined. It has no stages of its own.
  std::vector<Artifact> parts{};
  SlotSteps slot_steps{};
};

/// The noise of the refresh before each stage, 0 where there is none; empty where nothing is
/// refreshed. The steps of such an artifact are its stages and the refreshes between them, and what
/// follows the last stage of a separation. Of a start that is corrected they are it and its
/// refresh: the second number is that of the corrections.
[[nodiscard]] inline std::vector<Rational> noise_of(const Artifact& artifact) {
  return noise_of_chain(artifact.steps);
}

/// Where the function is what is claimed: the domain of the first stage; where the input is
/// refreshed, without what that may add at each end.
[[nodiscard]] Domain domain_of(const Artifact& artifact);

/// At most so much a refresh adds to the argument of a stage, from 0; 0 where there is none.
[[nodiscard]] Rational shift_of(const Artifact& artifact, std::size_t stage);

/// Where is_corrected(kind) and the start is refreshed: what the program multiplies it by
/// (emit/plan/corrections.hpp).
[[nodiscard]] std::optional<Rational> refreshed_start_scale(const Artifact& artifact);

/// Where is_corrected(kind): the relative error of what is corrected, at most; with what a refresh
/// adds.
[[nodiscard]] Rational start_error_of(const Artifact& artifact);

/// Whether it is evaluated by the steps that it lists: has_steps(kind) and more. Of a composition
/// that is refreshed the steps only say where.
[[nodiscard]] bool is_stepped(const Artifact& artifact);

/// The version of the format that it takes.
[[nodiscard]] inline int version_of(const Artifact& artifact) {
  const bool is_plain =
      artifact.steps.empty() && artifact.objectives.empty() && !is_of_slots(artifact.kind);
  return is_plain ? artifact_version : version_of_steps;
}

/// The largest ends of each stage's range.
[[nodiscard]] std::vector<Interval> ranges_of(const Artifact& artifact);

/// The polynomials of the stages, as stored.
[[nodiscard]] std::vector<ChebyshevSeries> polynomials_of(const Artifact& artifact);

/// Whether `name` can stand as a namespace in C++: an identifier that is not reserved.
[[nodiscard]] bool is_identifier(const std::string& name);

/// "equiripple relu --degrees 7,7 --range 50": words quoted for a shell where they need it; without
/// the points of a table, which stand in the file that --data names.
[[nodiscard]] std::string command_line(const RequestRecord& request);

/// The rules without which an artifact cannot be read, whoever wrote it: an identifier for a name,
/// binary64-sized tables, ascending domains, a well-formed program. Empty where they hold.
[[nodiscard]] std::string defect_of(const Artifact& artifact);

/// Where what a readable artifact says of itself cannot be true on the face of it: a command that
/// does not make the kind, bounds out of order, a domain outside its basis, coefficients against
/// the parity, costs that are not those of the program. Empty where nothing is.
[[nodiscard]] std::string contradiction_in(const Artifact& artifact);

}  // namespace equiripple
