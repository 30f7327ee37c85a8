// GENERATED FILE - do not edit. Change the request and generate again:
//   equiripple relu --range 50 --degrees 7,7 -o relu_7_7.hpp
//
// Function    relu(x) = max(x, 0) for |x| <= 50
// Polynomial  2 stages, degrees 7, 7; Chebyshev basis, c[0] whole
// Error       0x1.eb4ce04583ee4p-8 <= this table <= 0x1.eba9028649721p-8
//             divided by the range; the gap of sign included; at most 2^-7.05 (0.00751)
//             times the range: at most 2^-1.41 (0.376)
//             coefficients as stored, exact evaluation; evidence: proved
// Outside     |sign| <= 2 up to 1.0671 times the range (proved); on its side of 0, within 1/2, up to 1.0159 times (proved)
// Cost        6 levels, 9 key switches, 9 tensor products, 9 scalar products, growth 2^2.8
//             7 levels where the input has the working scale: one for the range
// Generator   equiripple 0.1.0
#pragma once
#include <equiripple/runtime.hpp>

namespace relu_7_7 {

static_assert(equiripple::format_version == 1,
              "this header needs another equiripple runtime");

// Stage 1: degree 7, error at most 2^-1.31 (0.401) on its domain.
inline constexpr std::array<double, 8> coefficients_1 = {
    0x0p+0,                    // T0  exact zero (odd)
    0x1.45e1de081e738p+0,      // T1  1.27298
    0x0p+0,                    // T2  exact zero (odd)
    -0x1.b22c4010e697ep-2,     // T3  -0.423997
    0x0p+0,                    // T4  exact zero (odd)
    0x1.058ca378a0dadp-2,      // T5  0.255419
    0x0p+0,                    // T6  exact zero (odd)
    -0x1.0291dd839428fp-1,     // T7  -0.505019
};
inline constexpr std::array<double, 2> basis_1 = {-0x1.9p+5, 0x1.9p+5};
inline constexpr std::array<std::array<double, 2>, 2> domain_1 = {{
    {{-0x1.9p+5, -0x1.0dbap+2}},
    {{0x1.0dbap+2, 0x1.9p+5}},
}};
inline constexpr std::array<std::array<double, 2>, 2> range_1 = {{
    {{-0x1.668ef7dfbe44p+0, -0x1.32e2104083781p-1}},
    {{0x1.32e2104083781p-1, 0x1.668ef7dfbe44p+0}},
}};
inline constexpr equiripple::Claim claim_1 = {
    0x1.9a3bdf7ef373dp-2,  // lower
    0x1.9a3bdf7ef373dp-2,  // attained
    0x1.9a3bdf7ef90fdp-2,  // upper
    0x1p+0,  // unit
    equiripple::Claim::Metric::absolute,
    equiripple::Claim::Evidence::proved,
};
static_assert(equiripple::every_second_is_zero(coefficients_1, 0));
static_assert(equiripple::ascends(domain_1) && equiripple::ascends(range_1));
static_assert(basis_1[0] <= domain_1.front()[0] && domain_1.back()[1] <= basis_1[1]);
static_assert(equiripple::is_ordered(claim_1));

// Stage 2: degree 7, error at most 2^-6.06 (0.015) on its domain.
inline constexpr std::array<double, 8> coefficients_2 = {
    0x0p+0,                    // T0  exact zero (odd)
    0x1.3ede28591d087p+0,      // T1  1.24558
    0x0p+0,                    // T2  exact zero (odd)
    -0x1.6303caed3943fp-2,     // T3  -0.346694
    0x0p+0,                    // T4  exact zero (odd)
    0x1.20b077e998264p-3,      // T5  0.140962
    0x0p+0,                    // T6  exact zero (odd)
    -0x1.c12deb5ae97bbp-5,     // T7  -0.0548315
};
inline constexpr std::array<double, 2> basis_2 = {-0x1.668efbdfbe43fp+0, 0x1.668efbdfbe43fp+0};
inline constexpr std::array<std::array<double, 2>, 2> domain_2 = {{
    {{-0x1.668efbdfbe43fp+0, -0x1.32e2084083783p-1}},
    {{0x1.32e2084083783p-1, 0x1.668efbdfbe43fp+0}},
}};
inline constexpr std::array<std::array<double, 2>, 2> range_2 = {{
    {{-0x1.03d62abfd59b3p+0, -0x1.f853aa8054c9ap-1}},
    {{0x1.f853aa8054c9ap-1, 0x1.03d62abfd59b3p+0}},
}};
inline constexpr equiripple::Claim claim_2 = {
    0x1.eb155feac6db2p-7,  // lower
    0x1.eb155feac6db2p-7,  // attained
    0x1.eb155feacd962p-7,  // upper
    0x1p+0,  // unit
    equiripple::Claim::Metric::absolute,
    equiripple::Claim::Evidence::proved,
};
static_assert(equiripple::every_second_is_zero(coefficients_2, 0));
static_assert(equiripple::ascends(domain_2) && equiripple::ascends(range_2));
static_assert(basis_2[0] <= domain_2.front()[0] && domain_2.back()[1] <= basis_2[1]);
static_assert(equiripple::is_ordered(claim_2));

// Of relu(x) = max(x, 0) for |x| <= 50; divided by the range; the gap of sign included.
inline constexpr equiripple::Claim claim = {
    0x1.eb4ce04583ee4p-8,  // lower
    0x1.eb4ce04583ee4p-8,  // attained
    0x1.eba9028649721p-8,  // upper
    0x1.9p+5,  // unit
    equiripple::Claim::Metric::relu,
    equiripple::Claim::Evidence::proved,
};
static_assert(equiripple::is_ordered(claim));

// The straight-line program for ciphertexts, and what it costs.
struct Plan {
  static constexpr const char* name = "relu_7_7";
  static constexpr int inputs = 1;
  static constexpr int levels = 6;
  static constexpr int key_switches = 9;
  static constexpr int tensor_products = 9;
  static constexpr int scalar_products = 9;
  static constexpr int rescalings = 11;
  static constexpr double growth = 0x1.a4883df9d84e7p+2;
  static constexpr double output_scale_factor = 0x1p+0;
  static constexpr double lower = -0x1.9p+5;
  static constexpr double upper = 0x1.9p+5;
  static constexpr double half_width = 0x1.9p+5;

