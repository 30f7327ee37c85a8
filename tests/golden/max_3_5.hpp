// GENERATED FILE - do not edit. Change the request and generate again:
//   equiripple max --range 1 --degrees 3,5 -o max_3_5.hpp
//
// Function    max(a, b) for |a - b| <= 1
// Polynomial  2 stages, degrees 3, 5; Chebyshev basis, c[0] whole
// Error       0x1.427e16e9a269dp-6 <= this table <= 0x1.42ba9112fe91dp-6
//             divided by the range; the gap of sign included; at most 2^-5.66 (0.0197)
//             coefficients as stored, exact evaluation; evidence: proved
// Outside     |sign| <= 2 up to 1.3102 times the range (proved); on its side of 0, within 1/2, up to 1.0675 times (proved)
// Cost        5 levels, 6 key switches, 6 tensor products, 6 scalar products, growth 2^1.6
// Generator   equiripple 0.1.0
#pragma once
#include <equiripple/runtime.hpp>

namespace max_3_5 {

static_assert(equiripple::format_version == 1,
              "this header needs another equiripple runtime");

// Stage 1: degree 3, error at most 2^-1.35 (0.391) on its domain.
inline constexpr std::array<double, 4> coefficients_1 = {
    0x0p+0,                    // T0  exact zero (odd)
    0x1.457c729648bdfp+0,      // T1  1.27143
    0x0p+0,                    // T2  exact zero (odd)
    -0x1.530edf1a5e057p-1,     // T3  -0.662223
};
inline constexpr std::array<double, 2> basis_1 = {-0x1p+0, 0x1p+0};
inline constexpr std::array<std::array<double, 2>, 2> domain_1 = {{
    {{-0x1p+0, -0x1.8aep-3}},
    {{0x1.8aep-3, 0x1p+0}},
}};
inline constexpr std::array<std::array<double, 2>, 2> range_1 = {{
    {{-0x1.640afcf6e770fp+0, -0x1.37ea0612311e2p-1}},
    {{0x1.37ea0612311e2p-1, 0x1.640afcf6e770fp+0}},
}};
inline constexpr equiripple::Claim claim_1 = {
    0x1.902bf3db984bp-2,  // lower
    0x1.902bf3db984bp-2,  // attained
    0x1.902bf3db9dc3bp-2,  // upper
    0x1p+0,  // unit
    equiripple::Claim::Metric::absolute,
    equiripple::Claim::Evidence::proved,
};
static_assert(equiripple::every_second_is_zero(coefficients_1, 0));
static_assert(equiripple::ascends(domain_1) && equiripple::ascends(range_1));
static_assert(basis_1[0] <= domain_1.front()[0] && domain_1.back()[1] <= basis_1[1]);
static_assert(equiripple::is_ordered(claim_1));

// Stage 2: degree 5, error at most 2^-4.66 (0.0394) on its domain.
inline constexpr std::array<double, 6> coefficients_2 = {
    0x0p+0,                    // T0  exact zero (odd)
    0x1.3cf794a678d8ep+0,      // T1  1.23815
    0x0p+0,                    // T2  exact zero (odd)
    -0x1.4ef50c532245p-2,      // T3  -0.327107
    0x0p+0,                    // T4  exact zero (odd)
    0x1.06be202b2bf78p-3,      // T5  0.128292
};
inline constexpr std::array<double, 2> basis_2 = {-0x1.640b00f6e770fp+0, 0x1.640b00f6e770fp+0};
inline constexpr std::array<std::array<double, 2>, 2> domain_2 = {{
    {{-0x1.640b00f6e770fp+0, -0x1.37e9fe12311e3p-1}},
    {{0x1.37e9fe12311e3p-1, 0x1.640b00f6e770fp+0}},
}};
inline constexpr std::array<std::array<double, 2>, 2> range_2 = {{
    {{-0x1.0a12159715e4dp+0, -0x1.ebdbd4d1d4366p-1}},
    {{0x1.ebdbd4d1d4366p-1, 0x1.0a12159715e4dp+0}},
}};
inline constexpr equiripple::Claim claim_2 = {
    0x1.4242b2e2b830dp-5,  // lower
    0x1.4242b2e2b830dp-5,  // attained
    0x1.4242b2e2bc99ep-5,  // upper
    0x1p+0,  // unit
    equiripple::Claim::Metric::absolute,
    equiripple::Claim::Evidence::proved,
};
static_assert(equiripple::every_second_is_zero(coefficients_2, 0));
static_assert(equiripple::ascends(domain_2) && equiripple::ascends(range_2));
static_assert(basis_2[0] <= domain_2.front()[0] && domain_2.back()[1] <= basis_2[1]);
static_assert(equiripple::is_ordered(claim_2));

// Of max(a, b) for |a - b| <= 1; divided by the range; the gap of sign included.
inline constexpr equiripple::Claim claim = {
    0x1.427e16e9a269dp-6,  // lower
    0x1.427e16e9a269dp-6,  // attained
    0x1.42ba9112fe91dp-6,  // upper
    0x1p+0,  // unit
    equiripple::Claim::Metric::relu,
    equiripple::Claim::Evidence::proved,
};
static_assert(equiripple::is_ordered(claim));

// The straight-line program for ciphertexts, and what it costs.
struct Plan {
  static constexpr const char* name = "max_3_5";
  static constexpr int inputs = 2;
  static constexpr int levels = 5;
  static constexpr int key_switches = 6;
  static constexpr int tensor_products = 6;
  static constexpr int scalar_products = 6;
  static constexpr int rescalings = 8;
  static constexpr double growth = 0x1.8p+1;
  static constexpr double output_scale_factor = 0x1p+0;
  static constexpr double lower = -0x1p+0;
  static constexpr double upper = 0x1p+0;
  static constexpr double half_width = 0x1p+0;

