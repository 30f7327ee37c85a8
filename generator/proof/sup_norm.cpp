// The subdivision.
#include "generator/proof/sup_norm.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <stdexcept>

#include "generator/proof/short_polynomial.hpp"
#include "generator/work.hpp"

namespace equiripple {

double interpolation_error_log2(double bound_log2, double rho, int nodes) {
  constexpr double slack = 0x1p-20;  // of the logarithms below
  return bound_log2 + 2 - (nodes - 1) * std::log2(rho) - std::log2(rho - 1) + slack * nodes;
}

namespace {

constexpr std::array node_counts = {8, 16, 32, 64, 128, 256, 512};
constexpr int usual_nodes = 32;    // chosen: more, where terms of many bits cancel:
constexpr double bits_a_node = 5;  // chosen: a polynomial's pieces are then about 1 / degree long
constexpr slong first_bits = 128;
constexpr slong most_bits = 1 << 14;  // chosen: four times the top of the ladder
constexpr int deepest_halving = 150;  // of a piece; chosen: beyond the 2^-100 of coefficients

struct Waiting {
  Piece piece;
  int halvings = 0;
  int sharpness_log2 = 0;  // the piece's own errors may be this much of the bound
};

// All values are scaled by a power of 2 so that the bound is near 1.
class Prover {
 public:
  Prover(const Curve& curve, const SupNormRequest& request) : curve_(curve), request_(request) {}

  SupNorm run() {
    find_scale();
    if (request_.limit && best_ > limit_) return result(SupNormStatus::above_limit);
    std::vector<Waiting> waiting;
    for (auto piece = request_.pieces.rbegin(); piece != request_.pieces.rend(); ++piece) {
      waiting.push_back({*piece, 0, first_sharpness()});
    }
    long examined = 0;
    while (!waiting.empty()) {
      const Waiting next = waiting.back();
      waiting.pop_back();
      count_work(work_of_piece);
      if (++examined > request_.most_pieces) return unresolved(next.piece);
      switch (examine(next)) {
        case Verdict::done: break;
        case Verdict::above_limit: return result(SupNormStatus::above_limit);
        case Verdict::too_coarse:  // the same piece, with smaller errors
          if (next.sharpness_log2 <= last_sharpness) return unresolved(next.piece);
          waiting.push_back({next.piece, next.halvings, next.sharpness_log2 - sharpening});
          break;
        case Verdict::too_long:
          if (next.halvings >= deepest_halving) return unresolved(next.piece);
          const Parameter centre = next.piece.centre();
          for (const Piece& half : {Piece{centre, next.piece.upper}, {next.piece.lower, centre}}) {
            waiting.push_back({half, next.halvings + 1, next.sharpness_log2});
          }
          break;
      }
    }
    return result(SupNormStatus::bounded);
  }

 private:
  enum class Verdict { done, too_long, too_coarse, above_limit };

  static constexpr double work_of_piece = 1e6;      // measured: some milliseconds
  static constexpr int last_sharpness = -42;        // what double resolves ...
  static constexpr int most_nodes_when_tight = 16;  // ... with so many nodes
  static constexpr int tight_log2 = -36;            // with 32 nodes
  static constexpr int sharpening = 12;
  static constexpr double most_room = 0x1p-36;  // chosen: above what the last step resolves

  int first_sharpness() const { return request_.limit ? -sharpening : request_.tightness_log2 - 3; }

  // The largest known value, from the request or from a few samples, gives the scale; the limit
  // does where there is one.
  void find_scale() {
    constexpr int samples = 5;
    Rational known = request_.known;
    at_ = request_.known_at;
    for (bits_ = first_bits; known == 0 && bits_ <= 4 * first_bits; bits_ *= 2) {
      for (const Piece& piece : request_.pieces) {
        for (int i = 0; i < samples; ++i) {
          const Parameter s =
              piece.lower + (piece.upper - piece.lower) * (2 * i + 1) / (2 * samples);
          Ball size;
          arb_abs(size.get(), curve_.value(exact_ball<256>(s), bits_).get());
          if (!size.is_finite()) continue;
          const Rational least = lower_end(size);
          if (least > known) {
            known = least;
            at_ = curve_.argument(s);
          }
        }
      }
    }
    bits_ = first_bits;
    Rational reference = request_.limit ? *request_.limit : known;
    if (reference <= 0) reference = known > 0 ? known : request_.negligible;
    if (reference <= 0) reference = power_of_two(-most_bits / 2);
    scale_log2_ = static_cast<long>(std::floor(log2_of(reference)));
    best_ = scaled(known, Rounding::down);
    limit_ = request_.limit ? scaled(*request_.limit, Rounding::down)
             : known > 0    ? 0.0
                            : scaled(request_.negligible, Rounding::down);
  }

