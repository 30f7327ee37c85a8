// Backends of OpenFHE with their own key switch, rescaling and products, on vectors: the same
// results to the bit as those of openfhe.hpp in less time.
//
//   equiripple::openfhe_fast_backend he(context);
//   lbcrypto::Ciphertext<lbcrypto::DCRTPoly> y = relu::evaluate(he, x);
//
// For processors with AVX-512 and its products of 52 bits (IFMA), which are looked for when the
// program runs: it needs no flag of the compiler. Elsewhere, and in contexts that the vectors do
// not know, the operations are those of openfhe.hpp; why_not_fast() says why.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "openfhe.hpp"
#include "openfhe_vectors.hpp"

namespace equiripple {
namespace detail {

template <class Backend>
class OpenFheFast : public Backend {
 public:
  using typename Backend::Ciphertext;
  using typename Backend::Element;

  /// As the backend is constructed. What the vectors give is compared with what the library gives,
  /// for one random product, which takes the time of some key switches and the memory of a key:
  /// throws evaluation_error where it differs.
  template <class... Arguments>
  explicit OpenFheFast(const lbcrypto::CryptoContext<Element>& context, Arguments&&... arguments)
      : Backend(context, std::forward<Arguments>(arguments)...),
        why_not_(why_without_vectors(this->parameters(), this->fusion())) {
#ifdef EQUIRIPPLE_HAS_VECTORS
    if (!is_fast()) return;
    const auto vectors =
        std::make_shared<const OpenFheVectors>(vector_primes_of(this->parameters()));
    require_agreement(*vectors, this->fusion(), *context, this->parameters());
    vectors_ = vectors;
#endif
  }

  /// Whether the vectors take part.
  bool is_fast() const { return why_not_.empty(); }
  /// Why they do not, in a few words; empty where they do.
  const std::string& why_not_fast() const { return why_not_; }

#ifdef EQUIRIPPLE_HAS_VECTORS
  Ciphertext multiply(const Ciphertext& x, const Ciphertext& y) const {
    // Of different levels the library says what it says.
    if (!is_fast() || this->level(x) != this->level(y)) return Backend::multiply(x, y);
    auto components = vectors_->multiply(x->GetElements(), y->GetElements());
    return Backend::product(x, y, std::move(components[0]), std::move(components[1]),
                            std::move(components[2]));
  }
  Ciphertext square(const Ciphertext& x) const {
    if (!is_fast()) return Backend::square(x);
    return multiply(x, x);
  }
  Ciphertext rescale(Ciphertext x) const {
    if (!is_fast() || this->level(x) < 1) return Backend::rescale(std::move(x));
    this->own(x);
    const double scale = x->GetScalingFactor() / this->modulus_at(this->level(x));
    vectors_->rescale(x->GetElements());
    return a_level_lower(std::move(x), scale);
  }
  Ciphertext relinearize_and_rescale(Ciphertext x) const {
    if (!is_fast() || this->level(x) < 1) {
      return Backend::relinearize_and_rescale(std::move(x));
    }
    this->own(x);
    const double scale = x->GetScalingFactor() / this->modulus_at(this->level(x));
    const auto& keys = lbcrypto::CryptoContextImpl<Element>::GetEvalMultKeyVector(x->GetKeyTag());
    vectors_->divide_once(x->GetElements(), keys.at(0)->GetBVector(), keys.at(0)->GetAVector());
    return a_level_lower(std::move(x), scale);
  }
#endif

 private:
#ifdef EQUIRIPPLE_HAS_VECTORS
  static Ciphertext a_level_lower(Ciphertext x, double scale) {
    x->SetNoiseScaleDeg(x->GetNoiseScaleDeg() - 1);
    x->SetLevel(x->GetLevel() + 1);
    x->SetScalingFactor(scale);
    return x;
  }

  std::shared_ptr<const OpenFheVectors> vectors_;
#endif
  std::string why_not_;
};

}  // namespace detail

/// openfhe_backend on vectors.
using openfhe_fast_backend = detail::OpenFheFast<openfhe_backend>;
/// openfhe_bootstrapping_backend on vectors: all but EvalBootstrap itself.
using openfhe_fast_bootstrapping_backend = detail::OpenFheFast<openfhe_bootstrapping_backend>;

}  // namespace equiripple
