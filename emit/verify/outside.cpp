// How far beyond its range the polynomial stays bounded: proved again; where the file says that it
// was measured, measured again, and proved on the range.
#include <fmt/format.h>

#include "emit/describe.hpp"
#include "emit/direct.hpp"
#include "emit/hexfloat.hpp"
#include "emit/verify/inquiry.hpp"
#include "generator/bounded_reach.hpp"
#include "generator/proof/beyond.hpp"
#include "generator/proof/certify.hpp"

namespace equiripple {
namespace {

// Between the intervals of its domain, too, each stage stays in what the basis of the next one
// takes.
bool is_bounded_on_range(const Inquiry& inquiry, const Rational& bound) {
  const auto& stages = inquiry.artifact.stages;
  for (std::size_t i = 0; i < stages.size(); ++i) {
    const bool last = i + 1 == stages.size();
    const Interval taken = i == 0 ? hull(stages[i].domain) : stages[i].polynomial.basis;
    const Interval values = last ? Interval{-bound, bound} : stages[i + 1].polynomial.basis;
    if (!certify_range(stages[i].polynomial, {taken}, values).holds) return false;
  }
  return true;
}

}  // namespace

void examine_outside(Inquiry& inquiry) {
  const Artifact& artifact = inquiry.artifact;
  if (!artifact.outside) return;
  if (!noise_of(artifact).empty()) {
    return inquiry.fails("outside/bound", 0,
                         "with the noise of a refresh nothing is known beyond the range");
  }
  if (is_corrected(artifact.kind)) {
    return inquiry.fails("outside/bound", 0, "of corrections nothing is known beyond the range");
  }
  const auto& [bound, reach, evidence, side] = *artifact.outside;
  const Domain& domain = artifact.stages.front().domain;
  const Interval range = hull(domain);
  const bool holds_range = reach.lower <= range.lower && range.upper <= reach.upper;
  inquiry.holds("outside/evidence");
  if (side) {
    const bool is_sign = artifact.kind != Kind::minimax && !is_direct(artifact);
    inquiry.decide(is_sign && domain.size() == 2 && *side >= domain.back().upper &&
                       keeps_side(inquiry.stored, {domain.back().lower, *side}),
                   "outside/side", 0,
                   fmt::format("what is said of the outside: the sign is not proved to be on its "
                               "side of 0 up to {}",
                               decimal(*side)));
  }
  if (evidence == Evidence::proved) {
    inquiry.decide(bound > 0 && holds_range, "outside/reach/*", 0,
                   fmt::format("what is said of the outside: {} does not hold the range {}",
                               interval_text(reach), interval_text(range)));
    inquiry.decide(stays_bounded(inquiry.stored, reach, bound), "outside/bound", 0,
                   fmt::format("what is said of the outside: the magnitude is not proved to be at "
                               "most {} on {}",
                               decimal(bound), interval_text(reach)));
    return;
  }
  inquiry.decide(bound > 0 && is_bounded_on_range(inquiry, bound), "outside/bound", 0,
                 fmt::format("what is said of the outside: the magnitude passes {} on the range",
                             decimal(bound)));
  if (!inquiry.all_hold()) return;
  const Interval measured = bounded_reach(inquiry.stored, domain, bound);
  inquiry.decide(holds_range && measured.lower <= reach.lower && reach.upper <= measured.upper,
                 "outside/reach/*", 0,
                 fmt::format("what is said of the outside: the magnitude is at most {} on {}, not "
                             "on {}",
                             decimal(bound), interval_text(measured), interval_text(reach)));
}

}  // namespace equiripple
