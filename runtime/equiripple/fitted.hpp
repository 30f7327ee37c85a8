// A plan fitted to inputs of one level and scale: every level and scale is fixed, and everything
// that can be refused is refused, before anything is encoded or computed.
#pragma once

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "backend.hpp"
#include "errors.hpp"
#include "schedule.hpp"
#include "schedule_check.hpp"
#include "steps.hpp"

namespace equiripple {
namespace detail {

/// An input as the plan takes it: `due` rescalings after what the caller gave.
struct InputFacts {
  int level;
  double scale;
  int due = 0;             // libraries that rescale lazily hand out products
  double given_scale = 0;  // where rescalings are due
};

/// An input of a scale so far above the modulus is a product that its owner has not rescaled yet:
/// what a rescaling leaves has digits enough to go on with.
template <class Backend>
InputFacts facts_of_input(Backend& he, const typename Backend::Ciphertext& x) {
  constexpr double least_left = 0x1p+20;  // chosen: as for the scalar of the range
  InputFacts input{he.level(x), he.scale(x), 0, he.scale(x)};
  while (input.level > 0 && input.scale >= he.modulus_at(input.level) * least_left) {
    input.scale /= he.modulus_at(input.level);
    --input.level;
    ++input.due;
  }
  return input;
}

struct Fitted {
  PlanFacts plan;
  InputFacts input;
  std::vector<Record> records{};

  int output_level() const { return records.back().level; }
  double output_scale() const { return records.back().scale * plan.output_scale_factor; }
};

template <class Backend>
class Fitting {
 public:
  /// `output_scale`: 0 for the input's, or the library's own where it prescribes one. Throws
  /// wrong_level, not_enough_levels or wrong_scale.
  static Fitted run(Backend& he, const PlanFacts& plan, const std::vector<Operation>& operations,
                    const InputFacts& input, double output_scale) {
    const Fitting fitting(he, plan, operations, input);
    fitting.check_request(output_scale);
    fitting.check_noise();
    Fitted fitted{plan, input};
    fitted.records = fitting.levelled();
    fitting.fix_scales(fitted.records, output_scale);
    return fitted;
  }

  /// The fewest levels that an input of this kind must have.
  static int levels_needed(Backend& he, const PlanFacts& plan,
                           const std::vector<Operation>& operations, const InputFacts& input) {
    return Fitting(he, plan, operations, input).levels_needed(0);
  }

 private:
  Fitting(Backend& he, const PlanFacts& plan, const std::vector<Operation>& operations,
          const InputFacts& input)
      : he_(he), plan_(plan), operations_(operations), input_(input) {
    if (input.level < 0) throw not_enough_levels(plan.name, plan.levels, input.level);
    int highest = 10'000;  // chosen: far above every chain of moduli
    if constexpr (knows_top_level<Backend>::value) highest = he.top_level();
    if (input.level > highest) {
      throw wrong_level(plan.name + " cannot be prepared for", input.level, highest);
    }
    working_scale_ = plan.levels > 0 ? working_scale() : input.scale;
    spends_level_ = plan.levels > 0 && !reads_as_it_is();
  }

  // At level 0, where nothing fits, that of the level above, for what is said about it.
  double working_scale() const {
    if (input_.level > 0) return he_.modulus_at(input_.level);
    if constexpr (knows_top_level<Backend>::value) {
      if (he_.top_level() > 0) return he_.modulus_at(1);
    }
    return input_.scale * std::max(1.0, plan_.half_width);
  }

  // Whether the range is read off the input's scale: where it is refreshed, to the scale that this
  // takes.
  bool reads_as_it_is() const {
    if constexpr (can_refresh<Backend>::value) {
      const double half_width = refreshed_half_width(operations_);
      if (half_width > 0) {
        return scales_agree(input_.scale * half_width, he_.refresh_scale(input_.level));
      }
    }
    return reads_freely(input_.scale, plan_.half_width, working_scale_);
  }

  void check_request(double output_scale) const {
    for (const double given : {input_.scale, output_scale == 0 ? input_.scale : output_scale}) {
      if (!(given >= 1) || !std::isfinite(given)) {
        throw wrong_scale("a scale of " + number_text(given) + " was given; it must be 1 or more");
      }
    }
  }

  LevelRequest request_at(int level) const {
    LevelRequest request;
    request.input_level = level;
    if constexpr (can_refresh<Backend>::value) {
      request.refreshed_level = he_.refreshed_level();
      if constexpr (limits_refresh<Backend>::value) {
        request.lowest_refreshable = he_.lowest_refreshable_level();
      }
    }
    request.spend_level = spends_level_;
    if (plan_.levels > 0 && !spends_level_ && refreshed_half_width(operations_) == 0) {
      request.enlargement = enlargement(input_.scale, plan_.half_width, working_scale_);
    }
    return request;
  }

  // The plan as it says where it fits, else with as few refreshes as possible if any plan may have
  // them.
  std::optional<std::vector<Record>> records_at(int level) const {
    LevelRequest request = request_at(level);
    std::vector<Record> records = Leveller::run(operations_, request);
    if (lowest_level(records) >= 0) return records;
    if (is_planned() || !refreshes_any_plan(he_)) return std::nullopt;
    request.stages = plan_.stages;
    auto refreshed = level_with_refreshes(operations_, request);
    // What is doubled was chosen together with scales that a refresh does not keep.
    if (refreshed) {
      for (Record& record : *refreshed) record.carried = 0;
    }
    return refreshed;
  }

  // Whether the plan says where it refreshes: there, and nowhere else.
  bool is_planned() const { return refreshes_itself(operations_); }

