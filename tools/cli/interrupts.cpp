// sigwait in a detached thread.
#include "tools/cli/interrupts.hpp"

#include <unistd.h>

#include <csignal>
#include <initializer_list>
#include <set>
#include <thread>

namespace equiripple {
namespace {

std::mutex interrupts;

// Never destroyed: the thread may outlive main().
std::set<std::string>& listed() {
  static auto* files = new std::set<std::string>;
  return *files;
}

[[noreturn]] void wait_for(sigset_t signals) {
  int signal = SIGTERM;
  while (::sigwait(&signals, &signal) != 0) {
  }
  const auto lock = hold_interrupts();  // until the end
  for (const std::string& path : listed()) ::unlink(path.c_str());
  std::signal(signal, SIG_DFL);
  ::pthread_sigmask(SIG_UNBLOCK, &signals, nullptr);
  ::raise(signal);
  ::_exit(128 + signal);
}

}  // namespace

void clean_up_when_interrupted() {
  static_cast<void>(listed());
  sigset_t signals;
  ::sigemptyset(&signals);
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    struct sigaction before {};
    const bool ignored =  // as by nohup
        ::sigaction(signal, nullptr, &before) == 0 && before.sa_handler == SIG_IGN;
    if (!ignored) ::sigaddset(&signals, signal);
  }
  ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::thread([signals] { wait_for(signals); }).detach();
}

std::unique_lock<std::mutex> hold_interrupts() { return std::unique_lock(interrupts); }

void remove_when_interrupted(const std::string& path) { listed().insert(path); }
void keep_when_interrupted(const std::string& path) { listed().erase(path); }

}  // namespace equiripple
