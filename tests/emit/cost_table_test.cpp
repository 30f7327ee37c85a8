// Tables of costs: what is read is what was written, and nothing else is read.
#include "emit/cost_table.hpp"

#include <doctest/doctest.h>

#include <string>

#include "emit/plan/make_plan.hpp"
#include "tests/support/artifacts.hpp"

using namespace equiripple;

namespace {

const std::string others = R"("rescaling": 2, "scalar_product": 1, "addition": 0)";

std::string table_with(const std::string& more) { return "{" + others + ", " + more + "}"; }

}  // namespace

TEST_CASE("a table of costs is read") {
  const auto table = cost_table_from_json_text(table_with(
      R"("what": "of a test", "levels_after": 3, "tensor_product": 1.5, "key_switch": [9, 16, 25])"));
  REQUIRE_MESSAGE(table.has_value(), table.error().why);
  CHECK(table->tensor_product == std::vector<double>{1.5});
  CHECK(table->key_switch == std::vector<double>{9, 16, 25});
  CHECK(table->rescaling == std::vector<double>{2});
  CHECK(table->scalar_product == std::vector<double>{1});
  CHECK(table->addition == std::vector<double>{0});
  CHECK(table->levels_after == 3);
}

TEST_CASE("whatever else is refused, and the key named") {
  const std::pair<const char*, const char*> wrong[] = {
      {R"("tensor_product": 1)", R"("key_switch" is missing)"},
      {R"("tensor_product": 1, "key_switch": -1)", R"("key_switch" must be)"},
      {R"("tensor_product": 1, "key_switch": 1e101)", R"("key_switch" must be)"},
      {R"("tensor_product": 1, "key_switch": [])", R"("key_switch" must be)"},
      {R"("tensor_product": 1, "key_switch": [1, -2])", R"("key_switch" must be)"},
      {R"("tensor_product": 1, "key_switch": [[1]])", R"("key_switch" must be)"},
      {R"("tensor_product": 1, "key_switch": {"1": 2})", R"("key_switch" must be)"},
      {R"("tensor_product": "1", "key_switch": 1)", R"("tensor_product" must be)"},
      {R"("tensor_product": null, "key_switch": 1)", R"("tensor_product" must be)"},
      {R"("tensor_product": true, "key_switch": 1)", R"("tensor_product" must be)"},
      {R"("tensor_product": NaN, "key_switch": 1)", "not JSON"},
      {R"("tensor_product": 1e999, "key_switch": 1)", "not JSON"},
      {R"("tensor_product": 1, "key_switch": 1, "keyswitch": 1)", R"("keyswitch" is no key)"},
      {R"("tensor_product": 1, "key_switch": 1, "b\u0007\n": 1)", R"("b??" is no key)"},
      {R"("tensor_product": 1, "key_switch": 1, "levels_after": -1)", R"("levels_after" must)"},
      {R"("tensor_product": 1, "key_switch": 1, "levels_after": 1001)", R"("levels_after" must)"},
      {R"("tensor_product": 1, "key_switch": 1, "levels_after": 1.5)", R"("levels_after" must)"},
      {R"("tensor_product": 1, "key_switch": 1, "what": 1)", R"("what" must)"},
  };
  for (const auto& [more, message] : wrong) {
    CAPTURE(more);
    const auto table = cost_table_from_json_text(table_with(more));
    CHECK_FALSE(table.has_value());
    CHECK_MESSAGE(table.error().why.find(message) != std::string::npos, table.error().why);
  }
  for (const char* text : {"", "{", "[]", "1", "null", "{}"}) {
    CAPTURE(text);
    CHECK_FALSE(cost_table_from_json_text(text).has_value());
  }
  std::string list = "1";
  for (std::size_t i = 0; i < most_listed_costs; ++i) list += ",1";
  const auto longer =
      cost_table_from_json_text(table_with(R"("tensor_product": 1, "key_switch": [)" + list + "]"));
  CHECK(longer.error().why.find("\"key_switch\" must be") == 0);
}

TEST_CASE("costs that fall never fall below 0") {
  CostTable falling{.key_switch = {5, 1}};
  const Artifact artifact = test::sign_artifact(Kind::sign, {15}, "1/8", "1");
  CHECK(latency_of(artifact.plan->program, falling) >= 0);
}
