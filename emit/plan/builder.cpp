// One push an operation.
#include "emit/plan/builder.hpp"

#include <algorithm>
#include <stdexcept>

namespace equiripple {

int ProgramBuilder::push(Instruction instruction) {
  program_.push_back(std::move(instruction));
  return static_cast<int>(program_.size()) - 1;
}

int ProgramBuilder::input(std::string name) {
  return push({.operation = PlanOperation::input, .name = std::move(name)});
}

int ProgramBuilder::normalise(int x, const Interval& basis, std::string name) {
  return push({.operation = PlanOperation::normalise,
               .name = std::move(name),
               .left = x,
               .centre = (basis.lower + basis.upper) / 2,
               .half_width = (basis.upper - basis.lower) / 2,
               .depth = depth(x)});
}

int ProgramBuilder::stage(int x, std::string name) {
  return push(
      {.operation = PlanOperation::stage, .name = std::move(name), .left = x, .depth = depth(x)});
}

int ProgramBuilder::add(int x, int y, std::string name) {
  const int shared = std::max(depth(x), depth(y));
  const int left = at_depth(x, shared);
  const int right = at_depth(y, shared);
  return push({.operation = PlanOperation::add,
               .name = std::move(name),
               .left = left,
               .right = right,
               .depth = shared});
}

int ProgramBuilder::subtract(int x, int y, std::string name) {
  const int sum = add(x, y, std::move(name));
  program_.back().operation = PlanOperation::subtract;
  return sum;
}

int ProgramBuilder::add_scalar(int x, Rational scalar, std::string name) {
  return push({.operation = PlanOperation::add_scalar,
               .name = std::move(name),
               .left = x,
               .scalar = std::move(scalar),
               .depth = depth(x)});
}

int ProgramBuilder::multiply_integer(int x, int integer, std::string name) {
  return push({.operation = PlanOperation::multiply_integer,
               .name = std::move(name),
               .left = x,
               .integer = integer,
               .depth = depth(x)});
}

int ProgramBuilder::at_depth(int value, int depth_wanted) {
  if (depth(value) == depth_wanted) return value;
  if (depth(value) > depth_wanted) throw std::logic_error("a value cannot rise to a lesser depth");
  const auto known = dropped_.find({value, depth_wanted});
  if (known != dropped_.end()) return known->second;
  const std::string name = program_[static_cast<std::size_t>(value)].name;
  const int copy = push({.operation = PlanOperation::drop,
                         .name = name + "_at_" + std::to_string(depth_wanted),
                         .left = value,
                         .depth = depth_wanted});
  dropped_[{value, depth_wanted}] = copy;
  return copy;
}

int ProgramBuilder::finish_product(int value, bool three_components, const std::string& name) {
  if (three_components) {
    value = push({.operation = PlanOperation::relinearize,
                  .name = name + "_switched",
                  .left = value,
                  .depth = depth(value)});
  }
  return push({.operation = PlanOperation::rescale,
               .name = name,
               .left = value,
               .depth = depth(value) + 1});
}

int ProgramBuilder::rescaled_product(int x, int y, const std::string& name) {
  return sum({.products = {{x, y}}, .scaled = {}, .constant = 0}, name);
}

int ProgramBuilder::sum(const Sum& terms, const std::string& name) {
  int shared = 0;
  for (const ProductTerm& term : terms.products) {
    shared = std::max({shared, depth(term.left), depth(term.right)});
  }
  for (const ScaledTerm& term : terms.scaled) shared = std::max(shared, depth(term.value));
  int total = -1;
  int number = 0;
  const auto accumulate = [&](int term) {
    if (total >= 0) {
      term = push({.operation = PlanOperation::add,
                   .name = name + "_sum_" + std::to_string(number),
                   .left = total,
                   .right = term,
                   .depth = shared});
    }
    total = term;
    ++number;
  };
  for (const ProductTerm& term : terms.products) {
    const int left = at_depth(term.left, shared);
    const int right = at_depth(term.right, shared);
    const bool squared = left == right;
    int product = push({.operation = squared ? PlanOperation::square : PlanOperation::multiply,
                        .name = name + "_product_" + std::to_string(number),
                        .left = left,
                        .right = squared ? -1 : right,
                        .depth = shared});
    if (term.integer != 1) {
      product =
          multiply_integer(product, term.integer, name + "_multiple_" + std::to_string(number));
    }
    accumulate(product);
  }
  for (const ScaledTerm& term : terms.scaled) {
    const int value = at_depth(term.value, shared);
    accumulate(push({.operation = PlanOperation::multiply_scalar,
                     .name = name + "_term_" + std::to_string(number),
                     .left = value,
                     .scalar = term.scalar,
                     .depth = shared}));
  }
  const std::string rescaled = terms.constant == 0 ? name : name + "_rescaled";
  const int result = finish_product(total, !terms.products.empty(), rescaled);
  return terms.constant == 0 ? result : add_scalar(result, terms.constant, name);
}

}  // namespace equiripple
