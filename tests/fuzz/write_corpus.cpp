// Writes the seed corpus and a dictionary for each of libFuzzer's targets into a folder:
// DIR/expression/0, ..., DIR/expression.dict, and so on.
#include <filesystem>
#include <fstream>
#include <iostream>

#include "tests/fuzz/corpus.hpp"
#ifdef EQUIRIPPLE_HAS_STUDY
#include "tests/fuzz/idx_property.hpp"
#endif

namespace {

namespace fs = std::filesystem;

void write(const fs::path& folder, const std::string& name, const std::vector<std::string>& texts) {
  fs::create_directories(folder / name);
  for (std::size_t i = 0; i < texts.size(); ++i) {
    std::ofstream(folder / name / std::to_string(i), std::ios::binary) << texts[i];
  }
  std::ofstream words(folder / (name + ".dict"));
  for (const std::string& word : equiripple::test::dictionary(texts))
    words << '"' << word << "\"\n";
}

}  // namespace

int main(int count, char** words) {
  if (count != 2) {
    std::cerr << "usage: equiripple_fuzz_corpus DIR\n";
    return 2;
  }
  const equiripple::test::Corpus corpus = equiripple::test::seed_corpus();
  write(words[1], "expression", corpus.expressions);
  write(words[1], "json", corpus.jsons);
  write(words[1], "header", corpus.headers);
  write(words[1], "program", corpus.programs);
  write(words[1], "table", corpus.tables);
  write(words[1], "samples", corpus.samples);
  write(words[1], "costs", corpus.costs);
  write(words[1], "words", corpus.words);
  write(words[1], "spec", corpus.specs);
  write(words[1], "command", corpus.commands);
#ifdef EQUIRIPPLE_HAS_STUDY
  write(words[1], "idx", equiripple::test::idx_corpus());
#endif
  return 0;
}
