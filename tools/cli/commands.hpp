// The subcommands: their flags, their help, and what they run.
#pragma once

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

namespace equiripple {

/// Adds every subcommand to `app`. Parsing selects one; `chosen` then runs it.
void add_commands(CLI::App& app, std::function<void()>& chosen);

void add_polynomial_commands(CLI::App& app, std::function<void()>& chosen);
void add_approximate_command(CLI::App& app, std::function<void()>& chosen);
void add_mod1_command(CLI::App& app, std::function<void()>& chosen);
void add_sign_commands(CLI::App& app, std::function<void()>& chosen);
void add_correction_commands(CLI::App& app, std::function<void()>& chosen);
void add_search_command(CLI::App& app, std::function<void()>& chosen);
void add_survey_command(CLI::App& app, std::function<void()>& chosen);
void add_fit_command(CLI::App& app, std::function<void()>& chosen);
void add_file_commands(CLI::App& app, std::function<void()>& chosen);
void add_picture_commands(CLI::App& app, std::function<void()>& chosen);
void add_parameters_command(CLI::App& app, std::function<void()>& chosen);
void add_generate_command(CLI::App& app, std::function<void()>& chosen);
void add_manual_commands(CLI::App& app, std::function<void()>& chosen);

/// Where a product goes: a header, an artifact, or a summary for people.
struct OutputOptions {
  std::string path;    // "" for standard output
  std::string name;    // "" for the path's stem
  bool check = false;  // the request alone: nothing is computed or written
};

void add_output_options(CLI::App& command, OutputOptions& options);

/// Fails with machine_failed where the folder of a file that is to be written is not there.
void require_folder(const std::string& path);

/// Checks name and path before anything is computed; the name of the function.
[[nodiscard]] std::string checked_name(const OutputOptions& options, int highest_stage_degree);

struct Artifact;
void deliver(const Artifact& artifact, const OutputOptions& options);

/// While it is there, deliver() of this thread hands over what it would write to a file.
class CapturedProduct {
 public:
  CapturedProduct();
  ~CapturedProduct();
  CapturedProduct(const CapturedProduct&) = delete;
  CapturedProduct& operator=(const CapturedProduct&) = delete;
  const std::string& text() const { return text_; }

 private:
  std::string text_;
};

}  // namespace equiripple
