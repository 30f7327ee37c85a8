// Fuzzes the reader of programs, and what runs them.
#include "tests/fuzz/fuzzer.hpp"
#include "tests/fuzz/properties.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  return equiripple::test::fuzz(data, size, equiripple::test::broken_by_program);
}
