// `equiripple verify` in this process.
#pragma once

#include <string>

namespace equiripple::test {

struct VerifiedText {
  int status = -1;      // the exit status
  std::string message;  // of a failure
};

VerifiedText verified_text(const std::string& text);

}  // namespace equiripple::test
