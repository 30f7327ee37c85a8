// Every value is a sum over variables of plain + factor * multiplied: series in that variable, the
// factor a series in the first one, which is that of x.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <stdexcept>

#include "emit/plan/interpret.hpp"
#include "emit/plan/joined.hpp"
#include "emit/plan/series_arithmetic.hpp"

namespace equiripple {
namespace {

struct SumOfSeries {
  std::map<int, Series> plain{};       // by variable: 0 that of x, k the k-th that is read
  std::map<int, Series> multiplied{};  // likewise; times the factor of the variable
  bool is_input = false;               // x itself
};

// Thrown inside this file only.
struct Meaningless : std::runtime_error {
  using std::runtime_error::runtime_error;
};

[[noreturn]] void reject(const Instruction& step, const char* why) {
  throw Meaningless(fmt::format("{}: {}", step.name, why));
}

bool has_one(const std::map<int, Series>& series) { return series.size() == 1; }

Series trimmed(Series p) {
  while (p.size() > 1 && p.back() == 0) p.pop_back();
  return p;
}

// The algebra (interpret.hpp) of such values.
class Reader {
 public:
  using Value = SumOfSeries;

  Reader(const JoinedForm& form, const std::vector<ChebyshevSeries>& stored)
      : form_(form), stored_(stored) {
    for (const ChebyshevSeries& p : stored) {
      most_terms_ = std::max(most_terms_, 2 * p.coefficients.size() + 2);
    }
  }

  std::vector<ChebyshevSeries> read(const std::vector<Instruction>& program) {
    if (program.empty()) throw Meaningless("the program is empty");
    const Value result = interpreted(program, *this).back();
    const bool has_mean = result.plain.contains(0);
    if (result.is_input || result.plain.size() > (has_mean ? 1 : 0)) {
      throw Meaningless("the result is not that of joints");
    }
    for (const auto& [last, series] : result.multiplied) read_joint(last, series);
    if (joints_ != form_.stages.size() || used_ != variables_.size()) {
      throw Meaningless("the program has other joints than the tables");
    }
    keep(has_mean ? result.plain.at(0) : Series{0});
    return std::move(polynomials_);
  }

  Value input(const Instruction& step) {
    if (has_input_) reject(step, "is a second input");
    has_input_ = true;
    return {.is_input = true};
  }

  Value normalise(const Instruction& step, const Value& x) {
    const Interval& basis = stored_.front().basis;
    if (!x.is_input || is_normalised_ || step.centre != (basis.lower + basis.upper) / 2 ||
        step.half_width != (basis.upper - basis.lower) / 2) {
      reject(step, "does not map the basis of the first stage onto [-1, 1]");
    }
    is_normalised_ = true;
    return {.plain = {{0, {0, 1}}}};
  }

  Value stage(const Instruction& step, const Value& x) {
    if (!has_one(x.plain) || !x.multiplied.empty()) reject(step, "reads what is no stage's value");
    const auto& [variable, series] = *x.plain.begin();
    variables_.push_back({.parent = variable, .value = series});
    return {.plain = {{static_cast<int>(variables_.size()), {0, 1}}}};
  }

  Value product(const Instruction& step, const Value& x, const Value& y) {
    if (has_one(x.plain) && has_one(y.plain) && x.multiplied.empty() && y.multiplied.empty()) {
      const auto& [v, p] = *x.plain.begin();
      const auto& [w, q] = *y.plain.begin();
      if (v == w) return sized(step, {.plain = {{v, equiripple::product(p, q)}}});
      if (v == 0) return {.multiplied = {{w, times_factor(step, w, p, q)}}};
      if (w == 0) return {.multiplied = {{v, times_factor(step, v, q, p)}}};
    }
    const Value& plain = x.multiplied.empty() ? x : y;
    const Value& other = x.multiplied.empty() ? y : x;
    if (!has_one(plain.plain) || !plain.multiplied.empty() || !other.plain.empty() ||
        !has_one(other.multiplied) ||
        plain.plain.begin()->first != other.multiplied.begin()->first) {
      reject(step, "is a product of values that no plan multiplies");
    }
    const auto& [v, p] = *plain.plain.begin();
    return sized(step,
                 {.multiplied = {{v, equiripple::product(p, other.multiplied.begin()->second)}}});
  }

  Value multiple(const Instruction& step, Value x, const Rational& factor) const {
    if (x.is_input) reject(step, "takes what is not normalised");
    for (auto* part : {&x.plain, &x.multiplied}) {
      for (auto& [variable, series] : *part) {
        for (Rational& c : series) c *= factor;
      }
    }
    return sized(step, std::move(x));
  }