  int levels_without_refresh() const { return plan_.levels + (spends_level_ ? 1 : 0); }

  // From `least` on; without a refresh always enough.
  int levels_needed(int least) const {
    int needed = levels_without_refresh();
    if (is_planned()) least = 0;
    if (is_planned() || refreshes_any_plan(he_)) {
      needed = std::min(least, needed);
      while (needed < levels_without_refresh() && !records_at(needed)) ++needed;
    }
    return needed + input_.due;
  }

  std::vector<Record> levelled() const {
    if (auto records = records_at(input_.level)) return std::move(*records);
    const int needed = levels_needed(input_.level + 1);
    if (is_planned() && !records_at(needed - input_.due)) {
      throw evaluation_error(plan_.name +
                             " is refreshed between its stages, and does not fit into what a "
                             "refresh of this backend takes and leaves: " +
                             std::to_string(refreshed_level()) + " levels");
    }
    const int in_one_go = levels_without_refresh() + input_.due;
    std::string remark;
    if (needed < in_one_go) {
      remark = " up to its first refresh (" + std::to_string(in_one_go) + " without one)";
    } else if (can_refresh<Backend>::value && !is_planned()) {
      remark = ": it was made for no refresh, which would cost it its claim";
    }
    if (input_.due > 0) {
      remark +=
          ", " + std::to_string(input_.due) + " of them to rescale the product that it was given";
    }
    throw not_enough_levels(plan_.name, needed, input_.level + input_.due, remark);
  }

  int refreshed_level() const {
    if constexpr (can_refresh<Backend>::value) {
      return he_.refreshed_level();
    } else {
      return 0;
    }
  }

  // What the plan was made for, where the backend says what it adds.
  void check_noise() const {
    if constexpr (bounds_refresh<Backend>::value) {
      if (!is_planned() || he_.refresh_noise() <= plan_.refresh_noise) return;
      throw evaluation_error(plan_.name + " was made for refreshes that add at most " +
                             number_text(plan_.refresh_noise) + ", and those of the backend add " +
                             number_text(he_.refresh_noise()));
    }
  }

  void fix_scales(std::vector<Record>& records, double output_scale) const try {
    ScaleRequest request;
    request.input_scale = input_.scale;
    if constexpr (prescribes_scales<Backend>::value) {
      const double own = he_.prescribed_scale(records.back().level);
      if (output_scale != 0 && !scales_agree(output_scale, own)) {
        throw wrong_scale("the library reads a result at level " +
                          std::to_string(records.back().level) + " at scale " + power_text(own) +
                          " and no other; " + power_text(output_scale) + " was asked for");
      }
      output_scale = own;
    }
    if (plan_.output_scale_factor == 1) {
      request.output_scale = output_scale == 0 ? input_.scale : output_scale;
    }
    int highest = input_.level;
    for (const Record& record : records) highest = std::max(highest, record.level);
    request.moduli.assign(1, 1);  // nothing is rescaled at level 0
    for (int at = 1; at <= highest; ++at) request.moduli.push_back(he_.modulus_at(at));
    if constexpr (can_refresh<Backend>::value) {
      for (Record& record : records) {
        if (record.step != Step::refresh) continue;
        record.scale = he_.refresh_scale(record.level) / (record.scalar > 0 ? record.scalar : 1);
        Record& before = records[record.left];
        before.scale = he_.refresh_scale(before.level);
      }
    }
    if (!try_preferred(records, request, output_scale)) schedule(records, request, output_scale);
  } catch (const wrong_scale& refused) {
    if (input_.due == 0) throw;
    // In terms of the scale that the caller knows.
    throw wrong_scale("an input of scale " + power_text(input_.given_scale) +
                      " is taken for a product that is not rescaled yet, as the next modulus is " +
                      power_text(he_.modulus_at(input_.level + input_.due)) +
                      "; after rescaling: " + refused.what());
  }

  void schedule(std::vector<Record>& records, const ScaleRequest& request,
                double output_scale) const {
    Scheduler::run(records, request);
    const ScheduleCheck check(records, input_.scale, working_scale_);
    check.choice_of_scale(output_scale, plan_.output_scale_factor);
    if constexpr (knows_modulus<Backend>::value) {
      std::vector<double> bits;
      for (std::size_t at = 0; at < request.moduli.size(); ++at) {
        bits.push_back(he_.modulus_bits(static_cast<int>(at)));
      }
      check.room(bits);
    }
    check.precision(spends_level_);
  }

  // The scales that the plan prefers for its stages' variables and for what it doubles, where the
  // moduli have room for them; else the records are left with the usual ones to be found.
  bool try_preferred(std::vector<Record>& records, const ScaleRequest& request,
                     double output_scale) const {
    const auto prefers = [](const Record& record) {
      return (record.step == Step::stage && record.scalar != 0) || record.carried != 0;
    };
    if (std::none_of(records.begin(), records.end(), prefers)) return false;
    std::vector<Record> preferred = records;
    try {
      schedule(preferred, request, output_scale);
      if (Scheduler::is_consistent(preferred, request)) {
        records = std::move(preferred);
        return true;
      }
    } catch (const wrong_scale&) {  // then as if nothing were preferred
    }
    for (Record& record : records) {
      if (record.step == Step::stage) record.scalar = 0;
      record.carried = 0;
    }
    return false;
  }

  Backend& he_;
  const PlanFacts& plan_;
  const std::vector<Operation>& operations_;
  InputFacts input_;
  double working_scale_ = 0;
  bool spends_level_ = false;
};

}  // namespace detail
}  // namespace equiripple
