// Every field of every kind of file is changed: verify() refuses, or what is said is still true.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>

#include "emit/artifact_text.hpp"
#include "emit/cpp_header.hpp"
#include "emit/hexfloat.hpp"
#include "emit/json.hpp"
#include "emit/verify/fields.hpp"
#include "emit/verify/verify.hpp"
#include "generator/function/parse.hpp"
#include "tests/support/made.hpp"
#include "tests/support/random.hpp"
#include "tests/support/specimens.hpp"
#include "tests/support/verified.hpp"

using namespace equiripple;

namespace {

std::string joined(const std::vector<std::string>& words) {
  std::string line;
  for (const std::string& word : words) line += (line.empty() ? "" : " ") + word;
  return line;
}

// A field of a file: where it is, and its row of the table.
struct Place {
  Json::json_pointer at;
  std::string path;
};

void collect(const Json& json, const Json::json_pointer& at, const std::string& path,
             std::vector<Place>& places) {
  if (!json.is_structured() || json.empty() || path.starts_with("request/")) {
    places.push_back({at, path});
    return;
  }
  const std::string before = path.empty() ? path : path + "/";
  if (json.is_object()) {
    for (const auto& [name, value] : json.items()) collect(value, at / name, before + name, places);
  } else {
    for (std::size_t i = 0; i < json.size(); ++i) {
      collect(json[i], at / i, before + "*", places);
    }
  }
}

std::vector<Place> places_in(const Json& json) {
  std::vector<Place> places;
  collect(json, Json::json_pointer(), "", places);
  return places;
}

enum class Change {
  next,
  previous,
  halved,
  doubled,
  negated,
  zero,
  huge,
  other_word,
  removed,
  repeated,  // an element of a list
  swapped,   // with the one after it
};
constexpr int changes = static_cast<int>(Change::swapped) + 1;

const std::vector<std::string> pool = {
    "relu",     "abs",      "sign",     "minimax",  "fit",        "approximate", "mod1",
    "odd",      "even",     "none",     "measured", "proved",     "relative",    "absolute",
    "weighted", "lattice",  "multiply", "add",      "one by one", "square",      "least-squares",
    "rescale",  "subtract", "",         "x",        "sin(x)",     "other",       "[-1,1/2]",
};

std::optional<double> changed(double value, Change change) {
  switch (change) {
    case Change::next: return std::nextafter(value, HUGE_VAL);
    case Change::previous: return std::nextafter(value, -HUGE_VAL);
    case Change::halved: return value / 2;
    case Change::doubled: return value * 2;
    case Change::negated: return -value;
    case Change::zero: return 0;
    case Change::huge: return 0x1p+900;
    default: return std::nullopt;
  }
}

std::optional<std::string> changed(const std::string& word, Change change, bool is_option,
                                   test::Random& random) {
  if (change == Change::other_word) return pool[random() % pool.size()];
  if (const auto real = parse_hexfloat(word); real && !is_option) {
    const auto number = changed(to_double(*real), change);
    if (!number || !std::isfinite(*number)) return std::nullopt;
    return hexfloat(Rational(*number));
  }
  if (!is_option) return std::nullopt;
  switch (change) {
    case Change::next: return word + "1";
    case Change::halved: return "(" + word + ")/2";
    case Change::doubled: return "2*(" + word + ")";
    case Change::negated: return "-(" + word + ")";
    case Change::zero: return "0";
    case Change::huge: return "2^300";
    default: return std::nullopt;
  }
}

std::optional<Json> changed(const Json& value, Change change, bool is_option,
                            test::Random& random) {
  if (value.is_array() && !value.empty()) {
    Json list = value;
    Json& word = list[random() % list.size()];
    const auto other = changed(word, change, is_option, random);
    if (!other) return std::nullopt;
    word = *other;
    return list;
  }
  if (value.is_string()) {
    const auto word = changed(value.get<std::string>(), change, is_option, random);
    return word ? std::optional<Json>(*word) : std::nullopt;
  }
  if (value.is_number_integer()) {
    const auto number = value.get<long long>();
    if (change == Change::next) return Json(number + 1);
    if (change == Change::previous) return Json(number - 1);
    const auto other = changed(static_cast<double>(number), change);
    if (!other || *other > 1e9)
      return change == Change::huge ? std::optional<Json>(1 << 19) : std::nullopt;
    return Json(static_cast<long long>(*other));
  }
  if (value.is_number_float()) {
    const auto other = changed(value.get<double>(), change);
    return other ? std::optional<Json>(*other) : std::nullopt;
  }
  if (value.is_boolean() && change == Change::other_word) return Json(pool[random() % pool.size()]);
  return std::nullopt;
}

// False where the change is none of this field.
bool apply(Json& file, const Place& place, Change change, test::Random& random) {
  const Json before = file;
  if (change == Change::removed || change == Change::repeated || change == Change::swapped) {
    Json& parent = file[place.at.parent_pointer()];
    const std::string key = place.at.back();
    if (parent.is_object()) {
      if (change != Change::removed) return false;
      parent.erase(key);
      return true;
    }
    const auto index = static_cast<std::size_t>(std::stoul(key));
    const auto at = parent.begin() + static_cast<std::ptrdiff_t>(index);
    if (change == Change::removed) parent.erase(at);
    if (change == Change::repeated) parent.insert(at, Json(*at));
    if (change == Change::swapped) std::swap(parent[index], parent[(index + 1) % parent.size()]);
    return file != before;
  }
  const bool is_option = place.path.starts_with("request/");
  const auto value = changed(file[place.at], change, is_option, random);
  if (!value) return false;
  file[place.at] = *value;
  return file != before;
}

std::optional<Rational> number_in(const Json& value) {
  if (value.is_number_integer()) return Rational(value.get<long long>());
  if (!value.is_string()) return std::nullopt;
  const auto word = value.get<std::string>();
  if (auto real = parse_hexfloat(word)) return real;
  const auto number = parse_number(word);
  return number ? std::optional(*number) : std::nullopt;
}

// Whether a change that verify() let pass is one that its row allows.
bool is_allowed(const Json& before, const Json& after, const Place& place) {
  const Field* field = field_at(place.path);
  if (field == nullptr) return false;
  if (field->weaker == Weaker::any) return true;
  const bool has_been = before.contains(place.at);
  const bool is_there = after.contains(place.at);
  // A promise less, and nothing said of the outside, are true.
  static const std::set<std::string> needed = {"request/command", "request/function",
                                               "request/domain",  "request/weight",
                                               "request/points",  "request/relative"};
  if (has_been && !is_there) {
    return (field->standing == Standing::kept && !needed.contains(place.path)) ||
           place.path == "stages/*/rounding" || place.path == "outside/side";
  }
  const auto from = number_in(before[place.at]);
  const auto to = number_in(after[place.at]);
  const bool lower_end = place.at.back() == "0";
  if (place.path == "request/density") {  // which is one up to a factor
    const auto word = after[place.at].get<std::string>();
    return word.starts_with("2*(") || word.ends_with(")/2");
  }
  if (place.path == "plan/growth") {  // that of another program
    return before["plan"]["program"] != after["plan"]["program"];
  }
  if (!from || !to) return false;
  // A bound leaves a little room, by the tightness of proofs: what is within it is proved as well.
  const bool is_bound = field->weaker != Weaker::no && !place.path.starts_with("request/");
  if (is_bound && abs(*to - *from) <= abs(*from) * power_of_two(-9)) return true;
  switch (field->weaker) {
    case Weaker::smaller: return *to <= *from;
    case Weaker::larger: return *to >= *from;
    case Weaker::wider: return lower_end ? *to <= *from : *to >= *from;
    case Weaker::narrower: return lower_end ? *to >= *from : *to <= *from;
    default: return false;
  }
}

// A promise in the other direction, too, where it is kept: with the numbers of the file alone.
bool is_kept(const Artifact& artifact, const Place& place, const Json& word) {
  const auto value = number_in(word);
  if (!value) return false;
  const Rational& upper = artifact.claim.error.upper;
  if (place.path == "request/error") {
    return upper <= *value || artifact.request.command == "approximate";
  }
  if (place.path == "request/bits") {
    return *value > 0 && upper <= power_of_two(-static_cast<long>(to_double(*value)));
  }
  if (place.path == "request/max-levels") return artifact.plan->costs.levels <= *value;
  if (place.path == "request/max-key-switches") return artifact.plan->costs.key_switches <= *value;
  if (place.path == "request/max-degree") {
    return std::ranges::all_of(artifact.stages, [&](const StageRecord& stage) {
      return stage.polynomial.degree() <= *value;
    });
  }
  return false;
}

// What a field says: the logarithm of a bound says what the bound beside it does.
Place said_by(const Place& place) {
  constexpr std::string_view logarithm = "log2_upper";
  if (!place.path.ends_with(logarithm)) return place;
  const std::string before = place.path.substr(0, place.path.size() - logarithm.size());
  return {place.at.parent_pointer() / "upper", before + "upper"};
}

// What verify() lets pass must be allowed by the table, and the error seen at points must keep to
// what is claimed.
void check_pass(const std::string& text, const Json& before, const std::vector<Place>& places,
                const test::Specimen& specimen) {
  const Artifact artifact = required(artifact_in(text, "f"));
  const Json after = to_json(artifact);
  for (const Place& place : places) {
    CAPTURE(place.path);
    CAPTURE(place.at.to_string());
    const bool is_there = after.contains(place.at);
    CAPTURE(is_there ? after[place.at].dump() : "removed");
    if (is_there && before.contains(place.at) && after[place.at] == before[place.at]) continue;
    const bool allowed = is_allowed(before, after, said_by(place)) ||
                         (is_there && is_kept(artifact, place, after[place.at]));
    CHECK(allowed);
  }
  constexpr double rounding = 0x1p-50;  // of the conversions to double
  CHECK(test::sampled_error(artifact, specimen) <=
        to_double(artifact.claim.error.upper, Rounding::up) * (1 + rounding));
}

// The changed file as it is, and as an adversary's writer would make it consistent.
int check_change(const Json& before, const Json& after, const std::vector<Place>& places,
                 const test::Specimen& specimen) {
  int passes = 0;
  const std::string raw = after.dump(2) + "\n";
  const auto look_at = [&](const std::string& text) {
    const int status = test::verified_text(text).status;
    CHECK((status == 0 || status == 2 || status == 4));
    if (status != 0) return;
    ++passes;
    check_pass(text, before, places, specimen);
  };
  look_at(raw);
  const auto read = artifact_from_json_text(raw);
  if (!read.has_value()) return passes;
  const std::string written = to_json_text(*read);
  if (written == to_json_text(*artifact_from_json_text(specimen.json))) return passes;
  if (written != raw) look_at(written);
  if (obstacle_to_cpp(*read).empty()) look_at(to_cpp(*read));
  return passes;
}

}  // namespace

