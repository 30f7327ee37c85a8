// A TOML file of functions, as the requests that make them.
//
//   [relu13]                # the name of the function and of its file
//   command = "relu"        # any command that makes a function
//   bits = 13               # its options by their long names
//   range = "50"            # exact numbers are text
//   degrees = [7, 7, 27]
//   format = "hpp"          # or "json"
#pragma once

#include <map>
#include <string>
#include <vector>

#include "emit/artifact.hpp"
#include "tools/spec/place.hpp"

namespace equiripple {

struct SpecFunction {
  std::string name;
  std::string file;                 // "relu13.hpp"
  RequestRecord request;            // in the words of the file
  std::string named;                // the namespace; empty for the name
  std::vector<std::string> inputs;  // files that the options name
  Place place;
  std::map<std::string, Place> places;  // of each key
};

struct Spec {
  std::string path;
  std::vector<SpecFunction> functions;  // by their names
};

/// Everything that can be seen without trying an option: a wrong request names file, line and
/// column, one line for each wrong function.
[[nodiscard]] Spec read_spec(const std::string& path);

/// Of the text of the file with that path, which stands in messages and which inputs are beside.
[[nodiscard]] Spec spec_from_text(const std::string& path, const std::string& text);

/// "functions.toml:3:1: [relu13]: message"; at the key of the option that it is about, where it is.
[[nodiscard]] std::string located(const Spec& spec, const SpecFunction& function,
                                  const std::string& option, const std::string& message);

/// The first lines, and how many there are beside them.
[[nodiscard]] std::string first_lines(const std::vector<std::string>& lines);

}  // namespace equiripple
