// Tasks that need one another's results, carried out by a few threads at once.
#pragma once

#include <algorithm>
#include <condition_variable>
#include <cstddef>
#include <exception>
#include <limits>
#include <mutex>
#include <thread>
#include <utility>
#include <vector>

namespace equiripple {
namespace detail {

/// Tasks 0, 1, ..., each of which needs earlier ones alone.
struct TaskGraph {
  std::vector<std::vector<std::size_t>> users;  // by task: those that need it, each once
  std::vector<int> needs;                       // by task: so many tasks
  std::vector<double> urgency;                  // of tasks that can begin the largest does first

  static TaskGraph independent(std::size_t count) {
    return {std::vector<std::vector<std::size_t>>(count), std::vector<int>(count, 0),
            std::vector<double>(count, 0)};
  }
};

/// One execution of a graph, which must outlive it.
class TaskRun {
 public:
  explicit TaskRun(const TaskGraph& graph) : graph_(graph), missing_(graph.needs) {
    ready_.reserve(missing_.size());
    for (std::size_t task = 0; task < missing_.size(); ++task) {
      if (missing_[task] == 0) make_ready(task);
    }
  }

  /// Calls work(task) for every task, in up to `threads` threads, of which the caller's is one: in
  /// fewer where the system has no more. Each thread keeps what enter(), which does not throw,
  /// returns to it until it is done.
  ///
  /// The exception that leaves is the one that the tasks in their order would have met first; tasks
  /// after it are not begun any more. No thread outlives the call.
  template <class Enter, class Work>
  void run(int threads, const Enter& enter, const Work& work) {
    const auto part = [&] {
      [[maybe_unused]] const auto scope = enter();
      take_part(work);
    };
    std::vector<std::thread> others;
    others.reserve(static_cast<std::size_t>(threads));
    try {
      for (int i = 1; i < threads; ++i) others.emplace_back(part);
    } catch (const std::exception&) {  // the threads that there are do the work
    }
    part();
    for (std::thread& other : others) other.join();
    if (failure_) std::rethrow_exception(failure_);
  }

 private:
  template <class Work>
  void take_part(const Work& work) {
    std::unique_lock<std::mutex> lock(mutex_);
    for (;;) {
      changed_.wait(lock, [&] { return !ready_.empty() || running_ == 0; });
      if (ready_.empty()) return;
      const std::size_t task = most_urgent();
      if (task > failed_) continue;
      ++running_;
      lock.unlock();
      std::exception_ptr failure;
      try {
        work(task);
      } catch (...) {
        failure = std::current_exception();
      }
      lock.lock();
      --running_;
      finish(task, failure);
      changed_.notify_all();
    }
  }

  // Tasks before the one that failed need nothing of it, and still say whether they fail first.
  void finish(std::size_t task, const std::exception_ptr& failure) {
    if (failure) {
      if (task > failed_) return;
      failed_ = task;
      failure_ = failure;
      return;
    }
    for (const std::size_t user : graph_.users[task]) {
      if (--missing_[user] == 0) make_ready(user);
    }
  }

  bool comes_later(std::size_t x, std::size_t y) const {
    return std::pair(graph_.urgency[x], y) < std::pair(graph_.urgency[y], x);
  }
  void make_ready(std::size_t task) {
    ready_.push_back(task);
    std::push_heap(ready_.begin(), ready_.end(),
                   [&](std::size_t x, std::size_t y) { return comes_later(x, y); });
  }
  std::size_t most_urgent() {
    std::pop_heap(ready_.begin(), ready_.end(),
                  [&](std::size_t x, std::size_t y) { return comes_later(x, y); });
    const std::size_t task = ready_.back();
    ready_.pop_back();
    return task;
  }

  const TaskGraph& graph_;
  std::mutex mutex_;
  std::condition_variable changed_;
  // What follows is looked at by whoever holds the mutex.
  std::vector<int> missing_;        // by task: of its needs those that are not done
  std::vector<std::size_t> ready_;  // a heap
  int running_ = 0;
  std::size_t failed_ = std::numeric_limits<std::size_t>::max();
  std::exception_ptr failure_;
};

}  // namespace detail
}  // namespace equiripple
