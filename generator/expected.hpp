// A value, or why there is none. What users write, and what is asked of the mathematics, often has
// no answer: that is an outcome, and no error of the program.
//
// As std::expected of C++23, but that each side converts by itself.
#pragma once

#include <string>
#include <utility>
#include <variant>

namespace equiripple {

/// Why a text has no value: the token or field, and what would be right.
struct Defect {
  std::string why;
};

template <class T, class Error = Defect>
class [[nodiscard]] Expected {
 public:
  // Implicit, so that a function returns either as it is.
  Expected(T value) : held_(std::in_place_index<0>, std::move(value)) {}
  Expected(Error error) : held_(std::in_place_index<1>, std::move(error)) {}

  [[nodiscard]] bool has_value() const { return held_.index() == 0; }
  explicit operator bool() const { return has_value(); }

  /// Of one that has a value; else std::bad_variant_access.
  [[nodiscard]] T& operator*() & { return std::get<0>(held_); }
  [[nodiscard]] const T& operator*() const& { return std::get<0>(held_); }
  [[nodiscard]] T&& operator*() && { return std::get<0>(std::move(held_)); }
  [[nodiscard]] T* operator->() { return &std::get<0>(held_); }
  [[nodiscard]] const T* operator->() const { return &std::get<0>(held_); }

  /// Of one that has none; else std::bad_variant_access.
  [[nodiscard]] const Error& error() const { return std::get<1>(held_); }

 private:
  std::variant<T, Error> held_;
};

}  // namespace equiripple
