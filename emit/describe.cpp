// Sentences about artifacts.
#include "emit/describe.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>

#include "emit/condition_text.hpp"
#include "emit/direct.hpp"
#include "emit/hexfloat.hpp"
#include "emit/makes.hpp"
#include "emit/offer.hpp"
#include "emit/plan/corrections.hpp"
#include "emit/plan_listing.hpp"
#include "emit/points.hpp"
#include "emit/refresh_text.hpp"
#include "emit/slots_text.hpp"
#include "generator/function/parse.hpp"
#include "generator/steps/folded.hpp"
#include "generator/steps/joined.hpp"
#include "generator/steps/modular.hpp"

namespace equiripple {
namespace {

constexpr int shown_digits = 6;

std::string union_text(const Domain& domain, std::string (*text_of)(const Interval&)) {
  constexpr std::size_t most_shown = 4;
  std::vector<std::string> parts;
  for (const Interval& interval : domain) {
    if (parts.size() == most_shown) {
      parts.push_back(fmt::format("{} more", domain.size() - most_shown));
      break;
    }
    parts.push_back(text_of(interval));
  }
  return fmt::format("{}", fmt::join(parts, " u "));
}

}  // namespace

std::string interval_text(const Interval& interval) {
  return fmt::format("[{}, {}]", decimal(interval.lower, shown_digits, Rounding::up),
                     decimal(interval.upper, shown_digits, Rounding::down));
}

std::string outward_text(const Interval& interval) {
  return fmt::format("[{}, {}]", decimal(interval.lower, shown_digits, Rounding::down),
                     decimal(interval.upper, shown_digits, Rounding::up));
}

std::string domain_text(const Domain& domain) { return union_text(domain, interval_text); }

std::string range_text(const Domain& range) { return union_text(range, outward_text); }

namespace {

// The name of a file as one word: it may hold any sentence.
std::string file_word(std::string name) {
  constexpr std::string_view plain =
      "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._-+";
  if (name.find_first_not_of(plain) == std::string::npos) return name;
  std::ranges::replace(name, '\'', '?');
  return fmt::format("'{}'", name);
}

// The claim is about the points; between them nothing is known of the data.
std::string describe_fit(const Artifact& artifact) {
  const std::string objective = option_of(artifact, "objective");
  const std::string count = option_of(artifact, point_count_option);
  return fmt::format("{} fit at the {} point{} of {} in {}", objective, count,
                     count == "1" ? "" : "s", file_word(option_of(artifact, "data")),
                     domain_text(artifact.stages.front().domain));
}

std::string describe_mod1(const Artifact& artifact) {
  const std::string function =
      !option_of(artifact, "arcsine").empty() ? std::string("x minus its nearest integer i")
      : is_stepped(artifact)
          ? std::string("sin(2 pi x)")
          : fmt::format("cos(2 pi (x - 1/4) / 2^{})", option_of(artifact, "double-angle"));
  return fmt::format("{} for |x - i| <= {}, |i| < {}", function, option_of(artifact, "width"),
                     option_of(artifact, "range"));
}

std::string with_gap(const Artifact& artifact, const std::string& variable) {
  const Interval positive = domain_of(artifact).back();
  constexpr int digits_of_gap = 10;
  return fmt::format("{} <= |{}| <= {}", decimal(positive.lower, digits_of_gap, Rounding::up),
                     variable, decimal(positive.upper, shown_digits, Rounding::down));
}

// A relative claim about values that no ciphertext holds so exactly.
bool is_below_noise(const Artifact& artifact) {
  constexpr int lowest = -28;  // chosen: exp is below 2^-40, which is noise at a scale of 2^60
  return artifact.kind == Kind::exp &&
         artifact.stages.front().domain.front().lower < Rational(lowest);
}

// Two values, each on its intervals.
std::string describe_separation(const Artifact& artifact) {
  const Domain& domain = artifact.stages.front().domain;
  if (artifact.request.command == "indicator" && domain.size() == 3) {
    return fmt::format("indicator(x): 1 on {}, 0 on {}", interval_text(domain[1]),
                       domain_text({domain.front(), domain.back()}));
  }
  const char* place = has_two_inputs(artifact.kind) ? "for a - b in" : "on";
  return fmt::format("{}{}: {} {} {}, 1 {} {}", name_of(artifact.kind),
                     has_two_inputs(artifact.kind) ? "(a, b)" : "(x)",
                     artifact.kind == Kind::sign ? "-1" : "0", place, interval_text(domain.front()),
                     place, interval_text(domain.back()));
}

// As they were given.
std::string describe_pieces(const Artifact& artifact) {
  std::string text = "piecewise(x):";
  for (const RequestOption& option : artifact.request.options) {
    if (option.name != "piece") continue;
    for (const std::string& word : option.values) {
      const std::size_t colon = word.find(':', std::min(word.find(']'), word.size()));
      if (colon == std::string::npos) continue;
      const std::size_t begin = std::min(word.find_first_not_of(' ', colon + 1), word.size());
      text += fmt::format("{} {} on {}", text.ends_with(':') ? "" : ",", word.substr(begin),
                          word.substr(0, word.find(']') + 1));
    }
  }
  return text;
}

// All of the intervals: they are the claim.
std::string describe_quantiser(const Artifact& artifact) {
  std::vector<std::string> values;
  const std::string words = option_of(artifact, "to");
  for (std::size_t begin = 0; begin <= words.size();) {
    const std::size_t end = std::min(words.find(',', begin), words.size());
    values.push_back(words.substr(begin, end - begin));
    begin = end + 1;
  }
  std::string text = "quantise(x):";
  const Domain& domain = artifact.stages.front().domain;
  for (std::size_t i = 0; i < std::min(values.size(), domain.size()); ++i) {
    text += fmt::format("{} {} on {}", i == 0 ? "" : ",", values[i], interval_text(domain[i]));
  }
  return text;
}

// Where the error of a stage counts.
std::string describe_place(const Artifact& artifact, const StageRecord& stage) {
  return (is_fit(artifact) ? "at the points in " : "on ") + domain_text(stage.domain);
}

// What the request says of it, in the words of its command.
std::string describe_asked(const Artifact& artifact) {
  using Describe = std::string (*)(const Artifact&);
  constexpr std::pair<std::string_view, Describe> by_command[] = {{"fit", describe_fit},
                                                                  {"mod1", describe_mod1},
                                                                  {"quantise", describe_quantiser},
                                                                  {"piecewise", describe_pieces}};
  for (const auto& [command, describe] : by_command) {
    if (artifact.request.command == command) return describe(artifact);
  }
  return fmt::format("{} on {}", option_of(artifact, "function"),
                     domain_text(artifact.stages.front().domain));
}

}  // namespace

std::string plural(int count, const std::string& noun) {
  const bool hissing = noun.ends_with("ch") || noun.ends_with("sh");
  return fmt::format("{} {}{}", count, noun, count == 1 ? "" : hissing ? "es" : "s");
}

const char* name_of(Parity parity) {
  switch (parity) {
    case Parity::odd: return "odd";
    case Parity::even: return "even";
    case Parity::none: break;
  }
  return "none";
}

const char* name_of(Evidence evidence) {
  return evidence == Evidence::proved ? "proved" : "measured";
}

std::string option_of(const Artifact& artifact, const std::string& name) {
  for (const RequestOption& option : artifact.request.options) {
    if (option.name == name && !option.values.empty()) return option.values.front();
  }
  return {};
}

std::string describe_function(const Artifact& artifact) {
  const Kind kind = artifact.kind;
  if (is_of_slots(kind)) return describe_slots(artifact);
  if (kind == Kind::minimax) return describe_asked(artifact);
  if (is_stepped(artifact) && !has_steps(kind)) return describe_separation(artifact);
  const Domain& domain = artifact.stages.front().domain;
  if (kind == Kind::divide) {
    return fmt::format("{} for b in {}, a in {}", function_of(kind), domain_text(domain),
                       option_of(artifact, "numerator"));
  }
  if (is_corrected(kind) || has_steps(kind)) {
    return fmt::format("{} on {}", function_of(kind), domain_text(domain));
  }
  const char* variable = has_two_inputs(kind) ? "a - b" : "x";
  if (!covers_gap(kind)) {
    return fmt::format("{} for {}", function_of(kind), with_gap(artifact, variable));
  }
  // The basis may be larger than what is proved.
  const bool has_both = artifact.request.command == both_of_two;
  return fmt::format("{}{} for |{}| <= {}", function_of(kind),
                     has_both ? ", and min(a, b) = a + b - max(a, b)," : "", variable,
                     decimal(domain_of(artifact).back().upper, shown_digits, Rounding::down));
}

std::string describe_end(const Steps& steps) {
  const LastUse use = use_of_last(steps).value_or(LastUse::value);
  if (use != LastUse::value) return ", times x";
  if (const int doublings = doublings_at_end(steps); doublings > 0) {
    return ", then " + plural(doublings, "doubling") + " of the angle";
  }
  if (const auto form = modular_form(steps); form && form->doublings > 0) {
    return ", " + plural(form->doublings, "doubling") + " of the angle between";
  }
  const int squares = squares_at_end(steps);
  return squares == 0 ? std::string() : ", then " + plural(squares, "squaring");
}

// The stages of each joint; and the degree of the pieces.
std::string describe_joints(const Artifact& artifact, const JoinedForm& form) {
  std::vector<std::string> joints(form.stages.size());
  int pieces = 0;
  const std::vector<JoinedPlace> places = places_of(form);
  for (std::size_t i = 0; i < places.size(); ++i) {
    const JoinedPlace& place = places[i];
    const auto joint = static_cast<std::size_t>(place.joint);
    const int degree = artifact.stages.at(i).polynomial.degree();
    if (joint == joints.size() || place.stage == form.stages[joint]) {
      pieces = std::max(pieces, degree);
    } else {
      joints[joint] += fmt::format("{}{}", place.stage == 0 ? "" : ",", degree);
    }
  }
  return fmt::format("pieces of degree {}, {} by sign {}", pieces,
                     plural(static_cast<int>(joints.size()), "joint"), fmt::join(joints, " and "));
}

std::string describe_stages(const Artifact& artifact) {
  if (is_of_slots(artifact.kind)) return describe_parts(artifact);
  if (const auto form = joined_form(artifact.steps)) return describe_joints(artifact, *form);
  std::vector<int> degrees;
  for (const StageRecord& stage : artifact.stages) degrees.push_back(stage.polynomial.degree());
  if (is_corrected(artifact.kind)) {
    return fmt::format(
        "a start of degree {} for {}, {} ({}){}", degrees.front(), start_function(artifact.kind),
        plural(artifact.corrections, "correction"),
        correction_map(artifact.kind) == CorrectionMap::inverse ? "Goldschmidt" : "Newton",
        artifact.kind == Kind::sqrt ? ", times x" : "");
  }
  if (is_direct(artifact)) {
    return fmt::format("1 stage, degree {}: the function itself", degrees.front());
  }
  return fmt::format("{}, degree{} {}{}", plural(static_cast<int>(degrees.size()), "stage"),
                     degrees.size() == 1 ? "" : "s", fmt::join(degrees, ", "),
                     describe_end(artifact.steps));
}

std::string describe_metric(const Artifact& artifact) {
  switch (artifact.claim.metric) {
    case Metric::absolute: return "absolute";
    case Metric::relative:
      return is_below_noise(artifact)
                 ? "relative to the function, whose least values are below the noise of ciphertexts"
                 : "relative to the function";
    case Metric::weighted: return "times the weight";
    case Metric::relu:
      return is_direct(artifact) ? "divided by the range"
                                 : "divided by the range; the gap of sign included";
    case Metric::expected:
    case Metric::share: break;  // of objectives alone
  }
  return {};
}

namespace {

// The root of noise^2 times the sum of the squares of all coefficients but that of T_0.
double noise_of_basis(const ChebyshevSeries& polynomial, double noise) {
  double sum = 0;
  for (std::size_t k = 1; k < polynomial.coefficients.size(); ++k) {
    const double c = to_double(polynomial.coefficients[k]);
    sum += c * c;
  }
  return noise * std::sqrt(sum);
}

std::string describe_objective(const Artifact& artifact, const ClaimRecord& claim) {
  const bool weighs = !option_of(artifact, "density").empty();
  const char* evidence = name_of(claim.error.evidence);
  if (claim.metric == Metric::share) {
    return fmt::format("at least {} % of {} within {}, {}",
                       fixed_decimal(100 * (1 - claim.error.upper), 2, Rounding::down),
                       weighs ? "what the density counts" : "the domain",
                       option_of(artifact, "tolerance"), evidence);
  }
  if (claim.metric == Metric::absolute) {
    return fmt::format("largest error at most {}, {}; absolute", size_text(claim.error.upper),
                       evidence);
  }
  return fmt::format("root mean square of the error at most {}, {}; {}",
                     size_text(claim.error.upper), evidence,
                     weighs ? "under the density" : "over the domain");
}

}  // namespace

std::vector<std::string> describe_objectives(const Artifact& artifact) {
  std::vector<std::string> sentences;
  for (const ClaimRecord& claim : artifact.objectives) {
    sentences.push_back(describe_objective(artifact, claim));
  }
  const std::string word = option_of(artifact, "noise");
  const auto noise = parse_number(word);
  if (artifact.objectives.empty() || !noise) return sentences;
  const double adds = noise_of_basis(artifact.stages.front().polynomial, to_double(*noise));
  const double error = to_double(artifact.objectives.back().error.upper);
  sentences.push_back(fmt::format("noise of {} in each T_k adds {}: together {}", word,
                                  size_text(Rational(adds)),
                                  size_text(Rational(std::hypot(adds, error)))));
  return sentences;
}

std::string describe_costs(const Plan& plan) {
  return fmt::format("{}, {}, {}, {}, growth 2^{}", plural(plan.costs.levels, "level"),
                     plural(plan.costs.key_switches, "key switch"),
                     plural(plan.costs.tensor_products, "tensor product"),
                     plural(plan.costs.scalar_products, "scalar product"),
                     log2_text(plan.growth, 1, Rounding::up));
}

std::string describe_missing_plan() {
  return "none: the coefficients have more than 53 bits, or fall off too fast";
}

std::string describe_stage_claim(const Artifact& artifact, const StageRecord& stage) {
  const std::string& command = artifact.request.command;
  const bool folds =
      (command == "activation" || command == "piecewise") && artifact.stages.size() > 1;
  return fmt::format("{} at most {}", folds ? "|value|" : "error",
                     size_text(stage.claim.error.upper));
}

bool has_lower_bound(const Artifact& artifact) {
  if (artifact.stages.size() != 1 || is_corrected(artifact.kind)) return false;
  if (artifact.steps.size() > 1) return false;
  const ErrorEnclosure& error = artifact.claim.error;
  if (error.lower == 0 && error.attained != 0) return false;
  return !covers_gap(artifact.kind) || is_direct(artifact);
}

constexpr int shown_times_digits = 5;

std::string describe_outside(const Artifact& artifact) {
  if (!artifact.outside) return {};
  const Interval& reach = artifact.outside->reach;
  const std::string bound = decimal(artifact.outside->bound, shown_digits, Rounding::up);
  const bool is_sign = artifact.kind != Kind::minimax && !is_direct(artifact);
  const bool is_multiplied = use_of_last(artifact.steps).value_or(LastUse::value) != LastUse::value;
  const char* what = is_sign ? "sign" : is_multiplied ? "last polynomial" : "value";
  const Interval range = hull(artifact.stages.front().domain);
  const char* evidence = name_of(artifact.outside->evidence);
  // What was recorded may be no number: files are described before they are verified.
  const auto beyond = parse_number(option_of(artifact, "beyond"));
  const Rational factor = beyond ? *beyond : Rational(1);
  const auto times = [&](const Rational& end) {
    return decimal(end / range.upper * factor, shown_times_digits, Rounding::down);
  };
  if (reach.lower == -reach.upper && range.lower == -range.upper) {
    std::string text;
    if (factor > 1)
      text = fmt::format("keeps its error up to {} times the range; ", times(range.upper));
    text += fmt::format("|{}| <= {} up to {} times the range ({})", what, bound, times(reach.upper),
                        evidence);
    if (const auto& side = artifact.outside->side) {
      text += fmt::format("; on its side of 0, within 1/2, up to {} times (proved)", times(*side));
    }
    return text;
  }
  return fmt::format("|{}| <= {} on {} ({})", what, bound, interval_text(reach), evidence);
}

// What storing the coefficients costs over the best polynomial of the class.
std::string describe_rounding(const Artifact& artifact) {
  const StageRecord& stage = artifact.stages.front();
  const char* method = stage.rounding == RoundingMethod::lattice
                           ? "of the coefficients all together (a closest lattice point)"
                           : "of the coefficients one by one";
  const ErrorEnclosure& e = stage.claim.error;
  if (e.attained == 0) return fmt::format("{}; costs nothing", method);
  if (e.lower == 0) return fmt::format("{}; is all of the error", method);
  const Rational ratio = e.upper / e.lower;
  const Rational percent = 100 * (ratio - 1);
  const Rational visible(1, 10);
  if (percent < visible) return fmt::format("{}; costs under 0.1 % of the error", method);
  if (percent > 1000) {
    return fmt::format("{}; multiplies the error by at most {}", method,
                       decimal(ratio, 3, Rounding::up));
  }
  return fmt::format("{}; costs at most {} % of the error", method,
                     fixed_decimal(percent, 1, Rounding::up));
}

// Polynomials that are not meant to be the best of their class: how far they are from it.
bool is_minimax(const Artifact& artifact) {
  const std::string& command = artifact.request.command;
  return command != "approximate" && option_of(artifact, "stages").empty() &&
         option_of(artifact, "objective") != "least-squares";
}

std::string describe_distance_from_best(const Artifact& artifact) {
  const ErrorEnclosure& e = artifact.claim.error;
  if (e.attained == 0) return "exact";
  if (e.lower == 0) return "the best error of its class is not known";
  return fmt::format("at most {} times the best error of its class",
                     decimal(e.upper / e.lower, 3, Rounding::up));
}

std::string summary(const Artifact& artifact, const PlanSettings& asked) {
  if (is_of_slots(artifact.kind)) return summary_of_slots(artifact);
  const ClaimRecord& claim = artifact.claim;
  std::string text = fmt::format("{}: {}\n", artifact.name, describe_function(artifact));
  text += fmt::format("  request     {}\n", command_line(artifact.request));
  text += fmt::format("  polynomial  {}; Chebyshev basis\n", describe_stages(artifact));
  text += fmt::format("  error       at most {}, {}; {}\n", size_text(claim.error.upper),
                      name_of(claim.error.evidence), describe_metric(artifact));
  text += fmt::format("              attained {}", size_text(claim.error.attained, Rounding::down));
  text += has_lower_bound(artifact) ? fmt::format("; no polynomial of its class is below {}\n",
                                                  size_text(claim.error.lower, Rounding::down))
                                    : std::string("\n");
  const char* label = "objectives";
  for (const std::string& sentence : describe_objectives(artifact)) {
    text += fmt::format("  {:<10}  {}\n", label, sentence);
    label = "";
  }
  for (std::size_t i = 0; i < artifact.stages.size(); ++i) {
    const StageRecord& stage = artifact.stages[i];
    const std::string name =
        is_corrected(artifact.kind) ? std::string("start") : fmt::format("stage {}", i + 1);
    text += fmt::format("  {:<9}   degree {:<4} {}: {}\n", name, stage.polynomial.degree(),
                        describe_place(artifact, stage), describe_stage_claim(artifact, stage));
  }
  if (const std::string kept = describe_conditions(artifact); !kept.empty()) {
    text += "  conditions  " + kept + "\n";
  }
  if (artifact.outside) text += "  outside     " + describe_outside(artifact) + "\n";
  if (has_lower_bound(artifact)) {
    text += is_minimax(artifact) ? "  rounding    " + describe_rounding(artifact) + "\n"
                                 : "  method      " + describe_distance_from_best(artifact) + "\n";
  }
  if (const std::string refreshes = describe_refreshes(artifact); !refreshes.empty()) {
    text += "  refreshes   " + refreshes + "\n";
  }
  if (artifact.plan) {
    const std::string excess = describe_excess(artifact, asked);
    text += fmt::format("  plan        {}{}{}\n", describe_costs(*artifact.plan),
                        excess.empty() ? "" : ", ", excess);
    if (const std::string offer = describe_offer(artifact, asked); !offer.empty()) {
      text += fmt::format("              {}\n", offer);
    }
    if (const std::string scales = describe_stage_scales(artifact); !scales.empty()) {
      text += fmt::format("  scales      {}\n", scales);
    }
  } else {
    text += fmt::format("  plan        {}\n", describe_missing_plan());
  }
  return text;
}

}  // namespace equiripple
