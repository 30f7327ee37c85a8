// What the libraries of numbers do when memory is exhausted.
#pragma once

namespace equiripple {

/// GMP and MPFR call `handler`, which must not return, where they get no memory; FLINT where it
/// gives up for any reason. Without one they end the process with a message and a signal. Call
/// once, before any number is made.
void when_memory_is_exhausted(void (*handler)());

}  // namespace equiripple
