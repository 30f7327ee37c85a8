// zlib's gzread takes files that are not compressed as they are.
#include "tools/study/idx.hpp"

#include <fmt/format.h>
#include <zlib.h>

#include <algorithm>
#include <cstring>
#include <filesystem>
#include <memory>

#include "emit/failure.hpp"

namespace equiripple::study {
namespace {

constexpr std::uint32_t magic_of_labels = 0x801;  // unsigned bytes, one size
constexpr std::uint32_t magic_of_images = 0x803;  // unsigned bytes, three sizes

class Reader {
 public:
  explicit Reader(const std::string& path) : path_(path) {
    if (std::filesystem::is_directory(path)) fail("is a directory, not a file");
    file_.reset(gzopen(path.c_str(), "rb"));
    if (!file_) fail(fmt::format("cannot be opened: {}", std::strerror(errno)));
  }

  [[noreturn]] void fail(const std::string& message) const {
    wrong_request(fmt::format("{}: {}", path_, message));
  }

  // As many bytes as there are, at most `size`.
  std::size_t read_some(std::uint8_t* to, std::size_t size) {
    constexpr std::size_t block = 1 << 20;  // gzread takes no more than an int
    std::size_t done = 0;
    while (done < size) {
      const int count =
          gzread(file_.get(), to + done, static_cast<unsigned>(std::min(block, size - done)));
      if (count < 0) fail_by_zlib();
      if (count == 0) break;
      done += static_cast<std::size_t>(count);
    }
    return done;
  }

  std::uint32_t read_number(const char* what) {
    std::uint8_t bytes[4];
    if (read_some(bytes, 4) != 4) {
      fail_if_cut();
      fail(fmt::format("ends within {}: not an IDX file, or cut off", what));
    }
    return std::uint32_t{bytes[0]} << 24 | std::uint32_t{bytes[1]} << 16 |
           std::uint32_t{bytes[2]} << 8 | std::uint32_t{bytes[3]};
  }

  // All bytes that are left, which must be `size`.
  std::vector<std::uint8_t> read_rest(std::size_t size) {
    std::vector<std::uint8_t> bytes(size);
    const std::size_t found = read_some(bytes.data(), size);
    if (found != size) {
      fail_if_cut();
      fail(fmt::format("is cut off: {} bytes of data, {} by its sizes", found, size));
    }
    std::uint8_t beyond = 0;
    if (read_some(&beyond, 1) != 0) {
      fail(fmt::format("goes on after the {} bytes of data that its sizes tell", size));
    }
    return bytes;
  }

 private:
  // A compressed stream that ends too early reads as an end first.
  void fail_if_cut() {
    int status = Z_OK;
    gzerror(file_.get(), &status);
    if (status != Z_OK && status != Z_STREAM_END) fail_by_zlib();
  }
  [[noreturn]] void fail_by_zlib() {
    int status = Z_OK;
    const char* message = gzerror(file_.get(), &status);
    fail(fmt::format("cannot be decompressed ({}): damaged or cut off; fetch it again", message));
  }

  struct Close {
    void operator()(gzFile file) const { gzclose(file); }
  };
  std::string path_;
  std::unique_ptr<gzFile_s, Close> file_;
};

std::string kind_of(std::uint32_t magic) {
  if (magic == magic_of_labels) return "holds labels (magic number 0x801)";
  if (magic == magic_of_images) return "holds images (magic number 0x803)";
  return fmt::format("has the magic number {:#x}", magic);
}

std::size_t read_head(Reader& file, std::uint32_t wanted, const char* what) {
  const std::uint32_t magic = file.read_number("the magic number");
  if (magic != wanted) {
    file.fail(fmt::format("{}; here must be {}, magic number {:#x}", kind_of(magic), what, wanted));
  }
  const std::uint32_t count = file.read_number("the number of items");
  if (count == 0 || count > most_items) {
    file.fail(fmt::format("tells {} {}; there must be 1 to {}", count, what, most_items));
  }
  return count;
}

}  // namespace

Images read_images(const std::string& path) {
  Reader file(path);
  const std::size_t count = read_head(file, magic_of_images, "images");
  const std::uint32_t rows = file.read_number("the number of rows");
  const std::uint32_t columns = file.read_number("the number of columns");
  if (rows != image_side || columns != image_side) {
    file.fail(fmt::format("has images of {} by {} pixels; they must be {} by {}", rows, columns,
                          image_side, image_side));
  }
  return {count, file.read_rest(count * image_size)};
}

std::vector<std::uint8_t> read_labels(const std::string& path) {
  Reader file(path);
  const std::size_t count = read_head(file, magic_of_labels, "labels");
  std::vector<std::uint8_t> labels = file.read_rest(count);
  const auto wrong = std::ranges::find_if(labels, [](std::uint8_t l) { return l >= classes; });
  if (wrong != labels.end()) {
    file.fail(fmt::format("label {} is {}; labels are 0 to 9", wrong - labels.begin(), *wrong));
  }
  return labels;
}

}  // namespace equiripple::study
