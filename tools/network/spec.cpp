// Each key is looked at where it stands; what is unknown, missing or of another type is refused
// there.
#include "tools/network/spec.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>
#include <map>

#include "emit/artifact.hpp"
#include "emit/failure.hpp"
#include "emit/network/samples.hpp"
#include "emit/request/reading.hpp"
#include "emit/request/words.hpp"
#include "generator/function/suggestion.hpp"
#include "tools/spec/place.hpp"
#include "tools/spec/text.hpp"
#include "tools/spec/values.hpp"

namespace equiripple {
namespace {

namespace fs = std::filesystem;

constexpr int most_levels = 200;            // of a chain, or a linear part; chosen
constexpr std::size_t most_layers = 2'000;  // chosen
constexpr int most_bits = 40;               // chosen: proofs of ReLU take long beyond

Place place_of(const toml::source_region& source) {
  return {static_cast<int>(source.begin.line), static_cast<int>(source.begin.column)};
}

// One table: its keys, each taken once.
class Table {
 public:
  Table(const std::string& path, const SourceLines& source, std::string name,
        const toml::table& table, std::vector<std::string> keys)
      : path_(path), source_(source), name_(std::move(name)), table_(table) {
    for (const auto& [key, value] : table) {
      const std::string word(key.str());
      if (std::ranges::find(keys, word) != keys.end()) continue;
      wrong(key.source(),
            fmt::format("there is no key {}; known: {}", shown(word), fmt::join(keys, ", ")));
    }
  }

  [[noreturn]] void wrong(const toml::source_region& where, const std::string& message) const {
    const Place place = place_of(where);
    wrong_request(fmt::format("{}:{}:{}: {}: {}", path_, place.line, place.column, name_, message));
  }

  [[noreturn]] void wrong_at(const std::string& key, const std::string& message) const {
    const toml::node* node = table_.get(key);
    wrong(node != nullptr ? node->source() : table_.source(), key + ": " + message);
  }

  bool has(const std::string& key) const { return table_.get(key) != nullptr; }

  // The words of a value; one, or those of a list.
  std::vector<std::string> words(const std::string& key) const {
    const toml::node* node = table_.get(key);
    if (node == nullptr) wrong(table_.source(), key + " is missing");
    auto value = option_value(Arity::many, *node, source_);
    if (!value) wrong_at(key, value.error().why);
    return std::move(value->words);
  }

  std::string word(const std::string& key) const {
    const auto all = words(key);
    if (all.size() != 1) wrong_at(key, "must be one value, not a list");
    return all.front();
  }

  // What `work` makes of a key; a wrong request of it is one at the key.
  template <class Work>
  auto at(const std::string& key, const Work& work) const -> decltype(work()) {
    auto made = read_words(work);
    if (made) return *std::move(made);
    const Refusal& refusal = made.error();
    if (refusal.status != Status::wrong_request) throw Failure(refusal);
    const toml::node* node = table_.get(key);
    wrong(node != nullptr ? node->source() : table_.source(), refusal.why);
  }

  int whole(const std::string& key, int lowest, int highest) const {
    return at(key, [&] { return whole_word(key, word(key), lowest, highest); });
  }

  Rational number(const std::string& key) const {
    return at(key, [&] { return number_word(key, word(key)); });
  }

  Rational positive(const std::string& key, bool may_be_zero) const {
    const Rational value = number(key);
    if (value < 0 || (value == 0 && !may_be_zero)) {
      wrong_at(key, fmt::format("{}: must be {}", shown(word(key)),
                                may_be_zero ? "0 or more" : "above 0"));
    }
    // Sums and products of such numbers are far within binary64.
    if (value != 0 && (value < power_of_two(-200) || value > power_of_two(200))) {
      wrong_at(key, fmt::format("{}: must be 0, or from 2^-200 to 2^200", shown(word(key))));
    }
    return value;
  }

 private:
  const std::string& path_;
  const SourceLines& source_;
  std::string name_;
  const toml::table& table_;
};

// "[-3,4]" or "4" as two ends.
std::vector<std::string> ends_in(std::string word) {
  word = tidy(word);
  if (!word.starts_with('[') || !word.ends_with(']')) return {word};
  word = word.substr(1, word.size() - 2);
  int depth = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    depth += word[i] == '(' ? 1 : word[i] == ')' ? -1 : 0;
    if (word[i] == ',' && depth == 0) return {word.substr(0, i), word.substr(i + 1)};
  }
  return {word};
}

class Reader {
 public:
  Reader(const std::string& path, const std::string& text, const FileReader& read,
         bool may_lack_budget)
      : path_(path), source_(text), read_(read), may_lack_budget_(may_lack_budget) {
    check_spec_text(path, text);
    try {
      root_ = toml::parse(text, path);
    } catch (const toml::parse_error& error) {
      const Place place = place_of(error.source());
      wrong_request(fmt::format("{}:{}:{}: {}", path, place.line, place.column,
                                std::string(error.description())));
    }
  }

