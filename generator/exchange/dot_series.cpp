// Products on the middles of balls; radii stay 0.
#include "generator/exchange/dot_series.hpp"

#include <algorithm>
#include <cmath>

namespace equiripple {
namespace {

static_assert(sizeof(Ball) == sizeof(arb_struct), "an array of balls is an array of Arb's");

arb_srcptr array(const std::vector<Ball>& balls) { return balls.front().get(); }

// y = 2 x y - z, on middles.
void recur(Ball& result, const Ball& x, const Ball& y, const Ball& z, slong bits) {
  arf_ptr r = arb_midref(result.get());
  arf_mul(r, arb_midref(x.get()), arb_midref(y.get()), bits, ARF_RND_NEAR);
  arf_mul_2exp_si(r, r, 1);
  arf_sub(r, r, arb_midref(z.get()), bits, ARF_RND_NEAR);
}

double size_log2(const Ball& x) {
  constexpr double of_zero = -1e18;
  return arb_is_zero(x.get()) != 0 ? of_zero : log2_magnitude(x);
}

}  // namespace

DotSeries::DotSeries(std::vector<Ball> coefficients, slong bits)
    : coefficients_(std::move(coefficients)), terms_(coefficients_), bits_(bits) {
  constexpr slong fewest_bits = 64;  // chosen: of a block that hardly matters
  const std::size_t count = terms_.size();
  block_ = static_cast<std::size_t>(std::sqrt(static_cast<double>(count))) + 1;
  const std::size_t blocks = (count + block_ - 1) / block_;
  for (std::size_t k = blocks - 1; k > 0; --k) {
    for (std::size_t j = 1; j < block_ && block_ * k + j < count; ++j) {
      Ball& upper = terms_[block_ * k + j];
      Ball& lower = terms_[block_ * k - j];
      arf_sub(arb_midref(lower.get()), arb_midref(lower.get()), arb_midref(upper.get()), bits_,
              ARF_RND_NEAR);
      arb_mul_2exp_si(upper.get(), upper.get(), 1);
    }
  }
  std::vector<double> sizes(blocks, size_log2(Ball()));
  for (std::size_t i = 0; i < count; ++i) {
    sizes[i / block_] = std::max(sizes[i / block_], size_log2(terms_[i]));
  }
  const double largest = *std::ranges::max_element(sizes);
  for (const double size : sizes) {
    const double needed = std::max(static_cast<double>(bits_) + size - largest, 0.0);
    block_bits_.push_back(std::max(static_cast<slong>(needed), fewest_bits));
  }
}

Ball DotSeries::operator()(const Ball& v) const {
  std::vector<Ball> powers(block_ + 1);  // T_j(v)
  arb_one(powers[0].get());
  powers[1] = v;
  for (std::size_t j = 2; j <= block_; ++j) {
    recur(powers[j], v, powers[j - 1], powers[j - 2], bits_);
  }
  const Ball& z = powers[block_];
  Ball b1;
  Ball b2;
  Ball next;
  Ball sum;
  for (std::size_t k = block_bits_.size(); k-- > 0;) {
    const std::size_t length = std::min(block_, terms_.size() - k * block_);
    arb_approx_dot(sum.get(), nullptr, 0, array(terms_) + k * block_, 1, array(powers), 1,
                   static_cast<slong>(length), block_bits_[k]);
    if (k == 0) break;
    recur(next, z, b1, b2, block_bits_[k]);
    arf_add(arb_midref(next.get()), arb_midref(next.get()), arb_midref(sum.get()), block_bits_[k],
            ARF_RND_NEAR);
    arb_swap(b2.get(), b1.get());
    arb_swap(b1.get(), next.get());
  }
  // A_0 + z b_1 - b_2
  arf_mul(arb_midref(next.get()), arb_midref(z.get()), arb_midref(b1.get()), bits_, ARF_RND_NEAR);
  arf_sub(arb_midref(next.get()), arb_midref(next.get()), arb_midref(b2.get()), bits_,
          ARF_RND_NEAR);
  arf_add(arb_midref(next.get()), arb_midref(next.get()), arb_midref(sum.get()), bits_,
          ARF_RND_NEAR);
  return next;
}

}  // namespace equiripple
