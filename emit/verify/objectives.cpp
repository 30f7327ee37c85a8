// The objectives beside the claim, proved again.
#include <fmt/format.h>

#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/verify/proofs.hpp"
#include "generator/exchange/measure.hpp"

namespace equiripple {
namespace {

const char* what(Metric metric) {
  switch (metric) {
    case Metric::expected: return "the root mean square of the error";
    case Metric::share: return "the share that is not within the tolerance";
    default: break;
  }
  return "the largest error";
}

void compare(Inquiry& inquiry, const ClaimRecord& found, const ClaimRecord& proved) {
  if (found.error.upper < proved.error.upper) {
    return inquiry.fails(
        "objectives/*/upper", 0,
        fmt::format("{} is claimed to be at most {}, and {} is what is proved", what(found.metric),
                    size_text(found.error.upper), size_text(proved.error.upper)));
  }
  if (found.error.attained > proved.error.attained || found.error.lower > proved.error.lower) {
    return inquiry.fails(
        "objectives/*/attained", 0,
        fmt::format("{} is claimed to attain {}, and {} is what is proved", what(found.metric),
                    size_text(found.error.attained, Rounding::down),
                    size_text(proved.error.attained, Rounding::down)));
  }
  for (const char* claim : {"objectives/*/lower", "objectives/*/attained", "objectives/*/evidence",
                            "objectives/*/metric"}) {
    inquiry.holds(claim);
  }
  inquiry.holds("objectives/*/upper", 0,
                fmt::format("{} is at most {}", what(found.metric), size_text(found.error.upper)));
}

}  // namespace

void prove_objectives(Inquiry& inquiry, const std::optional<ObjectivesRequest>& asked) {
  const std::vector<ClaimRecord>& found = inquiry.artifact.objectives;
  std::vector<ClaimRecord> proved;
  if (asked) {
    Outcome<std::vector<ClaimRecord>> again = proved_objectives(
        *asked, inquiry.stage(1), coefficient_distance(inquiry.stored[0], inquiry.computed[0]));
    if (!again) return inquiry.fails("objectives/*/upper", 0, again.error().why);
    proved = *std::move(again);
  }
  bool same = found.size() == proved.size();
  for (std::size_t i = 0; same && i < found.size(); ++i) {
    same = found[i].metric == proved[i].metric;
  }
  if (!same) {
    return inquiry.fails("objectives/*/metric", 0,
                         "its objectives are not those that the request is of");
  }
  for (std::size_t i = 0; i < found.size() && inquiry.all_hold(); ++i) {
    compare(inquiry, found[i], proved[i]);
  }
  if (!asked || !inquiry.all_hold()) return;
  for (const char* claim : {"request/noise", "request/tolerance", "request/density"}) {
    inquiry.holds(claim);
  }
}

}  // namespace equiripple
