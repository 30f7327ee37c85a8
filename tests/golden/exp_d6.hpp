// GENERATED FILE - do not edit. Change the request and generate again:
//   equiripple minimax --function 'exp(x)' --domain '[-1/3,0.1]' --degree 6 -o exp_d6.hpp
//
// Function    exp(x) on [-0.333333, 0.1]
// Polynomial  1 stage, degree 6; Chebyshev basis, c[0] whole
// Error       0x1.106c2a80f10a4p-34 <= best possible; this table <= 0x1.109f510c333f7p-34
//             absolute; at most 2^-33.90 (6.2e-11)
//             coefficients as stored, exact evaluation; evidence: proved
// Outside     |value| <= 2 on [-4.13643, 0.692003] (proved)
// Cost        3 levels, 3 key switches, 4 tensor products, 4 scalar products, growth 2^1.6
// Generator   equiripple 0.1.0
#pragma once
#include <equiripple/runtime.hpp>

namespace exp_d6 {

static_assert(equiripple::format_version == 1,
              "this header needs another equiripple runtime");

// Stage 1: degree 6, error at most 2^-33.90 (6.2e-11) on its domain.
inline constexpr std::array<double, 7> coefficients_1 = {
    0x1.ccfb7d0ac641bp-1,      // T0  0.900356
    0x1.8d311dd71bfb5p-3,      // T1  0.193941
    0x1.578fc45e006bap-7,      // T2  0.0104847
    0x1.8c9de8fff7561p-12,     // T3  0.000378243
    0x1.57887826ad8a2p-17,     // T4  1.02381e-05
    0x1.dc2dfcff236fap-23,     // T5  2.21738e-07
    0x1.131b579725145p-28,     // T6  4.00333e-09
};
inline constexpr std::array<double, 2> basis_1 = {-0x1.5555555556p-2, 0x1.99999999ap-4};
inline constexpr std::array<std::array<double, 2>, 1> domain_1 = {{
    {{-0x1.5555555555556p-2, 0x1.999999999999ap-4}},
}};
inline constexpr std::array<std::array<double, 2>, 1> range_1 = {{
    {{0x1.6edd28f56c90ap-1, 0x1.1aec9258b4c31p+0}},
}};
inline constexpr equiripple::Claim claim_1 = {
    0x1.106c2a80f10a4p-34,  // lower
    0x1.106c36d1c487p-34,  // attained
    0x1.109f510c333f7p-34,  // upper
    0x1p+0,  // unit
    equiripple::Claim::Metric::absolute,
    equiripple::Claim::Evidence::proved,
};
static_assert(equiripple::ascends(domain_1) && equiripple::ascends(range_1));
static_assert(basis_1[0] <= domain_1.front()[0] && domain_1.back()[1] <= basis_1[1]);
static_assert(equiripple::is_ordered(claim_1));

// Of exp(x) on [-0.333333, 0.1]; absolute.
inline constexpr equiripple::Claim claim = {
    0x1.106c2a80f10a4p-34,  // lower
    0x1.106c36d1c487p-34,  // attained
    0x1.109f510c333f7p-34,  // upper
    0x1p+0,  // unit
    equiripple::Claim::Metric::absolute,
    equiripple::Claim::Evidence::proved,
};
static_assert(equiripple::is_ordered(claim));

// The straight-line program for ciphertexts, and what it costs.
struct Plan {
  static constexpr const char* name = "exp_d6";
  static constexpr int inputs = 1;
  static constexpr int levels = 3;
  static constexpr int key_switches = 3;
  static constexpr int tensor_products = 4;
  static constexpr int scalar_products = 4;
  static constexpr int rescalings = 5;
  static constexpr double growth = 0x1.8p+1;
  static constexpr double output_scale_factor = 0x1p+0;
  static constexpr double lower = -0x1.5555555555556p-2;
  static constexpr double upper = 0x1.999999999999ap-4;
  static constexpr double half_width = 0x1.bbbbbbbbbep-3;

