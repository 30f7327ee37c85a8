// The entry of every test binary. EQUIRIPPLE_SEED and EQUIRIPPLE_EFFORT steer the random tests.
#define DOCTEST_CONFIG_IMPLEMENT_WITH_MAIN
#include <doctest/doctest.h>
