// Each piece is a polynomial on all of the range. What a joint's stages of sign must reach follows
// from the difference of its two pieces: where they meet, that is a slope times the distance, and
// the stages are searched as for ReLU, error inside the gap included; where they leave a gap, as
// for sign on it. Several joints have parts of the error, and samples of the whole tell which parts
// suffice. All of this is measured; the whole is proved of what is chosen.
//
// The first stage of the only joint is odd about it; those of several joints are polynomials on the
// range, which share their powers.
#include "emit/make/joined.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/make/observer.hpp"
#include "emit/make/phase.hpp"
#include "emit/make/planner_costs.hpp"
#include "emit/make/ranking.hpp"
#include "emit/request/stage_problem.hpp"
#include "generator/exchange/degree_search.hpp"
#include "generator/exchange/measure.hpp"
#include "generator/function/evaluate.hpp"
#include "generator/function/parse.hpp"
#include "generator/sign/gap.hpp"
#include "generator/steps/joined.hpp"

namespace equiripple {
namespace {

constexpr int highest_piece = 15;        // chosen: one that is no such polynomial is no piece
constexpr int highest_stage = 31;        // chosen: higher ones are planned for seconds
constexpr std::size_t most_solved = 12;  // of the choices; chosen: estimates rank them well
constexpr std::size_t most_planned = 4;  // likewise
constexpr long margin_log2 = -17;        // chosen: above what proofs of ranges leave open
constexpr long margin_of_gap_log2 = -5;  // chosen: and little beside the gap
constexpr double nearly_all = 0.998;     // of the error; chosen: rounding and proofs take the rest

struct Joint {
  Rational at;
  double reach = 0;      // the largest |x - at|
  double size = 0;       // of the factor
  double slope = 0;      // the factor less its value at the joint, by the distance: at most this
  double at_joint = 0;   // the size of the factor at the joint
  Rational gap{};        // nothing is claimed for |x - at| below this
  bool is_jump = false;  // the pieces do not meet
};

// Pieces as polynomials, and what follows from them.
struct Parts {
  Interval basis;
  std::vector<ChebyshevSeries> factors{};  // of each joint
  ChebyshevSeries mean{};
  std::vector<Joint> joints{};
};

ChebyshevSeries combined(const ChebyshevSeries& p, const ChebyshevSeries& q, int sign) {
  ChebyshevSeries sum{.basis = p.basis, .coefficients = p.coefficients};
  sum.coefficients.resize(std::max(p.coefficients.size(), q.coefficients.size()));
  for (std::size_t k = 0; k < q.coefficients.size(); ++k) {
    sum.coefficients[k] += sign * q.coefficients[k];
  }
  for (Rational& c : sum.coefficients) c = Rational(to_double(c / 2));
  while (sum.coefficients.size() > 1 && sum.coefficients.back() == 0) sum.coefficients.pop_back();
  return sum;
}

Expression sign_about(const Rational& joint) {
  auto sign = parse_function(fmt::format("if(x < ({}), -1, 1)", joint.str()));
  if (!sign) throw std::logic_error("sign_about: " + sign.error().why);
  return *std::move(sign);
}

// Stages for each joint, by their degrees.
struct JoinedChoice {
  std::vector<std::vector<int>> degrees;
  Cost cost;
};

std::string degrees_text(const std::vector<std::vector<int>>& degrees) {
  std::string text;
  for (const std::vector<int>& joint : degrees) {
    text += fmt::format("{}{}", text.empty() ? "" : " and ", fmt::join(joint, ","));
  }
  return text;
}

class JoinedForms {
 public:
  explicit JoinedForms(const SteppedRequest& request)
      : request_(request),
        target_(request.whole.target),
        domain_(rounded_outward(request.whole.domain)),
        costs_(planner_costs(request.plan)),
        search_([](int levels) {
          report_work(fmt::format("searching: joints of {}", plural(levels, "level")));
        }) {}

