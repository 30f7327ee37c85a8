// The line is written over itself.
#include "tools/cli/progress.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>

namespace equiripple {
namespace {

constexpr std::chrono::seconds patience{1};
constexpr std::chrono::milliseconds interval{100};
constexpr const char* erase_line = "\r\x1b[K";

std::atomic<bool> quiet{false};

}  // namespace

void Progress::keep_quiet() { quiet = true; }

Progress::Progress()
    : terminal_(!quiet && isatty(STDERR_FILENO) == 1), next_(Clock::now() + patience) {}

Progress::~Progress() {
  if (!shown_) return;
  std::fputs(erase_line, stderr);
  std::fflush(stderr);
}

Observer Progress::observer() {
  return [this](const std::string& work) {
    show(work);
    return true;
  };
}

void Progress::show(const std::string& what) {
  if (!terminal_ || Clock::now() < next_) return;
  std::fputs((erase_line + what).c_str(), stderr);
  std::fflush(stderr);
  shown_ = true;
  next_ = Clock::now() + interval;
}

}  // namespace equiripple
