// Relinearisations, rescalings and drops are no nodes: they mark or move the node that they are of.
#include "tools/picture/plan_graph.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

#include "emit/hexfloat.hpp"
#include "emit/picture/markup.hpp"

namespace equiripple {
namespace {

constexpr double row_height = 17;
constexpr double widest_column = 120;
constexpr double page_width = 860;
constexpr double top = 46;
constexpr double node_radius = 5;

struct Node {
  const char* style = "sum";  // input, product, scalar or sum
  std::string text;           // "t2 = t1 * t1"
  bool key_switch = false;
  int level = 0;
  int row = 0;
  std::vector<std::size_t> operands;
};

class Graph {
 public:
  explicit Graph(const Plan& plan) {
    for (const Instruction& step : plan.program) add(plan.program, step);
    for (Node& node : nodes_) node.row = rows_[node.level]++;
  }

  std::string svg() const {
    int rows = 1;
    for (const auto& [level, count] : rows_) rows = std::max(rows, count);
    const int levels = rows_.rbegin()->first + 1;
    const double column = std::min(widest_column, (page_width - 40) / levels);
    const double height = top + row_height * rows + 34;
    const auto x = [&](const Node& node) { return 30 + column * (node.level + 0.3); };
    const auto y = [&](const Node& node) {
      const double shift = (rows - rows_.at(node.level)) * row_height / 2;  // columns are centred
      return top + shift + row_height * node.row;
    };
    std::string text = open_svg(page_width, height, "the plan", "plan");
    for (int level = 0; level < levels; ++level) {
      text += fmt::format(
          "<text class=\"tick\" x=\"{:.1f}\" y=\"20\" text-anchor=\"middle\">{}</text>\n",
          30 + column * (level + 0.3), level);
    }
    for (const Node& node : nodes_) {
      for (const std::size_t operand : node.operands) {
        const Node& from = nodes_[operand];
        const double bend = (x(node) - x(from)) / 2 + 6;
        text += fmt::format(
            "<path class=\"edge\" d=\"M{:.1f} {:.1f}C{:.1f} {:.1f} {:.1f} {:.1f} {:.1f} "
            "{:.1f}\"/>\n",
            x(from), y(from), x(from) + bend, y(from), x(node) - bend, y(node), x(node), y(node));
      }
    }
    for (const Node& node : nodes_) {
      text += fmt::format(
          "<circle class=\"node {}{}\" cx=\"{:.1f}\" cy=\"{:.1f}\" "
          "r=\"{}\"><title>{}</title></circle>\n",
          node.style, node.key_switch ? " switched" : "", x(node), y(node), node_radius,
          escaped_markup(node.text));
    }
    return text + legend(height) + "</svg>\n";
  }

 private:
  void add(const std::vector<Instruction>& program, const Instruction& step) {
    const auto name = [&](int index) { return program[static_cast<std::size_t>(index)].name; };
    const auto node = [&](const char* style, const std::string& text,
                          std::initializer_list<int> operands) {
      Node made{
          .style = style, .text = step.name + " = " + text, .level = step.depth, .operands = {}};
      for (const int operand : operands) {
        made.operands.push_back(node_of_[static_cast<std::size_t>(operand)]);
      }
      nodes_.push_back(std::move(made));
      node_of_.push_back(nodes_.size() - 1);
    };
    switch (step.operation) {
      case PlanOperation::input: return node("input", "input", {});
      case PlanOperation::multiply:
        return node("product", name(step.left) + " * " + name(step.right), {step.left, step.right});
      case PlanOperation::square:
        return node("product", name(step.left) + " * " + name(step.left), {step.left});
      case PlanOperation::multiply_scalar:
        return node("scalar", decimal(step.scalar) + " * " + name(step.left), {step.left});
      case PlanOperation::add_scalar:
        return node("sum", name(step.left) + " + " + decimal(step.scalar), {step.left});
      case PlanOperation::multiply_integer:
        return node("sum", std::to_string(step.integer) + " * " + name(step.left), {step.left});
      case PlanOperation::add:
        return node("sum", name(step.left) + " + " + name(step.right), {step.left, step.right});
      case PlanOperation::subtract:
        return node("sum", name(step.left) + " - " + name(step.right), {step.left, step.right});
      case PlanOperation::relinearize:
      case PlanOperation::rescale:
      case PlanOperation::normalise:
      case PlanOperation::refresh_input:
      case PlanOperation::stage:
      case PlanOperation::drop: break;
    }
    Node& same = nodes_[node_of_[static_cast<std::size_t>(step.left)]];
    if (step.operation == PlanOperation::relinearize) {
      same.key_switch = true;
      same.text += ", key switch";
    }
    node_of_.push_back(node_of_[static_cast<std::size_t>(step.left)]);
  }

  static std::string legend(double height) {
    std::string text;
    double x = 30;
    for (const auto& [style, label] :
         {std::pair{"product switched", "key switch, of a product or of a sum of products"},
          {"product", "product, no key switch of its own"},
          {"scalar", "times a scalar"},
          {"sum", "sum"}}) {
      text += fmt::format(
          "<circle class=\"node {}\" cx=\"{:.0f}\" cy=\"{:.0f}\" r=\"{}\"/>"
          "<text class=\"label\" x=\"{:.0f}\" y=\"{:.0f}\">{}</text>\n",
          style, x, height - 12, node_radius, x + 10, height - 8, label);
      x += 40 + 6.3 * static_cast<double>(std::string(label).size());
    }
    return text;
  }

  std::vector<Node> nodes_;
  std::vector<std::size_t> node_of_;  // of each instruction
  std::map<int, int> rows_;           // of each level
};

}  // namespace

std::string plan_graph(const Plan& plan) {
  return plan.program.size() > most_drawn_operations ? std::string() : Graph(plan).svg();
}

const std::string& plan_graph_style() {
  static const std::string style =
      ".plan .edge { fill: none; stroke: currentColor; opacity: .22; }\n"
      ".plan .node { fill: var(--c5); stroke: none; }\n"
      ".plan .input { fill: var(--c2); } .plan .product { fill: var(--c0); }\n"
      ".plan .scalar { fill: var(--c3); }\n"
      ".plan .switched { fill: var(--c1); }\n";
  return style;
}

}  // namespace equiripple
