// A small set of handwritten digits that nobody wrote: ten blurred patterns, moved and disturbed,
// as the four files of MNIST.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "tools/study/digits.hpp"

namespace equiripple::test {

/// An IDX file with its head; bytes as they are.
std::string idx_text(std::uint32_t magic, const std::vector<std::uint32_t>& sizes,
                     const std::string& data);

/// `count` images, the classes in turn, and their labels: whole IDX files.
std::string synthetic_images(int count, std::uint64_t seed);
std::string synthetic_labels(int count);

void write_compressed(const std::string& path, const std::string& content);

/// The four files, those of training compressed.
void write_digits(const std::string& folder, int training, int test);

/// The same, read back.
study::Digits synthetic_digits(int training, int test);

}  // namespace equiripple::test
