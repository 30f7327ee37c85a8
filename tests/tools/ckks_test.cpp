// Precision on ciphertexts as users meet it: inspect --ckks, parameters, --ckks for the margin.
#include <doctest/doctest.h>

#include <cmath>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "tests/support/command.hpp"
#include "tests/support/data.hpp"

using namespace equiripple;
using nlohmann::json;

namespace {

struct Relu {
  Relu() {
    const auto made = test::equiripple(
        {"relu", "--degrees", "15,15,27", "--minimise", "levels", "-o", "relu.hpp"}, folder.path());
    REQUIRE_MESSAGE(made.status == 0, made.errors);
  }
  test::CommandResult inspect(const std::string& ckks) const {
    return test::equiripple({"inspect", "relu.hpp", "--json", "--ckks", ckks}, folder.path());
  }
  json survival(const std::string& ckks) const {
    const auto shown = inspect(ckks);
    REQUIRE_MESSAGE(shown.status == 0, shown.errors);
    return json::parse(shown.output)["ckks"];
  }
  test::TemporaryFolder folder;
};

double noise(const json& survival) { return survival["log2_noise"].get<double>(); }

}  // namespace

TEST_CASE("inspect --ckks: noise follows scale, ring and library; bits are those of both errors") {
  const Relu relu;
  const json usual = relu.survival("logN=14,scale=2^40");
  CHECK(noise(usual) - noise(relu.survival("logN=14,scale=2^50")) ==
        doctest::Approx(10).epsilon(0.05));
  CHECK(noise(relu.survival("logN=16,scale=2^40")) > noise(usual) + 1);
  CHECK(noise(relu.survival("logN=14,scale=2^40,library=seal")) < noise(usual) + 0.5);
  CHECK(usual["evidence"] == "simulated");
  CHECK(usual["levels"] == 13);
  // The approximation has 13.16 bits: it limits at 2^40, the noise at 2^30.
  CHECK(usual["bits"].get<double>() == doctest::Approx(13.1).epsilon(0.01));
  CHECK(relu.survival("logN=14,scale=2^31")["bits"].get<double>() < 9);
  CHECK(relu.inspect("logN=14,scale=2^40").output == relu.inspect("logN=14,scale=2^40").output);
  const auto text =
      test::equiripple({"inspect", "relu.hpp", "--ckks", "scale=2^40"}, relu.folder.path());
  CHECK(text.output.find("on ciphertexts") != std::string::npos);
}

TEST_CASE("inspect shows the scales of stages, and --ckks what they bring") {
  const Relu relu;
  const json seal = relu.survival("logN=14,scale=2^50,library=seal");
  CHECK(seal["log2_noise_at_usual_scales"].get<double>() > noise(seal) + 3);
  const auto text =
      test::equiripple({"inspect", "relu.hpp", "--ckks", "scale=2^40"}, relu.folder.path());
  CHECK(text.output.find("  scales      stage 3 at 2^-0.") != std::string::npos);
  CHECK(text.output.find(" at the usual scales), in the mean") != std::string::npos);
  const auto single =
      test::equiripple({"relu", "--degrees", "15", "-o", "single.json"}, relu.folder.path());
  REQUIRE(single.status == 0);
  const auto plain =
      test::equiripple({"inspect", "single.json", "--ckks", "scale=2^40"}, relu.folder.path());
  CHECK(plain.output.find("scales") == std::string::npos);
}

TEST_CASE("inspect --ckks names the word that is wrong") {
  const Relu relu;
  for (const auto& [words, named] :
       {std::pair{"logN=9,scale=2^40", "'9'"}, std::pair{"logN=15", "no scale"},
        std::pair{"scale=1000", "'1000'"}, std::pair{"scale=2^70", "'2^70'"},
        std::pair{"scale=2^40,library=heaan", "'library=heaan'"}, std::pair{"", "no scale"},
        std::pair{"scale=2^40,,", "''"}, std::pair{"N=15,scale=2^40", "'N=15'"}}) {
    CAPTURE(words);
    const auto refused = relu.inspect(words);
    if (std::string(words).empty()) continue;  // an option without a value: the parser's matter
    CHECK(refused.status == 2);
    CHECK(refused.errors.find(named) != std::string::npos);
  }
  const auto faint = relu.inspect("logN=15,scale=2^20");
  CHECK(faint.status == 3);
  CHECK(faint.errors.find("primes near 2^20") != std::string::npos);
  CHECK(test::equiripple({"inspect", "relu.hpp", "--plan", "--ckks", "scale=2^40"},
                         relu.folder.path())
            .status == 2);
}

