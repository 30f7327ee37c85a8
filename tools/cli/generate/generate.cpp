// Threads take the next function each; a function is the command of the command line.
#include "tools/cli/generate/generate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <mutex>
#include <new>
#include <thread>
#include <vector>

#include "tools/cli/failure.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/invocation.hpp"
#include "tools/cli/output.hpp"
#include "tools/cli/progress.hpp"

namespace equiripple {
namespace {

namespace fs = std::filesystem;

struct Problem {  // of one function
  ExitStatus status = ExitStatus::done;
  std::string message;
};

Problem problem_of(const std::function<void()>& work) {
  try {
    work();
    return {};
  } catch (const Failure& failure) {
    return {failure.status(), failure.what()};
  } catch (const std::bad_alloc&) {
    return {ExitStatus::machine_failed, "out of memory"};
  } catch (const std::exception& error) {
    return {ExitStatus::machine_failed, error.what()};
  }
}

void in_threads(int jobs, std::size_t count, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next{0};
  const auto take = [&] {
    for (std::size_t i = next++; i < count; i = next++) work(i);
  };
  std::vector<std::jthread> threads;
  for (int i = 1; i < std::min(jobs, static_cast<int>(count)); ++i) threads.emplace_back(take);
  take();
}

class Generation {
 public:
  explicit Generation(const GenerateRequest& request) : request_(request) {}

  void check_all() const {
    const auto& functions = request_.spec.functions;
    std::vector<Problem> problems(functions.size());
    in_threads(request_.jobs, functions.size(), [&](std::size_t i) {
      problems[i] = problem_of([&] { call(functions[i], {"--check"}); });
    });
    fail_with(functions, problems);
  }

  void make_all() {
    std::vector<SpecFunction> functions;
    const auto count = static_cast<std::size_t>(request_.shard.count);
    for (std::size_t i = 0; i < request_.spec.functions.size(); ++i) {
      if (i % count + 1 == static_cast<std::size_t>(request_.shard.number)) {
        functions.push_back(request_.spec.functions[i]);
      }
    }
    std::vector<Problem> problems(functions.size());
    std::mutex said;
    std::size_t done = 0;
    in_threads(request_.jobs, functions.size(), [&](std::size_t i) {
      problems[i] = problem_of([&] { make(functions[i]); });
      const std::scoped_lock lock(said);
      ++done;
      if (!request_.quiet) {
        fmt::print(stderr, "{}/{} {}\n", done, functions.size(), functions[i].name);
      }
    });
    if (grown_) request_.cache->trim();
    fail_with(functions, problems);
  }

 private:
  std::string path_of(const SpecFunction& function) const {
    return (fs::path(request_.folder) / function.file).string();
  }

  void call(const SpecFunction& function, const std::vector<std::string>& more) const {
    std::vector<std::string> words = {function.command, "--output=" + path_of(function)};
    words.insert(words.end(), function.words.begin(), function.words.end());
    words.insert(words.end(), more.begin(), more.end());
    CommandLine line;
    static_cast<void>(invoke(line, words));
  }

  void make(const SpecFunction& function) {
    std::string key;
    if (request_.cache) {
      std::vector<std::string> words = {function.command};
      words.insert(words.end(), function.words.begin(), function.words.end());
      key = request_.cache->key_of(
          {.file = function.file, .words = words, .inputs = function.inputs});
      if (const auto content = request_.cache->find(key)) {
        write_file(path_of(function), *content);
        return;
      }
    }
    const CapturedProduct product;
    call(function, {});
    write_file(path_of(function), product.text());
    if (!request_.cache) return;
    request_.cache->keep(key, product.text());
    grown_ = true;
  }

  // With the gravest status, where there is a problem.
  void fail_with(const std::vector<SpecFunction>& functions,
                 const std::vector<Problem>& problems) const {
    ExitStatus gravest = ExitStatus::done;
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < problems.size(); ++i) {
      if (problems[i].status == ExitStatus::done) continue;
      gravest = std::max(gravest, problems[i].status);
      lines.push_back(located(request_.spec, functions[i], problems[i].message));
    }
    if (!lines.empty()) throw Failure(gravest, first_lines(lines));
  }

  const GenerateRequest& request_;
  std::atomic<bool> grown_ = false;  // the cache
};

}  // namespace

void generate(const GenerateRequest& request) {
  if (request.jobs > 1) Progress::keep_quiet();
  Generation generation(request);
  generation.check_all();
  generation.make_all();
}

}  // namespace equiripple
