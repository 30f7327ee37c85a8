// A plan that an application is handed as data: read from a text, run without a compiler, with the
// scales, checks and operations of the header that is emitted of the same artifact.
//
// The text is what `equiripple emit --target program` writes. Its lines, in this order:
//
//   equiripple-program 1             2 where it refreshes, 3 where it carries out integers as
//   others name NAME                        letters, digits and _, no digit first range LOWER UPPER
//   of the variable growth G                         the largest amplification in any sum
//   output_scale_factor S            what the steps compute is S times the function
//   stages N                         so many have a variable in [-1, 1]; or: all
//   refresh_noise N                  of version 2: what a refresh may add to a value in [-1, 1]
//   claim LOWER ATTAINED UPPER UNIT METRIC EVIDENCE        as equiripple::Claim
//   step NAME input                  one or two, before all others
//   step NAME normalise X C H        (X - C) / H, at most once
//   step NAME stage X                X as the variable of the next stage
//   step NAME stage X D              likewise, read at 2^D times the scale of its level; |D| <= 8
//   step NAME multiply X Y           a tensor product
//   step NAME square X
//   step NAME relinearize X
//   step NAME rescale X
//   step NAME multiply_scalar X C
//   step NAME add_scalar X C
//   step NAME multiply_integer X K
//   step NAME multiply_integer X K M of version 3: as M times X, read at M / K times its scale
//   step NAME add X Y
//   step NAME sub X Y                X - Y
//   step NAME drop X D               X, where D levels are consumed
//   step NAME refresh X              of version 2: X as the variable of the next stage, refreshed
//   step NAME refresh_input X C H    of version 2: X, within H of C, refreshed before it is read
//   result NAME                      the value of the last step
//
// Steps are as many as there are, each names a new value and reads earlier ones. Words are parted
// by blanks; empty lines, and those that begin with #, say nothing. K, M, D and N are decimal
// integers, K and M above 0 where there is an M, which is at most 64; all other numbers are doubles
// in hexadecimal (-0x1.8p-3), read exactly in every locale.
//
// A text of version 1, 2 or 3 means for ever what it means today: the same operations in the same
// order. A new word in it (a fused operation) makes another version. A runtime reads the versions
// that it knows and refuses others with a sentence.
#pragma once

#include <algorithm>
#include <istream>
#include <iterator>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "claim.hpp"
#include "errors.hpp"
#include "evaluate.hpp"
#include "many.hpp"
#include "output_level.hpp"
#include "program_reader.hpp"

namespace equiripple {

/// What an emitted header says in its Plan and its claim. A value: what is prepared of it does not
/// refer to it.
class Program {
 public:
  /// Throws malformed_program, with the line and the word that is wrong. What is read can be run,
  /// or is refused when it is run.
  static Program parse(std::string_view text) { return Program(detail::ProgramReader::read(text)); }

  const std::string& name() const { return content_.plan.facts.name; }
  int inputs() const { return content_.inputs; }

  /// Costs, counted in the steps; where the range is read off the scale.
  int levels() const { return content_.plan.facts.levels; }
  int key_switches() const {
    return count(detail::Step::relinearize) + count(detail::Step::refresh);
  }
  int refreshes() const { return count(detail::Step::refresh); }
  int tensor_products() const {
    return count(detail::Step::multiply) + count(detail::Step::square);
  }
  int scalar_products() const { return count(detail::Step::multiply_scalar); }
  int rescalings() const { return count(detail::Step::rescale); }

  /// The range of the variable: of the input, of a - b, or of b in a/b.
  double lower() const { return content_.lower; }
  double upper() const { return content_.upper; }
  double half_width() const { return content_.plan.facts.half_width; }

  double growth() const { return content_.growth; }
  double output_scale_factor() const { return content_.plan.facts.output_scale_factor; }
  const Claim& claim() const { return content_.claim; }

  /// The operations, and what the runtime must know besides.
  const detail::Recording& recording() const { return content_.plan; }

 private:
  explicit Program(detail::ProgramContent content) : content_(std::move(content)) {}

  int count(detail::Step step) const {
    const auto& operations = content_.plan.operations;
    return static_cast<int>(
        std::count_if(operations.begin(), operations.end(),
                      [&](const detail::Operation& each) { return each.step == step; }));
  }

  detail::ProgramContent content_;
};

/// The whole stream, as Program::parse.
inline Program read_program(std::istream& stream) {
  return Program::parse(std::string(std::istreambuf_iterator<char>(stream), {}));
}

namespace detail {

/// A program where evaluate.hpp takes a Plan.
class ProgramPlan {
 public:
  ProgramPlan(const Program& program, int inputs_given)
      : name(program.name()),
        levels(program.levels()),
        lower(program.lower()),
        upper(program.upper()),
        half_width(program.half_width()),
        output_scale_factor(program.output_scale_factor()),
        recording(program.recording()),
        range_of_second(is_of_second(recording.operations)) {
    require_inputs(name, program.inputs(), inputs_given);
  }

  template <class Evaluator, class Value, class... More>
  Value run(Evaluator& he, const Value& x, const More&... more) const {
    return replay(recording.operations, he, std::vector<Value>{x, more...});
  }

