// The processor's time of each thread, and what is left of the process's.
#include "tools/cli/timing.hpp"

#include <fmt/format.h>

#include <array>
#include <atomic>
#include <cstdio>
#include <ctime>
#include <string>

namespace equiripple {
namespace {

constexpr std::array names = {"start",  "choice", "exchange", "rounding", "proof",
                              "stages", "plan",   "output",   "rest"};
constexpr std::size_t phases = names.size();
static_assert(phases == static_cast<std::size_t>(Phase::rest) + 1);

std::array<std::atomic<long>, phases> nanoseconds{};  // of all threads

thread_local Phase current = Phase::rest;
thread_local long since = 0;  // of the thread's time, when `current` began or went on

long now(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return time.tv_sec * 1'000'000'000L + time.tv_nsec;
}

void go_on_with(Phase phase) {
  const long time = now(CLOCK_THREAD_CPUTIME_ID);
  nanoseconds[static_cast<std::size_t>(current)] += time - since;
  since = time;
  current = phase;
}

std::string report() {
  constexpr double nanoseconds_in_ms = 1e6;
  go_on_with(current);
  const long all = now(CLOCK_PROCESS_CPUTIME_ID);
  long rest = all;
  std::string text = "timing, in ms of the processor:";
  const auto add = [&](const char* name, long time) {
    text += fmt::format(" {} {:.1f},", name, static_cast<double>(time) / nanoseconds_in_ms);
  };
  for (std::size_t i = 0; i < static_cast<std::size_t>(Phase::rest); ++i) {
    if (nanoseconds[i] == 0) continue;
    add(names[i], nanoseconds[i]);
    rest -= nanoseconds[i];
  }
  add(names.back(), rest);
  return text + fmt::format(" in all {:.1f}", static_cast<double>(all) / nanoseconds_in_ms);
}

}  // namespace

InPhase::InPhase(Phase phase) : outer_(current) { go_on_with(phase); }

InPhase::~InPhase() { go_on_with(outer_); }

TimedRun::TimedRun(bool reports) : reports_(reports) {
  if (!reports) return;
  nanoseconds[static_cast<std::size_t>(Phase::start)] = now(CLOCK_PROCESS_CPUTIME_ID);
  since = now(CLOCK_THREAD_CPUTIME_ID);
}

TimedRun::~TimedRun() {
  if (reports_) fmt::print(stderr, "{}\n", report());
}

}  // namespace equiripple
