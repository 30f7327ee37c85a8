// A plan on ciphertexts of given moduli, as the calls that a library is to carry out.
#pragma once

#include <string>

#include "tools/library/equiripple/make.hpp"

namespace equiripple {

/// What equiripple.h says of "schedule": every level, scale and encoding is fixed, as the runtime
/// fixes them for its own backends. cannot_be_met where levels or scales do not suffice.
[[nodiscard]] library::Text schedule_text(const library::Function& function,
                                          const std::string& parameters);

}  // namespace equiripple
