// What the planner's programs of single stages of sign cost, operation by operation and level by
// level: for a search over degrees, which cannot plan each stage that it looks at.
//
// A program depends little on the coefficients: some stages stand for all. Where a stage's
// coefficients fall off so fast that its scalars would be large (narrow domains, errors under about
// 2^-20), its program may take a key switch or two more.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "emit/plan/latency.hpp"
#include "generator/chebyshev.hpp"

namespace equiripple {

enum class StageForm : unsigned char {
  series,         // p
  times_x,        // x p, x having a level to spare: the last stage of ReLU and its kin
  alone,          // x p, x having none: their only stage; the result may be a multiple
  alone_exactly,  // likewise, and the result is what it should be
};

/// The classes, by a / b of the domain a <= |x| <= b: up to highest_ratio, which stands for the
/// class, since costs rise with the ratio. Above 0.45 they were not seen to change.
enum class StageWidth : unsigned char { widest, wider, wide, medium, middle, narrow, narrowest };

struct WidthClass {
  StageWidth width;
  const char* name;
  double highest_ratio;  // of the last class: what stands for it
};

inline constexpr std::array<WidthClass, 7> width_classes = {{
    {StageWidth::widest, "widest", 0.0625},
    {StageWidth::wider, "wider", 0.125},
    {StageWidth::wide, "wide", 0.1875},
    {StageWidth::medium, "medium", 0.25},
    {StageWidth::middle, "middle", 0.325},
    {StageWidth::narrow, "narrow", 0.4},
    {StageWidth::narrowest, "narrowest", 0.5},
}};

struct LevelCounts {  // of the operations on ciphertexts with as many levels spent
  unsigned short tensor_products = 0;
  unsigned short key_switches = 0;
  unsigned short rescalings = 0;
  unsigned short scalar_products = 0;
  unsigned short additions = 0;

  bool operator==(const LevelCounts& other) const = default;
};

inline constexpr std::size_t deepest_profile = 13;  // levels; of degrees up to 4095, one to spare

struct StageProfile {
  int degree = 0;
  StageForm form = StageForm::series;
  StageWidth width = StageWidth::widest;
  int levels = 0;
  std::array<LevelCounts, deepest_profile + 1> spent{};  // by the levels spent in the stage

  int key_switches() const;
  bool operator==(const StageProfile& other) const = default;
};

/// Counts the operation among those of its level.
void count(PlanOperation operation, LevelCounts& at);

/// The latency of the stage with so many levels left after it.
[[nodiscard]] double latency_of(const StageProfile& profile, const CostTable& costs,
                                int levels_left);

/// Plans the stage: with the fewest levels, and with up to two more where that saves key switches.
[[nodiscard]] std::vector<StageProfile> profiles_of(const ChebyshevSeries& stage, StageForm form,
                                                    StageWidth width);

/// Whether the same levels and key switches are to be had.
[[nodiscard]] bool cost_the_same(const std::vector<StageProfile>& a,
                                 const std::vector<StageProfile>& b);

inline constexpr int highest_tabled_degree = 63;

/// What profiles_of says of the minimax polynomials of sign, of odd degrees from 3 to
/// highest_tabled_degree, as a table (stage_profile_table.cpp, which tools/profiles writes). Widths
/// that cost the same as the wider one before are left out, and `alone_exactly` where it costs the
/// same as `alone`.
[[nodiscard]] std::span<const StageProfile> tabled_profiles();

}  // namespace equiripple
