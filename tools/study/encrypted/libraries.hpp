// The libraries that the network runs on, each defined in the file of its name where it is found.
#pragma once

#include "tools/study/encrypted/result.hpp"

namespace equiripple::study {

std::vector<EncryptedResult> run_on_seal(const EncryptedRequest& request);
std::vector<EncryptedResult> run_on_openfhe(const EncryptedRequest& request);
std::vector<EncryptedResult> run_on_simulation(const EncryptedRequest& request);

}  // namespace equiripple::study
