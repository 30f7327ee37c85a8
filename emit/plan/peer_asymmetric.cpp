// Steps are listed with their depth first: what they take depends on the levels of all.
#include "emit/plan/peer_asymmetric.hpp"

#include <algorithm>
#include <numeric>
#include <span>
#include <tuple>

#include "emit/plan/latency.hpp"
#include "emit/plan/peer_models.hpp"

namespace equiripple {
namespace {

struct Value {
  int degree = 0;
  int factors = 0;  // T_0 has none
  int components() const { return factors + 1; }
};

class Tally {
 public:
  explicit Tally(AsymmetricCosts& costs) : costs_(costs) {}

  void multiply(int components, int others, int depth) {
    ++costs_.tensor_products;
    costs_.components = std::max(costs_.components, components + others - 1);
    note(&CostTable::tensor_product, components * others / 4.0, depth);
  }
  void relinearise(int components, int depth) {
    costs_.key_switches += components - 2;
    note(&CostTable::key_switch, components - 2, depth);
  }
  void rescale(int components, int depth) {
    ++costs_.rescalings;
    note(&CostTable::rescaling, components / 2.0, depth);
  }
  void scale(int components, int depth) {
    ++costs_.scalar_products;
    note(&CostTable::scalar_product, components / 2.0, depth);
  }
  void add(int components, int depth) { note(&CostTable::addition, components / 2.0, depth); }

  double transforms() const {
    const CostTable table = CostTable::transforms();
    double sum = 0;
    for (const Step& step : steps_) {
      sum += step.weight * cost_at(table.*step.list, costs_.levels - step.depth);
    }
    return sum;
  }

 private:
  struct Step {
    std::vector<double> CostTable::*list;
    double weight;  // 1 for ciphertexts of two components
    int depth;
  };
  void note(std::vector<double> CostTable::*list, double weight, int depth) {
    steps_.push_back({list, weight, depth});
  }

  AsymmetricCosts& costs_;
  std::vector<Step> steps_;
};

class Model {
 public:
  // `above` levels lie between the variable and the value of which the series is.
  Model(int degree, bool odd, const std::vector<int>& digits, int above, AsymmetricCosts& costs)
      : degree_(degree), odd_(odd), digits_(digits), above_(above), costs_(costs), tally_(costs) {
    const int bits = std::accumulate(digits.begin(), digits.end(), 0);
    width_ = 1 << bits;
    blocks_ = degree / width_ + 1;
    // The deepest of all sets is in the top digit: 2^bits - 2^(bits - top).
    const int deepest = ceil_log2(width_ - (width_ >> digits.back()));
    const int rescalings = std::max(rescalings_of(0), rescalings_of(1));
    costs_.levels = above + 1 + std::max(deepest + rescalings, ceil_log2((blocks_ - 1) * width_));
    inner_depth_ = costs_.levels - 1 - rescalings;
  }

  void run() {
    if (above_ > 0) power(0);
    for (const int degree : powers()) power(above_ + ceil_log2(degree) - 1);
    const auto digits = std::span(digits_);
    const std::size_t half = (digits.size() + 1) / 2;
    const auto lower = products(digits.first(half), 1, odd_);
    const auto upper = products(digits.subspan(half), lower.back().degree + 1, false);
    for (const auto& values : {lower, upper}) {
      for (const Value& value : values) costs_.kept += value.factors > 0 ? value.components() : 0;
    }
    costs_.kept += 2 * (blocks_ - 1);
    const int last = costs_.levels - 1;
    int largest = 0;
    for (int j = 0; j < blocks_; ++j) largest = std::max(largest, block(j, lower, upper, last));
    tally_.relinearise(largest, last);
    tally_.rescale(2, last);
    costs_.transforms = tally_.transforms();
  }

 private:
  // The most factors of a product of block j.
  int factors_of(int j) const {
    int most = 0;
    for (int degree = 0; degree < width_ && degree <= degree_ - j * width_; ++degree) {
      if (odd_ && degree % 2 == 0) continue;
      int factors = 0;
      int rest = degree;
      for (const int digit : digits_) {
        if (rest % (1 << digit) != 0) ++factors;
        rest >>= digit;
      }
      most = std::max(most, factors);
    }
    return most;
  }

  // With a coefficient a product has one scale more than factors. Block 0 meets products, which
  // have twice the scale.
  int rescalings_of(int j) const { return j > 0 ? factors_of(j) : factors_of(j) - 1; }

