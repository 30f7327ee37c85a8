// Starts at random at some gaps, and from what was found to the gaps beside.
#include "tools/profiles/known_scalar_rows.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <optional>
#include <utility>

#include "emit/plan/least_scalars.hpp"
#include "emit/plan/noise.hpp"
#include "emit/plan/power_set.hpp"
#include "emit/plan/series.hpp"
#include "emit/plan/settings.hpp"
#include "emit/plan/shape_table.hpp"
#include "emit/plan/stage_task.hpp"
#include "generator/exchange/measure.hpp"
#include "generator/function/parse.hpp"
#include "generator/sign/problem.hpp"

namespace equiripple {
namespace {

// The wider the gap, the more the coefficients change with it.
std::vector<double> gaps() {
  std::vector<double> log2s = {-16, -13, -11, -9.5, -8.5, -7.5, -7, -6.5, -6, -5.5, -5, -4.5};
  for (int eighths = -32; eighths <= -8; ++eighths) log2s.push_back(eighths / 8.0);
  for (double& gap : log2s) gap = std::exp2(gap);
  return log2s;
}

// A polynomial as the planner is given it.
struct Stage {
  StageTask task;
  Rational limit;                     // of growth and scalars
  std::optional<UsualNoise> usual{};  // of a dense one, which a chain is to be as precise as
};

struct Found {
  ShapeScalars scalars;
  double badness = 0;      // log2 of growth, or of noise over the usual one
  bool is_within = false;  // the limits
};

// Of sign, or of sqrt(x^2 + gap^2) in T_2(x).
MinimaxRequest problem_of(SeriesClass series_class, const Rational& gap, int degree) {
  if (series_class != SeriesClass::dense) return sign_problem(gap, 1, degree);
  const std::string square = Rational(gap * gap).str();
  return {.target = *parse_function("sqrt((1+x)/2+" + square + ")"),
          .domain = {{-1, 1}},
          .degree = degree};
}

std::vector<Stage> stages_for(SeriesClass series_class, int degree) {
  std::vector<Stage> stages;
  for (const double gap : gaps()) {
    const MinimaxResult solved = minimax(problem_of(series_class, Rational(gap), degree));
    if (!solved.usable()) continue;
    Stage& stage = stages.emplace_back();
    stage.task.coefficients = rounded(solved.polynomial, binary64_bits).coefficients;
    if (series_class == SeriesClass::dense) {
      const Rational unit = unit_of_series(stage.task.coefficients);
      for (Rational& c : stage.task.coefficients) c = Rational(to_double(c / unit));
    }
    if (series_class == SeriesClass::odd_times_x) {  // x sign(x) / 2, as in ReLU
      for (Rational& c : stage.task.coefficients) c /= 2;
      stage.task.times_x = true;
      stage.task.x_multiple = Rational(1, 2);
    }
    stage.limit = growth_allowed(stage.task, PlanSettings{}.growth_limit);
    if (series_class == SeriesClass::dense) {
      stage.usual =
          usual_noise(trial_of(stage.task, /*Paterson-Stockmeyer*/ {}).program, {{-1, 1}});
    }
  }
  return stages;
}

// The scalars of one shape for the stages.
class Follower {
 public:
  Follower(const Shape& shape, const std::vector<Stage>& stages)
      : shape_(shape), stages_(stages), found_(stages.size()) {}

  /// Whether there are any for one of these.
  bool search(const std::vector<bool>& wanted) {
    constexpr unsigned starts = 192;    // chosen: a half found none for degree 57 at gap 1/8
    constexpr std::size_t between = 2;  // the others are reached from these
    const bool dense = shape_.series_class == SeriesClass::dense;  // the first are seldom precise
    bool is_any = false;
    for (std::size_t i = 0; i < stages_.size(); i += between) {
      if (!wanted[i]) continue;
      const ShapeScalars none = no_scalars(shape_, stages_[i].task.coefficients);
      for (unsigned seed = 1; seed <= starts && (dense || !is_within(i)); ++seed) {
        try_from(i, scattered(none, seed));
      }
      is_any = is_any || found_[i];
    }
    return is_any;
  }

  /// From what is found to the stages beside, and back.
  void follow() {
    constexpr int rounds = 2;
    for (int round = 0; round < rounds; ++round) {
      for (std::size_t i = 1; i < stages_.size(); ++i) {
        if (found_[i - 1]) try_from(i, found_[i - 1]->scalars);
      }
      for (std::size_t i = stages_.size() - 1; i-- > 0;) {
        if (found_[i + 1]) try_from(i, found_[i + 1]->scalars);
      }
    }
  }

  bool is_within(std::size_t i) const { return found_[i] && found_[i]->is_within; }
  const ShapeScalars& scalars(std::size_t i) const { return found_[i]->scalars; }

  /// Whether the planner arrives from there.
  bool leads(const std::string& text, std::size_t i) const {
    const KnownScalarsRow row{.scalars = text.c_str()};
    const auto start = scalars_of_row(row, shape_, stages_[i].task.coefficients);
    const auto found = start ? from(i, *start, Least::terms) : std::nullopt;
    return found && found->is_within;
  }

