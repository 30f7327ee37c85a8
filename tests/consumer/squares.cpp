// A fit of x^2 at four points is x^2.
#include <cmath>
#include <equiripple/plain.hpp>

#include "measured.hpp"

double square(double x) {
  equiripple::plain he;
  return measured::evaluate(he, x);
}
