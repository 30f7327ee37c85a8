// Section by section; everything from the artifact.
#include "tools/picture/report.hpp"

#include <fmt/format.h>

#include "emit/compare.hpp"
#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/picture/page.hpp"
#include "tools/picture/error_curves.hpp"
#include "tools/picture/plan_graph.hpp"

namespace equiripple {
namespace {

void add_claims(Page& page, const Artifact& artifact) {
  const ErrorEnclosure& error = artifact.claim.error;
  page.add_paragraph(describe_function(artifact));
  page.add_table(
      {.head = {"claim", ""},
       .rows = {
           {"error at most", fmt::format("{}, {}; {}", size_text(error.upper),
                                         name_of(error.evidence), describe_metric(artifact))},
           {"attained", size_text(error.attained, Rounding::down)},
           {"no polynomial of its class is below", has_lower_bound(artifact)
                                                       ? size_text(error.lower, Rounding::down)
                                                       : std::string("not known for compositions")},
           {"outside the range", artifact.outside ? describe_outside(artifact) : "not measured"},
           {"costs", artifact.plan ? describe_costs(*artifact.plan) : describe_missing_plan()}}});
  page.add_paragraph(
      "The bound is about the coefficients as they are stored and the program as it "
      "rounds its scalars, in exact arithmetic; the noise of encryption comes on top. "
      "It is made again, and proved again, by:");
  page.add_code(command_line(artifact.request) +
                fmt::format(" -o {0}.hpp\nequiripple verify {0}.hpp", artifact.name));
}

void add_stages(Page& page, const Artifact& artifact) {
  page.add_heading("Stages");
  PageTable table{.head = {"stage", "degree", "domain", "range", "claim"}, .rows = {}};
  for (std::size_t i = 0; i < artifact.stages.size(); ++i) {
    const StageRecord& stage = artifact.stages[i];
    table.rows.push_back({std::to_string(i + 1), std::to_string(stage.polynomial.degree()),
                          domain_text(stage.domain), range_text(stage.range),
                          describe_stage_claim(artifact, stage)});
  }
  page.add_table(table);
  for (std::size_t i = 0; i < artifact.stages.size(); ++i) {
    const ChebyshevSeries& series = artifact.stages[i].polynomial;
    page.open_details(fmt::format("Coefficients of stage {} in Chebyshev's polynomials on {}",
                                  i + 1, interval_text(series.basis)));
    PageTable coefficients{.head = {"k", "binary64", "decimal"}, .rows = {}};
    for (std::size_t k = 0; k < series.coefficients.size(); ++k) {
      if (series.coefficients[k] == 0) continue;
      coefficients.rows.push_back({std::to_string(k), hexfloat(series.coefficients[k]),
                                   decimal(series.coefficients[k], 17)});
    }
    page.add_table(coefficients);
    page.close_details();
  }
}

// Operations of each level, where there are too many to draw.
PageTable level_table(const Plan& plan) {
  PageTable table{.head = {"level", "tensor products", "key switches", "scalar products"},
                  .rows = {}};
  for (int level = 0; level <= plan.costs.levels; ++level) {
    std::vector<Instruction> here;
    for (const Instruction& step : plan.program) {
      if (step.depth == level) here.push_back(step);
    }
    const PlanCosts costs = count(here);
    table.rows.push_back({std::to_string(level), std::to_string(costs.tensor_products),
                          std::to_string(costs.key_switches),
                          std::to_string(costs.scalar_products)});
  }
  return table;
}

void add_plan(Page& page, const Artifact& artifact) {
  page.add_heading("The plan");
  if (!artifact.plan) return page.add_paragraph(describe_missing_plan());
  const std::string graph = plan_graph(*artifact.plan);
  if (graph.empty()) {
    page.add_paragraph("There are too many operations to draw; each level's are counted.");
    page.add_table(level_table(*artifact.plan));
  } else {
    page.add_paragraph(
        "Levels to the right: the columns count the rescalings since the input. What a "
        "node computes is shown where the pointer rests.");
    page.add_markup("<style>\n" + plan_graph_style() + "</style>\n" + graph);
  }
  page.add_heading("Beside other libraries");
  page.add_code(comparison(artifact));
}

// The value under the pointer, read off the drawn curve and the scales of the axes.
const char* const hover_script =
    "<script>\n"
    "for (const svg of document.querySelectorAll('svg[data-x]')) {\n"
    "  const axis = name => { const [kind, low, high, from, to] = svg.dataset[name].split(' ');\n"
    "    return pixel => { const v = +low + (pixel - from) / (to - from) * (high - low);\n"
    "      return kind === 'log' ? 2 ** v : v; }; };\n"
    "  const xOf = axis('x'), yOf = axis('y');\n"
    "  const curve = svg.querySelector('path.curve');\n"
    "  if (!curve) continue;\n"
    "  const points = [...curve.getAttribute('d').matchAll(/[ML](\\S+) ([^ML]+)/g)]\n"
    "    .map(m => [+m[1], +m[2]]);\n"
    "  const text = document.createElementNS('http://www.w3.org/2000/svg', 'text');\n"
    "  const dot = document.createElementNS('http://www.w3.org/2000/svg', 'circle');\n"
    "  text.setAttribute('class', 'hover'); text.setAttribute('text-anchor', 'end');\n"
    "  text.setAttribute('x', svg.viewBox.baseVal.width - 24); text.setAttribute('y', 24);\n"
    "  dot.setAttribute('class', 'dot c1');\n"
    "  svg.append(text, dot);\n"
    "  svg.addEventListener('pointermove', event => {\n"
    "    const at = new DOMPoint(event.clientX, event.clientY)\n"
    "      .matrixTransform(svg.getScreenCTM().inverse());\n"
    "    let best = points[0];\n"
    "    for (const p of points) if (Math.abs(p[0] - at.x) < Math.abs(best[0] - at.x)) best = p;\n"
    "    dot.setAttribute('cx', best[0]); dot.setAttribute('cy', best[1]);\n"
    "    dot.setAttribute('r', 3);\n"
    "    text.textContent = `x = ${xOf(best[0]).toPrecision(5)}, ${yOf(best[1]).toPrecision(3)}`;\n"
    "  });\n"
    "}\n"
    "</script>\n";

}  // namespace

std::string report_page(const Artifact& artifact) {
  Page page(artifact.name);
  add_claims(page, artifact);
  page.add_heading("Errors");
  for (const Chart& chart : error_charts(artifact)) page.add_markup(to_svg_element(chart));
  if (artifact.outside) {
    for (const Chart& chart : outside_charts(artifact)) page.add_markup(to_svg_element(chart));
  }
  add_stages(page, artifact);
  add_plan(page, artifact);
  page.add_markup(hover_script);
  return page.html();
}

}  // namespace equiripple