 private:
  std::optional<Found> from(std::size_t i, const ShapeScalars& start, Least least) const {
    const Stage& stage = stages_[i];
    const auto equations = stage.usual ? Equations::alike : Equations::by_decay;
    auto scalars = least_scalars(shape_, stage.task.coefficients, start, least, equations);
    if (!scalars) return std::nullopt;
    Trial trial = trial_of(stage.task, {.shape = shape_, .scalars = *scalars});
    if (!trial.holds) return std::nullopt;
    Found found{.scalars = *std::move(scalars), .badness = std::log2(to_double(trial.growth))};
    found.is_within = found.scalars.largest <= stage.limit && trial.growth <= stage.limit;
    if (stage.usual) {
      const UsualNoise noise = usual_noise(std::move(trial.program), {{-1, 1}});
      found.badness = std::max(noise[0] - (*stage.usual)[0], noise[1] - (*stage.usual)[1]);
      found.is_within = found.is_within && is_as_precise(noise, *stage.usual, bits_lost_by_chain);
    }
    return found;
  }

  void try_from(std::size_t i, const ShapeScalars& start) {
    ShapeScalars here = start;
    here.leading = no_scalars(shape_, stages_[i].task.coefficients).leading;
    auto found = from(i, here, Least::terms_or_any);
    if (found && (!found_[i] || found->badness < found_[i]->badness)) found_[i] = std::move(found);
  }

  const Shape& shape_;
  const std::vector<Stage>& stages_;
  std::vector<std::optional<Found>> found_;
};

// Of a shape with slots; where there is none, those that the table of shapes ends with.
int fewest_with_slots(const ShapeRequest& request) {
  for (int key_switches = minimum_levels(request.degree);; ++key_switches) {
    const auto shapes = find_shapes(request, key_switches);
    if (!shapes || shapes->by_option != ShapesByOption{}) return key_switches;
  }
}

// Scalars that lead to the stages which are wanted, one after another, each from the middle of the
// longest stretch of them; they are wanted no more.
std::vector<std::string> covering(const Shape& shape, const Follower& follower,
                                  std::vector<bool>& wanted) {
  std::vector<bool> open = wanted;
  for (std::size_t i = 0; i < open.size(); ++i) open[i] = open[i] && follower.is_within(i);
  std::vector<std::string> texts;
  for (;;) {
    std::size_t begin = 0;
    std::size_t length = 0;
    for (std::size_t i = 0; i < open.size(); ++i) {
      std::size_t end = i;
      while (end < open.size() && open[end]) ++end;
      if (end - i > length) {
        begin = i;
        length = end - i;
      }
      i = end;
    }
    if (length == 0) return texts;
    const std::size_t middle = begin + length / 2;
    const std::string text = text_of(shape, follower.scalars(middle));
    bool leads = false;
    for (std::size_t i = 0; i < open.size(); ++i) {
      if (!open[i] || !follower.leads(text, i)) continue;
      open[i] = false;
      wanted[i] = false;
      leads = true;
    }
    open[middle] = false;  // where it leads nowhere once it is rounded
    if (leads) texts.push_back(text);
  }
}

}  // namespace

std::vector<AskedScalars> asked_scalars() {
  std::vector<AskedScalars> all;
  for (const int degree : {12, 20, 24, 25, 26, 28}) all.push_back({SeriesClass::dense, degree});
  for (const SeriesClass series_class : {SeriesClass::odd, SeriesClass::odd_times_x}) {
    for (int degree = 3; degree <= highest_searched_degree; degree += 2) {
      all.push_back({series_class, degree});
    }
  }
  return all;
}

std::vector<SearchedScalars> searched_scalars(SeriesClass series_class, int degree) {
  std::vector<SearchedScalars> rows;
  const std::vector<Stage> stages = stages_for(series_class, degree);
  const int fewest_levels = minimum_levels(degree);
  const auto request_for = [&](int levels) {
    return ShapeRequest{.series_class = series_class,
                        .degree = degree,
                        .levels = levels,
                        .leading_in_x = series_class == SeriesClass::odd_times_x};
  };
  const int end = fewest_with_slots(request_for(fewest_levels));
  const bool dense = series_class == SeriesClass::dense;
  const int most_levels = fewest_levels + (dense ? 0 : tabled_spare_levels);
  std::vector<int> reached(stages.size(), most_levels + 1);  // the levels of the rows so far
  for (int key_switches = fewest_levels; key_switches < end; ++key_switches) {
    for (int levels = fewest_levels; levels <= most_levels; ++levels) {
      if (key_switches >= fewest_with_slots(request_for(levels))) continue;
      std::vector<bool> wanted;
      for (const int before : reached) wanted.push_back(before > levels);
      const std::vector<Shape> shapes = shapes_without_slots(request_for(levels), key_switches);
      for (std::size_t at = 0; at < shapes.size(); ++at) {
        if (std::ranges::find(wanted, true) == wanted.end()) break;
        Follower follower(shapes[at], stages);
        if (!follower.search(wanted)) continue;
        follower.follow();
        for (std::string& text : covering(shapes[at], follower, wanted)) {
          rows.push_back({.series_class = series_class,
                          .degree = degree,
                          .levels = levels,
                          .key_switches = key_switches,
                          .shape = static_cast<int>(at),
                          .scalars = std::move(text)});
        }
      }
      for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (!wanted[i]) reached[i] = std::min(reached[i], levels);
      }
    }
  }
  return rows;
}

}  // namespace equiripple
