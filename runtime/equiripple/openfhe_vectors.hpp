// The polynomials of OpenFHE for vector_ring.hpp, and what it gives compared with what the library
// gives.
#pragma once

#include <openfhe.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <type_traits>
#include <vector>

#include "errors.hpp"
#include "openfhe_fused.hpp"
#include "vector_ring.hpp"

namespace equiripple {
namespace detail {

using OpenFheParameters = lbcrypto::CryptoParametersCKKSRNS;

/// Why the vectors cannot take part, in a few words; empty where they can. `fusion` is the
/// context's.
inline std::string why_without_vectors(const OpenFheParameters& parameters,
                                       const OpenFheFusion& fusion) {
#ifndef EQUIRIPPLE_HAS_VECTORS
  return "compiled for another processor than x86-64, or by another compiler than GCC and Clang";
#endif
#ifdef WITH_REDUCED_NOISE
  return "OpenFHE is built with WITH_REDUCED_NOISE";
#endif
  constexpr std::size_t smallest_ring = 128;  // of vectors::RingPrimes
  if (!vectors::has_vectors()) return "the processor has no AVX-512 with IFMA";
  if (sizeof(lbcrypto::NativeInteger) != sizeof(vectors::Word))
    return "OpenFHE has no words of 64 bits";
  if (!fusion.is_possible()) return "the context has no hybrid key switching";
  if (parameters.GetElementParams()->GetRingDimension() < smallest_ring) {
    return "the ring dimension is below 128";
  }
  if (parameters.GetElementParams()->GetParams().size() < 2) return "the context has one prime";
  return {};
}

#ifdef EQUIRIPPLE_HAS_VECTORS

inline vectors::RingPrimes vector_primes_of(const OpenFheParameters& parameters) {
  vectors::RingPrimes result;
  result.n = parameters.GetElementParams()->GetRingDimension();
  result.digit = parameters.GetNumPerPartQ();
  const auto add = [](std::vector<vectors::RingPrimes::Prime>& primes, const auto& all) {
    for (const auto& prime : all) {
      primes.push_back(
          {prime->GetModulus().ConvertToInt(), prime->GetRootOfUnity().ConvertToInt()});
    }
  };
  add(result.chain, parameters.GetElementParams()->GetParams());
  add(result.special, parameters.GetParamsP()->GetParams());
  return result;
}

/// The library's polynomials as Ring reads and writes them.
class OpenFheVectors {
 public:
  using Element = lbcrypto::DCRTPoly;
  using Integer = lbcrypto::NativeInteger;
  static_assert(std::is_standard_layout_v<Integer>);

  explicit OpenFheVectors(const vectors::RingPrimes& primes) : ring_(primes) {}

  /// Parts of a key.
  std::size_t digits() const { return ring_.digits(); }

  /// As OpenFheFusion::divide_once.
  void divide_once(std::vector<Element>& components, const std::vector<Element>& key0,
                   const std::vector<Element>& key1) const {
    ring_.relinearize_and_rescale(towers(components.at(0)), towers(components.at(1)),
                                  read(components.at(2)), read(key0), read(key1));
    components.resize(2);
    for (Element& component : components) component.DropLastElement();
  }
  void rescale(std::vector<Element>& components) const {
    for (Element& component : components) {
      ring_.rescale(towers(component));
      component.DropLastElement();
    }
  }
  std::vector<Element> multiply(const std::vector<Element>& x,
                                const std::vector<Element>& y) const {
    std::vector<Element> result;
    result.reserve(3);
    for (int i = 0; i < 3; ++i) result.emplace_back(x[0].GetParams(), Format::EVALUATION, true);
    ring_.multiply(read(x[0]), read(x[1]), read(y[0]), read(y[1]), towers(result[0]),
                   towers(result[1]), towers(result[2]));
    return result;
  }

 private:
  static vectors::Ring::Towers towers(Element& x) {
    vectors::Ring::Towers result;
    for (auto& tower : x.GetAllElements())
      result.push_back(reinterpret_cast<vectors::Word*>(&tower[0]));
    return result;
  }
  static vectors::Ring::ConstTowers read(const Element& x) {
    vectors::Ring::ConstTowers result;
    for (const auto& tower : x.GetAllElements()) {
      result.push_back(reinterpret_cast<const vectors::Word*>(&tower[0]));
    }
    return result;
  }
  static std::vector<vectors::Ring::ConstTowers> read(const std::vector<Element>& key) {
    std::vector<vectors::Ring::ConstTowers> result;
    for (const Element& part : key) result.push_back(read(part));
    return result;
  }

  vectors::Ring ring_;
};

/// Throws evaluation_error unless one random product, keys and all, comes out of the vectors as it
/// comes out of the library, for the whole chain of primes and for two of them.
inline void require_agreement(const OpenFheVectors& vectors, const OpenFheFusion& fusion,
                              const lbcrypto::CryptoContextImpl<lbcrypto::DCRTPoly>& context,
                              const OpenFheParameters& parameters) {
  using Element = lbcrypto::DCRTPoly;
  std::mt19937_64 random;  // of the same numbers each time
  const auto random_element = [&](const auto& primes) {
    Element element(primes, Format::EVALUATION, true);
    for (auto& tower : element.GetAllElements()) {
      const vectors::Word prime = tower.GetModulus().ConvertToInt();
      for (std::uint32_t i = 0; i < tower.GetLength(); ++i) tower[i] = random() % prime;
    }
    return element;
  };
  const auto require = [](bool are_equal, const std::string& what) {
    if (are_equal) return;
    throw evaluation_error("OpenFHE's " + what +
                           " gives other residues than the vectors of openfhe_fast.hpp, which "
                           "are for another version of it: use openfhe_backend");
  };
  require(vectors.digits() == parameters.GetNumberOfQPartitions(), "key switch");
  std::vector<Element> key;
  for (std::uint32_t j = 0; j < parameters.GetNumberOfQPartitions(); ++j) {
    key.push_back(random_element(parameters.GetParamsQP()));
  }
  const std::size_t all = parameters.GetElementParams()->GetParams().size();
  std::vector<Element> x{random_element(parameters.GetElementParams()),
                         random_element(parameters.GetElementParams())};
  for (const std::size_t left : {all, std::size_t{2}}) {
    for (Element& component : x) component.DropLastElements(component.GetNumOfElements() - left);
    std::vector<Element> product = vectors.multiply(x, x);
    Element twice = x[0] * x[1];
    twice += twice;
    require(product == std::vector<Element>{x[0] * x[0], twice, x[1] * x[1]}, "product");
    std::vector<Element> by_library = product;
    vectors.divide_once(product, key, key);
    fusion.divide_once(context, by_library, key, key);
    require(product == by_library, "key switch");
    std::vector<Element> rescaled = x;
    std::vector<Element> by_library_rescaled = x;
    for (Element& component : by_library_rescaled) {
      component.DropLastElementAndScale(parameters.GetQlQlInvModqlDivqlModq(all - left),
                                        parameters.GetqlInvModq(all - left));
    }
    vectors.rescale(rescaled);
    require(rescaled == by_library_rescaled, "rescaling");
  }
}

#endif

}  // namespace detail
}  // namespace equiripple
