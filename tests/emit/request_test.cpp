// Words, requests and records: one table, and two ways that are inverse to each other.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <sstream>

#include "emit/failure.hpp"
#include "emit/json.hpp"
#include "emit/make/make.hpp"
#include "emit/request/request.hpp"
#include "emit/verify/fields.hpp"
#include "tests/support/specimens.hpp"

using namespace equiripple;

namespace {

bool is_same(const RequestRecord& a, const RequestRecord& b) {
  return a.command == b.command &&
         std::ranges::equal(a.options, b.options,
                            [](const RequestOption& x, const RequestOption& y) {
                              return x.name == y.name && x.values == y.values;
                            });
}

// "command --option value ...".
RequestRecord record_in(const std::string& text) {
  std::istringstream words(text);
  RequestRecord record;
  words >> record.command;
  for (std::string option, value; words >> option >> value;) {
    record.options.push_back({option.substr(2), {value}});
  }
  return record;
}

std::string refusal(const RequestRecord& words) {
  const Outcome<Request> request = request_of(words);
  if (request) return "none";
  CHECK(request.error().status == Status::wrong_request);
  return request.error().option + "; " + request.error().why;
}

}  // namespace

TEST_CASE("a request and its record are inverse to each other") {
  std::set<std::string> commands;
  for (const test::Specimen& specimen : test::specimens()) {
    const RequestRecord recorded = artifact_from_json_text(specimen.json)->request;
    CAPTURE(command_line(recorded));
    CHECK(is_same(record_of(*request_of(recorded)), recorded));
    commands.insert(recorded.command);
  }
  for (const char* words :
       {"softmax --length 4 --range 2 --error 2^-6",
        "layernorm --length 8 --variance [1/4,4] --error 2^-6",
        "rmsnorm --length 8 --variance [1/4,4] --error 2^-6",
        "argmax --slots 4 --gap 1/4 --range 1 --error 2^-6",
        "largest --slots 4 --range 1 --error 2^-6", "compare-and-swap --bits 6 --range 1"}) {
    const RequestRecord recorded = record_of(*request_of(record_in(words)));
    CAPTURE(command_line(recorded));
    CHECK(is_same(recorded, record_in(words)));
    CHECK(is_same(record_of(*request_of(recorded)), recorded));
    commands.insert(recorded.command);
  }
  CHECK(commands.size() == request_commands().size());
}

TEST_CASE("words in another order, with blanks and with defaults, have the same record") {
  const RequestRecord words{.command = "minimax",
                            .options = {{"parity", {"auto"}},
                                        {"degree", {" 7"}},
                                        {"domain", {"[ -1, 1 ]"}},
                                        {"coefficient-bits", {"53"}},
                                        {"cost-table", {"folder/costs.json"}},
                                        {"minimise", {"latency"}},
                                        {"function", {"sin( x )"}}}};
  const RequestRecord record = record_of(*request_of(words));
  const RequestRecord expected{.command = "minimax",
                               .options = {{"function", {"sin( x )"}},
                                           {"domain", {"[-1,1]"}},
                                           {"degree", {"7"}},
                                           {"minimise", {"latency"}},
                                           {"model", {"costs.json"}}}};
  CHECK(is_same(record, expected));
  CHECK(is_same(record_of(*request_of(record)), record));
}

TEST_CASE("what was not made says so") {
  CHECK(Made().status == Status::not_run);
  CHECK_FALSE(Made().is_made());
  CHECK_FALSE(Made().why.empty());
}

TEST_CASE("wrong words are refused with the option that they are about") {
  const RequestOption gap{"gap", {"1/4"}};
  const RequestOption degrees{"degrees", {"7"}};
  CHECK(refusal({.command = "sing", .options = {}}) ==
        "; 'sing' is no command that makes a function; did you mean 'sign'?; known: minimax, "
        "approximate, mod1, sign, step, compare, relu, abs, max, min, "
        "compare-and-swap, inverse, divide, rsqrt, sqrt, exp, indicator, quantise, activation, "
        "piecewise, softmax, layernorm, rmsnorm, "
        "argmax, largest, fit");
  CHECK(refusal({.command = "sign", .options = {degrees}}) ==
        "gap; --gap is missing: the function is approximated for gap * range <= |x|");
  CHECK(refusal({.command = "sign", .options = {gap, degrees, degrees}}) ==
        "degrees; --degrees: is given twice");
  CHECK(refusal({.command = "sign", .options = {gap, {"degrees", {"7", "9"}}}}) ==
        "degrees; --degrees: takes one value");
  CHECK(refusal({.command = "sign", .options = {gap, degrees, {"no-absorption", {"x"}}}}) ==
        "no-absorption; --no-absorption: is a switch, without a value");
  CHECK(refusal({.command = "sign", .options = {gap, {"degrees", {""}}}}) ==
        "degrees; --degrees: the value is empty");
  CHECK(refusal({.command = "sign", .options = {gap, {"degrees", {"8"}}}}).starts_with("degrees;"));
  CHECK(refusal({.command = "sign", .options = {gap, {"bits", {"8"}}}})
            .find("unknown option '--bits'") != std::string::npos);
  const RequestOption refresh{"refresh", {"levels=6,noise=2^-9,cost=800,start=9x"}};
  CHECK(refusal({.command = "relu", .options = {degrees, refresh}})
            .starts_with("refresh; --refresh start '9x': "));
  CHECK(refusal({.command = "fit", .options = {{"data", {"a.txt"}}, {"degree", {"2"}}}}) ==
        "data; --data: its points are not there");
}

TEST_CASE("a word that is none of an option's choices is refused before all else") {
  const RequestOption word{"minimise", {"speed"}};
  CHECK(refusal({.command = "sign", .options = {{"gap", {"1/4"}}, {"degrees", {"8"}}, word}}) ==
        "minimise; --minimise 'speed': must be latency, levels or key-switches");
  for (const CommandRow& command : request_commands()) {
    for (const OptionRow& option : command.options) {
      for (const std::string& choice : option.choices) {
        CAPTURE(command.name + " --" + option.name + " " + choice);
        const std::string why =
            refusal({.command = command.name, .options = {{option.name, {choice}}}});
        CHECK(why.find("must be") == std::string::npos);
      }
    }
  }
}

TEST_CASE("the table of options is sound, and verify knows every option") {
  for (const CommandRow& command : request_commands()) {
    std::set<std::string> names;
    CHECK_FALSE(command.help.empty());
    for (const OptionRow& option : command.options) {
      CAPTURE(command.name + " --" + option.name);
      CHECK(names.insert(option.name).second);
      CHECK_FALSE(option.help.empty());
      CHECK((option.arity == Arity::flag) == option.value.empty());
      CHECK((!option.is_told || !option.otherwise.empty()));
      CHECK(field_at("request/" + option.name) != nullptr);
    }
  }
}
