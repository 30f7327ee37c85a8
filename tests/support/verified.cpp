// Without a file.
#include "tests/support/verified.hpp"

#include "emit/artifact_text.hpp"
#include "emit/verify/verify.hpp"

namespace equiripple::test {

VerifiedText verified_text(const std::string& text) {
  try {
    const Artifact artifact = artifact_in(text, "f", Status::claim_fails);
    const Verification found = verify(artifact, text);
    const Finding* failure = found.first_failure();
    if (failure == nullptr) return {0, {}};
    return {static_cast<int>(Status::claim_fails), failure->sentence};
  } catch (const Failure& failure) {
    return {static_cast<int>(failure.status()), failure.what()};
  }
}

}  // namespace equiripple::test
