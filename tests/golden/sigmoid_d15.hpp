// GENERATED FILE - do not edit. Change the request and generate again:
//   equiripple minimax --function 'sigmoid(x)' --domain '[-8,8]' --degree 15 -o sigmoid_d15.hpp
//
// Function    sigmoid(x) on [-8, 8]
// Polynomial  1 stage, degree 15; Chebyshev basis, c[0] whole
// Error       0x1.ccc9f7ad3e4a2p-11 <= best possible; this table <= 0x1.cd2061255fb0bp-11
//             absolute; at most 2^-10.15 (0.00088)
//             coefficients as stored, exact evaluation; evidence: proved
// Outside     |value| <= 2 on [-9.18071, 9.30104] (proved)
// Cost        4 levels, 6 key switches, 7 tensor products, 13 scalar products, growth 2^3.5
//             5 levels where the input has the working scale: one for the range
// Generator   equiripple 0.1.0
#pragma once
#include <equiripple/runtime.hpp>

namespace sigmoid_d15 {

static_assert(equiripple::format_version == 1,
              "this header needs another equiripple runtime");

// Stage 1: degree 15, error at most 2^-10.15 (0.00088) on its domain.
inline constexpr std::array<double, 16> coefficients_1 = {
    0x1p-1,                    // T0  0.5
    0x1.3cf4eca685083p-1,      // T1  0.619056
    0x0p+0,                    // T2  0
    -0x1.589b76a2ef18bp-3,     // T3  -0.168265
    0x0p+0,                    // T4  0
    0x1.2246bf6578c8p-4,       // T5  0.0708683
    0x0p+0,                    // T6  0
    -0x1.072aa4bc8a843p-5,     // T7  -0.0321248
    0x0p+0,                    // T8  0
    0x1.e5cec9f9269ccp-7,      // T9  0.0148257
    0x0p+0,                    // T10  0
    -0x1.c295905415c18p-8,     // T11  -0.00687537
    0x0p+0,                    // T12  0
    0x1.a27c9e0779ea4p-9,      // T13  0.0031928
    0x0p+0,                    // T14  0
    -0x1.efe07b1d30879p-10,    // T15  -0.00189162
};
inline constexpr std::array<double, 2> basis_1 = {-0x1p+3, 0x1p+3};
inline constexpr std::array<std::array<double, 2>, 1> domain_1 = {{
    {{-0x1p+3, 0x1p+3}},
}};
inline constexpr std::array<std::array<double, 2>, 1> range_1 = {{
    {{-0x1.ff5264fa91e7cp-12, 0x1.00200025347b2p+0}},
}};
inline constexpr equiripple::Claim claim_1 = {
    0x1.ccc9f7ad3e4a2p-11,  // lower
    0x1.ccc9f7ad3e4a2p-11,  // attained
    0x1.cd2061255fb0bp-11,  // upper
    0x1p+0,  // unit
    equiripple::Claim::Metric::absolute,
    equiripple::Claim::Evidence::proved,
};
static_assert(equiripple::ascends(domain_1) && equiripple::ascends(range_1));
static_assert(basis_1[0] <= domain_1.front()[0] && domain_1.back()[1] <= basis_1[1]);
static_assert(equiripple::is_ordered(claim_1));

// Of sigmoid(x) on [-8, 8]; absolute.
inline constexpr equiripple::Claim claim = {
    0x1.ccc9f7ad3e4a2p-11,  // lower
    0x1.ccc9f7ad3e4a2p-11,  // attained
    0x1.cd2061255fb0bp-11,  // upper
    0x1p+0,  // unit
    equiripple::Claim::Metric::absolute,
    equiripple::Claim::Evidence::proved,
};
static_assert(equiripple::is_ordered(claim));

// The straight-line program for ciphertexts, and what it costs.
struct Plan {
  static constexpr const char* name = "sigmoid_d15";
  static constexpr int inputs = 1;
  static constexpr int levels = 4;
  static constexpr int key_switches = 6;
  static constexpr int tensor_products = 7;
  static constexpr int scalar_products = 13;
  static constexpr int rescalings = 10;
  static constexpr double growth = 0x1.5c1d83cac9123p+3;
  static constexpr double output_scale_factor = 0x1p+0;
  static constexpr double lower = -0x1p+3;
  static constexpr double upper = 0x1p+3;
  static constexpr double half_width = 0x1p+3;

