// Writes tools/docs/fronts.svg to standard output. To be run again whenever plans or searches get
// better; a test fails until then.
#include <fmt/format.h>

#include "tools/profiles/fronts.hpp"

int main() { fmt::print("{}", equiripple::fronts_svg()); }
