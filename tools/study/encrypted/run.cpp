// What does not depend on the library.
#include "tools/study/encrypted/run.hpp"

#include <stdexcept>

#include "tools/study/encrypted/libraries.hpp"

namespace equiripple::study {
namespace {

double margin_of(const Matrix& scores, Eigen::Index image) {
  Vector sorted = scores.col(image);
  std::ranges::sort(sorted, std::greater<>());
  return sorted[0] - sorted[1];
}

}  // namespace

void judge(EncryptedResult& result, const Matrix& encrypted, const Matrix& plain,
           const std::vector<int>& right) {
  const std::vector<int> found = labels_of(encrypted);
  const std::vector<int> expected = labels_of(plain);
  result.accuracy = accuracy(found, right);
  result.plain_accuracy = accuracy(expected, right);
  const double error = (encrypted - plain).cwiseAbs().maxCoeff();
  result.bits = std::log2(plain.cwiseAbs().maxCoeff() / error);
  for (std::size_t i = 0; i < found.size(); ++i) {
    if (found[i] == expected[i]) continue;
    const auto image = static_cast<Eigen::Index>(i);
    result.differences.push_back({image, right[i], expected[i], found[i], margin_of(plain, image),
                                  margin_of(encrypted, image)});
  }
}

Matrix plain_scores(const Network& network, const Method& method, const DigitSet& images) {
  const Matrix inputs = convolved(network, patches_of(images, 0, images.count()));
  return scores_of(network, activated(method, inputs));
}

double largest_score(const EncryptedRequest& request, const Method& method) {
  constexpr Eigen::Index looked_at = 1000;  // chosen
  return plain_scores(request.network, method, first_of(request.training, looked_at))
      .cwiseAbs()
      .maxCoeff();
}

std::vector<std::string> encryption_libraries() {
  return {
#ifdef EQUIRIPPLE_HAS_SEAL
      "seal",
#endif
#ifdef EQUIRIPPLE_HAS_OPENFHE
      "openfhe",
#endif
      "simulated"};
}

std::vector<EncryptedResult> run_encrypted(const std::string& library,
                                           const EncryptedRequest& request) {
#ifdef EQUIRIPPLE_HAS_SEAL
  if (library == "seal") return run_on_seal(request);
#endif
#ifdef EQUIRIPPLE_HAS_OPENFHE
  if (library == "openfhe") return run_on_openfhe(request);
#endif
  if (library == "simulated") return run_on_simulation(request);
  throw std::invalid_argument("run_encrypted: no library " + library);
}

}  // namespace equiripple::study
