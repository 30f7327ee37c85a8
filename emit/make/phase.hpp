// The parts of the work, for who measures or watches it.
#pragma once

namespace equiripple {

enum class Phase : unsigned char {
  start,     // until the words of the command line are read
  choice,    // of degrees
  exchange,  // of single polynomials
  rounding,  // of coefficients, and the lattice that improves on it
  proof,     // of errors and ranges
  stages,    // of composites: the exchange, rounding and proof of each
  plan,      // of the evaluation
  output,    // writing it, and reading it back
  rest,
};

/// While it is there, this thread works in the phase, and no longer in the one around it. At the
/// beginning its observer is told, and may end the work (observer.hpp).
class InPhase {
 public:
  explicit InPhase(Phase phase);
  ~InPhase();
  InPhase(const InPhase&) = delete;
  InPhase& operator=(const InPhase&) = delete;

 private:
  Phase outer_;
};

/// Is told when a thread goes on with another phase. One for the process, to be set before there is
/// another thread.
using PhaseListener = void (*)(Phase left, Phase entered);
void listen_to_phases(PhaseListener listener);

/// Of this thread.
[[nodiscard]] Phase current_phase();

}  // namespace equiripple
