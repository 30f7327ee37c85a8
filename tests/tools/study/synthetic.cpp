// A pattern is two soft spots, whose places on a circle say the class.
#include "tests/tools/study/synthetic.hpp"

#include <zlib.h>

#include <cmath>
#include <numbers>
#include <stdexcept>

#include "tests/support/command.hpp"
#include "tests/support/random.hpp"

namespace equiripple::test {
namespace {

constexpr int side = 28;
constexpr int classes = 10;

double spot(double row, double column, double angle) {
  const double distance_row = row - 13.5 - 8 * std::sin(angle);
  const double distance_column = column - 13.5 - 8 * std::cos(angle);
  return std::exp(-(distance_row * distance_row + distance_column * distance_column) / 8);
}

std::string image_of(int label, Random& random) {
  const double angle = 2 * std::numbers::pi * label / classes;
  const double up = real_between(random, -1.5, 1.5);
  const double left = real_between(random, -1.5, 1.5);
  std::string pixels;
  for (int row = 0; row < side; ++row) {
    for (int column = 0; column < side; ++column) {
      const double value = 0.8 * spot(row + up, column + left, angle) +
                           0.6 * spot(row + up, column + left, 3 * angle + 1) +
                           real_between(random, 0, 0.4);
      pixels += static_cast<char>(static_cast<unsigned char>(255 * std::min(1.0, value)));
    }
  }
  return pixels;
}

}  // namespace

std::string idx_text(std::uint32_t magic, const std::vector<std::uint32_t>& sizes,
                     const std::string& data) {
  std::string text;
  const auto add = [&](std::uint32_t number) {
    for (int shift = 24; shift >= 0; shift -= 8) {
      text += static_cast<char>(static_cast<unsigned char>(number >> shift & 0xff));
    }
  };
  add(magic);
  for (const std::uint32_t size : sizes) add(size);
  return text + data;
}

std::string synthetic_images(int count, std::uint64_t seed) {
  Random random(seed);
  std::string data;
  for (int i = 0; i < count; ++i) data += image_of(i % classes, random);
  return idx_text(0x803, {static_cast<std::uint32_t>(count), side, side}, data);
}

std::string synthetic_labels(int count) {
  std::string data;
  for (int i = 0; i < count; ++i) data += static_cast<char>(i % classes);
  return idx_text(0x801, {static_cast<std::uint32_t>(count)}, data);
}

void write_compressed(const std::string& path, const std::string& content) {
  gzFile file = gzopen(path.c_str(), "wb1");
  const int written = gzwrite(file, content.data(), static_cast<unsigned>(content.size()));
  if (gzclose(file) != Z_OK || written != static_cast<int>(content.size())) {
    throw std::runtime_error("cannot write " + path);
  }
}

void write_digits(const std::string& folder, int training, int test) {
  write_compressed(folder + "/train-images-idx3-ubyte.gz", synthetic_images(training, 1));
  write_compressed(folder + "/train-labels-idx1-ubyte.gz", synthetic_labels(training));
  write_text(folder + "/t10k-images-idx3-ubyte", synthetic_images(test, 2));
  write_text(folder + "/t10k-labels-idx1-ubyte", synthetic_labels(test));
}

study::Digits synthetic_digits(int training, int test) {
  const TemporaryFolder folder;
  write_digits(folder.path(), training, test);
  return study::read_digits(folder.path());
}

}  // namespace equiripple::test