  double scaled(const Rational& q, Rounding rounding) const {
    return to_double(Rational(q * power_of_two(-scale_log2_)), rounding);
  }

  Rational unscaled(double value) const { return Rational(value) * power_of_two(scale_log2_); }

  double slack() const { return std::ldexp(1.0, request_.tightness_log2); }
  // What attained is lowered by; with slack / 2 and slack / 4 above it, less than the slack.
  double room() const { return request_.limit ? 0 : std::min(most_room, slack() / 8); }

  // What a piece must stay under.
  double threshold() const {
    return request_.limit ? limit_ : std::max(best_ * (1 + slack() / 2), limit_);
  }

  bool is_under_threshold(const Ball& value) const {
    return scaled_magnitude(value, scale_log2_) <= threshold();
  }

  double log2_threshold() const {
    return std::log2(std::max(threshold(), std::numeric_limits<double>::min()));
  }

  Verdict examine(const Waiting& next) {
    if (is_under_threshold(curve_.known_bound(next.piece))) return Verdict::done;
    const double wanted = log2_threshold() + next.sharpness_log2 - 1;
    const double wanted_unscaled = wanted + static_cast<double>(scale_log2_);
    const double cancelled = curve_.terms_log2() - wanted_unscaled;
    for (const int nodes : node_counts) {
      if (nodes > usual_nodes && bits_a_node * nodes / 2 > cancelled) break;
      if (nodes > most_nodes_when_tight && next.sharpness_log2 < tight_log2) break;
      const double remainder = curve_.remainder_log2(next.piece, nodes, wanted_unscaled);
      if (!(remainder <= wanted_unscaled)) continue;
      return examine_polynomial(next, nodes, std::exp2(wanted));
    }
    return is_under_threshold(curve_.range(next.piece)) ? Verdict::done : Verdict::too_long;
  }

  // Enclosures of the curve at the nodes, as doubles; bits are raised until they are sharp enough.
  Verdict examine_polynomial(const Waiting& next, int nodes, double remainder) {
    std::vector<double> values;
    double value_error = 0;
    const double allowed = threshold() * std::ldexp(1.0, next.sharpness_log2 - 3);
    for (;; bits_ *= 2) {
      values.clear();
      value_error = 0;
      for (int j = 0; j < nodes; ++j) {
        Ball v = curve_.value(node(next.piece, nodes, j), bits_);
        if (!v.is_finite()) return Verdict::too_long;
        arb_mul_2exp_si(v.get(), v.get(), -scale_log2_);
        values.push_back(arf_get_d(arb_midref(v.get()), ARF_RND_NEAR));
        constexpr double rounding = 0x1p-52;
        value_error = std::max(value_error, mag_get_d(arb_radref(v.get())) * (1 + rounding) +
                                                std::abs(values.back()) * rounding);
        if (std::abs(values.back()) < 1e300) continue;
        // Too large, or lost among terms that cancel: more bits tell.
        if (bits_ == most_bits || arb_rel_accuracy_bits(v.get()) > 0) return Verdict::too_long;
        value_error = std::numeric_limits<double>::infinity();
        break;
      }
      if (!std::isfinite(value_error)) continue;
      const double largest = std::abs(*std::ranges::max_element(
          values, [](double a, double b) { return std::abs(a) < std::abs(b); }));
      const double enough = std::max(allowed, largest * std::ldexp(1.0, last_sharpness - 6));
      if (value_error <= enough) break;
      if (bits_ == most_bits) return Verdict::too_coarse;
    }
    return bisect(ShortPolynomial(values, value_error, remainder), next.piece);
  }

