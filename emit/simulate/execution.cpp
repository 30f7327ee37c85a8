// Longest ways through the program, and list scheduling.
#include "emit/simulate/execution.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <queue>
#include <utility>

#include "emit/hexfloat.hpp"
#include "emit/simulate/key_switching.hpp"

namespace equiripple {
namespace {

using Program = std::vector<Instruction>;

// Each operand of a step once.
std::vector<std::size_t> operands_of(const Instruction& step) {
  std::vector<std::size_t> operands;
  if (step.left >= 0) operands.push_back(static_cast<std::size_t>(step.left));
  if (step.right >= 0 && step.right != step.left) {
    operands.push_back(static_cast<std::size_t>(step.right));
  }
  return operands;
}

// By step; what is free costs nothing.
std::vector<double> costs_of(const Program& program, const CostTable& table) {
  const int levels = count(program).levels + table.levels_after;
  CostTable of_step = table;
  std::vector<double> costs;
  for (const Instruction& step : program) {
    const Program alone = {step};
    of_step.levels_after = levels - count(alone).levels;  // as in the program
    costs.push_back(latency_of(alone, of_step));
  }
  return costs;
}

// The steps that can begin are begun by whoever is free, the one with the longest way to the result
// first.
class Schedule {
 public:
  Schedule(const Program& program, std::vector<double> costs)
      : costs_(std::move(costs)), users_(program.size()), missing_(program.size(), 0) {
    for (std::size_t i = 0; i < program.size(); ++i) {
      for (const std::size_t operand : operands_of(program[i])) {
        users_[operand].push_back(i);
        ++missing_[i];
      }
    }
    remaining_ = costs_;
    for (std::size_t i = program.size(); i-- > 0;) {
      for (const std::size_t user : users_[i]) {
        remaining_[i] = std::max(remaining_[i], costs_[i] + remaining_[user]);
      }
    }
  }

  double time_of(int threads) const {
    using Step = std::pair<double, std::size_t>;
    std::priority_queue<Step> ready;                                       // by what remains
    std::priority_queue<Step, std::vector<Step>, std::greater<>> running;  // by their ends
    std::vector<int> missing = missing_;
    for (std::size_t i = 0; i < missing.size(); ++i) {
      if (missing[i] == 0) ready.emplace(remaining_[i], i);
    }
    double now = 0;
    while (!ready.empty() || !running.empty()) {
      while (!ready.empty() && running.size() < static_cast<std::size_t>(threads)) {
        const std::size_t next = ready.top().second;
        ready.pop();
        running.emplace(now + costs_[next], next);
      }
      const auto [end, done] = running.top();
      running.pop();
      now = end;
      for (const std::size_t user : users_[done]) {
        if (--missing[user] == 0) ready.emplace(remaining_[user], user);
      }
    }
    return now;
  }

 private:
  std::vector<double> costs_;
  std::vector<std::vector<std::size_t>> users_;
  std::vector<int> missing_;       // operands
  std::vector<double> remaining_;  // of the longest way to the result, its own cost included
};

}  // namespace

int critical_key_switches(const std::vector<Instruction>& program) {
  std::vector<int> switches(program.size(), 0);
  for (std::size_t i = 0; i < program.size(); ++i) {
    for (const std::size_t operand : operands_of(program[i])) {
      switches[i] = std::max(switches[i], switches[operand]);
    }
    switches[i] += program[i].operation == PlanOperation::relinearize ? 1 : 0;
  }
  return switches.empty() ? 0 : std::ranges::max(switches);
}

double gain_of_threads(const std::vector<Instruction>& program, const CostTable& costs,
                       int threads) {
  const Schedule schedule(program, costs_of(program, costs));
  const double time = schedule.time_of(threads);
  return time == 0 ? 1 : schedule.time_of(1) / time;
}

double price_of_spare_levels(const std::vector<Instruction>& program, CostTable costs, int levels) {
  costs.levels_after = 0;
  const double least = latency_of(program, costs);
  costs.levels_after = levels;
  return least == 0 ? 1 : latency_of(program, costs) / least;
}

std::string describe_execution(const Artifact& artifact) {
  if (!artifact.plan || artifact.plan->costs.key_switches == 0) return {};
  if (!noise_of(artifact).empty()) return {};  // levels begin anew after a refresh
  constexpr int spare = 3;  // chosen: as of a chain that serves other functions too
  const std::vector<Instruction>& program = artifact.plan->program;
  const ModulusChain chain{.log2_scale = 50, .levels = artifact.plan->costs.levels + spare};
  const CostTable costs = transforms_with(usual_key_switching(chain, SimulatedLibrary::openfhe));
  const auto gain = [&](int threads) {
    return fixed_decimal(gain_of_threads(program, costs, threads), 2, Rounding::nearest);
  };
  return fmt::format(
      "  in threads  {} of {} key switches on the critical path; 2 threads are {} times as fast as "
      "one, 4 threads {} (modelled, as OpenFHE switches keys)\n"
      "  levels      an input with {} more than needed takes {} times as long, unless "
      "at_output_level drops them first (modelled likewise)\n",
      critical_key_switches(program), artifact.plan->costs.key_switches, gain(2), gain(4), spare,
      fixed_decimal(price_of_spare_levels(program, costs, spare), 2, Rounding::nearest));
}

}  // namespace equiripple
