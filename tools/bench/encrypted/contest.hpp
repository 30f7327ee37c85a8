// Contestants for one subject on one library, run in turn in one process.
#pragma once

#include <functional>
#include <string>
#include <vector>

namespace equiripple::bench {

struct Parameters {
  int log2_ring = 14;
  int log2_scale = 50;
  int levels = 16;  // of the chain of moduli: what the deepest contestant needs
  int repeats = 5;
  std::string only;  // subjects and libraries whose names hold this
  /// Against the same plans with key switches and rescalings apart, not against others' schedules.
  bool separate = false;
};

/// Of this process on all cores, so that others on the machine count for little.
[[nodiscard]] double process_milliseconds();

/// One way of evaluating a subject.
struct Contestant {
  std::string name;
  std::function<void()> run;           // one evaluation; the result is kept
  std::function<double()> log2_error;  // of the kept result against the plain evaluation
  std::function<int()> levels;         // that the kept result has consumed
  int input_level = 0;
  int key_switches = 0;
  /// The input encrypted again, where contestants do not share one: most of the error is often that
  /// of the encryption, by chance more or less.
  std::function<void()> renew = [] {};
};

/// What was measured of it.
struct Score {
  std::string library;  // "OpenFHE FIXEDMANUAL"
  std::string subject;
  std::string contestant;
  int input_level = 0;  // rescalings that the input has left
  int levels = 0;
  int key_switches = 0;
  double milliseconds = 0;  // median of the process's time
  double ratio = 1;         // of the last contestant's, to whom the others are compared
  double bits = 0;          // of precision: -log2 of the largest error over the slots, in the
                            // mean over the timed runs
  /// Of memory, beside the input, keys and encoded scalars. SEAL keeps what it has allocated for
  /// the next evaluation: there only the first contestant's is meaningful.
  double peak_megabytes = 0;
};

/// Ours, one way or several, and at last theirs, for inputs with so many levels left.
using Pair = std::function<std::vector<Contestant>(int ours, int theirs)>;

/// Two contests, each run alternately `repeats` times after one run that is not timed: from equal
/// levels, all that the chain has; and each from the levels that it consumes, as in an application
/// whose chain is as long as it must be.
void add_scores(std::vector<Score>& scores, const std::string& library, const std::string& subject,
                const Parameters& parameters, const Pair& pair);

/// The scores of each library that the benchmark was built with.
std::vector<Score> openfhe_scores(const Parameters& parameters);
std::vector<Score> seal_scores(const Parameters& parameters);

}  // namespace equiripple::bench
