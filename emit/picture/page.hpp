// A page of HTML in one file: no script from elsewhere, no font, no picture that is not inside.
#pragma once

#include <string>
#include <vector>

namespace equiripple {

struct PageTable {
  std::vector<std::string> head;
  std::vector<std::vector<std::string>> rows;  // a cell that reads as a number stands to the right
};

/// Pieces of a page in order; all text is escaped but that of `add_markup`.
class Page {
 public:
  explicit Page(std::string title) : title_(std::move(title)) {}

  void add_heading(const std::string& text);
  void add_paragraph(const std::string& text);
  void add_code(const std::string& text);
  void add_table(const PageTable& table);
  /// An svg element of `to_svg_element`, or other markup that is known to be sound.
  void add_markup(const std::string& markup);
  /// What is added between the two stands behind a click.
  void open_details(const std::string& summary);
  void close_details();

  [[nodiscard]] std::string html() const;

 private:
  std::string title_;
  std::string body_;
};

}  // namespace equiripple
