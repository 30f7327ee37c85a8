// Tasks are carried out once each, after what they need, whatever the number of threads; and what
// one of them throws is what their order would have met first.
#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <equiripple/tasks.hpp>
#include <mutex>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "tests/support/random.hpp"

using namespace equiripple;
using detail::TaskGraph;
using detail::TaskRun;

namespace {

constexpr auto nothing = [] { return 0; };

// Each task needs up to three earlier ones.
TaskGraph random_graph(std::size_t count, test::Random& random) {
  TaskGraph graph = TaskGraph::independent(count);
  for (std::size_t task = 1; task < count; ++task) {
    std::set<std::size_t> operands;
    for (int i = 0; i < 3; ++i) {
      const auto operand =
          static_cast<std::size_t>(test::integer_between(random, 0, 2 * static_cast<int>(count)));
      if (operand < task) operands.insert(operand);
    }
    for (const std::size_t operand : operands) graph.users[operand].push_back(task);
    graph.needs[task] = static_cast<int>(operands.size());
    graph.urgency[task] = test::integer_between(random, 0, 5);
  }
  return graph;
}

// The tasks in the order in which they were done.
std::vector<std::size_t> order_of(const TaskGraph& graph, int threads) {
  std::mutex mutex;
  std::vector<std::size_t> done;
  TaskRun(graph).run(threads, nothing, [&](std::size_t task) {
    const std::lock_guard<std::mutex> lock(mutex);
    done.push_back(task);
  });
  return done;
}

// Empty where the order keeps to the graph.
std::string defect_of(const std::vector<std::size_t>& order, const TaskGraph& graph) {
  std::vector<int> missing = graph.needs;
  std::vector<int> times(missing.size(), 0);
  for (const std::size_t task : order) {
    if (missing[task] != 0) return "task " + std::to_string(task) + " before what it needs";
    ++times[task];
    for (const std::size_t user : graph.users[task]) --missing[user];
  }
  for (std::size_t task = 0; task < times.size(); ++task) {
    if (times[task] != 1) return "task " + std::to_string(task) + " not once";
  }
  return {};
}

}  // namespace

TEST_CASE("every task once, after what it needs") {
  test::Random random(test::seed());
  for (int round = 0; round < 50; ++round) {
    const TaskGraph graph =
        random_graph(static_cast<std::size_t>(test::integer_between(random, 1, 60)), random);
    for (const int threads : {1, 2, 4, 9}) {
      CHECK(defect_of(order_of(graph, threads), graph) == "");
    }
  }
  CHECK(order_of(TaskGraph::independent(0), 3).empty());
}

TEST_CASE("the checker of orders rejects one that is none") {
  TaskGraph graph = TaskGraph::independent(3);
  graph.users[0] = {2};
  graph.needs[2] = 1;
  CHECK(defect_of({1, 0, 2}, graph) == "");
  CHECK(defect_of({2, 0, 1}, graph) != "");
  CHECK(defect_of({0, 1}, graph) != "");
  CHECK(defect_of({0, 1, 2, 2}, graph) != "");
}

TEST_CASE("one thread takes the urgent first, then in order") {
  TaskGraph graph = TaskGraph::independent(5);
  graph.urgency = {1, 3, 1, 3, 2};
  CHECK(order_of(graph, 1) == std::vector<std::size_t>{1, 3, 4, 0, 2});
}

// Each waits until the other has begun, which one thread cannot do.
TEST_CASE("two threads work at once, and the caller's is one of them") {
  std::atomic<int> begun{0};
  std::mutex mutex;
  std::set<std::thread::id> ids;
  TaskRun(TaskGraph::independent(2)).run(2, nothing, [&](std::size_t) {
    ++begun;
    while (begun < 2) std::this_thread::yield();
    const std::lock_guard<std::mutex> lock(mutex);
    ids.insert(std::this_thread::get_id());
  });
  CHECK(ids.size() == 2);
  CHECK(ids.count(std::this_thread::get_id()) == 1);
}

TEST_CASE("each thread keeps its scope until it is done") {
  std::atomic<int> alive{0};
  std::atomic<int> made{0};
  struct Scope {
    explicit Scope(std::atomic<int>& count) : count_(count) { ++count_; }
    ~Scope() { --count_; }
    Scope(const Scope&) = delete;
    std::atomic<int>& count_;
  };
  std::atomic<bool> outside{false};
  const auto enter = [&] {
    ++made;
    return Scope(alive);
  };
  TaskRun(TaskGraph::independent(100)).run(3, enter, [&](std::size_t) {
    if (alive < 1) outside = true;
  });
  CHECK(made == 3);
  CHECK(alive == 0);
  CHECK_FALSE(outside);
}

TEST_CASE("the exception of the earliest task that fails leaves, and the threads with it") {
  test::Random random(test::seed());
  for (int round = 0; round < 50; ++round) {
    const TaskGraph graph = random_graph(30, random);
    std::set<std::size_t> failing;
    for (int i = 0; i < 3; ++i) {
      failing.insert(static_cast<std::size_t>(test::integer_between(random, 0, 29)));
    }
    for (const int threads : {1, 2, 5}) {
      std::atomic<int> running{0};
      std::string message;
      try {
        TaskRun(graph).run(threads, nothing, [&](std::size_t task) {
          ++running;
          // The first one that fails is slow to.
          if (task == *failing.begin()) std::this_thread::sleep_for(std::chrono::microseconds(200));
          --running;
          if (failing.count(task) != 0) throw std::out_of_range(std::to_string(task));
        });
      } catch (const std::out_of_range& failure) {
        message = failure.what();
      }
      CHECK(message == std::to_string(*failing.begin()));
      CHECK(running == 0);
    }
  }
}

TEST_CASE("nothing that needs a task that failed is begun") {
  TaskGraph graph = TaskGraph::independent(4);
  graph.users[0] = {1, 2};
  graph.users[1] = {3};
  graph.needs = {0, 1, 1, 1};
  std::mutex mutex;
  std::vector<std::size_t> begun;
  CHECK_THROWS_AS(TaskRun(graph).run(2, nothing,
                                     [&](std::size_t task) {
                                       const std::lock_guard<std::mutex> lock(mutex);
                                       begun.push_back(task);
                                       if (task == 1) throw std::runtime_error("1");
                                     }),
                  std::runtime_error);
  CHECK(std::count(begun.begin(), begun.end(), 3U) == 0);
  CHECK(std::count(begun.begin(), begun.end(), 1U) == 1);
}
