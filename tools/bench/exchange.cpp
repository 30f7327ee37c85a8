// Time of a solve against its degree, so that its growth can be seen: the exchange is O(n^2), which
// is a factor of 4 from line to line.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "generator/exchange/minimax.hpp"
#include "generator/function/parse.hpp"
#include "generator/function/smoothness.hpp"
#include "generator/sign/problem.hpp"

namespace {

using namespace equiripple;

constexpr int runs = 5;

double median_milliseconds(const MinimaxRequest& request) {
  std::vector<double> times;
  for (int i = 0; i < runs; ++i) {
    const auto begin = std::chrono::steady_clock::now();
    const MinimaxResult result = minimax(request);
    const auto end = std::chrono::steady_clock::now();
    if (!result.usable()) return -1;
    times.push_back(std::chrono::duration<double, std::milli>(end - begin).count());
  }
  std::ranges::sort(times);
  return times[runs / 2];
}

void print_row(int degree, double time, double previous) {
  if (time < 0) {
    fmt::print("| {:6} | no solution | |\n", degree);
  } else if (previous > 0) {
    fmt::print("| {:6} | {:9.2f} | {:6.2f} |\n", degree, time, time / previous);
  } else {
    fmt::print("| {:6} | {:9.2f} |        |\n", degree, time);
  }
}

template <class MakeRequest>
void print_table(const char* title, int highest, const MakeRequest& request_of) {
  fmt::print("\n{}\n\n| degree | ms        | ratio  |\n|-------:|----------:|-------:|\n", title);
  double previous = 0;
  for (int degree = 7; degree <= highest; degree = 2 * degree + 1) {
    const double time = median_milliseconds(request_of(degree));
    print_row(degree, time, previous);
    previous = time;
  }
}

MinimaxRequest smooth(const char* function, int half_width, int degree) {
  MinimaxRequest request{
      .target = *parse_function(function), .domain = {{-half_width, half_width}}, .degree = degree};
  request.kinks = check_smoothness(request.target, request.domain).kinks;
  return request;
}

}  // namespace

int main() {
  fmt::print("Median of {} solves, unrounded coefficients, one thread.\n", runs);
  print_table("sign, gap 2^-8", 1023,
              [](int degree) { return sign_problem(power_of_two(-8), 1, degree); });
  print_table("sign, gap 2^-16", 1023,
              [](int degree) { return sign_problem(power_of_two(-16), 1, degree); });
  print_table("|x| on [-1, 1], no parity used", 255,
              [](int degree) { return smooth("abs(x)", 1, degree); });
  print_table("sigmoid(x) on [-8, 8]", 127,
              [](int degree) { return smooth("sigmoid(x)", 8, degree); });
}
