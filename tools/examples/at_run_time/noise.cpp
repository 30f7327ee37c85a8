// What the noise of OpenFHE's ciphertexts leaves of several programs of one function, side by side:
//
//   at_run_time_noise SCALE_BITS RUNS CENTRES WIDTH PROGRAM...
//
// A program is what `equiripple emit FILE --target program` writes. Inputs lie within WIDTH of the
// integers i with |i| <= CENTRES, the same for all programs; every run has keys of its own, in a
// ring of 2^14 that is not secure. The medians of the runs are printed.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <equiripple/openfhe.hpp>
#include <equiripple/plain.hpp>
#include <equiripple/program.hpp>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

namespace {

struct Subject {
  std::string file;
  equiripple::Program program;
  std::vector<double> mean_square{};  // of each run
  std::vector<double> largest{};
};

equiripple::Program program_in(const std::string& file) {
  std::ifstream in(file);
  std::ostringstream text;
  text << in.rdbuf();
  return equiripple::Program::parse(text.str());
}

lbcrypto::CryptoContext<lbcrypto::DCRTPoly> context_for(int levels, int scale_bits) {
  lbcrypto::CCParams<lbcrypto::CryptoContextCKKSRNS> parameters;
  parameters.SetMultiplicativeDepth(static_cast<std::uint32_t>(levels));
  parameters.SetScalingModSize(static_cast<std::uint32_t>(scale_bits));
  parameters.SetFirstModSize(60);
  parameters.SetScalingTechnique(lbcrypto::FLEXIBLEAUTO);
  parameters.SetSecurityLevel(lbcrypto::HEStd_NotSet);
  parameters.SetRingDim(1 << 14);
  const auto context = lbcrypto::GenCryptoContext(parameters);
  for (const auto feature : {lbcrypto::PKE, lbcrypto::KEYSWITCH, lbcrypto::LEVELEDSHE}) {
    context->Enable(feature);
  }
  return context;
}

double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 6) {
    std::puts("at_run_time_noise SCALE_BITS RUNS CENTRES WIDTH PROGRAM...");
    return 2;
  }
  const int runs = std::max(1, std::atoi(argv[2]));
  const int centres = std::atoi(argv[3]);
  const double width = std::atof(argv[4]);
  std::vector<Subject> subjects;
  int levels = 0;
  for (int i = 5; i < argc; ++i) {
    subjects.push_back({argv[i], program_in(argv[i])});
    levels = std::max(levels, equiripple::required_levels(subjects.back().program, 1, 1));
  }
  levels += 2;  // for a range, and for a factor of the result
  std::mt19937_64 random(1);
  std::uniform_int_distribution<int> centre(-centres, centres);
  std::uniform_real_distribution<double> beside(-width, width);
  for (int run = 0; run < runs; ++run) {
    const auto context = context_for(levels, std::atoi(argv[1]));
    const auto keys = context->KeyGen();
    context->EvalMultKeyGen(keys.secretKey);
    std::vector<double> x(1 << 13);
    for (double& value : x) value = centre(random) + beside(random);
    const auto input = context->Encrypt(keys.publicKey, context->MakeCKKSPackedPlaintext(x));
    for (Subject& subject : subjects) {
      equiripple::openfhe_backend he(context);
      lbcrypto::Plaintext plain;
      context->Decrypt(keys.secretKey, equiripple::evaluate(subject.program, he, input), &plain);
      plain->SetLength(x.size());
      const std::vector<double> results = plain->GetRealPackedValue();
      equiripple::plain clear;
      double sum = 0;
      double largest = 0;
      for (std::size_t i = 0; i < x.size(); ++i) {
        const double noise = results[i] - equiripple::evaluate(subject.program, clear, x[i]);
        sum += noise * noise;
        largest = std::max(largest, std::abs(noise));
      }
      subject.mean_square.push_back(sum / static_cast<double>(x.size()));
      subject.largest.push_back(largest);
    }
  }
  for (const Subject& subject : subjects) {
    std::printf("%s: noise 2^%.2f in the root mean square, 2^%.2f at most\n", subject.file.c_str(),
                std::log2(median(subject.mean_square)) / 2, std::log2(median(subject.largest)));
  }
  return 0;
}
