// Costs are counted, and noise is that of the model.
#include "emit/plan/stage_ranking.hpp"

#include <tuple>

namespace equiripple {

UsualNoise noise_of(const StageTask& task, const StageChoice& choice) {
  return usual_noise(trial_of(task, choice).program, {{-1, 1}}, choice.output_scale_factor);
}

bool is_cheaper(const StageChoice& a, const StageChoice& b) {
  const auto cost = [](const StageChoice& c) {
    return std::tuple(c.costs.key_switches, c.costs.tensor_products, c.costs.rescalings,
                      c.costs.scalar_products);
  };
  return cost(a) < cost(b);
}

bool is_better(const StageTask& task, const StageChoice& a, const StageChoice& b) {
  if (a.within_limits != b.within_limits) return a.within_limits;
  if (!a.within_limits) return a.strain < b.strain;
  if (!task.is_of_sign && a.costs.key_switches == b.costs.key_switches) {
    const UsualNoise of_a = noise_of(task, a);
    const UsualNoise of_b = noise_of(task, b);
    const bool a_may_be = is_as_precise(of_a, of_b, bits_worth_products);
    if (a_may_be != is_as_precise(of_b, of_a, bits_worth_products)) return a_may_be;
  }
  return is_cheaper(a, b);
}

}  // namespace equiripple
