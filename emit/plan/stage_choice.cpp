// Shapes in the order of their key switches, each tried with the coefficients.
#include "emit/plan/stage_choice.hpp"

#include <algorithm>

#include "emit/plan/chain_shape.hpp"
#include "emit/plan/known_scalars.hpp"
#include "emit/plan/least_scalars.hpp"
#include "emit/plan/multiplied_scalars.hpp"
#include "emit/plan/shape_table.hpp"
#include "emit/plan/square_shape.hpp"
#include "emit/plan/stage_ranking.hpp"

namespace equiripple {
namespace {

// The largest power of two that divides the degree of every term.
int stride_of(const std::vector<Rational>& c) {
  unsigned degrees = 0;
  for (std::size_t k = 1; k < c.size(); ++k) {
    if (c[k] != 0) degrees |= static_cast<unsigned>(k);
  }
  return degrees == 0 ? 1 : static_cast<int>(degrees & (~degrees + 1));
}

std::vector<Rational> every(const std::vector<Rational>& c, int stride) {
  std::vector<Rational> picked;
  for (std::size_t k = 0; k < c.size(); k += static_cast<std::size_t>(stride)) {
    picked.push_back(c[k]);
  }
  picked.resize(static_cast<std::size_t>(degree_of(picked)) + 1);
  return picked;
}

std::vector<Rational> without_linear(std::vector<Rational> c) {
  if (c.size() > 1) c[1] = 0;
  return c;
}

// So few terms that Paterson-Stockmeyer may do without most products.
bool is_sparse(const std::vector<Rational>& c) {
  const auto zeros = std::ranges::count(c, Rational(0));
  return 4 * zeros > 3 * std::ssize(c);
}

std::vector<Rational> divided(std::vector<Rational> c, const Rational& unit) {
  constexpr int bits = 128;  // chosen: the scalars have 53
  if (unit == 1) return c;
  for (Rational& value : c) value = round_to_bits(value / unit, bits, Rounding::nearest);
  return c;
}

// Scalars that no triangle gives are sought for the series in its own unit (unit_of_series), so
// that a function and a multiple of it have the same ones; what is found becomes a choice for the
// task itself when it is taken.
class Chooser {
 public:
  Chooser(const StageTask& task, int levels, const Rational& growth_limit)
      : task_(task), levels_(levels), growth_limit_(growth_limit) {
    pick(without_linear(task.coefficients));
    if (stride_ == 1 || task.times_x) pick(task.coefficients);
  }

  // An even series and a multiple of the variable: as that, and else as any other.
  std::optional<StageChoice> run() {
    run_picked();
    if (linear() && !is_settled() && collected_.empty()) {
      pick(task_.coefficients);
      run_picked();
    }
    return best_;
  }

  void run_picked() {
    const auto request = shape_request();
    if (request && request->degree > highest_searched_degree) {
      const bool settled = consider_all(wide_shapes_of(*request));
      if (!settled || is_sparse(picked_)) consider_paterson_stockmeyer();
      return;
    }
    consider_paterson_stockmeyer();
    consider_squared_leading();
    if (!request) return;
    consider_square(*request);
    search(*request);
  }

  std::vector<StageChoice> all() {
    collect_ = true;
    run();
    if (is_settled() && collected_.empty()) collected_.push_back(std::move(*best_));
    std::ranges::stable_sort(collected_, is_cheaper);
    return std::move(collected_);
  }

  // Of the shapes of a chain, which cost more and more, the second that pays, where there is one:
  // the first has few scalars more than equations, and growth is seldom within the limit.
  std::optional<StageChoice> dense_chain(const ChainTerms& terms) {
    const auto request = shape_request();
    if (!request || request->series_class != SeriesClass::dense || !may_be_free()) {
      return std::nullopt;
    }
    const auto suits = [&](const StageChoice& choice) {
      return terms.pays(choice) && terms.is_precise(choice);
    };
    std::optional<Shape> richer;
    const int most = most_key_switches_a_level * request->levels;
    for (int switches = request->levels; switches <= most; ++switches) {
      if (consider_known(*request, switches, suits)) return best_;
      int paying = 0;
      for (Shape& shape : chain_shapes_of(*request, switches)) {
        if (!terms.pays(example_of(shape))) break;
        richer = std::move(shape);
        if (++paying == 2) break;
      }
    }
    if (!richer || !consider_free_shape(*richer, dense_starts, suits)) return std::nullopt;
    return best_;
  }

