// The odd coefficients tell.
#include "emit/direct.hpp"

#include "emit/plan/stepped.hpp"

namespace equiripple {

bool is_direct(Kind kind, const std::vector<ChebyshevSeries>& stages) {
  if (!covers_gap(kind) || stages.size() != 1) return false;
  const ChebyshevSeries& p = stages.front();
  if (p.parity == Parity::odd || p.basis.lower != -p.basis.upper) return false;
  const Rational half_of_x = kind == Kind::abs ? Rational(0) : Rational(p.basis.upper / 2);
  for (std::size_t k = 1; k < p.coefficients.size(); k += 2) {
    if (p.coefficients[k] != (k == 1 ? half_of_x : Rational(0))) return false;
  }
  return p.coefficients.size() > 2;
}

bool is_direct(const Artifact& artifact) {
  return artifact.stages.size() == 1 && is_direct(artifact.kind, polynomials_of(artifact));
}

Kind kind_of_result(const Artifact& artifact) {
  return is_stepped(artifact) ? kind_of_start(artifact.kind, without_refreshes(artifact.steps))
                              : artifact.kind;
}

Kind kind_in_file(const Artifact& artifact) {
  const bool is_polynomial = !has_two_inputs(artifact.kind) && is_direct(artifact);
  return is_polynomial ? Kind::minimax : artifact.kind;
}

Kind kind_of_file(Kind written, const std::string& command) {
  if (written != Kind::minimax) return written;
  for (const Kind kind : {Kind::relu, Kind::abs}) {
    if (command == name_of(kind)) return kind;
  }
  return written;
}

}  // namespace equiripple
