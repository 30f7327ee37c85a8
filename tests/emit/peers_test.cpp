// The models of the peers give the counts that reading and simulating the peers gave.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "emit/plan/peers.hpp"
#include "emit/plan/series.hpp"
#include "tests/support/data.hpp"

using namespace equiripple;
using nlohmann::json;

namespace {

struct Column {
  const char* key;
  Peer peer;
  Parity parity;
};

constexpr Column columns[] = {{"openfhe", Peer::openfhe, Parity::none},
                              {"lattigo_dense", Peer::lattigo, Parity::none},
                              {"lattigo_even", Peer::lattigo, Parity::even},
                              {"lattigo_odd", Peer::lattigo, Parity::odd},
                              {"fhe_mp_cnn_odd", Peer::fhe_mp_cnn, Parity::odd}};

// Empty where the model gives every number of the cell.
std::string difference(const json& cell, const std::optional<PeerCosts>& costs) {
  if (!costs) return "no model";
  for (const auto& [name, count] : cell.items()) {
    std::optional<int> modelled;
    if (name == "levels") modelled = costs->levels;
    if (name == "key_switches") modelled = costs->key_switches;
    if (name == "tensor_products") modelled = costs->tensor_products;
    if (name == "rescalings") modelled = costs->rescalings;
    if (modelled != count.get<int>()) return name;
  }
  return {};
}

}  // namespace

TEST_CASE("the models reproduce every row and column") {
  int cells = 0;
  const json file = test::data("peer_costs.json");
  for (const json& row : file["rows"]) {
    const int degree = row["degree"];
    CAPTURE(degree);
    std::size_t seen = 1;  // the degree
    for (const Column& column : columns) {
      if (!row.contains(column.key)) continue;
      CAPTURE(column.key);
      CHECK(difference(row[column.key], peer_costs(column.peer, degree, column.parity)) == "");
      ++seen;
      ++cells;
    }
    CHECK(seen == row.size());
  }
  CHECK(cells == 233);
}

TEST_CASE("the check of a row sees each wrong number") {
  const auto costs = peer_costs(Peer::lattigo, 15, Parity::odd);
  const json right = {
      {"tensor_products", 8}, {"key_switches", 7}, {"rescalings", 9}, {"levels", 4}};
  CHECK(difference(right, costs) == "");
  for (const auto& [name, count] : right.items()) {
    json wrong = right;
    wrong[name] = count.get<int>() + 1;
    CHECK(difference(wrong, costs) == name);
  }
  CHECK(difference(right, peer_costs(Peer::lattigo, 13, Parity::odd)) != "");
  CHECK(difference(right, std::nullopt) == "no model");
}

TEST_CASE("OpenFHE's linear method: degree - 1 products in ceil(log2 degree) + 1 levels") {
  const std::pair<int, int> levels[] = {{1, 1}, {2, 2}, {3, 3}, {4, 3}};
  for (const auto& [degree, expected] : levels) {
    const auto costs = peer_costs(Peer::openfhe, degree, Parity::none);
    CHECK(costs->levels == expected);
    CHECK(costs->tensor_products == degree - 1);
    CHECK(costs->scalar_products == degree);
  }
}

// GetDepthByDegree of OpenFHE, for intervals other than [-1, 1].
TEST_CASE("OpenFHE's own table of depths") {
  const std::pair<int, int> last_degree_at[] = {
      {5, 4}, {13, 5}, {27, 6}, {59, 7}, {119, 8}, {247, 9}, {495, 10}, {1007, 11}, {1023, 12}};
  int degree = 5;
  for (const auto& [last, depth] : last_degree_at) {
    for (; degree <= last; ++degree) {
      CAPTURE(degree);
      PeerCosts costs = *peer_costs(Peer::openfhe, degree, Parity::none);
      costs += *change_of_interval(Peer::openfhe);
      CHECK(costs.levels == depth);
    }
  }
}

TEST_CASE("no peer needs fewer levels than a series must have, nor more products for less") {
  for (const Peer peer : all_peers) {
    for (int degree = 1; degree <= highest_peer_degree; ++degree) {
      for (const Parity parity : {Parity::none, Parity::odd, Parity::even}) {
        const auto costs = peer_costs(peer, degree, parity);
        if (!costs) continue;
        CAPTURE(degree);
        CHECK(costs->levels >= minimum_levels(degree));
        CHECK(costs->key_switches <= costs->tensor_products);
        if (costs->rescalings) CHECK(*costs->rescalings >= costs->tensor_products);
        const auto dense = peer_costs(peer, degree, Parity::none);
        if (dense) CHECK(costs->tensor_products <= dense->tensor_products);
      }
    }
  }
}

// Even divisors leave every odd coefficient in one of the parts.
TEST_CASE("an odd series takes one scalar product a coefficient") {
  for (int degree = 3; degree <= highest_peer_degree; degree += 2) {
    CAPTURE(degree);
    CHECK(peer_costs(Peer::lattigo, degree, Parity::odd)->scalar_products == (degree + 1) / 2);
    CHECK(peer_costs(Peer::fhe_mp_cnn, degree, Parity::odd)->scalar_products == (degree + 1) / 2);
  }
}

TEST_CASE("what a peer has no form for is empty") {
  for (const Peer peer : all_peers) {
    CHECK_FALSE(peer_costs(peer, 0, Parity::none).has_value());
    CHECK_FALSE(peer_costs(peer, highest_peer_degree + 1, Parity::none).has_value());
    CHECK_FALSE(peer_costs(peer, 8, Parity::odd).has_value());
    CHECK_FALSE(peer_costs(peer, 7, Parity::even).has_value());
  }
  CHECK_FALSE(peer_costs(Peer::fhe_mp_cnn, 7, Parity::none).has_value());
  CHECK_FALSE(peer_costs(Peer::fhe_mp_cnn, 1, Parity::odd).has_value());
}
