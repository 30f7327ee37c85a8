// Levels in ascending order; at each, costs in ascending order, until the error is met.
#include "generator/search/composite_search.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <map>
#include <memory>
#include <set>
#include <stdexcept>
#include <tuple>
#include <utility>

#include "generator/exchange/minimax.hpp"
#include "generator/search/undominated.hpp"
#include "generator/sign/composite.hpp"

namespace equiripple {
namespace {

constexpr std::size_t kept_for_relu = 8;       // for each cost and gap; chosen
constexpr std::size_t kept_by_width = 4;       // where costs depend on the domain; chosen
constexpr std::size_t kept_best = 12;          // of the least errors; chosen
constexpr std::size_t kept_for_ties = 4;       // of labels on a gap; chosen
constexpr double gap_steps_per_octave = 4;     // chosen
constexpr double least_gap_over_error = 6;     // the error inside is at least 1 / 60 of the gap
constexpr double largest_gap_over_error = 60;  // (measured), and at most an eighth of it
constexpr double largest_gap_log2 = -0.25;

static_assert(highest_searched_stage <= highest_degree);

void require(bool holds, const char* message) {
  if (!holds) throw std::invalid_argument(message);
}

void check_request(const CompositeSearchRequest& request) {
  require(request.error || request.max_levels || request.max_key_switches,
          "CompositeSearch: an error or a budget is needed");
  require(!request.gap || (*request.gap > 0 && *request.gap < 1),
          "CompositeSearch: the gap must be in (0, 1)");
  require(!request.error || *request.error > 0, "CompositeSearch: the error must be above 0");
  require(request.max_degree >= 3 && request.max_degree <= highest_searched_stage,
          "CompositeSearch: max_degree must be from 3 to highest_searched_stage");
  require(static_cast<bool>(request.costs), "CompositeSearch: costs are needed");
}

// The least cost of any composition of at least so many levels, whatever its error.
std::vector<double> least_costs(const LabelOptions& options, int most_levels, bool by_latency) {
  constexpr double none = std::numeric_limits<double>::infinity();
  std::vector<double> least(static_cast<std::size_t>(most_levels) + 1, none);
  const auto improve = [&](std::size_t levels, double found) {
    if (levels < least.size()) least[levels] = std::min(least[levels], found);
  };
  for (const StageOption& option : options.last) {
    improve(static_cast<std::size_t>(option.levels), option.cost(by_latency, 0));
  }
  for (std::size_t left = 1; left < least.size(); ++left) {
    if (least[left] == none) continue;
    for (const StageOption& option : options.inner) {
      improve(left + static_cast<std::size_t>(option.levels),
              least[left] + option.cost(by_latency, static_cast<int>(left)));
    }
  }
  for (const StageOption& option : options.only) {
    improve(static_cast<std::size_t>(option.levels), option.cost(by_latency, 0));
  }
  for (std::size_t i = least.size(); i-- > 1;) least[i - 1] = std::min(least[i - 1], least[i]);
  return least;
}

class Front {
 public:
  Front(const CompositeSearchRequest& request, StageErrors& errors,
        const CompositeSearch::Progress& progress)
      : request_(request),
        errors_(errors),
        progress_(progress),
        options_(
            label_options(request.costs, request.max_degree, !request.gap, request.by_latency)) {
    most_levels_ = request.max_levels.value_or(most_searched_levels);
    if (request.max_key_switches) {
      most_levels_ = std::min(most_levels_, levels_within(*request.max_key_switches));
    }
    most_levels_ = std::clamp(most_levels_, 0, most_searched_levels);
    if (request.error) target_ = to_double(*request.error);
    set_gaps();
    const auto is_for_some = [](const StageOption& o) { return o.narrowest > 0 || o.widest < 1; };
    for (const auto* list : {&options_.inner, &options_.last, &options_.only}) {
      if (kept_ == 1 && std::ranges::any_of(*list, is_for_some)) kept_ = kept_by_width;
    }
    if (request.ties > 0) kept_ = std::max(kept_, kept_for_ties);
    if (!request.gap) kept_ = kept_for_relu;
    if (request.error) bound_.emplace(options_, completion_request(), errors_);
    if (is_exact()) least_costs_ = least_costs(options_, most_levels_, request.by_latency);
  }

  std::vector<FoundComposition> run() {
    known_ = request_.known;
    if (request_.by_latency && request_.error && known_.empty()) {
      CompositeSearchRequest others = request_;
      others.by_latency = false;
      others.ties = 0;
      for (FoundComposition& one : Front(others, errors_, progress_).run()) {
        known_.push_back(std::move(one.composition));
      }
    }
    for (int levels = 1; levels <= most_levels_ && !is_done(levels); ++levels) {
      if (progress_) progress_(levels);
      visit(candidates(levels));
    }
    return undominated();
  }