TEST_CASE("the table of fields has a row for every field, and no other") {
  std::set<std::string> seen;
  for (const test::Specimen& specimen : test::specimens()) {
    for (const std::string& path : paths_in(Json::parse(specimen.json))) {
      CAPTURE(path);
      CHECK(field_at(path) != nullptr);
      seen.insert(path);
    }
  }
  // Of many slots: no specimens, which are evaluated at one x; slots_test.cpp changes their fields.
  const std::vector<std::vector<std::string>> of_slots = {
      {"softmax", "--length", "4", "--range", "1", "--error", "2^-4"},
      {"rmsnorm", "--length", "4", "--variance", "[1,2]", "--error", "2^-4"},
      {"argmax", "--slots", "2", "--gap", "1", "--range", "1", "--error", "2^-2"},
      {"rmsnorm", "--length", "4", "--variance", "[1,2]", "--error", "2^-3", "--refresh",
       "levels=5,noise=2^-12,cost=8,start=3"},
      {"largest", "--slots", "3", "--range", "1", "--error", "1/4"}};
  for (const auto& words : of_slots) {
    Json json = Json::parse(test::made(words, "f.json"));
    json["parts"] = Json::array();  // each is looked at by itself
    for (const std::string& path : paths_in(json)) {
      CAPTURE(path);
      CHECK(field_at(path) != nullptr);
      seen.insert(path);
    }
  }
  std::set<std::string> rows;
  for (const Field& field : fields()) {
    CAPTURE(field.path);
    CHECK(rows.insert(field.path).second);
    CHECK(seen.contains(field.path));
    CHECK(std::string(field.why) != "");
  }
}

