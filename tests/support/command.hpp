// Runs a command as a user's shell would, without a shell in between.
#pragma once

#include <string>
#include <vector>

namespace equiripple::test {

struct CommandResult {
  int status = -1;  // exit status; -1 where a signal ended it
  std::string output;
  std::string errors;
};

/// The path of the tool.
std::string binary();

/// The folder that the project is built in.
std::string build_folder();

/// words[0] is looked up in PATH; the working directory is `folder`.
CommandResult run(const std::vector<std::string>& words, const std::string& folder = ".");

/// The tool with these arguments.
CommandResult equiripple(std::vector<std::string> arguments, const std::string& folder = ".");

/// A new empty folder that is removed with the object.
class TemporaryFolder {
 public:
  TemporaryFolder();
  ~TemporaryFolder();
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  const std::string& path() const { return path_; }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  std::size_t files() const;  // how many there are in it

 private:
  std::string path_;
};

/// Whether a program can be found in PATH.
bool is_installed(const std::string& program);

/// Whether script(1) is there and gets a terminal to stand for a person's.
bool has_terminal();

void write_text(const std::string& path, const std::string& content);

}  // namespace equiripple::test
