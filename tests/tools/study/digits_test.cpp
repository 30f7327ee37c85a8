// The reader of IDX files: what it takes, and that it names what is wrong with the rest.
#include <doctest/doctest.h>

#include <filesystem>

#include "emit/failure.hpp"
#include "tests/support/command.hpp"
#include "tests/support/data.hpp"
#include "tests/tools/study/synthetic.hpp"
#include "tools/study/digits.hpp"

using namespace equiripple;
namespace fs = std::filesystem;

namespace {

// Why a folder is refused; empty where it is not.
std::string refusal(const std::string& folder) {
  try {
    static_cast<void>(study::read_digits(folder));
    return {};
  } catch (const Failure& failure) {
    CHECK(failure.status() == Status::wrong_request);
    return failure.what();
  }
}

void check_says(const std::string& message, const std::vector<std::string>& parts) {
  CAPTURE(message);
  for (const std::string& part : parts) {
    CAPTURE(part);
    CHECK(message.find(part) != std::string::npos);
  }
}

// The message for good files but for one, which holds `content`.
std::string refusal_of_file(const std::string& name, const std::string& content) {
  const test::TemporaryFolder folder;
  test::write_digits(folder.path(), 30, 20);
  fs::remove(folder / (name + ".gz"));
  test::write_text(folder / name, content);
  return refusal(folder.path());
}

}  // namespace

TEST_CASE("digits are read from compressed files and from plain ones alike") {
  const test::TemporaryFolder folder;
  test::write_digits(folder.path(), 30, 20);
  const auto digits = study::read_digits(folder.path());
  CHECK(digits.training.count() == 30);
  CHECK(digits.test.count() == 20);
  CHECK(digits.training.labels[13] == 3);
  const std::string images = test::synthetic_images(20, 2);
  for (const Eigen::Index i : {0, 5, 19}) {
    for (const Eigen::Index pixel : {0, 400, 783}) {
      const char stored = images[static_cast<std::size_t>(16 + 784 * i + pixel)];
      CHECK(digits.test.pixels(pixel, i) == static_cast<std::uint8_t>(stored));
    }
  }
  test::write_text(folder / "train-images-idx3-ubyte", test::synthetic_images(30, 1));
  fs::remove(folder / "train-images-idx3-ubyte.gz");
  CHECK(study::read_digits(folder.path()).training.pixels == digits.training.pixels);
}

TEST_CASE("missing files: the names that are looked for, and where they are to be had") {
  const test::TemporaryFolder folder;
  check_says(refusal(folder / "nowhere"), {"nowhere", "no such folder", "mnist"});
  check_says(refusal(folder.path()), {"no train-images-idx3-ubyte and no", ".gz", "https://"});
  test::write_digits(folder.path(), 30, 20);
  fs::remove(folder / "t10k-labels-idx1-ubyte");
  check_says(refusal(folder.path()), {"there is no t10k-labels-idx1-ubyte"});
  fs::create_directory(folder / "t10k-labels-idx1-ubyte");
  check_says(refusal(folder.path()), {"t10k-labels-idx1-ubyte", "is a directory"});
}

TEST_CASE("a file of another kind is named, with what would be right") {
  const std::string labels = "train-labels-idx1-ubyte";
  const std::string images = "train-images-idx3-ubyte";
  check_says(refusal_of_file(images, test::synthetic_labels(30)),
             {images, "holds labels", "must be images", "0x803"});
  check_says(refusal_of_file(labels, test::synthetic_images(30, 1)),
             {labels, "holds images", "must be labels", "0x801"});
  check_says(refusal_of_file(labels, "<html>not found</html>"),
             {labels, "magic number 0x3c68746d"});
  check_says(refusal_of_file(labels, ""), {labels, "ends within the magic number"});
  check_says(refusal_of_file(images, test::idx_text(0x803, {30, 32, 32}, "")),
             {images, "32 by 32", "must be 28 by 28"});
}

TEST_CASE("sizes are not believed") {
  const std::string labels = "train-labels-idx1-ubyte";
  const std::string images = "train-images-idx3-ubyte";
  const std::string good = test::synthetic_images(30, 1);
  check_says(refusal_of_file(images, good.substr(0, good.size() - 1)),
             {images, "cut off", "23519 bytes of data, 23520 by its sizes"});
  check_says(refusal_of_file(images, good + "x"), {images, "goes on after the 23520 bytes"});
  check_says(refusal_of_file(images, good.substr(0, 10)), {images, "ends within"});
  check_says(refusal_of_file(images, test::idx_text(0x803, {0xffffffff, 28, 28}, "")),
             {images, "4294967295", "1 to 100000"});
  check_says(refusal_of_file(images, test::idx_text(0x803, {0, 28, 28}, "")), {images, "tells 0"});
  check_says(refusal_of_file(labels, test::idx_text(0x801, {3}, std::string("\1\12\3", 3))),
             {labels, "label 1 is 10", "0 to 9"});
}

TEST_CASE("a compressed file that is damaged or cut off") {
  const test::TemporaryFolder folder;
  test::write_digits(folder.path(), 30, 20);
  const std::string path = folder / "train-images-idx3-ubyte.gz";
  const std::string whole = test::content_of(path);
  test::write_text(path, whole.substr(0, whole.size() / 2));
  check_says(refusal(folder.path()), {"train-images-idx3-ubyte.gz", "cut off"});
  std::string damaged = whole;
  damaged[whole.size() / 2] = static_cast<char>(~damaged[whole.size() / 2]);
  test::write_text(path, damaged);
  check_says(refusal(folder.path()), {"train-images-idx3-ubyte.gz", "damaged"});
}

TEST_CASE("files of other sets in their places") {
  check_says(refusal_of_file("train-labels-idx1-ubyte", test::synthetic_labels(20)),
             {"30 images", "20 labels", "train-labels-idx1-ubyte", "swapped"});
  const test::TemporaryFolder folder;
  test::write_digits(folder.path(), 20, 30);
  check_says(refusal(folder.path()), {"train-* have 20", "t10k-* have 30", "swapped"});
}
