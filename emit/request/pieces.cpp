// The colon after the interval parts a piece.
#include "emit/request/pieces.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "emit/failure.hpp"
#include "emit/request/words.hpp"

namespace equiripple {
namespace {

std::pair<std::string, std::string> parted(const std::string& word) {
  const std::size_t bracket = word.find(']');
  const std::size_t colon = bracket == std::string::npos ? bracket : word.find(':', bracket);
  if (colon == std::string::npos) {
    wrong_word(
        "--piece",
        fmt::format(" {}: a piece is written '[a,b]: LIST', as '[-4,0]: 0.1, 0.25', or with a file",
                    shown(word)));
  }
  const std::size_t begin = word.find_first_not_of(" \t\n\r", colon + 1);
  if (begin == std::string::npos) {
    wrong_word("--piece", fmt::format(" {}: there is no list after the interval", shown(word)));
  }
  return {word.substr(0, colon), word.substr(begin)};
}

}  // namespace

std::vector<RequestRecord> pieces_of(const RequestRecord& words) {
  const auto option = std::ranges::find(words.options, "piece", &RequestOption::name);
  // Of piecewise they are one function.
  if (option == words.options.end() || words.command == "piecewise") return {words};
  for (const char* other : {"domain", "coefficients", "polynomial", "find-domain"}) {
    if (std::ranges::find(words.options, other, &RequestOption::name) != words.options.end()) {
      wrong_word("--piece", fmt::format(" and --{}: give one of them", other));
    }
  }
  std::vector<std::string> domains;
  std::vector<RequestRecord> pieces;
  for (const std::string& word : option->values) {
    auto [domain, list] = parted(word);
    RequestRecord piece = words;
    std::erase_if(piece.options, [](const RequestOption& one) { return one.name == "piece"; });
    piece.options.push_back({"domain", {domain}});
    piece.options.push_back({"coefficients", {std::move(list)}});
    pieces.push_back(std::move(piece));
    domains.push_back(std::move(domain));
  }
  static_cast<void>(domain_words("--piece", domains));  // ascending and disjoint
  return pieces;
}

}  // namespace equiripple
