// A pass over the values. The format of NumPy's files: numpy.lib.format, versions 1 to 3.
#include "emit/network/samples.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "emit/failure.hpp"
#include "emit/hexfloat.hpp"
#include "emit/request/reading.hpp"
#include "emit/request/samples.hpp"
#include "emit/request/words.hpp"

namespace equiripple {
namespace {

constexpr std::string_view npy_mark = "\x93NUMPY";

class Extent {
 public:
  explicit Extent(std::string file) : file_(std::move(file)) {}

  void add(double value) {
    if (!std::isfinite(value)) {
      wrong_request(fmt::format("samples {}: value {} is not finite", shown(file_), count_ + 1));
    }
    least_ = count_ == 0 ? value : std::min(least_, value);
    largest_ = count_ == 0 ? value : std::max(largest_, value);
    ++count_;
  }

  ProposedRange range() const {
    if (count_ == 0)
      wrong_request(fmt::format("samples {}: there is no number in it", shown(file_)));
    constexpr int digits = 5;
    return {.lower = decimal(Rational(least_), digits, Rounding::down),
            .upper = decimal(Rational(largest_), digits, Rounding::up),
            .source = {.file = file_name_of(file_),
                       .count = count_,
                       .chance = std::min(1.0, 2.0 / (static_cast<double>(count_) + 1))}};
  }

 private:
  std::string file_;
  double least_ = 0;
  double largest_ = 0;
  std::size_t count_ = 0;
};

[[noreturn]] void wrong_npy(const std::string& file, const std::string& what) {
  wrong_request(
      fmt::format("samples {}: {}; a NumPy file of values is np.save(file, "
                  "values.astype('float64'))",
                  shown(file), what));
}

template <class Number>
void add_all(std::string_view bytes, Extent& extent) {
  for (std::size_t at = 0; at + sizeof(Number) <= bytes.size(); at += sizeof(Number)) {
    Number value = 0;
    std::memcpy(&value, bytes.data() + at, sizeof(Number));
    extent.add(static_cast<double>(value));
  }
}

void add_npy(const std::string& file, std::string_view text, Extent& extent) {
  constexpr std::size_t version_at = 6;
  constexpr std::size_t length_at = 8;
  if (text.size() < length_at + 4) wrong_npy(file, "it is cut off");
  const std::size_t length_bytes = text[version_at] == 1 ? 2 : 4;
  std::size_t length = 0;
  for (std::size_t i = length_bytes; i-- > 0;) {
    length = length * 256 + static_cast<unsigned char>(text[length_at + i]);
  }
  const std::size_t begin = length_at + length_bytes;
  if (length > text.size() - begin) wrong_npy(file, "it is cut off");
  const std::string_view head = text.substr(begin, length);
  const std::string_view values = text.substr(begin + length);
  const bool is_double = head.find("'<f8'") != std::string_view::npos;
  const bool is_single = head.find("'<f4'") != std::string_view::npos;
  if (!is_double && !is_single) wrong_npy(file, "its values are neither float32 nor float64");
  if (values.size() % (is_double ? 8 : 4) != 0) wrong_npy(file, "it is cut off");
  is_double ? add_all<double>(values, extent) : add_all<float>(values, extent);
}

}  // namespace

Outcome<ProposedRange> proposed_range(const std::string& file, const std::string& text) {
  return read_words([&] {
    Extent extent(file);
    if (text.starts_with(npy_mark)) {
      add_npy(file, text, extent);
    } else {
      for (const double value : parse_samples(file, text)) extent.add(value);
    }
    return extent.range();
  });
}

}  // namespace equiripple
