// Reads a program from its text, whoever wrote it: what passes can be run, what cannot is refused
// with its line and word. The form is described in program.hpp.
#pragma once

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "claim.hpp"
#include "errors.hpp"
#include "hexfloat.hpp"
#include "recording.hpp"

namespace equiripple {
namespace detail {

/// The versions of the form that this runtime reads; the second has refreshes, the third integers
/// that are carried out as others.
inline constexpr std::string_view program_version = "1";
inline constexpr std::string_view program_version_of_refreshes = "2";
inline constexpr std::string_view program_version_of_carried = "3";

// What is read: far above every program, far below what exhausts a machine.
inline constexpr std::size_t longest_program = std::size_t{1} << 24;  // characters; chosen
inline constexpr std::size_t most_program_steps = 20'000;  // chosen: degree 4095 takes about 9300
inline constexpr int deepest_level = 1000;                 // chosen: as many primes has no chain
inline constexpr int largest_integer = 1 << 20;            // chosen: far above those of T_k
inline constexpr std::size_t longest_program_name = 200;   // chosen: of what is emitted

/// All that a text says.
struct ProgramContent {
  Recording plan;
  Claim claim{};
  double lower = 0;
  double upper = 0;
  double growth = 0;
  int inputs = 0;
};

/// What stands behind the word of a step.
struct StepForm {
  std::string_view word;
  Step step;
  std::size_t operands;
  std::size_t numbers;
  std::size_t optional_numbers = 0;
};

inline constexpr std::string_view input_refresh = "refresh_input";
inline constexpr std::array<StepForm, 15> step_forms = {{
    {"input", Step::input, 0, 0},
    {"normalise", Step::normalise, 1, 2},
    {"stage", Step::stage, 1, 0, 1},
    {"multiply", Step::multiply, 2, 0},
    {"square", Step::square, 1, 0},
    {"relinearize", Step::relinearize, 1, 0},
    {"rescale", Step::rescale, 1, 0},
    {"multiply_scalar", Step::multiply_scalar, 1, 1},
    {"add_scalar", Step::add_scalar, 1, 1},
    {"multiply_integer", Step::multiply_integer, 1, 1, 1},
    {"add", Step::add, 2, 0},
    {"sub", Step::sub, 2, 0},
    {"drop", Step::drop, 1, 1},
    {"refresh", Step::refresh, 1, 0},
    {input_refresh, Step::refresh, 1, 2},
}};

class ProgramReader {
 public:
  /// Throws malformed_program.
  static ProgramContent read(std::string_view text) {
    ProgramReader reader(text);
    reader.head();
    for (reader.next_line("a step"); reader.words_[0] == "step";) {
      reader.step();
      reader.next_line("a step or the result");
    }
    reader.result();
    return std::move(reader.content_);
  }

 private:
  // A value as ciphertexts have it, when the program has come so far.
  struct Value {
    Recorder::Value index;
    int depth = 0;
    int components = 2;
    bool is_due = false;  // to be rescaled

    bool is_plain() const { return components == 2 && !is_due; }
  };

  explicit ProgramReader(std::string_view text) : rest_(text) {
    if (text.size() > longest_program) refuse({}, "is longer than any program");
  }

  [[noreturn]] void refuse(std::string_view word, const std::string& why) const {
    constexpr std::size_t shown = 40;  // characters; chosen
    std::string safe(word.substr(0, shown));
    for (char& c : safe) c = c < ' ' || c > '~' ? '?' : c;
    throw malformed_program(std::max(line_, 1), safe, why);
  }

  // The words of the next line that has any, in words_; whether there is one.
  bool advance() {
    for (words_.clear(); words_.empty() && !rest_.empty();) {
      ++line_;
      const std::size_t end = std::min(rest_.find('\n'), rest_.size());
      split(rest_.substr(0, end));
      rest_.remove_prefix(std::min(end + 1, rest_.size()));
    }
    return !words_.empty();
  }

  void next_line(const std::string& wanted) {
    if (!advance()) refuse("", "ends the text, where " + wanted + " should stand");
  }

