#include "contest.hpp"

#include <fmt/format.h>
#include <malloc.h>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <string>

namespace equiripple::bench {

double process_milliseconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) * 1e-6;
}

namespace {

double milliseconds_of(const std::function<void()>& run) {
  const double begin = process_milliseconds();
  run();
  return process_milliseconds() - begin;
}

double median(std::vector<double> times) {
  std::ranges::sort(times);
  return times[times.size() / 2];
}

// A line of Linux's account of this process, in megabytes.
double megabytes(const std::string& key) {
  std::ifstream status("/proc/self/status");
  std::string word;
  while (status >> word) {
    double kilobytes = 0;
    if (word == key && status >> kilobytes) return kilobytes / 1024;
  }
  return 0;
}

// The highest use of memory during one evaluation, above what was there before.
double peak_megabytes_of(const std::function<void()>& run) {
  // Blocks of a ciphertext go back to the system at once, so that the peak is that of what is
  // alive.
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
  malloc_trim(0);
  std::ofstream("/proc/self/clear_refs") << "5";  // the peak starts from here
  const double before = megabytes("VmRSS:");
  run();
  const double peak = megabytes("VmHWM:") - before;
  // For the timed runs as malloc would have set itself by now: such blocks are kept and used again.
  mallopt(M_MMAP_THRESHOLD, 32 << 20);
  mallopt(M_TRIM_THRESHOLD, 64 << 20);
  return peak;
}

std::vector<Score> contend(const std::string& library, const std::string& subject,
                           const std::vector<Contestant>& contestants,
                           const Parameters& parameters) {
  // Blocks of a ciphertext go back to the system at once, so that the peak is that of what is
  // alive.
  mallopt(M_MMAP_THRESHOLD, 1 << 20);
  std::vector<Score> scores;
  std::vector<std::vector<double>> times(contestants.size());
  for (const Contestant& contestant : contestants) {
    Score score{.library = library, .subject = subject, .contestant = contestant.name};
    score.peak_megabytes = peak_megabytes_of(contestant.run);
    score.input_level = contestant.input_level;
    score.levels = contestant.levels();
    score.key_switches = contestant.key_switches;
    scores.push_back(score);
  }
  for (int repeat = 0; repeat < parameters.repeats; ++repeat) {
    for (std::size_t i = 0; i < contestants.size(); ++i) {
      contestants[i].renew();
      times[i].push_back(milliseconds_of(contestants[i].run));
      scores[i].bits -= contestants[i].log2_error() / parameters.repeats;
    }
  }
  for (std::size_t i = 0; i < contestants.size(); ++i) {
    scores[i].milliseconds = median(times[i]);
    scores[i].ratio = scores[i].milliseconds / median(times.back());
    fmt::print(stderr, "{}, {}, {}: {:.0f} ms\n", library, subject, scores[i].contestant,
               scores[i].milliseconds);
  }
  return scores;
}

}  // namespace

void add_scores(std::vector<Score>& scores, const std::string& library, const std::string& subject,
                const Parameters& parameters, const Pair& pair) {
  if ((library + ", " + subject).find(parameters.only) == std::string::npos) return;
  const std::vector<Score> equal =
      contend(library, subject, pair(parameters.levels, parameters.levels), parameters);
  const std::vector<Score> needed =
      contend(library, subject, pair(equal.front().levels, equal.back().levels), parameters);
  scores.insert(scores.end(), equal.begin(), equal.end());
  scores.insert(scores.end(), needed.begin(), needed.end());
}

}  // namespace equiripple::bench