  template <class Evaluator, class Value>
  static Value run(Evaluator& he, const Value& x) {
    const Value t1 = he.normalise(x, 0x0p+0, 0x1p+3);  // scale read anew; where too large, a level
    const Value result_w3_block_1_term_0 = he.multiply_scalar(t1, -0x1.efe07b1d30879p-7);  // scalar product
    const Value result_w3_block_1 = he.rescale(result_w3_block_1_term_0);  // rescaling: level 1
    const Value t2_product_0 = he.square(t1);  // tensor product 1 of 7
    const Value t2_multiple_0 = he.multiply_integer(t2_product_0, 2);
    const Value t2_rescaled_switched = he.relinearize(t2_multiple_0);  // KEY SWITCH 1 of 6
    const Value t2_rescaled = he.rescale(t2_rescaled_switched);  // rescaling: level 1
    const Value t2 = he.add_scalar(t2_rescaled, -0x1p+0);
    const Value result_w3_product_0 = he.multiply(result_w3_block_1, t2);  // tensor product 2 of 7
    const Value t1_at_1 = he.drop(t1, 1);
    const Value result_w3_term_1 = he.multiply_scalar(t1_at_1, 0x1.0fa328e6736c3p-6);  // scalar product
    const Value result_w3_sum_1 = he.add(result_w3_product_0, result_w3_term_1);
    const Value result_w3_switched = he.relinearize(result_w3_sum_1);  // KEY SWITCH 2 of 6
    const Value result_w3 = he.rescale(result_w3_switched);  // rescaling: level 2
    const Value t4_product_0 = he.square(t2);  // tensor product 3 of 7
    const Value t4_multiple_0 = he.multiply_integer(t4_product_0, 2);
    const Value t4_rescaled_switched = he.relinearize(t4_multiple_0);  // KEY SWITCH 3 of 6
    const Value t4_rescaled = he.rescale(t4_rescaled_switched);  // rescaling: level 2
    const Value t4 = he.add_scalar(t4_rescaled, -0x1p+0);
    const Value result_w7_addend_2_term_0 = he.multiply_scalar(t2, -0x1.fc9e6a0eb64b3p-2);  // scalar product
    const Value result_w7_addend_2 = he.rescale(result_w7_addend_2_term_0);  // rescaling: level 2
    const Value result_w7_multiplier_3 = he.add(t4, result_w7_addend_2);
    const Value result_w7_product_0 = he.multiply(result_w3, result_w7_multiplier_3);  // tensor product 4 of 7
    const Value t1_at_2 = he.drop(t1, 2);
    const Value result_w7_term_1 = he.multiply_scalar(t1_at_2, -0x1.3125fd6b96d2p-7);  // scalar product
    const Value result_w7_sum_1 = he.add(result_w7_product_0, result_w7_term_1);
    const Value result_w7_term_2 = he.multiply_scalar(result_w3, 0x1.32a2e48c0595bp-1);  // scalar product
    const Value result_w7_sum_2 = he.add(result_w7_sum_1, result_w7_term_2);
    const Value result_w7_switched = he.relinearize(result_w7_sum_2);  // KEY SWITCH 4 of 6
    const Value result_w7 = he.rescale(result_w7_switched);  // rescaling: level 3
    const Value result_multiplier_4_product_0 = he.square(t4);  // tensor product 5 of 7
    const Value result_multiplier_4_multiple_0 = he.multiply_integer(result_multiplier_4_product_0, 2);
    const Value t2_at_2 = he.drop(t2, 2);
    const Value result_multiplier_4_term_1 = he.multiply_scalar(t2_at_2, -0x1.35e739c25d548p+2);  // scalar product
    const Value result_multiplier_4_sum_1 = he.add(result_multiplier_4_multiple_0, result_multiplier_4_term_1);
    const Value result_multiplier_4_term_2 = he.multiply_scalar(t4, 0x1.84a79ba6699fap+1);  // scalar product
    const Value result_multiplier_4_sum_2 = he.add(result_multiplier_4_sum_1, result_multiplier_4_term_2);
    const Value result_multiplier_4_rescaled_switched = he.relinearize(result_multiplier_4_sum_2);  // KEY SWITCH 5 of 6
    const Value result_multiplier_4_rescaled = he.rescale(result_multiplier_4_rescaled_switched);  // rescaling: level 3
    const Value result_multiplier_4 = he.add_scalar(result_multiplier_4_rescaled, -0x1p+0);
    const Value result_block_5_term_0 = he.multiply_scalar(result_w3, 0x1.dd24a5d500cbp-3);  // scalar product
    const Value result_block_5_term_1 = he.multiply_scalar(t1_at_2, 0x1.a2c79f763d583p-4);  // scalar product
    const Value result_block_5_sum_1 = he.add(result_block_5_term_0, result_block_5_term_1);
    const Value result_block_5 = he.rescale(result_block_5_sum_1);  // rescaling: level 3
    const Value result_addend_6_term_0 = he.multiply_scalar(t2_at_2, -0x1.eb143bcfdefa5p+1);  // scalar product
    const Value result_addend_6 = he.rescale(result_addend_6_term_0);  // rescaling: level 3
    const Value t4_at_3 = he.drop(t4, 3);
    const Value result_multiplier_7 = he.add(t4_at_3, result_addend_6);
    const Value result_product_0 = he.multiply(result_w7, result_multiplier_4);  // tensor product 6 of 7
    const Value result_product_1 = he.multiply(result_block_5, result_multiplier_7);  // tensor product 7 of 7
    const Value result_sum_1 = he.add(result_product_0, result_product_1);
    const Value t1_at_3 = he.drop(t1, 3);
    const Value result_term_2 = he.multiply_scalar(t1_at_3, 0x1.99694325e8d53p-1);  // scalar product
    const Value result_sum_2 = he.add(result_sum_1, result_term_2);
    const Value result_w3_at_3 = he.drop(result_w3, 3);
    const Value result_term_3 = he.multiply_scalar(result_w3_at_3, 0x1.351929ff08fbep-1);  // scalar product
    const Value result_sum_3 = he.add(result_sum_2, result_term_3);
    const Value result_term_4 = he.multiply_scalar(result_w7, 0x1.196f9f53d629ap+1);  // scalar product
    const Value result_sum_4 = he.add(result_sum_3, result_term_4);
    const Value result_rescaled_switched = he.relinearize(result_sum_4);  // KEY SWITCH 6 of 6
    const Value result_rescaled = he.rescale(result_rescaled_switched);  // rescaling: level 4
    const Value result = he.add_scalar(result_rescaled, 0x1p-1);
    return result;
  }
};

/// Levels that evaluate takes of an input at input_scale, where a rescaling divides by
/// working_scale: 4, or 5 where the scale times the range is above it.
constexpr int required_levels(double input_scale, double working_scale) {
  return equiripple::required_levels<Plan>(input_scale, working_scale);
}
/// The fewest levels that this ciphertext must have, all counted.
template <class Backend>
int required_levels(Backend& he, const typename Backend::Ciphertext& x) {
  return equiripple::required_levels<Plan>(he, x);
}

/// sigmoid(x) on [-8, 8]. The result has scale output_scale (0: the input's).
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

}  // namespace sigmoid_d15

// RECORD of the request, for equiripple inspect; its numbers stand in the code above.
// {
//   "format": "equiripple",
//   "version": 1,
//   "name": "sigmoid_d15",
//   "kind": "minimax",
//   "request": {
//     "command": "minimax",
//     "function": "sigmoid(x)",
//     "domain": "[-8,8]",
//     "degree": "15"
//   },
//   "stages": [
//     {
//       "degree": 15,
//       "parity": "none",
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
//       "-0x1.25c86fa34e08cp+3",
//       "0x1.29a2337c10d16p+3"
//     ],
//     "evidence": "proved",
//     "keeps": [
//       "-0x1p+3",
//       "0x1p+3"
//     ]
//   }
// }
