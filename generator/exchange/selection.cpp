// The potential of a point is the logarithm of the product of its distances to the others: the
// points of a good reference, as Fekete's or Leja's, have it large. What is removed is what has it
// smallest, two neighbours or one end at a time, and the potentials of the others follow. Where
// heights differ, the choice that is left is exchanged for one with a higher level.
#include "generator/exchange/selection.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>

namespace equiripple {
namespace {

class Thinning {
 public:
  explicit Thinning(const std::vector<double>& gaps) : places_(gaps.size() + 1, 0) {
    const std::size_t size = places_.size();
    for (std::size_t i = 1; i < size; ++i) places_[i] = places_[i - 1] + gaps[i - 1];
    for (std::size_t i = 0; i < size; ++i) {
      before_.push_back(i - 1);
      after_.push_back(i + 1);
      potentials_.push_back(potential_of(i));
    }
    last_ = size - 1;
    remaining_ = size;
  }

  std::size_t remaining() const { return remaining_; }

  void remove_end(std::size_t pinned) {
    const bool takes_first =
        last_ == pinned || (first_ != pinned && potentials_[first_] < potentials_[last_]);
    remove(takes_first ? first_ : last_);
  }

  // Neighbours, or both ends, so that signs still alternate.
  void remove_two(std::size_t pinned) {
    double smallest = std::numeric_limits<double>::infinity();
    std::size_t one = first_;
    std::size_t other = last_;
    const auto consider = [&](std::size_t i, std::size_t j) {
      if (i == pinned || j == pinned) return;
      const double both = potentials_[i] + potentials_[j] - distance_log2(i, j);
      if (both >= smallest) return;
      smallest = both;
      one = i;
      other = j;
    };
    consider(first_, last_);
    for (std::size_t i = first_; i != last_; i = after_[i]) consider(i, after_[i]);
    remove(one);
    remove(other);
  }

  std::vector<std::size_t> kept() const {
    std::vector<std::size_t> indices;
    for (std::size_t i = first_; i != last_; i = after_[i]) indices.push_back(i);
    indices.push_back(last_);
    return indices;
  }

 private:
  double distance(std::size_t i, std::size_t j) const { return std::abs(places_[i] - places_[j]); }
  double distance_log2(std::size_t i, std::size_t j) const { return std::log2(distance(i, j)); }

  double potential_of(std::size_t i) const {
    constexpr std::size_t renormalise_every = 8;  // chosen: eight distances above 2^-100 fit
    double product = 1;
    double exponent = 0;
    for (std::size_t j = 0; j < places_.size(); ++j) {
      if (j != i) product *= distance(i, j);
      if (j % renormalise_every != 0) continue;
      int shift = 0;
      product = std::frexp(product, &shift);
      exponent += shift;
    }
    return exponent + std::log2(product);
  }

  void remove(std::size_t i) {
    if (i == first_) {
      first_ = after_[i];
    } else {
      after_[before_[i]] = after_[i];
    }
    if (i == last_) {
      last_ = before_[i];
    } else {
      before_[after_[i]] = before_[i];
    }
    --remaining_;
    for (std::size_t j = first_;; j = after_[j]) {
      potentials_[j] -= distance_log2(i, j);
      if (j == last_) break;
    }
  }

  std::vector<double> places_;
  std::vector<double> potentials_;
  std::vector<std::size_t> before_;
  std::vector<std::size_t> after_;
  std::size_t first_ = 0;
  std::size_t last_ = 0;
  std::size_t remaining_ = 0;
};

// Exchanges pairs of a choice while that raises its level. With the barycentric weights b_i of a
// reference, the level is the mean of the |e_i| of any polynomial's alternating errors there, each
// weighted by |b_i|.
class Raising {
 public:
  Raising(const Heights& heights, const std::vector<std::size_t>& kept, std::size_t pinned)
      : heights_(heights), pinned_(pinned), is_kept_(heights.excess.size(), false) {
    std::vector<double> places(is_kept_.size(), 0);
    for (std::size_t i = 1; i < places.size(); ++i) {
      places[i] = places[i - 1] + heights.gaps[i - 1];
    }
    distances_.resize(places.size());
    logs_.resize(places.size());
    for (std::size_t i = 0; i < places.size(); ++i) {
      for (const double other : places) {
        distances_[i].push_back(std::abs(places[i] - other));
        logs_[i].push_back(std::log(distances_[i].back()));
      }
    }
    for (const std::size_t i : kept) is_kept_[i] = true;
  }

