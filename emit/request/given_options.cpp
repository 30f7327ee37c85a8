// A list is searched: requests have a dozen words.
#include "emit/request/given_options.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "emit/failure.hpp"
#include "emit/request/reading.hpp"
#include "emit/request/refresh_words.hpp"
#include "emit/request/words.hpp"
#include "generator/function/suggestion.hpp"

namespace equiripple {
namespace {

const RequestOption* option_in(const std::vector<RequestOption>& options, const std::string& name) {
  const auto found = std::ranges::find(options, name, &RequestOption::name);
  return found == options.end() ? nullptr : &*found;
}

bool has_arity(const RequestOption& option, Arity arity) {
  switch (arity) {
    case Arity::flag: return option.values.empty();
    case Arity::one: return option.values.size() == 1;
    case Arity::many: return !option.values.empty();
  }
  return false;
}

std::vector<std::string> names_of(const CommandRow& command) {
  std::vector<std::string> names;
  for (const OptionRow& option : command.options) names.push_back("--" + option.name);
  return names;
}

const char* what_is_right(Arity arity) {
  switch (arity) {
    case Arity::flag: return "is a switch, without a value";
    case Arity::one: return "takes one value";
    case Arity::many: break;
  }
  return "takes one value or more";
}

// "auto, none, odd or even"
std::string listed(const std::vector<std::string>& words) {
  std::string text = words.front();
  for (std::size_t i = 1; i < words.size(); ++i) {
    text += (i + 1 < words.size() ? ", " : " or ") + words[i];
  }
  return text;
}

void require_choice(const OptionRow& row, const std::string& value) {
  if (row.choices.empty() || std::ranges::find(row.choices, value) != row.choices.end()) return;
  wrong_word("--" + row.name, fmt::format(" {}: must be {}", shown(value), listed(row.choices)));
}

std::string written(const std::string& value, Recording recording) {
  switch (recording) {
    case Recording::tidy: return tidy(value);
    case Recording::file_name: return file_name_of(value);
    case Recording::verbatim: break;
  }
  return value;
}

}  // namespace

GivenOptions::GivenOptions(const CommandRow& command, const std::vector<RequestOption>& options,
                           FileReader read)
    : command_(&command), read_(std::move(read)) {
  for (const RequestOption& option : options) {
    const OptionRow* row = option_named(command, option.name);
    if (row == nullptr) {
      const auto known = names_of(command);
      const std::string why = option.name == "refresh" ? why_not_refreshed(command.name) : "";
      if (!why.empty()) wrong_word("--refresh", fmt::format(": not of {}: {}", command.name, why));
      wrong_request(fmt::format("unknown option {}{}; {} takes {}", shown("--" + option.name),
                                suggestion("--" + option.name, known), command.name,
                                fmt::join(known, " ")));
    }
    if (!has_arity(option, row->arity)) {
      wrong_word("--" + row->name, fmt::format(": {}", what_is_right(row->arity)));
    }
    if (option_in(options_, row->name) != nullptr) {
      wrong_word("--" + row->name, ": is given twice");
    }
    for (const std::string& value : option.values) {
      if (value.empty()) wrong_word("--" + row->name, ": the value is empty");
      require_choice(*row, value);
    }
    options_.push_back({row->name, option.values});
  }
  for (const OptionRow& row : command.options) {
    if (row.required && !has(row.name)) wrong_word("--" + row.name, " is required");
  }
}

const OptionRow& GivenOptions::row(const std::string& name) const {
  if (const OptionRow* found = option_named(*command_, name)) return *found;
  throw std::logic_error(command_->name + " has no option --" + name);
}

bool GivenOptions::has(const std::string& name) const {
  return option_in(options_, name) != nullptr;
}

const std::string& GivenOptions::one(const std::string& name) const {
  const RequestOption* option = option_in(options_, name);
  return option == nullptr ? row(name).otherwise : option->values.front();
}

const std::vector<std::string>& GivenOptions::all(const std::string& name) const {
  static const std::vector<std::string> none;
  const RequestOption* option = option_in(options_, name);
  return option == nullptr ? none : option->values;
}

std::optional<GivenOptions::File> GivenOptions::file(const std::string& name) const {
  if (!has(name) || !read_) return std::nullopt;
  Outcome<std::string> text = read_words([&] { return read_(one(name)); });
  if (text) return File{file_name_of(one(name)), *std::move(text)};
  Refusal refusal = text.error();
  refusal.option = name;
  throw Failure(refusal);
}

std::vector<RequestOption> GivenOptions::recorded() const {
  std::vector<RequestOption> kept;
  for (const OptionRow& row : command_->options) {
    if (row.arity == Arity::flag) {
      if (has(row.name)) kept.push_back({row.name, {}});
      continue;
    }
    std::vector<std::string> values = all(row.name);
    if (values.empty() && row.is_always_kept) values = {row.otherwise};
    for (std::string& value : values) value = written(value, row.recording);
    const bool is_said =
        row.is_always_kept ||
        (!values.empty() && (row.otherwise.empty() || values.front() != row.otherwise));
    if (is_said) kept.push_back({row.name, std::move(values)});
  }
  return kept;
}

std::string foreign_option(const CommandRow& command, const std::vector<RequestOption>& options) {
  for (const RequestOption& option : options) {
    const OptionRow* row = option_named(command, option.name);
    if (row == nullptr || row->name != option.name || !has_arity(option, row->arity)) {
      return option.name;
    }
  }
  return {};
}

bool has_option(const RequestRecord& request, const std::string& name) {
  return option_in(request.options, name) != nullptr;
}

}  // namespace equiripple
