// The potential of a point is the logarithm of the product of its distances to the others: the
// points of a good reference, as Fekete's or Leja's, have it large. What is removed is what has it
// smallest, two neighbours or one end at a time, and the potentials of the others follow.
#include "generator/exchange/selection.hpp"

#include <limits>

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

}  // namespace

std::vector<std::size_t> well_spread(const std::vector<double>& gaps, std::size_t count,
                                     std::size_t pinned) {
  Thinning points(gaps);
  if ((points.remaining() - count) % 2 == 1) points.remove_end(pinned);
  while (points.remaining() > count) points.remove_two(pinned);
  return points.kept();
}

}  // namespace equiripple
