// Rows are planned one by one; what is said around them is here.
#include "tools/profiles/plan_page.hpp"

#include <fmt/format.h>

#include <cmath>
#include <optional>

#include "emit/make/planner_costs.hpp"
#include "emit/plan/latency.hpp"
#include "emit/plan/make_plan.hpp"
#include "emit/plan/peer_asymmetric.hpp"
#include "emit/plan/peers.hpp"
#include "emit/plan/series.hpp"
#include "emit/plan/shape_table.hpp"
#include "tools/profiles/addition_chain.hpp"

namespace equiripple {
namespace {

constexpr const char* times_x_series = "odd, times x";

// Coefficients as large as those of what one approximates: |x| (even), the sign (odd), and
// something with a jump at an end (dense).
ChebyshevSeries series_of(Parity parity, int degree) {
  ChebyshevSeries series{
      .coefficients = std::vector<Rational>(static_cast<std::size_t>(degree) + 1),
      .parity = parity};
  constexpr double four_over_pi = 1.2732395447351628;
  for (int k = 0; k <= degree; ++k) {
    if (parity != Parity::none && k % 2 != degree % 2) continue;
    const double alternating = k / 2 % 2 == 0 ? 1 : -1;
    double c = 1.0 / (k + 1);
    if (parity == Parity::odd) c = alternating * four_over_pi / k;
    if (parity == Parity::even) {
      c = -alternating * four_over_pi / (static_cast<double>(k) * k - 1);
    }
    series.coefficients[static_cast<std::size_t>(k)] = Rational(c);
  }
  return series;
}

std::optional<Plan> plan_of(Parity parity, int degree, int levels) {
  PlanSettings settings{.objective = PlanObjective::key_switches, .absorb = false};
  settings.max_levels = levels;
  settings.stage_levels = {levels};
  auto planned = make_plan(Kind::minimax, {series_of(parity, degree)}, settings);
  return planned ? std::optional(std::move(planned->plan)) : std::nullopt;
}

// The fewest key switches with which the class has a shape; none where the table has none.
std::optional<int> least_of_class(ShapeRequest request) {
  for (int key_switches = minimum_levels(request.degree);; ++key_switches) {
    const auto tabled = find_shapes(request, key_switches);
    if (!tabled) return std::nullopt;
    if (tabled->by_option != ShapesByOption{}) return key_switches;
  }
}

std::string number_or_dash(const std::optional<int>& number) {
  return number ? std::to_string(*number) : "-";
}

std::string peer_text(Peer peer, int degree, Parity parity) {
  const auto costs = peer_costs(peer, degree, parity);
  return costs ? fmt::format("{} / {}", costs->levels, costs->key_switches) : "-";
}

std::vector<StageProfile> tabled(int degree, StageForm form) {
  std::vector<StageProfile> rows;
  for (const StageProfile& row : tabled_profiles()) {
    const bool is_it = row.degree == degree && row.form == form && row.width == StageWidth::widest;
    if (is_it) rows.push_back(row);
  }
  return rows;
}

// "4 / 6, 5 / 5": what more levels save.
std::string levels_and_switches(const std::vector<StageProfile>& rows) {
  std::string text;
  for (const StageProfile& row : rows) {
    text += fmt::format("{}{} / {}", text.empty() ? "" : ", ", row.levels, row.key_switches());
  }
  return text;
}

LevelCounts sum_of(const StageProfile& profile) {
  LevelCounts sum;
  for (const LevelCounts& at : profile.spent) {
    sum.tensor_products += at.tensor_products;
    sum.key_switches += at.key_switches;
    sum.rescalings += at.rescalings;
    sum.scalar_products += at.scalar_products;
  }
  return sum;
}

std::string odd_row(int degree) {
  const auto rows = tabled(degree, StageForm::series);
  const auto times_x = tabled(degree, StageForm::times_x);
  const int levels = minimum_levels(degree);
  const LevelCounts sum = sum_of(rows.front());
  return fmt::format(
      "| {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |", degree, levels_and_switches(rows),
      levels_and_switches(times_x), shortest_addition_chain(degree, levels),
      number_or_dash(
          least_of_class({.series_class = SeriesClass::odd, .degree = degree, .levels = levels})),
      sum.rescalings, sum.scalar_products, peer_text(Peer::openfhe, degree, Parity::odd),
      peer_text(Peer::lattigo, degree, Parity::odd),
      peer_text(Peer::fhe_mp_cnn, degree, Parity::odd));
}

// "4 / 6, 5 / 5" again, of plans.
std::string levels_and_switches(Parity parity, int degree, const Plan& first) {
  std::string text = fmt::format("{} / {}", first.costs.levels, first.costs.key_switches);
  int fewest = first.costs.key_switches;
  for (int spare = 1; spare <= tabled_spare_levels; ++spare) {
    const auto plan = plan_of(parity, degree, minimum_levels(degree) + spare);
    if (!plan || plan->costs.key_switches >= fewest) continue;
    fewest = plan->costs.key_switches;
    text += fmt::format(", {} / {}", plan->costs.levels, fewest);
  }
  return text;
}

std::string small_row(Parity parity, int degree) {
  const int levels = minimum_levels(degree);
  const auto plan = plan_of(parity, degree, levels);
  if (!plan) return fmt::format("| {} | none |", degree);
  const int squarings = parity == Parity::even ? 1 : 0;  // T_2 is their variable
  auto least = least_of_class({.series_class = SeriesClass::dense,
                               .degree = squarings == 0 ? degree : degree / 2,
                               .levels = levels - squarings});
  if (least) *least += squarings;
  return fmt::format(
      "| {} | {} | {} | {} | {} | {} | {} | {} |", degree,
      levels_and_switches(parity, degree, *plan), shortest_addition_chain(degree, levels),
      number_or_dash(least), plan->costs.rescalings, plan->costs.scalar_products,
      peer_text(Peer::openfhe, degree, parity), peer_text(Peer::lattigo, degree, parity));
}

std::string peer_counts(Peer peer, int degree, Parity parity) {
  const auto costs = peer_costs(peer, degree, parity);
  if (!costs) return "-";
  return fmt::format("{} / {} / {} / {}", costs->levels, costs->key_switches,
                     costs->tensor_products, number_or_dash(costs->rescalings));
}

Parity parity_of(const PlanRow& row) {
  if (row.series == "odd") return Parity::odd;
  return row.series == "even" ? Parity::even : Parity::none;
}

// No other library counts x times a series in the levels of the series.
std::string large_row_times_x(int degree) {
  const auto profiles =
      profiles_of(series_of(Parity::odd, degree), StageForm::times_x, StageWidth::widest);
  if (profiles.size() < 2) return fmt::format("| odd {} times x | none |", degree);
  const StageProfile& fewest = profiles.front();
  const StageProfile& more = profiles[1];
  const LevelCounts sum = sum_of(fewest);
  const auto transforms = [](const StageProfile& one) {
    return latency_of(one, CostTable::transforms(), /*levels_left=*/0);
  };
  return fmt::format(
      "| odd {} times x | {} / {} / {} / {} | {} | {:.0f} | {} / {} / {:.0f} | - | - | - |", degree,
      fewest.levels, sum.key_switches, sum.tensor_products, sum.rescalings, sum.scalar_products,
      transforms(fewest), more.levels, more.key_switches(), transforms(more));
}

std::string large_row(const PlanRow& row) {
  if (row.series == times_x_series) return large_row_times_x(row.degree);
  const Parity parity = parity_of(row);
  const int levels = minimum_levels(row.degree);
  const auto plan = plan_of(parity, row.degree, levels);
  const auto more = plan_of(parity, row.degree, levels + 1);
  if (!plan || !more) return fmt::format("| {} {} | none |", row.series, row.degree);
  const PlanCosts& costs = plan->costs;
  return fmt::format(
      "| {} {} | {} / {} / {} / {} | {} | {:.0f} | {} / {} / {:.0f} | {} | {} | {} |", row.series,
      row.degree, costs.levels, costs.key_switches, costs.tensor_products, costs.rescalings,
      costs.scalar_products, latency_of(plan->program, CostTable::transforms()), more->costs.levels,
      more->costs.key_switches, latency_of(more->program, CostTable::transforms()),
      peer_counts(Peer::openfhe, row.degree, parity),
      peer_counts(Peer::lattigo, row.degree, parity),
      peer_counts(Peer::fhe_mp_cnn, row.degree, parity));
}

std::string asymmetric_row(const PlanRow& row) {
  std::string text = fmt::format("| {} {} |", row.series, row.degree);
  for (int factors = 2; factors <= 4; ++factors) {
    const auto costs = asymmetric_costs(row.degree, parity_of(row), factors);
    text += costs ? fmt::format(" {} / {} / {} / {} / {:.0f} / {} / {} |", costs->levels,
                                costs->key_switches, costs->tensor_products, costs->rescalings,
                                costs->transforms, costs->components, costs->kept)
                  : " - |";
  }
  return text;
}

constexpr const char* introduction =
    R"(<!-- GENERATED FILE - do not edit. Plan again: equiripple-plans > tools/docs/plans.md -->
# What a plan takes

The fewest levels, and within them the fewest key switches (relinearisations), that the planner
finds for one Chebyshev series with all the coefficients that its class allows. A cell "4 / 6" is
4 levels and 6 key switches; where more levels save key switches, up to two more, that follows
after a comma. Every operation is counted, scalar products and their rescalings included, on the
program that runs; the leading coefficient is not absorbed. Growth keeps the default limit. A plan
depends on its coefficients: those here are named with each table. Of sign it is the same from gap 1/10 to
2^-20. At wider gaps coefficients fall off fast, and the values of a chain grow with that (of degree 17 at
gap 1/4, with 5 key switches, to 2^7.5 at least in what was found): where it is beyond the limit, up to
four more are taken (degree 63 at gap 1/2: 14).

**The fewest levels** are ceil(log2(degree + 1)), and no program has fewer: a value that lies L
levels below the variable has at most degree 2^L, and one whose leading coefficient is any number
less, since a scalar product takes a level as well.

**Class** is the fewest key switches in the class of emit/plan/shape_search.hpp, found by
exhaustion: fixed powers, and one chain of values that adapt to the coefficients, each degree
settled by one scalar, whatever the coefficients. What is taken may be less, by Paterson-Stockmeyer
(degrees 2, 4 and 8, where powers alone make the result), by a square and a rest (dense series;
emit/plan/square_shape.hpp) and by chains in which every value adapts (emit/plan/chain_shape.hpp: a
list is tried, nothing is proved of it); or more, where scalars or
growth of the class's shapes are too large for these coefficients.

**Chain** is the length of the shortest addition chain of the degree within the levels, found by
exhaustion: a program in which leading terms do not cancel has no fewer key switches. That one with
as few exists is not said, and dense series seem to need more.

The others are told from their sources, read and simulated (emit/plan/peers.hpp; compared with
tests/data/peer_costs.json by a test): OpenFHE 1.5.1 EvalChebyshevSeries on [-1, 1], Lattigo 6.2,
FHE-MP-CNN (commit a752630b). Their levels may be more than ours. "-": there is no such form, no
count, or above degree 1023 no model.
)";

constexpr const char* odd_text = R"(
## Odd degrees

The best polynomial of sign on gap <= |x| <= 1 with gap 1/16, as the first stage of a composition is;
"times x" is x times it, where x has a level to spare, as in the last stage of ReLU.

| degree | levels / key switches | times x | chain | class | rescalings | scalar products | OpenFHE | Lattigo | FHE-MP-CNN |
|---|---|---|---|---|---|---|---|---|---|
)";

