// The handler calls only what is safe in a handler: the names lie in memory that is never freed.
#include "tools/cli/interrupts.hpp"

#include <atomic>
#include <climits>
#include <csignal>
#include <cstring>
#include <initializer_list>

#include <unistd.h>

namespace equiripple {
namespace {

constexpr std::size_t most_files = 256;  // chosen: above the number of threads

enum class State : int { free, filling, listed };

struct Slot {
  std::atomic<State> state{State::free};
  std::array<char, PATH_MAX> path{};
};

std::array<Slot, most_files> slots;
static_assert(std::atomic<State>::is_always_lock_free);

extern "C" void remove_and_end(int signal) {
  for (Slot& slot : slots) {
    if (slot.state == State::listed) ::unlink(slot.path.data());
  }
  ::raise(signal);  // SA_RESETHAND: this time it ends the program
}

}  // namespace

void clean_up_when_interrupted() {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction old {};
    if (::sigaction(signal, nullptr, &old) != 0 || old.sa_handler == SIG_IGN) continue;  // nohup
    struct sigaction action {};
    action.sa_handler = remove_and_end;
    action.sa_flags = SA_RESETHAND;
    ::sigemptyset(&action.sa_mask);
    ::sigaction(signal, &action, nullptr);
  }
}

RemovedWhenInterrupted::RemovedWhenInterrupted(const std::string& path) : slot_(most_files) {
  if (path.size() >= PATH_MAX) return;
  for (std::size_t i = 0; i < most_files; ++i) {
    State expected = State::free;
    if (!slots[i].state.compare_exchange_strong(expected, State::filling)) continue;
    std::memcpy(slots[i].path.data(), path.c_str(), path.size() + 1);
    slots[i].state = State::listed;
    slot_ = i;
    return;
  }
}

RemovedWhenInterrupted::~RemovedWhenInterrupted() {
  if (slot_ < most_files) slots[slot_].state = State::free;
}

}  // namespace equiripple
