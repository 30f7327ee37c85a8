// Charts and pages: scales by their laws, markup by a reader of XML.
#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <regex>

#include "emit/picture/chart.hpp"
#include "emit/picture/markup.hpp"
#include "emit/picture/page.hpp"
#include "tests/support/command.hpp"

using namespace equiripple;

namespace {

// Whether Python's reader of XML takes it; none without Python.
std::optional<bool> is_well_formed(const std::string& xml) {
  if (!test::is_installed("python3")) {
    MESSAGE("SKIPPED: there is no python3");
    return std::nullopt;
  }
  const test::TemporaryFolder folder;
  test::write_text(folder / "x.xml", xml);
  return test::run({"python3", "-c", "import xml.dom.minidom; xml.dom.minidom.parse('x.xml')"},
                   folder.path())
             .status == 0;
}

Chart parabola() {
  Chart chart{.title = "y = x^2", .x = {.label = "x"}, .y = {.label = "y"}};
  ChartCurve curve{.label = "parabola", .points = {}};
  for (int i = -10; i <= 10; ++i) curve.points.push_back({i / 10.0, i * i / 100.0});
  chart.curves.push_back(curve);
  return chart;
}

// The coordinates of the first curve.
std::vector<ChartPoint> drawn(const std::string& svg) {
  static const std::regex path("<path[^>]* d=\"([^\"]*)\"");
  std::smatch found;
  REQUIRE(std::regex_search(svg, found, path));
  const std::string d = found[1];
  static const std::regex point("[ML](-?[0-9.]+) (-?[0-9.]+)");
  std::vector<ChartPoint> points;
  for (auto it = std::sregex_iterator(d.begin(), d.end(), point); it != std::sregex_iterator();
       ++it) {
    points.push_back({std::stod((*it)[1]), std::stod((*it)[2])});
  }
  return points;
}

}  // namespace

TEST_CASE("a scale rises from 0 to 1 and has its ticks inside") {
  for (const AxisRequest& request :
       {AxisRequest{.low = -3.7, .high = 12}, AxisRequest{.low = 1e-9, .high = 2e-9},
        AxisRequest{.low = 5, .high = 5}, AxisRequest{.low = -1, .high = 1, .widened = false},
        AxisRequest{.low = 3.5, .high = 9.5, .least_step = 1, .widened = false},
        AxisRequest{.kind = ScaleKind::logarithmic, .low = 1e-7, .high = 300},
        AxisRequest{.kind = ScaleKind::logarithmic, .low = 0, .high = 0}}) {
    CAPTURE(request.low);
    CAPTURE(request.high);
    const AxisScale scale(request);
    REQUIRE(scale.ticks().size() >= 2);
    CHECK(scale.ticks().size() <= 12);
    double before = -1;
    for (const Tick& tick : scale.ticks()) {
      const double at = scale.at(tick.value);
      CHECK(at >= 0);
      CHECK(at <= 1);
      CHECK(at > before);
      before = at;
    }
    CHECK(scale.at(request.low) <= scale.at(request.high));
  }
}

TEST_CASE("ticks say what they stand for") {
  const AxisScale logarithmic({.kind = ScaleKind::logarithmic, .low = 0.25, .high = 4});
  REQUIRE(logarithmic.ticks().size() == 5);
  CHECK(logarithmic.ticks()[0].label == "2^-2");
  CHECK(logarithmic.ticks()[2].label == "1");
  CHECK(logarithmic.at(1) == doctest::Approx(0.5));
  CHECK(logarithmic.at(0) == 0);
  const AxisScale counts({.low = 2.5, .high = 5.5, .least_step = 1, .widened = false});
  for (const Tick& tick : counts.ticks()) CHECK(tick.value == std::round(tick.value));
}

TEST_CASE("a curve is drawn where its points are") {
  const auto points = drawn(to_svg_element(parabola()));
  REQUIRE(points.size() == 21);
  CHECK(points.front().y == points.back().y);  // (-1)^2 = 1^2
  CHECK(points[10].y > points[9].y);           // SVG counts downwards: the vertex is lowest
  for (std::size_t i = 1; i < points.size(); ++i) CHECK(points[i].x > points[i - 1].x);
  Chart broken = parabola();
  broken.curves[0].points[5].y = std::numeric_limits<double>::quiet_NaN();
  CHECK(drawn(to_svg_element(broken)).size() == 20);
}

TEST_CASE("hostile text stays text") {
  const std::string hostile = "</text><script>alert('1')</script> & \"\x01";
  Chart chart = parabola();
  chart.title = chart.subtitle = chart.x.label = chart.y.label = hostile;
  chart.curves[0].label = hostile;
  chart.curves.push_back(chart.curves[0]);
  chart.marks.push_back({.at = {0, 0}, .label = hostile, .detail = hostile});
  chart.rules.push_back({.y = 0.5, .label = hostile});
  chart.bands.push_back({.from = -0.1, .to = 0.1, .label = hostile});
  const std::string svg = to_svg({chart, chart});
  CHECK(svg.find("<script") == std::string::npos);
  const auto sound = is_well_formed(svg);
  if (!sound) return;
  CHECK(*sound);
  CHECK_FALSE(*is_well_formed(svg + "<"));
}

TEST_CASE("a page is closed where it is opened") {
  Page page("a < b & c");
  page.add_heading("<h>");
  page.add_paragraph("1 < 2");
  page.add_code("x && y");
  page.add_table({.head = {"name", "value"}, .rows = {{"<b>", "1.5"}, {"c", "-2e-3"}}});
  page.open_details("more");
  page.add_markup(to_svg_element(parabola()));
  page.close_details();
  const std::string html = page.html();
  CHECK(html.find("<td class=\"number\">-2e-3</td>") != std::string::npos);
  CHECK(html.find("<td>&lt;b&gt;</td>") != std::string::npos);
  CHECK(html.find("http") == html.find("http://www.w3.org/2000/svg"));
  // As XML, but for two elements of HTML that have no end.
  const std::string body =
      html.substr(html.find("<body>"), html.find("</html>") - html.find("<body>"));
  const auto sound = is_well_formed(body);
  if (sound) CHECK(*sound);
}

TEST_CASE("the same chart gives the same bytes") {
  CHECK(to_svg({parabola()}) == to_svg({parabola()}));
}
