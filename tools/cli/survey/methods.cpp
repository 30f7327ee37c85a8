// The list, in the order of the survey.
#include "tools/cli/survey/methods.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "generator/function/parse.hpp"
#include "tools/cli/approximate/options.hpp"
#include "tools/cli/pipeline.hpp"
#include "tools/cli/polynomial/problem.hpp"
#include "tools/cli/sign/options.hpp"
#include "tools/cli/words.hpp"

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
      approximation("square", "[GDLL16]", {.method = "given", .polynomial = "x^2"});
      approximation("x^2/8 + x/2 + 1/4", "",
                    {.method = "given", .polynomial = "x^2/8 + x/2 + 1/4"});
    }
    for (const char* degree : {"2", "4", "8"}) {
      approximation(fmt::format("least squares, degree {}", degree), "[For57]",
                    {.method = "least-squares", .degree = degree});
    }
    if (!request_.data.empty()) {
      for (const char* degree : {"2", "4"}) {
        approximation(fmt::format("least squares on the data, degree {}", degree), "[For57]",
                      {.method = "least-squares", .degree = degree, .data = request_.data});
      }
    }
    if (request_.activation == relu) {
      approximation("Taylor of softplus, degree 4", "",
                    {.method = "taylor", .degree = "4", .of = "softplus(x)"});
      approximation("Taylor of x sigmoid(x), degree 4", "",
                    {.method = "taylor", .degree = "4", .of = "x*sigmoid(x)"});
    } else {
      approximation("Taylor, degree 7", "", {.method = "taylor", .degree = "7"});
    }
    for (const char* degree : {"7", "27"}) {
      approximation(fmt::format("Chebyshev interpolation, degree {}", degree), "[CCS19]",
                    {.method = "chebyshev", .degree = degree});
    }
    if (request_.activation == relu) {
      for (const char* degree : {"2", "4"}) {
        approximation(fmt::format("CryptoDL, degree {}", degree), "[HTG17]",
                      {.method = "cryptodl", .degree = degree});
      }
      approximation("SecureDL, error range / 50", "[SecureDL]",
                    {.method = "securedl", .error = fmt::format("({})/50", request_.range)});
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
      composite(fmt::format("direct minimax, degree {}", degree), "[Rem34]",
                {.degrees = std::to_string(degree - 1)});
    }
  }

  void add_composites() {
    for (const PublishedAccuracy& one : published) {
      composite(fmt::format("minimax composite, {} bits", one.bits), "[LLNK20]",
                {.degrees = one.degrees});
    }
    for (const char* bits : {"5", "7", "10", "14"}) {
      composite(fmt::format("searched, {} bits", bits), "", {.bits = bits});
    }
    for (const int bits : {5, 7, 10, 14}) {
      const int iterations =
          2 * bits - 3;  // for max of numbers in [0, 1) to so many bits [CKKLL19]
      composite(fmt::format("square-root max, {} iterations", iterations), "[CKKLL19]",
                {.stages = fmt::format("{}*f1", iterations)});
    }
    // The fewest for sign to 4, 8 and 12 bits at gaps of as many, with n = 4 [CKK20, section 4].
    for (const char* stages : {"4*f4", "8*f4", "11*f4", "3*g4,2*f4", "5*g4,2*f4"}) {
      composite(fmt::format("f/g composite {}", stages), "[CKK20]", {.stages = stages});
    }
  }

  void approximation(std::string name, std::string source, ApproximateOptions options) {
    options.function = function_;
    options.domain = domain();
    methods_.push_back({std::move(name), std::move(source), [options, plan = request_.plan] {
                          ApproximationRequest request = approximation_request(options);
                          request.plan = plan;
                          Identity identity = identity_of("approximate");
                          record(options, identity.request);
                          return make_approximation(request, identity);
                        }});
  }

  void minimax_polynomial(int degree) {
    methods_.push_back({fmt::format("minimax, degree {}", degree), "[Rem34]",
                        [degree, function = function_, words = domain(), plan = request_.plan] {
                          PolynomialRequest request;
                          request.problem = problem_of(function_word("--activation", function), {},
                                                       domain_words("--range", words));
                          request.problem.parity = parity_of_problem("auto", request.problem);
                          request.degree = degree;
                          request.plan = plan;
                          Identity identity = identity_of("minimax");
                          identity.request.options = {{"function", {function}},
                                                      {"domain", words},
                                                      {"degree", {std::to_string(degree)}}};
                          return make_polynomial(request, identity);
                        }});
  }

  void composite(std::string name, std::string source, SignOptions options) {
    options.range = request_.range;
    methods_.push_back({std::move(name), std::move(source), [options, plan = request_.plan] {
                          SignRequest request = sign_request(Kind::relu, options);
                          request.plan = plan;
                          Identity identity = identity_of("relu");
                          record(options, identity.request);
                          return make_sign(request, identity);
                        }});
  }

  static Identity identity_of(const char* command) {
    return {.name = "approximation", .request = {.command = command, .options = {}}};
  }

  std::vector<std::string> domain() const {
    return {fmt::format("[-({0}),({0})]", request_.range)};
  }

  const SurveyRequest& request_;
  std::string function_;
  std::vector<SurveyMethod> methods_;
};

}  // namespace

std::string activation_function(const std::string& activation) {
  const auto goes_on = [](char c) {
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
  };
  const bool is_name = !activation.empty() && std::ranges::all_of(activation, goes_on) &&
                       std::isdigit(static_cast<unsigned char>(activation.front())) == 0;
  return is_name && !parse_function(activation).value ? activation + "(x)" : activation;
}

std::vector<SurveyMethod> survey_methods(const SurveyRequest& request) {
  return MethodList(request).run();
}

}  // namespace equiripple