  NetworkRequest request() {
    const Table whole(path_, source_, "the file", root_, {"chain", "objective", "layer"});
    read_name();
    read_chain();
    read_objective();
    read_layers();
    if (may_lack_budget_ && !request_.bits && !request_.error_budget && !request_.level_budget) {
      for (NetworkLayerRequest& layer : request_.layers) {
        if (!layer.bits) return with_wide_budget();
      }
    }
    checked();
    return std::move(request_);
  }

 private:
  void checked() {
    if (const auto misfit = misfit_of(request_)) wrong_request(path_ + ": " + misfit->why);
  }

  // One that everything meets: a front looks at all budgets.
  NetworkRequest with_wide_budget() {
    request_.error_budget = 0;
    checked();
    return std::move(request_);
  }

  void read_name() {
    std::string name;
    for (const char c : fs::path(path_).stem().string()) {
      name += std::isalnum(static_cast<unsigned char>(c)) != 0 ? c : '_';
    }
    while (name.find("__") != std::string::npos) name.erase(name.find("__"), 1);
    request_.name = is_identifier(name) ? name : "network_" + name;
  }

  const toml::table& section(const std::string& name, const std::string& example) const {
    const toml::node* node = root_.get(name);
    if (node == nullptr) {
      wrong_request(fmt::format("{}: [{}] is missing, as\n{}", path_, name, example));
    }
    if (node->as_table() == nullptr) {
      const Place place = place_of(node->source());
      wrong_request(fmt::format("{}:{}:{}: {}: must be a table, [{}]", path_, place.line,
                                place.column, name, name));
    }
    return *node->as_table();
  }

  void read_chain() {
    const Table table(
        path_, source_, "[chain]", section("chain", "  [chain]\n  levels = 15"),
        {"levels", "start_levels", "refresh_from", "bootstrap_time", "bootstrap_noise", "model"});
    NetworkChain& chain = request_.chain;
    chain.levels = table.whole("levels", 1, most_levels);
    chain.start_levels = chain.levels;
    if (table.has("start_levels")) chain.start_levels = table.whole("start_levels", 0, most_levels);
    if (table.has("refresh_from")) {
      chain.refresh_from = table.whole("refresh_from", 0, chain.levels - 1);
    }
    if (table.has("bootstrap_time")) {
      chain.refresh_time = to_double(table.positive("bootstrap_time", true));
    }
    if (table.has("bootstrap_noise")) {
      request_.bootstrap_noise = table.positive("bootstrap_noise", true);
      request_.noise_text = tidy(table.word("bootstrap_noise"));
      if (request_.bootstrap_noise >= 1) {
        table.wrong_at("bootstrap_noise",
                       "must be below 1: it bounds what a refresh adds to a value within [-1, 1], "
                       "as \"2^-20\"");
      }
    }
    if (table.has("model")) {
      request_.model.push_back({"model", {beside(table.word("model"))}});
    }
  }

  void read_objective() {
    const toml::node* node = root_.get("objective");
    if (node == nullptr) return;
    const Table table(path_, source_, "[objective]", section("objective", ""),
                      {"minimise", "bits", "error_budget", "level_budget"});
    if (table.has("minimise")) {
      const std::string word = table.word("minimise");
      if (word != "latency" && word != "bootstraps") {
        table.wrong_at("minimise",
                       fmt::format("{}: must be \"latency\" or \"bootstraps\"", shown(word)));
      }
      if (word == "bootstraps") request_.objective = NetworkObjective::bootstraps;
    }
    if (table.has("bits")) request_.bits = bits(table);
    if (table.has("error_budget")) request_.error_budget = table.positive("error_budget", true);
    if (table.has("level_budget")) {
      constexpr int most = 1'000'000;
      request_.level_budget = table.whole("level_budget", 0, most);
    }
    int budgets = 0;
    for (const char* key : {"bits", "error_budget", "level_budget"}) {
      if (table.has(key) && ++budgets > 1) {
        table.wrong_at(key, "give one of bits, error_budget and level_budget");
      }
    }
  }

  static Rational bits(const Table& table) {
    return table.at("bits", [&] { return bits_word("bits", table.word("bits"), most_bits); });
  }

  std::string beside(const std::string& file) const {
    return (fs::path(path_).parent_path() / file).string();
  }

