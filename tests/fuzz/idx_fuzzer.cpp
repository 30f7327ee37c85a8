// Fuzzes the reader of images and labels.
#include "tests/fuzz/fuzzer.hpp"
#include "tests/fuzz/idx_property.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return equiripple::test::fuzz(data, size, equiripple::test::broken_by_idx);
}
