// Without a file.
#include "tests/support/verified.hpp"

#include "tools/cli/artifact_text.hpp"
#include "tools/cli/verify/verify.hpp"

namespace equiripple::test {

VerifiedText verified_text(const std::string& text) {
  try {
    const Artifact artifact = artifact_in(text, "f", ExitStatus::claim_fails);
    const Verification found = verify(artifact, text);
    const Finding* failure = found.first_failure();
    if (failure == nullptr) return {0, {}};
    return {static_cast<int>(ExitStatus::claim_fails), failure->sentence};
  } catch (const Failure& failure) {
    return {static_cast<int>(failure.status()), failure.what()};
  }
}

}  // namespace equiripple::test
