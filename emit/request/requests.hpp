// What is asked for, posed: numbers and expressions that have been looked at.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "emit/kind.hpp"
#include "emit/plan/refresh.hpp"
#include "emit/plan/settings.hpp"
#include "emit/request/density.hpp"
#include "emit/request/problem.hpp"
#include "generator/data/table.hpp"
#include "generator/exchange/minimax.hpp"
#include "generator/proof/certify.hpp"
#include "generator/rounding/form.hpp"
#include "generator/sign/published.hpp"

namespace equiripple {

/// One minimax polynomial: minimax and mod1.
struct PolynomialRequest {
  MinimaxRequest problem;  // its degree is the one below, or is found
  Metric metric = Metric::absolute;
  std::optional<int> degree{};      // none: the smallest for `error`
  std::optional<Rational> error{};  // that must be met
  CoefficientForm form{};
  int tightness_log2 = default_tightness_log2;  // of the proof
  std::optional<Density> density{};             // that the weight of the problem is
  PlanSettings plan{};
};

/// Sign, and what is built on it.
struct SignRequest {
  Kind kind = Kind::sign;
  std::vector<int> degrees;  // of minimax stages, or an even one of ReLU and its kin themselves;
                             // none: the best are searched, unless there are
  std::vector<PublishedStage> published{};  // stages instead
  std::optional<Rational> gap;  // needed unless covers_gap(kind); then only with degrees
  Rational range = 1;
  std::optional<Rational> margin;  // none: default_margin(gap)
  std::optional<Rational> error;   // the error that must be met; a search needs it, or a budget
  std::optional<Rational> bits{};  // where it was asked for as 2^-bits
  std::optional<int> max_key_switches{};
  std::optional<int> max_degree{};          // of the search
  bool any_reach = false;                   // nothing is paid for a reach beyond the range
  std::optional<RefreshRequest> refresh{};  // none: all levels are there
  std::vector<bool> refreshed{};            // before which stage, where that is decided
  PlanSettings plan{};

  bool is_searched() const { return degrees.empty() && published.empty(); }
  bool is_direct() const {  // one polynomial of ReLU or its kin itself, not of sign
    return covers_gap(kind) && degrees.size() == 1 && degrees.front() % 2 == 0;
  }
};

/// 1/x, 1/sqrt(x), sqrt(x) and a/b: a start that is corrected.
struct CorrectionRequest {
  Kind kind = Kind::inverse;
  MinimaxRequest start{};               // relative to its target; the degree is one of those below
  std::optional<Interval> numerator{};  // of divide: where a is; the relative error knows it not
  std::optional<int> degree{};          // none: searched
  std::optional<int> corrections{};     // likewise
  std::optional<Rational> error{};      // that must be met
  std::optional<int> max_key_switches{};
  /// Of the search; none: default_start of starts that are corrected, and of others as many as pay.
  std::optional<int> max_degree{};
  std::optional<RefreshRequest> refresh{};  // of the start; none: all levels are there
  PlanSettings plan{};
};

/// A polynomial to a power, as it was given.
struct GivenPower {
  std::vector<Rational> base;  // coefficients of 1, x, ...
  long exponent = 2;
};

/// mod1 with its doublings inside.
struct ModularRequest {
  std::optional<int> doublings{};       // none: tried
  bool reduces = false;                 // to x minus its nearest integer; else the sine is claimed
  std::optional<int> arcsine_degree{};  // none: searched
  bool is_bounded = false;              // an error is asked for
};

/// A part of a function that is given piece by piece.
struct FunctionPiece {
  Expression function;
  Interval interval;
};

inline constexpr int most_given_squarings = 30;  // chosen: exponents up to 2^30

/// A function made of steps, of which several forms are tried: exp; a given power; an activation,
/// by folds; sign, step and compare with a threshold; indicator; quantisers.
struct SteppedRequest {
  Kind kind = Kind::exp;
  MinimaxRequest whole{};        // what the claim is about: target, weight and domain
  Expression sign{};             // of all but exp: 1 or -1 on the domain, as the first stage is
  Parity parity = Parity::none;  // of that; of an activation
  Metric metric = Metric::absolute;
  Rational error;                     // that must be met
  std::optional<int> squarings{};     // of exp: as many and no others
  std::optional<GivenPower> power{};  // of kind minimax: what is squared in the end
  bool folds = false;                 // of kind minimax: stages that fold the range, and a last one
  std::vector<FunctionPiece> pieces{};  // of these, ascending, where the function is given so
  std::vector<Rational> values{};       // of kind minimax: ascending, those that a quantiser takes
  std::optional<ModularRequest> modular{};  // of kind minimax
  std::optional<int> degree{};              // of the cosine of `modular`; none: the smallest
  std::optional<int> max_degree{};          // of all but exp
  std::optional<int> max_key_switches{};
  std::optional<RefreshRequest> refresh{};  // none: all levels are there
  PlanSettings plan{};