  void read_layers() {
    const toml::node* node = root_.get("layer");
    const toml::array* array = node == nullptr ? nullptr : node->as_array();
    if (array == nullptr || array->empty() || !array->is_array_of_tables()) {
      wrong_request(
          fmt::format("{}: there is no [[layer]]; a network is a list of them, as\n"
                      "  [[layer]]\n  name = \"conv1\"\n  function = \"relu\"\n"
                      "  range = \"4.2\"\n  levels = 2",
                      path_));
    }
    if (array->size() > most_layers) {
      wrong_request(fmt::format("{}: more than {} layers", path_, most_layers));
    }
    for (const toml::node& one : *array) read_layer(*one.as_table());
  }

  void read_layer(const toml::table& node) {
    const int index = static_cast<int>(request_.layers.size());
    std::string title = fmt::format("[[layer]] {}", index + 1);
    if (const auto name = node["name"].value<std::string>()) title += " " + shown(*name);
    const Table table(
        path_, source_, title, node,
        {"name", "function", "range", "samples", "levels", "time", "bits", "weight", "input"});
    NetworkLayerRequest layer{.name = table.word("name"), .function = table.word("function")};
    read_range(table, layer);
    check_function(table, layer);
    if (table.has("levels")) layer.levels = table.whole("levels", 0, most_levels);
    if (table.has("time")) layer.time = table.positive("time", true);
    if (table.has("bits")) layer.bits = bits(table);
    if (table.has("weight")) layer.weight = table.positive("weight", true);
    layer.inputs = inputs(table, index);
    if (layer.name == "input") table.wrong_at("name", "'input' is the network's own input");
    if (!values_.emplace(layer.name, index + 1).second) {
      table.wrong_at("name", fmt::format("{} is given twice", shown(layer.name)));
    }
    request_.layers.push_back(std::move(layer));
  }

  // That the function is one, and is continuous, is seen here: later it would have no place.
  static void check_function(const Table& table, const NetworkLayerRequest& layer) {
    static_cast<void>(table.at("function", [&] {
      return function_word("function", activation_function(layer.function));
    }));
  }

  void read_range(const Table& table, NetworkLayerRequest& layer) const {
    if (table.has("range") == table.has("samples")) {
      table.wrong_at(table.has("range") ? "samples" : "range",
                     table.has("range")
                         ? "give one of range and samples"
                         : "is missing: as \"50\", or [\"-3.7\", \"4.2\"], or samples "
                           "= \"values.npy\"");
    }
    if (table.has("samples")) {
      const std::string file = beside(table.word("samples"));
      ProposedRange proposed =
          table.at("samples", [&] { return required(proposed_range(file, read_(file))); });
      layer.lower = std::move(proposed.lower);
      layer.upper = std::move(proposed.upper);
      layer.sampled = std::move(proposed.source);
    } else {
      std::vector<std::string> ends = table.words("range");
      if (ends.size() == 1) ends = ends_in(ends.front());
      if (ends.size() > 2) table.wrong_at("range", "has two ends, as [\"-3.7\", \"4.2\"]");
      if (ends.size() == 1) ends.insert(ends.begin(), fmt::format("-({})", ends.front()));
      layer.lower = tidy(ends[0]);
      layer.upper = tidy(ends[1]);
    }
    const char* key = table.has("range") ? "range" : "samples";
    layer.range = table.at(key, [&]() -> Interval {
      return {number_word(key, layer.lower), number_word(key, layer.upper)};
    });
    if (layer.range.lower > layer.range.upper) {
      table.wrong_at(key, fmt::format("the first end, {}, is above the second, {}",
                                      shown(layer.lower), shown(layer.upper)));
    }
  }

  std::vector<int> inputs(const Table& table, int index) const {
    if (!table.has("input")) return {index};
    std::vector<int> values;
    for (const std::string& name : table.words("input")) {
      const auto found = values_.find(name);
      if (found == values_.end()) {
        std::vector<std::string> known;
        for (const auto& [one, value] : values_) known.push_back(one);
        table.wrong_at("input", fmt::format("{} is no layer above this one; those are: {}",
                                            shown(name), fmt::join(known, ", ")));
      }
      values.push_back(found->second);
    }
    if (values.size() > 2) table.wrong_at("input", "a join has two inputs");
    return values;
  }

  const std::string& path_;
  SourceLines source_;
  const FileReader& read_;
  bool may_lack_budget_;
  toml::table root_;
  NetworkRequest request_;
  std::map<std::string, int> values_ = {{"input", 0}};
};

}  // namespace

NetworkRequest read_network(const std::string& path, const FileReader& read, bool may_lack_budget) {
  return Reader(path, read(path), read, may_lack_budget).request();
}

}  // namespace equiripple