constexpr const char* dense_text = R"(
## Dense series

Coefficients 1 / (k + 1).

**Chains of dense values**, where every value is a quadratic form in the values before it, relinearised
once, take a key switch less than the class at degrees 12, 20, 24, 25, 26 and 28
(emit/plan/chain_shape.hpp; the chains were found by trying). A key switch less costs some rescalings more,
and sums that amplify noise more: the planner takes a chain where it costs less by the objective, keeps
growth and scalars within the limits, and has by the model of noise at most half a bit more, with SEAL
and with OpenFHE. Scalars are sought by steps of least norm from those of a table, for sqrt(x^2 + d^2) in T_2
with many d, |x| among them (emit/plan/known_scalars.hpp), and from twelve random starts, so that a chain is
taken for some coefficients and not for others. By key switches, as this table is made, all six degrees
take one for 1 / (k + 1); by latency chains of degree 12, 20, 25, 26 and 28 have taken 1 to 6 in a hundred
transforms less, and one of degree 24 as many.

Others were tried: at degree 16 a chain has 5 key switches (6 here), at 31 8 (9), both with more
transforms; at 30 7 (8), with 4 in a hundred fewer at most; 32 with 6 was found, 36 with 7, and for
1 / (k + 1) alone 24 with 5, 40 with 7 and 56 with 9, all from few of the starts; 48 with 8 for neither. By
counting scalars, a tower of quadratic forms with 7 key switches has as many as a series of degree 64 has
coefficients; above degree 56 chains were hardly tried, and none was found.

