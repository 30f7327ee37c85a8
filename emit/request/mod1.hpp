// Modular reduction for bootstrapping: what the words of `mod1` mean as a problem.
//
// x mod 1 near the integers is sin(2 pi x) / (2 pi); bootstrapping approximates the cosine
// cos(2 pi (x - 1/4) / 2^r) near the integers only and doubles the angle r times.
#pragma once

#include <string>

#include "emit/request/given_options.hpp"
#include "emit/request/requests.hpp"
#include "generator/exchange/minimax.hpp"

namespace equiripple {

struct Mod1Words {
  std::string range;         // K: integers i with |i| < K
  std::string width;         // of the intervals [i - width, i + width]
  std::string double_angle;  // r
};

/// Fails with wrong_request.
[[nodiscard]] MinimaxRequest mod1_problem(const Mod1Words& words);

/// `--doublings inside`: the doublings are steps, and the claim is about the sine; `--arcsine`: a
/// polynomial of that is, too, and the claim is about x minus its nearest integer. Likewise.
[[nodiscard]] SteppedRequest mod1_inside_request(const GivenOptions& given);

/// The problem of the cosine whose angle is doubled: a small error d of cos(phi) becomes 2^r d
/// sin(2^r phi) / sin(phi), of which |sin(2^r phi)| is next to 1 near the integers; so its weight
/// is 1/|sin(phi)|, phi = 2 pi (x - 1/4) / 2^r.
[[nodiscard]] MinimaxRequest doubled_cosine_problem(const Domain& domain, int doublings);

/// That of the polynomial of the sine, without its domain, which is where the sine is.
[[nodiscard]] MinimaxRequest arcsine_problem();

}  // namespace equiripple