TEST_CASE("parameters proposes what the simulation confirms, and no smaller scale would do") {
  const Relu relu;
  const auto proposed =
      test::equiripple({"parameters", "relu.hpp", "--bits", "12", "--levels-after", "2", "--json"},
                       relu.folder.path());
  REQUIRE_MESSAGE(proposed.status == 0, proposed.errors);
  const json p = json::parse(proposed.output);
  CHECK(p["levels"] == 15);
  const int scale = p["log2_scale"].get<int>();
  const int ring = p["log2_ring"].get<int>();
  CHECK(p["modulus_bits"] == 60 + 15 * scale + 1 + 60 * p["special_primes"].get<int>());
  CHECK(p["modulus_bits"].get<int>() <= 881);  // ring 2^15 at 128 bits; 2^14 has room for 438
  CHECK(ring == 15);
  const auto bits = [&](int log2_scale) {
    return relu
        .survival("logN=" + std::to_string(ring) + ",scale=2^" + std::to_string(log2_scale))["bits"]
        .get<double>();
  };
  CHECK(bits(scale) >= 12);
  CHECK(bits(scale - 1) < 12);
}

// 13 levels of the plan and two: OpenFHE's own three digits ask for ring 2^16, more of them for
// 2^15.
TEST_CASE("parameters chooses digits for a smaller ring, and says what the others cost") {
  const Relu relu;
  const std::vector<std::string> words = {"parameters", "relu.hpp",       "--bits",
                                          "12",         "--levels-after", "2"};
  const auto proposed = [&](const std::vector<std::string>& more) {
    std::vector<std::string> all = words;
    all.insert(all.end(), more.begin(), more.end());
    const auto result = test::equiripple(all, relu.folder.path());
    REQUIRE_MESSAGE(result.status == 0, result.errors);
    return result.output;
  };
  const json p = json::parse(proposed({"--json"}));
  CHECK(p["log2_ring"] == 15);
  CHECK(p["usual"]["digits"] == 3);
  CHECK(p["usual"]["log2_ring"] == 16);
  CHECK(p["usual"]["cost"] > p["cost"]);
  CHECK(p["choices"].size() >= 4);
  for (const json& each : p["choices"]) {
    CHECK((each["log2_ring"] == 15) == (each["modulus_bits"].get<int>() <= 881));
  }
  const std::string text = proposed({});
  const std::string digits = std::to_string(p["digits"].get<int>()) + " digits";
  CHECK_MESSAGE(text.find(digits) != std::string::npos, text);
  CHECK_MESSAGE(text.find("by itself 3 digits") != std::string::npos, text);
  CHECK_MESSAGE(text.find("ring 2^16") != std::string::npos, text);
  const json of_seal = json::parse(proposed({"--library", "seal", "--json"}));
  CHECK(of_seal["special_primes"] == 1);
  CHECK(of_seal["digits"] == of_seal["levels"].get<int>() + 1);
  CHECK(of_seal["choices"].size() == 1);
}

TEST_CASE("parameters refuses what cannot be") {
  const Relu relu;
  const auto refused = [&](std::vector<std::string> words, int status, const std::string& named) {
    words.insert(words.begin(), {"parameters", "relu.hpp"});
    const auto result = test::equiripple(words, relu.folder.path());
    CHECK(result.status == status);
    CHECK_MESSAGE(result.errors.find(named) != std::string::npos, result.errors);
  };
  refused({"--bits", "14"}, 3, "13.1 bits");
  refused({"--bits", "0"}, 2, "'0'");
  refused({"--bits", "x"}, 2, "'x'");
  refused({"--bits", "12", "--library", "tfhe"}, 2, "'tfhe'");
  refused({"--bits", "12", "--levels-after", "-1"}, 2, "'-1'");
  refused({"--bits", "12", "--levels-after", "100"}, 3, "128-bit security");
}

TEST_CASE("--ckks widens the domains of later stages where the noise asks for it") {
  const test::TemporaryFolder folder;
  const auto domain = [&](const std::vector<std::string>& more) {
    std::vector<std::string> words = {"sign", "--gap", "2^-4", "--degrees", "7,7", "-o", "s.json"};
    words.insert(words.end(), more.begin(), more.end());
    const auto made = test::equiripple(words, folder.path());
    REQUIRE_MESSAGE(made.status == 0, made.errors);
    const json stage = json::parse(test::content_of(folder / "s.json"))["stages"][1];
    return std::strtod(stage["domain"][1][0].get<std::string>().c_str(), nullptr);
  };
  const double usual = domain({});
  CHECK(domain({"--ckks", "logN=14,scale=2^50"}) == usual);  // the default is wider
  const double noisy = domain({"--ckks", "logN=14,scale=2^30"});
  CHECK(noisy < usual - 0x1p-14);
  CHECK(noisy > usual - 0x1p-8);
  const auto closed = test::equiripple(
      {"sign", "--gap", "2^-12", "--degrees", "7,7", "--ckks", "logN=14,scale=2^25"});
  CHECK(closed.status == 3);
  CHECK(closed.errors.find("closes the gap") != std::string::npos);
  const auto both = test::equiripple(
      {"sign", "--gap", "2^-4", "--degrees", "7,7", "--ckks", "scale=2^40", "--margin", "2^-20"});
  CHECK(both.status == 2);
}
