// How good any polynomial of a class can be: de la Vallee Poussin's bound [VP10], proved.
#pragma once

#include "generator/exchange/minimax.hpp"

namespace equiripple {

/// No polynomial of the request's class has a smaller error than this, on any domain that holds the
/// points. `points` are ascending and as many as an alternation needs (for odd and even those right
/// of 0). `near` is any polynomial of the class: the closer it is to the best, the less is lost by
/// rounding. Where they are not, the bound is 0.
[[nodiscard]] Rational proved_lower_bound(const MinimaxRequest& request,
                                          const std::vector<Rational>& points,
                                          const ChebyshevSeries& near);

}  // namespace equiripple