  // A line that begins with # has no words.
  void split(std::string_view line) {
    if (line.substr(0, 1) == "#") return;
    constexpr std::string_view blanks = " \t\r";
    constexpr std::size_t enough = 8;  // one more than any line has
    for (std::size_t begin = line.find_first_not_of(blanks);
         begin < line.size() && words_.size() < enough;) {
      const std::size_t end = std::min(line.find_first_of(blanks, begin), line.size());
      words_.push_back(line.substr(begin, end - begin));
      begin = line.find_first_not_of(blanks, end);
    }
  }

  void require_words(std::size_t count) const {
    if (words_.size() == count) return;
    if (words_.size() > count) refuse(words_[count], "is one word too many in its line");
    refuse(words_.back(), "is not the last word that its line should have");
  }

  // A line that begins with `word`, and so many words after it.
  void field(const std::string& word, std::size_t count) {
    next_line(word);
    if (words_[0] != word) refuse(words_[0], "stands where " + word + " should stand");
    require_words(count + 1);
  }

  std::string_view name(std::string_view word) const {
    const auto is_letter = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_';
    };
    const auto is_inside = [&](char c) { return is_letter(c) || (c >= '0' && c <= '9'); };
    if (!is_letter(word.front()) || word.size() > longest_program_name ||
        !std::all_of(word.begin(), word.end(), is_inside)) {
      refuse(word, "is no name: letters, digits and _, no digit first");
    }
    return word;
  }

  double number(std::string_view word) const {
    const std::optional<double> value = exact_hexfloat(word);
    if (!value) refuse(word, "is no finite double in hexadecimal, as 0x1.8p-3");
    return *value;
  }

  int whole(std::string_view word, int least, int most) const {
    const std::optional<int> value = whole_number(word);
    if (!value || *value < least || *value > most) {
      refuse(word,
             "is no whole number from " + std::to_string(least) + " to " + std::to_string(most));
    }
    return *value;
  }

  void head() {
    next_line("equiripple-program");
    if (words_[0] != "equiripple-program") {
      refuse(words_[0], "stands where a program begins: 'equiripple-program 1'");
    }
    require_words(2);
    refreshes_ = words_[1] == program_version_of_refreshes;
    carries_ = words_[1] == program_version_of_carried;
    if (words_[1] != program_version && !refreshes_ && !carries_) {
      refuse(words_[1], "is a version that this runtime does not read: it reads versions " +
                            std::string(program_version) + ", " +
                            std::string(program_version_of_refreshes) + " and " +
                            std::string(program_version_of_carried));
    }
    PlanFacts& facts = content_.plan.facts;
    field("name", 1);
    facts.name = name(words_[1]);
    field("range", 2);
    content_.lower = number(words_[1]);
    content_.upper = number(words_[2]);
    if (content_.lower > content_.upper) refuse(words_[2], "is below the other end of the range");
    field("growth", 1);
    content_.growth = number(words_[1]);
    field("output_scale_factor", 1);
    facts.output_scale_factor = number(words_[1]);
    constexpr double widest = 0x1p+64;  // chosen: no scale of a ciphertext is that far off
    if (!(facts.output_scale_factor >= 1 / widest && facts.output_scale_factor <= widest)) {
      refuse(words_[1], "is no factor from 2^-64 to 2^64");
    }
    field("stages", 1);
    if (words_[1] != "all") {
      facts.stages =
          static_cast<std::size_t>(whole(words_[1], 1, static_cast<int>(most_program_steps)));
    }
    if (refreshes_) {
      field("refresh_noise", 1);
      facts.refresh_noise = number(words_[1]);
      if (!(facts.refresh_noise > 0 && facts.refresh_noise < 1)) {
        refuse(words_[1], "is no bound of what a refresh adds to a value in [-1, 1]");
      }
    }
    facts.half_width = 1;
    facts.levels = 0;
    read_claim();
  }