  std::vector<StepForm> forms() {
    const InPhase phase(Phase::choice);
    const std::size_t joints = request_.pieces.size() - 1;
    if (joints > most_joints) {
      return {none(fmt::format("{} joints of at most {}", joints, most_joints))};
    }
    if (auto why = divide(); !why.empty()) return {none(std::move(why))};
    place_samples();
    std::vector<StepForm> found;
    std::size_t tried = 0;
    for (const JoinedChoice& choice : choices()) {
      if (++tried > most_solved || found.size() == most_planned) break;
      report_work("solving for joints " + degrees_text(choice.degrees));
      if (auto form = form_of(choice)) found.push_back(std::move(*form));
    }
    if (!found.empty()) return found;
    return {none(
        tried == 0
            ? fmt::format("no stages of sign up to degree {} do within the budget", highest_stage)
            : fmt::format("the best of {} reaches {}", plural(static_cast<int>(tried), "choice"),
                          size_text(Rational(least_error_))))};
  }

 private:
  static StepForm none(std::string why) { return {.text = "joints", .why = std::move(why)}; }

  bool is_alone() const { return request_.pieces.size() == 2; }

  Rational place_of_joint(std::size_t j) const {
    return Rational(
        to_double((request_.pieces[j].interval.upper + request_.pieces[j + 1].interval.lower) / 2));
  }

  // Of all polynomials in x. The only joint is in the middle of it.
  Interval common_basis() const {
    const Interval range = hull(domain_);
    if (!is_alone()) return range;
    const Rational at = place_of_joint(0);
    const Rational reach = std::max(Rational(range.upper - at), Rational(at - range.lower));
    return {Rational(to_double(at - reach, Rounding::down)),
            Rational(to_double(at + reach, Rounding::up))};
  }

  // Why there is none.
  std::string divide() {
    parts_.basis = common_basis();
    std::vector<ChebyshevSeries> pieces;
    for (const FunctionPiece& piece : request_.pieces) {
      auto polynomial = polynomial_near(piece.function);
      if (!polynomial) {
        return fmt::format("piece {} is no polynomial of degree up to {} on all of the range",
                           pieces.size() + 1, highest_piece);
      }
      pieces.push_back(*std::move(polynomial));
    }
    parts_.mean = combined(pieces.front(), pieces.back(), 1);
    for (std::size_t j = 0; j + 1 < pieces.size(); ++j) {
      parts_.factors.push_back(combined(pieces[j + 1], pieces[j], -1));
      if (parts_.factors.back().degree() == 0) {
        return fmt::format("pieces {} and {} differ by a number: that is a threshold", j + 1,
                           j + 2);
      }
      parts_.joints.push_back(joint_of(j));
      const Joint& joint = parts_.joints.back();
      if (joint.is_jump && joint.gap < joint.reach * 0x1p-30) {
        return fmt::format("pieces {} and {} do not meet", j + 1, j + 2);
      }
    }
    return {};
  }

  std::optional<ChebyshevSeries> polynomial_near(const Expression& function) const {
    constexpr int share = 16;  // of the error; chosen
    MinimaxRequest problem{.target = function, .domain = {parts_.basis}, .basis = parts_.basis};
    const DegreeSearch search = smallest_degree(problem, request_.error / share, highest_piece);
    if (!search.found) return std::nullopt;
    problem.degree = search.degree;
    const MinimaxResult solved = minimax(problem);
    if (!solved.usable()) return std::nullopt;
    return rounded(solved.polynomial, binary64_bits);
  }

