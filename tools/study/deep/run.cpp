// What does not depend on the library.
#include "tools/study/deep/run.hpp"

#include <stdexcept>

namespace equiripple::study {

Matrix plain_scores(const DeepNetwork& network, const DeepChoice& choice, const DigitSet& images) {
  return scores_of(network, patches_of(images, 0, images.count()), plain_activations(choice));
}

std::vector<EncryptedResult> run_deep(const std::string& library,
                                      const DeepEncryptedRequest& request) {
#ifdef EQUIRIPPLE_HAS_SEAL
  if (library == "seal") return run_deep_on_seal(request);
#endif
#ifdef EQUIRIPPLE_HAS_OPENFHE
  if (library == "openfhe") return run_deep_on_openfhe(request);
#endif
  if (library == "simulated") return run_deep_on_simulation(request);
  throw std::invalid_argument("run_deep: no library " + library);
}

}  // namespace equiripple::study
