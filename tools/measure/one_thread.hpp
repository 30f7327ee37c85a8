// One thread for OpenFHE, so that its times stand beside SEAL's.
#pragma once

#ifdef _OPENMP
#include <omp.h>
#endif

namespace equiripple {

/// The library's own setting does not reach its loops that name a number of threads.
inline void use_one_thread() {
#ifdef _OPENMP
  omp_set_max_active_levels(0);
#endif
}

}  // namespace equiripple