  std::optional<StageChoice> with_shape(const StageChoice& other) {
    stride_ = other.stride;
    set_unit(1);
    if (linear() && !other.linear) return std::nullopt;
    if (!other.shape || other.output_scale_factor != 1) return std::nullopt;
    picked_.resize(at(other.shape->degree) + 1);
    StageChoice choice{
        .stride = stride_, .linear = other.linear, .shape = other.shape, .keep_zeros = true};
    if (other.linear) choice.linear = task_.coefficients[1];
    auto scalars = other.shape->slots.empty()
                       ? least(*other.shape, picked_, other.scalars, Least::scalars)
                       : scalars_of(*other.shape, picked_);
    if (!scalars) return std::nullopt;
    choice.scalars = std::move(*scalars);
    return consider(std::move(choice)) ? best_ : std::nullopt;
  }

 private:
  static constexpr std::size_t few = 12;       // alternatives; chosen
  static constexpr int comfortable = 16;       // the size of scalars that cost no precision; chosen
  static constexpr long hopeless = 1'000'000;  // as where coefficients decay fast; chosen
  static constexpr long vanishing = 1'000'000'000'000;  // chosen: the weights of least_scalars end
  static constexpr int free_starts = 96;                // chosen: a tenth of a second
  static constexpr int dense_starts = 12;  // chosen: 50 ms at degree 28; twice as many add little
  static constexpr int most_refused = 4;   // chosen: what amplifies does so from most starts
  static constexpr unsigned most_seeds = 16;  // chosen: most shapes converge from half of them
  static constexpr int most_imprecise = 12;   // chosen: milliseconds each
  static constexpr int most_least_tries = 3;  // chosen: a tenth of a second
  static constexpr int most_key_switches_a_level = 2;  // chosen: degree 63 takes 10 to 15 in 6

  // While it lives, the series and its limits are in its own unit.
  class InOwnUnit {
   public:
    explicit InOwnUnit(Chooser& chooser) : chooser_(chooser) {
      chooser.set_unit(chooser.own_unit());
    }
    ~InOwnUnit() { chooser_.set_unit(1); }
    InOwnUnit(const InOwnUnit&) = delete;
    InOwnUnit& operator=(const InOwnUnit&) = delete;

   private:
    Chooser& chooser_;
  };

  void pick(const std::vector<Rational>& coefficients) {
    stride_ = stride_of(coefficients);
    set_unit(1);
  }

  Rational own_unit() const {
    const bool in_units_of_sign = task_.times_x || task_.is_of_sign;
    if (in_units_of_sign) return 1;
    return unit_of_series(every(task_.coefficients, stride_));
  }

  void set_unit(const Rational& unit) {
    unit_ = unit;
    own_ = task_;
    own_.coefficients = divided(task_.coefficients, unit);
    picked_ = every(own_.coefficients, stride_);
    limit_ = growth_allowed(own_, growth_limit_);
    size_ = std::max(Rational(1), magnitudes_of(own_));
  }

  StageChoice choice_of(const Shape& shape, ShapeScalars scalars) const {
    return {.stride = stride_, .linear = linear(), .shape = shape, .scalars = std::move(scalars)};
  }

  // What the picked coefficients leave out.
  std::optional<Rational> linear() const {
    const std::vector<Rational>& c = own_.coefficients;
    return stride_ > 1 && c[1] != 0 ? std::optional(c[1]) : std::nullopt;
  }