  bool is_quantiser() const { return !values.empty(); }
  /// A few values, each on its intervals: two by stages of sign, more by a quantiser.
  bool is_separation() const {
    return (kind != Kind::exp && kind != Kind::minimax) || is_quantiser();
  }
  /// (1 + v) / 2 follows the stages.
  bool is_halved() const { return kind == Kind::step || kind == Kind::compare; }
};

enum class ClassicalMethod {
  least_squares,
  chebyshev,
  taylor,
  cryptodl,
  securedl,
  given,
  variance,
  share,
};

/// The name in a request.
[[nodiscard]] const char* name_of(ClassicalMethod method);
[[nodiscard]] std::optional<ClassicalMethod> classical_method_named(const std::string& name);

/// The density of [HTG17] on [-end, end].
[[nodiscard]] std::string cryptodl_density(const Rational& end);

/// A polynomial by another method than minimax: what papers on encrypted inference use, or one that
/// is given.
struct ApproximationRequest {
  ClassicalMethod method = ClassicalMethod::least_squares;
  MinimaxRequest problem;                  // target, domain and kinks; what the claim is about
  std::optional<Expression> of{};          // taylor, cryptodl: the smooth function in its place
  std::optional<Expression> density{};     // least-squares, cryptodl, variance, share
  std::optional<Density> density_words{};  // where it is given
  std::vector<Rational> density_kinks{};
  std::vector<double> points{};     // least-squares: at these instead of over the domain
  Rational centre = 0;              // taylor
  std::optional<int> degree{};      // securedl: the highest
  std::optional<Rational> error{};  // securedl: at the points of verification; share: of all
  Expression polynomial{};  // given: of which the next are the coefficients, unless by a table
  std::vector<Rational> powers{};          // given: the coefficients of 1, x, ...
  std::optional<ChebyshevSeries> table{};  // given: in place of these, exactly as it is
  std::string table_words{};               // as a record keeps it: "0.25,0.5,0.125"
  WeightChoice weight{};                   // given: that of the problem
  Metric metric = Metric::absolute;
  std::optional<Rational> tolerance{};  // given: the domain is the largest that keeps to it
  Rational noise = 0;                   // variance: of each T_k, its standard deviation
  std::optional<Rational> within{};     // share: the tolerance
  PlanSettings plan{};
};

struct NamedTable {
  std::string name;                // of the file, without its folder
  DataTable table;                 // ascending in x, whatever the order of the lines
  std::vector<std::string> words;  // "x y" of each point, as the file has it
};

enum class FitObjective { minimax, least_squares };

/// A polynomial for a table of points.
struct FitRequest {
  NamedTable data;
  int degree = 0;
  FitObjective objective = FitObjective::minimax;
  Parity parity = Parity::none;
  PlanSettings plan{};
};

/// A function of many slots: softmax, rmsnorm, layernorm, argmax, largest.
struct SlotsRequest {
  Kind kind = Kind::softmax;
  long length = 1;      // slots
  Rational range = 1;   // of all but the norms: |x| of each slot is at most this
  Interval variance{};  // of the norms: of the slots, or the mean of their squares
  Rational gap = 0;     // of argmax: the largest is so far above all others
  Rational error;       // of each slot, that must be met
  std::optional<int> max_key_switches{};
  std::optional<RefreshRequest> refresh{};  // none: all levels are there
  PlanSettings plan{};
};

using PosedRequest = std::variant<PolynomialRequest, ApproximationRequest, FitRequest, SignRequest,
                                  CorrectionRequest, SteppedRequest, SlotsRequest>;

}  // namespace equiripple
