// Words of a command line as a request, without a process.
#pragma once

#include <string>
#include <vector>

#include "emit/artifact.hpp"

namespace equiripple::test {

/// {"relu", "--bits", "9", "--range=8", "--no-absorption"}: a command of the table and its options.
RequestRecord request_words(const std::vector<std::string>& words);

}  // namespace equiripple::test
