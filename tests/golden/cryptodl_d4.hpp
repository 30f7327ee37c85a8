// GENERATED FILE - do not edit. Change the request and generate again:
//   equiripple approximate --method cryptodl --function 'relu(x)' --domain '[-50,50]' --degree 4 -o cryptodl_d4.hpp
//
// Function    relu(x) on [-50, 50]
// Polynomial  1 stage, degree 4; Chebyshev basis, c[0] whole
// Error       0x1.b0c614d51ad69p+0 <= best possible; this table <= 0x1.1664ee042b932p+3
//             absolute; at most 2^3.13 (8.7)
//             coefficients as stored, exact evaluation; evidence: proved
// Outside     |value| <= 82.6188 on [-123.329, 154.242] (proved)
// Cost        2 levels, 2 key switches, 2 tensor products, 1 scalar product, growth 2^5.5
//             3 levels where the input has the working scale: one for the range
// Generator   equiripple 0.1.0
#pragma once
#include <equiripple/runtime.hpp>

namespace cryptodl_d4 {

static_assert(equiripple::format_version == 1,
              "this header needs another equiripple runtime");

// Stage 1: degree 4, error at most 2^3.13 (8.7) on its domain.
inline constexpr std::array<double, 5> coefficients_1 = {
    0x1.146e847702096p+3,      // T0  8.63849
    0x1.9p+4,                  // T1  25
    0x1.04f2f0565ab5ap+3,      // T2  8.15466
    0x0p+0,                    // T3  0
    -0x1.ef728414ea77dp-2,     // T4  -0.483835
};
inline constexpr std::array<double, 2> basis_1 = {-0x1.9p+5, 0x1.9p+5};
inline constexpr std::array<std::array<double, 2>, 1> domain_1 = {{
    {{-0x1.9p+5, 0x1.9p+5}},
}};
inline constexpr std::array<std::array<double, 2>, 1> range_1 = {{
    {{-0x1.1635647083285p+3, 0x1.4a79930e0f9ep+5}},
}};
inline constexpr equiripple::Claim claim_1 = {
    0x1.b0c614d51ad69p+0,  // lower
    0x1.1630c2b3370dp+3,  // attained
    0x1.1664ee042b932p+3,  // upper
    0x1p+0,  // unit
    equiripple::Claim::Metric::absolute,
    equiripple::Claim::Evidence::proved,
};
static_assert(equiripple::ascends(domain_1) && equiripple::ascends(range_1));
static_assert(basis_1[0] <= domain_1.front()[0] && domain_1.back()[1] <= basis_1[1]);
static_assert(equiripple::is_ordered(claim_1));

// Of relu(x) on [-50, 50]; absolute.
inline constexpr equiripple::Claim claim = {
    0x1.b0c614d51ad69p+0,  // lower
    0x1.1630c2b3370dp+3,  // attained
    0x1.1664ee042b932p+3,  // upper
    0x1p+0,  // unit
    equiripple::Claim::Metric::absolute,
    equiripple::Claim::Evidence::proved,
};
static_assert(equiripple::is_ordered(claim));

// The straight-line program for ciphertexts, and what it costs.
struct Plan {
  static constexpr const char* name = "cryptodl_d4";
  static constexpr int inputs = 1;
  static constexpr int levels = 2;
  static constexpr int key_switches = 2;
  static constexpr int tensor_products = 2;
  static constexpr int scalar_products = 1;
  static constexpr int rescalings = 2;
  static constexpr double growth = 0x1.6583f766015aep+5;
  static constexpr double output_scale_factor = 0x1.088d873b0e482p+0;
  static constexpr double lower = -0x1.9p+5;
  static constexpr double upper = 0x1.9p+5;
  static constexpr double half_width = 0x1.9p+5;

  template <class Evaluator, class Value>
  static Value run(Evaluator& he, const Value& x) {
    const Value t1 = he.normalise(x, 0x0p+0, 0x1.9p+5);  // scale read anew; where too large, a level
    const Value t2_product_0 = he.square(t1);  // tensor product 1 of 2
    const Value t2_multiple_0 = he.multiply_integer(t2_product_0, 2);
    const Value t2_rescaled_switched = he.relinearize(t2_multiple_0);  // KEY SWITCH 1 of 2
    const Value t2_rescaled = he.rescale(t2_rescaled_switched);  // rescaling: level 1
    const Value t2 = he.add_scalar(t2_rescaled, -0x1p+0);
    const Value result_block_1 = he.add_scalar(t2, -0x1.0daacb7fbc65p+3);
    const Value result_product_0 = he.multiply(t2, result_block_1);  // tensor product 2 of 2
    const Value result_multiple_0 = he.multiply_integer(result_product_0, -1);
    const Value t1_at_1 = he.drop(t1, 1);
    const Value result_term_1 = he.multiply_scalar(t1_at_1, 0x1.9d5d234c4650bp+4);  // scalar product
    const Value result_sum_1 = he.add(result_multiple_0, result_term_1);
    const Value result_rescaled_switched = he.relinearize(result_sum_1);  // KEY SWITCH 2 of 2
    const Value result_rescaled = he.rescale(result_rescaled_switched);  // rescaling: level 2
    const Value result = he.add_scalar(result_rescaled, 0x1.2daacb7fbc65p+3);
    return result;
  }
};

/// Levels that evaluate takes of an input at input_scale, where a rescaling divides by
/// working_scale: 2, or 3 where the scale times the range is above it.
constexpr int required_levels(double input_scale, double working_scale) {
  return equiripple::required_levels<Plan>(input_scale, working_scale);
}
/// The fewest levels that this ciphertext must have, all counted: one more where the library
/// reads results at a scale of its own.
template <class Backend>
int required_levels(Backend& he, const typename Backend::Ciphertext& x) {
  return equiripple::required_levels<Plan>(he, x);
}

/// relu(x) on [-50, 50]. The result has scale that follows from the input's: read it off the result.
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

}  // namespace cryptodl_d4

// RECORD of the request, for equiripple inspect; its numbers stand in the code above.
// {
//   "format": "equiripple",
//   "version": 1,
//   "name": "cryptodl_d4",
//   "kind": "minimax",
//   "request": {
//     "command": "approximate",
//     "method": "cryptodl",
//     "function": "relu(x)",
//     "domain": "[-50,50]",
//     "degree": "4"
//   },
//   "stages": [
//     {
//       "degree": 4,
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
//     "bound": "0x1.4a79930e0f9ep+6",
//     "reach": [
//       "-0x1.ed514fe1da4e2p+6",
//       "0x1.347c322071e9dp+7"
//     ],
//     "evidence": "proved",
//     "keeps": [
//       "-0x1.9p+5",
//       "0x1.9p+5"
//     ]
//   }
// }