TEST_CASE("a field without a row, or without a finding, is named") {
  const Artifact artifact = *artifact_from_json_text(test::specimens().front().json);
  const Verification found = verify(artifact);
  REQUIRE(found.holds());
  CHECK(unestablished_field(artifact, found).empty());
  for (std::size_t i = 0; i < found.findings.size(); ++i) {
    const Finding& finding = found.findings[i];
    const Field* field = field_at(finding.claim);
    CAPTURE(finding.claim);
    REQUIRE(field != nullptr);
    if (field->standing != Standing::proved && field->standing != Standing::kept) continue;
    Verification less = found;
    std::erase_if(less.findings, [&](const Finding& one) { return one.claim == finding.claim; });
    const bool stands_there = finding.claim != "request/weight" &&
                              finding.claim != "request/relative" &&
                              finding.claim != "request/coefficient-bits";
    if (stands_there) CHECK(unestablished_field(artifact, less) == finding.claim);
  }
  Artifact more = artifact;
  more.request.options.push_back({"surprise", {"1"}});
  CHECK(unestablished_field(more, found) == "request/surprise");
  CHECK_FALSE(verify(more).holds());
}

TEST_CASE("files of every kind are proved again") {
  for (const test::Specimen& specimen : test::specimens()) {
    INFO(joined(specimen.words));
    for (const std::string& text : {specimen.json, specimen.header}) {
      if (text.empty()) continue;
      const Artifact artifact = required(artifact_in(text, "f"));
      const Verification found = verify(artifact, text);
      const Finding* failure = found.first_failure();
      CHECK_MESSAGE(failure == nullptr, (failure == nullptr ? "" : failure->sentence));
      const double error = test::sampled_error(artifact, specimen);
      CHECK(error <= to_double(artifact.claim.error.upper, Rounding::up));
      CHECK(error >= to_double(artifact.claim.error.upper) / 4);  // or nothing would be seen
    }
  }
}

