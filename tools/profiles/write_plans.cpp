// Writes tools/docs/plans.md to standard output. To be run again whenever plans get better; a test
// fails until then. Takes a minute or two.
#include <fmt/format.h>

#include "tools/profiles/plan_page.hpp"

int main() { fmt::print("{}", equiripple::plan_page(equiripple::text_of)); }
