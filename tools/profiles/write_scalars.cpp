// Writes emit/plan/known_scalar_table.cpp to standard output: scalars of stages of sign, from which
// those of others are found. To be run again whenever shapes or the search for their scalars
// change; a test fails until then. Takes eight minutes on two cores.
#include <fmt/format.h>

#include <atomic>
#include <cstdio>
#include <future>
#include <thread>
#include <vector>

#include "tools/profiles/fingerprint.hpp"
#include "tools/profiles/generated_table.hpp"
#include "tools/profiles/known_scalar_rows.hpp"

namespace {

using namespace equiripple;

// By as many threads as there are processors.
std::vector<std::vector<SearchedScalars>> all_rows() {
  const std::vector<AskedScalars> asked = asked_scalars();
  std::vector<std::vector<SearchedScalars>> rows(asked.size());
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < asked.size(); i = next++) {
      rows[i] = searched_scalars(asked[i].series_class, asked[i].degree);
    }
  };
  std::vector<std::future<void>> parts;
  for (unsigned i = 0; i < std::max(1U, std::thread::hardware_concurrency()); ++i) {
    parts.push_back(std::async(std::launch::async, work));
  }
  for (auto& part : parts) part.get();
  return rows;
}

}  // namespace

int main() {
  const auto rows = all_rows();
  fmt::print(
      "{}",
      head_of({.again = "Search again",
               .program = "equiripple-scalars",
               .file = "emit/plan/known_scalar_table.cpp",
               .columns = fmt::format("// Class, degree, levels, key switches, shape, scalars "
                                      "(known_scalars.hpp).\n"
                                      "//\n"
                                      "{}\n",
                                      fingerprint_line(scalars_fingerprint(EQUIRIPPLE_SOURCE_DIR))),
               .header = "emit/plan/known_scalars.hpp",
               .row = "KnownScalarsRow",
               .function = "tabled_scalars",
               .names = "  using enum SeriesClass;\n"}));
  for (const auto& of_degree : rows) {
    for (const SearchedScalars& row : of_degree) {
      fmt::print("    {{{}, {}, {}, {}, {}, \"{}\"}},\n", name_of(row.series_class), row.degree,
                 row.levels, row.key_switches, row.shape, row.scalars);
    }
  }
  fmt::print("{}", foot_of_table());
}
