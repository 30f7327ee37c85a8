// The memory of the libraries of numbers.
#pragma once

namespace equiripple {

/// GMP and MPFR call `handler`, which must not return, where they get no memory; FLINT where it
/// gives up for any reason. Without one they end the process with a message and a signal. Call
/// once, before any number is made.
void when_memory_is_exhausted(void (*handler)());

/// MPFR and FLINT keep constants and free blocks for each thread; those of a thread that called
/// this are freed when it ends.
void free_caches_with_thread();

}  // namespace equiripple
