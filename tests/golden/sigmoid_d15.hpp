// GENERATED FILE - do not edit. Change the request and generate again:
//   equiripple minimax --function 'sigmoid(x)' --domain '[-8,8]' --degree 15 -o sigmoid_d15.hpp
//
// Function    sigmoid(x) on [-8, 8]
// Polynomial  1 stage, degree 15; Chebyshev basis, c[0] whole
// Error       0x1.ccc9f7ad3e4a2p-11 <= best possible; this table <= 0x1.cd2061255faedp-11
//             absolute; at most 2^-10.15 (0.00088)
//             coefficients as stored, exact evaluation; evidence: proved
// Outside     |value| <= 2 on [-9.18303, 9.3036] (measured)
// Cost        4 levels, 7 key switches, 8 tensor products, 9 scalar products, growth 2^1.6
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
    0x1.cd2061255faedp-11,  // upper
};
static_assert(equiripple::ascends(domain_1) && equiripple::ascends(range_1));
static_assert(basis_1[0] <= domain_1.front()[0] && domain_1.back()[1] <= basis_1[1]);
static_assert(equiripple::is_ordered(claim_1));

// Of sigmoid(x) on [-8, 8]; absolute.
inline constexpr equiripple::Claim claim = {
    0x1.ccc9f7ad3e4a2p-11,  // lower
    0x1.ccc9f7ad3e4a2p-11,  // attained
    0x1.cd2061255faedp-11,  // upper
};
static_assert(equiripple::is_ordered(claim));

// The straight-line program for ciphertexts, and what it costs.
struct Plan {
  static constexpr const char* name = "sigmoid_d15";
  static constexpr int inputs = 1;
  static constexpr int levels = 4;
  static constexpr int key_switches = 7;
  static constexpr int tensor_products = 8;
  static constexpr int scalar_products = 9;
  static constexpr int rescalings = 9;
  static constexpr double growth = 0x1.8p+1;
  static constexpr double output_scale_factor = 0x1p+0;
  static constexpr double lower = -0x1p+3;
  static constexpr double upper = 0x1p+3;
  static constexpr double half_width = 0x1p+3;

  template <class Evaluator, class Value>
  static Value run(Evaluator& he, const Value& x) {
    const Value t1 = he.normalise(x, 0x0p+0, 0x1p+3);
    const Value t2_product_0 = he.square(t1);
    const Value t2_multiple_0 = he.multiply_integer(t2_product_0, 2);
    const Value t2_rescaled_switched = he.relinearize(t2_multiple_0);
    const Value t2_rescaled = he.rescale(t2_rescaled_switched);
    const Value t2 = he.add_scalar(t2_rescaled, -0x1p+0);
    const Value t4_product_0 = he.square(t2);
    const Value t4_multiple_0 = he.multiply_integer(t4_product_0, 2);
    const Value t4_rescaled_switched = he.relinearize(t4_multiple_0);
    const Value t4_rescaled = he.rescale(t4_rescaled_switched);
    const Value t4 = he.add_scalar(t4_rescaled, -0x1p+0);
    const Value t8_product_0 = he.square(t4);
    const Value t8_multiple_0 = he.multiply_integer(t8_product_0, 2);
    const Value t8_rescaled_switched = he.relinearize(t8_multiple_0);
    const Value t8_rescaled = he.rescale(t8_rescaled_switched);
    const Value t8 = he.add_scalar(t8_rescaled, -0x1p+0);
    const Value stage_1_block_3_term_0 = he.multiply_scalar(t1, -0x1.efe07b1d30879p-7);
    const Value stage_1_block_3 = he.rescale(stage_1_block_3_term_0);
    const Value stage_1_block_2_product_0 = he.multiply(stage_1_block_3, t2);
    const Value t1_at_1 = he.drop(t1, 1);
    const Value stage_1_block_2_term_1 = he.multiply_scalar(t1_at_1, 0x1.4d366dcb0917p-6);
    const Value stage_1_block_2_sum_1 = he.add(stage_1_block_2_product_0, stage_1_block_2_term_1);
    const Value stage_1_block_2_switched = he.relinearize(stage_1_block_2_sum_1);
    const Value stage_1_block_2 = he.rescale(stage_1_block_2_switched);
    const Value t3_product_0 = he.multiply(t2, t1_at_1);
    const Value t3_multiple_0 = he.multiply_integer(t3_product_0, 2);
    const Value t3_term_1 = he.multiply_scalar(t1_at_1, -0x1p+0);
    const Value t3_sum_1 = he.add(t3_multiple_0, t3_term_1);
    const Value t3_switched = he.relinearize(t3_sum_1);
    const Value t3 = he.rescale(t3_switched);
    const Value stage_1_block_1_product_0 = he.multiply(stage_1_block_2, t4);
    const Value t1_at_2 = he.drop(t1, 2);
    const Value stage_1_block_1_term_1 = he.multiply_scalar(t1_at_2, 0x1.11e56cae6656ep-5);
    const Value stage_1_block_1_sum_1 = he.add(stage_1_block_1_product_0, stage_1_block_1_term_1);
    const Value stage_1_block_1_term_2 = he.multiply_scalar(t3, -0x1.49e9efabe95b5p-6);
    const Value stage_1_block_1_sum_2 = he.add(stage_1_block_1_sum_1, stage_1_block_1_term_2);
    const Value stage_1_block_1_switched = he.relinearize(stage_1_block_1_sum_2);
    const Value stage_1_block_1 = he.rescale(stage_1_block_1_switched);
    const Value stage_1_block_4_term_0 = he.multiply_scalar(t1_at_2, 0x1.3e70186aba242p-3);
    const Value stage_1_block_4_term_1 = he.multiply_scalar(t3, -0x1.809e573ad42b6p-4);
    const Value stage_1_block_4_sum_1 = he.add(stage_1_block_4_term_0, stage_1_block_4_term_1);
    const Value stage_1_block_4 = he.rescale(stage_1_block_4_sum_1);
    const Value stage_1_product_0 = he.multiply(stage_1_block_1, t8);
    const Value t4_at_3 = he.drop(t4, 3);
    const Value stage_1_product_1 = he.multiply(stage_1_block_4, t4_at_3);
    const Value stage_1_sum_1 = he.add(stage_1_product_0, stage_1_product_1);
    const Value t1_at_3 = he.drop(t1, 3);
    const Value stage_1_term_2 = he.multiply_scalar(t1_at_3, 0x1.55f6c257c0e33p-1);
    const Value stage_1_sum_2 = he.add(stage_1_sum_1, stage_1_term_2);
    const Value t3_at_3 = he.drop(t3, 3);
    const Value stage_1_term_3 = he.multiply_scalar(t3_at_3, -0x1.fe5d75506a126p-3);
    const Value stage_1_sum_3 = he.add(stage_1_sum_2, stage_1_term_3);
    const Value stage_1_rescaled_switched = he.relinearize(stage_1_sum_3);
    const Value stage_1_rescaled = he.rescale(stage_1_rescaled_switched);
    const Value stage_1 = he.add_scalar(stage_1_rescaled, 0x1p-1);
    return stage_1;
  }
};

/// sigmoid(x) on [-8, 8]. The result has scale output_scale (0: the input's).
template <class Backend>
typename Backend::Ciphertext evaluate(
    Backend& he, const typename Backend::Ciphertext& x,
    double output_scale = 0) {
  return equiripple::evaluate<Plan>(he, x, output_scale);
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
//       "-0x1.25db5d51f7045p+3",
//       "0x1.29b70f03929abp+3"
//     ],
//     "evidence": "measured"
//   }
// }
