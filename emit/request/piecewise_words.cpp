// A piece is an interval and an expression; together they are one expression of choices.
#include "emit/request/piecewise_words.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "emit/failure.hpp"
#include "emit/hexfloat.hpp"
#include "emit/request/activation_words.hpp"
#include "emit/request/words.hpp"
#include "generator/function/enclose.hpp"
#include "generator/function/examine.hpp"

namespace equiripple {
namespace {

constexpr std::size_t most_pieces = 64;  // chosen: choices nest no deeper than parentheses may

struct Parts {
  std::string interval;
  std::string function;
};

struct GivenPiece : FunctionPiece {
  std::string word;  // as it was given
  std::string text;  // of the expression
};

// At the colon behind the interval.
Parts parted(const std::string& word) {
  const std::size_t bracket = word.find(']');
  const std::size_t colon = bracket == std::string::npos ? bracket : word.find(':', bracket);
  if (colon == std::string::npos) {
    wrong_word("--piece", fmt::format(" {}: a piece is written '[a,b]: EXPR', as '[-4,0]: x/4 + 1'",
                                      shown(word)));
  }
  const std::size_t begin = word.find_first_not_of(" \t\r\n", colon + 1);
  if (begin == std::string::npos) {
    wrong_word("--piece",
               fmt::format(" {}: there is no expression after the interval", shown(word)));
  }
  return {word.substr(0, colon), word.substr(begin)};
}

std::vector<GivenPiece> pieces_of(const GivenOptions& given) {
  const auto& words = given.all("piece");
  if (words.size() > most_pieces) {
    wrong_word("--piece", fmt::format(": {} of at most {} pieces", words.size(), most_pieces));
  }
  std::vector<std::string> intervals;
  std::vector<GivenPiece> pieces;
  for (const std::string& word : words) {
    Parts parts = parted(word);
    intervals.push_back(parts.interval);
    pieces.push_back({{.function = function_word("--piece", parts.function), .interval = {}},
                      word,
                      parts.function});
  }
  const Domain domain = domain_words("--piece", intervals);  // ascending and disjoint
  for (std::size_t i = 0; i < pieces.size(); ++i) pieces[i].interval = domain[i];
  return pieces;
}

Ball value_at(const Expression& function, const Rational& x) {
  return enclose_nodes(function, ball_of(x, examination_bits), examination_bits).back();
}

// Leaves out so little around the point where two pieces touch that no ciphertext tells it.
void part(GivenPiece& before, GivenPiece& after) {
  constexpr int left_out_log2 = -45;  // of the point, or of the shorter piece; chosen
  const Rational at = after.interval.lower;
  const Rational shorter = std::min(Rational(before.interval.upper - before.interval.lower),
                                    Rational(after.interval.upper - after.interval.lower));
  const Rational least =
      round_to_bits(Rational(std::max(Rational(abs(at)), shorter) * power_of_two(left_out_log2)), 1,
                    Rounding::down);
  before.interval.upper = at - least;
  after.interval.lower = at + least;
}

// Two pieces that touch: with the same value, as far as balls tell, or with a jump that the error
// has room for. Then no polynomial comes closer than half of it, and between the sides of the jump
// nothing is claimed.
void join(GivenPiece& before, GivenPiece& after, const Rational& error) {
  const Rational& at = after.interval.lower;
  const Ball left = value_at(before.function, at);
  const Ball right = value_at(after.function, at);
  for (const auto& [piece, value] : {std::pair{&before, &left}, {&after, &right}}) {
    if (value->is_finite()) continue;
    wrong_word("--piece",
               fmt::format(" {}: has no finite value at x = {}", shown(piece->word), decimal(at)));
  }
  if (arb_overlaps(left.get(), right.get()) != 0) return;
  Ball jump;
  arb_sub(jump.get(), right.get(), left.get(), examination_bits);
  arb_abs(jump.get(), jump.get());
  if (upper_end(jump) < 2 * error) return part(before, after);
  constexpr int digits = 6;
  wrong_word(
      "--piece",
      fmt::format(
          " {}: begins with {} at x = {}, where {} ends with {}; no error of half of that jump "
          "or less can be had: let them meet, or leave a gap between the intervals, in which "
          "nothing "
          "is claimed",
          shown(after.word), decimal(lower_end(right), digits), decimal(at), shown(before.word),
          decimal(lower_end(left), digits)));
}

// if(x < a, f, if(x < b, g, h)).
std::string function_of(const std::vector<GivenPiece>& pieces) {
  std::string text = "(" + pieces.back().text + ")";
  for (std::size_t i = pieces.size() - 1; i-- > 0;) {
    const Rational joint = (pieces[i].interval.upper + pieces[i + 1].interval.lower) / 2;
    text = fmt::format("if(x < ({}), ({}), {})", joint.str(), pieces[i].text, text);
  }
  return text;
}

void join_all(std::vector<GivenPiece>& pieces, const Rational& error) {
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    if (pieces[i - 1].interval.upper == pieces[i].interval.lower) {
      join(pieces[i - 1], pieces[i], error);
    }
  }
}

// Pieces that touch are one interval.
Domain domain_of(const std::vector<GivenPiece>& pieces) {
  Domain domain{pieces.front().interval};
  for (std::size_t i = 1; i < pieces.size(); ++i) {
    const Interval& next = pieces[i].interval;
    if (domain.back().upper == next.lower) {
      domain.back().upper = next.upper;
    } else {
      domain.push_back(next);
    }
  }
  return domain;
}

}  // namespace

SteppedRequest piecewise_request(const GivenOptions& given) {
  std::vector<GivenPiece> pieces = pieces_of(given);
  const Rational error = error_of_folds(given);
  join_all(pieces, error);
  SteppedRequest request = folded_request(
      given, error, function_word("--piece", function_of(pieces)), domain_of(pieces));
  request.pieces.assign(pieces.begin(), pieces.end());
  return request;
}

}  // namespace equiripple
