// The words of a request, looked up by the names of its options.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "emit/artifact.hpp"
#include "emit/request/options.hpp"

namespace equiripple {

/// The text of a file by its path; fails with wrong_request or machine_failed. Where there is no
/// reader, as for the record in an artifact, what files hold is left out of the request.
using FileReader = std::function<std::string(const std::string& path)>;

class GivenOptions {
 public:
  /// Fails with wrong_request where an option is unknown to the command, given twice or with
  /// another number of values, no word of its choices, or missing.
  GivenOptions(const CommandRow& command, const std::vector<RequestOption>& options,
               FileReader read = {});

  struct File {
    std::string name;
    std::string text;
  };

  [[nodiscard]] const CommandRow& command() const { return *command_; }
  [[nodiscard]] bool has(const std::string& name) const;
  /// The value, or what holds otherwise; empty where neither is.
  [[nodiscard]] const std::string& one(const std::string& name) const;
  [[nodiscard]] const std::vector<std::string>& all(const std::string& name) const;
  /// What stands in the file of this option; none where it is not given, or there is no reader.
  /// Fails as that does, with the option.
  [[nodiscard]] std::optional<File> file(const std::string& name) const;

  /// What was asked for, as it is recorded.
  [[nodiscard]] std::vector<RequestOption> recorded() const;

 private:
  const OptionRow& row(const std::string& name) const;

  const CommandRow* command_;
  std::vector<RequestOption> options_;
  FileReader read_;
};

/// The first option that the command does not have, or not with so many values; empty where there
/// is none.
[[nodiscard]] std::string foreign_option(const CommandRow& command,
                                         const std::vector<RequestOption>& options);

[[nodiscard]] bool has_option(const RequestRecord& request, const std::string& name);

}  // namespace equiripple
