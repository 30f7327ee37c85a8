// Each word by itself.
#include "emit/request/fit_words.hpp"

#include <fmt/format.h>

#include <utility>

#include "emit/failure.hpp"
#include "emit/points.hpp"
#include "emit/request/plan_words.hpp"
#include "emit/request/words.hpp"
#include "generator/data/fold.hpp"

namespace equiripple {
namespace {

FitObjective objective_word(const std::string& word) {
  return word == "minimax" ? FitObjective::minimax : FitObjective::least_squares;
}

// What the points show, unless another is asked for; whether they can meet it the solver sees.
Parity parity_of_word(const std::string& word, const DataTable& table) {
  if (word == "auto") return parity_of(table);
  if (word == "none") return Parity::none;
  return word == "odd" ? Parity::odd : Parity::even;
}

NamedTable data_of(const GivenOptions& given, const std::vector<RequestOption>& points) {
  if (!points.empty()) {
    auto table = table_of(points);
    if (!table) wrong_request("the points of the table: " + table.error().why);
    return {.name = given.one("data"), .table = *std::move(table), .words = {}};
  }
  const auto file = given.file("data");
  if (!file) wrong_word("--data", ": its points are not there");
  return parse_table(file->name, file->text);
}

}  // namespace

FitRequest fit_request(const GivenOptions& given, const std::vector<RequestOption>& points) {
  FitRequest request;
  request.degree = whole_word("--degree", given.one("degree"), 0, highest_fit_degree);
  request.objective = objective_word(given.one("objective"));
  request.data = data_of(given, points);
  request.parity = parity_of_word(given.one("parity"), request.data.table);
  request.plan = plan_settings(given);
  return request;
}

}  // namespace equiripple
