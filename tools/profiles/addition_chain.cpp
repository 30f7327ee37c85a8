// Ever longer chains, depth first; each next number is larger than the one before.
#include "tools/profiles/addition_chain.hpp"

#include <algorithm>
#include <map>
#include <vector>

namespace equiripple {
namespace {

class Chain {
 public:
  Chain(int degree, int levels) : degree_(degree), levels_(levels) {}

  bool reaches(int length) { return extend(length); }

 private:
  bool extend(int left) {
    if (values_.back() == degree_) return true;
    if (left == 0 || values_.back() << left < degree_) return false;
    std::map<int, int> sums;  // with their least depths
    for (std::size_t i = 0; i < values_.size(); ++i) {
      for (std::size_t j = 0; j <= i; ++j) {
        const int sum = values_[i] + values_[j];
        const int depth = 1 + std::max(depths_[i], depths_[j]);
        if (sum <= values_.back() || sum > degree_ || depth > levels_) continue;
        const auto [known, is_new] = sums.try_emplace(sum, depth);
        if (!is_new) known->second = std::min(known->second, depth);
      }
    }
    for (auto next = sums.rbegin(); next != sums.rend(); ++next) {
      values_.push_back(next->first);
      depths_.push_back(next->second);
      const bool found = extend(left - 1);
      values_.pop_back();
      depths_.pop_back();
      if (found) return true;
    }
    return false;
  }

  int degree_;
  int levels_;
  std::vector<int> values_ = {1};
  std::vector<int> depths_ = {0};
};

}  // namespace

int shortest_addition_chain(int degree, int levels) {
  int length = 0;
  while (!Chain(degree, levels).reaches(length)) ++length;
  return length;
}

}  // namespace equiripple