  template <class Evaluator, class Value>
  static Value run(Evaluator& he, const Value& a, const Value& b) {
    const Value difference = he.sub(a, b);
    const Value both = he.add(a, b);
    const Value s1_t1 = he.normalise(difference, 0x0p+0, 0x1p+0);
    const Value s1_t2_product_0 = he.square(s1_t1);  // tensor product 1 of 6
    const Value s1_t2_multiple_0 = he.multiply_integer(s1_t2_product_0, 2);
    const Value s1_t2_rescaled_switched = he.relinearize(s1_t2_multiple_0);  // KEY SWITCH 1 of 6
    const Value s1_t2_rescaled = he.rescale(s1_t2_rescaled_switched);  // rescaling: level 1
    const Value s1_t2 = he.add_scalar(s1_t2_rescaled, -0x1p+0);
    const Value stage_1_block_1_term_0 = he.multiply_scalar(s1_t1, -0x1.e79342e7fcf45p-1);  // scalar product
    const Value stage_1_block_1 = he.rescale(stage_1_block_1_term_0);  // rescaling: level 1
    const Value stage_1_product_0 = he.multiply(stage_1_block_1, s1_t2);  // tensor product 2 of 6
    const Value s1_t1_at_1 = he.drop(s1_t1, 1);
    const Value stage_1_term_1 = he.multiply_scalar(s1_t1_at_1, 0x1.63ec4917c43dbp+0);  // scalar product
    const Value stage_1_sum_1 = he.add(stage_1_product_0, stage_1_term_1);
    const Value stage_1_switched = he.relinearize(stage_1_sum_1);  // KEY SWITCH 2 of 6
    const Value stage_1 = he.rescale(stage_1_switched);  // rescaling: level 2
    const Value s2_t1 = he.stage(stage_1, -0x1.8p-1);  // variable of the stage
    const Value difference_at_1 = he.drop(difference, 1);
    const Value s2_leading_x_term_0 = he.multiply_scalar(difference_at_1, 0x1.06be202b2bf78p-2);  // scalar product
    const Value s2_leading_x = he.rescale(s2_leading_x_term_0);  // rescaling: level 2
    const Value s2_x_t1_product_0 = he.multiply(s2_leading_x, s2_t1);  // tensor product 3 of 6
    const Value s2_x_t1_switched = he.relinearize(s2_x_t1_product_0);  // KEY SWITCH 3 of 6
    const Value s2_x_t1 = he.rescale(s2_x_t1_switched);  // rescaling: level 3
    const Value s2_t2_product_0 = he.square(s2_t1);  // tensor product 4 of 6
    const Value s2_t2_multiple_0 = he.multiply_integer(s2_t2_product_0, 2);
    const Value s2_t2_rescaled_switched = he.relinearize(s2_t2_multiple_0);  // KEY SWITCH 4 of 6
    const Value s2_t2_rescaled = he.rescale(s2_t2_rescaled_switched);  // rescaling: level 3
    const Value s2_t2 = he.add_scalar(s2_t2_rescaled, -0x1p+0);
    const Value result_w3_product_0 = he.multiply(s2_x_t1, s2_t2);  // tensor product 5 of 6
    const Value result_w3_switched = he.relinearize(result_w3_product_0);  // KEY SWITCH 5 of 6
    const Value result_w3 = he.rescale(result_w3_switched);  // rescaling: level 4
    const Value s2_t2_at_4 = he.drop(s2_t2, 4);
    const Value result_product_0 = he.multiply(result_w3, s2_t2_at_4);  // tensor product 6 of 6
    const Value s2_x_t1_at_4 = he.drop(s2_x_t1, 4);
    const Value result_term_1 = he.multiply_scalar(s2_x_t1_at_4, 0x1.666c58314301bp+1);  // scalar product
    const Value result_sum_1 = he.add(result_product_0, result_term_1);
    const Value result_term_2 = he.multiply_scalar(result_w3, -0x1.c65c7fabc0bb9p+0);  // scalar product
    const Value result_sum_2 = he.add(result_sum_1, result_term_2);
    const Value both_at_4 = he.drop(both, 4);
    const Value result_term_3 = he.multiply_scalar(both_at_4, 0x1p-1);  // scalar product
    const Value result_sum_3 = he.add(result_sum_2, result_term_3);
    const Value result_switched = he.relinearize(result_sum_3);  // KEY SWITCH 6 of 6
    const Value result = he.rescale(result_switched);  // rescaling: level 5
    return result;
  }
};

/// Levels that evaluate takes of an input at input_scale, where a rescaling divides by
/// working_scale: 5.
constexpr int required_levels(double input_scale, double working_scale) {
  return equiripple::required_levels<Plan>(input_scale, working_scale);
}
/// The fewest levels that this ciphertext must have, all counted.
template <class Backend>
int required_levels(Backend& he, const typename Backend::Ciphertext& x) {
  return equiripple::required_levels<Plan>(he, x);
}

/// max(a, b) for |a - b| <= 1. The result has scale output_scale (0: the input's).
template <class Backend>
typename Backend::Ciphertext evaluate(
    Backend& he, const typename Backend::Ciphertext& a,
    const typename Backend::Ciphertext& b,
    double output_scale = 0) {
  return equiripple::evaluate<Plan>(he, a, b, output_scale);
}

/// Scales fixed and scalars encoded once, for many inputs at this level and scale:
/// prepare(he, level, scale).evaluate(a, b).
template <class Backend>
equiripple::Prepared<Backend, Plan::inputs> prepare(
    Backend& he, int level, double scale, double output_scale = 0) {
  return equiripple::prepare<Plan>(he, level, scale, output_scale);
}

}  // namespace max_3_5

// RECORD of the request, for equiripple inspect; its numbers stand in the code above.
// {
//   "format": "equiripple",
//   "version": 1,
//   "name": "max_3_5",
//   "kind": "max",
//   "request": {
//     "command": "max",
//     "range": "1",
//     "degrees": "3,5"
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
//     },
//     {
//       "degree": 5,
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
//     "metric": "relu"
//   },
//   "outside": {
//     "bound": "0x1p+1",
//     "reach": [
//       "-0x1.4f6f9cf47fc02p+0",
//       "0x1.4f6f9cf47fc02p+0"
//     ],
//     "evidence": "proved",
//     "keeps": [
//       "-0x1p+0",
//       "0x1p+0"
//     ],
//     "side": "0x1.114de4e59bfp+0"
//   }
// }
