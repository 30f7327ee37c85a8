#include "tests/support/words.hpp"

#include <doctest/doctest.h>

#include <algorithm>

#include "emit/request/options.hpp"

namespace equiripple::test {

RequestRecord request_words(const std::vector<std::string>& words) {
  RequestRecord request{.command = words.front(), .options = {}};
  const CommandRow* command = request_command_named(words.front());
  REQUIRE_MESSAGE(command != nullptr, words.front());
  for (std::size_t i = 1; i < words.size(); ++i) {
    const std::size_t sign = std::min(words[i].find('='), words[i].size());
    const std::string name = words[i].substr(2, sign - 2);
    const OptionRow* row = option_named(*command, name);
    REQUIRE_MESSAGE(row != nullptr, words[i]);
    auto option = std::ranges::find(request.options, name, &RequestOption::name);
    if (option == request.options.end()) {
      option = request.options.insert(option, {name, {}});
    }
    if (row->arity == Arity::flag) continue;
    option->values.push_back(sign < words[i].size() ? words[i].substr(sign + 1) : words.at(++i));
  }
  return request;
}

}  // namespace equiripple::test
