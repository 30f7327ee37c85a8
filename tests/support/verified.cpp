// Without a file.
#include "tests/support/verified.hpp"

#include "emit/artifact_text.hpp"
#include "emit/verify/verify.hpp"

namespace equiripple::test {

VerifiedText verified_text(const std::string& text) {
  const Outcome<Artifact> artifact = artifact_in(text, "f", Status::claim_fails);
  if (!artifact) return {static_cast<int>(artifact.error().status), legible(artifact.error().why)};
  const Verification found = verify(*artifact, text);
  const Finding* failure = found.first_failure();
  if (failure == nullptr) return {0, {}};
  return {static_cast<int>(Status::claim_fails), failure->sentence};
}

}  // namespace equiripple::test