  Joint joint_of(std::size_t j) const {
    constexpr int samples = 1000;  // chosen: of a polynomial of a low degree
    Joint joint{
        .at = place_of_joint(j),
        .gap = (request_.pieces[j + 1].interval.lower - request_.pieces[j].interval.upper) / 2};
    const SeriesEvaluator<double> factor(parts_.factors[j]);
    const double at = to_double(joint.at);
    const double lower = to_double(hull(domain_).lower);
    const double upper = to_double(hull(domain_).upper);
    const double there = factor(at);
    joint.reach = std::max(at - lower, upper - at);
    joint.at_joint = std::abs(there);
    joint.is_jump = joint.at_joint > to_double(request_.error) / 4;
    for (int i = 0; i <= samples; ++i) {
      const double x = lower + (upper - lower) * i / samples;
      const double distance = std::abs(x - at);
      joint.size = std::max(joint.size, std::abs(factor(x)));
      if (distance < joint.reach / samples) continue;
      joint.slope = std::max(joint.slope, std::abs(factor(x) - there) / distance);
    }
    return joint;
  }

  // All over the domain, and ever denser towards the joints.
  void place_samples() {
    constexpr int even = 2000;
    constexpr int an_octave = 24;
    constexpr int octaves = 24;  // all chosen
    std::vector<double> places;
    for (const Interval& interval : domain_) {
      const double lower = to_double(interval.lower);
      const double upper = to_double(interval.upper);
      for (int i = 0; i <= even; ++i) places.push_back(lower + (upper - lower) * i / even);
    }
    for (const Joint& joint : parts_.joints) {
      for (int i = 0; i <= octaves * an_octave; ++i) {
        const double distance = joint.reach * std::exp2(-static_cast<double>(i) / an_octave);
        for (const int side : {-1, 1}) places.push_back(to_double(joint.at) + side * distance);
      }
    }
    std::erase_if(places, [&](double x) {
      return std::ranges::none_of(domain_, [&](const Interval& interval) {
        return to_double(interval.lower) <= x && x <= to_double(interval.upper);
      });
    });
    for (const double x : places) samples_.emplace_back(x, target_(x));
  }

  std::vector<FoundComposition> found_for(const Joint& joint, double share) {
    constexpr double loosest = 0.125;  // chosen: a joint of less is none
    CompositeSearchRequest search{.finest_error = 0x1p-52,
                                  .max_degree = highest_stage,
                                  .max_levels = request_.plan.max_levels,
                                  .max_key_switches = request_.max_key_switches,
                                  .by_latency = request_.plan.objective == PlanObjective::latency,
                                  .costs = costs_};
    double error = to_double(request_.error) * share;
    if (joint.is_jump) {
      search.gap = Rational(joint.gap / Rational(joint.reach));
      error /= joint.size;
    } else {
      error = (error - 2 * joint.at_joint) / (2 * joint.slope * joint.reach);
    }
    if (!(error > 0)) return {};
    search.error = Rational(std::min(error, loosest));
    auto found = search_.front(search);
    std::erase_if(found,
                  [](const FoundComposition& one) { return one.composition.degrees.size() < 2; });
    return found;
  }

  // For each number of levels the cheapest stages of each joint, by parts of the error.
  std::vector<JoinedChoice> choices() {
    std::vector<double> shares{nearly_all};
    const auto joints = static_cast<double>(parts_.joints.size());
    if (!is_alone()) shares.insert(shares.end(), {0.75, nearly_all / joints, 0.5 / joints});
    std::vector<JoinedChoice> all;
    std::set<std::vector<std::vector<int>>> seen;
    for (const double share : shares) {
      std::vector<std::vector<FoundComposition>> fronts;
      std::set<int> levels;
      for (const Joint& joint : parts_.joints) {
        fronts.push_back(found_for(joint, share));
        for (const FoundComposition& one : fronts.back()) levels.insert(one.composition.levels);
      }
      for (const int most : levels) {
        auto choice = choice_within(fronts, most);
        if (choice && seen.insert(choice->degrees).second) all.push_back(std::move(*choice));
      }
    }
    std::ranges::stable_sort(all, {}, &JoinedChoice::cost);
    return all;
  }

