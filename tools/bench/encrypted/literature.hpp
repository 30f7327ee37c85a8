// How the literature evaluates odd Chebyshev series on SEAL: odd baby steps and giant steps
// [LLNK20] in the fewest levels, every product relinearised and rescaled at once, scalars encoded
// as plaintexts when they are needed, scales taken for the nominal one.
#pragma once

#include <seal/seal.h>

#include <cmath>
#include <map>
#include <utility>
#include <vector>

namespace equiripple::bench {

class LiteratureSchedule {
 public:
  LiteratureSchedule(const seal::SEALContext& context, const seal::RelinKeys& keys,
                     const seal::CKKSEncoder& encoder, double scale)
      : context_(context), keys_(keys), encoder_(encoder), evaluator_(context), scale_(scale) {}

  /// Of a series on [-1, 1] of degree 3 or more.
  seal::Ciphertext series(const seal::Ciphertext& x, const std::vector<double>& coefficients) {
    powers_.clear();
    powers_.emplace(1, x);
    const int degree = static_cast<int>(coefficients.size()) - 1;
    // The power of two at or above sqrt(d + 1): the fewest products in the fewest levels.
    int baby = 2;
    while (baby * baby < degree + 1) baby *= 2;
    return part(coefficients, baby, depth_of(degree + 1));
  }

  seal::Ciphertext product(const seal::Ciphertext& x, const seal::Ciphertext& y) {
    seal::Ciphertext left = x;
    seal::Ciphertext right = y;
    level(left, right);
    seal::Ciphertext result;
    evaluator_.multiply(left, right, result);
    evaluator_.relinearize_inplace(result, keys_);
    rescale(result);
    ++key_switches;
    return result;
  }

  int key_switches = 0;

 private:
  // Levels that T_k consumes.
  static int depth_of(int k) {
    int depth = 0;
    while ((1 << depth) < k) ++depth;
    return depth;
  }

  // In so many levels. A sum of scalar products where they suffice and no T_k above the baby steps
  // is asked for; else divides by T_g, g the largest power of two that fits: c = q T_g + r.
  seal::Ciphertext part(const std::vector<double>& c, int baby, int levels) {
    const int degree = static_cast<int>(c.size()) - 1;
    if (degree < baby && depth_of(degree) < levels) return linear(c);
    int giant = 1;
    while (2 * giant <= degree) giant *= 2;
    const std::size_t g = static_cast<std::size_t>(giant);
    std::vector<double> quotient(c.size() - g, 0.0);
    std::vector<double> rest(c.begin(), c.begin() + giant);
    for (std::size_t k = c.size(); k-- > g;) {
      quotient[k - g] += (k == g ? 1 : 2) * c[k];
      if (k > g) rest[2 * g - k] -= c[k];
    }
    seal::Ciphertext high = product(part(quotient, baby, levels - 1), power(giant));
    seal::Ciphertext low = part(trimmed(rest), baby, levels);
    level(high, low);
    evaluator_.add_inplace(high, low);
    return high;
  }

  static std::vector<double> trimmed(std::vector<double> c) {
    while (c.size() > 1 && c.back() == 0) c.pop_back();
    return c;
  }

  // The sum of c_k T_k, rescaled once.
  seal::Ciphertext linear(const std::vector<double>& c) {
    std::vector<seal::Ciphertext> terms;
    for (std::size_t k = 1; k < c.size(); ++k) {
      if (c[k] == 0) continue;
      seal::Ciphertext term = power(static_cast<int>(k));
      seal::Plaintext scalar;
      encoder_.encode(c[k], term.parms_id(), scale_, scalar);
      evaluator_.multiply_plain_inplace(term, scalar);
      rescale(term);
      terms.push_back(std::move(term));
    }
    seal::Ciphertext sum = std::move(terms.front());
    for (std::size_t i = 1; i < terms.size(); ++i) {
      level(sum, terms[i]);
      evaluator_.add_inplace(sum, terms[i]);
    }
    if (c[0] != 0) shift(sum, c[0]);
    return sum;
  }

  // T_k = 2 T_a T_b - T_{a-b}, with a the half of k rounded up; even ones by doubling.
  const seal::Ciphertext& power(int k) {
    const auto found = powers_.find(k);
    if (found != powers_.end()) return found->second;
    int a = (k + 1) / 2;
    if (k % 2 == 1) {  // an odd one from the largest doubling below it
      a = 1;
      while (2 * a < k) a *= 2;
    }
    const int b = k - a;
    seal::Ciphertext twice = product(power(a), power(b));
    evaluator_.add_inplace(twice, twice);
    if (a == b) {
      shift(twice, -1);
    } else {
      seal::Ciphertext lower = power(std::abs(a - b));
      level(twice, lower);
      evaluator_.sub_inplace(twice, lower);
    }
    return powers_.emplace(k, std::move(twice)).first->second;
  }

  void shift(seal::Ciphertext& x, double c) {
    seal::Plaintext scalar;
    encoder_.encode(c, x.parms_id(), x.scale(), scalar);
    evaluator_.add_plain_inplace(x, scalar);
  }

  void rescale(seal::Ciphertext& x) {
    evaluator_.rescale_to_next_inplace(x);
    x.scale() = scale_;
  }

  void level(seal::Ciphertext& x, seal::Ciphertext& y) {
    const auto index = [&](const seal::Ciphertext& z) {
      return context_.get_context_data(z.parms_id())->chain_index();
    };
    if (index(x) > index(y)) evaluator_.mod_switch_to_inplace(x, y.parms_id());
    if (index(y) > index(x)) evaluator_.mod_switch_to_inplace(y, x.parms_id());
  }

  const seal::SEALContext& context_;
  const seal::RelinKeys& keys_;
  const seal::CKKSEncoder& encoder_;
  seal::Evaluator evaluator_;
  double scale_;
  std::map<int, seal::Ciphertext> powers_;
};

}  // namespace equiripple::bench