  Value shifted(const Instruction& step, Value x) const {
    if (x.is_input) reject(step, "takes what is not normalised");
    // Of a sum over several variables it is of the first.
    Series& series =
        has_one(x.plain) && x.multiplied.empty() ? x.plain.begin()->second : x.plain[0];
    series = equiripple::sum(std::move(series), {step.scalar}, 1);
    return sized(step, std::move(x));
  }

  Value sum(const Instruction& step, Value x, const Value& y, int sign) const {
    if (x.is_input || y.is_input) reject(step, "takes what is not normalised");
    for (const auto& [variable, series] : y.plain) {
      x.plain[variable] = equiripple::sum(std::move(x.plain[variable]), series, sign);
    }
    for (const auto& [variable, series] : y.multiplied) {
      x.multiplied[variable] = equiripple::sum(std::move(x.multiplied[variable]), series, sign);
    }
    return sized(step, std::move(x));
  }

  static Value same(const Instruction&, const Value& x) { return x; }

 private:
  struct Variable {
    int parent;                // of what it is the value
    Series value;              // in the parent
    Series factor = Series{};  // in x; empty where nothing is multiplied
  };

  Series times_factor(const Instruction& step, int variable, const Series& factor,
                      const Series& series) {
    Series& known = variables_[static_cast<std::size_t>(variable) - 1].factor;
    if (known.empty()) known = factor;
    if (known != factor) reject(step, "multiplies one stage by two factors");
    return series;
  }

  // No plan passes the degrees of the stages; a hand-made program might double them with each line.
  Value sized(const Instruction& step, Value x) const {
    constexpr long largest_log2 = 1 << 13;  // chosen: far above products of binary64 scalars
    for (const auto* part : {&x.plain, &x.multiplied}) {
      for (const auto& [variable, series] : *part) {
        if (series.size() > most_terms_) reject(step, "has a degree above that of its stage");
        for (const Rational& c : series) {
          const bool fits = abs(c) < power_of_two(largest_log2) &&
                            (c == 0 || abs(c) > power_of_two(-largest_log2));
          if (!fits) reject(step, "has coefficients out of all bounds");
        }
      }
    }
    return x;
  }

  // From the last stage, of which the series is, back to the first one. Its variables follow those
  // of the joints before: so programs are written.
  void read_joint(int last, const Series& series) {
    if (joints_ == form_.stages.size()) throw Meaningless("the program has too many joints");
    std::vector<Series> stages{series};
    for (int variable = last; variable != 0;) {
      const Variable& read = variables_[static_cast<std::size_t>(variable) - 1];
      stages.push_back(read.value);
      ++used_;
      variable = read.parent;
    }
    if (static_cast<int>(stages.size()) != form_.stages[joints_++]) {
      throw Meaningless("a joint has another number of stages than the tables");
    }
    std::ranges::reverse(stages);
    for (std::size_t i = 0; i < stages.size(); ++i) {
      const bool is_last = i + 1 == stages.size();
      if (!is_last) {
        const Rational& reach = stored_[polynomials_.size() + 1].basis.upper;
        for (Rational& c : stages[i]) c *= reach;
      }
      keep(std::move(stages[i]));
    }
    keep(variables_[static_cast<std::size_t>(last) - 1].factor);
  }

  void keep(Series p) {
    const ChebyshevSeries& stored = stored_[polynomials_.size()];
    ChebyshevSeries series{
        .basis = stored.basis, .coefficients = trimmed(std::move(p)), .parity = stored.parity};
    for (std::size_t k = 0; stored.parity == Parity::odd && k < series.coefficients.size();
         k += 2) {
      if (series.coefficients[k] != 0) series.parity = Parity::none;
    }
    polynomials_.push_back(std::move(series));
  }

  const JoinedForm& form_;
  const std::vector<ChebyshevSeries>& stored_;
  std::size_t most_terms_ = 0;
  std::vector<Variable> variables_{};
  std::vector<ChebyshevSeries> polynomials_{};
  std::size_t joints_ = 0;
  std::size_t used_ = 0;
  bool has_input_ = false;
  bool is_normalised_ = false;
};

}  // namespace

Expected<std::vector<ChebyshevSeries>> joined_meaning(const std::vector<Instruction>& program,
                                                      const JoinedForm& form,
                                                      const std::vector<ChebyshevSeries>& stored) {
  try {
    return Reader(form, stored).read(program);
  } catch (const Meaningless& why) {
    return Defect{why.what()};
  }
}

}  // namespace equiripple