  std::optional<JoinedChoice> choice_within(
      const std::vector<std::vector<FoundComposition>>& fronts, int most_levels) const {
    JoinedChoice choice;
    int levels = 0;
    int key_switches = 0;
    double latency = 0;
    for (const std::vector<FoundComposition>& front : fronts) {
      const FoundComposition* best = nullptr;
      const auto cost = [&](const FoundComposition& one) {
        const Composition& c = one.composition;
        return cost_of(request_.plan, most_levels, c.key_switches, c.latency);
      };
      for (const FoundComposition& one : front) {
        if (one.composition.levels > most_levels) continue;
        if (best == nullptr || cost(one) < cost(*best)) best = &one;
      }
      if (best == nullptr) return std::nullopt;
      levels = std::max(levels, best->composition.levels);
      key_switches += best->composition.key_switches;
      latency += best->composition.latency;
      choice.degrees.push_back(best->composition.degrees);
    }
    choice.cost = cost_of(request_.plan, levels, key_switches, latency);
    return choice;
  }

  static Rational margin_for(const Rational& gap) {
    return std::min(power_of_two(margin_log2), Rational(gap * power_of_two(margin_of_gap_log2)));
  }

  // With the gap that suits it, in parts of the reach.
  Rational gap_of(const Joint& joint, const std::vector<int>& degrees) {
    if (joint.is_jump) return Rational(joint.gap / Rational(joint.reach));
    auto [known, is_new] = gaps_.try_emplace(degrees);
    if (is_new) {
      const ReluSign best = composite_for_relu(
          {.degrees = degrees, .gap = 0, .evidence = Evidence::measured}, /*default_margins=*/true);
      if (best.sign.status == CompositeStatus::complete) known->second = best.gap;
    }
    return known->second;
  }

  // Odd about the joint, which is in the middle of the basis.
  std::vector<ChebyshevSeries> centred(const Joint& joint, const std::vector<int>& degrees) {
    const Rational gap = gap_of(joint, degrees);
    if (gap <= 0) return {};
    const Rational range = (parts_.basis.upper - parts_.basis.lower) / 2;
    const CompositeSign sign = composite_sign({.degrees = degrees,
                                               .gap = gap * Rational(joint.reach) / range,
                                               .range = range,
                                               .margin = margin_for(gap),
                                               .evidence = Evidence::measured});
    if (sign.status != CompositeStatus::complete) return {};
    std::vector<ChebyshevSeries> stages = polynomials_of(sign);
    stages.front().basis = parts_.basis;
    stages.front().parity = Parity::none;  // about 0
    return stages;
  }

  // Best on the range as it is: the gap is looked for below that of an odd one.
  std::vector<ChebyshevSeries> on_range(std::size_t j, const std::vector<int>& degrees) {
    const Joint& joint = parts_.joints[j];
    const Rational gap = gap_of(joint, degrees) * Rational(joint.reach);
    if (gap <= 0) return {};
    std::vector<ChebyshevSeries> best;
    double least = 0;
    for (const int percent : {100, 85, 72, 60, 50}) {
      if (joint.is_jump && percent != 100) break;
      auto stages = on_range_with(joint, degrees, Rational(gap * Rational(percent, 100)));
      if (stages.empty()) continue;
      const double error = error_of_joint(j, stages);
      if (!best.empty() && error >= least) continue;
      least = error;
      best = std::move(stages);
    }
    return best;
  }

  std::vector<ChebyshevSeries> on_range_with(const Joint& joint, const std::vector<int>& degrees,
                                             const Rational& gap) const {
    const Interval range = hull(domain_);
    MinimaxRequest problem{.target = sign_about(joint.at),
                           .domain = {{range.lower, Rational(joint.at - gap)},
                                      {Rational(joint.at + gap), range.upper}},
                           .degree = degrees.front(),
                           .basis = parts_.basis};
    if (problem.domain.front().upper <= range.lower || problem.domain.back().lower >= range.upper) {
      return {};
    }
    const MinimaxResult first = minimax(problem);
    if (!first.usable() || first.error.upper >= 1) return {};
    const Rational left = 1 - first.error.upper;
    const Rational margin = margin_for(left);
    const Rational reach = 1 + first.error.upper + margin;
    const CompositeSign rest =
        composite_sign({.degrees = std::vector<int>(degrees.begin() + 1, degrees.end()),
                        .gap = (left - margin) / reach,
                        .range = reach,
                        .margin = margin,
                        .evidence = Evidence::measured});
    if (rest.status != CompositeStatus::complete) return {};
    std::vector<ChebyshevSeries> stages{rounded(first.polynomial, binary64_bits)};
    for (const SignStage& stage : rest.stages) stages.push_back(stage.polynomial);
    return stages;
  }

