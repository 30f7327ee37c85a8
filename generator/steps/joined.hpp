// Pieces that stages of sign join: a sum that is one piece left of a joint and another right of it.
//
// Where the pieces are p_0, ..., p_n and the joints a_1 < ... < a_n,
//   f(x) = (p_0(x) + p_n(x)) / 2 + sum_j v_j(x) (p_j(x) - p_{j-1}(x)) / 2,
// v_j being near -1 left of a_j and near 1 right of it: stages of sign, of which the first one is a
// polynomial in x. Near a joint v_j is neither; where the pieces meet there, the difference that
// it multiplies is small. All first stages, the differences and the mean of the outer pieces are
// polynomials in x on one basis, so that they share its powers.
#pragma once

#include <optional>
#include <vector>

#include "generator/steps/steps.hpp"

namespace equiripple {

inline constexpr int most_joints = 8;  // chosen: one polynomial costs less than so many signs

/// The polynomials, in order: of each joint its stages and then the factor that multiplies what
/// they make; last the mean of the outer pieces.
struct JoinedForm {
  std::vector<int> stages;  // of sign, of each joint: at least 2

  bool operator==(const JoinedForm& other) const = default;
};

/// Where a polynomial, from 0, stands in the form.
struct JoinedPlace {
  int joint = 0;  // from 0; of the mean the number of joints
  int stage = 0;  // from 0; of a factor the number of stages; of the mean 0

  bool operator==(const JoinedPlace& other) const = default;
};

/// Throws std::invalid_argument without joints, with more than most_joints, or a joint of fewer
/// than 2 stages.
[[nodiscard]] Steps steps_of(const JoinedForm& form);
/// Empty where the steps are no others of these.
[[nodiscard]] std::optional<JoinedForm> joined_form(const Steps& steps);

/// Of every polynomial, in order.
[[nodiscard]] std::vector<JoinedPlace> places_of(const JoinedForm& form);

/// Of the polynomial at a place; places_of() the other way round.
[[nodiscard]] std::size_t index_of(const JoinedForm& form, const JoinedPlace& place);

/// Whether the polynomial at a place is one in x.
[[nodiscard]] inline bool reads_input(const JoinedForm& form, const JoinedPlace& place) {
  const auto joint = static_cast<std::size_t>(place.joint);
  return place.stage == 0 || place.stage == form.stages.at(joint);
}

}  // namespace equiripple
