#include "tools/c/json_request.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <utility>

#include "emit/legible.hpp"
#include "emit/request/options.hpp"
#include "emit/request/words.hpp"

namespace equiripple {
namespace {

using nlohmann::ordered_json;

class RequestReader {
 public:
  Expected<library::Request> read(const std::string& text) {
    const ordered_json json =
        ordered_json::parse(text, /*callback=*/nullptr, /*allow_exceptions=*/false);
    if (json.is_discarded() || !json.is_object()) {
      fail("a request is a JSON object");
      return *defect_;
    }
    // First the command, which says what lists mean.
    if (json.contains("command")) member("command", json["command"]);
    for (const auto& [key, value] : json.items()) {
      if (key != "command") member(key, value);
    }
    if (request_.command.empty()) fail("\"command\" is missing, as \"relu\"");
    if (defect_) return *defect_;
    return std::move(request_);
  }

 private:
  void fail(const std::string& message) {
    if (!defect_) defect_ = Defect{legible("the request: " + message)};
  }

  void member(const std::string& key, const ordered_json& value) {
    if (key == "command" || key == "name") {
      if (!value.is_string()) return fail(fmt::format("\"{}\" must be a string", key));
      (key == "command" ? request_.command : request_.name) = value.get<std::string>();
    } else if (key == "options") {
      if (!value.is_object()) return fail("\"options\" must be an object");
      for (const auto& [name, option] : value.items()) add_option(name, option);
    } else if (key == "files") {
      if (!value.is_object()) return fail("\"files\" must be an object");
      for (const auto& [name, content] : value.items()) add_file(name, content);
    } else {
      fail(fmt::format("{} is unknown: it has command, options, name and files", shown(key)));
    }
  }

  void add_file(const std::string& name, const ordered_json& content) {
    if (!content.is_string()) return fail(fmt::format("the file {} must be a string", shown(name)));
    request_.files[name] = content.get<std::string>();
  }

  std::optional<std::string> word(const std::string& name, const ordered_json& value) {
    if (value.is_string()) return value.get<std::string>();
    if (value.is_number_integer()) return value.dump();
    fail(value.is_number()
             ? fmt::format("{}: {} is no whole number: write it as text, as \"0.1\"", shown(name),
                           value.dump())
             : fmt::format("{}: must be a string, a whole number, a list of them, or true",
                           shown(name)));
    return std::nullopt;
  }

  bool may_be_repeated(const std::string& name) const {
    const CommandRow* command = request_command_named(request_.command);
    const OptionRow* option = command == nullptr ? nullptr : option_named(*command, name);
    return option != nullptr && option->arity == Arity::many;
  }

  void add_option(const std::string& name, const ordered_json& value) {
    library::Option option{.name = name};
    if (value.is_boolean()) {
      if (value.get<bool>()) request_.options.push_back(option);
      return;
    }
    const ordered_json list = value.is_array() ? value : ordered_json::array({value});
    for (const ordered_json& one : list) {
      auto text = word(name, one);
      if (!text) return;
      option.values.push_back(std::move(*text));
    }
    if (list.empty()) return fail(fmt::format("{}: the list is empty", shown(name)));
    if (value.is_array() && !may_be_repeated(name)) {
      option.values = {fmt::format("{}", fmt::join(option.values, ","))};
    }
    request_.options.push_back(std::move(option));
  }

  library::Request request_;
  std::optional<Defect> defect_{};  // the first
};

ordered_json error_json(const library::Error& error) {
  return {{"lower", error.lower}, {"attained", error.attained}, {"upper", error.upper},
          {"unit", error.unit},   {"metric", error.metric},     {"is_proved", error.is_proved}};
}

const char* name_of(Arity arity) {
  switch (arity) {
    case Arity::flag: return "flag";
    case Arity::one: return "one";
    case Arity::many: break;
  }
  return "many";
}

ordered_json command_json(const CommandRow& command) {
  ordered_json options = ordered_json::array();
  for (const OptionRow& row : command.options) {
    ordered_json option = {{"name", row.name},
                           {"value", row.value},
                           {"help", row.help},
                           {"arity", name_of(row.arity)},
                           {"required", row.required}};
    if (!row.otherwise.empty()) option["default"] = row.otherwise;
    if (!row.choices.empty()) option["choices"] = row.choices;
    options.push_back(std::move(option));
  }
  return {{"command", command.name}, {"help", command.help}, {"options", options}};
}

}  // namespace

Expected<library::Request> request_in_json(const std::string& text) {
  return RequestReader().read(text);
}

ordered_json facts_json(const library::Function& function) {
  ordered_json stages = ordered_json::array();
  for (const library::Stage& stage : function.stages()) {
    stages.push_back({{"degree", stage.degree},
                      {"parity", stage.parity},
                      {"basis", stage.basis},
                      {"coefficients", stage.coefficients},
                      {"domain", stage.domain},
                      {"range", stage.range},
                      {"error", error_json(stage.error)}});
  }
  ordered_json costs;
  if (const auto& taken = function.costs()) {
    costs = {{"levels", taken->levels},
             {"key_switches", taken->key_switches},
             {"tensor_products", taken->tensor_products},
             {"scalar_products", taken->scalar_products},
             {"rescalings", taken->rescalings},
             {"growth", taken->growth}};
  }
  return {{"name", function.name()},
          {"kind", function.kind()},
          {"description", function.description()},
          {"command", function.command()},
          {"inputs", function.inputs()},
          {"error", error_json(function.error())},
          {"stages", stages},
          {"costs", costs}};
}

ordered_json commands_json() {
  ordered_json commands = ordered_json::array();
  for (const CommandRow& command : request_commands()) commands.push_back(command_json(command));
  commands.push_back(command_json(search_command()));
  commands.push_back(command_json(survey_command()));
  return commands;
}

}  // namespace equiripple