  double error_of_joint(std::size_t j, const std::vector<ChebyshevSeries>& stages) const {
    const CompositeEvaluator<double> sign(stages);
    const SeriesEvaluator<double> factor(parts_.factors[j]);
    const double at = to_double(parts_.joints[j].at);
    double largest = 0;
    for (const auto& [x, value] : samples_) {
      largest = std::max(largest, std::abs(factor(x) * (sign(x) - (x < at ? -1 : 1))));
    }
    return largest;
  }

  std::optional<StepForm> form_of(const JoinedChoice& choice) {
    StepForm form{.text = "joints by sign " + degrees_text(choice.degrees)};
    JoinedForm joined;
    for (std::size_t j = 0; j < parts_.joints.size(); ++j) {
      const auto stages = is_alone() ? centred(parts_.joints[j], choice.degrees[j])
                                     : on_range(j, choice.degrees[j]);
      if (stages.empty()) return std::nullopt;
      joined.stages.push_back(static_cast<int>(stages.size()));
      form.polynomials.insert(form.polynomials.end(), stages.begin(), stages.end());
      form.polynomials.push_back(parts_.factors[j]);
    }
    form.polynomials.push_back(parts_.mean);
    form.steps = steps_of(joined);
    form.ranges.assign(form.polynomials.size(), {-1, 1});
    const double error = error_of(form);
    least_error_ = least_error_ > 0 ? std::min(least_error_, error) : error;
    if (error > to_double(request_.error)) return std::nullopt;
    form.proved = [request = request_, domain = domain_, steps = form.steps,
                   polynomials = form.polynomials] {
      return proved(request, domain, steps, polynomials);
    };
    return form;
  }

  double error_of(const StepForm& form) const {
    const StepEvaluator<double> value(form.steps, form.polynomials);
    double largest = 0;
    for (const auto& [x, wanted] : samples_) {
      largest = std::max(largest, std::abs(value(x) - wanted));
    }
    return largest;
  }

  static Outcome<std::vector<SteppedStage>> proved(
      const SteppedRequest& request, const Domain& domain, const Steps& steps,
      const std::vector<ChebyshevSeries>& polynomials) {
    std::vector<SteppedStage> stages;
    for (std::size_t i = 0; i < polynomials.size(); ++i) {
      MinimaxRequest problem = problem_of_stage(request, steps, i).problem;
      problem.domain = follows_directly(steps, i) ? Domain{polynomials[i].basis} : domain;
      problem.degree = polynomials[i].degree();
      Outcome<SteppedStage> stage = sized_stage(problem, polynomials[i]);
      if (!stage) return stage.error();
      stages.push_back(*std::move(stage));
    }
    return stages;
  }

  const SteppedRequest& request_;
  CompiledFunction<double> target_;
  Domain domain_;  // binary64
  StageCosts costs_;
  CompositeSearch search_;
  Parts parts_{};
  std::vector<std::pair<double, double>> samples_{};  // x and the target there
  std::map<std::vector<int>, Rational> gaps_{};       // by degrees: of ReLU; 0 where there is none
  double least_error_ = 0;                            // of the forms that were solved
};

}  // namespace

std::vector<StepForm> joined_forms(const SteppedRequest& request) {
  if (request.pieces.size() < 2) return {};
  return JoinedForms(request).forms();
}

}  // namespace equiripple