  template <class Evaluator, class Value>
  static Value run(Evaluator& he, const Value& x) {
    const Value t1 = he.normalise(x, -0x1.dddddddddcp-4, 0x1.bbbbbbbbbep-3);  // scale read anew; where too large, a level
    const Value t2_product_0 = he.square(t1);  // tensor product 1 of 4
    const Value t2_multiple_0 = he.multiply_integer(t2_product_0, 2);
    const Value t2_rescaled_switched = he.relinearize(t2_multiple_0);  // KEY SWITCH 1 of 3
    const Value t2_rescaled = he.rescale(t2_rescaled_switched);  // rescaling: level 1
    const Value t2 = he.add_scalar(t2_rescaled, -0x1p+0);
    const Value t4_product_0 = he.square(t2);  // tensor product 2 of 4
    const Value t4_multiple_0 = he.multiply_integer(t4_product_0, 2);
    const Value t4_rescaled_switched = he.relinearize(t4_multiple_0);  // KEY SWITCH 2 of 3
    const Value t4_rescaled = he.rescale(t4_rescaled_switched);  // rescaling: level 2
    const Value t4 = he.add_scalar(t4_rescaled, -0x1p+0);
    const Value result_block_1_term_0 = he.multiply_scalar(t2, 0x1.131b579725145p-27);  // scalar product
    const Value t1_at_1 = he.drop(t1, 1);
    const Value result_block_1_term_1 = he.multiply_scalar(t1_at_1, 0x1.dc2dfcff236fap-22);  // scalar product
    const Value result_block_1_sum_1 = he.add(result_block_1_term_0, result_block_1_term_1);
    const Value result_block_1_rescaled = he.rescale(result_block_1_sum_1);  // rescaling: level 2
    const Value result_block_1 = he.add_scalar(result_block_1_rescaled, 0x1.57887826ad8a2p-17);
    const Value result_block_2_term_0 = he.multiply_scalar(t1_at_1, 0x1.8c6263405771ap-11);  // scalar product
    const Value result_block_2_rescaled = he.rescale(result_block_2_term_0);  // rescaling: level 2
    const Value result_block_2 = he.add_scalar(result_block_2_rescaled, 0x1.578fbbc525aeep-7);
    const Value result_product_0 = he.multiply(result_block_1, t4);  // tensor product 3 of 4
    const Value t2_at_2 = he.drop(t2, 2);
    const Value result_product_1 = he.multiply(result_block_2, t2_at_2);  // tensor product 4 of 4
    const Value result_sum_1 = he.add(result_product_0, result_product_1);
    const Value t1_at_2 = he.drop(t1, 2);
    const Value result_term_2 = he.multiply_scalar(t1_at_2, 0x1.8c6aeca57bcf9p-3);  // scalar product
    const Value result_sum_2 = he.add(result_sum_1, result_term_2);
    const Value result_rescaled_switched = he.relinearize(result_sum_2);  // KEY SWITCH 3 of 3
    const Value result_rescaled = he.rescale(result_rescaled_switched);  // rescaling: level 3
    const Value result = he.add_scalar(result_rescaled, 0x1.ccfb7d0ac641bp-1);
    return result;
  }
};

/// Levels that evaluate takes of an input at input_scale, where a rescaling divides by
/// working_scale: 3.
constexpr int required_levels(double input_scale, double working_scale) {
  return equiripple::required_levels<Plan>(input_scale, working_scale);
}
/// The fewest levels that this ciphertext must have, all counted.
template <class Backend>
int required_levels(Backend& he, const typename Backend::Ciphertext& x) {
  return equiripple::required_levels<Plan>(he, x);
}

/// exp(x) on [-0.333333, 0.1]. The result has scale output_scale (0: the input's).
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

}  // namespace exp_d6

// RECORD of the request, for equiripple inspect; its numbers stand in the code above.
// {
//   "format": "equiripple",
//   "version": 1,
//   "name": "exp_d6",
//   "kind": "minimax",
//   "request": {
//     "command": "minimax",
//     "function": "exp(x)",
//     "domain": "[-1/3,0.1]",
//     "degree": "6"
//   },
//   "stages": [
//     {
//       "degree": 6,
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
//       "-0x1.08bb53a36515ap+2",
//       "0x1.624e44c84465ap-1"
//     ],
//     "evidence": "proved",
//     "keeps": [
//       "-0x1.5555555555556p-2",
//       "0x1.999999999999ap-4"
//     ]
//   }
// }
