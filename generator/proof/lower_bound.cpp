// With q of m - 1 powers on m points u_i there are lambda_i with sum lambda_i q(u_i) = 0. For p =
// factor q every error e_i = w_i (f_i - p_i) therefore has sum lambda_i e_i / (w_i factor_i) = sum
// lambda_i f_i / factor_i, whatever q is, and max |e_i| >= |that sum| / sum |lambda_i / (w_i
// factor_i)|. Taking f - near for f changes nothing but the rounding.  [proved]
#include "generator/proof/lower_bound.hpp"

#include <algorithm>

#include "generator/constraint/constrained.hpp"
#include "generator/exchange/problem.hpp"
#include "generator/function/enclose.hpp"
#include "generator/proof/annihilator.hpp"
#include "generator/proof/stored_polynomial.hpp"

namespace equiripple {
namespace {

bool is_of_class(const ChebyshevSeries& series, const MinimaxRequest& request) {
  const auto& c = series.coefficients;
  for (std::size_t k = 0; k < c.size(); ++k) {
    const bool is_odd = k % 2 == 1;
    const bool is_ruled_out =
        request.parity != Parity::none && is_odd != (request.parity == Parity::odd);
    if (c[k] != 0 && (static_cast<int>(k) > request.degree || is_ruled_out)) return false;
  }
  return request.parity == Parity::none || series.basis.lower == -series.basis.upper;
}

// Of a class with conditions: that of q in p = offset + factor q, and, at points of the domain
// where p is given, the error that every p of the class has there.
Rational lower_bound_of_constrained(const MinimaxRequest& request,
                                    const std::vector<Rational>& points) {
  constexpr int any_radius_log2 = -60;  // the bound is at the points, whatever is left out
  constexpr slong bits = 256;
  const auto free = free_problem(request, any_radius_log2);
  if (!free) return 0;
  const ChebyshevSeries nothing{
      .basis = *free->request.basis, .coefficients = {0}, .parity = free->request.parity};
  Rational bound = proved_lower_bound(free->request, points, nothing);
  for (const PointCondition& condition : free->affine.conditions) {
    const bool is_inside = std::ranges::any_of(request.domain, [&](const Interval& interval) {
      return interval.lower <= condition.at && condition.at <= interval.upper;
    });
    if (!is_inside) continue;
    const Ball x = ball_of(condition.at, bits);
    Ball error = enclose_nodes(request.target, x, bits).back();
    arb_sub(error.get(), error.get(), ball_of(condition.values.front(), bits).get(), bits);
    arb_mul(error.get(), error.get(), enclose_nodes(request.weight, x, bits).back().get(), bits);
    arb_abs(error.get(), error.get());
    if (error.is_finite()) bound = std::max(bound, lower_end(error));
  }
  return bound;
}

}  // namespace

Rational proved_lower_bound(const MinimaxRequest& request, const std::vector<Rational>& points,
                            const ChebyshevSeries& near) {
  if (is_constrained(request)) return lower_bound_of_constrained(request, points);
  constexpr slong first_bits = 128;
  constexpr slong most_bits = 1 << 14;
  constexpr double sharpness_log2 = -70;  // beyond the binary64 that it is rounded to
  const std::size_t count = points.size();
  if (static_cast<int>(count) != reference_size(request)) return 0;
  const bool lacks_powers = !request.conditions.absent.empty();  // which a stored one may have
  if (!lacks_powers && !is_of_class(near, request)) return 0;
  const ChebyshevSeries nothing{.basis = near.basis, .coefficients = {0}};
  const StoredPolynomial p(lacks_powers ? nothing : near);
  for (slong bits = first_bits; bits <= most_bits; bits *= 2) {
    const auto lambdas = annihilator(request, points, bits);
    if (!lambdas) continue;
    Ball sum;
    Ball size;
    for (std::size_t i = 0; i < count; ++i) {
      const Ball x = ball_of(points[i], bits);
      Ball e = enclose_nodes(request.target, x, bits).back();
      arb_sub(e.get(), e.get(), p.value(p.mapped(x, bits), bits).get(), bits);
      const Ball& lambda = (*lambdas)[i];
      arb_addmul(sum.get(), e.get(), lambda.get(), bits);
      const Ball w = enclose_nodes(request.weight, x, bits).back();
      Ball share;
      arb_abs(share.get(), lambda.get());
      arb_div(share.get(), share.get(), w.get(), bits);
      arb_add(size.get(), size.get(), share.get(), bits);
    }
    arb_abs(sum.get(), sum.get());
    arb_div(sum.get(), sum.get(), size.get(), bits);
    if (!sum.is_finite()) return 0;
    Ball radius;
    arb_get_rad_arb(radius.get(), sum.get());
    const Rational bound = std::max(Rational(0), lower_end(sum));
    if (log2_magnitude(radius) <= log2_magnitude(sum) + sharpness_log2 || bits == most_bits) {
      return bound;
    }
  }
  return 0;
}

}  // namespace equiripple