  // The shape with scalars that are not 0, which cost what those to be found do.
  StageChoice example_of(const Shape& shape) const {
    ShapeScalars scalars = scattered(no_scalars(shape, picked_), /*seed=*/1);
    for (LinkScalars& link : scalars.links) link.constant = 1;
    StageChoice example = choice_of(shape, std::move(scalars));
    example.costs = costs_of(task_, trial_of(task_, example).program);
    return example;
  }

  // None where only Paterson-Stockmeyer will do: constants, and what is not odd times x.
  std::optional<ShapeRequest> shape_request() const {
    const int degree = degree_of(picked_);
    const bool odd = is_odd(picked_, task_.times_x);
    if (degree < 1 || (task_.times_x && (degree < 3 || !odd))) return std::nullopt;
    const int levels = levels_ - power_depth(stride_);
    if (minimum_levels(degree) > levels) return std::nullopt;
    return ShapeRequest{.series_class = task_.times_x ? SeriesClass::odd_times_x
                                        : odd         ? SeriesClass::odd
                                                      : SeriesClass::dense,
                        .degree = degree,
                        .levels = levels,
                        .leading_in_x = task_.times_x && (task_.x_is_above || task_.absorb)};
  }

  void search(const ShapeRequest& request) {
    const int above = power_depth(stride_);  // one key switch for each squaring
    // Nothing that suits the coefficients takes more than Paterson-Stockmeyer, where there is that.
    const int most =
        best_ && !collect_ ? best_->costs.key_switches : most_key_switches_a_level * levels_ + 1;
    for (int switches = minimum_levels(request.degree); switches + above <= most; ++switches) {
      const bool may_be_known = !collect_ && request.series_class != SeriesClass::dense;
      if (may_be_known && consider_known(request, switches, always)) return;
      bool within = false;
      for (const std::vector<Shape>& shapes : shapes_of(request, switches)) {
        if (collect_) {
          collect(shapes);
        } else {
          within = consider_all(shapes) || within;
          if (within && is_precise()) break;
        }
      }
      if (within) return consider_free(request, switches);
      if (collected_.size() > few) return;
    }
  }

  bool is_settled() const { return best_ && best_->within_limits; }

  // As Paterson-Stockmeyer, which adds up small terms: shapes amplify more or less. Asked where
  // is_better counts that.
  bool is_precise() {
    if (task_.is_of_sign) return true;
    if (!usual_noise_) usual_noise_ = noise_of(task_, {});
    return is_as_precise(noise_of(task_, *best_), *usual_noise_, bits_worth_products);
  }

  void consider_paterson_stockmeyer() { consider({}); }

  void consider_squared_leading() {
    if (const auto factor = squaring_factor(task_)) {
      consider({.leading = LeadingTerm::squared, .output_scale_factor = *factor});
    }
  }

  void consider_square(const ShapeRequest& request) {
    if (request.series_class != SeriesClass::dense || collect_) return;
    for (SquareShape& square : square_shapes_of(picked_, request.levels)) {
      if (consider(choice_of(square.shape, std::move(square.scalars)))) return;
    }
  }

  // Whether scalars of shapes without slots may be found.
  bool may_be_free() const {
    const long most = task_.is_of_sign ? vanishing : hopeless;
    return abs(picked_.back()) * most >= magnitudes_of(own_);
  }

  // Where coefficients decay fast, scalars that are found by the decay save key switches and
  // amplify noise (for sigmoid of degree 31 one, and by 9 bits): that is for sign to take.
  std::optional<ShapeScalars> least(const Shape& shape, const std::vector<Rational>& wanted,
                                    const ShapeScalars& start, Least what) const {
    const auto equations = task_.is_of_sign ? Equations::by_decay : Equations::alike;
    return least_scalars(shape, wanted, start, what, equations);
  }

  // From scalars of the table.
  template <class Condition>
  bool consider_known(ShapeRequest request, int switches, const Condition& suits) {
    if (!may_be_free()) return false;
    const InOwnUnit own(*this);
    request.leading_in_x = request.leading_in_x && task_.x_is_above;
    for (const KnownScalars& start : known_scalars(tabled_scalars(), request, picked_, switches)) {
      auto scalars = least(start.shape, picked_, start.scalars, Least::terms);
      if (!scalars || scalars->largest > limit_) continue;
      if (!consider(choice_of(start.shape, std::move(*scalars)), /*is_sought=*/true)) continue;
      if (suits(*best_)) return true;
      best_.reset();
    }
    return false;
  }

