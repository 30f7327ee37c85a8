// What the applications share: data, the range that it has, and a ReLU made for that range.
#pragma once

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <equiripple/make.hpp>
#include <equiripple/program.hpp>
#include <string>
#include <vector>

// Stands for the output of a layer.
inline std::vector<double> measured_data(std::size_t count) {
  std::vector<double> data;
  for (std::size_t i = 0; i < count; ++i) {
    const double t = static_cast<double>(i) / static_cast<double>(count);
    data.push_back(17.3 * std::sin(40 * t) * std::exp(-t));
  }
  return data;
}

// The next whole number above all of them, as exact text.
inline std::string measured_range(const std::vector<double>& data) {
  double largest = 0;
  for (const double x : data) largest = std::max(largest, std::abs(x));
  return std::to_string(static_cast<int>(std::ceil(largest * 1.05)));
}

inline equiripple::library::Function made_relu(const std::vector<double>& data, const char* bits) {
  namespace er = equiripple::library;
  const er::Made made = er::make(
      {"relu", {{"bits", {bits}}, {"range", {measured_range(data)}}}}, [](std::string_view work) {
        std::printf("  %.*s ...\n", static_cast<int>(work.size()), work.data());
        return true;  // false would end it
      });
  if (!made) {
    std::printf("%s\n", made.sentence.c_str());
    std::exit(static_cast<int>(made.status));
  }
  std::printf("%s: within %.3g, %d levels, %d key switches\n", made.function->description().c_str(),
              made.function->error().upper * made.function->error().unit,
              made.function->costs()->levels, made.function->costs()->key_switches);
  return *made.function;
}

// Says how far the results are from ReLU; the exit status.
inline int report(const char* where, const std::vector<double>& data,
                  const std::vector<double>& results, const equiripple::library::Function& relu) {
  const double bound = relu.error().upper * relu.error().unit;
  double largest = 0;
  for (std::size_t i = 0; i < data.size(); ++i) {
    largest = std::max(largest, std::abs(results[i] - std::max(data[i], 0.0)));
  }
  std::printf("%s: largest error %.3g; the polynomial's bound is %.3g, the rest is noise\n", where,
              largest, bound);
  return largest <= 1.1 * bound + 1e-4 * relu.error().unit ? 0 : 1;
}
