// How many threads a backend lets the runtime have, and what becomes of those that its library
// starts by itself.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <type_traits>
#include <utility>

#include "errors.hpp"
#include "tasks.hpp"

namespace equiripple {

namespace detail {

inline void require_threads(int count) {
  if (count >= 1) return;
  throw evaluation_error("threads: " + std::to_string(count) + "; there must be 1 or more");
}

}  // namespace detail

/// A base of backends whose operations several threads may call at a time.
class threaded {
 public:
  /// The threads that evaluate one plan, the caller's own included; 1 unless this was called.
  /// Throws evaluation_error below 1. Not to be called while something is evaluated.
  void threads(int count) {
    detail::require_threads(count);
    threads_ = count;
  }
  int threads() const { return threads_; }

 private:
  int threads_ = 1;
};

namespace detail {

template <class Backend, class = void>
struct has_threads : std::false_type {};
template <class Backend>
struct has_threads<
    Backend,
    std::enable_if_t<std::is_same_v<decltype(std::declval<const Backend&>().threads()), int>>>
    : std::true_type {};

template <class Backend, class = void>
struct has_library_threads : std::false_type {};
template <class Backend>
struct has_library_threads<Backend,
                           std::void_t<decltype(std::declval<const Backend&>().library_threads()),
                                       decltype(std::declval<const Backend&>().in_one_thread())>>
    : std::true_type {};

/// Threads for the operations of one plan.
template <class Backend>
int threads_of(const Backend& he) {
  if constexpr (has_threads<Backend>::value) return std::max(he.threads(), 1);
  return 1;
}

/// Threads for many plans: no fewer than the library would take for each operation.
template <class Backend>
int threads_for_many(const Backend& he) {
  if constexpr (has_threads<Backend>::value && has_library_threads<Backend>::value) {
    return std::max(threads_of(he), he.library_threads());
  }
  return threads_of(he);
}

/// Kept by each of several threads that work beside each other.
template <class Backend>
auto beside_others(const Backend& he) {
  if constexpr (has_library_threads<Backend>::value) {
    return he.in_one_thread();
  } else {
    struct Nothing {};
    return Nothing{};
  }
}

/// Carries the tasks out in so many threads, of which the library starts none.
template <class Backend, class Work>
void run_tasks(const Backend& he, const TaskGraph& graph, int threads, const Work& work) {
  TaskRun(graph).run(
      threads, [&] { return beside_others(he); }, work);
}

/// Calls work(i, threads) for each i below `count`, where `threads` are those that it may have: the
/// inputs are divided among all threads, and what is left over goes into each.
template <class Backend, class Work>
void for_each_of_many(const Backend& he, std::size_t count, const Work& work) {
  const int all = threads_for_many(he);
  const int beside = static_cast<int>(std::min(static_cast<std::size_t>(all), count));
  if (beside <= 1) {
    for (std::size_t i = 0; i < count; ++i) work(i, threads_of(he));
    return;
  }
  run_tasks(he, TaskGraph::independent(count), beside,
            [&](std::size_t i) { work(i, all / beside); });
}

}  // namespace detail
}  // namespace equiripple
