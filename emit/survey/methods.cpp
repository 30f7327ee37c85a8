// The list, in the order of the survey.
#include "emit/survey/methods.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "emit/make/make.hpp"
#include "emit/request/plan_words.hpp"
#include "emit/request/problem.hpp"
#include "emit/request/reading.hpp"
#include "emit/request/samples.hpp"
#include "emit/request/words.hpp"
#include "emit/simulate/ckks.hpp"
#include "generator/function/parse.hpp"

namespace equiripple {
namespace {

constexpr const char* relu = "relu";

// Degrees of minimax composites for an accuracy of so many bits, and what else reaches it.
struct PublishedAccuracy {
  int bits;
  const char* degrees;  // [LLNK20]'s composites of least depth with degrees up to 31
};
constexpr PublishedAccuracy published[] = {{4, "5"},         {5, "13"},       {6, "3,7"},
                                           {7, "7,7"},       {8, "7,15"},     {9, "15,15"},
                                           {10, "7,7,13"},   {11, "7,7,27"},  {12, "7,15,27"},
                                           {13, "15,15,27"}, {14, "15,27,29"}};

class MethodList {
 public:
  explicit MethodList(const SurveyRequest& request)
      : request_(request), function_(activation_function(request.activation)) {}

  std::vector<SurveyMethod> run() {
    if (request_.activation == relu) {
      approximation("square", "[GDLL16]", {{"method", "given"}, {"polynomial", "x^2"}});
      approximation("x^2/8 + x/2 + 1/4", "",
                    {{"method", "given"}, {"polynomial", "x^2/8 + x/2 + 1/4"}});
    }
    for (const char* degree : {"2", "4", "8"}) {
      approximation(fmt::format("least squares, degree {}", degree), "[For57]",
                    {{"method", "least-squares"}, {"degree", degree}});
    }
    if (!request_.data.empty()) {
      for (const char* degree : {"2", "4"}) {
        approximation(fmt::format("least squares on the data, degree {}", degree), "[For57]",
                      {{"method", "least-squares"}, {"degree", degree}, {"data", request_.data}});
      }
    }
    if (request_.activation == relu) {
      approximation("Taylor of softplus, degree 4", "",
                    {{"method", "taylor"}, {"degree", "4"}, {"of", "softplus(x)"}});
      approximation("Taylor of x sigmoid(x), degree 4", "",
                    {{"method", "taylor"}, {"degree", "4"}, {"of", "x*sigmoid(x)"}});
    } else {
      approximation("Taylor, degree 7", "", {{"method", "taylor"}, {"degree", "7"}});
    }
    for (const char* degree : {"7", "27"}) {
      approximation(fmt::format("Chebyshev interpolation, degree {}", degree), "[CCS19]",
                    {{"method", "chebyshev"}, {"degree", degree}});
    }
    if (request_.activation == relu) {
      for (const char* degree : {"2", "4"}) {
        approximation(fmt::format("CryptoDL, degree {}", degree), "[HTG17]",
                      {{"method", "cryptodl"}, {"degree", degree}});
      }
      approximation("SecureDL, error range / 50", "[SecureDL]",
                    {{"method", "securedl"}, {"error", fmt::format("({})/50", request_.range)}});
    }
    for (const int degree : {2, 4, 7, 15, 27}) minimax_polynomial(degree);
    if (request_.activation == relu) {
      add_direct_polynomials();
      add_composites();
    }
    return std::move(methods_);
  }

 private:
  // The best of degree 2^L - 1, for which L levels are enough: of degree 2^L - 2, since ReLU is
  // x / 2 and an even function.
  void add_direct_polynomials() {
    for (int levels = 5; levels <= 9; ++levels) {
      const int degree = (1 << levels) - 1;
      composite(fmt::format("direct minimax, degree {}", degree), "[Rem34]", "degrees",
                std::to_string(degree - 1));
    }
  }

  void add_composites() {
    for (const PublishedAccuracy& one : published) {
      composite(fmt::format("minimax composite, {} bits", one.bits), "[LLNK20]", "degrees",
                one.degrees);
    }
    for (const char* bits : {"5", "7", "10", "14"}) {
      composite(fmt::format("searched, {} bits", bits), "", "bits", bits);
    }
    for (const int bits : {5, 7, 10, 14}) {
      const int iterations =
          2 * bits - 3;  // for max of numbers in [0, 1) to so many bits [CKKLL19]
      composite(fmt::format("square-root max, {} iterations", iterations), "[CKKLL19]", "stages",
                fmt::format("{}*f1", iterations));
    }
    // The fewest for sign to 4, 8 and 12 bits at gaps of as many, with n = 4 [CKK20, section 4].
    for (const char* stages : {"4*f4", "8*f4", "11*f4", "3*g4,2*f4", "5*g4,2*f4"}) {
      composite(fmt::format("f/g composite {}", stages), "[CKK20]", "stages", stages);
    }
  }

  using Words = std::vector<std::pair<std::string, std::string>>;

  void approximation(std::string name, std::string source, const Words& words) {
    RequestRecord record = on_domain("approximate");
    for (const auto& [option, value] : words) record.options.push_back({option, {value}});
    add(std::move(name), std::move(source), std::move(record));
  }

  void minimax_polynomial(int degree) {
    RequestRecord record = on_domain("minimax");
    record.options.push_back({"degree", {std::to_string(degree)}});
    add(fmt::format("minimax, degree {}", degree), "[Rem34]", std::move(record));
  }

  void composite(std::string name, std::string source, const std::string& option,
                 const std::string& value) {
    add(std::move(name), std::move(source),
        {.command = relu, .options = {{option, {value}}, {"range", {request_.range}}}});
  }

  void add(std::string name, std::string source, RequestRecord words) {
    methods_.push_back({std::move(name), std::move(source),
                        [words = std::move(words), plan = request_.plan, read = request_.read] {
                          Outcome<Request> request = request_of(words, read);
                          if (!request) return refused(request.error());
                          plan_of(*request) = plan;
                          return make(*request, "approximation");
                        }});
  }

  RequestRecord on_domain(const char* command) const {
    return {.command = command, .options = {{"function", {function_}}, {"domain", domain()}}};
  }

  std::vector<std::string> domain() const {
    return {fmt::format("[-({0}),({0})]", request_.range)};
  }

  const SurveyRequest& request_;
  std::string function_;
  std::vector<SurveyMethod> methods_;
};

SurveyRequest read_survey(const std::vector<RequestOption>& words, const FileReader& read) {
  const GivenOptions given(survey_command(), words, read);
  SurveyRequest request{.activation = given.one("activation"),
                        .range = tidy(given.one("range")),
                        .data = given.one("data"),
                        .ckks = given.one("ckks"),
                        .read = read};
  request.reach = number_word("--range", request.range);
  if (request.reach <= 0) {
    wrong_word("--range", fmt::format(" '{}': must be above 0", given.one("range")));
  }
  const Domain domain{{-request.reach, request.reach}};
  request.function = function_word("--activation", activation_function(request.activation));
  static_cast<void>(required(problem_of(request.function, {}, domain)));
  request.parameters = ckks_word("--ckks", request.ckks);
  if (const auto file = given.file("data")) request.samples = samples_in("--data", *file, domain);
  request.plan = plan_settings(given, /*prices_everything=*/true);
  return request;
}

}  // namespace

Outcome<SurveyRequest> survey_request(const std::vector<RequestOption>& words,
                                      const FileReader& read) {
  return read_words([&] { return read_survey(words, read); });
}

std::vector<SurveyMethod> survey_methods(const SurveyRequest& request) {
  return MethodList(request).run();
}

}  // namespace equiripple
