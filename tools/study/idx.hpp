// IDX, the format of MNIST: a magic number that says what is stored, the sizes, then bytes.
//
// A file may be as it is or compressed by gzip. Nothing that a file says of itself is believed:
// sizes are compared with what is wanted before memory is taken, and the data must end where the
// sizes say.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace equiripple::study {

inline constexpr int image_side = 28;  // of MNIST; the network is made for it
inline constexpr int image_size = image_side * image_side;
inline constexpr int classes = 10;
inline constexpr std::uint32_t most_items = 100'000;  // chosen: MNIST has 60,000

/// Pixels from 0 to 255, an image after another, row by row.
struct Images {
  std::size_t count = 0;
  std::vector<std::uint8_t> pixels;
};

/// Throws Failure, the file and what would be right in the message.
[[nodiscard]] Images read_images(const std::string& path);

/// Each from 0 to 9.
[[nodiscard]] std::vector<std::uint8_t> read_labels(const std::string& path);

}  // namespace equiripple::study
