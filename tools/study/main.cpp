// equiripple-study: ReLU approximations side by side in a network for handwritten digits.
//
//   equiripple-study --data DIR [--seeds 3] [--encrypted [--images 512]] [--json FILE]
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <new>

#include "emit/failure.hpp"
#include "tools/cli/files.hpp"
#include "tools/cli/output.hpp"
#include "tools/cli/progress.hpp"
#include "tools/study/deep/study.hpp"
#include "tools/study/report.hpp"
#include "tools/study/study.hpp"

namespace {

using namespace equiripple;
using namespace equiripple::study;

struct Options {
  StudyRequest request;
  std::string json;
  std::string report;
};

void add_options(CLI::App& app, Options& options) {
  StudyRequest& request = options.request;
  app.add_option("--data", request.data, "folder with the four files of MNIST, as they are or .gz")
      ->required()
      ->type_name("DIR");
  app.add_option("--activations", request.activations,
                 "of the network: 1, where each method takes ReLU's place; or more, where choices "
                 "for all of them are compared")
      ->check(CLI::Range(1, 3))
      ->capture_default_str();
  app.add_option("--seeds", request.seeds, "networks to train, each from another seed")
      ->check(CLI::Range(1, 100))
      ->capture_default_str();
  app.add_option("--seed", request.first_seed, "the first")->capture_default_str();
  app.add_option("--epochs", request.epochs, "of training")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  std::string names;
  for (const Method& method : all_methods()) {
    names += (names.empty() ? "" : ", ") + std::string(method.facts.name);
  }
  app.add_option("--only", request.only, "some activations, with commas between: " + names)
      ->type_name("NAME,...");
  app.add_flag("--encrypted", request.encrypted, "also on ciphertexts, with the first network");
  app.add_option("--images", request.images, "test images on ciphertexts")
      ->check(CLI::Range(1, 100'000))
      ->capture_default_str();
  std::string libraries;
  for (const std::string& library : encryption_libraries()) {
    libraries += (libraries.empty() ? "" : ", ") + library;
  }
  app.add_option("--library", request.library,
                 "for ciphertexts: " + libraries + "; default: the first")
      ->type_name("NAME");
  app.add_option("--ring", request.log2_ring,
                 "log2 of the ring dimension; the run says whether it is secure for the levels")
      ->check(CLI::Range(12, 16))
      ->capture_default_str();
  app.add_option("--json", options.json, "also write all numbers to a file")->type_name("FILE");
  app.add_option("-o,--output", options.report, "also write a report with pictures, an HTML page")
      ->type_name("FILE.html");
  app.footer(
      "The network (convolution, activation, fully connected layer) is trained with ReLU, then "
      "each\n"
      "activation takes ReLU's place. With --activations 2 or 3 there is a fully connected layer "
      "of "
      "32 neurons\n"
      "for each more, and the choice of `equiripple network` is compared with the same polynomial "
      "everywhere and\n"
      "with choices by hand. Times are of one thread.\n");
}

int run_deep(const Options& options) {
  if (!options.report.empty() || !options.request.only.empty()) {
    wrong_word("--activations",
               ": with more than one there are choices in place of methods, and no page: "
               "leave out --only and --output");
  }
  DeepResults results;
  {
    Progress progress;
    results =
        run_deep_study(options.request, [&](const std::string& what) { progress.show(what); });
  }
  if (!options.json.empty()) write_file(options.json, json_text(results));
  write_output(table_text(results));
  return 0;
}

int run(int argc, char** argv) {
  Options options;
  CLI::App app(
      "Accuracy of a network for handwritten digits when polynomials take the place of ReLU",
      "equiripple-study");
  add_options(app, options);
  try {
    app.parse(argc, argv);
  } catch (const CLI::Success& success) {
    return app.exit(success);
  } catch (const CLI::ParseError& error) {
    wrong_request(error.what());
  }
  for (const std::string& path : {options.json, options.report}) {
    if (!path.empty()) require_folder(path);  // before minutes of work
  }
  if (options.request.activations > 1) return run_deep(options);
  StudyResults results;
  {
    Progress progress;
    results = run_study(options.request, [&](const std::string& what) { progress.show(what); });
  }
  if (!options.json.empty()) write_file(options.json, json_text(results));
  if (!options.report.empty()) write_file(options.report, report_page(results));
  write_output(table_text(results));
  return 0;
}

int report(Status status, const std::string& message) {
  fmt::print(stderr, "equiripple-study: {}\n", message);
  return static_cast<int>(status);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return run(argc, argv);
  } catch (const Failure& failure) {
    return report(failure.status(), failure.what());
  } catch (const std::bad_alloc&) {
    return report(Status::machine_failed, "out of memory");
  } catch (const std::exception& error) {
    return report(Status::machine_failed, error.what());
  }
}
