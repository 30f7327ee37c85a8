// Seven commands make a polynomial of a function, two each make (1 + P) / 2 and max; any other is
// called as what it makes.
#include "emit/makes.hpp"

#include <algorithm>
#include <array>

namespace equiripple {

bool makes(const std::string& command, Kind kind) {
  constexpr std::array polynomials = {"minimax",    "mod1",     "approximate", "fit",
                                      "activation", "quantise", "piecewise"};
  if (kind == Kind::step && command == "indicator") return true;
  if (kind == Kind::max && command == both_of_two) return true;
  if (kind != Kind::minimax) return command == name_of(kind);
  return std::ranges::find(polynomials, command) != polynomials.end();
}

bool may_have_steps(const std::string& command) {
  constexpr std::array commands = {"approximate", "activation", "exp",  "indicator", "mod1",
                                   "piecewise",   "quantise",   "sign", "step",      "compare"};
  return std::ranges::find(commands, command) != commands.end();
}

bool tries_forms(const std::string& command) {
  const auto kind = kind_named(command);
  return may_have_steps(command) || (kind && is_of_slots(*kind));
}

}  // namespace equiripple