  const std::string& name;
  int levels;
  double lower;
  double upper;
  double half_width;
  double output_scale_factor;
  const Recording& recording;
  bool range_of_second;
};

inline const Recording& recording_of(const ProgramPlan& plan) { return plan.recording; }

template <class Backend>
using IfCiphertexts = std::enable_if_t<!std::is_same_v<typename Backend::Ciphertext, double>, int>;
template <class Backend>
using IfNumbers = std::enable_if_t<std::is_same_v<typename Backend::Ciphertext, double>, int>;

}  // namespace detail

// What follows does of a program what evaluate.hpp does of an emitted plan, in the same words. A
// program of another number of inputs than are given is an evaluation_error before any work.

/// Levels that the program consumes for an input of this scale when the first modulus is
/// `working_scale`.
inline int required_levels(const Program& program, double input_scale, double working_scale) {
  return detail::levels_read_at(input_scale, working_scale, program.levels(), program.half_width());
}

/// The fewest levels that `x` must have left.
template <class Backend>
int required_levels(const Program& program, Backend& he, const typename Backend::Ciphertext& x) {
  return detail::levels_needed(he, detail::ProgramPlan(program, program.inputs()), x);
}

/// Every level and scale fixed and every scalar encoded: prepare(program, he, level, scale), or
/// prepare<2>(...) for a program of two inputs. `he` must outlive the result, `program` need not.
template <int Inputs = 1, class Backend>
Prepared<Backend, Inputs> prepare(const Program& program, Backend& he, int level, double scale,
                                  double output_scale = 0) {
  return Prepared<Backend, Inputs>(he, detail::fit(he, detail::ProgramPlan(program, Inputs),
                                                   detail::InputFacts{level, scale}, output_scale));
}

/// The program on ciphertexts, of one input or of two.
template <class Backend, detail::IfCiphertexts<Backend> = 0>
typename Backend::Ciphertext evaluate(const Program& program, Backend& he,
                                      const typename Backend::Ciphertext& x,
                                      double output_scale = 0) {
  return detail::evaluate_one(he, detail::ProgramPlan(program, 1), x, output_scale);
}
template <class Backend, detail::IfCiphertexts<Backend> = 0>
typename Backend::Ciphertext evaluate(const Program& program, Backend& he,
                                      const typename Backend::Ciphertext& a,
                                      const typename Backend::Ciphertext& b,
                                      double output_scale = 0) {
  return detail::evaluate_two(he, detail::ProgramPlan(program, 2), a, b, output_scale);
}

/// On plain numbers. What is second is a scale where the program takes one input.
template <class Backend, detail::IfNumbers<Backend> = 0>
double evaluate(const Program& program, Backend& he, double x) {
  return detail::evaluate_one(he, detail::ProgramPlan(program, 1), x, 0);
}
template <class Backend, detail::IfNumbers<Backend> = 0>
double evaluate(const Program& program, Backend& he, double a, double second) {
  if (program.inputs() == 1) {
    return detail::evaluate_one(he, detail::ProgramPlan(program, 1), a, second);
  }
  return detail::evaluate_two(he, detail::ProgramPlan(program, 2), a, second, 0);
}
template <class Backend, detail::IfNumbers<Backend> = 0>
double evaluate(const Program& program, Backend& he, double a, double b, double output_scale) {
  return detail::evaluate_two(he, detail::ProgramPlan(program, 2), a, b, output_scale);
}

/// Of many inputs, for programs of one: as evaluate_all of a plan.
template <class Backend>
std::vector<typename Backend::Ciphertext> evaluate_all(
    const Program& program, Backend& he, const std::vector<typename Backend::Ciphertext>& inputs,
    double output_scale = 0) {
  return detail::evaluate_each(he, detail::ProgramPlan(program, 1), inputs, output_scale);
}

/// `x` with as few levels as the program needs for a result at `output_level`.
template <class Backend>
typename Backend::Ciphertext at_output_level(const Program& program, Backend& he,
                                             const typename Backend::Ciphertext& x,
                                             int output_level) {
  return detail::lowered_for(he, detail::ProgramPlan(program, program.inputs()), x, output_level);
}

/// As evaluate; throws outside_domain where `decrypt` shows that a stage's variable is not in
/// [-1, 1]: for whoever holds the secret key, never for a server.
template <class Backend, class Decrypt>
typename Backend::Ciphertext evaluate_guarded(const Program& program, Backend& he,
                                              const typename Backend::Ciphertext& x,
                                              const Decrypt& decrypt) {
  static_assert(!detail::manages_scales<Backend>::value, "numbers are checked by evaluate");
  return detail::evaluate_looking(he, detail::ProgramPlan(program, 1), x, 0,
                                  detail::guard(he, program.name(), decrypt));
}
template <class Backend, class Decrypt>
typename Backend::Ciphertext evaluate_guarded(const Program& program, Backend& he,
                                              const typename Backend::Ciphertext& a,
                                              const typename Backend::Ciphertext& b,
                                              const Decrypt& decrypt) {
  static_assert(!detail::manages_scales<Backend>::value, "numbers are checked by evaluate");
  return detail::evaluate_looking(he, detail::ProgramPlan(program, 2), a, b, 0,
                                  detail::guard(he, program.name(), decrypt));
}

}  // namespace equiripple