 private:
  struct Candidate {
    Composition composition;
    ReluBalance estimate;  // of ReLU's: no larger than the error
    double optimistic = 0;
  };

  // The most levels that so many key switches, or whatever is counted, are enough for.
  int levels_within(int key_switches) const {
    double most = 0;
    for (const auto* list : {&options_.inner, &options_.last, &options_.only}) {
      for (const StageOption& option : *list) {
        if (option.key_switches <= 0) return most_searched_levels;
        most = std::max(most, static_cast<double>(option.levels) / option.key_switches);
      }
    }
    return static_cast<int>(std::min<double>(most * key_switches, most_searched_levels));
  }

  // The gaps at which ReLU's compositions are looked for: around those that can suit the error; or
  // all, down to the one that suits the best that the levels allow.
  void set_gaps() {
    if (request_.gap) {
      gaps_.push_back(*request_.gap);
      return;
    }
    double low = smallest_gap_log2;
    double high = largest_gap_log2;
    double steps = gap_steps_per_octave;
    if (request_.error) {
      const double error_log2 = log2_of(*request_.error);
      low = std::max(low, error_log2 + std::log2(least_gap_over_error));
      high = std::min(high, error_log2 + std::log2(largest_gap_over_error));
    } else {
      steps /= 2;
      double least = smallest_gap_log2;
      if (request_.finest_error > 0) {
        least = std::max(least, std::log2(request_.finest_error * least_gap_over_error));
      }
      low = high;
      while (low - 1 > least && can_serve(std::exp2(low - 1))) --low;
      if (request_.only_best && !request_.max_key_switches) high = std::min(high, low + 2);
      --low;
    }
    for (double at = high; at > low; at -= 1 / steps) gaps_.emplace_back(std::exp2(at));
    if (gaps_.empty()) gaps_.emplace_back(std::exp2(high));
  }

  // Whether the error outside this gap, whatever it costs in these levels, is below that inside.
  bool can_serve(double gap) {
    LabelRequest request{.gap = gap,
                         .margin = to_double(request_.margin.at(Rational(gap))),
                         .levels = most_levels_,
                         .counts_key_switches = false};
    LabelTable table(request, options_, errors_);
    double least = 1;
    for (int levels = 1; levels <= most_levels_ && !table.is_exhausted(); ++levels) {
      for (const Composition& one : table.compositions(levels)) {
        least = std::min(least, one.error.number());
      }
    }
    constexpr double most_inside = 1.0 / 8;  // of the gap
    return least / 2 < gap * most_inside;
  }

  double cost(const Composition& composition) const {
    return request_.by_latency ? composition.latency : composition.key_switches;
  }

  // Whether nothing with so many levels, or more, can cost less than what is there.
  bool is_done(int levels) const {
    if (is_exact()) {
      const double least = least_costs_[static_cast<std::size_t>(levels)];
      return least >= least_cost_ || least > largest_cost(levels);
    }
    return !tables_.empty() &&
           std::ranges::all_of(tables_, [](const auto& t) { return t->is_exhausted(); });
  }

  // Tables are of one number of levels: latencies depend on it, and so does what can be completed.
  bool is_exact() const { return request_.by_latency || bound_; }

  // ReLU's error outside the gap is half of the error of sign.
  double largest_error() const {
    return (request_.gap ? target_ : 2 * target_) * (1 + search_accuracy(target_));
  }

  CompletionRequest completion_request() const {
    CompletionRequest completion{.error = largest_error(),
                                 .margin = 1,
                                 .gap = to_double(gaps_.back()),
                                 .by_latency = request_.by_latency};
    for (const Rational& gap : gaps_) {
      completion.margin = std::min(completion.margin, to_double(request_.margin.at(gap)));
    }
    return completion;
  }

  // What costs more with so many levels is of no interest.
  double largest_cost(int levels) const {
    if (!request_.by_latency) {
      const double least = least_cost_ - 1;
      return request_.max_key_switches ? std::min<double>(least, *request_.max_key_switches)
                                       : least;
    }
    double largest = least_cost_ * (request_.ties > 0 ? as_slow : 1);
    for (const Composition& one : known_) {
      constexpr double with_ties = 1.02;
      if (one.levels <= levels) largest = std::min(largest, with_ties * one.latency);
    }
    return largest;
  }

