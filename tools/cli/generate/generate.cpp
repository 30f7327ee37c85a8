// Threads take the next function each.
#include "tools/cli/generate/generate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "emit/failure.hpp"
#include "emit/make/make.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/output.hpp"
#include "tools/cli/progress.hpp"

namespace equiripple {
namespace {

namespace fs = std::filesystem;

void in_threads(int jobs, std::size_t count, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next{0};
  const auto take = [&] {
    for (std::size_t i = next++; i < count; i = next++) work(i);
  };
  struct Joined {  // libc++ before 20 has no jthread
    std::vector<std::thread> threads{};
    ~Joined() {
      for (std::thread& thread : threads) thread.join();
    }
  } joined;
  const int others = std::min(jobs, static_cast<int>(count)) - 1;
  for (int i = 0; i < others; ++i) joined.threads.emplace_back(take);
  take();
}

// The words that the file depends on.
std::vector<std::string> words_of(const SpecFunction& function) {
  std::vector<std::string> words = {function.request.command, "name=" + function.named};
  for (const RequestOption& option : function.request.options) {
    words.push_back("--" + option.name);
    words.insert(words.end(), option.values.begin(), option.values.end());
  }
  return words;
}

class Generation {
 public:
  explicit Generation(const GenerateRequest& request) : request_(request) {}

  void check_all() const {
    const auto& functions = request_.spec.functions;
    std::vector<std::optional<Refusal>> problems(functions.size());
    in_threads(request_.jobs, functions.size(), [&](std::size_t i) {
      problems[i] = ended_by([&] { static_cast<void>(checked(functions[i])); });
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
    std::vector<std::optional<Refusal>> problems(functions.size());
    std::mutex said;
    std::size_t done = 0;
    in_threads(request_.jobs, functions.size(), [&](std::size_t i) {
      problems[i] = ended_by([&] { write(functions[i]); });
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

  struct Checked {
    Request request;
    std::string name;
  };

  Checked checked(const SpecFunction& function) const {
    Request request = required(request_of(function.request, read_file));
    std::string name = checked_name({.path = path_of(function), .name = function.named}, request);
    return {.request = std::move(request), .name = std::move(name)};
  }

  std::string made(const SpecFunction& function) const {
    const Checked one = checked(function);
    const Made made = equiripple::make(one.request, one.name);
    require_made(made);
    return file_text(*made.artifact, extension_of(function.file));
  }

  void write(const SpecFunction& function) {
    if (!request_.cache) {
      write_file(path_of(function), made(function));
      return;
    }
    const std::string key = request_.cache->key_of(
        {.file = function.file, .words = words_of(function), .inputs = function.inputs});
    if (const auto content = request_.cache->find(key)) {
      write_file(path_of(function), *content);
      return;
    }
    const std::string content = made(function);
    write_file(path_of(function), content);
    request_.cache->keep(key, content);
    grown_ = true;
  }

  // With the gravest status, where there is a problem.
  void fail_with(const std::vector<SpecFunction>& functions,
                 const std::vector<std::optional<Refusal>>& problems) const {
    Status gravest = Status::made;
    std::vector<std::string> lines;
    for (std::size_t i = 0; i < problems.size(); ++i) {
      if (!problems[i]) continue;
      gravest = std::max(gravest, problems[i]->status);
      lines.push_back(located(request_.spec, functions[i], problems[i]->option, problems[i]->why));
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
