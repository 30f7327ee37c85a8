// The table of stages is what the planner makes, and what whole plans take.
#include "emit/make/planner_costs.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

#include "emit/plan/make_plan.hpp"
#include "generator/sign/composite.hpp"
#include "tests/support/command.hpp"
#include "tests/support/data.hpp"
#include "tests/support/random.hpp"
#include "tools/profiles/fingerprint.hpp"

using namespace equiripple;
namespace fs = std::filesystem;

namespace {

std::vector<StageProfile> tabled(int degree, StageForm form,
                                 StageWidth width = StageWidth::widest) {
  std::vector<StageProfile> rows;
  for (const StageProfile& row : tabled_profiles()) {
    if (row.degree == degree && row.form == form && row.width == width) rows.push_back(row);
  }
  return rows;
}

// On a domain with this ratio of its ends.
StageProfile fitting(int degree, StageForm form, double ratio) {
  std::vector<StageProfile> rows;
  for (const WidthClass& one : width_classes) {
    if (auto own = tabled(degree, form, one.width); !own.empty()) rows = std::move(own);
    if (ratio <= one.highest_ratio) break;
  }
  return rows.front();
}

}  // namespace

// All of it takes minutes, and is compared where the planner, or what it plans, is not what the
// table says that it was made from; also at EQUIRIPPLE_EFFORT=10.
TEST_CASE("the table of stages is what the planner makes now") {
  const std::string table =
      test::content_of(test::source_folder() + "/emit/plan/stage_profile_table.cpp");
  const bool is_known = table.find(fingerprint_line(planner_fingerprint(test::source_folder())) +
                                   "\n") != std::string::npos;
  if (!is_known) {
    MESSAGE("the planner has changed since the table was made: all of it is planned again");
  }
  const int highest = is_known && test::effort() < 10 ? 15 : highest_tabled_degree;
  for (int degree = 3; degree <= highest; degree += 2) {
    CAPTURE(degree);
    std::vector<StageProfile> rows;
    for (const StageProfile& row : tabled_profiles()) {
      if (row.degree == degree) rows.push_back(row);
    }
    CHECK_MESSAGE(rows == rows_of(degree),
                  "plans have changed: write emit/plan/stage_profile_table.cpp again with "
                  "equiripple-profiles");
  }
}

namespace {

// The planner's sources, to be changed.
class CopiedPlanner {
 public:
  CopiedPlanner() {
    for (const std::string& name : planner_sources(test::source_folder())) {
      const fs::path to = fs::path(folder_.path()) / name;
      fs::create_directories(to.parent_path());
      fs::copy_file(fs::path(test::source_folder()) / name, to);
    }
  }

  std::string tokens() const { return planner_tokens(folder_.path()); }
  void edit(const std::string& name, const std::string& from, const std::string& to) const {
    std::string text = test::content_of(folder_ / name);
    const std::size_t found = text.find(from);
    REQUIRE(found != std::string::npos);
    test::write_text(folder_ / name, text.replace(found, from.size(), to));
  }

 private:
  test::TemporaryFolder folder_;
};

}  // namespace

TEST_CASE("what the table depends on: every change of the planner, and no change of its looks") {
  const auto sources = planner_sources(test::source_folder());
  for (const char* name : {"emit/plan/shape_search.cpp", "emit/plan/wide_search.cpp",
                           "emit/plan/stage_choice.cpp", "emit/plan/least_scalars.cpp",
                           "emit/plan/series_arithmetic.hpp", "generator/chebyshev.cpp"}) {
    CAPTURE(name);
    CHECK(std::ranges::find(sources, name) != sources.end());
  }
  const CopiedPlanner planner;
  const std::string before = planner.tokens();
  CHECK(before == planner_tokens(test::source_folder()));
  planner.edit("emit/plan/stage_profile.cpp", "constexpr int most_spare = 2;",
               "constexpr int\n   most_spare=2 ;  // another remark");
  CHECK(planner.tokens() == before);
  planner.edit("emit/plan/stage_profile.cpp", "most_spare=2", "most_spare=1");
  CHECK(planner.tokens() != before);
  planner.edit("emit/plan/stage_profile.cpp", "most_spare=1", "most_spare=2");
  CHECK(planner.tokens() == before);
  planner.edit("emit/plan/wide_search.cpp", "namespace equiripple {",
               "namespace equiripple {\nint more = 0;");
  CHECK(planner.tokens() != before);
}

TEST_CASE("tokens") {
  CHECK(tokens_of("int  a = 1; // x\n /* y */ return a ;") == "int a=1;return a;");
  CHECK(tokens_of("f(\"a // b\", '\"', 1'000)") == "f(\"a // b\",'\"',1'000)");
  CHECK(tokens_of("int ab") != tokens_of("int a b"));
}

TEST_CASE("every degree has a row in every form, at its fewest levels first") {
  for (int degree = 3; degree <= highest_tabled_degree; degree += 2) {
    for (const StageForm form : {StageForm::series, StageForm::times_x, StageForm::alone}) {
      CAPTURE(degree);
      const auto rows = tabled(degree, form);
      REQUIRE_FALSE(rows.empty());
      for (std::size_t i = 1; i < rows.size(); ++i) {
        CHECK(rows[i].levels > rows[i - 1].levels);
        CHECK(rows[i].key_switches() < rows[i - 1].key_switches());
      }
    }
  }
}

TEST_CASE("stages add up to whole plans: levels, key switches, latency") {
  CostTable costs = CostTable::transforms();
  costs.levels_after = 3;
  for (const std::vector<int>& degrees :
       std::vector<std::vector<int>>{{3, 7, 15}, {7, 7}, {15, 15, 27}, {5, 9, 13, 11}}) {
    const CompositeSign sign = composite_sign({.degrees = degrees, .gap = power_of_two(-8)});
    REQUIRE(sign.status == CompositeStatus::complete);
    std::vector<ChebyshevSeries> stages;
    for (const SignStage& stage : sign.stages) stages.push_back(stage.polynomial);
    for (const Kind kind : {Kind::sign, Kind::relu}) {
      const auto planned = make_plan(kind, stages);
      REQUIRE(planned.has_value());
      int levels = 0;
      int key_switches = 0;
      double latency = 0;
      for (std::size_t i = degrees.size(); i-- > 0;) {
        const bool last = i + 1 == degrees.size();
        const StageForm form = last && kind == Kind::relu ? StageForm::times_x : StageForm::series;
        const Interval& domain = sign.stages[i].domain.back();
        const StageProfile row =
            fitting(degrees[i], form, to_double(Rational(domain.lower / domain.upper)));
        latency += latency_of(row, costs, levels);
        levels += row.levels;
        key_switches += row.key_switches();
      }
      CHECK(planned->plan.costs.levels == levels);
      CHECK(planned->plan.costs.key_switches == key_switches);
      // Scalars that vanish, and the range, make small differences.
      CHECK(latency_of(planned->plan.program, costs) == doctest::Approx(latency).epsilon(0.02));
    }
  }
}