  // Of T_1: those of each digit's set, what these are made of, and T_{jM}.
  std::vector<int> powers() const {
    std::vector<int> all;
    int unit = 1;
    for (std::size_t k = 0; k < digits_.size(); ++k) {
      for (int i = 1; i < 1 << digits_[k]; ++i) {
        const bool is_needed = k > 0 || !odd_ || i % 2 == 1 || std::has_single_bit(unsigned(i));
        if (i * unit > 1 && is_needed) all.push_back(i * unit);
      }
      unit <<= digits_[k];
    }
    for (int j = 1; j < blocks_; ++j) all.push_back(j * width_);
    return all;
  }

  // T_{a+b} = 2 T_a T_b - T_{a-b}
  void power(int depth) {
    tally_.multiply(2, 2, depth);
    tally_.relinearise(3, depth);
    tally_.rescale(2, depth);
    for (int i = 0; i < 2; ++i) tally_.add(2, depth);
  }

  std::vector<Value> products(std::span<const int> digits, int unit, bool odd) {
    std::vector<Value> all = {{}};
    for (const int digit : digits) {
      std::vector<Value> more;
      for (const Value& value : all) {
        for (int i = odd ? 1 : 0; i < 1 << digit; i += odd ? 2 : 1) {
          if (i > 0 && value.factors > 0) tally_.multiply(value.components(), 2, inner_depth_);
          more.push_back({value.degree + i * unit, value.factors + (i > 0 ? 1 : 0)});
        }
      }
      all = std::move(more);
      unit <<= digit;
      odd = false;
    }
    std::ranges::sort(all, {}, &Value::degree);
    return all;
  }

  // One block, times its power; the components of that.
  int block(int j, const std::vector<Value>& lower, const std::vector<Value>& upper, int last) {
    const int rest = degree_ - j * width_;
    if (rest == 0) {
      tally_.scale(2, last);
      return 2;
    }
    int sums = 0;
    for (const Value& multiplier : upper) {
      int inner = 0;
      int terms = 0;
      for (const Value& value : lower) {
        if (multiplier.degree + value.degree > rest) break;
        if (value.factors > 0) tally_.scale(value.components(), inner_depth_);
        if (terms++ > 0) tally_.add(value.components(), inner_depth_);
        inner = std::max(inner, value.factors);
      }
      if (terms == 0) continue;
      if (multiplier.factors > 0 && inner == 0) {
        tally_.scale(multiplier.components(), inner_depth_);
      } else if (multiplier.factors > 0) {
        tally_.multiply(inner + 1, multiplier.components(), inner_depth_);
      }
      if (sums++ > 0) tally_.add(inner + multiplier.components(), inner_depth_);
    }
    const int components = factors_of(j) + 1;
    for (int i = 0; i < rescalings_of(j); ++i) tally_.rescale(components, inner_depth_ + i);
    if (j == 0) return components;
    tally_.multiply(components, 2, last);
    tally_.add(components + 1, last);
    return components + 1;
  }

  int degree_;
  bool odd_;
  const std::vector<int>& digits_;
  int above_;
  AsymmetricCosts& costs_;
  Tally tally_;
  int width_ = 0;
  int blocks_ = 0;
  int inner_depth_ = 0;
};

// All lists of `factors` digits with at most so many binary digits.
void list_digits(int factors, int bits, std::vector<int>& begun,
                 std::vector<std::vector<int>>& lists) {
  if (factors == 0) {
    lists.push_back(begun);
    return;
  }
  for (int digit = 1; digit <= bits - (factors - 1); ++digit) {
    begun.push_back(digit);
    list_digits(factors - 1, bits - digit, begun, lists);
    begun.pop_back();
  }
}

}  // namespace

std::optional<AsymmetricCosts> asymmetric_costs(int degree, Parity parity,
                                                const std::vector<int>& digits) {
  if (parity != Parity::none && (degree % 2 == 1) != (parity == Parity::odd)) return std::nullopt;
  const int above = parity == Parity::even ? 1 : 0;
  const int highest = degree >> above;
  const int bits = std::accumulate(digits.begin(), digits.end(), 0);
  if (digits.empty() || std::ranges::min(digits) < 1 || bits >= bit_length(highest)) {
    return std::nullopt;
  }
  AsymmetricCosts costs{.digits = digits};
  Model(highest, parity == Parity::odd, digits, above, costs).run();
  return costs;
}

std::optional<AsymmetricCosts> asymmetric_costs(int degree, Parity parity, int factors) {
  std::vector<int> begun;
  std::vector<std::vector<int>> lists;
  if (factors > 0 && degree > 0) list_digits(factors, bit_length(degree), begun, lists);
  std::optional<AsymmetricCosts> best;
  const auto order = [](const AsymmetricCosts& costs) {
    return std::tuple(costs.levels, costs.key_switches, costs.transforms);
  };
  for (const auto& digits : lists) {
    const auto costs = asymmetric_costs(degree, parity, digits);
    if (costs && (!best || order(*costs) < order(*best))) best = costs;
  }
  return best;
}

}  // namespace equiripple
