#include "ways.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdio>

#include "contest.hpp"

namespace equiripple::bench {
namespace {

struct Times {
  std::vector<double> wall;
  std::vector<double> process;
};

void measure(const Way& way, Times& times) {
  const double process = process_milliseconds();
  const auto begin = std::chrono::steady_clock::now();
  way.run();
  const std::chrono::duration<double, std::milli> wall = std::chrono::steady_clock::now() - begin;
  times.wall.push_back(wall.count());
  times.process.push_back(process_milliseconds() - process);
}

double median(std::vector<double> times) {
  std::ranges::sort(times);
  return times[times.size() / 2];
}

}  // namespace

void time_ways(const std::string& library, const std::vector<Way>& ways, int repeats) {
  for (const Way& way : ways) way.run();
  std::vector<Times> times(ways.size());
  for (int repeat = 0; repeat < repeats; ++repeat) {
    for (std::size_t i = 0; i < ways.size(); ++i) measure(ways[i], times[i]);
  }
  fmt::print("| {} | wall ms | least | process ms |\n|---|---|---|---|\n", library);
  for (std::size_t i = 0; i < ways.size(); ++i) {
    fmt::print("| {} | {:.0f} | {:.0f} | {:.0f} |\n", ways[i].name, median(times[i].wall),
               std::ranges::min(times[i].wall), median(times[i].process));
  }
  std::fflush(stdout);
}

}  // namespace equiripple::bench