  void read_claim() {
    field("claim", 6);
    Claim& claim = content_.claim;
    claim.lower = number(words_[1]);
    claim.attained = number(words_[2]);
    claim.upper = number(words_[3]);
    claim.unit = number(words_[4]);
    if (!(claim.lower >= 0 && is_ordered(claim))) {
      refuse(words_[1], "begins no claim: 0 <= lower <= attained <= upper, and a unit above 0");
    }
    constexpr std::array<std::pair<std::string_view, Claim::Metric>, 4> metrics = {{
        {"absolute", Claim::Metric::absolute},
        {"relative", Claim::Metric::relative},
        {"weighted", Claim::Metric::weighted},
        {"relu", Claim::Metric::relu},
    }};
    const auto metric = std::find_if(metrics.begin(), metrics.end(),
                                     [&](const auto& known) { return known.first == words_[5]; });
    if (metric == metrics.end()) {
      refuse(words_[5], "is no metric: absolute, relative, weighted or relu");
    }
    claim.metric = metric->second;
    if (words_[6] != "proved" && words_[6] != "measured") {
      refuse(words_[6], "is no evidence: proved or measured");
    }
    claim.evidence = words_[6] == "proved" ? Claim::Evidence::proved : Claim::Evidence::measured;
  }

  void step() {
    if (words_.size() < 3) refuse(words_.back(), "is not the last word that its line should have");
    if (values_.size() == most_program_steps) {
      refuse(words_[1], "is one step more than the " + std::to_string(most_program_steps) +
                            " that a program may have");
    }
    const StepForm& form = form_of(words_[2]);
    const std::size_t least = 3 + form.operands + form.numbers;
    const bool has_optional = form.step != Step::multiply_integer || carries_;
    const std::size_t most = least + (has_optional ? form.optional_numbers : 0);
    require_words(std::clamp(words_.size(), least, most));
    const Value* const left = form.operands >= 1 ? &operand(words_[3]) : nullptr;
    const Value* const right = form.operands >= 2 ? &operand(words_[4]) : left;
    if (left != nullptr) require_suitable(form.step, *left, *right);
    const Value made =
        form.word == input_refresh ? refreshed(*left) : apply(form.step, left, right);
    content_.plan.facts.levels = std::max(content_.plan.facts.levels, made.depth);
    if (!index_.emplace(name(words_[1]), values_.size()).second) {
      refuse(words_[1], "is the name of an earlier value");
    }
    values_.push_back(made);
  }

  const StepForm& form_of(std::string_view word) const {
    const auto form = std::find_if(step_forms.begin(), step_forms.end(),
                                   [&](const StepForm& known) { return known.word == word; });
    const bool is_known = form != step_forms.end() && (form->step != Step::refresh || refreshes_);
    if (is_known) return *form;
    std::string known;
    for (const StepForm& each : step_forms) {
      if (each.step == Step::refresh && !refreshes_) continue;
      known += (known.empty() ? "" : ", ") + std::string(each.word);
    }
    refuse(word, "is no step that this runtime reads: " + known);
  }

  const Value& operand(std::string_view word) const {
    const auto found = index_.find(word);
    if (found == index_.end()) refuse(word, "is no earlier value");
    return values_[found->second];
  }

  // The rules of ciphertexts: products are of two components and rescaled, what is added has the
  // same scale, relinearisation and rescaling meet what needs them, operands are at one depth.
  void require_suitable(Step step, const Value& left, const Value& right) const {
    if (left.depth != right.depth) refuse(words_[1], "takes values of different depths");
    switch (step) {
      case Step::relinearize:
        if (left.components == 3) return;
        return refuse(words_[1], "has nothing to relinearise");
      case Step::rescale:
        if (left.components == 2 && left.is_due) return;
        return refuse(words_[1], "has nothing to rescale");
      case Step::add:
      case Step::sub:
        if (left.is_due == right.is_due) return;
        return refuse(words_[1], "adds values of other scales");
      case Step::add_scalar:
      case Step::multiply_integer: return;
      default:
        if (left.is_plain() && right.is_plain()) return;
        return refuse(words_[1], "takes what is not relinearised and rescaled");
    }
  }