| degree | levels / key switches | chain | class | rescalings | scalar products | OpenFHE | Lattigo |
|---|---|---|---|---|---|---|---|
)";

constexpr const char* even_text = R"(
## Even series

The Chebyshev series of |x|, which direct polynomials of ReLU are but for x / 2: a series in T_2, whose
class is that of dense series of half the degree.

| degree | levels / key switches | chain | class | rescalings | scalar products | OpenFHE | Lattigo |
|---|---|---|---|---|---|---|---|
)";

constexpr const char* large_text = R"(
## Large degrees

Above degree 64 nothing is exhausted: sets of powers of regular steps and of powers of two, a tree of
sums of products over each (emit/plan/wide_search.cpp), and of the sets with the fewest key switches
the one that takes the fewest transforms. Cells: levels / key switches / tensor products / rescalings;
then scalar products, number-theoretic transforms by tools/models/transforms.json from the fewest
levels, and levels / key switches / transforms with a level more. Series: 1 / (k + 1) (dense), that of sign (odd), that of |x| (even);
"times x" is x times it, where x has a level to spare, as in the last stage of ReLU.

Paterson-Stockmeyer takes about 2 sqrt(degree) key switches; a tree of sums of products about 3 times
the cube root of the degree, and log2 of it for the powers of two. Each product costs a rescaling of the block that is multiplied,
hence more rescalings than elsewhere. With n primes a key switch takes n (n + 1) transforms and a
rescaling 2 n; blocks are summed at the last depth that serves, with the fewest primes.

