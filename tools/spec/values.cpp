// No number passes through binary64: integers are whole, floating ones are taken from the file's
// text.
#include "tools/spec/values.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

namespace equiripple {
namespace {

// Columns count characters; a byte 10xxxxxx of UTF-8 goes on with one.
std::size_t byte_of(std::string_view line, std::size_t column) {
  std::size_t seen = 0;
  for (std::size_t i = 0; i < line.size(); ++i) {
    if ((static_cast<unsigned char>(line[i]) & 0xC0U) != 0x80U && ++seen == column) return i;
  }
  return line.size();
}

bool is_written_number(const std::string& text) {
  return !text.empty() && text.find_first_of("0123456789") != std::string::npos &&
         text.find_first_not_of("0123456789+-.eE") == std::string::npos;
}

// One word of a string or a number.
Expected<std::string> scalar(const toml::node& value, const SourceLines& source) {
  if (const auto text = value.value_exact<std::string>()) {
    if (text->empty()) return Defect{"the value is empty"};
    if (text->find('\0') != std::string::npos) return Defect{"a character of value 0"};
    return *text;
  }
  if (const auto whole = value.value_exact<std::int64_t>()) return std::to_string(*whole);
  if (value.is_floating_point()) {
    std::string text = source.text_of(value.source());
    std::erase(text, '_');
    if (is_written_number(text)) return text;
    return Defect{"this number cannot be taken as it is written: put it in quotes, as \"0.1\""};
  }
  return Defect{"must be a string or a number"};
}

}  // namespace

SourceLines::SourceLines(std::string_view text) {
  for (std::size_t start = 0; start <= text.size();) {
    const std::size_t end = std::min(text.find('\n', start), text.size());
    lines_.push_back(text.substr(start, end - start));
    start = end + 1;
  }
}

std::string SourceLines::text_of(const toml::source_region& region) const {
  if (region.begin.line != region.end.line || region.begin.line > lines_.size()) return {};
  const std::string_view line = lines_[region.begin.line - 1];
  const std::size_t first = byte_of(line, region.begin.column);
  const std::size_t last = byte_of(line, region.end.column);
  return std::string(line.substr(first, last - first));
}

Expected<OptionValue> option_value(Arity arity, const toml::node& value,
                                   const SourceLines& source) {
  const bool is_switch = arity == Arity::flag;
  if (const auto truth = value.value_exact<bool>()) {
    if (!is_switch) return Defect{"takes a value, not true or false"};
    return OptionValue{.is_set = *truth};
  }
  if (is_switch) return Defect{"is a switch: true or false"};
  const toml::array* array = value.as_array();
  if (array == nullptr) {
    auto word = scalar(value, source);
    if (!word) return word.error();
    return OptionValue{.words = {*std::move(word)}};
  }
  if (array->empty()) return Defect{"the list is empty"};
  std::vector<std::string> words;
  for (const toml::node& element : *array) {
    auto word = scalar(element, source);
    if (!word) return Defect{"in the list: " + word.error().why};
    words.push_back(*std::move(word));
  }
  if (arity != Arity::many) words = {fmt::format("{}", fmt::join(words, ","))};
  return OptionValue{.words = std::move(words)};
}

}  // namespace equiripple