TEST_CASE("each field changed in each way, in a file that has it") {
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  std::map<std::string, std::vector<std::pair<const test::Specimen*, Place>>> fields_of_all;
  std::map<const test::Specimen*, Json> files;
  for (const test::Specimen& specimen : test::specimens()) {
    files[&specimen] = Json::parse(specimen.json);
    for (const Place& place : places_in(files[&specimen])) {
      fields_of_all[place.path].emplace_back(&specimen, place);
    }
  }
  int tried = 0;
  int passed = 0;
  for (int round = 0; round < 2 * test::effort(); ++round) {
    for (const auto& [path, candidates] : fields_of_all) {
      for (int change = 0; change < changes; ++change) {
        const auto& [specimen, place] = candidates[random() % candidates.size()];
        INFO(joined(specimen->words));
        Json file = files[specimen];
        if (!apply(file, place, static_cast<Change>(change), random)) continue;
        ++tried;
        passed += check_change(files[specimen], file, {place}, *specimen);
      }
    }
  }
  MESSAGE(tried << " changes, " << passed << " files still true");
  CHECK(tried > 800);
  CHECK(passed > 10);         // weaker claims are true
  CHECK(passed < tried / 2);  // and most changes are not
}

TEST_CASE("fields changed in pairs") {
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  const auto& all = test::specimens();
  for (int i = 0; i < 300 * test::effort(); ++i) {
    const test::Specimen& specimen = all[random() % all.size()];
    INFO(joined(specimen.words));
    const Json before = Json::parse(specimen.json);
    const std::vector<Place> places = places_in(before);
    Json file = before;
    std::vector<Place> touched;
    while (touched.size() < 2) {
      const Place& place = places[random() % places.size()];
      const auto change = static_cast<Change>(random() % (changes - 3));  // elements stay in place
      if (file.contains(place.at) && apply(file, place, change, random)) touched.push_back(place);
    }
    check_change(before, file, touched, specimen);
  }
}

// A header is compared to the letter: no word may change but the version that wrote it, and numbers
// that the proofs leave open.
TEST_CASE("words of headers changed") {
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  const auto& all = test::specimens();
  int passes = 0;
  for (int i = 0; i < 300 * test::effort(); ++i) {
    const test::Specimen& specimen = all[random() % all.size()];
    if (specimen.header.empty()) continue;
    INFO(joined(specimen.words));
    std::string text = specimen.header;
    const std::size_t at = random() % text.size();
    const auto what = random() % 4;
    if (what == 0) text[at] = static_cast<char>('0' + random() % 10);
    if (what == 1) text.erase(at, 1 + random() % 12);
    if (what == 2) text.insert(at, text.substr(random() % text.size(), 1 + random() % 12));
    if (what == 3) text.insert(text.find('\n', at), "\\");
    if (text == specimen.header) continue;
    const std::size_t mark = specimen.header.find("// Generator");
    if (at > mark && at < specimen.header.find('\n', mark)) continue;  // the version
    CAPTURE(text.substr(at < 40 ? 0 : at - 40, 80));
    const int status = test::verified_text(text).status;
    CHECK((status == 0 || status == 2 || status == 4));
    if (status != 0) continue;
    const Artifact artifact =
        required(artifact_in(text, "f"));  // with another number, and that is true
    CHECK(to_cpp(artifact) == text);
    CHECK(test::sampled_error(artifact, specimen) <=
          to_double(artifact.claim.error.upper, Rounding::up) * (1 + 0x1p-50));
    ++passes;
  }
  CHECK(passes < 15 * test::effort());
}
