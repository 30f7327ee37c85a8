// GENERATED FILE - do not edit. Change the request and generate again:
//   equiripple relu --range 8 --stages '2*g4,f4' -o relu_g4_g4_f4.hpp
//
// Function    relu(x) = max(x, 0) for |x| <= 8
// Polynomial  3 stages, degrees 9, 9, 9; Chebyshev basis, c[0] whole
// Error       0x1.4b659df2aebap-9 <= this table <= 0x1.4ba3c3972c32bp-9
//             divided by the range; the gap of sign included; at most 2^-8.62 (0.00254)
//             times the range: at most 2^-5.62 (0.0203)
//             coefficients as stored, exact evaluation; evidence: proved
// Outside     |sign| <= 2 up to 1.003 times the range (proved); on its side of 0, within 1/2, up to 1.0028 times (proved)
// Cost        12 levels, 13 key switches, 14 tensor products, 18 scalar products, growth 2^4.0
//             13 levels where the input has the working scale: one for the range
// Generator   equiripple 0.1.0
#pragma once
#include <equiripple/runtime.hpp>

namespace relu_g4_g4_f4 {

static_assert(equiripple::format_version == 1,
              "this header needs another equiripple runtime");

// Stage 1: degree 9, error at most 2^-1.99 (0.252) on its domain.
inline constexpr std::array<double, 10> coefficients_1 = {
    0x0p+0,                    // T0  exact zero (odd)
    0x1.1bcc8p+0,              // T1  1.10859
    0x0p+0,                    // T2  exact zero (odd)
    -0x1.6fb4p-2,              // T3  -0.359085
    0x0p+0,                    // T4  exact zero (odd)
    0x1.9d38p-3,               // T5  0.201767
    0x0p+0,                    // T6  exact zero (odd)
    -0x1.0c72p-3,              // T7  -0.131077
    0x0p+0,                    // T8  exact zero (odd)
    0x1.6c3ep-3,               // T9  0.177853
};
inline constexpr std::array<double, 2> basis_1 = {-0x1p+3, 0x1p+3};
inline constexpr std::array<std::array<double, 2>, 2> domain_1 = {{
    {{-0x1p+3, -0x1p+2}},
    {{0x1p+2, 0x1p+3}},
}};
inline constexpr std::array<std::array<double, 2>, 2> range_1 = {{
    {{-0x1.ffac8ac19a1f9p-1, -0x1.7f53d72b06bap-1}},
    {{0x1.7f53d72b06bap-1, 0x1.ffac8ac19a1f9p-1}},
}};
inline constexpr equiripple::Claim claim_1 = {
    0x1.1592d959bb4cbp-9,  // lower
    0x1.015851a9ef072p-2,  // attained
    0x1.015851a9f28cp-2,  // upper
    0x1p+0,  // unit
    equiripple::Claim::Metric::absolute,
    equiripple::Claim::Evidence::proved,
};
static_assert(equiripple::every_second_is_zero(coefficients_1, 0));
static_assert(equiripple::ascends(domain_1) && equiripple::ascends(range_1));
static_assert(basis_1[0] <= domain_1.front()[0] && domain_1.back()[1] <= basis_1[1]);
static_assert(equiripple::is_ordered(claim_1));

// Stage 2: degree 9, error at most 2^-1.99 (0.252) on its domain.
inline constexpr std::array<double, 10> coefficients_2 = {
    0x0p+0,                    // T0  exact zero (odd)
    0x1.1b929dd5a4e9ap+0,      // T1  1.10771
    0x0p+0,                    // T2  exact zero (odd)
    -0x1.7098949441135p-2,     // T3  -0.359957
    0x0p+0,                    // T4  exact zero (odd)
    0x1.9b6076e346ceap-3,      // T5  0.200868
    0x0p+0,                    // T6  exact zero (odd)
    -0x1.0e385c4a0b4fap-3,     // T7  -0.131943
    0x0p+0,                    // T8  exact zero (odd)
    0x1.6afee7493fb34p-3,      // T9  0.177244
};
inline constexpr std::array<double, 2> basis_2 = {-0x1.ffce16104e418p-1, 0x1.ffce16104e418p-1};
inline constexpr std::array<std::array<double, 2>, 2> domain_2 = {{
    {{-0x1.ffac92c19a1f8p-1, -0x1.7f53cf2b06ba1p-1}},
    {{0x1.7f53cf2b06ba1p-1, 0x1.ffac92c19a1f8p-1}},
}};
inline constexpr std::array<std::array<double, 2>, 2> range_2 = {{
    {{-0x1.ffac8ac982372p-1, -0x1.7f53d72b06b86p-1}},
    {{0x1.7f53d72b06b86p-1, 0x1.ffac8ac982372p-1}},
}};
inline constexpr equiripple::Claim claim_2 = {
    0x1.f8c60711ed166p-16,  // lower
    0x1.015851a9ef0a5p-2,  // attained
    0x1.015851a9f28f4p-2,  // upper
    0x1p+0,  // unit
    equiripple::Claim::Metric::absolute,
    equiripple::Claim::Evidence::proved,
};
static_assert(equiripple::every_second_is_zero(coefficients_2, 0));
static_assert(equiripple::ascends(domain_2) && equiripple::ascends(range_2));
static_assert(basis_2[0] <= domain_2.front()[0] && domain_2.back()[1] <= basis_2[1]);
static_assert(equiripple::is_ordered(claim_2));

// Stage 3: degree 9, error at most 2^-7.61 (0.00509) on its domain.
inline constexpr std::array<double, 10> coefficients_3 = {
    0x0p+0,                    // T0  exact zero (odd)
    0x1.3610a396ad8a5p+0,      // T1  1.21119
    0x0p+0,                    // T2  exact zero (odd)
    -0x1.13851e352953ep-2,     // T3  -0.269062
    0x0p+0,                    // T4  exact zero (odd)
    0x1.1b333a4bea068p-4,      // T5  0.0691407
    0x0p+0,                    // T6  exact zero (odd)
    -0x1.94292d8c1d4c3p-7,     // T7  -0.012334
    0x0p+0,                    // T8  exact zero (odd)
    0x1.170ab3d9935dap-10,     // T9  0.00106446
};
inline constexpr std::array<double, 2> basis_3 = {-0x1.ffce15f85baf8p-1, 0x1.ffce15f85baf8p-1};
inline constexpr std::array<std::array<double, 2>, 2> domain_3 = {{
    {{-0x1.ffac92c98237p-1, -0x1.7f53cf2b06b87p-1}},
    {{0x1.7f53cf2b06b87p-1, 0x1.ffac92c98237p-1}},
}};
inline constexpr std::array<std::array<double, 2>, 2> range_3 = {{
    {{-0x1.00001ec0d372cp+0, -0x1.fd659ebd62ecp-1}},
    {{0x1.fd659ebd62ecp-1, 0x1.00001ec0d372cp+0}},
}};
inline constexpr equiripple::Claim claim_3 = {
    0x1.f8c6079789037p-16,  // lower
    0x1.4d30a14e856fcp-8,  // attained
    0x1.4d30a14e89ff6p-8,  // upper
    0x1p+0,  // unit
    equiripple::Claim::Metric::absolute,
    equiripple::Claim::Evidence::proved,
};
static_assert(equiripple::every_second_is_zero(coefficients_3, 0));
static_assert(equiripple::ascends(domain_3) && equiripple::ascends(range_3));
static_assert(basis_3[0] <= domain_3.front()[0] && domain_3.back()[1] <= basis_3[1]);
static_assert(equiripple::is_ordered(claim_3));

// Of relu(x) = max(x, 0) for |x| <= 8; divided by the range; the gap of sign included.
inline constexpr equiripple::Claim claim = {
    0x1.4b659df2aebap-9,  // lower
    0x1.4b659df2aebap-9,  // attained
    0x1.4ba3c3972c32bp-9,  // upper
    0x1p+3,  // unit
    equiripple::Claim::Metric::relu,
    equiripple::Claim::Evidence::proved,
};
static_assert(equiripple::is_ordered(claim));

// The straight-line program for ciphertexts, and what it costs.
struct Plan {
  static constexpr const char* name = "relu_g4_g4_f4";
  static constexpr int inputs = 1;
  static constexpr int levels = 12;
  static constexpr int key_switches = 13;
  static constexpr int tensor_products = 14;
  static constexpr int scalar_products = 18;
  static constexpr int rescalings = 18;
  static constexpr double growth = 0x1.f2c9912420349p+3;
  static constexpr double output_scale_factor = 0x1p+0;
  static constexpr double lower = -0x1p+3;
  static constexpr double upper = 0x1p+3;
  static constexpr double half_width = 0x1p+3;

