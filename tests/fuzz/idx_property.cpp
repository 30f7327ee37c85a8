// Through a file, as the reader takes no other way.
#include "tests/fuzz/idx_property.hpp"

#include <fmt/format.h>
#include <unistd.h>
#include <zlib.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <stdexcept>

#include "tests/fuzz/properties.hpp"
#include "tools/study/idx.hpp"

namespace equiripple::test {
namespace {

class ScratchFile {
 public:
  ScratchFile() : path_(std::filesystem::temp_directory_path() / "equiripple-idx-XXXXXX") {
    const int descriptor = mkstemp(path_.data());
    if (descriptor < 0) throw std::runtime_error("no temporary file");
    close(descriptor);
  }
  ~ScratchFile() { std::remove(path_.c_str()); }
  ScratchFile(const ScratchFile&) = delete;
  ScratchFile& operator=(const ScratchFile&) = delete;

  const std::string& path() const { return path_; }
  void write(const std::string& content) const {
    std::FILE* file = std::fopen(path_.c_str(), "wb");
    if (file == nullptr) throw std::runtime_error("a temporary file cannot be opened");
    const std::size_t written = std::fwrite(content.data(), 1, content.size(), file);
    if (std::fclose(file) != 0 || written != content.size()) {
      throw std::runtime_error("a temporary file cannot be written");
    }
  }

 private:
  std::string path_;
};

std::string big_endian(std::uint32_t number) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(number >> shift & 0xff);
  return bytes;
}

std::string compressed(const std::string& content) {
  const ScratchFile file;
  const gzFile stream = gzopen(file.path().c_str(), "wb");
  gzwrite(stream, content.data(), static_cast<unsigned>(content.size()));
  gzclose(stream);
  std::string bytes(std::filesystem::file_size(file.path()), '\0');
  std::FILE* read = std::fopen(file.path().c_str(), "rb");
  const std::size_t count = std::fread(bytes.data(), 1, bytes.size(), read);
  std::fclose(read);
  bytes.resize(count);
  return bytes;
}

}  // namespace

std::vector<std::string> idx_corpus() {
  const std::string side = big_endian(study::image_side);
  const std::string images =
      big_endian(0x803) + big_endian(2) + side + side + std::string(2 * study::image_size, '\x7f');
  const std::string labels =
      big_endian(0x801) + big_endian(10) + std::string("\0\1\2\3\4\5\6\7\x8\x9", 10);
  return {images, labels, compressed(images), compressed(labels), big_endian(0x801), ""};
}

std::string broken_by_idx(const std::string& content) {
  static const ScratchFile file;
  file.write(content);
  const std::string broken = broken_refusal([&] {
    const study::Images images = study::read_images(file.path());
    return images.count > 0 && images.pixels.size() == images.count * study::image_size
               ? std::string()
               : fmt::format("{} images of {} bytes", images.count, images.pixels.size());
  });
  if (!broken.empty()) return broken;
  return broken_refusal([&] {
    const std::vector<std::uint8_t> labels = study::read_labels(file.path());
    const bool sound = std::ranges::all_of(labels, [](auto l) { return l < study::classes; });
    return sound && !labels.empty() ? std::string() : "labels that are none";
  });
}

}  // namespace equiripple::test
