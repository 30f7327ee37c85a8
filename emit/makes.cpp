// Four commands make a polynomial of a function; any other is called as what it makes.
#include "emit/makes.hpp"

#include <algorithm>
#include <array>

namespace equiripple {

bool makes(const std::string& command, Kind kind) {
  constexpr std::array polynomials = {"minimax", "mod1", "approximate", "fit"};
  if (kind != Kind::minimax) return command == name_of(kind);
  return std::ranges::find(polynomials, command) != polynomials.end();
}

}  // namespace equiripple
