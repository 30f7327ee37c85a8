// What SIGINT, SIGTERM and SIGHUP still do before they end the program: remove what is
// half-written.
//
// They are blocked everywhere but in a thread of their own, which waits for them: it may lock, so
// that no file is made between the removal and the end.
#pragma once

#include <mutex>
#include <string>

namespace equiripple {

/// To be called before there is another thread. Those signals then remove the files listed below
/// and end the program as if they had not been caught (a shell sees status 130 or 143).
void clean_up_when_interrupted();

/// As long as the lock is held, those signals wait.
[[nodiscard]] std::unique_lock<std::mutex> hold_interrupts();

/// From now on the file is removed, or is not; while the lock is held.
void remove_when_interrupted(const std::string& path);
void keep_when_interrupted(const std::string& path);

}  // namespace equiripple
