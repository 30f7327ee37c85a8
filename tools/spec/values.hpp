// A value of TOML as the words of an option.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#ifndef TOML_HEADER_ONLY
#define TOML_HEADER_ONLY 1
#endif
#include <toml++/toml.h>

#include "emit/request/options.hpp"
#include "generator/expected.hpp"

namespace equiripple {

/// The text that a value was read from; a floating number is taken as it is written.
class SourceLines {
 public:
  explicit SourceLines(std::string_view text);
  /// Empty where the region is on more than one line.
  [[nodiscard]] std::string text_of(const toml::source_region& region) const;

 private:
  std::vector<std::string_view> lines_;
};

struct OptionValue {
  std::vector<std::string> words{};  // one for each time that the option is given
  bool is_set = true;                // of a switch
};

[[nodiscard]] Expected<OptionValue> option_value(Arity arity, const toml::node& value,
                                                 const SourceLines& source);

}  // namespace equiripple
