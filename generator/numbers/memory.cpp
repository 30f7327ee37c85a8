// GMP's functions for memory, which MPFR uses as well, with a way out; caches of threads.
#include "generator/numbers/memory.hpp"

#include <gmp.h>
#include <mpfr.h>

#include <cstdlib>
#if __has_include(<flint/flint.h>)
#include <flint/flint.h>
#else
#include <flint.h>
#endif

namespace equiripple {
namespace {

void (*exhausted)() = nullptr;

// FLINT and Clang have it in the type that this does not return, where [[noreturn]] is not.
__attribute__((noreturn)) void give_up() {
  exhausted();
  std::abort();
}

void* checked(void* memory) {
  if (memory == nullptr) give_up();
  return memory;
}

void* allocate(std::size_t size) { return checked(std::malloc(size)); }
void* reallocate(void* memory, std::size_t, std::size_t size) {
  return checked(std::realloc(memory, size));
}
void release(void* memory, std::size_t) { std::free(memory); }

}  // namespace

void when_memory_is_exhausted(void (*handler)()) {
  exhausted = handler;
  mp_set_memory_functions(allocate, reallocate, release);
  flint_set_abort(give_up);
}

void free_caches_with_thread() {
  struct Guard {
    ~Guard() {
      flint_cleanup();  // Arb's constants with it
      mpfr_free_cache2(MPFR_FREE_LOCAL_CACHE);
    }
    bool used = false;
  };
  thread_local Guard guard;
  guard.used = true;  // constructs it
}

}  // namespace equiripple
