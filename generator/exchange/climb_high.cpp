// The rungs from 1024 bits.
#include "generator/exchange/climb_on_rung.hpp"

namespace equiripple {

template SearchOutcome search_on<Real<1024>>(const MinimaxRequest&, Climb&);
template std::optional<MinimaxResult> polish_on<Real<1024>>(const MinimaxRequest&, const Climb&);
template SearchOutcome search_on<Real<2048>>(const MinimaxRequest&, Climb&);
template std::optional<MinimaxResult> polish_on<Real<2048>>(const MinimaxRequest&, const Climb&);
template SearchOutcome search_on<Real<4096>>(const MinimaxRequest&, Climb&);
template std::optional<MinimaxResult> polish_on<Real<4096>>(const MinimaxRequest&, const Climb&);

}  // namespace equiripple
