// A plan as data: the straight-line program for ciphertexts, and what it costs.
//
// Values are numbered in order; each operation names the values that it reads. Depth counts the
// rescalings since the input. The same program is counted, expanded to polynomials, printed as
// C++, and stored in the artifact.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "generator/chebyshev.hpp"

namespace equiripple {

enum class PlanOperation : unsigned char {
  input,             // a ciphertext of the caller
  normalise,         // (x - centre) / half_width, by reading the scale where it allows
  refresh_input,     // x, or a - b, refreshed before anything else: the same value, up to noise
  stage,             // the value as the variable of the next stage: its scale is set afresh
  multiply,          // tensor product: three components
  square,            // likewise
  relinearize,       // a key switch: back to two components
  rescale,           // one level
  multiply_scalar,   // by `scalar`, encoded at a scale of its own
  add_scalar,        // of `scalar`
  multiply_integer,  // by `integer`: no level; carried out with `carried`, read at another scale
  add,
  subtract,
  drop,  // to the depth of the result, without arithmetic
};

/// What an operation takes beside values.
enum class PlanArgument : unsigned char {
  none,
  scalar,
  optional_scalar,  // not written where it is 0
  multiple,         // integer, and carried where it is not 0
  depth,
  interval,  // centre and half-width
};

struct Instruction {
  PlanOperation operation = PlanOperation::input;
  std::string name;         // of the result: an identifier, unique in the program
  int left = -1;            // index of the first operand
  int right = -1;           // index of the second operand
  Rational scalar{};        // of multiply_scalar and add_scalar; of stage: log2 of what the usual
                            // scale is multiplied by; a binary64 number
  int integer = 0;          // of multiply_integer
  int carried = 0;          // of multiply_integer: what is multiplied by, the scale making up for
                            // it; 0 for `integer`
  Rational centre{};        // of normalise; of refresh_input it is 0
  Rational half_width = 1;  // of normalise; of refresh_input: values up to it are refreshed
  int depth = 0;            // levels consumed when the result is there
};

struct PlanCosts {
  int levels = 0;
  int key_switches = 0;     // relinearisations
  int tensor_products = 0;  // multiplications and squarings of ciphertexts
  int scalar_products = 0;
  int rescalings = 0;

  bool operator==(const PlanCosts& other) const = default;
};

/// What an operation is counted and priced as.
enum class Expense : unsigned char {
  none,
  tensor_product,
  key_switch,
  rescaling,
  scalar_product,
  addition,  // priced, and not counted
};

/// One of something for each expense; that of none is never looked at.
template <class T>
struct ByExpense {
  T tensor_product{};
  T key_switch{};
  T rescaling{};
  T scalar_product{};
  T addition{};

  [[nodiscard]] constexpr T at(Expense expense) const {
    const T all[] = {T{}, tensor_product, key_switch, rescaling, scalar_product, addition};
    return all[static_cast<std::size_t>(expense)];
  }
};

/// What files, emitted code and counts know of an operation.
struct OperationFacts {
  PlanOperation operation = PlanOperation::input;
  const char* name = "";  // in files and in emitted code
  int operands = 1;
  PlanArgument argument = PlanArgument::none;
  Expense expense = Expense::none;
};

[[nodiscard]] const OperationFacts& facts_of(PlanOperation operation);
[[nodiscard]] std::optional<PlanOperation> plan_operation(const std::string& name);

struct Plan {
  std::vector<Instruction> program;  // the last one is the result
  PlanCosts costs;                   // as stated: count(program) where the statement is true
  Rational growth;                   // largest amplification in any sum; rounded up to binary64
  Rational output_scale_factor = 1;

  int inputs() const;

  /// Whether the variable is the second of two inputs, as b is in a/b; else it is x, or a - b.
  bool is_of_second() const;
};

/// Counts the operations of a program.
[[nodiscard]] PlanCosts count(const std::vector<Instruction>& program);

}  // namespace equiripple
