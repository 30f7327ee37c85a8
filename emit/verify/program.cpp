// The program: what it computes, what it costs, how far its sums grow.
#include <fmt/format.h>

#include "emit/hexfloat.hpp"
#include "emit/plan/expand.hpp"
#include "emit/plan/make_plan.hpp"
#include "emit/plan/meaning.hpp"
#include "emit/request/stage_problem.hpp"
#include "emit/verify/inquiry.hpp"

namespace equiripple {
namespace {

void has_no_meaning(Inquiry& inquiry, const Defect& defect) {
  inquiry.fails("plan/program/*/op", 0, "the program does not compute the function: " + defect.why);
}

// "plan: null" says that there is none to be had.
void examine_absence(Inquiry& inquiry) {
  const auto planned =
      make_plan(inquiry.artifact.kind, inquiry.stored, settings_of(inquiry.artifact));
  inquiry.decide(!planned, "plan", 0, "the program is missing: there is one for these tables");
}

void examine_growth(Inquiry& inquiry) {
  const Artifact& artifact = inquiry.artifact;
  const StageRecord& first = artifact.stages.front();
  Rational growth;
  if (is_corrected(artifact.kind)) {
    growth = growth_with_corrections(artifact.kind, inquiry.corrected, start_error_of(artifact),
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
    auto meaning = corrected_meaning(*artifact.plan, artifact.kind, artifact.corrections,
                                     inquiry.stored.front(), refreshed_start_scale(artifact));
    if (!meaning) return has_no_meaning(inquiry, meaning.error());
    inquiry.computed = {meaning->start};
    inquiry.corrected = *std::move(meaning);
  } else if (is_stepped(artifact)) {
    auto meaning = stepped_meaning(*artifact.plan, artifact.kind, without_refreshes(artifact.steps),
                                   inquiry.stored, ranges_of(artifact));
    if (!meaning) return has_no_meaning(inquiry, meaning.error());
    inquiry.computed = meaning->polynomials;
    inquiry.stepped = *std::move(meaning);
  } else {
    auto meaning = meaning_of(*artifact.plan, artifact.kind, inquiry.stored);
    if (!meaning) return has_no_meaning(inquiry, meaning.error());
    inquiry.computed = *std::move(meaning);
  }
  if (!has_tables_degrees(inquiry)) return;
  take_costs(inquiry);
  examine_growth(inquiry);
}

}  // namespace equiripple
