// equiripple plot and report: the drawn error against the claims that the file makes.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <sstream>

#include "emit/json.hpp"
#include "generator/sign/composite.hpp"
#include "tests/support/command.hpp"
#include "tests/support/data.hpp"
#include "tests/support/made.hpp"
#include "tools/picture/error_curves.hpp"
#include "tools/picture/plan_graph.hpp"
#include "tools/picture/report.hpp"
#include "tools/picture/values.hpp"

using namespace equiripple;
using test::made_artifact;

namespace {

using Words = std::vector<std::string>;

std::vector<Words> every_kind() {
  return {
      {"minimax", "--function", "sigmoid(x)", "--domain", "[-8,8]", "--degree", "15"},
      {"minimax", "--function", "sign(x)", "--domain", "[-1,-1/8]", "--domain", "[1/8,1]",
       "--degree", "9"},
      {"minimax", "--function", "exp(x)", "--domain", "[0,1]", "--degree", "4", "--relative"},
      {"minimax", "--function", "exp(x)", "--domain", "[0,1]", "--degree", "4", "--weight", "1+x"},
      {"minimax", "--function", "exp(x)", "--domain", "[-1,1]", "--degree", "4", "--density",
       "exp(-x^2)"},
      {"minimax", "--function", "exp(x)", "--domain", "[-1,1]", "--degree", "0"},
      {"minimax", "--function", "exp(x)", "--domain", "[-1,1]", "--degree", "40",
       "--coefficient-bits", "200"},
      {"approximate", "--method", "taylor", "--function", "relu(x)", "--of", "softplus(x)",
       "--domain", "[-3,3]", "--degree", "4"},
      {"sign", "--gap", "2^-5", "--degrees", "7,15"},
      {"compare", "--gap", "1/4", "--degrees", "9"},
      {"relu", "--degrees", "7,7", "--range", "50"},
      {"abs", "--degrees", "5"},
      {"max", "--degrees", "3,5"},
      {"inverse", "--domain", "[2^-4,1]", "--error", "2^-12"},
      {"sqrt", "--domain", "[2^-4,1]", "--error", "2^-10"},
      {"mod1", "--range", "4", "--width", "2^-8", "--double-angle", "2", "--degree", "20"},
  };
}

double largest(const Chart& chart) {
  double size = 0;
  for (const ChartPoint& p : chart.curves.front().points) {
    if (std::isfinite(p.y)) size = std::max(size, std::abs(p.y));
  }
  return size;
}

// Runs of one sign that come within a hundredth of the bound.
int tops(const Chart& chart, double bound) {
  int count = 0;
  int side = 0;
  for (const ChartPoint& p : chart.curves.front().points) {
    if (std::abs(p.y) < 0.99 * bound) continue;
    const int here = p.y > 0 ? 1 : -1;
    if (here != side) ++count;
    side = here;
  }
  return count;
}

}  // namespace

TEST_CASE("what is drawn stays within the claim and reaches it") {
  for (const Words& words : every_kind()) {
    CAPTURE(words.front());
    CAPTURE(words.back());
    const Artifact one = made_artifact(words);
    const auto charts = error_charts(one);
    REQUIRE_FALSE(charts.empty());
    const double upper = to_double(one.claim.error.upper, Rounding::up);
    const double attained = to_double(one.claim.error.attained, Rounding::down);
    CHECK(largest(charts.front()) <= upper * (1 + 1e-12));
    CHECK(largest(charts.front()) >= attained * 0.98);
    REQUIRE(charts.front().rules.size() == 2);
    CHECK(charts.front().rules[0].y == upper);
  }
}

TEST_CASE("the error of a minimax polynomial is drawn with all its tops") {
  for (const int degree : {3, 10, 31}) {
    const Artifact one = made_artifact({"minimax", "--function", "exp(x)", "--domain", "[-1,2]",
                                        "--degree", std::to_string(degree)});
    const Chart chart = error_charts(one).front();
    // Coefficients of binary64 level errors well above their rounding.
    if (degree < 12) {
      CHECK(tops(chart, to_double(one.claim.error.attained)) >= degree + 2);
    }
  }
  const Artifact sign = made_artifact({"sign", "--gap", "2^-6", "--degrees", "15"});
  CHECK(tops(error_charts(sign).front(), to_double(sign.claim.error.attained)) == 9);
}

