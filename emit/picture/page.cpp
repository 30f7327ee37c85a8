// Elements of text, each closed where it is opened.
#include "emit/picture/page.hpp"

#include <algorithm>

#include "emit/picture/chart.hpp"
#include "emit/picture/markup.hpp"

namespace equiripple {
namespace {

const char* const page_style =
    ":root { color-scheme: light dark; }\n"
    "body { font: 16px/1.5 sans-serif; max-width: 900px; margin: 2em auto; padding: 0 1em; "
    "background: #fff; color: #222; }\n"
    "h1 { font-size: 1.5em; } h2 { font-size: 1.15em; margin-top: 2em; }\n"
    "table { border-collapse: collapse; font-size: .9em; display: block; overflow-x: auto; }\n"
    "th, td { padding: .2em .7em; text-align: left; border-bottom: 1px solid #8884; "
    "vertical-align: top; }\n"
    "td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; "
    "white-space: nowrap; }\n"
    "pre { background: #8881; padding: .7em 1em; overflow-x: auto; font-size: .85em; }\n"
    "svg { max-width: 100%; height: auto; }\n"
    "@media (prefers-color-scheme: dark) { body { background: #16181d; color: #ddd; } }\n";

bool is_numeric(const std::string& cell) {
  return !cell.empty() && cell.find_first_not_of("0123456789.+-e^% ") == std::string::npos;
}

// A column is one of numbers where every cell that has something in it is one.
bool is_numeric_column(const PageTable& table, std::size_t column) {
  return std::ranges::all_of(table.rows, [&](const std::vector<std::string>& row) {
    return column >= row.size() || row[column].empty() || is_numeric(row[column]);
  });
}

}  // namespace

void Page::add_heading(const std::string& text) {
  body_ += "<h2>" + escaped_markup(text) + "</h2>\n";
}

void Page::add_paragraph(const std::string& text) {
  body_ += "<p>" + escaped_markup(text) + "</p>\n";
}

void Page::add_code(const std::string& text) {
  body_ += "<pre>" + escaped_markup(text) + "</pre>\n";
}

void Page::add_table(const PageTable& table) {
  const auto cell = [&](const char* tag, const std::string& text, std::size_t column) {
    body_ += std::string("<") + tag +
             (is_numeric_column(table, column) ? " class=\"number\">" : ">") +
             escaped_markup(text) + "</" + tag + ">";
  };
  body_ += "<table>\n<thead><tr>";
  for (std::size_t i = 0; i < table.head.size(); ++i) cell("th", table.head[i], i);
  body_ += "</tr></thead>\n<tbody>\n";
  for (const auto& row : table.rows) {
    body_ += "<tr>";
    for (std::size_t i = 0; i < row.size(); ++i) cell("td", row[i], i);
    body_ += "</tr>\n";
  }
  body_ += "</tbody>\n</table>\n";
}

void Page::add_markup(const std::string& markup) { body_ += markup; }

void Page::open_details(const std::string& summary) {
  body_ += "<details>\n<summary>" + escaped_markup(summary) + "</summary>\n";
}

void Page::close_details() { body_ += "</details>\n"; }

std::string Page::html() const {
  const std::string title = escaped_markup(title_);
  return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
         "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>" +
         title + "</title>\n<style>\n" + page_style + chart_style() +
         "</style>\n</head>\n<body>\n" + "<h1>" + title + "</h1>\n" + body_ + "</body>\n</html>\n";
}

}  // namespace equiripple
