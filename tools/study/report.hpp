// The results as one HTML page that needs nothing else.
#pragma once

#include <string>

#include "tools/study/results.hpp"

namespace equiripple::study {

[[nodiscard]] std::string report_page(const StudyResults& results);

}  // namespace equiripple::study
