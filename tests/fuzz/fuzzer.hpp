// What libFuzzer calls, for one property: a broken one ends the process, which it records.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

namespace equiripple::test {

template <class Property>
int fuzz(const std::uint8_t* data, std::size_t size, const Property& broken_by) {
  const std::string broken = broken_by(std::string(data, data + size));
  if (broken.empty()) return 0;
  std::fprintf(stderr, "%s\n", broken.c_str());
  std::abort();
}

}  // namespace equiripple::test
