// Words and tables of the page; its pictures are in report_pictures.cpp.
#include "tools/study/report.hpp"
#include "emit/describe.hpp"

#include <fmt/format.h>

#include "emit/picture/chart.hpp"
#include "emit/picture/page.hpp"
#include "tools/study/encrypted/layout.hpp"
#include "tools/study/report_pictures.hpp"

namespace equiripple::study {
namespace {

void add_introduction(Page& page, const StudyResults& results) {
  page.add_paragraph(
      "On data encrypted with CKKS a network can only add and multiply. Its activation, ReLU(x) = "
      "max(x, 0), has to become a polynomial. This page compares polynomials by what they leave of "
      "a network's accuracy, by the levels that they take (multiplications in a row, of which a "
      "ciphertext bears few), and, where it was run, by the time on ciphertexts.");
  page.add_heading("What is compared");
  page.add_paragraph(fmt::format(
      "One small network reads images of 28 by 28 pixels, scaled to [0, 1], of the MNIST database: "
      "a convolution ({} kernels of {} by {} pixels, {} pixels apart, {} positions), the "
      "activation, "
      "a fully connected layer to ten scores, of which the largest is the answer. It is trained "
      "with ReLU, followed by softmax, on {} images for {} epochs. Then, without further training, "
      "each polynomial takes the place of ReLU, and the right answers on {} other images are "
      "counted. Accuracies are means over networks trained from {}, with the standard "
      "deviation.",
      maps, kernel_side, kernel_side, stride, positions, results.training_images, results.epochs,
      results.test_images, plural(static_cast<int>(results.seeds.size()), "random seed")));
  page.add_paragraph(fmt::format(
      "Each polynomial approximates ReLU on the range [-{}, {}], chosen once for all networks. "
      "equiripple computed it, proved its error bound and wrote the C++ header that is evaluated "
      "here, "
      "on plain numbers and on ciphertexts. {}",
      approximated_range(), approximated_range(), range_text(results)));
  page.add_paragraph(fmt::format(
      "The column \"at data's range\" repeats the test with the range shrunk to the largest input "
      "of "
      "the training images, for those polynomials that depend on a range. The column \"survey\" is "
      "what a published survey reports, for a network of its own, whose ReLU reached {:.2f} %.",
      relu_survey));
}

PageTable accuracy_table(const StudyResults& results) {
  PageTable table{.head = {"", "activation", "idea", "levels", "largest error", "accuracy, %",
                           "at data's range", "survey"},
                  .rows = {}};
  table.rows.push_back({"", "ReLU, as trained", "", "", "0", percent_text(relu_accuracy(results)),
                        "", fmt::format("{:.2f}", relu_survey)});
  for (std::size_t i = 0; i < results.methods.size(); ++i) {
    const MethodFacts& facts = results.methods[i].facts;
    table.rows.push_back({std::to_string(i + 1), facts.title, facts.source,
                          std::to_string(results.methods[i].levels),
                          fmt::format("{:.3g}", largest_error(results.methods[i])),
                          percent_text(accuracy_of(results, i)),
                          facts.fitted ? percent_text(fitted_accuracy_of(results, i)) : "",
                          facts.survey > 0 ? fmt::format("{:.2f}", facts.survey) : ""});
  }
  return table;
}

void add_encrypted_words(Page& page, const StudyResults& results) {
  const EncryptedResult& first = results.encrypted.front();
  page.add_paragraph(fmt::format(
      "The same inference on encrypted images, with the library \"{}\", the network of seed {}, "
      "one "
      "thread: a batch is {} images, side by side in the slots of ciphertexts; {} test images were "
      "run. The client encrypts the pixels under each kernel tap; the convolution is a sum of "
      "scalar "
      "multiples, the activation the emitted header, the fully connected layer a sum of products "
      "with plain weights and {} rotations for each score. Only the activation takes levels. Keys "
      "and encryption are not in the times.",
      results.library, results.seeds.front().seed, first.batch, first.images,
      Layout::rotations().size()));
  page.add_paragraph(
      "\"plain\" is the accuracy of the same polynomial on the same images without encryption; "
      "\"differ\" counts the images whose answer encryption changed; \"bits\" is log2 of the "
      "largest "
      "score over the largest error of a score; \"modulus\" is the bits of all primes.");
}

PageTable encrypted_table(const StudyResults& results) {
  PageTable table{.head = {"activation", "levels", "accuracy, %", "plain, %", "differ", "s a batch",
                           "ms an image", "bits", "modulus", "secure"},
                  .rows = {}};
  for (const EncryptedResult& result : results.encrypted) {
    table.rows.push_back(
        {result.facts.title, std::to_string(result.levels), fmt::format("{:.2f}", result.accuracy),
         fmt::format("{:.2f}", result.plain_accuracy), std::to_string(result.differences.size()),
         fmt::format("{:.2f}", result.run_seconds),
         fmt::format("{:.1f}", 1000 * result.run_seconds / result.batch),
         fmt::format("{:.1f}", result.bits), fmt::format("{:.0f}", result.modulus_bits),
         result.is_secure() ? "yes" : "no"});
  }
  return table;
}

void add_encrypted_remarks(Page& page, const StudyResults& results) {
  const EncryptedResult& first = results.encrypted.front();
  page.add_paragraph(fmt::format(
      "Ring dimension 2^{}: for 128 bits of security the modulus may have {} bits (the table of "
      "the "
      "Homomorphic Encryption Standard). Where \"secure\" says no, the ring is too small for the "
      "modulus: the time is a measurement, and nothing is protected.",
      first.log2_ring, first.secure_modulus_bits));
  if (results.library == "simulated") {
    page.add_paragraph(
        "Simulated: levels and noise as in CKKS, no cryptography; times mean nothing.");
  }
  PageTable table{.head = {"activation", "image", "right", "plain answer", "its margin",
                           "encrypted answer", "its margin"},
                  .rows = {}};
  for (const EncryptedResult& result : results.encrypted) {
    for (const Difference& difference : result.differences) {
      table.rows.push_back(
          {result.facts.title, std::to_string(difference.image), std::to_string(difference.right),
           std::to_string(difference.plain_label), fmt::format("{:.3g}", difference.plain_margin),
           std::to_string(difference.encrypted_label),
           fmt::format("{:.3g}", difference.encrypted_margin)});
    }
  }
  if (table.rows.empty()) return;
  page.add_paragraph(
      "Answers that encryption changed; a margin is the largest score less the second:");
  page.add_table(table);
}

std::string commands(const StudyResults& results) {
  std::string text;
  for (std::size_t i = 0; i < results.methods.size(); ++i) {
    text += fmt::format("{:>2}  {}\n", i + 1, results.methods[i].facts.command);
  }
  return text;
}

}  // namespace

std::string report_page(const StudyResults& results) {
  Page page("ReLU approximations in a network for handwritten digits");
  add_introduction(page, results);
  page.add_heading("Accuracy");
  page.add_table(accuracy_table(results));
  page.add_markup(to_svg_element(accuracy_chart(results)));
  page.add_markup(to_svg_element(loss_chart(results)));
  if (!results.encrypted.empty()) {
    page.add_heading("On ciphertexts");
    add_encrypted_words(page, results);
    page.add_table(encrypted_table(results));
    add_encrypted_remarks(page, results);
    page.add_markup(to_svg_element(latency_chart(results)));
  }
  page.add_heading("The activations that the survey compares");
  page.add_paragraph(
      "A good one bends at 0 as ReLU does. A Taylor polynomial is right near 0 only, and the "
      "square "
      "nowhere; what saves some accuracy with these is that the network's inputs are mostly "
      "small.");
  page.add_markup(to_svg_element(activation_chart(results)));
  page.add_markup(to_svg_element(error_chart(results)));
  page.add_heading("The polynomials again");
  page.add_paragraph(
      "Each command prints what is known of a polynomial; with -o NAME.hpp it writes the header.");
  page.add_code(commands(results));
  return page.html();
}

}  // namespace equiripple::study
