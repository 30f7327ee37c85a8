// Each function parses one kind of word.
#include "emit/request/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "emit/artifact.hpp"
#include "emit/failure.hpp"
#include "emit/hexfloat.hpp"
#include "emit/legible.hpp"
#include "generator/function/parse.hpp"

namespace equiripple {
namespace {

constexpr std::size_t most_typed_intervals = 1000;  // chosen

Interval interval_word(const std::string& flag, const std::string& word) {
  const std::size_t first = word.find_first_not_of(" \t\n\r");
  const std::size_t last = word.find_last_not_of(" \t\n\r");
  const std::string text =
      first == std::string::npos ? std::string() : word.substr(first, last - first + 1);
  if (text.size() < 2 || text.front() != '[' || text.back() != ']') {
    wrong_word(flag, fmt::format(" {}: an interval is written '[a,b]'", shown(word)));
  }
  const auto ends = parts_of(text.substr(1, text.size() - 2));
  if (ends.size() != 2) {
    const bool is_union = text.find('[', 1) != std::string::npos;
    wrong_word(flag, fmt::format(" {}: an interval has two ends, '[a,b]'{}", shown(word),
                                 is_union ? "; of a union each is an option of its own" : ""));
  }
  return {number_word(flag, ends[0]), number_word(flag, ends[1])};
}

const char* explain(DomainDefect defect) {
  switch (defect) {
    case DomainDefect::none: return "";
    case DomainDefect::empty: return "give at least one interval '[a,b]'";
    case DomainDefect::no_length: return "the interval is empty: its ends are equal";
    case DomainDefect::reversed: return "the interval is reversed: its first end is the larger";
    case DomainDefect::overlapping:
      return "the interval overlaps the one before, or comes before it: give them in ascending "
             "order";
    case DomainDefect::too_large: return "an end is beyond 2^400";
  }
  return "";
}

}  // namespace

std::string shown(const std::string& word) {
  return "'" + printable(word.substr(0, longest_quote)) +
         (word.size() > longest_quote ? "...'" : "'");
}

std::string tidy(const std::string& word) {
  std::string clean = word;
  std::erase_if(clean, [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; });
  return clean;
}

std::vector<std::string> parts_of(const std::string& text) {
  std::vector<std::string> parts(1);
  int depth = 0;
  for (const char c : text) {
    depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    if (c == ',' && depth == 0) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

std::vector<std::string> list_word(const std::string& flag, const std::string& word) {
  std::vector<std::string> parts = parts_of(word);
  if (std::ranges::find(parts, std::string()) != parts.end()) {
    wrong_word(flag, fmt::format(" {}: must be a list with a comma between each two, as 1,2,3",
                                 shown(word)));
  }
  return parts;
}

std::string file_name_of(const std::string& path) {
  return printable(path.substr(path.find_last_of('/') + 1));
}

Expression function_word(const std::string& flag, const std::string& word) {
  auto parsed = parse_function(word);
  if (!parsed) wrong_word(flag, fmt::format(" {}: {}", shown(word), parsed.error().why));
  return *std::move(parsed);
}

Rational number_word(const std::string& flag, const std::string& word) {
  const auto parsed = parse_number(word);
  if (!parsed) wrong_word(flag, fmt::format(" {}: {}", shown(word), parsed.error().why));
  return *parsed;
}

Rational beyond_word(const std::string& word) {
  constexpr int most = 1024;  // chosen: wider ranges are --range's
  const Rational factor = number_word("--beyond", word);
  if (factor <= 1 || factor > most) {
    wrong_word("--beyond",
               fmt::format(" '{}': must be above 1 and at most {}, times the range", word, most));
  }
  return factor;
}

int whole_word(const std::string& flag, const std::string& word, int lowest, int highest) {
  const Rational value = number_word(flag, word);
  if (floor_of(value) != value || value < lowest || value > highest) {
    wrong_word(flag, fmt::format(" {}: must be a whole number from {} to {}", shown(word), lowest,
                                 highest));
  }
  return static_cast<int>(to_double(value));
}

Rational bits_word(const std::string& flag, const std::string& word, int highest) {
  const Rational value = number_word(flag, word);
  if (value <= 0 || value > highest) {
    wrong_word(flag, fmt::format(" {}: must be above 0 and at most {}", shown(word), highest));
  }
  return value;
}

std::vector<int> degrees_word(const std::string& flag, const std::string& word) {
  std::vector<int> degrees;
  const auto parts = list_word(flag, word);
  if (parts.size() > most_stages) {
    wrong_word(flag, fmt::format(": at most {} stages", most_stages));
  }
  for (const std::string& part : parts) {
    const int degree = whole_word(flag, part, 1, highest_degree);
    if (degree % 2 == 0 && parts.size() > 1) {
      wrong_word(flag,
                 fmt::format(" {}: degree {} is even; a sign stage is odd", shown(word), degree));
    }
    degrees.push_back(degree);
  }
  return degrees;
}

std::vector<PublishedStage> stages_word(const std::string& flag, const std::string& word) {
  std::vector<PublishedStage> stages;
  for (const std::string& part : parts_of(word)) {
    const auto star = part.find('*');
    const std::string name = star == std::string::npos ? part : part.substr(star + 1);
    const int count = star == std::string::npos ? 1
                                                : whole_word(flag, part.substr(0, star), 1,
                                                             static_cast<int>(most_stages));
    if (name.empty() || (name[0] != 'f' && name[0] != 'g')) {
      wrong_word(flag,
                 fmt::format(" {}: {} must be fN or gN, as f1 or 3*g4", shown(word), shown(part)));
    }
    const PublishedFamily family = name[0] == 'f' ? PublishedFamily::f : PublishedFamily::g;
    const int highest = family == PublishedFamily::f ? highest_f_order : highest_g_order;
    const PublishedStage stage{.family = family,
                               .order = whole_word(flag, name.substr(1), 1, highest)};
    stages.insert(stages.end(), static_cast<std::size_t>(count), stage);
    if (stages.size() > most_stages) {
      wrong_word(flag, fmt::format(": at most {} stages", most_stages));
    }
  }
  return stages;
}

Domain domain_words(const std::string& flag, const std::vector<std::string>& words) {
  if (words.empty()) wrong_word(flag, " is missing: give an interval '[a,b]'");
  if (words.size() > most_typed_intervals) {
    wrong_word(flag, fmt::format(": at most {} intervals", most_typed_intervals));
  }
  Domain domain;
  for (const std::string& word : words) domain.push_back(interval_word(flag, word));
  const auto require_sound = [&](const Domain& form) {
    const DomainCheck checked = check(form);
    if (checked.defect == DomainDefect::none) return;
    wrong_word(flag,
               fmt::format(" {}: {}", shown(words[checked.interval]), explain(checked.defect)));
  };
  require_sound(domain);
  require_sound(rounded_outward(domain));  // as it will be stored: neighbours may have met
  return domain;
}

Parity parity_word(const std::string& flag, const std::string& word, const Expression& function,
                   const Domain& domain) {
  const Parity natural = parity_of(function);
  if (word == "none") return Parity::none;
  if (word == "auto") return is_symmetric(domain) ? natural : Parity::none;
  if (!is_symmetric(domain)) {
    wrong_word(flag, fmt::format(" {}: the domain is not symmetric about 0", word));
  }
  const Parity asked = word == "odd" ? Parity::odd : Parity::even;
  if (natural != asked) {
    wrong_word(flag, fmt::format(" {}: the function is not seen to be {}", word, word));
  }
  return asked;
}

std::string activation_function(const std::string& activation) {
  const auto goes_on = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
  };
  const bool is_name = !activation.empty() && std::ranges::all_of(activation, goes_on) &&
                       std::isdigit(static_cast<unsigned char>(activation.front())) == 0;
  return is_name && !parse_function(activation).has_value() ? activation + "(x)" : activation;
}

}  // namespace equiripple
