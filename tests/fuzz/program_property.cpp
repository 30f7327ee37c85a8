// Programs of the runtime, read and run.
#include <algorithm>
#include <equiripple/plain.hpp>
#include <equiripple/program.hpp>
#include <equiripple/simulated.hpp>

#include "tests/fuzz/properties.hpp"

namespace equiripple::test {
namespace {

bool is_line(const std::string& message) {
  return !message.empty() &&
         std::ranges::all_of(message, [](char c) { return c >= ' ' && c <= '~'; });
}

template <class Backend, class Ciphertext>
void run(const Program& program, Backend& he, const Ciphertext& x) {
  if (program.inputs() == 1) {
    static_cast<void>(evaluate(program, he, x));
  } else {
    static_cast<void>(evaluate(program, he, x, x));
  }
}

// A value, or a refusal that can be read.
template <class Call>
std::string broken_run(const Call& call) {
  try {
    call();
  } catch (const evaluation_error& refused) {
    if (!is_line(refused.what())) return "the refusal is no printable line";
  }
  return {};
}

SimulationParameters exact(int levels) {
  SimulationParameters parameters;
  parameters.moduli = simulated_moduli(levels, 0x1p+45, 14);
  parameters.noisy = false;
  return parameters;
}

std::string broken_by_runs(const Program& program) {
  constexpr int most_levels = 30;
  plain clear;
  simulated he(exact(std::clamp(program.levels() + 1, 1, most_levels)));
  bootstrapping_simulated refreshing(exact(most_levels), 6, -30);
  const double scale = 0x1p+45;
  for (const std::string& broken :
       {broken_run([&] { run(program, clear, program.lower()); }),
        broken_run([&] { run(program, he, he.encrypt({program.upper()}, scale)); }),
        broken_run([&] {
          run(program, refreshing,
              refreshing.drop_to_level(refreshing.encrypt({program.lower()}, scale), 6));
        })}) {
    if (!broken.empty()) return broken;
  }
  return {};
}

}  // namespace

std::string broken_by_program(const std::string& text) {
  try {
    return broken_by_runs(Program::parse(text));
  } catch (const malformed_program& refused) {
    return is_line(refused.what()) ? std::string() : "the refusal is no printable line";
  }
}

}  // namespace equiripple::test