// n corrections of a start of degree d are the best polynomial of degree 2^n (d + 1) - 1.
TEST_CASE("the error of a corrected start is drawn with all its tops") {
  const Artifact one = made_artifact({"inverse", "--domain", "[2^-8,1]", "--error", "2^-20"});
  const int degree = (1 << one.corrections) * (one.stages[0].polynomial.degree() + 1) - 1;
  REQUIRE(degree > 60);
  const Chart chart = error_charts(one).front();
  int count = 0;
  int side = 0;
  for (const ChartPoint& p : chart.curves.front().points) {
    if (std::abs(p.y) < 0.9 * to_double(one.claim.error.upper)) continue;
    const int here = p.y > 0 ? 1 : -1;
    if (here != side) ++count;
    side = here;
  }
  CHECK(count == degree + 2);
}

TEST_CASE("stages are numbered from 1, and what is exact is drawn as 0") {
  const auto charts = error_charts(made_artifact({"max", "--degrees", "3,5"}));
  REQUIRE(charts.size() == 4);  // the whole, around the gap, two stages
  CHECK(charts[2].title == "stage 1, degree 3");
  CHECK(charts[2].x.label == "a - b");
  CHECK(charts[3].title == "stage 2, degree 5");
  CHECK(largest(error_charts(made_artifact({"minimax", "--function", "x^2", "--domain", "[-1,1]",
                                            "--degree", "2"}))
                    .front()) == 0);
}

TEST_CASE("beyond the range: the whole where it is seen, the ends where the reach is short") {
  const auto titles = [](const Words& words) {
    std::vector<std::string> found;
    for (const Chart& chart : outside_charts(made_artifact(words))) {
      found.push_back(chart.title);
      const double inside = *chart.x.high - *chart.x.low;
      CHECK(chart.bands.front().to - chart.bands.front().from < 0.97 * inside);
      // Up to where the bound is passed, and a little on.
      const double bound = chart.rules.front().y;
      CHECK(std::ranges::any_of(chart.curves.front().points,
                                [&](const ChartPoint& p) { return std::abs(p.y) > bound; }));
    }
    return found;
  };
  CHECK(titles({"minimax", "--function", "exp(x)", "--degree", "4", "--domain", "[-1,2]"}) ==
        std::vector<std::string>{"Beyond the range"});
  CHECK(titles({"relu", "--degrees", "15,15,27", "--range", "50"}) ==
        std::vector<std::string>{"Beyond the upper end of the range"});
  CHECK(titles({"minimax", "--function", "tanh(x)", "--degree", "41", "--domain", "[-9,10]"}) ==
        std::vector<std::string>{"Beyond the upper end of the range",
                                 "Beyond the lower end of the range"});
}

TEST_CASE("a nudged coefficient is seen to pass the bound") {
  Artifact one = made_artifact(every_kind()[0]);
  one.stages[0].polynomial.coefficients[3] += Rational(1, 100);
  CHECK(largest(error_charts(one).front()) > 2 * to_double(one.claim.error.upper));
}

TEST_CASE("the program and the tables have the same values") {
  for (const Words& words : every_kind()) {
    const Artifact one = made_artifact(words);
    if (!one.plan || one.kind != Kind::sign) continue;
    const PlotReal x = PlotReal(7) / 10;
    const CompositeEvaluator<PlotReal> tables(polynomials_of(one));
    const PlotReal difference = value_of_program(*one.plan, x) - tables(x);
    CHECK(real_abs(difference) < scale_by_power_of_two(PlotReal(1), -40));
  }
}

TEST_CASE("a plan is drawn with every product, unless it is too long") {
  const Artifact relu = made_artifact({"relu", "--degrees", "15,15,27"});
  const std::string graph = plan_graph(*relu.plan);
  const auto circles = [&](const std::string& style) {
    std::size_t count = 0;
    for (std::size_t at = 0; (at = graph.find("class=\"node " + style, at)) != std::string::npos;
         ++at) {
      ++count;
    }
    return static_cast<int>(count);
  };
  CHECK(circles("product") == relu.plan->costs.tensor_products + 2);  // and two of the legend
  CHECK(circles("scalar\"") == relu.plan->costs.scalar_products + 1);
  Plan endless = *relu.plan;
  while (endless.program.size() <= most_drawn_operations) {
    endless.program.push_back(endless.program.back());
  }
  CHECK(plan_graph(endless).empty());
}

