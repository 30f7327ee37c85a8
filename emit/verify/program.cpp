// The program: what it computes, what it costs, how far its sums grow.
#include <fmt/format.h>

#include "emit/hexfloat.hpp"
#include "emit/offer.hpp"
#include "emit/plan/expand.hpp"
#include "emit/plan/make_plan.hpp"
#include "emit/plan/meaning.hpp"
#include "emit/verify/inquiry.hpp"

namespace equiripple {
namespace {

constexpr const char* no_meaning = "the program does not compute the function: ";

// "plan: null" says that there is none to be had.
void examine_absence(Inquiry& inquiry) {
  const auto planned =
      make_plan(inquiry.artifact.kind, inquiry.stored, recorded_settings(inquiry.artifact.request));
  inquiry.decide(!planned, "plan", 0, "the program is missing: there is one for these tables");
}

void examine_growth(Inquiry& inquiry) {
  const Artifact& artifact = inquiry.artifact;
  const StageRecord& first = artifact.stages.front();
  Rational growth;
  if (is_corrected(artifact.kind)) {
    growth = growth_with_corrections(artifact.kind, inquiry.corrected, first.claim.error.upper,
                                     hull(first.domain));
  } else if (is_stepped(artifact)) {
    growth = inquiry.stepped.growth;
  } else {
    growth = expand(artifact.plan->program).growth;
  }
  inquiry.decide(growth == artifact.plan->growth, "plan/growth", 0,
                 fmt::format("the growth of the program is {}, not the claimed {}",
                             hexfloat(growth), hexfloat(artifact.plan->growth)));
}

// contradiction_in() has compared them.
void take_costs(Inquiry& inquiry) {
  for (const char* cost :
       {"levels", "key_switches", "tensor_products", "scalar_products", "rescalings"}) {
    inquiry.holds(std::string("plan/") + cost);
  }
}

bool has_tables_degrees(Inquiry& inquiry) {
  for (std::size_t i = 0; i < inquiry.computed.size(); ++i) {
    const int computed = inquiry.computed[i].degree();
    const int stored = inquiry.stored[i].degree();
    if (computed <= stored) continue;
    inquiry.fails("plan/program/*/op", static_cast<int>(i) + 1,
                  fmt::format("the program computes a polynomial of degree {} for stage {}, "
                              "whose table has degree {}",
                              computed, i + 1, stored));
    return false;
  }
  return true;
}

}  // namespace

void examine_program(Inquiry& inquiry) {
  const Artifact& artifact = inquiry.artifact;
  if (!artifact.plan) return examine_absence(inquiry);
  if (is_corrected(artifact.kind)) {
    inquiry.corrected = corrected_meaning(*artifact.plan, artifact.kind, artifact.corrections,
                                          inquiry.stored.front());
    if (!inquiry.corrected.start) {
      return inquiry.fails("plan/program/*/op", 0, no_meaning + inquiry.corrected.defect);
    }
    inquiry.computed = {*inquiry.corrected.start};
  } else if (is_stepped(artifact)) {
    inquiry.stepped =
        stepped_meaning(*artifact.plan, artifact.kind, without_refreshes(artifact.steps),
                        inquiry.stored, ranges_of(artifact));
    if (!inquiry.stepped.polynomials) {
      return inquiry.fails("plan/program/*/op", 0, no_meaning + inquiry.stepped.defect);
    }
    inquiry.computed = *inquiry.stepped.polynomials;
  } else {
    ProgramMeaning meaning = meaning_of(*artifact.plan, artifact.kind, inquiry.stored);
    if (!meaning.stages) return inquiry.fails("plan/program/*/op", 0, no_meaning + meaning.defect);
    inquiry.computed = std::move(*meaning.stages);
  }
  if (!has_tables_degrees(inquiry)) return;
  take_costs(inquiry);
  examine_growth(inquiry);
}

}  // namespace equiripple
