// equiripple sign, step, compare, relu, abs, max, min
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "emit/hexfloat.hpp"
#include "tools/cli/commands.hpp"
#include "tools/cli/failure.hpp"
#include "tools/cli/pipeline.hpp"
#include "tools/cli/plan_options.hpp"
#include "tools/cli/words.hpp"

namespace equiripple {
namespace {

struct SignOptions {
  Kind kind = Kind::sign;
  std::string degrees;
  std::string gap;
  std::string range = "1";
  std::string margin;
  std::string error;  // of sign and its kin
  std::string bits;   // of ReLU and its kin
  PlanOptions plan;
  OutputOptions output;
};

std::optional<Rational> optional_number(const std::string& flag, const std::string& word) {
  if (word.empty()) return std::nullopt;
  return number_word(flag, word);
}

void check_ranges(const SignRequest& request, const SignOptions& options) {
  if (request.range <= 0) {
    wrong_request(fmt::format("--range '{}': must be above 0", options.range));
  }
  constexpr long largest_log2 = 200;  // chosen: squares stay in binary64
  if (request.range > power_of_two(largest_log2) || request.range < power_of_two(-largest_log2)) {
    wrong_request(fmt::format("--range '{}': must be from 2^-200 to 2^200", options.range));
  }
  if (request.gap && (*request.gap <= 0 || *request.gap >= 1)) {
    wrong_request(fmt::format(
        "--gap '{}': must be above 0 and below 1; it is relative to the range", options.gap));
  }
  if (request.gap && *request.gap < power_of_two(-largest_log2)) {
    wrong_request(fmt::format("--gap '{}': must be at least 2^-200", options.gap));
  }
  if (request.margin && *request.margin < 0) {
    wrong_request(fmt::format("--margin '{}': must be at least 0", options.margin));
  }
  if (request.margin && request.gap && *request.margin > *request.gap) {
    wrong_request(fmt::format("--margin '{}': must not exceed the gap", options.margin));
  }
  if (request.error && *request.error <= 0) {
    wrong_request(fmt::format("--error '{}': must be above 0", options.error));
  }
}

void run_sign(const SignOptions& options) {
  SignRequest request{.kind = options.kind, .degrees = {}, .gap = {}, .margin = {}, .error = {}};
  request.degrees = degrees_word("--degrees", options.degrees);
  request.gap = optional_number("--gap", options.gap);
  request.range = number_word("--range", options.range);
  request.margin = optional_number("--margin", options.margin);
  request.error = optional_number("--error", options.error);
  check_ranges(request, options);
  if (!options.bits.empty()) {
    constexpr int most_bits = 1000;  // chosen: far above what binary64 tables reach
    if (number_word("--bits", options.bits) <= 0) {
      wrong_request(fmt::format("--bits '{}': must be above 0", options.bits));
    }
    request.error = power_of_two(-whole_word("--bits", options.bits, 1, most_bits));
  }
  request.plan = plan_settings(options.plan);
  const int highest = *std::ranges::max_element(request.degrees);
  Identity identity{.name = checked_name(options.output, highest),
                    .request = {.command = name_of(options.kind), .options = {}}};
  const auto keep = [&](const char* flag, const std::string& word) {
    if (!word.empty()) identity.request.options.push_back({flag, {tidy(word)}});
  };
  keep("gap", options.gap);
  keep("error", options.error);
  keep("bits", options.bits);
  keep("range", options.range);
  keep("degrees", options.degrees);
  keep("margin", options.margin);
  record(options.plan, identity.request);
  deliver(make_sign(request, identity), options.output);
}

void add_command(CLI::App& app, std::function<void()>& chosen, Kind kind, const char* help) {
  auto options = std::make_shared<SignOptions>();
  options->kind = kind;
  CLI::App* command = app.add_subcommand(name_of(kind), help);
  command
      ->add_option("--degrees", options->degrees,
                   "odd degrees of the stages, the first stage first: 7,7,31")
      ->type_name("N,N,...")
      ->required();
  CLI::Option* gap =
      command
          ->add_option("--gap", options->gap,
                       covers_gap(kind)
                           ? "the gap of sign, relative to the range; default: the one with the "
                             "smallest error over all x"
                           : "the function is approximated for gap * range <= |x| <= range")
          ->type_name("NUMBER");
  if (!covers_gap(kind)) gap->required();
  command->add_option("--range", options->range, "|x| (|a - b| for two inputs) is at most this")
      ->type_name("NUMBER")
      ->capture_default_str();
  command
      ->add_option("--margin", options->margin,
                   "widens the domain of every later stage on both sides; default: "
                   "min(2^-22, gap * 2^-10)")
      ->type_name("NUMBER");
  if (covers_gap(kind)) {
    command->add_option("--bits", options->bits, "fail unless the error is at most range * 2^-BITS")
        ->type_name("BITS");
  } else {
    command->add_option("--error", options->error, "fail unless the error is at most this")
        ->type_name("NUMBER");
  }
  add_plan_options(*command, options->plan);
  add_output_options(*command, options->output);
  const std::string name = name_of(kind);
  command->footer(
      covers_gap(kind)
          ? "The error is that of the function itself, over all of the range, divided by "
            "the range.\n\nExample:\n  equiripple " +
                name + " --degrees 15,15,27 --range 50 -o my_" + name + ".hpp\n"
          : "Example:\n  equiripple " + name + " --gap 2^-8 --degrees 15,27,29 -o my_" + name +
                ".hpp\n");
  command->callback([options, &chosen] { chosen = [options] { run_sign(*options); }; });
}

}  // namespace

void add_sign_commands(CLI::App& app, std::function<void()>& chosen) {
  add_command(app, chosen, Kind::sign, "sign(x) as a composition of minimax polynomials");
  add_command(app, chosen, Kind::step, "step(x) = (1 + sign(x)) / 2");
  add_command(app, chosen, Kind::compare, "(1 + sign(a - b)) / 2: 1, 1/2 or 0 as a >, =, < b");
  add_command(app, chosen, Kind::relu, "relu(x) = max(x, 0)");
  add_command(app, chosen, Kind::abs, "|x|");
  add_command(app, chosen, Kind::max, "max(a, b)");
  add_command(app, chosen, Kind::min, "min(a, b)");
}

}  // namespace equiripple
