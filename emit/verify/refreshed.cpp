// Refreshes: where they are follows from the steps and the program, which are compared when a file
// is read; what they add enters the domains and the error (composition.cpp).
#include <fmt/format.h>

#include "emit/plan/refresh.hpp"
#include "emit/verify/inquiry.hpp"

namespace equiripple {

void examine_refreshes(Inquiry& inquiry, const std::optional<RefreshRequest>& asked) {
  const Artifact& artifact = inquiry.artifact;
  const std::vector<Rational> noise = noise_of(artifact);
  if (!asked) {
    if (!noise.empty()) inquiry.fails("steps/*/noise", 0, "the request is of no refresh");
    return;
  }
  const RefreshRequest& terms = *asked;
  for (std::size_t i = 0; i < noise.size(); ++i) {
    if (noise[i] == 0 || noise[i] == terms.noise) continue;
    return inquiry.fails("steps/*/noise", 0,
                         fmt::format("the refresh before stage {} has another noise than the "
                                     "request",
                                     i + 1));
  }
  if (!noise.empty()) inquiry.holds("steps/*/noise");
  const std::string why = artifact.plan ? defect_of_levels(artifact.plan->program, terms)
                                        : std::string("there is no program");
  inquiry.decide(why.empty(), "request/refresh", 0,
                 "the program does not fit into the levels of the request: " + why);
}

}  // namespace equiripple
