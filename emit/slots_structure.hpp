// What a function of many slots is made of: which parts, and how they are called.
#pragma once

#include <string>

#include "emit/artifact.hpp"

namespace equiripple {

/// Whether it is exponentials that are normalised: softmax and argmax.
[[nodiscard]] bool is_of_powers(Kind kind);

/// Whether it is about which slot is the largest: argmax and largest, of so many --slots.
[[nodiscard]] bool is_of_places(Kind kind);

/// "softmax_exp", "softmax_inverse_1": what parts are called, by their place.
[[nodiscard]] std::string name_of_part(const std::string& whole, Kind kind, std::size_t index);

/// Empty where kinds and names of the parts, and the rules of the steps, are those of this kind.
[[nodiscard]] std::string defect_of_slots(const Artifact& artifact);

}  // namespace equiripple
