// A recursive descent over the grammar in parse.hpp, with a counted depth.
#include "generator/function/parse.hpp"

#include <algorithm>
#include <cctype>

#include "generator/function/aliases.hpp"
#include "generator/function/builder.hpp"
#include "generator/function/definitions.hpp"
#include "generator/function/evaluate.hpp"
#include "generator/function/suggestion.hpp"
#include "generator/numbers/reach.hpp"

namespace equiripple {
namespace {

constexpr std::size_t longest_quote = 40;  // characters of input in a message; chosen
constexpr const char* product_hint = "; a product is written with '*', as 2*x";

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

int digit_value(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return 99;
}

// What a message may quote: printable, short.
std::string quoted(std::string_view token) {
  std::string shown;
  for (const char c : token.substr(0, longest_quote)) {
    shown += c < ' ' || c > '~' ? '?' : c;  // whatever the locale
  }
  return "'" + shown + (token.size() > longest_quote ? "...'" : "'");
}

class Parser {
 public:
  Parser(std::string_view text, ExpressionBuilder& builder) : text_(text), builder_(builder) {}

  Expected<Expression> parse() {
    if (text_.size() > longest_expression) {
      return Defect{"the expression is longer than " + std::to_string(longest_expression) +
                    " characters"};
    }
    skip_space();
    if (at_end()) return Defect{"the expression is empty"};
    const int root = sum();
    if (error_.empty() && !at_end()) {
      reject(text_[position_] == ')' ? "')' without '('" : "unexpected " + token() + hint());
    }
    if (!error_.empty()) return Defect{error_};
    return Expression(builder_.finish(root), canonical());
  }

 private:
  static constexpr int failed = -1;

  bool at_end() const { return position_ >= text_.size(); }
  char peek() const { return at_end() ? '\0' : text_[position_]; }

  void skip_space() {
    while (!at_end() && is_space(text_[position_])) ++position_;
  }

  bool accept(char c) {
    if (at_end() || text_[position_] != c) return false;
    ++position_;
    skip_space();
    return true;
  }

  // The name, number or character at the current position, quoted.
  std::string token() const {
    if (at_end()) return "end of expression";
    std::size_t end = position_ + 1;
    if (is_letter(text_[position_]) || is_digit(text_[position_])) {
      while (end < text_.size() && (is_letter(text_[end]) || is_digit(text_[end]))) ++end;
    }
    return quoted(text_.substr(position_, end - position_)) + " at position " +
           std::to_string(position_ + 1);
  }

  int reject(std::string message) {
    if (error_.empty()) error_ = std::move(message);
    return failed;
  }

  int checked(std::optional<int> node) {
    return node ? *node
                : reject(builder_.trouble() + ", before position " + std::to_string(position_ + 1));
  }

  // Counts nesting for as long as it lives.
  struct Depth {
    explicit Depth(int& counter) : count(counter) { ++count; }
    ~Depth() { --count; }
    Depth(const Depth&) = delete;
    Depth& operator=(const Depth&) = delete;
    int& count;
  };

  bool too_deep() {
    if (depth_ <= deepest_nesting) return false;
    reject("the expression is nested deeper than " + std::to_string(deepest_nesting));
    return true;
  }

  int sum() {
    int left = product();
    while (left != failed && (peek() == '+' || peek() == '-')) {
      const Operation operation = peek() == '+' ? Operation::add : Operation::subtract;
      accept(peek());
      const int right = product();
      if (right == failed) return failed;
      left = checked(builder_.binary(operation, left, right));
    }
    return left;
  }

  int product() {
    int left = unary();
    while (left != failed && (peek() == '*' || peek() == '/')) {
      const Operation operation = peek() == '*' ? Operation::multiply : Operation::divide;
      accept(peek());
      const int right = unary();
      if (right == failed) return failed;
      left = checked(builder_.binary(operation, left, right));
    }
    return left;
  }

  int unary() {
    const Depth depth(depth_);
    if (too_deep()) return failed;
    if (accept('+')) return unary();
    if (!accept('-')) return power();
    const int argument = unary();
    return argument == failed ? failed : builder_.unary(Operation::negate, argument);
  }

