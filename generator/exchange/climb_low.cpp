// The rungs to 512 bits.
#include "generator/exchange/climb_on_rung.hpp"

namespace equiripple {

template SearchOutcome search_on<double>(const MinimaxRequest&, Climb&);
template std::optional<MinimaxResult> polish_on<double>(const MinimaxRequest&, Climb&);
template std::optional<MinimaxResult> transform_on<double>(const MinimaxRequest&, const Climb&);
template SearchOutcome search_on<Real<128>>(const MinimaxRequest&, Climb&);
template std::optional<MinimaxResult> polish_on<Real<128>>(const MinimaxRequest&, Climb&);
template std::optional<MinimaxResult> transform_on<Real<128>>(const MinimaxRequest&, const Climb&);
template SearchOutcome search_on<Real<256>>(const MinimaxRequest&, Climb&);
template std::optional<MinimaxResult> polish_on<Real<256>>(const MinimaxRequest&, Climb&);
template std::optional<MinimaxResult> transform_on<Real<256>>(const MinimaxRequest&, const Climb&);
template SearchOutcome search_on<Real<512>>(const MinimaxRequest&, Climb&);
template std::optional<MinimaxResult> polish_on<Real<512>>(const MinimaxRequest&, Climb&);
template std::optional<MinimaxResult> transform_on<Real<512>>(const MinimaxRequest&, const Climb&);

}  // namespace equiripple
