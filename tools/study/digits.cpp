// Each file as it is or compressed, whichever is there.
#include "tools/study/digits.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "emit/failure.hpp"
#include "tools/study/idx.hpp"

namespace equiripple::study {
namespace {

namespace fs = std::filesystem;

constexpr const char* source =
    "The files are those of the MNIST database of handwritten digits, to be had from\n"
    "  https://ossci-datasets.s3.amazonaws.com/mnist/ or\n"
    "  https://storage.googleapis.com/cvdf-datasets/mnist/";

std::string path_of(const std::string& folder, const std::string& name) {
  for (const char* ending : {"", ".gz"}) {
    const fs::path path = fs::path(folder) / (name + ending);
    if (fs::exists(path)) return path.string();
  }
  wrong_word("--data",
             fmt::format(
                 " {}: there is no {} and no {}.gz. Looked for are train-images-idx3-ubyte, "
                 "train-labels-idx1-ubyte, t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, each "
                 "also with .gz.\n{}",
                 folder, name, name, source));
}

DigitSet read_set(const std::string& images_path, const std::string& labels_path) {
  const Images images = read_images(images_path);
  const std::vector<std::uint8_t> labels = read_labels(labels_path);
  if (images.count != labels.size()) {
    wrong_request(
        fmt::format("{} has {} images, and {} has {} labels; there must be one for each image (are "
                    "files of train and t10k swapped?)",
                    images_path, images.count, labels_path, labels.size()));
  }
  DigitSet set;
  set.pixels = Eigen::Map<const decltype(set.pixels)>(images.pixels.data(), image_size,
                                                      static_cast<Eigen::Index>(images.count));
  set.labels.assign(labels.begin(), labels.end());
  return set;
}

}  // namespace

Digits read_digits(const std::string& folder) {
  if (!fs::is_directory(folder)) {
    wrong_word("--data", fmt::format(" {}: there is no such folder\n{}", folder, source));
  }
  const std::string training_images = path_of(folder, "train-images-idx3-ubyte");
  const std::string training_labels = path_of(folder, "train-labels-idx1-ubyte");
  const std::string test_images = path_of(folder, "t10k-images-idx3-ubyte");
  const std::string test_labels = path_of(folder, "t10k-labels-idx1-ubyte");
  Digits digits{.training = read_set(training_images, training_labels),
                .test = read_set(test_images, test_labels)};
  if (digits.training.count() < digits.test.count()) {
    wrong_word(
        "--data",
        fmt::format(
            " {}: the files train-* have {} images and t10k-* have {}; train-* must have more: "
            "the pairs are swapped",
            folder, digits.training.count(), digits.test.count()));
  }
  return digits;
}

DigitSet first_of(const DigitSet& set, Eigen::Index count) {
  const Eigen::Index taken = std::min(count, set.count());
  return {set.pixels.leftCols(taken), {set.labels.begin(), set.labels.begin() + taken}};
}

}  // namespace equiripple::study
