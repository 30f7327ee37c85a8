// The table beside the peers: the parts make the whole, and the whole is what is known.
#include "emit/compare.hpp"

#include <doctest/doctest.h>

#include <sstream>
#include <string>
#include <vector>

#include "emit/describe.hpp"
#include "emit/plan/stage_costs.hpp"
#include "tests/support/artifacts.hpp"

using namespace equiripple;
using Cells = std::vector<std::string>;

namespace {

// The last four words of the line that begins with `row`, in the table of that title.
Cells row_of(const std::string& text, const std::string& title, const std::string& row) {
  std::istringstream lines(text.substr(text.find("\n" + title + " ") + 1));
  for (std::string line; std::getline(lines, line) && !line.empty();) {
    if (line.find("  " + row) != 0) continue;
    std::istringstream words(line);
    Cells cells;
    for (std::string word; words >> word;) cells.push_back(word);
    return {cells.end() - 4, cells.end()};
  }
  return {};
}

PlanCosts sum(const std::vector<PlanCosts>& parts) {
  PlanCosts total;
  for (const PlanCosts& part : parts) {
    total.levels += part.levels;
    total.key_switches += part.key_switches;
    total.tensor_products += part.tensor_products;
    total.scalar_products += part.scalar_products;
    total.rescalings += part.rescalings;
  }
  return total;
}

}  // namespace

TEST_CASE("the costs of the stages are those of the program") {
  for (const Kind kind :
       {Kind::sign, Kind::step, Kind::relu, Kind::abs, Kind::max, Kind::compare}) {
    const std::string gap = covers_gap(kind) ? "" : "1/8";
    const Artifact artifact = test::sign_artifact(kind, {3, 7}, gap, "2");
    const auto parts = costs_by_stage(artifact.plan->program);
    REQUIRE(parts.size() == 2);
    CHECK(sum(parts) == artifact.plan->costs);
    CHECK(parts[0].levels == 2);
    CHECK(parts[1].levels >= 3);
  }
  CHECK(costs_by_stage({}).empty());
}

TEST_CASE("the sums of known composites") {
  const std::string short_one = comparison(test::sign_artifact(Kind::relu, {7, 7}, "", "1"));
  CHECK(row_of(short_one, "levels", "total")[1] == "9");
  CHECK(row_of(short_one, "key switches", "total")[1] == "11");
  const Artifact relu = test::sign_artifact(Kind::relu, {15, 15, 27}, "", "1");
  const std::string text = comparison(relu);
  CHECK(row_of(text, "levels", "total")[1] == "16");
  CHECK(row_of(text, "key switches", "total")[1] == "27");
  CHECK(row_of(text, "key switches", "stage 1") ==
        Cells{std::to_string(costs_by_stage(relu.plan->program)[0].key_switches), "8", "7", "8"});
  CHECK(row_of(text, "rescalings", "total")[3] == "-");
  CHECK(row_of(text, "key switches", "total")[0] == std::to_string(relu.plan->costs.key_switches));
  CHECK(row_of(text, "levels", "change").empty());
}

TEST_CASE("an interval costs OpenFHE a level, a scalar product and a rescaling") {
  const std::string unit = comparison(test::sign_artifact(Kind::max, {3, 5}, "", "1"));
  const std::string wide = comparison(test::sign_artifact(Kind::max, {3, 5}, "", "50"));
  CHECK(row_of(wide, "levels", "change") == Cells{"0", "1", "-", "-"});
  CHECK(row_of(wide, "key switches", "change") == Cells{"0", "0", "-", "-"});
  for (const char* title : {"levels", "rescalings"}) {
    const Cells narrow_total = row_of(unit, title, "total");
    const Cells wide_total = row_of(wide, title, "total");
    CHECK(std::stoi(wide_total[1]) == std::stoi(narrow_total[1]) + 1);
    CHECK(wide_total[2] == narrow_total[2]);
  }
  CHECK(unit.find("Change of interval") == std::string::npos);
  CHECK(wide.find("Change of interval") != std::string::npos);
}

TEST_CASE("forms that a peer has not, and degrees that are not what they seem") {
  const std::string dense = comparison(test::polynomial_artifact("exp(x)", "[-1,1]", 12));
  CHECK(row_of(dense, "key switches", "total")[3] == "-");
  CHECK(row_of(dense, "key switches", "stage 1: degree 12")[1] == "8");
  CHECK(row_of(dense, "scalar products", "total")[1] == "6");
  const std::string constant = comparison(test::polynomial_artifact("3", "[-1,1]", 2));
  CHECK(row_of(constant, "levels", "stage 1: degree 0") == Cells{"0", "-", "-", "-"});
  Artifact none = test::polynomial_artifact("exp(x)", "[-1,1]", 3);
  none.plan.reset();
  CHECK(comparison(none).find(describe_missing_plan()) != std::string::npos);
}