  int power() {
    const int base = primary();
    if (base == failed || !accept_power()) return base;
    const int exponent = unary();
    return exponent == failed ? failed : checked(builder_.power(base, exponent));
  }

  // '^', or '**' as in Python.
  bool accept_power() {
    if (text_.substr(position_, 2) != "**") return accept('^');
    ++position_;
    return accept('*');
  }

  int primary() {
    if (at_end()) return reject("expected a number, x, or a function at end of expression");
    if (accept('(')) {
      const int inside = sum();
      if (inside == failed) return failed;
      return accept(')') ? inside : reject_unclosed();
    }
    if (is_digit(peek()) || peek() == '.') return number();
    if (is_letter(peek())) return name();
    return reject("expected a number, x, or a function, not " + token() + hint());
  }

  int name() {
    const std::string where = token();
    const std::size_t begin = position_;
    while (!at_end() && (is_letter(peek()) || is_digit(peek()))) ++position_;
    const std::string_view word = text_.substr(begin, position_ - begin);
    skip_space();
    if (const int bound = bound_to(word); bound != failed) return bound;
    if (word == "x") return builder_.leaf(Operation::variable);
    if (word == "pi") return builder_.leaf(Operation::pi);
    if (word == "e") return builder_.unary(Operation::exp, builder_.constant(1));
    if (word == "if") return choice();
    const Definition* defined = definition_of(word);
    const int arity = ExpressionBuilder::arity(word);
    if (arity == 0 && defined == nullptr) {
      return reject("unknown " + std::string(peek() == '(' ? "function " : "name ") + where +
                    meant_by(std::string(word)) + "; known: " + known_names());
    }
    if (!accept('(')) return reject("expected '(' after " + quoted(word));
    const std::vector<int> arguments = sums_up_to_parenthesis();
    if (arguments.empty()) return failed;
    if (defined != nullptr) return spelt_out(*defined, arguments);
    if (static_cast<int>(arguments.size()) != arity) {
      return reject_arity(word, arity, arguments.size());
    }
    return checked(builder_.call(word, arguments));
  }

  // The node that stands for a parameter of the definition that this is.
  int bound_to(std::string_view word) const {
    const std::size_t place = word.size() == 1 ? parameters_.find(word) : std::string_view::npos;
    return place == std::string_view::npos ? failed : arguments_[place];
  }

  int spelt_out(const Definition& definition, std::vector<int> arguments) {
    const std::size_t most = definition.parameters.size();
    const std::size_t least = most - (definition.last_otherwise.empty() ? 0 : 1);
    if (arguments.size() < least || arguments.size() > most) {
      return reject(quoted(definition.name) + " takes " +
                    (least < most ? std::to_string(least) + " or " : "") + std::to_string(most) +
                    " argument" + (most == 1 ? "" : "s") + ", not " +
                    std::to_string(arguments.size()));
    }
    if (arguments.size() < most) {
      arguments.push_back(Parser(definition.last_otherwise, builder_).sum());
    }
    const Definition* form = &definition;
    if (definition.name == "clip") {
      const auto lower = builder_.value_of(arguments[1]);
      const auto upper = builder_.value_of(arguments[2]);
      if (lower && upper && *lower > *upper) {
        return reject("'clip' takes its lower end before its upper one, as clip(x, -1, 1)");
      }
      if (lower && upper && *lower == -*upper) form = &symmetric_clip();
    }
    Parser inner(form->expression, builder_);
    inner.parameters_ = form->parameters;
    inner.arguments_ = std::move(arguments);
    const int root = inner.sum();
    return checked(root == failed ? std::nullopt : std::optional(root));
  }

  // sum (',' sum)* ')'; empty where that fails.
  std::vector<int> sums_up_to_parenthesis() {
    std::vector<int> list;
    do {
      list.push_back(sum());
      if (list.back() == failed) return {};
    } while (accept(','));
    if (accept(')')) return list;
    reject_unclosed();
    return {};
  }

  // a < b is a - b < 0; a <= b is that b - a < 0 does not hold.
  struct Condition {
    int difference = failed;
    bool negated = false;
  };

