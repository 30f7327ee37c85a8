// UTF-8 as RFC 3629, section 4, has it.
#include "emit/legible.hpp"

#include <algorithm>
#include <cstddef>

namespace equiripple {
namespace {

struct Form {
  std::size_t length = 0;    // 0: no character begins like this
  unsigned char low = 0x80;  // of the second byte
  unsigned char high = 0xbf;
};

Form form_of(unsigned char lead) {
  if (lead < 0x80) return {.length = 1};
  if (lead == 0xc2) return {.length = 2, .low = 0xa0};  // below are control characters
  if (lead >= 0xc3 && lead <= 0xdf) return {.length = 2};
  if (lead == 0xe0) return {.length = 3, .low = 0xa0};
  if (lead == 0xed) return {.length = 3, .high = 0x9f};  // above are halves of UTF-16
  if (lead >= 0xe1 && lead <= 0xef) return {.length = 3};
  if (lead == 0xf0) return {.length = 4, .low = 0x90};
  if (lead == 0xf4) return {.length = 4, .high = 0x8f};
  if (lead >= 0xf1 && lead <= 0xf3) return {.length = 4};
  return {};
}

// Bytes of the character that begins here; 0 where none does.
std::size_t character_at(const std::string& text, std::size_t begin) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[begin + i]); };
  const Form form = form_of(byte(0));
  if (form.length == 0 || text.size() - begin < form.length) return 0;
  for (std::size_t i = 1; i < form.length; ++i) {
    const unsigned char low = i == 1 ? form.low : 0x80;
    const unsigned char high = i == 1 ? form.high : 0xbf;
    if (byte(i) < low || byte(i) > high) return 0;
  }
  return form.length;
}

bool is_control(char c) { return (static_cast<unsigned char>(c) < ' ' && c != '\n') || c == 0x7f; }

}  // namespace

std::string legible(const std::string& text) {
  std::string result;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = character_at(text, i);
    if (length == 0 || is_control(text[i])) {
      result += '?';
      ++i;
    } else {
      result.append(text, i, length);
      i += length;
    }
  }
  return result;
}

std::string printable(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return c < ' ' || c > '~'; }, '?');
  return text;
}

}  // namespace equiripple
