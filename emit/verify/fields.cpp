// A row a field. A field without a row cannot be verified: unestablished_field() names it.
#include "emit/verify/fields.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace equiripple {
namespace {

using enum Standing;
using enum Weaker;

const std::vector<Field> rows = {
    {"format", written, no, "one word"},
    {"version", written, no, "of the format"},
    {"name", label, any, "what the user calls it: an identifier, about which nothing is said"},
    {"kind", subject, no, "what program and tables are compared with; the command makes it"},
    {"steps/*/op", subject, no,
     "what program and error are compared with; the form of the request"},
    {"steps/*/of/*", subject, no, "likewise"},
    {"steps/*/stage", subject, no, "likewise"},
    {"steps/*/scale", subject, no, "likewise"},
    {"steps/*/offset", subject, no, "likewise"},
    {"steps/*/noise", proved, no, "that of the request; the domains hold it"},
    {"steps/*/lowest", proved, no, "likewise"},
    {"steps/*/levels", proved, no, "likewise"},
    {"steps/*/part", subject, no, "likewise"},
    {"steps/*/by", subject, no, "likewise"},
    {"parts", proved, no, "each as a file of its own, and on the domain of what it is given"},
    {"corrections", subject, no, "how many the program is compared with"},

    {"request/command", kept, no, "makes this kind"},
    {"request/function", kept, any, "the errors are proved of it"},
    {"request/weight", kept, no, "likewise"},
    {"request/relative", kept, no, "the metric says so too"},
    {"request/domain", kept, no, "rounded outward it is the claimed one"},
    {"request/range", kept, no, "the claimed domain ends there"},
    {"request/beyond", kept, no, "the claimed domain ends so many times further"},
    {"request/length", kept, no, "the error is proved of so many slots"},
    {"request/slots", kept, no, "likewise"},
    {"request/variance", kept, no, "the error is proved for all of it"},
    {"request/gap", kept, no, "the claimed domain begins there"},
    {"request/piece", kept, no, "the errors are proved of these functions, on these intervals"},
    {"request/threshold", kept, no, "the claimed domain ends and begins there"},
    {"request/to", kept, no,
     "the errors are proved of these values, on intervals between their middles"},
    {"request/width", kept, no, "of the intervals of the claimed domain"},
    {"request/double-angle", kept, no, "the errors are proved of this cosine"},
    {"request/doublings", kept, no, "the steps have them"},
    {"request/arcsine", kept, no, "the degree of the last stage"},
    {"request/degree", kept, no, "the table is the best of it"},
    {"request/degrees", kept, no, "those of the stages"},
    {"request/stages", kept, no, "the tables are the published polynomials"},
    {"request/numerator", kept, any, "the relative error does not depend on it"},
    {"request/corrections", kept, no, "as many"},
    {"request/squarings", kept, no, "as many"},
    {"request/parity", kept, no, "that of the stage"},
    {"request/through", kept, no, "how far the table and the program are from it is proved"},
    {"request/leading", kept, no, "likewise"},
    {"request/powers", kept, no, "likewise of those below the lowest; the others by the parity"},
    {"request/method", kept, no,
     "its polynomial, made again, is that of the table; with --data, not at hand, its degree"},
    {"request/of", kept, no, "likewise"},
    {"request/centre", kept, no, "likewise"},
    {"request/density", kept, no, "likewise"},
    {"request/noise", kept, no, "likewise"},
    {"request/tolerance", kept, no, "likewise; of the share that is proved"},
    {"request/polynomial", kept, no, "likewise"},
    {"request/coefficients", kept, no, "likewise"},
    {"request/basis", kept, no, "likewise"},
    {"request/halved", kept, no, "likewise"},
    {"request/on", kept, no, "likewise"},
    {"request/find-domain", kept, no,
     "the error keeps to it on the claimed domain, and exceeds it beside both ends"},
    {"request/objective", kept, no, "likewise"},
    {"request/points", kept, no, "the error is proved at them"},
    {"request/point-count", kept, no, "as many points are listed"},
    {"request/error", kept, larger, "the proved error is not above it"},
    {"request/bits", kept, smaller, "the proved error is not above 2^-bits of the range"},
    {"request/coefficient-bits", kept, larger, "every coefficient has so few"},
    {"request/coefficient-unit", kept, smaller, "every coefficient is a multiple"},
    {"request/margin", kept, smaller, "the domains of later stages are as much wider"},
    {"request/ckks", kept, any, "the margin that follows is kept; of the noise nothing is said"},
    {"request/max-levels", kept, larger, "the program takes no more"},
    {"request/max-key-switches", kept, larger, "the program takes no more"},
    {"request/max-degree", kept, larger, "no stage has a higher one"},
    {"request/no-absorption", kept, no, "the result is no multiple of the function"},
    {"request/max-growth", label, any,
     "a preference: where no plan keeps it one above is taken, and inspect says so"},
    {"request/minimise", label, any, "a preference of the search; what came out is counted"},
    {"request/level-price", label, any, "likewise"},
    {"request/refresh", kept, any,
     "its noise is that of the steps, and the program fits into its levels; of costs nothing is "
     "said"},
    {"request/any-reach", label, any, "likewise; how far the value stays bounded is measured"},
    {"request/model", label, any, "the name of a file of costs that is not at hand"},
    {"request/data", label, any,
     "the name of a file that is not at hand; the points of a fit stand in this one"},
    {"request/tightness", label, any, "how long the proof went on; what it left is proved again"},
    {"request/precision-bits", label, any, "how it was computed; the tables are what is proved"},

    {"stages", written, no, "none: of many slots the parts have them"},
    {"stages/*/degree", written, no, "of the table"},
    {"stages/*/parity", subject, no, "of the table, and of the class of the lower bound"},
    {"stages/*/basis/*", subject, any,
     "of the table, and with it the polynomial; what is said of the stage is its domain"},
    {"stages/*/coefficients/*", subject, any, "the polynomial"},
    {"stages/*/domain/*/*", subject, any,
     "the first is the asked one; each holds the range before"},
    {"stages/*/range/*/*", proved, wider, "holds the values of the polynomial on the domain"},
    {"stages/*/rounding", proved, no,
     "of a best polynomial: whether the table is its rounding one by one; others have no other"},
    {"stages/*/deviations/table/*", proved, larger, "computed exactly from the table"},
    {"stages/*/deviations/program/*", proved, larger, "likewise of what the program computes"},
    {"stages/*/error/lower", proved, smaller, "by an alternation of the best polynomial"},
    {"stages/*/error/attained", proved, smaller, "by a point"},
    {"stages/*/error/upper", proved, larger, "by a bound for the table and for the program"},
    {"stages/*/error/log2_upper", written, no, "of upper"},
    {"stages/*/error/evidence", proved, any, "all is proved again, whatever it says"},
    {"stages/*/error/metric", proved, no, "that of the kind, or of the request"},

    {"error/lower", proved, smaller, "as of the stage; of compositions not above attained"},
    {"error/attained", proved, smaller, "by a point"},
    {"error/upper", proved, larger, "by a bound for the tables and for the program"},
    {"error/log2_upper", written, no, "of upper"},
    {"error/evidence", proved, any, "all is proved again, whatever it says"},
    {"error/metric", proved, no, "that of the kind, or of the request"},

    {"objectives/*/lower", proved, smaller, "0: nothing is claimed of other polynomials"},
    {"objectives/*/attained", proved, smaller, "by a point, or 0"},
    {"objectives/*/upper", proved, larger,
     "by an integral, a part of the domain, or a bound, for the table and for the program"},
    {"objectives/*/log2_upper", written, no, "of upper"},
    {"objectives/*/evidence", proved, any, "all is proved again, whatever it says"},
    {"objectives/*/metric", proved, no, "those of the request"},

    {"outside/bound", proved, larger, "by a proof; measured again where it says so"},
    {"outside/reach/*", proved, narrower, "with the bound; it holds the range"},
    {"outside/evidence", proved, any, "proved anew where it says so"},
    {"outside/keeps/*", written, no, "where the claimed domain begins and ends"},
    {"outside/side", proved, smaller, "by a proof; it is not below the range"},

    {"plan", proved, no, "none: the planner has none for these tables"},
    {"plan/levels", proved, no, "counted"},
    {"plan/key_switches", proved, no, "counted"},
    {"plan/tensor_products", proved, no, "counted"},
    {"plan/scalar_products", proved, no, "counted"},
    {"plan/rescalings", proved, no, "counted"},
    {"plan/sums", proved, no, "counted"},
    {"plan/rotations", proved, no, "counted"},
    {"plan/refreshes", proved, no, "counted"},
    {"plan/growth", proved, no, "computed from the program"},
    {"plan/output_scale_factor", subject, any, "what the program computes is divided by it"},
    {"plan/program", written, no, "none: of many slots the parts have them"},
    {"plan/program/*/op", subject, any, "expanded to the polynomials that are proved"},
    {"plan/program/*/name", label, any, "of a value: an identifier"},
    {"plan/program/*/args/*", subject, any, "as op"},
    {"plan/program/*/scalar", subject, any, "as op"},
    {"plan/program/*/log2_scale", label, any,
     "a preference: how noise is spread; the runtime leaves it where moduli have no room"},
    {"plan/program/*/integer", subject, any, "as op"},
    {"plan/program/*/carried", label, any, "as log2_scale: another scale for the same value"},
    {"plan/program/*/centre", subject, no, "that of the basis"},
    {"plan/program/*/half_width", subject, no, "that of the basis"},
    {"plan/program/*/depth", subject, any, "follows from the operands; of a drop it is counted"},
};

void collect(const Json& json, const std::string& path, std::set<std::string>& paths) {
  const std::string before = path.empty() ? path : path + "/";
  const bool is_option = path.starts_with("request/");
  if (json.empty() || !json.is_structured() || is_option) {
    paths.insert(path);
  } else if (json.is_object()) {
    for (const auto& [name, value] : json.items()) collect(value, before + name, paths);
  } else {
    for (const Json& value : json) collect(value, before + "*", paths);
  }
}

bool is_established(const std::string& path, int stage, const Verification& found) {
  return std::ranges::any_of(found.findings, [&](const Finding& finding) {
    return finding.holds && finding.claim == path && finding.stage == stage;
  });
}

}  // namespace

const std::vector<Field>& fields() { return rows; }

const Field* field_at(const std::string& path) {
  const auto row =
      std::ranges::find_if(rows, [&](const Field& field) { return path == field.path; });
  return row == rows.end() ? nullptr : &*row;
}

std::vector<std::string> paths_in(const Json& artifact) {
  std::set<std::string> paths;
  collect(artifact, "", paths);
  return {paths.begin(), paths.end()};
}

std::string unestablished_field(const Artifact& artifact, const Verification& found) {
  const int stages = static_cast<int>(artifact.stages.size());
  Json json = to_json(artifact);
  if (json.contains("parts")) json["parts"] = Json::array();  // each is looked at by itself
  for (const std::string& path : paths_in(json)) {
    const Field* field = field_at(path);
    if (field == nullptr) return path;
    if (field->standing != proved && field->standing != kept) continue;
    const bool is_of_stage = path.starts_with("stages/");
    for (int stage = is_of_stage ? 1 : 0; stage <= (is_of_stage ? stages : 0); ++stage) {
      if (!is_established(path, stage, found)) return path;
    }
  }
  return {};
}

}  // namespace equiripple
