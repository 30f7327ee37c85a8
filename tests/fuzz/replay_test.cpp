// A short run of the fuzzers' properties with any compiler: the corpus, then damage to it.
#include <doctest/doctest.h>

#include "emit/cpp_header.hpp"
#include "tests/fuzz/corpus.hpp"
#ifdef EQUIRIPPLE_HAS_STUDY
#include "tests/fuzz/idx_property.hpp"
#endif
#include "tests/fuzz/mutation.hpp"
#include "tests/fuzz/properties.hpp"

using namespace equiripple;

namespace {

using Property = std::string (*)(const std::string&);

// A property must hold for the seeds as they are, for damaged ones, and for damage upon damage.
void replay(const std::vector<std::string>& seeds, Property broken_by, int mutations) {
  for (const std::string& seed : seeds) CHECK_MESSAGE(broken_by(seed) == "", seed);
  test::Random random(test::seed());
  INFO("EQUIRIPPLE_SEED=" << test::seed());
  std::vector<std::string> pool = seeds;
  for (int i = 0; i < mutations * test::effort(); ++i) {
    const std::string text = test::mutated(pool[random() % pool.size()], random);
    const std::string broken = broken_by(text);
    REQUIRE_MESSAGE(broken.empty(), broken << ", for\n" << text);
    if (random() % 8 == 0) pool[random() % pool.size()] = text;
    if (random() % 8 == 0) pool[random() % pool.size()] = seeds[random() % seeds.size()];
  }
}

}  // namespace

TEST_CASE("expressions: the corpus and damage to it") {
  replay(test::seed_corpus().expressions, test::broken_by_expression, 100'000);
}

TEST_CASE("artifacts: the corpus and damage to it") {
  replay(test::seed_corpus().jsons, test::broken_by_json, 10'000);
}

TEST_CASE("headers: the corpus and damage to it") {
  replay(test::seed_corpus().headers, test::broken_by_header, 10'000);
}

TEST_CASE("programs: the corpus and damage to it") {
  replay(test::seed_corpus().programs, test::broken_by_program, 10'000);
}

TEST_CASE("tables, samples, costs, words and specs: the corpus and damage to it") {
  const test::Corpus corpus = test::seed_corpus();
  replay(corpus.tables, test::broken_by_table, 20'000);
  replay(corpus.samples, test::broken_by_samples, 50'000);
  replay(corpus.costs, test::broken_by_costs, 20'000);
  replay(corpus.words, test::broken_by_words, 50'000);
  replay(corpus.specs, test::broken_by_spec, 10'000);
}

TEST_CASE("command lines: the corpus and damage to it") {
  replay(test::seed_corpus().commands, test::broken_by_command, 2'000);
}

TEST_CASE("images and labels: the corpus and damage to it") {
#ifdef EQUIRIPPLE_HAS_STUDY
  replay(test::idx_corpus(), test::broken_by_idx, 5'000);
#else
  MESSAGE("SKIPPED: the study is not built, for want of Eigen3 or ZLIB");
#endif
}

TEST_CASE("the corpus is well-formed, and mutation damages it") {
  const test::Corpus corpus = test::seed_corpus();
  CHECK(corpus.expressions.size() > 40);
  CHECK(corpus.headers.size() >= 4);
  for (const std::string& text : corpus.jsons) CHECK(artifact_from_json_text(text).has_value());
  test::Random random(test::seed());
  test::Random same(test::seed());
  int different = 0;
  int read = 0;
  for (int i = 0; i < 1'000; ++i) {
    const std::string& seed = corpus.jsons[static_cast<std::size_t>(i) % corpus.jsons.size()];
    const std::string text = test::mutated(seed, random);
    CHECK(text == test::mutated(seed, same));
    if (text != seed) ++different;
    if (artifact_from_json_text(text).has_value()) ++read;
  }
  CHECK(different > 900);
  CHECK(read > 20);   // some damage goes unseen by the reader, or the round trip is never tried
  CHECK(read < 900);  // and most does not
}

// The checkers must reject a broken reader or writer, or every run above is worth nothing.
TEST_CASE("a broken round trip is seen") {
  const Artifact artifact = *artifact_from_cpp(test::seed_corpus().headers.front());
  const test::Form sound{.write = to_json_text, .read = artifact_from_json_text};
  CHECK(test::broken_round_trip(artifact, sound) == "");

  test::Form forgetful = sound;  // a reader that loses the last bit of a coefficient
  forgetful.read = [](const std::string& text) {
    Expected<Artifact> result = artifact_from_json_text(text);
    Rational& c = result->stages.front().polynomial.coefficients.front();
    c = round_to_bits(c, 52, Rounding::down) - power_of_two(-60);
    return result;
  };
  CHECK(test::broken_round_trip(artifact, forgetful).find("differently") != std::string::npos);

  test::Form careless = sound;  // a writer that leaves out the end
  careless.write = [](const Artifact& one) {
    const std::string text = to_json_text(one);
    return text.substr(0, text.size() / 2);
  };
  CHECK(test::broken_round_trip(artifact, careless).find("refused") != std::string::npos);
}
