// A network's choice as text, JSON and C++.
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cctype>
#include <set>

#include "emit/describe.hpp"
#include "emit/hexfloat.hpp"
#include "emit/legible.hpp"
#include "emit/network/network.hpp"
#include "emit/version.hpp"

namespace equiripple {
namespace {

const Artifact& function_of(const Network& network, const NetworkLayerChoice& layer) {
  return network.functions[layer.function];
}

int levels_of(const Network& network, const NetworkLayerChoice& layer) {
  return layer.is_removed ? 0 : function_of(network, layer).plan->costs.levels;
}

// "relu 7,29,29", "gelu(x) degree 15".
std::string short_name(const NetworkLayerChoice& layer) {
  if (layer.is_removed) return "removed";
  std::string degrees;
  std::string function = layer.request.command;
  for (const RequestOption& option : layer.request.options) {
    if (option.name == "degrees" || option.name == "degree") degrees = option.values.front();
    if (option.name == "function") function = option.values.front();
  }
  return function + " " + degrees;
}

// Of a layer's name, what C++ lets a namespace be called.
std::string alias_of(const std::string& name, std::set<std::string>& taken) {
  std::string alias;
  for (const char c : name) {
    alias += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
  }
  if (!is_identifier(alias)) alias = "layer_" + alias;
  while (alias.find("__") != std::string::npos) alias.erase(alias.find("__"), 1);
  std::string unique = alias;
  for (int i = 2; !is_identifier(unique) || !taken.insert(unique).second; ++i) {
    unique = fmt::format("{}_{}", alias, i);
  }
  return unique;
}

std::string comment(const std::string& text) {
  std::string clean = legible(text);
  std::erase(clean, '\n');
  if (clean.ends_with('\\')) clean += '.';
  return clean;
}

}  // namespace

std::vector<std::string> refreshes_of(const LayerDecision& decision) {
  std::vector<std::string> places;
  if (decision.before_linear) places.emplace_back("before linear");
  if (decision.before_activation) places.emplace_back("before activation");
  if (decision.inside_after > 0) places.emplace_back("inside");
  if (decision.refreshes_input) places.emplace_back("inside");
  return places;
}

std::string network_table(const Network& network) {
  const NetworkRequest& request = network.request;
  std::size_t width = 5;
  std::size_t function_width = 8;
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    width = std::max(width, request.layers[l].name.size());
    function_width = std::max(function_width, short_name(network.layers[l]).size());
  }
  std::string text =
      fmt::format("network {}: {} of {}, {}, latency {:.6g}, sum of errors at most {}\n\n",
                  request.name, plural(network.totals.bootstraps, "refresh"),
                  plural(static_cast<int>(network.layers.size()), "layer"),
                  plural(network.totals.levels, "level"), network.totals.latency,
                  size_text(Rational(network.totals.error)));
  text += fmt::format("  {:{}}  {:{}}  {:>6}  {:>9}  {:>12}  {}\n", "layer", width, "function",
                      function_width, "levels", "in, out", "error", "refreshes");
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    const NetworkLayerChoice& layer = network.layers[l];
    std::string line = fmt::format(
        "  {:{}}  {:{}}  {:>6}  {:>9}  {:>12}  {}", legible(request.layers[l].name), width,
        short_name(layer), function_width, levels_of(network, layer),
        fmt::format("{} -> {}", layer.levels.input, layer.levels.output),
        decimal(layer.error, 3, Rounding::up), fmt::join(refreshes_of(layer.decision), ", "));
    line.erase(line.find_last_not_of(' ') + 1);
    text += line + "\n";
  }
  text += "\n  " + network.optimal_over + "\n";
  for (const std::string& remark : network.remarks) text += "  " + remark + "\n";
  return text;
}

