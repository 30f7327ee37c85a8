// Rows of costs, the plan's own in the first column, printed once for each cost.
#include "emit/compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>

#include "emit/describe.hpp"
#include "emit/direct.hpp"
#include "emit/plan/peers.hpp"
#include "emit/plan/stage_costs.hpp"
#include "generator/steps/modular.hpp"

namespace equiripple {
namespace {

using Cell = std::optional<PeerCosts>;  // empty: there is no such number

struct Row {
  std::string label;
  std::array<Cell, 1 + all_peers.size()> cells{};  // the plan's own, then the peers'
};

PeerCosts as_cell(const PlanCosts& costs) {
  return {.levels = costs.levels,
          .key_switches = costs.key_switches,
          .tensor_products = costs.tensor_products,
          .rescalings = costs.rescalings,
          .scalar_products = costs.scalar_products};
}

// Stored series may end in zeros.
int true_degree(const ChebyshevSeries& series) {
  int degree = series.degree();
  while (degree > 0 && series.coefficients[static_cast<std::size_t>(degree)] == 0) --degree;
  return degree;
}

const char* adjective(Parity parity) {
  return parity == Parity::odd ? ", odd" : parity == Parity::even ? ", even" : "";
}

bool is_unit(const Interval& basis) { return basis.lower == -1 && basis.upper == 1; }

// The range of the input brought to [-1, 1].
Row interval_row() {
  Row row{.label = "change of interval"};
  row.cells[0] = as_cell({});
  for (std::size_t i = 0; i < all_peers.size(); ++i) {
    row.cells[i + 1] = change_of_interval(all_peers[i]);
  }
  return row;
}

const char* last_product(Kind kind) { return has_two_inputs(kind) ? ", times a - b" : ", times x"; }

// After a stage: a doubling of the angle is a square, too.
int squares_of(const Artifact& artifact) {
  const auto modular = modular_form(artifact.steps);
  return squares_at_end(artifact.steps) + (modular ? modular->doublings : 0);
}

// The stage that they follow: the last one, but for an arcsine after them.
std::size_t squared_stage(const Artifact& artifact) {
  const auto modular = modular_form(artifact.steps);
  return modular && modular->has_arcsine ? 0 : artifact.stages.size() - 1;
}

Row stage_row(const Artifact& artifact, std::size_t stage, const std::vector<PlanCosts>& own) {
  const ChebyshevSeries& series = artifact.stages[stage].polynomial;
  const int degree = true_degree(series);
  const bool multiplies = stage + 1 == artifact.stages.size() &&
                          covers_gap(kind_of_result(artifact)) && !is_direct(artifact);
  Row row{.label =
              fmt::format("stage {}: degree {}{}{}", stage + 1, degree, adjective(series.parity),
                          multiplies ? last_product(artifact.kind) : "")};
  const bool counted = own.size() == artifact.stages.size() || is_corrected(artifact.kind);
  if (counted && stage < own.size()) {
    PlanCosts costs = own[stage];
    if (stage == squared_stage(artifact)) {  // squares are counted with it
      const int squares = squares_of(artifact);
      costs.levels -= squares;
      costs.key_switches -= squares;
      costs.tensor_products -= squares;
      costs.rescalings -= squares;
    }
    row.cells[0] = as_cell(costs);
  }
  for (std::size_t i = 0; i < all_peers.size(); ++i) {
    row.cells[i + 1] = peer_costs(all_peers[i], degree, series.parity);
    if (row.cells[i + 1] && multiplies) *row.cells[i + 1] += one_product();
  }
  return row;
}

// What follows the start: no such form elsewhere.
Row corrections_row(const Artifact& artifact, const std::vector<PlanCosts>& own) {
  Row row{.label = plural(artifact.corrections, "correction")};
  PeerCosts sum = as_cell({});
  for (std::size_t i = 1; i < own.size(); ++i) sum += as_cell(own[i]);
  row.cells[0] = sum;
  return row;
}

// One product each, here and elsewhere.
Row squarings_row(const Artifact& artifact) {
  const int squares = squares_of(artifact);
  const bool doubles = modular_form(artifact.steps).has_value();
  Row row{.label = plural(squares, doubles ? "doubling" : "squaring")};
  for (Cell& cell : row.cells) {
    PeerCosts sum = as_cell({});
    for (int i = 0; i < squares; ++i) sum += one_product();
    cell = sum;
  }
  return row;
}

// A peer without a form for one of the stages has no total.
Row total_row(const std::vector<Row>& stages, const std::optional<Row>& interval,
              const PlanCosts& own) {
  Row total{.label = "total"};
  total.cells[0] = as_cell(own);
  for (std::size_t i = 1; i < total.cells.size(); ++i) {
    Cell sum = PeerCosts{};
    if (interval && interval->cells[i]) *sum += *interval->cells[i];
    for (const Row& stage : stages) {
      if (!stage.cells[i]) sum.reset();
      if (sum) *sum += *stage.cells[i];
    }
    total.cells[i] = sum;
  }
  return total;
}

using Count = std::function<std::optional<int>(const PeerCosts&)>;

std::string table(const std::string& title, const std::vector<Row>& rows, const Count& count) {
  std::size_t labels = title.size();
  for (const Row& row : rows) labels = std::max(labels, row.label.size() + 2);
  std::string text = fmt::format("{:<{}}{:>12}", title, labels, "this plan");
  for (const Peer peer : all_peers) text += fmt::format("{:>12}", name_of(peer));
  text += "\n";
  for (const Row& row : rows) {
    text += fmt::format("  {:<{}}", row.label, labels - 2);
    for (const Cell& cell : row.cells) {
      const std::optional<int> number = cell ? count(*cell) : std::nullopt;
      text += fmt::format("{:>12}", number ? std::to_string(*number) : "-");
    }
    text += "\n";
  }
  return text + "\n";
}

constexpr const char* what_is_counted =
    "Every operation is counted, scalar products and their rescalings included. The peers' "
    "numbers\n"
    "are counts of their published algorithms for these degrees and parities, not runs:\n"
    "EvalChebyshevSeries of OpenFHE 1.5.1, circuits/ckks/polynomial of Lattigo 6.2, odd baby "
    "steps\n"
    "and giant steps of FHE-MP-CNN [LLNK20]. A dash: no such form there, or not modelled.\n";

constexpr const char* what_composites_leave_out =
    "Factors between stages are folded into coefficients everywhere. Lattigo's evaluator of\n"
    "composites also conjugates after each stage (a key switch), which is not counted.\n";

constexpr const char* what_an_interval_costs =
    "Change of interval: this plan reads the input's scale anew where it is small enough, else it\n"
    "spends what OpenFHE does; Lattigo and FHE-MP-CNN leave it to the caller.\n";

}  // namespace

std::string comparison(const Artifact& artifact) {
  if (is_of_slots(artifact.kind)) {
    std::string text;
    for (const Artifact& part : artifact.parts) text += comparison(part);
    return text;
  }
  std::string text = fmt::format("{}: {}\n", artifact.name, describe_function(artifact));
  if (!artifact.plan) return text + fmt::format("  plan        {}\n", describe_missing_plan());
  const std::vector<PlanCosts> own = costs_by_stage(artifact.plan->program);
  std::vector<Row> rows;
  for (std::size_t i = 0; i < artifact.stages.size(); ++i) {
    rows.push_back(stage_row(artifact, i, own));
  }
  if (is_corrected(artifact.kind)) rows.push_back(corrections_row(artifact, own));
  if (squares_of(artifact) > 0) rows.push_back(squarings_row(artifact));
  std::optional<Row> interval;
  if (!is_unit(artifact.stages.front().polynomial.basis)) interval = interval_row();
  const Row total = total_row(rows, interval, artifact.plan->costs);
  if (interval) rows.insert(rows.begin(), *interval);
  rows.push_back(total);
  text += "  costs of its plan, and of the same polynomials elsewhere\n\n";
  text += table("levels", rows, [](const PeerCosts& c) { return c.levels; });
  text += table("key switches", rows, [](const PeerCosts& c) { return c.key_switches; });
  text += table("tensor products", rows, [](const PeerCosts& c) { return c.tensor_products; });
  text += table("rescalings", rows, [](const PeerCosts& c) { return c.rescalings; });
  text += table("scalar products", rows, [](const PeerCosts& c) { return c.scalar_products; });
  text += what_is_counted;
  if (artifact.stages.size() > 1) text += what_composites_leave_out;
  if (interval) text += what_an_interval_costs;
  return text;
}

}  // namespace equiripple