  Condition condition() {
    const int left = sum();
    if (left == failed) return {};
    if (!at_comparison() || peek() == '=') {
      reject("'if' compares with '<', '<=', '>' or '>=' in its first argument; found " + token());
      return {};
    }
    const bool less = peek() == '<';
    ++position_;
    const bool or_equal = peek() == '=';
    if (or_equal) ++position_;
    skip_space();
    const int right = sum();
    if (right == failed) return {};
    if (at_comparison()) {
      reject("'if' compares two expressions, nest it for more; found " + token());
      return {};
    }
    const bool forward = less != or_equal;
    const auto difference =
        builder_.binary(Operation::subtract, forward ? left : right, forward ? right : left);
    return {checked(difference), or_equal};
  }

  // What follows 'if'.
  int choice() {
    if (!accept('(')) return reject("expected '(' after 'if'");
    const Condition asked = condition();
    if (asked.difference == failed) return failed;
    std::vector<int> branches;
    if (accept(',')) {
      branches = sums_up_to_parenthesis();
      if (branches.empty()) return failed;
    } else if (!accept(')')) {
      return reject_unclosed();
    }
    if (branches.size() != 2) return reject_arity("if", 3, branches.size() + 1);
    return asked.negated ? builder_.select(asked.difference, branches[1], branches[0])
                         : builder_.select(asked.difference, branches[0], branches[1]);
  }

  bool at_comparison() const { return peek() == '<' || peek() == '>' || peek() == '='; }

  int reject_arity(std::string_view word, int arity, std::size_t found) {
    return reject(quoted(word) + " takes " + std::to_string(arity) + " argument" +
                  (arity == 1 ? "" : "s") + ", not " + std::to_string(found));
  }

  int reject_unclosed() { return reject("expected ')' before " + token() + hint()); }

  // What is right in place of the character at the current position.
  std::string hint() const {
    if (at_end()) return {};
    if (at_comparison()) return "; only the first argument of 'if' compares";
    const char c = peek();
    if (is_letter(c) || is_digit(c) || c == '(') return product_hint;
    if (c == '|') return "; |x| is written abs(x)";
    if (c == '%') return "; the remainder is mod(a, b)";
    if (c == '[' || c == '{') return "; only ( and ) are parentheses here";
    if (c == ',' && position_ + 1 < text_.size() && is_digit(text_[position_ + 1])) {
      return "; a decimal point is '.'";
    }
    if (static_cast<unsigned char>(c) >= 0x80) {
      return "; in ASCII: pi, sqrt(x), x^2, '*', '-'";
    }
    return {};
  }

  static std::vector<std::string> known() {
    std::vector<std::string> list = {"x", "pi", "e", "if"};
    list.insert(list.end(), function_names().begin(), function_names().end());
    return list;
  }

  static std::string known_names() {
    std::string list;
    for (const std::string& name : known()) list += (list.empty() ? "" : ", ") + name;
    return list;
  }

  // The start of a message, or nothing.
  static std::string meant_by(std::string word) {
    if (word.size() > longest_quote) return {};
    std::ranges::transform(word, word.begin(), [](char c) {
      return static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    });
    if (const Alias* alias = alias_of(word)) {
      return "; " + word + "(x) is written " + alias->expression;
    }
    if (word.size() == 1 && word != "e") return "; the variable is x";
    return suggestion(word, known());
  }