  template <class Evaluator, class Value>
  static Value run(Evaluator& he, const Value& x) {
    const Value s1_t1 = he.normalise(x, 0x0p+0, 0x1p+3);  // scale read anew; where too large, a level
    const Value s1_t2_product_0 = he.square(s1_t1);  // tensor product 1 of 14
    const Value s1_t2_multiple_0 = he.multiply_integer(s1_t2_product_0, 2);
    const Value s1_t2_rescaled_switched = he.relinearize(s1_t2_multiple_0);  // KEY SWITCH 1 of 13
    const Value s1_t2_rescaled = he.rescale(s1_t2_rescaled_switched);  // rescaling: level 1
    const Value s1_t2 = he.add_scalar(s1_t2_rescaled, -0x1p+0);
    const Value s1_t1_at_1 = he.drop(s1_t1, 1);
    const Value s1_t3_product_0 = he.multiply(s1_t2, s1_t1_at_1);  // tensor product 2 of 14
    const Value s1_t3_multiple_0 = he.multiply_integer(s1_t3_product_0, 2);
    const Value s1_t3_term_1 = he.multiply_scalar(s1_t1_at_1, -0x1p+0);  // scalar product
    const Value s1_t3_sum_1 = he.add(s1_t3_multiple_0, s1_t3_term_1);
    const Value s1_t3_switched = he.relinearize(s1_t3_sum_1);  // KEY SWITCH 2 of 13
    const Value s1_t3 = he.rescale(s1_t3_switched);  // rescaling: level 2
    const Value stage_1_block_1_term_0 = he.multiply_scalar(s1_t3, 0x1.6c6185d2460b2p-2);  // scalar product
    const Value s1_t1_at_2 = he.drop(s1_t1, 2);
    const Value stage_1_block_1_term_1 = he.multiply_scalar(s1_t1_at_2, -0x1.0c8c2e1ded83cp-2);  // scalar product
    const Value stage_1_block_1_sum_1 = he.add(stage_1_block_1_term_0, stage_1_block_1_term_1);
    const Value stage_1_block_1 = he.rescale(stage_1_block_1_sum_1);  // rescaling: level 3
    const Value stage_1_multiplier_2_product_0 = he.square(s1_t3);  // tensor product 3 of 14
    const Value stage_1_multiplier_2_multiple_0 = he.multiply_integer(stage_1_multiplier_2_product_0, 2);
    const Value s1_t2_at_2 = he.drop(s1_t2, 2);
    const Value stage_1_multiplier_2_term_1 = he.multiply_scalar(s1_t2_at_2, 0x1.df17e404c41c8p+0);  // scalar product
    const Value stage_1_multiplier_2_sum_1 = he.add(stage_1_multiplier_2_multiple_0, stage_1_multiplier_2_term_1);
    const Value stage_1_multiplier_2_rescaled_switched = he.relinearize(stage_1_multiplier_2_sum_1);  // KEY SWITCH 3 of 13
    const Value stage_1_multiplier_2_rescaled = he.rescale(stage_1_multiplier_2_rescaled_switched);  // rescaling: level 3
    const Value stage_1_multiplier_2 = he.add_scalar(stage_1_multiplier_2_rescaled, -0x1p+0);
    const Value stage_1_product_0 = he.multiply(stage_1_block_1, stage_1_multiplier_2);  // tensor product 4 of 14
    const Value s1_t1_at_3 = he.drop(s1_t1, 3);
    const Value stage_1_term_1 = he.multiply_scalar(s1_t1_at_3, 0x1.057d095c47a9ep+0);  // scalar product
    const Value stage_1_sum_1 = he.add(stage_1_product_0, stage_1_term_1);
    const Value s1_t3_at_3 = he.drop(s1_t3, 3);
    const Value stage_1_term_2 = he.multiply_scalar(s1_t3_at_3, -0x1.2abef219a8c2fp-2);  // scalar product
    const Value stage_1_sum_2 = he.add(stage_1_sum_1, stage_1_term_2);
    const Value stage_1_switched = he.relinearize(stage_1_sum_2);  // KEY SWITCH 4 of 13
    const Value stage_1 = he.rescale(stage_1_switched);  // rescaling: level 4
    const Value s2_t1 = he.stage(stage_1);  // variable of the stage
    const Value s2_t2_product_0 = he.square(s2_t1);  // tensor product 5 of 14
    const Value s2_t2_multiple_0 = he.multiply_integer(s2_t2_product_0, 2);
    const Value s2_t2_rescaled_switched = he.relinearize(s2_t2_multiple_0);  // KEY SWITCH 5 of 13
    const Value s2_t2_rescaled = he.rescale(s2_t2_rescaled_switched);  // rescaling: level 5
    const Value s2_t2 = he.add_scalar(s2_t2_rescaled, -0x1p+0);
    const Value s2_t1_at_5 = he.drop(s2_t1, 5);
    const Value s2_t3_product_0 = he.multiply(s2_t2, s2_t1_at_5);  // tensor product 6 of 14
    const Value s2_t3_multiple_0 = he.multiply_integer(s2_t3_product_0, 2);
    const Value s2_t3_term_1 = he.multiply_scalar(s2_t1_at_5, -0x1p+0);  // scalar product
    const Value s2_t3_sum_1 = he.add(s2_t3_multiple_0, s2_t3_term_1);
    const Value s2_t3_switched = he.relinearize(s2_t3_sum_1);  // KEY SWITCH 6 of 13
    const Value s2_t3 = he.rescale(s2_t3_switched);  // rescaling: level 6
    const Value stage_2_block_3_term_0 = he.multiply_scalar(s2_t3, 0x1.6b224e0dd1344p-2);  // scalar product
    const Value s2_t1_at_6 = he.drop(s2_t1, 6);
    const Value stage_2_block_3_term_1 = he.multiply_scalar(s2_t1_at_6, -0x1.0e52b6c45f85p-2);  // scalar product
    const Value stage_2_block_3_sum_1 = he.add(stage_2_block_3_term_0, stage_2_block_3_term_1);
    const Value stage_2_block_3 = he.rescale(stage_2_block_3_sum_1);  // rescaling: level 7
    const Value stage_2_multiplier_4_product_0 = he.square(s2_t3);  // tensor product 7 of 14
    const Value stage_2_multiplier_4_multiple_0 = he.multiply_integer(stage_2_multiplier_4_product_0, 2);
    const Value s2_t2_at_6 = he.drop(s2_t2, 6);
    const Value stage_2_multiplier_4_term_1 = he.multiply_scalar(s2_t2_at_6, 0x1.e0b0ee8fdcad8p+0);  // scalar product
    const Value stage_2_multiplier_4_sum_1 = he.add(stage_2_multiplier_4_multiple_0, stage_2_multiplier_4_term_1);
    const Value stage_2_multiplier_4_rescaled_switched = he.relinearize(stage_2_multiplier_4_sum_1);  // KEY SWITCH 7 of 13
    const Value stage_2_multiplier_4_rescaled = he.rescale(stage_2_multiplier_4_rescaled_switched);  // rescaling: level 7
    const Value stage_2_multiplier_4 = he.add_scalar(stage_2_multiplier_4_rescaled, -0x1p+0);
    const Value stage_2_product_0 = he.multiply(stage_2_block_3, stage_2_multiplier_4);  // tensor product 8 of 14
    const Value s2_t1_at_7 = he.drop(s2_t1, 7);
    const Value stage_2_term_1 = he.multiply_scalar(s2_t1_at_7, 0x1.05e599925611ep+0);  // scalar product
    const Value stage_2_sum_1 = he.add(stage_2_product_0, stage_2_term_1);
    const Value s2_t3_at_7 = he.drop(s2_t3, 7);
    const Value stage_2_term_2 = he.multiply_scalar(s2_t3_at_7, -0x1.2882b8766f584p-2);  // scalar product
    const Value stage_2_sum_2 = he.add(stage_2_sum_1, stage_2_term_2);
    const Value stage_2_switched = he.relinearize(stage_2_sum_2);  // KEY SWITCH 8 of 13
    const Value stage_2 = he.rescale(stage_2_switched);  // rescaling: level 8
    const Value s3_t1 = he.stage(stage_2, -0x1.cp-1);  // variable of the stage
    const Value x_at_8 = he.drop(x, 8);
    const Value s3_x_t1_product_0 = he.multiply(x_at_8, s3_t1);  // tensor product 9 of 14
    const Value s3_x_t1_switched = he.relinearize(s3_x_t1_product_0);  // KEY SWITCH 9 of 13
    const Value s3_x_t1 = he.rescale(s3_x_t1_switched);  // rescaling: level 9
    const Value result_w5_block_5_term_0 = he.multiply_scalar(s3_x_t1, 0x1.170ab3d9935dap-9);  // scalar product
    const Value result_w5_block_5 = he.rescale(result_w5_block_5_term_0);  // rescaling: level 10
    const Value s3_t2_product_0 = he.square(s3_t1);  // tensor product 10 of 14
    const Value s3_t2_multiple_0 = he.multiply_integer(s3_t2_product_0, 2);
    const Value s3_t2_rescaled_switched = he.relinearize(s3_t2_multiple_0);  // KEY SWITCH 10 of 13
    const Value s3_t2_rescaled = he.rescale(s3_t2_rescaled_switched);  // rescaling: level 9
    const Value s3_t2 = he.add_scalar(s3_t2_rescaled, -0x1p+0);
    const Value s3_t4_product_0 = he.square(s3_t2);  // tensor product 11 of 14
    const Value s3_t4_multiple_0 = he.multiply_integer(s3_t4_product_0, 2);
    const Value s3_t4_rescaled_switched = he.relinearize(s3_t4_multiple_0);  // KEY SWITCH 11 of 13
    const Value s3_t4_rescaled = he.rescale(s3_t4_rescaled_switched);  // rescaling: level 10
    const Value s3_t4 = he.add_scalar(s3_t4_rescaled, -0x1p+0);
    const Value result_w5_product_0 = he.multiply(result_w5_block_5, s3_t4);  // tensor product 12 of 14
    const Value result_w5_switched = he.relinearize(result_w5_product_0);  // KEY SWITCH 12 of 13
    const Value result_w5 = he.rescale(result_w5_switched);  // rescaling: level 11
    const Value s3_t2_at_10 = he.drop(s3_t2, 10);
    const Value result_addend_6_term_0 = he.multiply_scalar(s3_t2_at_10, -0x1.92c9912420349p+3);  // scalar product
    const Value result_addend_6 = he.rescale(result_addend_6_term_0);  // rescaling: level 11
    const Value s3_t4_at_11 = he.drop(s3_t4, 11);
    const Value result_multiplier_7 = he.add(s3_t4_at_11, result_addend_6);
    const Value result_block_8_term_0 = he.multiply_scalar(s3_t4, 0x1.52148accd3fd8p-4);  // scalar product
    const Value result_block_8_term_1 = he.multiply_scalar(s3_t2_at_10, -0x1.5a51ecc823d58p-2);  // scalar product
    const Value result_block_8_sum_1 = he.add(result_block_8_term_0, result_block_8_term_1);
    const Value result_block_8 = he.rescale(result_block_8_sum_1);  // rescaling: level 11
    const Value result_product_0 = he.multiply(result_w5, result_multiplier_7);  // tensor product 13 of 14
    const Value s3_x_t1_at_11 = he.drop(s3_x_t1, 11);
    const Value result_product_1 = he.multiply(result_block_8, s3_x_t1_at_11);  // tensor product 14 of 14
    const Value result_sum_1 = he.add(result_product_0, result_product_1);
    const Value result_term_2 = he.multiply_scalar(s3_x_t1_at_11, 0x1.8f87ae76d8557p-1);  // scalar product
    const Value result_sum_2 = he.add(result_sum_1, result_term_2);
    const Value x_at_11 = he.drop(x, 11);
    const Value result_term_3 = he.multiply_scalar(x_at_11, 0x1p-1);  // scalar product
    const Value result_sum_3 = he.add(result_sum_2, result_term_3);
    const Value result_switched = he.relinearize(result_sum_3);  // KEY SWITCH 13 of 13
    const Value result = he.rescale(result_switched);  // rescaling: level 12
    return result;
  }
};

/// Levels that evaluate takes of an input at input_scale, where a rescaling divides by
/// working_scale: 12, or 13 where the scale times the range is above it.
constexpr int required_levels(double input_scale, double working_scale) {
  return equiripple::required_levels<Plan>(input_scale, working_scale);
}
/// The fewest levels that this ciphertext must have, all counted.
template <class Backend>
int required_levels(Backend& he, const typename Backend::Ciphertext& x) {
  return equiripple::required_levels<Plan>(he, x);
}

/// relu(x) = max(x, 0) for |x| <= 8. The result has scale output_scale (0: the input's).
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

}  // namespace relu_g4_g4_f4

// RECORD of the request, for equiripple inspect; its numbers stand in the code above.
// {
//   "format": "equiripple",
//   "version": 1,
//   "name": "relu_g4_g4_f4",
//   "kind": "relu",
//   "request": {
//     "command": "relu",
//     "range": "8",
//     "stages": "2*g4,f4"
//   },
//   "stages": [
//     {
//       "degree": 9,
//       "parity": "odd",
//       "error": {
//         "evidence": "proved",
//         "metric": "absolute"
//       },
//       "rounding": "one by one"
//     },
//     {
//       "degree": 9,
//       "parity": "odd",
//       "error": {
//         "evidence": "proved",
//         "metric": "absolute"
//       },
//       "rounding": "one by one"
//     },
//     {
//       "degree": 9,
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
//       "-0x1.00c7fa3f7d042p+3",
//       "0x1.00c7fa3f7d042p+3"
//     ],
//     "evidence": "proved",
//     "keeps": [
//       "-0x1p+3",
//       "0x1p+3"
//     ],
//     "side": "0x1.00b91ac38ae98p+3"
//   }
// }
