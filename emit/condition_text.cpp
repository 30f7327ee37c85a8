// Counts, and the largest of the deviations.
#include "emit/condition_text.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"

namespace equiripple {
namespace {

std::string deviation_text(const std::vector<Rational>& deviations) {
  const auto kept = std::ranges::count(deviations, Rational(0));
  const auto all = static_cast<std::ptrdiff_t>(deviations.size());
  if (kept == all) return "exactly";
  const std::string most = fmt::format("to {}", size_text(*std::ranges::max_element(deviations)));
  if (kept == 0) return most;
  return fmt::format("{} of them exactly, the others {}", kept, most);
}

}  // namespace

std::string describe_conditions(const Artifact& artifact) {
  if (artifact.stages.size() != 1 || !artifact.stages.front().deviations) return {};
  const DeviationRecord& found = *artifact.stages.front().deviations;
  const std::string table = deviation_text(found.table);
  const std::string program = deviation_text(found.program);
  const std::string text =
      fmt::format("{} kept {}", plural(static_cast<int>(found.table.size()), "condition"), table);
  if (!artifact.plan || program == table) return text;
  return fmt::format("{}; by the program {}", text, program);
}

}  // namespace equiripple