  LabelRequest label_request(const Rational& gap, int levels) {
    LabelRequest label{
        .gap = to_double(gap),
        .margin = to_double(request_.margin.at(gap)),
        .kept = kept_,
        .levels = levels,
        .largest_error = largest_error(),
        .key_switches = request_.max_key_switches,
        .counts_latency = request_.by_latency,
        .counts_key_switches = !request_.by_latency || request_.max_key_switches.has_value(),
        .is_exact = is_exact()};
    if (bound_) {
      label.bound = &*bound_;
      label.largest_cost = largest_cost(levels);
    }
    if (request_.only_best) label.counts_key_switches = request_.max_key_switches.has_value();
    return label;
  }

  std::vector<Candidate> candidates(int levels) {
    if (tables_.empty() || is_exact()) {
      tables_.clear();
      const int most = is_exact() ? levels : most_levels_;
      for (const Rational& gap : gaps_) {
        tables_.push_back(
            std::make_unique<LabelTable>(label_request(gap, most), options_, errors_));
      }
    }
    std::set<std::pair<std::vector<int>, std::vector<int>>> seen;
    std::vector<Candidate> found;
    for (std::size_t i = 0; i < tables_.size(); ++i) {
      for (Composition& composition : tables_[i]->compositions(levels)) {
        if (!request_.gap && belongs_elsewhere(composition, i)) continue;
        if (!seen.emplace(composition.degrees, composition.stage_levels).second) continue;
        if (auto candidate = candidate_of(std::move(composition))) {
          found.push_back(std::move(*candidate));
        }
      }
    }
    std::ranges::sort(found, [&](const Candidate& a, const Candidate& b) {
      return std::tuple(cost(a.composition), a.optimistic, a.composition.degrees) <
             std::tuple(cost(b.composition), b.optimistic, b.composition.degrees);
    });
    return found;
  }

  // Whether the composition suits smaller gaps, if any: it is found there as well.
  bool belongs_elsewhere(const Composition& composition, std::size_t table) {
    if (table + 1 == gaps_.size() || !request_.error) return false;
    const double margin = to_double(request_.margin.at(gaps_[table]));
    const double gap = to_double(gaps_[table]);
    const auto sides = estimated_sides(composition.degrees, gap, margin, errors_);
    const double step = gap / to_double(gaps_[table + 1]);
    return sides && std::exp(sides->log_inside) > target_ * step * (1 + search_accuracy(target_));
  }

  std::optional<Candidate> candidate_of(Composition composition) {
    Candidate candidate{.composition = std::move(composition), .estimate = {}};
    if (request_.gap) {
      candidate.optimistic = candidate.composition.error.number();
      set_costs(candidate.composition, *request_.gap);  // the latency, where it does not count
    } else {
      Composition& made = candidate.composition;
      candidate.estimate = estimated_balance(made.degrees, request_.margin, errors_);
      candidate.optimistic = candidate.estimate.error;
      if (!set_costs(made, candidate.estimate.gap)) return std::nullopt;
    }
    candidate.optimistic = std::max(candidate.optimistic, request_.finest_error);
    if (candidate.optimistic * (1 - search_accuracy(candidate.optimistic)) > target_)
      return std::nullopt;
    return candidate;
  }

  const std::vector<StageOption>& ways(int degree, StageRole role) {
    const auto [entry, is_new] = ways_.try_emplace({degree, role});
    if (is_new) entry->second = request_.costs(degree, role);
    return entry->second;
  }

  // The costs on this gap, which is not the table's: false where a stage cannot be had in its
  // levels.
  bool set_costs(Composition& composition, const Rational& gap) {
    composition.key_switches = 0;
    composition.latency = 0;
    int left = composition.levels;
    std::optional<Logit> spread = spread_of_gap(to_double(gap));
    const std::size_t stages = composition.degrees.size();
    for (std::size_t i = 0; i < stages; ++i) {
      if (!spread) return false;
      StageRole role = request_.gap ? StageRole::last : StageRole::last_times_x;
      if (stages == 1 && !request_.gap) role = StageRole::only_times_x;
      if (i + 1 < stages) role = StageRole::inner;
      const int degree = composition.degrees[i];
      const auto& options = ways(degree, role);
      const auto way = std::ranges::find_if(options, [&](const StageOption& option) {
        return option.levels == composition.stage_levels[i] && option.is_for(spread->number());
      });
      if (way == options.end()) return false;
      left -= way->levels;
      composition.key_switches += way->key_switches;
      composition.latency += way->latency_with(left);
      spread = next_spread(errors_.at(degree, *spread).error, to_double(request_.margin.at(gap)));
    }
    return composition.key_switches <= request_.max_key_switches.value_or(composition.key_switches);
  }

