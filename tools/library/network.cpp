// A whole network: the choice, and what is written of it, as JSON.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "emit/hexfloat.hpp"
#include "emit/json.hpp"
#include "emit/network/network.hpp"
#include "tools/library/ended.hpp"
#include "tools/network/files.hpp"
#include "tools/network/spec.hpp"

namespace equiripple::library {
namespace {

// What the choice says of a layer beside the contract of `--json`.
Json layer_json(const Network& network, std::size_t l) {
  const NetworkLayerChoice& layer = network.layers[l];
  const NetworkLayerRequest& asked = network.request.layers[l];
  Json json;
  json["name"] = asked.name;
  json["function"] = asked.function;
  json["artifact"] = layer.is_removed ? Json() : Json(layer.function);
  json["input_level"] = layer.levels.input;
  json["output_level"] = layer.levels.output;
  json["refreshes"] = refreshes_of(layer.decision);
  json["error"] = to_double(layer.error, Rounding::up);
  json["weight"] = to_double(asked.weight);
  json["range"] = {to_double(asked.range.lower), to_double(asked.range.upper)};
  return json;
}

std::string choice_text(const Network& network) {
  Json json;
  json["name"] = network.request.name;
  json["bootstraps"] = network.totals.bootstraps;
  json["latency"] = network.totals.latency;
  json["error"] = network.totals.error;
  json["levels"] = network.totals.levels;
  json["optimal_over"] = network.optimal_over;
  json["remarks"] = network.remarks;
  json["table"] = network_table(network);
  json["layers"] = Json::array();
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    json["layers"].push_back(layer_json(network, l));
  }
  json["artifacts"] = Json::array();
  for (const Artifact& function : network.functions) {
    json["artifacts"].push_back(to_json_text(function));
  }
  json["files"] = Json::object();
  for (const NetworkFile& file : network_files(network)) json["files"][file.name] = file.text;
  return json.dump();
}

}  // namespace

Text network(const Request& request, const Progress& progress) {
  return text_of(
      [&] {
        std::string file;
        bool is_front = false;
        for (const Option& option : request.options) {
          if (option.name == "file" && option.values.size() == 1) {
            file = option.values.front();
          } else if (option.name == "pareto" && option.values.empty()) {
            is_front = true;
          } else {
            wrong_word("--" + option.name, ": a network has file, one name, and pareto, a switch");
          }
        }
        if (file.empty()) wrong_word("--file", ": is missing; it names the TOML of the network");
        const FileReader read = reader_of(request);
        const NetworkRequest asked = read_network(file, read, is_front);
        if (!is_front) return choice_text(required(make_network(asked, read)));
        const auto front = required(make_network_front(asked, read));
        Json json = front_json(front);
        json["table"] = front_table(asked, front);
        return json.dump();
      },
      progress);
}

}  // namespace equiripple::library
