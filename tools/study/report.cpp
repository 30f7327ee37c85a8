// Words and tables of the page; its pictures are in report_pictures.cpp.
#include "tools/study/report.hpp"

#include <fmt/format.h>

#include "tools/study/chart.hpp"
#include "tools/study/report_pictures.hpp"

namespace equiripple::study {
namespace {

constexpr const char* head = R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>ReLU approximations in a network</title>
<style>
body{font:16px/1.5 sans-serif;color:#222;background:#fff;max-width:900px;margin:2em auto;padding:0 1em}
h1{font-size:1.6em}h2{font-size:1.25em;margin-top:2em}
table{border-collapse:collapse;font-size:.9em;width:100%}
th,td{padding:.25em .6em;text-align:right;border-bottom:1px solid #ddd;vertical-align:top}
th:nth-child(2),td:nth-child(2){text-align:left}th{border-bottom:2px solid #888}
td small{color:#666}svg{width:100%;height:auto}svg text{font:12px sans-serif;fill:#333}
.grid{stroke:#e4e4e4;fill:none}pre{overflow-x:auto;font-size:.8em;background:#f6f6f6;padding:.8em}
.warn{color:#a00000;font-weight:bold}
</style></head><body>
)";

std::string introduction(const StudyResults& results) {
  return fmt::format(
      R"(<h1>ReLU approximations in a network for handwritten digits</h1>
<p>On data encrypted with CKKS a network can only add and multiply. Its activation, ReLU(x) = max(x, 0),
has to become a polynomial. This page compares polynomials by what they leave of a network's accuracy,
by the multiplicative levels that they take, and, where it was run, by the time on ciphertexts.</p>
<p><b>What is compared.</b> One small network reads images of 28 by 28 pixels, scaled to [0, 1], of the
MNIST database: a convolution ({} kernels of 5 by 5 pixels, two pixels apart, 144 positions), the
activation, a fully connected layer to ten scores; the largest score is the answer. It is trained with
ReLU on {} images for {} epochs. Then, without any further training, each polynomial takes the place of
ReLU, and the answers on {} other images are counted. Every number is the mean over {} networks trained
from different random seeds, with the standard deviation.</p>
<p><b>How.</b> Each polynomial approximates ReLU on the range [-{}, {}]; equiripple computed it, proved
its error bound and wrote the C++ header that is evaluated here. {} The column
<i>at the data's range</i> repeats the test with the range shrunk to the largest input of the training
images, for those polynomials that depend on a range. <i>Survey</i> is the accuracy that a published
survey reports for the method, on a network of its own, whose ReLU reached {:.2f} %.</p>
)",
      maps, results.training_images, results.epochs, results.test_images, results.seeds.size(),
      approximated_range(), approximated_range(), escaped(range_text(results)), relu_survey);
}

std::string accuracy_table(const StudyResults& results) {
  std::string text =
      "<h2>Accuracy</h2>\n<table><tr><th>No.</th><th>Activation</th><th>Levels</th>"
      "<th>Largest error</th><th>Accuracy, %</th><th>At the data's "
      "range</th><th>Survey</th></tr>\n";
  text += fmt::format(
      "<tr><td></td><td>ReLU, as trained</td><td></td><td>0</td><td>{}</td><td></td>"
      "<td>{:.2f}</td></tr>\n",
      percent_text(relu_accuracy(results)), relu_survey);
  for (std::size_t i = 0; i < results.methods.size(); ++i) {
    const Method& method = results.methods[i];
    text += fmt::format(
        "<tr><td>{}</td><td>{}<br><small>{}</small></td><td>{}</td><td>{:.3g}</td><td>{}</td>"
        "<td>{}</td><td>{}</td></tr>\n",
        i + 1, escaped(method.facts.title), escaped(method.facts.source), method.levels,
        largest_error(method), percent_text(accuracy_of(results, i)),
        method.facts.fitted ? percent_text(fitted_accuracy_of(results, i)) : "",
        method.facts.survey > 0 ? fmt::format("{:.2f}", method.facts.survey) : "");
  }
  return text + "</table>\n";
}

std::string difference_list(const EncryptedResult& result) {
  std::string text;
  for (const Difference& difference : result.differences) {
    text += fmt::format(
        "<li>{}, image {}: {} on plain numbers (margin {:.3g}), {} on ciphertexts (margin {:.3g}); "
        "right is {}.</li>\n",
        escaped(result.facts.title), difference.image, difference.plain_label,
        difference.plain_margin, difference.encrypted_label, difference.encrypted_margin,
        difference.right);
  }
  return text;
}

std::string security_text(const EncryptedResult& first, bool all_secure) {
  std::string text = fmt::format(
      "<p>Ring dimension 2^{}: for 128 bits of security the modulus may have {} bits (the table of "
      "the "
      "Homomorphic Encryption Standard).",
      first.log2_ring, first.secure_modulus_bits);
  if (!all_secure) {
    text +=
        " <span class=\"warn\">Where the modulus is marked, this ring is not secure</span>: the "
        "time "
        "is a measurement, to be run again in a larger ring before it protects anything.";
  }
  return text + "</p>\n";
}

std::string encrypted_part(const StudyResults& results) {
  const EncryptedResult& first = results.encrypted.front();
  std::string text = fmt::format(
      R"(<h2>On ciphertexts</h2>
<p>The same inference on encrypted images, with the library "{}", the network of seed {}, one thread: {}
images at a time in the slots of the ciphertexts, {} of them from the test images. The client encrypts the
pixels under each kernel tap; the convolution is a sum of scalar multiples, the activation the emitted
header, the fully connected layer a sum of products with plain weights and four rotations. Only the
activation takes levels. Neither keys nor encryption are in the times. <i>Plain</i> is the accuracy of the same
polynomial on the same images without encryption; <i>differ</i> counts the images whose answer encryption
changed; <i>bits</i> is the logarithm (base 2) of the largest score over the largest error of a score.</p>
)",
      escaped(results.library), results.seeds.front().seed, first.batch, first.images);
  text +=
      "<table><tr><th></th><th>Activation</th><th>Levels</th><th>Accuracy, %</th><th>Plain, %</th>"
      "<th>Differ</th><th>s a batch</th><th>ms an image</th><th>Bits</th><th>Modulus, "
      "bits</th></tr>\n";
  bool all_secure = true;
  std::string differences;
  for (const EncryptedResult& result : results.encrypted) {
    all_secure = all_secure && result.is_secure();
    differences += difference_list(result);
    text += fmt::format(
        "<tr><td></td><td>{}</td><td>{}</td><td>{:.2f}</td><td>{:.2f}</td><td>{}</td><td>{:.2f}</"
        "td>"
        "<td>{:.1f}</td><td>{:.1f}</td><td{}>{:.0f}</td></tr>\n",
        escaped(result.facts.title), result.levels, result.accuracy, result.plain_accuracy,
        result.differences.size(), result.run_seconds, 1000 * result.run_seconds / result.batch,
        result.bits, result.is_secure() ? "" : " class=\"warn\"", result.modulus_bits);
  }
  text += "</table>\n" + security_text(first, all_secure);
  if (results.library == "simulated") {
    text +=
        "<p class=\"warn\">Simulated: levels and noise as in CKKS, no cryptography; times mean "
        "nothing.</p>\n";
  }
  if (!differences.empty()) {
    text +=
        "<p>Answers that encryption changed; a margin is the largest score less the "
        "second:</p><ul>\n" +
        differences + "</ul>\n";
  }
  return text + latency_picture(results);
}

std::string commands(const StudyResults& results) {
  std::string text =
      "<h2>The polynomials again</h2>\n<p>Each command prints what is known of a polynomial; with "
      "<code>-o NAME.hpp</code> it writes the header.</p>\n<pre>";
  for (std::size_t i = 0; i < results.methods.size(); ++i) {
    text += fmt::format("{:>2}  {}\n", i + 1, escaped(results.methods[i].facts.command));
  }
  return text + "</pre>\n";
}

}  // namespace

std::string report_page(const StudyResults& results) {
  std::string page =
      head + introduction(results) + accuracy_table(results) + levels_picture(results);
  if (!results.encrypted.empty()) page += encrypted_part(results);
  return page + curves(results) + commands(results) + "</body></html>\n";
}

}  // namespace equiripple::study
