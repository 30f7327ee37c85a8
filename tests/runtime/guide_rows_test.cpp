// The rows of the guide about functions that were measured on ciphertexts say what their headers
// say: levels, key switches and the error that is proved.
#include <doctest/doctest.h>

#include <regex>
#include <string>
#include <utility>

#include "tests/support/data.hpp"

using namespace equiripple;

namespace {

struct Stated {
  std::string error;  // "2^-6.42"
  std::string levels;
  std::string key_switches;
};

Stated stated_by(const std::string& header) {
  const std::string text =
      test::content_of(std::string(EQUIRIPPLE_TEST_HEADERS) + "/" + header + ".hpp");
  const std::regex facts(
      "at most (2\\^-[0-9.]+)[\\s\\S]*?\n// Cost +([0-9]+) levels, ([0-9]+) key switches");
  std::smatch found;
  REQUIRE_MESSAGE(std::regex_search(text, found, facts), header);
  return {found[1], found[2], found[3]};
}

// The line of the guide that begins so.
std::string row_of(const std::string& start) {
  static const std::string guide = test::content_of(test::source_folder() + "/tools/docs/guide.md");
  const auto begin = guide.find("\n| " + start);
  REQUIRE_MESSAGE(begin != std::string::npos, start);
  return guide.substr(begin + 1, guide.find('\n', begin + 1) - begin - 1);
}

bool holds(const std::string& row, const Stated& stated) {
  const std::regex cells("\\| " + stated.levels + "(, and 1 of the mask)? \\| " +
                         stated.key_switches + "( \\+ [0-9]+)? \\| 2\\^-" + stated.error.substr(3) +
                         " \\|");
  return std::regex_search(row, cells);
}

}  // namespace

TEST_CASE("rows of the guide say what the headers say that were measured") {
  const std::pair<const char*, const char*> rows[] = {
      {"sign, gap 2^-6, {7,7,7}", "sign_refreshed"},
      {"sign, gap 1/8, 2^-8", "sign_bootstrapped"},
      {"ReLU {7,29,29}", "relu_bootstrapped"},
      {"ReLU 8 bits", "relu_input_bootstrapped"},
      {"softmax of 8,", "softmax_refreshed"},
      {"layernorm of 12,", "layernorm_refreshed"},
      {"argmax of 4, gap 1/4", "argmax_refreshed"},
      {"argmax of 4, gap 1/2", "argmax_bootstrapped"},
      {"softmax of 4, range 1, 2^-5", "softmax_bootstrapped"},
      {"softmax of 4, range 1, 2^-2", "softmax_bootstrapped_fixed"},
      {"layernorm of 4, variance 1/4 to 1, 2^-5", "layernorm_bootstrapped"},
      {"layernorm of 4, variance 1/4 to 1, 2^-3", "layernorm_bootstrapped_fixed"},
      {"softmax of 16,", "softmax_16"},
      {"softmax of 64 ", "softmax_64"},
      {"softmax of 256 ", "softmax_256"},
      {"LayerNorm of 768,", "layernorm_768"},
  };
  for (const auto& [start, header] : rows) {
    const Stated stated = stated_by(header);
    const std::string row = row_of(start);
    CHECK_MESSAGE(holds(row, stated), header, ": ", stated.levels, " levels, ", stated.key_switches,
                  " key switches, ", stated.error, "; ", row);
    CHECK_FALSE(holds(row, {stated.error, stated.levels, stated.key_switches + "0"}));
  }
}
