// Takes the place of an adapter's tests where its library is not found.
#include <doctest/doctest.h>

#include <iostream>

TEST_CASE(EQUIRIPPLE_ABSENT_LIBRARY ": the adapter") {
  std::cout << "SKIPPED: CMake's find_package(" EQUIRIPPLE_ABSENT_LIBRARY ") found nothing\n";
}
