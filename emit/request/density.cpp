// Files become expressions: then all that follows, and a record, knows one kind of density.
#include "emit/request/density.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <vector>

#include "emit/failure.hpp"
#include "emit/hexfloat.hpp"
#include "emit/request/samples.hpp"
#include "emit/request/words.hpp"
#include "generator/function/evaluate.hpp"
#include "generator/function/parse.hpp"
#include "generator/function/positive.hpp"

namespace equiripple {
namespace {

struct Bin {
  Rational lower;
  Rational upper;
  Rational count;
};

// Three numbers a bin, each bin beginning where the one before ends: two bins or more.
std::vector<Bin> bins_in(const std::vector<double>& numbers) {
  if (numbers.size() < 6 || numbers.size() % 3 != 0) return {};
  std::vector<Bin> bins;
  for (std::size_t i = 0; i < numbers.size(); i += 3) {
    Bin bin{Rational(numbers[i]), Rational(numbers[i + 1]), Rational(numbers[i + 2])};
    const bool fits =
        bin.lower < bin.upper && bin.count >= 0 && (bins.empty() || bins.back().upper == bin.lower);
    if (!fits) return {};
    bins.push_back(std::move(bin));
  }
  return bins;
}

bool holds(const Domain& domain, const Rational& x) {
  return std::ranges::any_of(domain,
                             [&](const Interval& i) { return i.lower <= x && x <= i.upper; });
}

// Of the bin's length, what lies beside the domain.
Rational part_outside(const Bin& bin, const Domain& domain) {
  Rational inside = 0;
  for (const Interval& interval : domain) {
    const Rational lower = std::max(bin.lower, interval.lower);
    const Rational upper = std::min(bin.upper, interval.upper);
    if (lower < upper) inside += upper - lower;
  }
  return 1 - inside / (bin.upper - bin.lower);
}

std::vector<Bin> counted(const std::vector<double>& samples, const Domain& domain) {
  const Interval whole = hull(domain);
  // Rice's rule: twice the cube root.
  const auto wished =
      static_cast<long>(std::ceil(2 * std::cbrt(static_cast<double>(samples.size()))));
  const long count = std::clamp(wished, 4L, most_bins);
  const Rational width = (whole.upper - whole.lower) / count;
  std::vector<Bin> bins;
  for (long i = 0; i < count; ++i) {
    bins.push_back({whole.lower + width * i, whole.lower + width * (i + 1), 0});
  }
  for (const double x : samples) {
    if (!holds(domain, Rational(x))) continue;
    const double place = to_double((Rational(x) - whole.lower) / width);
    const auto bin = std::clamp(static_cast<long>(std::floor(place)), 0L, count - 1);
    bins[static_cast<std::size_t>(bin)].count += 1;
  }
  return bins;
}

std::string shifted(const Rational& x) {
  if (x == 0) return "relu(x)";
  return x < 0 ? fmt::format("relu(x+{})", Rational(-x).str()) : fmt::format("relu(x-{})", x.str());
}

// A constant, and what the slope changes by at each middle: continuous as it is written.
std::string polygon(const std::vector<Bin>& bins) {
  const Rational half(1, 2);
  std::vector<Rational> height;
  for (const Bin& bin : bins) height.push_back((bin.count + half) / (bin.upper - bin.lower));
  const Rational largest = *std::ranges::max_element(height);
  std::string text = Rational(height.front() / largest).str();
  Rational slope = 0;
  for (std::size_t i = 0; i < bins.size(); ++i) {
    const Rational middle = (bins[i].lower + bins[i].upper) / 2;
    Rational next = 0;
    if (i + 1 < bins.size()) {
      const Rational after = (bins[i + 1].lower + bins[i + 1].upper) / 2;
      next = (height[i + 1] - height[i]) / (after - middle) / largest;
    }
    const Rational change = next - slope;
    slope = next;
    if (change == 0) continue;
    text += fmt::format("{}{}*{}", change < 0 ? "-" : "+", Rational(abs(change)).str(),
                        shifted(middle));
  }
  return text;
}

}  // namespace

bool is_density_expression(const std::string& word) { return parse_function(word).has_value(); }

Density density_of_file(const std::string& flag, const GivenOptions::File& file,
                        const Domain& domain) {
  const std::vector<double> numbers = parse_samples(file.name, file.text);
  if (numbers.empty()) {
    wrong_word(flag, fmt::format(" '{}': is no expression in x, and no file with numbers in it",
                                 file.name));
  }
  std::vector<Bin> bins = bins_in(numbers);
  Density density;
  Rational total = 0;
  Rational outside = 0;
  if (bins.empty()) {
    for (const double x : numbers) outside += holds(domain, Rational(x)) ? 0 : 1;
    total = static_cast<long>(numbers.size());
    bins = counted(numbers, domain);
    density.source = fmt::format("{} samples of {}", numbers.size(), file.name);
  } else {
    if (static_cast<long>(bins.size()) > most_histogram_bins) {
      wrong_word(flag, fmt::format(" '{}': {} bins; at most {} can be taken", file.name,
                                   bins.size(), most_histogram_bins));
    }
    for (const Bin& bin : bins) {
      total += bin.count;
      outside += bin.count * part_outside(bin, domain);
    }
    const Interval whole = hull(domain);
    std::erase_if(
        bins, [&](const Bin& bin) { return bin.upper <= whole.lower || bin.lower >= whole.upper; });
    density.source = fmt::format("the histogram {}", file.name);
  }
  if (total == 0 || outside == total || bins.empty()) {
    wrong_word(flag, fmt::format(" '{}': nothing that it counts is inside the domain", file.name));
  }
  density.outside = to_double(outside / total);
  density.words = polygon(bins);
  return density;
}

std::optional<Density> density_words(const GivenOptions& words, const Domain& domain) {
  if (!words.has("density")) return std::nullopt;
  const std::string& word = words.one("density");
  if (is_density_expression(word)) return Density{.words = word};
  const auto file = words.file("density");
  if (!file) {  // a record holds the expression
    static_cast<void>(function_word("--density", word));
    wrong_word("--density", fmt::format(" {}: is no expression", shown(word)));
  }
  return density_of_file("--density", *file, domain);
}

void require_not_negative(const Expression& density, const Domain& domain) {
  constexpr int points = 64;  // of each interval: for the size alone
  constexpr double little = 0x1p-30;
  const CompiledFunction<double> value(density);
  double largest = 0;
  for (const Interval& interval : domain) {
    const double lower = to_double(interval.lower);
    const double width = to_double(interval.upper) - lower;
    for (int i = 0; i <= points; ++i) {
      const double at = std::abs(value(lower + width * i / points));
      if (std::isfinite(at)) largest = std::max(largest, at);
    }
  }
  const Expression raised = function_word(
      "--density", fmt::format("({})+{}", density.text(), Rational(largest * little).str()));
  const auto point = point_not_positive(raised, domain);
  if (point && point->doubt == PositivityDoubt::not_positive) {
    wrong_word("--density", fmt::format(" '{}': is below 0 at x = {}; how often x is met is not",
                                        density.text(), decimal(point->point)));
  }
}

std::optional<double> share_outside(const std::string& expression, const Domain& domain) {
  constexpr int points = 4096;  // of each interval; chosen: five digits of smooth densities
  constexpr int most_doublings = 24;
  constexpr double little = 1e-9;
  const auto parsed = parse_function(expression);
  if (!parsed) return std::nullopt;
  const CompiledFunction<double> density(*parsed);
  const auto integral = [&](double lower, double upper) {
    double sum = 0;
    for (int i = 0; i < points; ++i) sum += density(lower + (upper - lower) * (i + 0.5) / points);
    return sum * (upper - lower) / points;
  };
  double inside = 0;
  double outside = 0;
  for (std::size_t i = 0; i < domain.size(); ++i) {
    inside += integral(to_double(domain[i].lower), to_double(domain[i].upper));
    if (i > 0) outside += integral(to_double(domain[i - 1].upper), to_double(domain[i].lower));
  }
  const Interval whole = hull(domain);
  double step = to_double(whole.upper - whole.lower) / 2;
  double below = to_double(whole.lower);
  double above = to_double(whole.upper);
  for (int i = 0; i < most_doublings; ++i, step *= 2) {
    const double more = integral(below - step, below) + integral(above, above + step);
    if (!std::isfinite(more)) return std::nullopt;
    outside += more;
    below -= step;
    above += step;
    if (i > 0 && more <= little * (inside + outside)) return outside / (inside + outside);
  }
  return std::nullopt;
}

}  // namespace equiripple
