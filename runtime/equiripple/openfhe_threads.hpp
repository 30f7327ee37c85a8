// OpenFHE's own threads: the loops over primes in which its operations are divided by OpenMP.
#pragma once

#ifdef _OPENMP
#include <omp.h>
#endif

namespace equiripple {
namespace detail {

/// Keeps the library in one thread, of the thread that made it, as long as it lives.
///
/// Most of the library's loops ask for as many threads as the machine had when it was loaded, so
/// that omp_set_num_threads does not bound them: what bounds them is how deep parallel regions may
/// be. (Runtimes of OpenMP before 5 know one such depth for the whole process.)
class OpenFheInOneThread {
 public:
#ifdef _OPENMP
  OpenFheInOneThread() : depth_(omp_get_max_active_levels()) { omp_set_max_active_levels(0); }
  ~OpenFheInOneThread() { omp_set_max_active_levels(depth_); }
#else
  OpenFheInOneThread() = default;
  ~OpenFheInOneThread() = default;
#endif
  OpenFheInOneThread(const OpenFheInOneThread&) = delete;
  OpenFheInOneThread& operator=(const OpenFheInOneThread&) = delete;

  /// How many it takes for an operation elsewhere.
  static int threads_otherwise() {
#ifdef _OPENMP
    return omp_get_max_active_levels() == 0 ? 1 : omp_get_max_threads();
#else
    return 1;
#endif
  }

 private:
#ifdef _OPENMP
  int depth_;
#endif
};

}  // namespace detail
}  // namespace equiripple