  // Candidates of one number of levels, cheapest first.
  void visit(const std::vector<Candidate>& candidates) {
    for (auto next = candidates.begin(); next != candidates.end();) {
      const double price = cost(next->composition);
      if (price >= least_cost_) return;
      std::optional<FoundComposition> best;
      for (; next != candidates.end() && cost(next->composition) == price; ++next) {
        if (best && next->optimistic >= best->error) continue;
        if (!request_.error && is_beaten(next->composition, next->optimistic)) continue;
        FoundComposition judged = judge(*next);
        if (judged.error <= target_ && (!best || judged.error < best->error)) {
          best = std::move(judged);
        }
      }
      if (!best) continue;
      found_.push_back(std::move(*best));
      ties_.push_back(ties_of(found_.back(), candidates));
      // Where no smaller error counts, only a smaller cost does.
      if (!request_.error && found_.back().error > request_.finest_error) continue;
      least_cost_ = price;
      if (is_exact()) return;
      for (const auto& table : tables_) {
        table->limit_key_switches(found_.back().composition.key_switches - 1);
      }
      return;
    }
  }

  static constexpr double as_slow = 1.01;  // chosen: no one sees the difference

  // Others that meet the error at the cost of the one that was found, or little more latency.
  std::vector<FoundComposition> ties_of(const FoundComposition& leader,
                                        const std::vector<Candidate>& candidates) {
    const double most = cost(leader.composition) * (request_.by_latency ? as_slow : 1);
    std::vector<FoundComposition> ties;
    for (const Candidate& candidate : candidates) {
      if (ties.size() == request_.ties || cost(candidate.composition) > most) break;
      if (candidate.composition.degrees == leader.composition.degrees) continue;
      FoundComposition one = judge(candidate);
      if (one.error <= target_) ties.push_back(std::move(one));
    }
    return ties;
  }

  FoundComposition judge(const Candidate& candidate) {
    FoundComposition found = judged(candidate);
    found.error = std::max(found.error, request_.finest_error);
    return found;
  }

  FoundComposition judged(const Candidate& candidate) {
    const std::vector<int>& degrees = candidate.composition.degrees;
    if (!request_.gap) {
      const ReluBalance measured = measured_balance(degrees, request_.margin, candidate.estimate);
      return {candidate.composition, measured.gap, measured.error};
    }
    FoundComposition found{candidate.composition, *request_.gap, candidate.optimistic};
    if (std::abs(found.error / target_ - 1) < search_accuracy(found.error)) {
      const CompositeSign solved = composite_sign({.degrees = degrees,
                                                   .gap = *request_.gap,
                                                   .margin = request_.margin.at(*request_.gap),
                                                   .evidence = Evidence::measured});
      found.error = solved.status == CompositeStatus::complete
                        ? to_double(solved.error().upper, Rounding::up)
                        : std::numeric_limits<double>::infinity();
    }
    return found;
  }

  bool is_beaten(const Composition& composition, double error) const {
    return std::ranges::any_of(found_, [&](const FoundComposition& other) {
      if (request_.only_best) return other.error <= error;
      return costs_no_more(other.composition, composition, request_.by_latency) &&
             other.error <= error;
    });
  }

  std::vector<FoundComposition> undominated() const {
    if (request_.only_best) {
      std::vector<FoundComposition> best = found_;
      std::ranges::stable_sort(best, {}, &FoundComposition::error);
      best.resize(std::min(best.size(), kept_best));
      return best;
    }
    std::vector<FoundComposition> kept;
    for (const std::size_t i : equiripple::undominated(found_, request_)) {
      kept.push_back(found_[i]);
      kept.insert(kept.end(), ties_[i].begin(), ties_[i].end());
    }
    return kept;
  }

  const CompositeSearchRequest& request_;
  StageErrors& errors_;
  const CompositeSearch::Progress& progress_;
  LabelOptions options_;
  std::vector<Rational> gaps_;
  std::size_t kept_ = 1;
  int most_levels_ = 0;
  double target_ = std::numeric_limits<double>::infinity();
  std::vector<double> least_costs_;
  std::map<std::pair<int, StageRole>, std::vector<StageOption>> ways_;
  std::vector<std::unique_ptr<LabelTable>> tables_;  // one a gap
  std::optional<CompletionBound> bound_;             // where there is an error
  double least_cost_ = std::numeric_limits<double>::infinity();
  std::vector<Composition> known_;
  std::vector<FoundComposition> found_;
  std::vector<std::vector<FoundComposition>> ties_;  // of each that was found
};

}  // namespace

double search_accuracy(double error) { return error > 0x1p-23 ? 0x1p-16 : 0x1p-10; }

std::vector<FoundComposition> CompositeSearch::front(const CompositeSearchRequest& request) {
  check_request(request);
  return Front(request, errors_, progress_).run();
}

}  // namespace equiripple