  // The ball of parameters of one node.
  Ball node(const Piece& piece, int nodes, int j) {
    auto& table = nodes_[{nodes, bits_}];
    if (table.empty()) {
      for (int i = 0; i < nodes; ++i) {
        fmpq_t angle;
        fmpq_init(angle);
        fmpq_set_si(angle, 2 * i + 1, static_cast<ulong>(2 * nodes));
        table.emplace_back();
        arb_cos_pi_fmpq(table.back().get(), angle, bits_);
        fmpq_clear(angle);
      }
    }
    Ball s = exact_ball<256>(piece.radius());
    arb_mul(s.get(), s.get(), table[static_cast<std::size_t>(j)].get(), bits_);
    arb_add(s.get(), s.get(), exact_ball<256>(piece.centre()).get(), std::max(bits_, slong{256}));
    return s;
  }

  Verdict bisect(const ShortPolynomial& q, const Piece& piece) {
    constexpr double smallest_width = 0x1p-40;
    struct Part {
      double centre;
      double width;
    };
    std::vector<Part> parts{{0, 1}};
    while (!parts.empty()) {
      const Part part = parts.back();
      parts.pop_back();
      double at = part.centre;
      double size = std::abs(q.value(at)) - q.error();
      const bool undecided = request_.limit && size <= limit_ && size + 2 * q.error() > limit_;
      if (undecided) {
        at = q.extremum_near(at);
        size = size_at(piece, at);
      }
      if (size > best_) {
        best_ = size;
        at_ = curve_.argument(piece.centre() + piece.radius() * Parameter(at));
        if (request_.limit && best_ > limit_) return Verdict::above_limit;
      }
      const double bound = q.bound_around(part.centre, part.width);
      if (bound <= threshold()) continue;
      if (part.width < smallest_width || q.error() > threshold() * 0x1p-3) {
        return Verdict::too_coarse;
      }
      parts.push_back({part.centre + part.width / 2, part.width / 2});
      parts.push_back({part.centre - part.width / 2, part.width / 2});
    }
    return Verdict::done;
  }

  // The curve itself, where its polynomial does not tell.
  double size_at(const Piece& piece, double t) const {
    const Parameter s = piece.centre() + piece.radius() * Parameter(t);
    Ball size;
    arb_abs(size.get(), curve_.value(exact_ball<256>(s), bits_).get());
    return size.is_finite() ? scaled(lower_end(size), Rounding::down) : 0;
  }

  // A little is left on both sides, so that a second proof with other roundings holds as well.
  SupNorm result(SupNormStatus status) const {
    SupNorm norm{.status = status, .attained = 0, .upper = 0, .at = at_};
    norm.attained = unscaled(std::max(best_, 0.0) * (1 - room()));
    norm.upper = request_.limit ? *request_.limit : unscaled(threshold() * (1 + slack() / 4));
    return norm;
  }

  SupNorm unresolved(const Piece& piece) const {
    SupNorm norm = result(SupNormStatus::unresolved);
    norm.at = curve_.argument(piece.centre());
    return norm;
  }

  const Curve& curve_;
  const SupNormRequest& request_;
  std::map<std::pair<int, slong>, std::vector<Ball>> nodes_;
  slong bits_ = first_bits;
  long scale_log2_ = 0;
  double best_ = 0;   // |curve| is at least this somewhere, scaled
  double limit_ = 0;  // of the request, or what is negligible, scaled
  Rational at_;
};

}  // namespace

SupNormRequest looked_at(const Curve& curve, const std::vector<Rational>& points,
                         SupNormRequest request) {
  constexpr slong bits = 256;
  for (const Rational& x : points) {
    Ball size;
    arb_abs(size.get(), curve.value(ball_of(x, bits), bits).get());
    if (!size.is_finite()) continue;
    const Rational least = lower_end(size);
    if (least <= request.known) continue;
    request.known = least;
    request.known_at = x;
  }
  return request;
}

SupNorm prove_sup_norm(const Curve& curve, const SupNormRequest& request) {
  constexpr int tightest = -38;  // what double arithmetic on the short polynomials carries
  if (request.tightness_log2 < tightest || request.tightness_log2 > -1) {
    throw std::invalid_argument("prove_sup_norm: tightness_log2 must be from -38 to -1");
  }
  return Prover(curve, request).run();
}

}  // namespace equiripple
