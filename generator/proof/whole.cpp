#include "generator/proof/whole.hpp"

namespace equiripple {

Certificate certificate_of_whole(const SupNorm& norm, const std::string& what) {
  Certificate certificate;
  certificate.holds = norm.status == SupNormStatus::bounded;
  certificate.at = norm.at;
  certificate.error = {.lower = norm.attained,
                       .attained = norm.attained,
                       .upper = norm.upper,
                       .evidence = Evidence::proved};
  if (norm.status == SupNormStatus::above_limit) {
    certificate.detail = "the error of " + what + " is above the limit";
  } else if (!certificate.holds) {
    certificate.detail = "the error of " + what + " could not be bounded near this point";
  }
  return certificate;
}

}  // namespace equiripple