  Value apply(Step step, const Value* left, const Value* right) {
    if (step == Step::input) return input();
    Value made = *left;
    const Recorder::Value x = left->index;
    const Recorder::Value y = right->index;
    switch (step) {
      case Step::normalise: made.index = normalise(x); break;
      case Step::stage: made.index = recorder_.stage(x, log2_scale()); break;
      case Step::refresh: made.index = recorder_.refresh(x); break;
      case Step::multiply: made = {recorder_.multiply(x, y), made.depth, 3, true}; break;
      case Step::square: made = {recorder_.square(x), made.depth, 3, true}; break;
      case Step::relinearize: made = {recorder_.relinearize(x), made.depth, 2, made.is_due}; break;
      case Step::rescale: made = {recorder_.rescale(x), deeper(made.depth), 2, false}; break;
      case Step::multiply_scalar:
        made = {recorder_.multiply_scalar(x, number(words_[4])), made.depth, 2, true};
        break;
      case Step::add_scalar: made.index = recorder_.add_scalar(x, number(words_[4])); break;
      case Step::multiply_integer: made.index = multiple(x); break;
      case Step::drop:
        made.depth = whole(words_[4], made.depth, deepest_level);
        made.index = recorder_.drop(x, made.depth);
        break;
      default:
        made.index = step == Step::add ? recorder_.add(x, y) : recorder_.sub(x, y);
        made.components = std::max(left->components, right->components);
    }
    return made;
  }

  // An input, or the difference of two, before it is normalised.
  Value refreshed(Value input) {
    if (is_normalised_) refuse(words_[1], "refreshes an input after the range is known");
    if (std::exchange(is_refreshed_, true)) refuse(words_[1], "refreshes an input a second time");
    input.index = recorder_.refresh_input(input.index, number(words_[4]), half_width());
    return input;
  }

  double half_width() const {
    const double value = number(words_[5]);
    if (value > 0 && std::isfinite(1 / value)) return value;
    refuse(words_[5], "is no half width: above 0, and its inverse is finite");
  }

  Value input() {
    if (values_.size() != static_cast<std::size_t>(content_.inputs)) {
      refuse(words_[1], "is an input after an operation");
    }
    if (++content_.inputs > 2) refuse(words_[1], "is a third input: a program takes one or two");
    return {recorder_.input()};
  }

  // Once: the half width tells where the range is read off the scale.
  Recorder::Value normalise(Recorder::Value x) {
    if (std::exchange(is_normalised_, true)) refuse(words_[1], "normalises a second time");
    content_.plan.facts.half_width = half_width();
    return recorder_.normalise(x, number(words_[4]), content_.plan.facts.half_width);
  }

  // Of a stage: none is 0.
  double log2_scale() const {
    if (words_.size() < 5) return 0;
    const double value = number(words_[4]);
    if (std::abs(value) > largest_log2_scale) {
      refuse(words_[4], "is no log2 of what a scale is changed by: from -0x1p+3 to 0x1p+3");
    }
    return value;
  }

  Recorder::Value multiple(Recorder::Value x) {
    const int integer = whole(words_[4], -largest_integer, largest_integer);
    if (words_.size() < 6) return recorder_.multiply_integer(x, integer);
    const int carried = whole(words_[5], 1, largest_carried);
    if (!can_carry(integer, carried)) refuse(words_[5], "stands in for an integer below 1");
    return recorder_.multiply_integer(x, integer, carried);
  }

  int deeper(int depth) const {
    if (depth == deepest_level) {
      refuse(words_[1], "is deeper than " + std::to_string(deepest_level) + " levels");
    }
    return depth + 1;
  }

  void result() {
    if (words_[0] != "result") refuse(words_[0], "stands where a step or the result should stand");
    require_words(2);
    const auto last = index_.find(words_[1]);
    if (last == index_.end() || last->second + 1 != values_.size()) {
      refuse(words_[1], "is not the value of the last step");
    }
    if (!values_.back().is_plain()) {
      refuse(words_[1], "is a result that is not relinearised and rescaled");
    }
    content_.plan.operations = recorder_.take();
    if (advance()) refuse(words_[0], "stands after the result");
  }

  std::string_view rest_;
  int line_ = 0;
  std::vector<std::string_view> words_;  // of the line
  ProgramContent content_;
  Recorder recorder_;
  std::vector<Value> values_;
  std::map<std::string_view, std::size_t> index_;  // of values_, by name
  bool is_normalised_ = false;
  bool is_refreshed_ = false;
  bool refreshes_ = false;  // by the version
  bool carries_ = false;    // likewise
};

}  // namespace detail
}  // namespace equiripple
