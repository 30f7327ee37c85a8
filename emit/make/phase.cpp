#include "emit/make/phase.hpp"

#include "emit/make/observer.hpp"

namespace equiripple {
namespace {

PhaseListener listener_of_process = nullptr;
thread_local Phase phase_of_thread = Phase::rest;

void go_on_with(Phase phase) {
  if (listener_of_process != nullptr) listener_of_process(phase_of_thread, phase);
  phase_of_thread = phase;
}

const char* work_of(Phase phase) {
  switch (phase) {
    case Phase::choice: return "searching";
    case Phase::exchange: return "solving";
    case Phase::rounding: return "rounding";
    case Phase::proof: return "proving";
    case Phase::stages: return "solving and proving stages";
    case Phase::plan: return "planning";
    default: return "";
  }
}

}  // namespace

InPhase::InPhase(Phase phase) : outer_(phase_of_thread) {
  if (const char* work = work_of(phase); *work != 0) report_work(work);
  go_on_with(phase);
}

InPhase::~InPhase() { go_on_with(outer_); }

void listen_to_phases(PhaseListener listener) { listener_of_process = listener; }

Phase current_phase() { return phase_of_thread; }

}  // namespace equiripple
