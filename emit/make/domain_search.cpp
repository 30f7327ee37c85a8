// Proofs on what lies beyond an end; the function's own end is one as well.
#include "emit/make/domain_search.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "emit/hexfloat.hpp"
#include "emit/make/approximate.hpp"
#include "emit/make/observer.hpp"
#include "generator/exchange/measure.hpp"
#include "generator/proof/certify.hpp"

namespace equiripple {
namespace {

constexpr int point_digits = 12;
constexpr long steps_log2 = 26;           // of the asked interval's width; chosen
constexpr long steps_of_resolution = 4;   // chosen: rounding may cost three
constexpr long first_move = 1L << 22;     // steps: a sixteenth of the width; chosen
constexpr long farthest_move = 1L << 36;  // a thousand widths; chosen

Rational step_of(const Domain& asked) {
  const Interval whole = hull(asked);
  const auto width_log2 =
      static_cast<long>(std::floor(log2_of(Rational(whole.upper - whole.lower))));
  return power_of_two(width_log2 - steps_log2);
}

struct Probe {
  bool keeps = false;            // proved
  std::optional<Rational> at{};  // where the error exceeds the tolerance; else the function ends,
                                 // or it is not decided
};

// Not at all where the function is not continuous there.
Outcome<std::optional<ApproximationRequest>> posed_on(const ApproximationRequest& request,
                                                      const Interval& interval) {
  Outcome<ApproximationRequest> posed = on_domain(request, {interval});
  if (posed) return std::optional(*std::move(posed));
  if (posed.error().leaves_others()) return posed.error();  // it could not be looked at
  return std::optional<ApproximationRequest>();
}

Outcome<Probe> probed(const ApproximationRequest& request, const Interval& interval) {
  const Outcome<std::optional<ApproximationRequest>> posed = posed_on(request, interval);
  if (!posed) return posed.error();
  if (!*posed) return Probe{};
  MinimaxRequest problem = (*posed)->problem;
  const ChebyshevSeries p = rounded(classical_polynomial(**posed).polynomial, binary64_bits);
  problem.domain = rounded_outward(problem.domain);
  const Certificate proof = certify_limit(problem, p, kept_limit(*request.tolerance));
  if (proof.holds) return Probe{.keeps = true};
  if (proof.error.attained > kept_limit(*request.tolerance)) return Probe{.at = proof.at};
  return Probe{};
}

// How many steps one end can be moved.
class EndSearch {
 public:
  EndSearch(const ApproximationRequest& request, const Rational& end, const Rational& step)
      : request_(request), end_(end), step_(step) {}

  Outcome<long> run() {
    long bad = 0;
    for (long move = first_move; bad == 0; move *= 2) {
      if (good_ > farthest_move) {
        return about("--find-domain",
                     fmt::format(" {}: the error still keeps to it at x = {}; give a smaller "
                                 "tolerance, or the domain itself",
                                 decimal(*request_.tolerance), decimal(place(good_))));
      }
      const Outcome<long> end = tried(good_ + move);
      if (!end) return end;
      bad = *end;
    }
    while (bad > good_ + 1) {
      const Outcome<long> nearer = tried(good_ + (bad - good_) / 2);
      if (!nearer) return nearer;
      if (*nearer != 0) bad = *nearer;
    }
    return good_;
  }

 private:
  Rational place(long steps) const { return end_ + step_ * steps; }

  // Moves there, for 0, or says where it goes no further.
  Outcome<long> tried(long steps) {
    report_work(fmt::format("looking for the domain, up to x = {}", decimal(place(steps))));
    const Rational from = place(good_);
    const Rational to = place(steps);
    const Outcome<Probe> probe =
        probed(request_, from < to ? Interval{from, to} : Interval{to, from});
    if (!probe) return probe.error();
    if (probe->keeps) {
      good_ = steps;
      return 0L;
    }
    if (!probe->at) return steps;
    const Rational exact = (*probe->at - end_) / step_;
    const auto above = static_cast<long>(to_double(Rational(-floor_of(-exact))));
    return std::clamp(above, good_ + 1, steps);
  }

  const ApproximationRequest& request_;
  Rational end_;
  Rational step_;  // signed
  long good_ = 0;
};

}  // namespace

Rational kept_limit(const Rational& tolerance) {
  constexpr long room_log2 = -36;  // chosen: above what the proof of the program leaves
  return Rational(to_double(Rational(tolerance * (1 - power_of_two(room_log2))), Rounding::down));
}

Domain FoundDomain::narrowed(long steps) const {
  return {{std::min(asked.lower, Rational(kept.lower + step * steps)),
           std::max(asked.upper, Rational(kept.upper - step * steps))}};
}

Rational resolution_of(const Domain& asked) { return step_of(asked) * steps_of_resolution; }

Outcome<ApproximationRequest> on_domain(const ApproximationRequest& request, const Domain& domain) {
  Outcome<MinimaxRequest> problem = problem_of(request.problem.target, request.weight, domain);
  if (!problem) return problem.error();
  ApproximationRequest posed = request;
  posed.problem = *std::move(problem);
  return posed;
}

Outcome<FoundDomain> largest_domain(const ApproximationRequest& request) {
  const Interval& asked = request.problem.domain.front();
  const Outcome<Probe> inside = probed(request, asked);
  if (!inside) return inside.error();
  if (inside->at) {
    return about("--find-domain",
                 fmt::format(" {}: on --domain the error reaches it, at x = {}",
                             decimal(*request.tolerance), decimal(*inside->at, point_digits)));
  }
  if (!inside->keeps) {
    return about("--find-domain", fmt::format(" {}: that the error keeps to it on --domain is not "
                                              "proved",
                                              decimal(*request.tolerance)));
  }
  const Rational step = step_of(request.problem.domain);
  const Outcome<long> below = EndSearch(request, asked.lower, -step).run();
  if (!below) return below.error();
  const Outcome<long> above = EndSearch(request, asked.upper, step).run();
  if (!above) return above.error();
  return FoundDomain{.asked = asked,
                     .kept = {asked.lower - step * *below, asked.upper + step * *above},
                     .step = step};
}

std::optional<Refusal> doubt_of_ends(const ApproximationRequest& request,
                                     const StageRecord& stage) {
  const Rational& tolerance = *request.tolerance;
  const Interval found = hull(stage.domain);
  const Rational resolution = resolution_of(request.problem.domain);
  const Interval sides[] = {{found.lower - resolution, found.lower},
                            {found.upper, found.upper + resolution}};
  for (const Interval& side : sides) {
    const Outcome<std::optional<ApproximationRequest>> posed = posed_on(request, side);
    if (!posed) return posed.error();
    if (!*posed) continue;  // the function ends
    MinimaxRequest problem = (*posed)->problem;
    problem.domain = rounded_outward(problem.domain);
    const ChebyshevSeries p = from_powers(to_powers(stage.polynomial), basis_for(problem.domain));
    if (certify_limit(problem, p, tolerance).error.attained > tolerance) continue;
    return about("--find-domain",
                 fmt::format(" {}: between {} and {} no point was found where the error exceeds it",
                             decimal(tolerance), decimal(side.lower, point_digits),
                             decimal(side.upper, point_digits)));
  }
  return std::nullopt;
}

}  // namespace equiripple