std::string front_table(const NetworkRequest& request, const std::vector<NetworkFrontRow>& front) {
  std::string text = fmt::format(
      "network {}: {}\n\n  refreshes      latency         error  levels of an activation\n",
      request.name,
      request.objective == NetworkObjective::bootstraps
          ? "the least sum of errors for each number of refreshes"
          : "the choices on the convex hull of latency and the sum of errors");
  for (const NetworkFrontRow& row : front) {
    text += fmt::format("  {:>9}  {:>11.6g}  {:>12.6g}  {} to {}\n", row.totals.bootstraps,
                        row.totals.latency, row.totals.error, row.shallowest, row.deepest);
  }
  return text + "\n  errors of relu and abs measured, costs by the planner's stages\n";
}

Json network_json(const Network& network) {
  Json json;
  json["bootstraps"] = network.totals.bootstraps;
  json["latency"] = network.totals.latency;
  json["layers"] = Json::array();
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    const NetworkLayerChoice& layer = network.layers[l];
    Json one;
    one["name"] = network.request.layers[l].name;
    one["request"] = to_json(layer.request);
    one["levels"] = levels_of(network, layer);
    one["error"] = to_json(function_of(network, layer).claim);
    one["refreshes"] = refreshes_of(layer.decision);
    json["layers"].push_back(std::move(one));
  }
  return json;
}

Json front_json(const std::vector<NetworkFrontRow>& front) {
  Json json;
  json["front"] = Json::array();
  for (const NetworkFrontRow& row : front) {
    Json one;
    one["bootstraps"] = row.totals.bootstraps;
    one["latency"] = row.totals.latency;
    one["error"] = row.totals.error;
    one["levels"] = {row.shallowest, row.deepest};
    json["front"].push_back(std::move(one));
  }
  return json;
}

std::string network_header(const Network& network) {
  const std::string& name = network.request.name;
  std::string text = fmt::format(
      "// GENERATED FILE - do not edit. Change the network's file and generate again:\n"
      "//   equiripple network {0}.toml --out-dir DIR\n//\n"
      "// The activations of {0}, by layer: {1}, {2}.\n"
      "// A value is refreshed before the linear part of a layer, before its activation (after "
      "the\n"
      "// linear part), or inside it: that the runtime does by itself, where the backend can.\n"
      "// Generator   equiripple {3}\n#pragma once\n",
      name, plural(static_cast<int>(network.layers.size()), "layer"),
      plural(network.totals.bootstraps, "refresh"), version);
  for (std::size_t f = 0; f < network.functions.size(); ++f) {
    const bool is_used = std::ranges::any_of(network.layers, [&](const NetworkLayerChoice& layer) {
      return layer.function == f && !layer.is_removed;
    });
    if (is_used) text += fmt::format("#include \"{}.hpp\"\n", network.functions[f].name);
  }
  text += fmt::format(
      "\nnamespace {} {{\n\nstruct Layer {{\n  const char* name;\n"
      "  int levels;             // of the activation\n"
      "  bool before_linear;      // refreshed there\n"
      "  bool before_activation;  // likewise\n"
      "  int inside;              // refreshes between stages\n"
      "  int output_level;\n}};\n\ninline constexpr Layer layers[] = {{\n",
      name);
  std::set<std::string> taken;
  std::string aliases;
  for (std::size_t l = 0; l < network.layers.size(); ++l) {
    const NetworkLayerChoice& layer = network.layers[l];
    const std::string alias = alias_of(network.request.layers[l].name, taken);
    const LayerDecision& decision = layer.decision;
    text += fmt::format("    {{\"{}\", {}, {}, {}, {}, {}}},\n", alias, levels_of(network, layer),
                        decision.before_linear, decision.before_activation,
                        (decision.inside_after > 0 ? 1 : 0) + (decision.refreshes_input ? 1 : 0),
                        layer.levels.output);
    aliases += layer.is_removed
                   ? fmt::format("// {}: no activation, the value passes as it is\n", alias)
                   : fmt::format("namespace {} = ::{};  // {}\n", alias,
                                 function_of(network, layer).name, comment(short_name(layer)));
  }
  return text + "};\n\nnamespace layer {\n" + aliases + "}  // namespace layer\n\n" +
         fmt::format("}}  // namespace {}\n", name);
}

}  // namespace equiripple
