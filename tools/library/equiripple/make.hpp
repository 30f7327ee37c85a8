// equiripple as a library: from a request to a function with a proved error, in the process of the
// application.
//
// Requests are those of the command line: a command and its options by their long names, numbers as
// exact text ("1/4", "2^-20", "0.1"). What is made is the same to the byte. Nothing here throws but
// std::bad_alloc, from copying strings; nothing is printed and no process is started. All functions
// may be called by any number of threads at a time.
//
//   namespace er = equiripple::library;
//   const er::Made relu = er::make({"relu", {{"bits", {"13"}}, {"range", {"50"}}}});
//   if (!relu) fail(relu.sentence);
//   use(relu.function->error().upper, relu.function->json());
//
// C++17; standard types alone. Link equiripple::make.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#if defined(__GNUC__)
#define EQUIRIPPLE_PUBLIC __attribute__((visibility("default")))
#else
#define EQUIRIPPLE_PUBLIC
#endif

namespace equiripple {
namespace library {

/// "0.1.0".
EQUIRIPPLE_PUBLIC std::string version();

/// How a call ended.
enum class Status {
  not_run,  // nothing was called; no call ends so
  done,
  wrong_request,   // the sentence says which word, and what would be right
  cannot_be_met,   // it says the best that can
  claim_fails,     // of verify: it says which claim
  machine_failed,  // file system, memory
  cancelled,       // by the progress function
};

/// The end of every call; true where it is what was asked for.
struct Outcome {
  Status status = Status::not_run;
  std::string option{};    // the option that the sentence is about, "max-levels"; empty where none
  std::string sentence{};  // for people; empty where it is done

  explicit operator bool() const { return status == Status::done; }
};

/// Is told what is being worked on, some times a second, by the thread that called; false ends the
/// work, with the status cancelled.
using Progress = std::function<bool(std::string_view work)>;

/// An option by its long name. A switch has no value, an option that may be repeated one or more.
struct Option {
  std::string name;
  std::vector<std::string> values{};
};

/// What is asked for, in the words of the command line: `equiripple COMMAND --help` has them all.
struct Request {
  std::string command;  // "minimax", "relu", ...
  std::vector<Option> options{};
  std::string name = "approximation";  // an identifier: the namespace of a header
  /// Texts of the files that options name, by that name; others are read from the file system.
  std::map<std::string, std::string> files{};
};

/// What is known of an error; bounds are rounded outward.
struct Error {
  double lower = 0;      // no polynomial of the class does better; of compositions: attained
  double attained = 0;   // the stored coefficients are at least this bad
  double upper = 0;      // and no worse
  double unit = 1;       // of the three: the range for relu and its kin, else 1
  std::string metric{};  // "absolute", "relative", "weighted" or "relu": over all of the range
  bool is_proved = false;
};

/// A polynomial in Chebyshev's basis: the sum of coefficients[k] T_k(t), with t = -1 and 1 at the
/// ends of `basis`; coefficient 0 is whole.
struct Stage {
  int degree = 0;
  std::string parity{};  // "none", "odd" or "even"
  std::array<double, 2> basis{};
  std::vector<double> coefficients{};  // exact where they have at most 53 bits, else rounded
  std::vector<std::array<double, 2>> domain{};  // ascending intervals
  std::vector<std::array<double, 2>> range{};   // of its values there; proved
  Error error{};
};

/// Of the plan, known before any key exists.
struct Costs {
  int levels = 0;
  int key_switches = 0;
  int tensor_products = 0;
  int scalar_products = 0;
  int rescalings = 0;
  double growth = 1;  // the largest amplification of an intermediate value
};

/// A function that was made: its stages, its claims and its plan. Cheap to copy; never changes.
class EQUIRIPPLE_PUBLIC Function {
 public:
  struct Data;  // of this library alone, as are the two functions about it
  explicit Function(std::shared_ptr<const Data> data);
  const Data& data() const { return *data_; }

