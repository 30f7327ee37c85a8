// First the command, then the claim.
#include "emit/targets/head.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "emit/claim_data.hpp"
#include "emit/condition_text.hpp"
#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/legible.hpp"
#include "emit/version.hpp"

namespace equiripple {

std::string outward(const Rational& q, Rounding rounding) {
  return hexfloat(Rational(to_double(q, rounding)));
}

std::string comment_text(const std::string& text) {
  std::string safe = printable(text);
  std::ranges::replace(safe, '\\', '?');
  while (safe.ends_with("?\?/")) safe.pop_back();  // once a spelling of the backslash
  return safe;
}

std::string origin_lines(const Artifact& artifact, const std::string& mark,
                         const std::string& target, const std::string& ending) {
  const bool direct = target == "cpp";
  std::string text =
      mark + "GENERATED FILE - do not edit. Change the request and generate again:\n";
  text += fmt::format("{}  {} -o {}{}\n", mark, comment_text(command_line(artifact.request)),
                      artifact.name, direct ? ".hpp" : ".json");
  if (!direct) {
    text += fmt::format("{}  equiripple emit {}.json --target {} -o {}{}\n", mark, artifact.name,
                        target, artifact.name, ending);
  }
  return text + blank_line(mark);
}

std::string blank_line(const std::string& mark) {
  return mark.substr(0, mark.find_last_not_of(' ') + 1) + "\n";
}

std::string head_lines(const Artifact& artifact, const std::string& mark, const std::string& target,
                       const std::string& ending) {
  const ErrorEnclosure& e = artifact.claim.error;
  std::string text = origin_lines(artifact, mark, target, ending);
  text += fmt::format("{}Function    {}\n", mark, comment_text(describe_function(artifact)));
  text += fmt::format("{}Polynomial  {}; Chebyshev basis, c[0] whole\n", mark,
                      describe_stages(artifact));
  if (has_lower_bound(artifact)) {
    text += fmt::format("{}Error       {} <= best possible; this table <= {}\n", mark,
                        outward(e.lower, Rounding::down), outward(e.upper, Rounding::up));
  } else {
    text += fmt::format("{}Error       {} <= this table <= {}\n", mark,
                        outward(e.attained, Rounding::down), outward(e.upper, Rounding::up));
  }
  text += fmt::format("{}            {}; at most {}\n", mark, describe_metric(artifact),
                      size_text(e.upper));
  if (claim_unit(artifact) != 1) {
    text += fmt::format("{}            times the range: at most {}\n", mark,
                        size_text(e.upper * claim_unit(artifact)));
  }
  text += fmt::format("{}            coefficients as stored, exact evaluation; evidence: {}\n",
                      mark, name_of(e.evidence));
  if (const std::string kept = describe_conditions(artifact); !kept.empty()) {
    text += fmt::format("{}Conditions  {}\n", mark, comment_text(kept));
  }
  const char* label = "Objectives";
  for (const std::string& sentence : describe_objectives(artifact)) {
    text += fmt::format("{}{:<10}  {}\n", mark, label, comment_text(sentence));
    label = "";
  }
  if (artifact.outside) text += fmt::format("{}Outside     {}\n", mark, describe_outside(artifact));
  if (artifact.plan) {
    text += fmt::format("{}Cost        {}\n", mark, describe_costs(*artifact.plan));
    const int levels = levels_at_working_scale(artifact);
    if (levels != artifact.plan->costs.levels) {
      text += fmt::format(
          "{}            {} where the input has the working scale: one for the "
          "range\n",
          mark, plural(levels, "level"));
    }
  }
  return text + fmt::format("{}Generator   equiripple {}\n", mark, version);
}

std::string exact_decimal(const Rational& q) {
  constexpr int digits_of_binary64 = 17;
  if (is_binary64(q)) return fmt::format("{:.{}e}", to_double(q), digits_of_binary64 - 1);
  constexpr int digits_of_all = 1240;  // of the highest precision
  return decimal(q, digits_of_all);
}

}  // namespace equiripple
