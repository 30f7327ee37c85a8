// GENERATED FILE - do not edit. Change the request and generate again:
//   equiripple sign --gap 1/4 --range 1 --degrees 3 -o sign_d3.hpp
//
// Function    sign(x) for 0.25 <= |x| <= 1
// Polynomial  1 stage, degree 3; Chebyshev basis, c[0] whole
// Error       0x1.31e9f938297a3p-2 <= best possible; this table <= 0x1.31e9f9382da8ep-2
//             absolute; at most 2^-1.74 (0.299)
//             coefficients as stored, exact evaluation; evidence: proved
// Outside     |sign| <= 2 up to 1.3958 times the range (proved); on its side of 0, within 1/2, up to 1.0487 times (proved)
// Cost        2 levels, 2 key switches, 2 tensor products, 2 scalar products, growth 2^1.6
// Generator   equiripple 0.1.0
#pragma once
#include <equiripple/runtime.hpp>

namespace sign_d3 {

static_assert(equiripple::format_version == 1,
              "this header needs another equiripple runtime");

// Stage 1: degree 3, error at most 2^-1.74 (0.299) on its domain.
inline constexpr std::array<double, 4> coefficients_1 = {
    0x0p+0,                    // T0  exact zero (odd)
    0x1.4323830d20444p+0,      // T1  1.26226
    0x0p+0,                    // T2  exact zero (odd)
    -0x1.1f3c02b65592p-1,      // T3  -0.561005
};
inline constexpr std::array<double, 2> basis_1 = {-0x1p+0, 0x1p+0};
inline constexpr std::array<std::array<double, 2>, 2> domain_1 = {{
    {{-0x1p+0, -0x1p-2}},
    {{0x1p-2, 0x1p+0}},
}};
inline constexpr std::array<std::array<double, 2>, 2> range_1 = {{
    {{-0x1.4c7a7e4e0b6a4p+0, -0x1.670b0363e92b9p-1}},
    {{0x1.670b0363e92b9p-1, 0x1.4c7a7e4e0b6a4p+0}},
}};
inline constexpr equiripple::Claim claim_1 = {
    0x1.31e9f938297a3p-2,  // lower
    0x1.31e9f938297a3p-2,  // attained
    0x1.31e9f9382da8ep-2,  // upper
    0x1p+0,  // unit
    equiripple::Claim::Metric::absolute,
    equiripple::Claim::Evidence::proved,
};
static_assert(equiripple::every_second_is_zero(coefficients_1, 0));
static_assert(equiripple::ascends(domain_1) && equiripple::ascends(range_1));
static_assert(basis_1[0] <= domain_1.front()[0] && domain_1.back()[1] <= basis_1[1]);
static_assert(equiripple::is_ordered(claim_1));

// Of sign(x) for 0.25 <= |x| <= 1; absolute.
inline constexpr equiripple::Claim claim = {
    0x1.31e9f938297a3p-2,  // lower
    0x1.31e9f938297a3p-2,  // attained
    0x1.31e9f9382da8ep-2,  // upper
    0x1p+0,  // unit
    equiripple::Claim::Metric::absolute,
    equiripple::Claim::Evidence::proved,
};
static_assert(equiripple::is_ordered(claim));

// The straight-line program for ciphertexts, and what it costs.
struct Plan {
  static constexpr const char* name = "sign_d3";
  static constexpr int inputs = 1;
  static constexpr int levels = 2;
  static constexpr int key_switches = 2;
  static constexpr int tensor_products = 2;
  static constexpr int scalar_products = 2;
  static constexpr int rescalings = 3;
  static constexpr double growth = 0x1.8p+1;
  static constexpr double output_scale_factor = 0x1p+0;
  static constexpr double lower = -0x1p+0;
  static constexpr double upper = 0x1p+0;
  static constexpr double half_width = 0x1p+0;

  template <class Evaluator, class Value>
  static Value run(Evaluator& he, const Value& x) {
    const Value t1 = he.normalise(x, 0x0p+0, 0x1p+0);
    const Value t2_product_0 = he.square(t1);  // tensor product 1 of 2
    const Value t2_multiple_0 = he.multiply_integer(t2_product_0, 2);
    const Value t2_rescaled_switched = he.relinearize(t2_multiple_0);  // KEY SWITCH 1 of 2
    const Value t2_rescaled = he.rescale(t2_rescaled_switched);  // rescaling: level 1
    const Value t2 = he.add_scalar(t2_rescaled, -0x1p+0);
    const Value result_block_1_term_0 = he.multiply_scalar(t1, -0x1.1f3c02b65592p+0);  // scalar product
    const Value result_block_1 = he.rescale(result_block_1_term_0);  // rescaling: level 1
    const Value result_product_0 = he.multiply(result_block_1, t2);  // tensor product 2 of 2
    const Value t1_at_1 = he.drop(t1, 1);
    const Value result_term_1 = he.multiply_scalar(t1_at_1, 0x1.d2c184684b0d4p+0);  // scalar product
    const Value result_sum_1 = he.add(result_product_0, result_term_1);
    const Value result_switched = he.relinearize(result_sum_1);  // KEY SWITCH 2 of 2
    const Value result = he.rescale(result_switched);  // rescaling: level 2
    return result;
  }
};

/// Levels that evaluate takes of an input at input_scale, where a rescaling divides by
/// working_scale: 2.
constexpr int required_levels(double input_scale, double working_scale) {
  return equiripple::required_levels<Plan>(input_scale, working_scale);
}
/// The fewest levels that this ciphertext must have, all counted.
template <class Backend>
int required_levels(Backend& he, const typename Backend::Ciphertext& x) {
  return equiripple::required_levels<Plan>(he, x);
}

/// sign(x) for 0.25 <= |x| <= 1. The result has scale output_scale (0: the input's).
template <class Backend>
typename Backend::Ciphertext evaluate(
    Backend& he, const typename Backend::Ciphertext& x,
    double output_scale = 0) {
  return equiripple::evaluate<Plan>(he, x, output_scale);
}

/// Scales fixed and scalars encoded once, for many inputs at this level and scale:
/// prepare(he, level, scale).evaluate(x).
template <class Backend>
equiripple::Prepared<Backend, Plan::inputs> prepare(
    Backend& he, int level, double scale, double output_scale = 0) {
  return equiripple::prepare<Plan>(he, level, scale, output_scale);
}

}  // namespace sign_d3

// RECORD of the request, for equiripple inspect; its numbers stand in the code above.
// {
//   "format": "equiripple",
//   "version": 1,
//   "name": "sign_d3",
//   "kind": "sign",
//   "request": {
//     "command": "sign",
//     "gap": "1/4",
//     "range": "1",
//     "degrees": "3"
//   },
//   "stages": [
//     {
//       "degree": 3,
//       "parity": "odd",
//       "error": {
//         "evidence": "proved",
//         "metric": "absolute"
//       },
//       "rounding": "one by one"
//     }
//   ],
//   "error": {
//     "evidence": "proved",
//     "metric": "absolute"
//   },
//   "outside": {
//     "bound": "0x1p+1",
//     "reach": [
//       "-0x1.65581fcab7537p+0",
//       "0x1.65581fcab7537p+0"
//     ],
//     "evidence": "proved",
//     "keeps": [
//       "-0x1p+0",
//       "0x1p+0"
//     ],
//     "side": "0x1.0c7a5bf2cd237p+0"
//   }
// }