  const std::string& name() const;
  const std::string& kind() const;         // "relu", "minimax", ...
  const std::string& description() const;  // "relu(x) = max(x, 0) for |x| <= 50"
  const std::string& command() const;      // the command line that makes it
  int inputs() const;                      // 1, or 2 for max, min and compare
  const Error& error() const;
  const std::vector<Stage>& stages() const;
  /// None where coefficients have more than 53 bits, or fall off too fast.
  const std::optional<Costs>& costs() const;

  /// The value at x, or of a and b, as the plan computes it, in double; without a plan as the
  /// stages do. Inside and outside the range. NaN where the number of inputs is another.
  double operator()(double x) const;
  double operator()(double a, double b) const;

  /// The artifact: what the command line writes to FILE.json.
  const std::string& json() const;
  /// The program of the plan, for equiripple::Program of the runtime; empty without a plan.
  const std::string& program() const;

 private:
  std::shared_ptr<const Data> data_;
};

struct Made : Outcome {
  std::optional<Function> function{};  // where it is done
  std::string remark{};                // on it, where there is something to say
};

struct Text : Outcome {
  std::string text{};
};

/// Searches what the request leaves open, solves, rounds, proves and plans.
EQUIRIPPLE_PUBLIC Made make(const Request& request, const Progress& progress = {});

/// The function in the text of an artifact or of a C++ header that equiripple emitted. Its claims
/// are taken as they are stated: verify proves them.
EQUIRIPPLE_PUBLIC Made read(std::string_view text);

struct Finding {
  std::string claim{};  // a path: "stages/*/error/upper"
  int stage = 0;        // from 1; 0 where the claim is of no stage
  bool holds = false;   // proved; else false, or not proved
  std::optional<double> at{};
  std::string sentence{};  // empty where it goes without saying
};

struct Verification : Outcome {
  std::vector<Finding> findings{};  // up to the first that does not hold
};

/// Proves every claim of an artifact or a header again, from its text alone. The status is
/// claim_fails where one does not hold, wrong_request where the text is neither.
EQUIRIPPLE_PUBLIC Verification verify(std::string_view text, const Progress& progress = {});

/// The function in another form: "cpp", "json", "openfhe", "seal", "lattigo", "python", "mlir",
/// "csv", "latex", "program".
EQUIRIPPLE_PUBLIC Text emit(const Function& function, std::string_view target);

/// Claims, stages and costs for people.
EQUIRIPPLE_PUBLIC Text summary(const Function& function);
/// A page with pictures (HTML).
EQUIRIPPLE_PUBLIC Text report(const Function& function);
/// The error as curves (SVG).
EQUIRIPPLE_PUBLIC Text plot(const Function& function);

/// `search` and `survey` of the command line, as JSON; the command of the request is not looked at.
EQUIRIPPLE_PUBLIC Text search(const Request& request, const Progress& progress = {});
EQUIRIPPLE_PUBLIC Text survey(const Request& request, const Progress& progress = {});

/// `network` of the command line. Options: file, the name of its TOML, of the file system or in
/// `files`; pareto, a switch. As JSON: {"name", "bootstraps", "latency", "error" (the sum of weight
/// * error), "levels" (of all linear parts and activations), "optimal_over", "remarks", "table",
/// "layers": [{"name", "function", "artifact" (which of "artifacts"; null where the value passes as
/// it is), "input_level", "output_level", "refreshes", "error" (rounded up), "weight", "range"}],
/// "artifacts": [texts that read() takes], "files": {name: text}, what --out-dir writes}; with
/// pareto {"front", "table"}.
EQUIRIPPLE_PUBLIC Text network(const Request& request, const Progress& progress = {});

/// What parameters as "logN=15,scale=2^40" leave of it on ciphertexts, by simulation, as JSON:
/// {"bits", "log2_noise", "log2_mean_noise", "log2_noise_at_usual_scales" (where the plan chooses
/// others for its stages), "levels", "parameters", "evidence"}.
EQUIRIPPLE_PUBLIC Text simulate(const Function& function, std::string_view ckks);

}  // namespace library
}  // namespace equiripple
