// Help as a manual: lines that a terminal holds, an option above what it does.
#pragma once

#include <CLI/CLI.hpp>
#include <string>

namespace equiripple {

/// `text` in lines of at most `width` characters, broken between words, each indented by `indent`.
[[nodiscard]] std::string wrapped(const std::string& text, std::size_t indent, std::size_t width);

class ManualFormatter : public CLI::Formatter {
 public:
  /// Names of options and commands in bold where `coloured`.
  explicit ManualFormatter(bool coloured) : coloured_(coloured) { column_width(14); }

  std::string make_description(const CLI::App* app) const override;
  std::string make_option(const CLI::Option* option, bool is_positional) const override;
  std::string make_subcommand(const CLI::App* command) const override;
  std::string make_footer(const CLI::App* app) const override;

 private:
  std::string name(const std::string& text) const;

  bool coloured_;
};

}  // namespace equiripple
