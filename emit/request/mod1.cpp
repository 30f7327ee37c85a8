#include "emit/request/mod1.hpp"

#include <fmt/format.h>

#include "emit/failure.hpp"
#include "emit/request/problem.hpp"
#include "emit/request/words.hpp"

namespace equiripple {

MinimaxRequest mod1_problem(const Mod1Words& words) {
  constexpr int largest_range = 1024;  // chosen: dense secrets need as much
  constexpr int most_doublings = 30;   // chosen: the cosine is all but constant by then
  const int range = whole_word("--range", words.range, 1, largest_range);
  const int doublings = whole_word("--double-angle", words.double_angle, 0, most_doublings);
  const Rational width = number_word("--width", words.width);
  if (width <= 0 || width >= Rational(1, 2)) {
    wrong_request(fmt::format("--width '{}': must be above 0 and below 1/2", words.width));
  }
  Domain domain;
  for (int i = 1 - range; i < range; ++i) domain.push_back({i - width, i + width});
  const Expression cosine =
      function_word("mod1", fmt::format("cos(2*pi*(x - 1/4)/2^{})", doublings));
  return problem_of(cosine, {}, domain);
}

}  // namespace equiripple
