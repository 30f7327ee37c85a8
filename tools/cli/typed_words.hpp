// A row of the table of options as words of the command line.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "emit/artifact.hpp"
#include "emit/request/options.hpp"

namespace equiripple {

class Command;

/// The words of one command, filled by parsing.
class TypedWords {
 public:
  /// Declares every option of the row. This object must outlive the command.
  void declare(const Command& command, const CommandRow& row);

  /// What was given, or stands in the help as holding otherwise.
  [[nodiscard]] std::vector<RequestOption> options() const;

 private:
  const CommandRow* row_ = nullptr;
  std::map<std::string, bool> flags_;
  std::map<std::string, std::string> single_;
  std::map<std::string, std::vector<std::string>> repeated_;
};

}  // namespace equiripple