  template <class Evaluator, class Value>
  static Value run(Evaluator& he, const Value& x) {
    const Value s1_t1 = he.normalise(x, 0x0p+0, 0x1.9p+5);  // scale read anew; where too large, a level
    const Value stage_1_w3_block_1_term_0 = he.multiply_scalar(s1_t1, -0x1.7138daf9078b2p+0);  // scalar product
    const Value stage_1_w3_block_1 = he.rescale(stage_1_w3_block_1_term_0);  // rescaling: level 1
    const Value s1_t2_product_0 = he.square(s1_t1);  // tensor product 1 of 9
    const Value s1_t2_multiple_0 = he.multiply_integer(s1_t2_product_0, 2);
    const Value s1_t2_rescaled_switched = he.relinearize(s1_t2_multiple_0);  // KEY SWITCH 1 of 9
    const Value s1_t2_rescaled = he.rescale(s1_t2_rescaled_switched);  // rescaling: level 1
    const Value s1_t2 = he.add_scalar(s1_t2_rescaled, -0x1p+0);
    const Value stage_1_w3_product_0 = he.multiply(stage_1_w3_block_1, s1_t2);  // tensor product 2 of 9
    const Value stage_1_w3_switched = he.relinearize(stage_1_w3_product_0);  // KEY SWITCH 2 of 9
    const Value stage_1_w3 = he.rescale(stage_1_w3_switched);  // rescaling: level 2
    const Value stage_1_multiplier_2_product_0 = he.square(s1_t2);  // tensor product 3 of 9
    const Value stage_1_multiplier_2_multiple_0 = he.multiply_integer(stage_1_multiplier_2_product_0, 2);
    const Value stage_1_multiplier_2_term_1 = he.multiply_scalar(s1_t2, -0x1.817998a31101ep+0);  // scalar product
    const Value stage_1_multiplier_2_sum_1 = he.add(stage_1_multiplier_2_multiple_0, stage_1_multiplier_2_term_1);
    const Value stage_1_multiplier_2_rescaled_switched = he.relinearize(stage_1_multiplier_2_sum_1);  // KEY SWITCH 3 of 9
    const Value stage_1_multiplier_2_rescaled = he.rescale(stage_1_multiplier_2_rescaled_switched);  // rescaling: level 2
    const Value stage_1_multiplier_2 = he.add_scalar(stage_1_multiplier_2_rescaled, -0x1p+0);
    const Value stage_1_product_0 = he.multiply(stage_1_w3, stage_1_multiplier_2);  // tensor product 4 of 9
    const Value s1_t1_at_2 = he.drop(s1_t1, 2);
    const Value stage_1_term_1 = he.multiply_scalar(s1_t1_at_2, 0x1.565a6e04367b5p-1);  // scalar product
    const Value stage_1_sum_1 = he.add(stage_1_product_0, stage_1_term_1);
    const Value stage_1_term_2 = he.multiply_scalar(stage_1_w3, 0x1.58676664b3a72p-1);  // scalar product
    const Value stage_1_sum_2 = he.add(stage_1_sum_1, stage_1_term_2);
    const Value stage_1_switched = he.relinearize(stage_1_sum_2);  // KEY SWITCH 4 of 9
    const Value stage_1 = he.rescale(stage_1_switched);  // rescaling: level 3
    const Value s2_t1 = he.stage(stage_1, -0x1p-2);  // variable of the stage
    const Value x_at_2 = he.drop(x, 2);
    const Value s2_leading_x_term_0 = he.multiply_scalar(x_at_2, -0x1.c12deb5ae97bbp-4);  // scalar product
    const Value s2_leading_x = he.rescale(s2_leading_x_term_0);  // rescaling: level 3
    const Value s2_x_t1_product_0 = he.multiply(s2_leading_x, s2_t1);  // tensor product 5 of 9
    const Value s2_x_t1_switched = he.relinearize(s2_x_t1_product_0);  // KEY SWITCH 5 of 9
    const Value s2_x_t1 = he.rescale(s2_x_t1_switched);  // rescaling: level 4
    const Value s2_t2_product_0 = he.square(s2_t1);  // tensor product 6 of 9
    const Value s2_t2_multiple_0 = he.multiply_integer(s2_t2_product_0, 2);
    const Value s2_t2_rescaled_switched = he.relinearize(s2_t2_multiple_0);  // KEY SWITCH 6 of 9
    const Value s2_t2_rescaled = he.rescale(s2_t2_rescaled_switched);  // rescaling: level 4
    const Value s2_t2 = he.add_scalar(s2_t2_rescaled, -0x1p+0);
    const Value result_w3_product_0 = he.multiply(s2_x_t1, s2_t2);  // tensor product 7 of 9
    const Value result_w3_switched = he.relinearize(result_w3_product_0);  // KEY SWITCH 7 of 9
    const Value result_w3 = he.rescale(result_w3_switched);  // rescaling: level 5
    const Value result_multiplier_3_product_0 = he.square(s2_t2);  // tensor product 8 of 9
    const Value result_multiplier_3_multiple_0 = he.multiply_integer(result_multiplier_3_product_0, 2, 1);
    const Value result_multiplier_3_term_1 = he.multiply_scalar(s2_t2, -0x1.c9107bf3b09cep+1);  // scalar product
    const Value result_multiplier_3_sum_1 = he.add(result_multiplier_3_multiple_0, result_multiplier_3_term_1);
    const Value result_multiplier_3_rescaled_switched = he.relinearize(result_multiplier_3_sum_1);  // KEY SWITCH 8 of 9
    const Value result_multiplier_3_rescaled = he.rescale(result_multiplier_3_rescaled_switched);  // rescaling: level 5
    const Value result_multiplier_3 = he.add_scalar(result_multiplier_3_rescaled, -0x1p+0);
    const Value result_product_0 = he.multiply(result_w3, result_multiplier_3);  // tensor product 9 of 9
    const Value s2_x_t1_at_5 = he.drop(s2_x_t1, 5);
    const Value result_term_1 = he.multiply_scalar(s2_x_t1_at_5, -0x1.977f382548bfap+2);  // scalar product
    const Value result_sum_1 = he.add(result_product_0, result_term_1);
    const Value result_term_2 = he.multiply_scalar(result_w3, 0x1.1c995bf4084bfp+2);  // scalar product
    const Value result_sum_2 = he.add(result_sum_1, result_term_2);
    const Value x_at_5 = he.drop(x, 5);
    const Value result_term_3 = he.multiply_scalar(x_at_5, 0x1p-1);  // scalar product
    const Value result_sum_3 = he.add(result_sum_2, result_term_3);
    const Value result_switched = he.relinearize(result_sum_3);  // KEY SWITCH 9 of 9
    const Value result = he.rescale(result_switched);  // rescaling: level 6
    return result;
  }
};

/// Levels that evaluate takes of an input at input_scale, where a rescaling divides by
/// working_scale: 6, or 7 where the scale times the range is above it.
constexpr int required_levels(double input_scale, double working_scale) {
  return equiripple::required_levels<Plan>(input_scale, working_scale);
}
/// The fewest levels that this ciphertext must have, all counted.
template <class Backend>
int required_levels(Backend& he, const typename Backend::Ciphertext& x) {
  return equiripple::required_levels<Plan>(he, x);
}

/// relu(x) = max(x, 0) for |x| <= 50. The result has scale output_scale (0: the input's).
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

}  // namespace relu_7_7

// RECORD of the request, for equiripple inspect; its numbers stand in the code above.
// {
//   "format": "equiripple",
//   "version": 1,
//   "name": "relu_7_7",
//   "kind": "relu",
//   "request": {
//     "command": "relu",
//     "range": "50",
//     "degrees": "7,7"
//   },
//   "stages": [
//     {
//       "degree": 7,
//       "parity": "odd",
//       "error": {
//         "evidence": "proved",
//         "metric": "absolute"
//       },
//       "rounding": "one by one"
//     },
//     {
//       "degree": 7,
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
//       "-0x1.aadef460b424ap+5",
//       "0x1.aadef460b424ap+5"
//     ],
//     "evidence": "proved",
//     "keeps": [
//       "-0x1.9p+5",
//       "0x1.9p+5"
//     ],
//     "side": "0x1.965d2b721bdd8p+5"
//   }
// }