| series | ours | scalar products | transforms | a level more | OpenFHE | Lattigo | FHE-MP-CNN |
|---|---|---|---|---|---|---|---|
)";

constexpr const char* asymmetric_text = R"(
## The asymmetric baby-step giant-step

That of 2025 (ckks.org/blog/2025/asymmetric-BSGS-algorithm, t = 4 recommended) multiplies up to t
powers without relinearising or rescaling in between. Counted from its published text by
emit/plan/peer_asymmetric.hpp, which says how what the text leaves open is read; a test runs it on
numbers and counts. Cells: levels / key switches / tensor products / rescalings / transforms /
components of the largest ciphertext / components of all products and powers that are kept. A
component of degree k of the secret is one key switch, and needs a key of its own: t keys where plans
here need one. Tensor products, rescalings and scalar products of ciphertexts with more components
are one each, and their transforms and pointwise products are counted in full. The text has no odd
or even series: they are treated as the model says.

It takes a level more than the fewest: ceil(log2(degree)) + 1 as published, where scalar products
take no scale, and as many here with coefficients that are no integers but for even 126 with t = 4.
**With that level more it takes fewer key switches than plans here** (above, "a level more"), or as
many (even 126); with t = 2 fewer transforms as well, but for odd 255, with t = 4 more. It does so
with ciphertexts of t + 2 components and up to t + 1 scales; plans here rescale before they multiply
again, and have three components at most. Noise is not modelled.

| series | t = 2 | t = 3 | t = 4 |
|---|---|---|---|
)";

const char* introduction_of(PlanTable table) {
  switch (table) {
    case PlanTable::odd: return odd_text;
    case PlanTable::dense: return dense_text;
    case PlanTable::even: return even_text;
    case PlanTable::large: return large_text;
    case PlanTable::asymmetric: return asymmetric_text;
  }
  return "";
}

}  // namespace

std::vector<PlanRow> plan_rows() {
  std::vector<PlanRow> rows;
  for (int degree = 3; degree <= last_small_degree; degree += 2) {
    rows.push_back({.table = PlanTable::odd, .degree = degree});
  }
  for (int degree = 2; degree <= last_small_degree; ++degree) {
    rows.push_back({.table = PlanTable::dense, .degree = degree});
  }
  for (int degree = 2; degree <= last_small_degree; degree += 2) {
    rows.push_back({.table = PlanTable::even, .degree = degree});
  }
  for (const PlanTable table : {PlanTable::large, PlanTable::asymmetric}) {
    for (const int degree : {127, 255, 511, 1023, 2047}) {
      rows.push_back({.table = table, .degree = degree, .series = "dense"});
      rows.push_back({.table = table, .degree = degree, .series = "odd"});
      if (table == PlanTable::large) {
        rows.push_back({.table = table, .degree = degree, .series = times_x_series});
      }
      rows.push_back({.table = table, .degree = degree - 1, .series = "even"});
    }
  }
  return rows;
}

std::string text_of(const PlanRow& row) {
  switch (row.table) {
    case PlanTable::odd: return odd_row(row.degree);
    case PlanTable::dense: return small_row(Parity::none, row.degree);
    case PlanTable::even: return small_row(Parity::even, row.degree);
    case PlanTable::large: return large_row(row);
    case PlanTable::asymmetric: return asymmetric_row(row);
  }
  return {};
}

std::string plan_page(std::string (*text)(const PlanRow& row)) {
  std::string page = introduction;
  std::optional<PlanTable> current;
  for (const PlanRow& row : plan_rows()) {
    if (row.table != current) {
      current = row.table;
      page += introduction_of(row.table);
    }
    page += text(row) + "\n";
  }
  return page;
}

}  // namespace equiripple
