#include "tools/cli/typed_words.hpp"

#include "tools/cli/declaration.hpp"

namespace equiripple {
namespace {

std::string names_of(const OptionRow& option) {
  return "--" + option.name + (option.synonym.empty() ? "" : ",--" + option.synonym);
}

}  // namespace

void TypedWords::declare(const Command& command, const CommandRow& row) {
  row_ = &row;
  for (const OptionRow& option : row.options) {
    const std::string names = names_of(option);
    switch (option.arity) {
      case Arity::flag: command.add_flag(names, flags_[option.name], option.help); break;
      case Arity::one: {
        std::string& word = single_[option.name];
        if (option.is_told) word = option.otherwise;
        const DeclaredOption declared =
            command.add_option(names, word, option.help).type_name(option.value);
        if (option.is_told) declared.shows_default();
        if (option.required) declared.required();
        break;
      }
      case Arity::many: {
        const DeclaredOption declared =
            command.add_option(names, repeated_[option.name], option.help)
                .type_name(option.value)
                .repeated();
        if (option.required) declared.required();
        break;
      }
    }
  }
}

std::vector<RequestOption> TypedWords::options() const {
  std::vector<RequestOption> given;
  for (const OptionRow& option : row_->options) {
    switch (option.arity) {
      case Arity::flag:
        if (flags_.at(option.name)) given.push_back({option.name, {}});
        break;
      case Arity::one:
        if (!single_.at(option.name).empty()) {
          given.push_back({option.name, {single_.at(option.name)}});
        }
        break;
      case Arity::many:
        if (!repeated_.at(option.name).empty()) {
          given.push_back({option.name, repeated_.at(option.name)});
        }
        break;
    }
  }
  return given;
}

}  // namespace equiripple
