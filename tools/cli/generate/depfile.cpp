// The characters that Make's lists give a meaning are escaped.
#include "tools/cli/generate/depfile.hpp"

namespace equiripple {
namespace {

std::string escaped(const std::string& path) {
  std::string safe;
  for (const char c : path) {
    if (c == ' ' || c == '#') safe += '\\';
    if (c == '$') safe += '$';
    safe += c;
  }
  return safe;
}

}  // namespace

std::string depfile_text(const std::string& target, const std::vector<std::string>& inputs) {
  std::string text = escaped(target) + ":";
  for (const std::string& input : inputs) text += " \\\n  " + escaped(input);
  return text + "\n";
}

}  // namespace equiripple