  // Digits of the base around an optional point, then an optional exponent.
  int number() {
    const std::size_t begin = position_;
    const bool hexadecimal =
        peek() == '0' && position_ + 1 < text_.size() && (text_[position_ + 1] | 32) == 'x';
    if (hexadecimal) position_ += 2;
    const int base = hexadecimal ? 16 : 10;
    Integer mantissa = 0;
    long scale = 0;  // digits after the point
    bool digits = false;
    bool point = false;
    for (; !at_end(); ++position_) {
      if (peek() == '.' && !point) {
        point = true;
      } else if (digit_value(peek()) < base) {
        mantissa = mantissa * base + digit_value(peek());
        scale += point ? 1 : 0;
        digits = true;
        if (position_ - begin > longest_number) return reject_number(begin, "is too long");
      } else {
        break;
      }
    }
    if (!digits) return reject_number(begin, "has no digits");
    long exponent = 0;
    const char mark = static_cast<char>(peek() | 32);
    if (!at_end() && mark == (hexadecimal ? 'p' : 'e') && exponent_follows()) {
      if (!read_exponent(exponent)) return reject_number(begin, "has too large an exponent");
    }
    if (is_letter(peek()) || is_digit(peek()) || peek() == '.') {
      const bool is_product = !hexadecimal && is_letter(peek());
      return reject_number(begin, std::string("is no number") + (is_product ? product_hint : ""));
    }
    const Rational value = hexadecimal ? Rational(mantissa) * power_of_two(exponent - 4 * scale)
                                       : Rational(mantissa) * power_of_ten(exponent - scale);
    skip_space();
    return builder_.constant(value);
  }

  bool exponent_follows() const {
    std::size_t next = position_ + 1;
    if (next < text_.size() && (text_[next] == '-' || text_[next] == '+')) ++next;
    return next < text_.size() && is_digit(text_[next]);
  }

  bool read_exponent(long& exponent) {
    ++position_;
    const bool negative = peek() == '-';
    if (peek() == '-' || peek() == '+') ++position_;
    for (; is_digit(peek()); ++position_) {
      exponent = 10 * exponent + (peek() - '0');
      if (exponent > largest_exponent) return false;
    }
    if (negative) exponent = -exponent;
    return true;
  }

  int reject_number(std::size_t begin, std::string_view why) {
    std::size_t end = std::max(position_, begin + 1);
    while (end < text_.size() &&
           (is_letter(text_[end]) || is_digit(text_[end]) || text_[end] == '.')) {
      ++end;
    }
    return reject(quoted(text_.substr(begin, end - begin)) + " at position " +
                  std::to_string(begin + 1) + " " + std::string(why));
  }

  static Rational power_of_ten(long exponent) {
    Integer power =
        boost::multiprecision::pow(Integer(10), static_cast<unsigned>(std::abs(exponent)));
    return exponent >= 0 ? Rational(power) : Rational(Integer(1), power);
  }

  // The text without surrounding or repeated white space: grammar characters only.
  std::string canonical() const {
    std::string clean;
    for (const char c : text_) {
      if (!is_space(c)) {
        clean += c;
      } else if (!clean.empty() && clean.back() != ' ') {
        clean += ' ';
      }
    }
    if (!clean.empty() && clean.back() == ' ') clean.pop_back();
    return clean;
  }

  static constexpr std::size_t longest_number = 2000;  // characters; chosen
  static constexpr long largest_exponent = 9000;       // chosen: below largest_number_bits

  std::string_view text_;
  std::size_t position_ = 0;
  int depth_ = 0;
  std::string error_;
  ExpressionBuilder& builder_;
  std::string_view parameters_{};  // of a definition
  std::vector<int> arguments_{};   // the node that stands for each
};

}  // namespace

Expected<Expression> parse_function(std::string_view text) {
  ExpressionBuilder builder;
  return Parser(text, builder).parse();
}

Expected<Rational> parse_number(std::string_view text) {
  Expected<Expression> parsed = parse_function(text);
  if (!parsed) return parsed.error();
  if (!parsed->is_constant()) return Defect{quoted(text) + " is no number: it contains x"};
  if (parsed->is_rational_constant()) return parsed->nodes().front().value;
  const Real<highest_bits> value = CompiledFunction<Real<highest_bits>>(*parsed)(0);
  if (!is_within_reach(value) || is_below_reach(value)) {
    return Defect{quoted(text) + " is not a finite real number within reach"};
  }
  return to_rational(value);
}

const std::vector<std::string>& function_names() {
  static const std::vector<std::string> all = [] {
    std::vector<std::string> list = ExpressionBuilder::names();
    for (const Definition& definition : definitions()) list.emplace_back(definition.name);
    return list;
  }();
  return all;
}

}  // namespace equiripple
