// Numbers to intervals on which the function is 1 or 0 (sign: -1), and a sign that is so.
#include "emit/request/threshold_words.hpp"

#include <fmt/format.h>

#include <utility>

#include "emit/failure.hpp"
#include "emit/plan/make_plan.hpp"
#include "emit/request/plan_words.hpp"
#include "emit/request/refresh_words.hpp"
#include "emit/request/words.hpp"

namespace equiripple {
namespace {

// Up to `below` it is 0, from `above` on 1.
struct Threshold {
  Rational below;
  Rational above;
};

Rational positive_number(const GivenOptions& given, const char* name) {
  const std::string flag = fmt::format("--{}", name);
  const Rational number = number_word(flag, given.one(name));
  if (number > 0) return number;
  wrong_word(flag, fmt::format(" {}: must be above 0", shown(given.one(name))));
}

Threshold threshold_of(const GivenOptions& given) {
  const std::string& word = given.one("threshold");
  const std::size_t comma = word.find(',');
  if (comma == std::string::npos) {
    const Rational at = number_word("--threshold", word);
    if (!given.has("gap")) {
      wrong_word("--gap",
                 " is missing: with --threshold T the function is 0 up to T - gap, and 1 "
                 "from T + gap on");
    }
    const Rational gap = positive_number(given, "gap");
    return {at - gap, at + gap};
  }
  if (given.has("gap")) {
    wrong_word("--gap", ": not with --threshold A,B, which says where the function is 0 and 1");
  }
  const Threshold ends{number_word("--threshold", word.substr(0, comma)),
                       number_word("--threshold", word.substr(comma + 1))};
  if (ends.below >= ends.above) {
    wrong_word("--threshold", fmt::format(" {}: A,B needs A < B", shown(word)));
  }
  return ends;
}

Interval whole_of(const GivenOptions& given) {
  if (!given.has("domain")) {
    const Rational range = positive_number(given, "range");
    return {-range, range};
  }
  // What holds otherwise may stand there as if it were given.
  if (given.has("range") && given.one("range") != "1") {
    wrong_word("--range", " and --domain: give one of them");
  }
  return domain_words("--domain", {given.one("domain")}).front();
}

Rational error_of(const GivenOptions& given) {
  if (!given.has("error")) wrong_word("--error", " is missing: thresholds and indicators need it");
  const Rational error = number_word("--error", given.one("error"));
  if (error < power_of_two(-50) || error >= Rational(1, 2)) {
    wrong_word("--error",
               fmt::format(" {}: must be from 2^-50 to below 1/2", shown(given.one("error"))));
  }
  return error;
}

void refuse(const GivenOptions& given, std::initializer_list<std::string> options) {
  for (const std::string& option : options) {
    if (given.has(option)) wrong_word("--" + option, ": not with --threshold");
  }
}

// What is common: the numbers of the search.
SteppedRequest request_for(Kind kind, const Domain& domain, const Expression& sign,
                           const GivenOptions& given) {
  SteppedRequest request;
  request.kind = kind;
  request.sign = sign;
  request.error = error_of(given);
  request.whole.domain = domain;
  request.whole.target =
      kind == Kind::sign ? sign : function_word("--threshold", "(1 + " + sign.text() + ")/2");
  request.max_key_switches = most_key_switches(given);
  if (given.has("max-degree")) {
    request.max_degree =
        whole_word("--max-degree", given.one("max-degree"), 3, highest_planned_degree);
  }
  if (given.has("refresh")) request.refresh = refresh_word("--refresh", given.one("refresh"));
  request.plan = plan_settings(given);
  return request;
}

}  // namespace

bool has_threshold(const GivenOptions& given) { return given.has("threshold"); }

SteppedRequest threshold_request(Kind kind, const GivenOptions& given) {
  refuse(given, {"degrees", "stages", "margin", "ckks", "beyond"});
  const Threshold ends = threshold_of(given);
  const Interval whole = whole_of(given);
  if (whole.lower >= ends.below || ends.above >= whole.upper) {
    wrong_word(
        "--threshold",
        fmt::format(" {}: the domain must begin before the function is 0, and end after it is 1",
                    shown(given.one("threshold"))));
  }
  const Rational middle = (ends.below + ends.above) / 2;
  return request_for(kind, {{whole.lower, ends.below}, {ends.above, whole.upper}},
                     function_word("--threshold", "sign(x - (" + middle.str() + "))"), given);
}

SteppedRequest indicator_request(const GivenOptions& given) {
  const Rational width = positive_number(given, "width");
  const Rational outside = width + positive_number(given, "gap");
  const Rational range = positive_number(given, "range");
  if (outside >= range) {
    wrong_word("--range", fmt::format(" {}: must be above width + gap", shown(given.one("range"))));
  }
  const Rational middle = (width + outside) / 2;
  SteppedRequest request =
      request_for(Kind::step, {{-range, -outside}, {-width, width}, {outside, range}},
                  function_word("--width", "sign(" + middle.str() + " - abs(x))"), given);
  request.parity = Parity::even;
  return request;
}

}  // namespace equiripple