  // Shapes whose scalars no triangle gives, as long as there are any with fewer key switches.
  void consider_free(ShapeRequest request, int switches) {
    request.leading_in_x = request.leading_in_x && task_.x_is_above;
    if (request.series_class == SeriesClass::dense || !may_be_free()) return;
    if (consider_chains(request, switches)) return;
    // A shape with fewer may have scalars where those with one less have not.
    const int fewest = std::max(request.levels, switches - 2);
    for (; switches >= fewest; --switches) {
      const auto shapes = free_shapes_of(request, switches);
      for (const Shape& shape : shapes) {
        const int starts = free_starts / static_cast<int>(shapes.size());
        if (consider_free_shape(enriched(shape), starts, always)) break;
      }
    }
  }

  // Chains have the fewest of all that is known.
  bool consider_chains(const ShapeRequest& request, int switches) {
    constexpr int starts = 12;  // chosen: with two more products half of them converge
    for (int fewer = request.levels; fewer < switches; ++fewer) {
      for (const Shape& shape : chain_shapes_of(request, fewer)) {
        if (consider_free_shape(shape, starts, always)) return true;
      }
    }
    return false;
  }

  static bool always(const StageChoice&) { return true; }

  template <class Condition>
  bool consider_free_shape(const Shape& rich, int starts, const Condition& suits) {
    const InOwnUnit own(*this);
    const ShapeScalars start = no_scalars(rich, picked_);
    int refused = 0;
    for (int seed = 1; seed <= starts; ++seed) {
      auto scalars =
          least(rich, picked_, scattered(start, static_cast<unsigned>(seed)), Least::terms);
      if (!scalars || scalars->largest > limit_) continue;
      if (consider(choice_of(rich, std::move(*scalars)), /*is_sought=*/true)) {
        if (suits(*best_)) return true;
        best_.reset();
      }
      if (++refused == most_refused) return false;
    }
    return false;
  }

  static std::size_t at(int i) { return static_cast<std::size_t>(i); }

  void collect(const std::vector<Shape>& shapes) {
    for (const Shape& shape : shapes) {
      best_.reset();
      if (consider_shape(shape) && best_) collected_.push_back(*best_);
    }
  }

  // Whether one is within the limits. Where it is not precise, a few more are looked at.
  bool consider_all(const std::vector<Shape>& shapes) {
    int more = most_imprecise;
    bool within = false;
    for (const Shape& shape : shapes) {
      within = consider_shape(shape) || within;
      if (within && (more-- == 0 || is_precise())) break;
    }
    return within;
  }

  bool consider_shape(const Shape& shape) {
    auto scalars = scalars_of(shape, picked_);
    if (!scalars) return false;
    StageChoice choice = choice_of(shape, {});
    std::vector<Rational> wanted = picked_;
    if (shape.leading_in_x && !task_.x_is_above) {
      choice.output_scale_factor = Rational(to_double(1 / abs(scalars->leading)));
      for (Rational& c : wanted) c *= choice.output_scale_factor;
      scalars = scalars_of(shape, wanted, Rational(scalars->leading > 0 ? 1 : -1));
      if (!scalars) return false;
    }
    choice.scalars = std::move(*scalars);
    const bool within = consider(choice);
    return (within && choice.scalars.largest <= comfortable * size_) ||
           consider_least(std::move(choice), wanted) || within;
  }