TEST_CASE("plot and report write a file each, of every kind and from headers as well") {
  const test::TemporaryFolder folder;
  for (const Words& words : every_kind()) {
    CAPTURE(words.front());
    auto all = words;
    all.insert(all.end(), {"-o", "f.json"});
    REQUIRE(test::equiripple(all, folder.path()).status == 0);
    for (const Words& picture :
         {Words{"plot", "f.json", "-o", "f.svg"}, Words{"report", "f.json", "-o", "f.html"}}) {
      const auto made = test::equiripple(picture, folder.path());
      CHECK_MESSAGE(made.status == 0, made.errors);
    }
    const std::string page = test::content_of(folder / "f.html");
    CHECK(page.find("</html>") != std::string::npos);
    CHECK(page.find("proved") != std::string::npos);
    CHECK(page.find("https://") == std::string::npos);
  }
  REQUIRE(test::equiripple({"relu", "--degrees", "3", "-o", "r.hpp"}, folder.path()).status == 0);
  REQUIRE(test::equiripple({"plot", "r.hpp", "-o", "r.svg"}, folder.path()).status == 0);
  const std::string first = test::content_of(folder / "r.svg");
  REQUIRE(test::equiripple({"plot", "r.hpp", "-o", "r.svg"}, folder.path()).status == 0);
  CHECK(test::content_of(folder / "r.svg") == first);
}

TEST_CASE("a fit is drawn through its points, and degree 511 in reasonable size") {
  const test::TemporaryFolder folder;
  test::write_text(folder / "d.txt", "0 0\n1 1\n2 4\n3 9.5\n");
  REQUIRE(
      test::equiripple({"fit", "--data", "d.txt", "--degree", "2", "-o", "f.json"}, folder.path())
          .status == 0);
  REQUIRE(test::equiripple({"plot", "f.json", "-o", "f.svg"}, folder.path()).status == 0);
  CHECK(test::content_of(folder / "f.svg").find("3, 9.5") != std::string::npos);
  REQUIRE(test::equiripple({"minimax", "--function", "abs(x)", "--domain", "[-1,1]", "--degree",
                            "511", "-o", "b.json"},
                           folder.path())
              .status == 0);
  REQUIRE(test::equiripple({"report", "b.json", "-o", "b.html"}, folder.path()).status == 0);
  CHECK(test::content_of(folder / "b.html").size() < 2'000'000);
}

TEST_CASE("the page runs its script in a browser, without an error") {
  if (!test::is_installed("chromium")) {
    MESSAGE("SKIPPED: there is no chromium");
    return;
  }
  const test::TemporaryFolder folder;
  const std::string page = report_page(made_artifact({"relu", "--degrees", "7,7"}));
  const std::string probe =
      "<script>window.onerror = m => { document.title = 'failed: ' + m; };</script>";
  const std::string move =
      "<script>for (const svg of document.querySelectorAll('svg[data-x]'))"
      "  svg.dispatchEvent(new PointerEvent('pointermove', {clientX: 300, clientY: 300}));"
      "</script>";
  const auto dom = [&](std::string html) {
    html.insert(html.find("<body>"), probe);
    html.insert(html.find("</body>"), move);
    test::write_text(folder / "page.html", html);
    return test::run({"chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-first-run",
                      "--disable-background-networking", "--disable-component-update",
                      "--disable-sync", "--user-data-dir=" + folder / "profile", "--dump-dom",
                      "file://" + folder / "page.html"})
        .output;
  };
  const std::string shown = dom(page);
  CHECK(shown.find("<title>failed") == std::string::npos);
  CHECK(shown.find("class=\"hover\"") != std::string::npos);
  CHECK(shown.find(">x = ") != std::string::npos);
  const std::string broken = dom(page + "<script>undefined_name.call();</script>");
  CHECK(broken.find("<title>failed") != std::string::npos);
}

TEST_CASE("wrong requests for pictures") {
  const test::TemporaryFolder folder;
  test::write_text(folder / "f.json", test::made({"relu", "--degrees", "3"}, "f.json"));
  const std::vector<std::pair<Words, int>> cases = {
      {{"plot", "f.json", "-o", "f.png"}, 2},
      {{"report", "f.json", "-o", "f.svg"}, 2},
      {{"plot", "f.json"}, 2},
      {{"plot", "none.json", "-o", "f.svg"}, 2},
      {{"plot", "f.json", "-o", "no/f.svg"}, 5},
      {{"report", ".", "-o", "f.html"}, 2},
  };
  for (const auto& [words, status] : cases) {
    CHECK(test::equiripple(words, folder.path()).status == status);
    CHECK(folder.files() == 1);
  }
}