  std::vector<std::size_t> kept() const {
    std::vector<std::size_t> indices;
    for (std::size_t i = 0; i < is_kept_.size(); ++i) {
      if (is_kept_[i]) indices.push_back(i);
    }
    return indices;
  }

  /// Whether a pair was exchanged.
  bool step() {
    const double before = mean_excess();
    Step best{.mean = std::max(before * least_gain, heights_.noise)};
    bool found = false;
    for (std::size_t p = 0; p + 1 < is_kept_.size(); ++p) {
      if (is_kept_[p] || is_kept_[p + 1]) continue;
      keep(p, p + 1, true);
      const auto next = with_pair(p, best.mean);
      keep(p, p + 1, false);
      if (next) best = *next;
      found = found || next;
    }
    if (!found) return false;
    keep(best.entering, best.entering + 1, true);
    keep(best.leaving, best.next_leaving, false);
    return true;
  }

 private:
  static constexpr double least_gain = 1.5;  // chosen: else what is well spread stays

  struct Step {
    double mean = 0;
    std::size_t entering = 0;  // and the one after it
    std::size_t leaving = 0;
    std::size_t next_leaving = 0;
  };

  void keep(std::size_t one, std::size_t other, bool value) {
    is_kept_[one] = value;
    is_kept_[other] = value;
  }

  // |b_i| of the points, over the largest.
  std::vector<double> weights(const std::vector<std::size_t>& points) const {
    std::vector<double> weights;
    for (const std::size_t i : points) {
      double sum = 0;
      for (const std::size_t j : points) sum -= j == i ? 0 : logs_[i][j];
      weights.push_back(sum);
    }
    const double largest = *std::ranges::max_element(weights);
    for (double& weight : weights) weight = std::exp(weight - largest);
    return weights;
  }

  double mean_excess() const {
    const auto points = kept();
    const auto weight = weights(points);
    double sum = 0;
    double excess = 0;
    for (std::size_t k = 0; k < points.size(); ++k) {
      sum += weight[k];
      excess += weight[k] * heights_.excess[points[k]];
    }
    return excess / sum;
  }

  // The neighbours that leave best for the pair that has entered, where the mean is above `least`.
  std::optional<Step> with_pair(std::size_t entering, double least) const {
    const auto points = kept();
    const auto weight = weights(points);
    std::optional<Step> best;
    for (std::size_t q = 0; q + 1 < points.size(); ++q) {
      const std::size_t one = points[q];
      const std::size_t next = points[q + 1];
      if (one == pinned_ || next == pinned_) continue;
      double sum = 0;
      double excess = 0;
      for (std::size_t k = 0; k < points.size(); ++k) {
        const double left = weight[k] * distances_[one][points[k]] * distances_[next][points[k]];
        sum += left;
        excess += left * heights_.excess[points[k]];
      }
      if (!(excess / sum > least)) continue;
      least = excess / sum;
      best = {least, entering, one, next};
    }
    return best;
  }

  const Heights& heights_;
  std::size_t pinned_;
  std::vector<bool> is_kept_;
  std::vector<std::vector<double>> distances_;
  std::vector<std::vector<double>> logs_;
};

}  // namespace

std::vector<std::size_t> well_spread(const std::vector<double>& gaps, std::size_t count,
                                     std::size_t pinned) {
  Thinning points(gaps);
  if ((points.remaining() - count) % 2 == 1) points.remove_end(pinned);
  while (points.remaining() > count) points.remove_two(pinned);
  return points.kept();
}

std::vector<std::size_t> raised(const Heights& heights, std::vector<std::size_t> kept,
                                std::size_t pinned) {
  constexpr double most_products = 0x1p22;  // chosen: milliseconds, less than a levelling
  const auto size = static_cast<double>(kept.size());
  const double left_out = static_cast<double>(heights.excess.size()) - size;
  const double products_of_step = left_out * size * size;
  if (products_of_step > most_products) return kept;
  Raising choice(heights, kept, pinned);
  double products = 0;
  do products += products_of_step;
  while (products < most_products && choice.step());
  return choice.kept();
}

}  // namespace equiripple
