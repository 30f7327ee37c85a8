// The rungs from 1024 bits, and what is beyond them.
#include "generator/exchange/climb_on_rung.hpp"

namespace equiripple {

template SearchOutcome search_on<Real<1024>>(const MinimaxRequest&, Climb&);
template std::optional<MinimaxResult> polish_on<Real<1024>>(const MinimaxRequest&, Climb&);
template std::optional<MinimaxResult> transform_on<Real<1024>>(const MinimaxRequest&, const Climb&);
template SearchOutcome search_on<Real<2048>>(const MinimaxRequest&, Climb&);
template std::optional<MinimaxResult> polish_on<Real<2048>>(const MinimaxRequest&, Climb&);
template std::optional<MinimaxResult> transform_on<Real<2048>>(const MinimaxRequest&, const Climb&);
template SearchOutcome search_on<Real<4096>>(const MinimaxRequest&, Climb&);
template std::optional<MinimaxResult> polish_on<Real<4096>>(const MinimaxRequest&, Climb&);
template std::optional<MinimaxResult> transform_on<Real<4096>>(const MinimaxRequest&, const Climb&);
template std::optional<MinimaxResult> transform_on<Real<widest_bits>>(const MinimaxRequest&,
                                                                      const Climb&);

}  // namespace equiripple
