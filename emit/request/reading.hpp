// The door of this room: a wrong word ends the reading of a request wherever it is met, as a
// Failure with its option and its sentence, and is a value from here on: the only catch of one.
#pragma once

#include "emit/failure.hpp"

namespace equiripple {

/// What `read` makes of words; or what is wrong with them, or with the files that they name.
template <class Read>
[[nodiscard]] auto read_words(const Read& read) -> Outcome<decltype(read())> {
  try {
    return read();
  } catch (const Failure& failure) {
    return failure.refusal();
  }
}

}  // namespace equiripple