  // Large scalars amplify noise. Small ones take more scalar products, which are cheap; but for
  // dense series the next shape is better: of 70 plans measured, small scalars took 4 to 19 % more
  // transforms in 11, and amplified more.
  bool consider_least(StageChoice choice, const std::vector<Rational>& wanted) {
    if (choice.shape->series_class == SeriesClass::dense ||
        choice.shape->degree > highest_searched_degree || least_tries_ == 0 ||
        choice.scalars.largest > hopeless * size_) {
      return false;
    }
    --least_tries_;
    const Shape rich = enriched(*choice.shape);
    const ShapeScalars start = in_enriched(*choice.shape, choice.scalars, rich);
    auto found = least(rich, wanted, start, Least::scalars);
    for (unsigned seed = 1; !found && seed <= most_seeds; ++seed) {
      found = least(rich, wanted, scattered(start, seed), Least::scalars);
    }
    const bool pays = found && 4 * found->largest < choice.scalars.largest;
    if (!pays) return false;
    const auto before = best_;
    if (is_settled() && best_->shape && best_->scalars.largest == choice.scalars.largest) {
      best_->within_limits = false;  // the same shape with worse scalars gives way
    }
    choice.shape = rich;
    choice.scalars = std::move(*found);
    if (consider(std::move(choice))) return true;
    best_ = before;
    return false;
  }

  // Whether it is within the limits. Scalars that were sought are not to cost precision, but for
  // sign.
  bool consider(StageChoice choice, bool is_sought = false) {
    const Trial trial = trial_of(own_, choice);
    choice.costs = costs_of(own_, trial.program);
    choice.strain = std::max(trial.growth, choice.scalars.largest) / limit_;
    if (!trial.holds || choice.costs.levels > levels_) return false;
    choice.within_limits = choice.strain <= 1 && (trial.rounds_little || !task_.rounds_little);
    auto for_task = of_task(std::move(choice));
    if (!for_task) return false;
    if (is_sought && !task_.is_of_sign && is_settled() &&
        !is_as_precise(noise_of(task_, *for_task), noise_of(task_, *best_), bits_lost_by_chain)) {
      return false;
    }
    const bool within = for_task->within_limits;
    if (!best_ || is_better(task_, *for_task, *best_)) best_ = std::move(for_task);
    return within;
  }

  // What computes a task in its own unit, for the task itself.
  std::optional<StageChoice> of_task(StageChoice choice) const {
    if (unit_ == 1) return choice;
    if (choice.linear) choice.linear = task_.coefficients[1];
    auto scalars = multiplied(*choice.shape, std::move(choice.scalars), unit_);
    if (!scalars) return std::nullopt;
    choice.scalars = std::move(*scalars);
    const Trial trial = trial_of(task_, choice);
    choice.costs = costs_of(task_, trial.program);
    return trial.holds ? std::optional(std::move(choice)) : std::nullopt;
  }

  const StageTask& task_;
  int levels_;
  Rational growth_limit_;
  int stride_ = 1;
  Rational unit_ = 1;
  StageTask own_;                 // the task in its unit
  std::vector<Rational> picked_;  // of its coefficients, every stride_-th
  Rational limit_;                // of growth and scalars
  Rational size_;                 // of the coefficients together, at least 1
  std::optional<StageChoice> best_;
  std::optional<UsualNoise> usual_noise_;  // of Paterson-Stockmeyer
  int least_tries_ = most_least_tries;
  bool collect_ = false;
  std::vector<StageChoice> collected_;
};

}  // namespace

std::optional<StageChoice> choose_stage(const StageTask& task, int levels,
                                        const Rational& growth_limit) {
  return Chooser(task, levels, growth_limit).run();
}

std::optional<StageChoice> choose_dense_chain(const StageTask& task, int levels,
                                              const Rational& growth_limit,
                                              const ChainTerms& terms) {
  return Chooser(task, levels, growth_limit).dense_chain(terms);
}

std::vector<StageChoice> stage_alternatives(const StageTask& task, int levels,
                                            const Rational& growth_limit) {
  return Chooser(task, levels, growth_limit).all();
}

std::optional<StageChoice> same_shape_for(const StageTask& task, const StageChoice& choice,
                                          int levels, const Rational& growth_limit) {
  return Chooser(task, levels, growth_limit).with_shape(choice);
}

}  // namespace equiripple
