// One edit a function; each takes any text, the empty one too.
#include "tests/fuzz/mutation.hpp"

#include <algorithm>
#include <array>

namespace equiripple::test {
namespace {

constexpr std::uint64_t longest_edit = 40;     // characters; chosen
constexpr std::size_t longest_text = 1 << 17;  // where repeating stops; chosen

std::size_t position(const std::string& text, Random& random) { return random() % text.size(); }

void flip_bit(std::string& text, Random& random) {
  char& c = text[position(text, random)];
  c = static_cast<char>(c ^ (1 << integer_between(random, 0, 7)));
}

void copy_character(std::string& text, Random& random) {
  const char c = text[position(text, random)];
  text[position(text, random)] = c;
}

void remove_part(std::string& text, Random& random) {
  const std::size_t at = position(text, random);
  text.erase(at, 1 + random() % longest_edit);
}

void repeat_part(std::string& text, Random& random) {
  const std::size_t from = position(text, random);
  const std::string part = text.substr(from, 1 + random() % longest_edit);
  text.insert(position(text, random), part);
}

void truncate(std::string& text, Random& random) { text.resize(position(text, random)); }

// A line and its repetition, anywhere: a table twice, an operation twice.
void repeat_line(std::string& text, Random& random) {
  const std::size_t at = position(text, random);
  const std::size_t begin = text.rfind('\n', at) + 1;  // npos + 1 is 0
  const std::string line = text.substr(begin, std::min(text.find('\n', at), text.size()) - begin);
  text.insert(text.rfind('\n', position(text, random)) + 1, line + "\n");
}

void remove_line(std::string& text, Random& random) {
  const std::size_t at = position(text, random);
  const std::size_t begin = text.rfind('\n', at) + 1;
  text.erase(begin, std::min(text.find('\n', at), text.size()) - begin + 1);
}

// A digit more or less: what still reads as a number.
void change_digit(std::string& text, Random& random) {
  const std::size_t at = text.find_first_of("0123456789", position(text, random));
  if (at != std::string::npos) text[at] = static_cast<char>('0' + integer_between(random, 0, 9));
}

constexpr std::array edits = {flip_bit, copy_character, remove_part, repeat_part,
                              truncate, repeat_line,    remove_line, change_digit};

}  // namespace

std::string mutated(std::string text, Random& random) {
  for (int left = integer_between(random, 1, 4); left > 0; --left) {
    if (text.empty() || text.size() > longest_text) break;
    edits[random() % edits.size()](text, random);
  }
  return text;
}

}  // namespace equiripple::test
