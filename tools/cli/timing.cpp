// The processor's time of each thread, and what is left of the process's.
#include "tools/cli/timing.hpp"

#include <fmt/format.h>

#include <array>
#include <atomic>
#include <cstdio>
#include <ctime>
#include <string>

#include "emit/make/phase.hpp"

namespace equiripple {
namespace {

constexpr std::array names = {"start",  "choice", "exchange", "rounding", "proof",
                              "stages", "plan",   "output",   "rest"};
constexpr std::size_t phases = names.size();
static_assert(phases == static_cast<std::size_t>(Phase::rest) + 1);

std::array<std::atomic<long>, phases> nanoseconds{};  // of all threads

thread_local long since = 0;  // of the thread's time, when its phase began or went on

long now(clockid_t clock) {
  timespec time{};
  clock_gettime(clock, &time);
  return time.tv_sec * 1'000'000'000L + time.tv_nsec;
}

void count_time(Phase left, Phase) {
  const long time = now(CLOCK_THREAD_CPUTIME_ID);
  nanoseconds[static_cast<std::size_t>(left)] += time - since;
  since = time;
}

std::string report() {
  constexpr double nanoseconds_in_ms = 1e6;
  count_time(current_phase(), current_phase());
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

TimedRun::TimedRun(bool reports) : reports_(reports) {
  if (!reports) return;
  nanoseconds[static_cast<std::size_t>(Phase::start)] = now(CLOCK_PROCESS_CPUTIME_ID);
  since = now(CLOCK_THREAD_CPUTIME_ID);
  listen_to_phases(count_time);
}

TimedRun::~TimedRun() {
  if (reports_) fmt::print(stderr, "{}\n", report());
}

}  // namespace equiripple
