// Proofs of the numbers of one stage, each with its finding.
#pragma once

#include <optional>
#include <string>

#include "emit/make/objectives.hpp"
#include "emit/verify/inquiry.hpp"
#include "generator/exchange/minimax.hpp"
#include "generator/proof/certify.hpp"
#include "generator/rounding/form.hpp"

namespace equiripple {

/// "x = 0.25"
[[nodiscard]] std::string point_of(const Certificate& proof);

[[nodiscard]] bool contains(const Domain& outer, const Domain& inner);

/// Table and program keep to the bound on the stage's domain, which the problem has.
void prove_upper(Inquiry& inquiry, int stage, const MinimaxRequest& problem, const Rational& upper);

/// There is a point at which the table's error is at least that.
void prove_attained(Inquiry& inquiry, int stage, const MinimaxRequest& problem,
                    const Rational& attained);

/// The best of the class again, on the domain that was asked for: no polynomial is below `lower`.
/// A `best` stage is that polynomial, rounded as it says.
enum class Table : unsigned char { best, other };
struct BestOfClass {
  ChebyshevSeries polynomial;  // before rounding
  ChebyshevSeries rounded;     // as make() rounds it today
  Rational lower;              // of the errors of the class, proved
};
[[nodiscard]] Outcome<BestOfClass> best_of_class(const MinimaxRequest& problem,
                                                 const CoefficientForm& form);
void prove_lower(Inquiry& inquiry, int stage, const BestOfClass& best, const CoefficientForm& form,
                 Table table, const Rational& lower);
void prove_lower(Inquiry& inquiry, int stage, const MinimaxRequest& problem,
                 const CoefficientForm& form, Table table, const Rational& lower);

/// Of the claim of a whole: `refuted` looked for a point where the error is `scale` times what it
/// attains. Of a single stage the lower bound of its class serves; of compositions none is known,
/// and lower repeats attained.
void prove_attained_of(Inquiry& inquiry, const Certificate& refuted, const Rational& scale);

/// Whether the table is this polynomial, up to its rounding: by less than what tells methods apart.
[[nodiscard]] bool is_rounding_of(const ChebyshevSeries& table, const ChebyshevSeries& solved,
                                  const CoefficientForm& form);

/// The table's values stay inside the stage's range, on each interval of its domain.
void prove_range(Inquiry& inquiry, int stage);

/// A stage of sign: within its error of 1 and -1, or closer, for the table and for the program.
void prove_range_of_sign(Inquiry& inquiry, int stage);

/// Of the stage, and of the whole where it is the same.
void require_metric(Inquiry& inquiry, int stage, Metric metric);
void require_whole_metric(Inquiry& inquiry, Metric metric);

/// What is proved beside the claim of the only stage, where the request is of such; else nothing
/// is.
void prove_objectives(Inquiry& inquiry, const std::optional<ObjectivesRequest>& asked);

/// Metric, range, upper and attained of the only stage and of the claim, which repeats them.
void prove_only_stage(Inquiry& inquiry, const MinimaxRequest& problem, Metric metric);

}  // namespace equiripple
