// The pictures of the report.
#pragma once

#include "emit/picture/chart.hpp"
#include "tools/study/results.hpp"

namespace equiripple::study {

/// Accuracy against levels, with what the survey reports.
[[nodiscard]] Chart accuracy_chart(const StudyResults& results);

/// What is lost against ReLU, for methods that are near it.
[[nodiscard]] Chart loss_chart(const StudyResults& results);

/// Accuracy against the time of an image on ciphertexts.
[[nodiscard]] Chart latency_chart(const StudyResults& results);

/// The activations that the survey compares, and their distance from ReLU.
[[nodiscard]] Chart activation_chart(const StudyResults& results);
[[nodiscard]] Chart error_chart(const StudyResults& results);

}  // namespace equiripple::study
