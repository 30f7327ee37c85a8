// Backend of OpenFHE (CKKS).
//
//   lbcrypto::CryptoContext<lbcrypto::DCRTPoly> context = GenCryptoContext(parameters);  ...
//   equiripple::openfhe_backend he(context);
//   lbcrypto::Ciphertext<lbcrypto::DCRTPoly> y = relu::evaluate(he, x);
//
// In every scaling mode but composite scaling the operations work on the polynomials themselves and
// keep exact scales, primes and all; the library's lazy rescaling and its nominal factors take no
// part. A result has the scale at which the library reads ciphertexts of its level, and noise scale
// degree 1: the library continues with it as with its own.
#pragma once

#include <openfhe.h>

#include <cmath>
#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "errors.hpp"
#include "openfhe_fused.hpp"
#include "openfhe_threads.hpp"
#include "residues.hpp"
#include "runtime.hpp"
#include "threads.hpp"

namespace equiripple {

/// OpenFHE's operations as the runtime calls them. Levels are primes that are left, less one.
/// Operations may be called by several threads at a time; an input is never changed.
class openfhe_backend : public threaded {
 public:
  using Ciphertext = lbcrypto::Ciphertext<lbcrypto::DCRTPoly>;
  using Element = lbcrypto::DCRTPoly;

  /// The constant round(value * scale): its residue at each prime of a level.
  struct Plaintext {
    std::vector<lbcrypto::NativeInteger> residues;
    double scale;
  };

  /// Throws wrong_ciphertext where the context is not of CKKS, is for complex slots, uses
  /// composite scaling or has primes of more than 61 bits.
  explicit openfhe_backend(const lbcrypto::CryptoContext<Element>& context)
      : context_(context), parameters_(parameters_of(context)), fusion_(*parameters_) {
    constexpr unsigned most_bits =
        61;  // of detail::residue; a build for 128 bits has larger primes
    for (const auto& prime : context->GetElementParams()->GetParams()) {
      if (prime->GetModulus().GetMSB() > most_bits) {
        throw wrong_ciphertext("the CryptoContext has primes of " +
                               std::to_string(prime->GetModulus().GetMSB()) + " bits, above 61");
      }
      moduli_.push_back(prime->GetModulus().ConvertToInt());
    }
  }

  Plaintext encode(double value, int level, double scale) const {
    Plaintext result{{}, scale};
    for (std::size_t i = 0; i <= static_cast<std::size_t>(level); ++i) {
      result.residues.emplace_back(detail::residue(value, scale, moduli_.at(i)));
    }
    return result;
  }

  Ciphertext multiply(const Ciphertext& x, const Ciphertext& y) const {
    const auto& a = x->GetElements();
    const auto& b = y->GetElements();
    Element middle = a[0] * b[1];
    middle += a[1] * b[0];
    return product(x, y, a[0] * b[0], std::move(middle), a[1] * b[1]);
  }
  Ciphertext square(const Ciphertext& x) const {
    const auto& a = x->GetElements();
    Element middle = a[0] * a[1];
    middle += middle;
    return product(x, x, a[0] * a[0], std::move(middle), a[1] * a[1]);
  }

  Ciphertext relinearize(Ciphertext x) const {
    own(x);
    context_->RelinearizeInPlace(x);
    return x;
  }
  Ciphertext rescale(Ciphertext x) const {
    own(x);
    const double scale = x->GetScalingFactor() / modulus_at(level(x));
    context_->GetScheme()->ModReduceInternalInPlace(x, 1);
    x->SetScalingFactor(scale);  // by the prime, not by its nominal size
    return x;
  }

  /// In one division where the context has hybrid key switching, else by the two operations.
  Ciphertext relinearize_and_rescale(Ciphertext x) const {
    if (!divides_once()) return rescale(relinearize(std::move(x)));
    own(x);
    const double scale = x->GetScalingFactor() / modulus_at(level(x));
    fusion_.relinearize_and_rescale(x);
    x->SetScalingFactor(scale);
    return x;
  }

  bool divides_once() const { return fusion_.is_possible(); }

  Ciphertext multiply_plain(Ciphertext x, const Plaintext& c) const {
    own(x);
    multiply_residues(x, c.residues);
    x->SetNoiseScaleDeg(x->GetNoiseScaleDeg() + 1);
    x->SetScalingFactor(x->GetScalingFactor() * c.scale);
    return x;
  }
  Ciphertext add_plain(Ciphertext x, const Plaintext& c) const {
    own(x);
    auto& towers = x->GetElements()[0].GetAllElements();
    for (std::size_t i = 0; i < towers.size(); ++i) towers[i] += c.residues[i];
    return x;
  }

  Ciphertext add(Ciphertext x, const Ciphertext& y) const {
    own(x);
    auto& a = x->GetElements();
    const auto& b = y->GetElements();
    for (std::size_t i = 0; i < b.size(); ++i) {
      if (i < a.size()) {
        a[i] += b[i];
      } else {
        a.push_back(b[i]);
      }
    }
    return x;
  }
  Ciphertext sub(Ciphertext x, const Ciphertext& y) const {
    own(x);
    auto& a = x->GetElements();
    const auto& b = y->GetElements();
    for (std::size_t i = 0; i < b.size(); ++i) {
      if (i < a.size()) {
        a[i] -= b[i];
      } else {
        a.push_back(b[i].Negate());
      }
    }
    return x;
  }
  Ciphertext negate(Ciphertext x) const {
    own(x);
    for (Element& component : x->GetElements()) component = component.Negate();
    return x;
  }
  Ciphertext multiply_integer(Ciphertext x, int factor) const {
    own(x);
    if (factor == 2) {
      for (Element& component : x->GetElements()) component += component;
    } else {
      multiply_residues(x, encode(factor, level(x), 1).residues);
    }
    return x;
  }

  Ciphertext drop_to_level(Ciphertext x, int to_level) const {
    own(x);
    context_->GetScheme()->LevelReduceInternalInPlace(
        x, static_cast<std::size_t>(level(x) - to_level));
    return x;
  }

  int level(const Ciphertext& x) const {
    return static_cast<int>(x->GetElements().at(0).GetNumOfElements()) - 1;
  }
  int top_level() const { return static_cast<int>(moduli_.size()) - 1; }
  double scale(const Ciphertext& x) const { return x->GetScalingFactor(); }
  double modulus_at(int level) const {
    return static_cast<double>(moduli_.at(static_cast<std::size_t>(level)));
  }
  double modulus_bits(int level) const {
    double bits = 0;
    for (int at = 0; at <= level; ++at) bits += std::log2(modulus_at(at));
    return bits;
  }
  void set_scale(Ciphertext& x, double scale) const {
    if (x->GetScalingFactor() == scale) return;
    own(x);
    x->SetScalingFactor(scale);
  }

  /// Threads that the library takes for one operation, where it is compiled with OpenMP, and the
  /// application too.
  int library_threads() const { return detail::OpenFheInOneThread::threads_otherwise(); }
  /// As long as the result lives, the library takes none but the thread that asked.
  detail::OpenFheInOneThread in_one_thread() const { return detail::OpenFheInOneThread(); }

  /// The library reads ciphertexts at the scale of their level, whatever they say (in the fixed
  /// modes), or computes on as if they had it.
  double prescribed_scale(int level) const {
    return parameters_->GetScalingFactorReal(static_cast<std::uint32_t>(moduli_.size()) - 1 -
                                             static_cast<std::uint32_t>(level));
  }

  /// In the fixed modes that of its level, in the others its own.
  double decrypted_scale(const Ciphertext& x) const {
    const bool is_fixed =
        technique() == lbcrypto::FIXEDMANUAL || technique() == lbcrypto::FIXEDAUTO;
    return is_fixed ? prescribed_scale(level(x)) : scale(x);
  }

  void check(const Ciphertext& x) const {
    if (!x) throw wrong_ciphertext("the ciphertext is a null pointer");
    if (x->GetCryptoContext().get() != context_.get()) {
      throw wrong_ciphertext("the ciphertext belongs to another CryptoContext");
    }
    if (x->GetEncodingType() != lbcrypto::CKKS_PACKED_ENCODING) {
      throw wrong_ciphertext("the ciphertext is not of CKKS");
    }
    if (x->NumberCiphertextElements() != 2) {
      throw wrong_ciphertext("the ciphertext has " + std::to_string(x->NumberCiphertextElements()) +
                             " components, not 2: relinearize it first");
    }
    if (level(x) > top_level() || x->GetLevel() != moduli_.size() - 1 - level_index(x)) {
      throw wrong_ciphertext("the ciphertext says level " + std::to_string(x->GetLevel()) +
                             " and has " + std::to_string(level(x) + 1) + " primes of " +
                             std::to_string(moduli_.size()));
    }
    for (const Element& component : x->GetElements()) {
      if (component.GetFormat() != Format::EVALUATION) {
        throw wrong_ciphertext("the ciphertext is not in evaluation form");
      }
    }
    const auto& keys = lbcrypto::CryptoContextImpl<Element>::GetAllEvalMultKeys();
    const auto of_ciphertext = keys.find(x->GetKeyTag());
    if (of_ciphertext == keys.end() || of_ciphertext->second.empty()) {
      throw wrong_ciphertext("there is no relinearization key: call EvalMultKeyGen");
    }
  }
  void check(const Ciphertext& a, const Ciphertext& b) const {
    if (a->GetKeyTag() != b->GetKeyTag()) {
      throw wrong_ciphertext("the two ciphertexts are under different keys");
    }
    if (a->GetSlots() != b->GetSlots()) {
      throw wrong_ciphertext("the two ciphertexts are packed in " + std::to_string(a->GetSlots()) +
                             " and in " + std::to_string(b->GetSlots()) + " slots");
    }
  }

 protected:
  const lbcrypto::CryptoContext<Element>& context() const { return context_; }
  const lbcrypto::CryptoParametersCKKSRNS& parameters() const { return *parameters_; }
  const detail::OpenFheFusion& fusion() const { return fusion_; }
  lbcrypto::ScalingTechnique technique() const { return parameters_->GetScalingTechnique(); }

  // Before a change: a ciphertext is a shared pointer, and others may look at it.
  static void own(Ciphertext& x) {
    if (x.use_count() != 1) x = x->Clone();
  }

  static Ciphertext product(const Ciphertext& x, const Ciphertext& y, Element&& first,
                            Element&& second, Element&& third) {
    std::vector<Element> components;
    components.reserve(3);
    components.push_back(std::move(first));
    components.push_back(std::move(second));
    components.push_back(std::move(third));
    Ciphertext result = x->CloneEmpty();
    result->SetElements(std::move(components));
    result->SetNoiseScaleDeg(x->GetNoiseScaleDeg() + y->GetNoiseScaleDeg());
    result->SetScalingFactor(x->GetScalingFactor() * y->GetScalingFactor());
    return result;
  }

 private:
  using Parameters = lbcrypto::CryptoParametersCKKSRNS;

  // Versions before 1.4 know real slots only; that is the first value of the type.
  template <class Context>
  static auto has_complex_slots(const Context& context, int)
      -> decltype(context.GetCKKSDataType(), bool()) {
    return context.GetCKKSDataType() != decltype(context.GetCKKSDataType()){};
  }
  template <class Context>
  static bool has_complex_slots(const Context&, long) {
    return false;
  }

  std::size_t level_index(const Ciphertext& x) const { return static_cast<std::size_t>(level(x)); }

  static std::shared_ptr<const Parameters> parameters_of(
      const lbcrypto::CryptoContext<Element>& context) {
    if (!context) throw wrong_ciphertext("the CryptoContext is a null pointer");
    auto parameters = std::dynamic_pointer_cast<const Parameters>(context->GetCryptoParameters());
    if (!parameters) throw wrong_ciphertext("the CryptoContext is not of CKKS");
    if (has_complex_slots(*context, 0)) {
      throw wrong_ciphertext("the CryptoContext is for complex slots; plans are of real ones");
    }
    switch (parameters->GetScalingTechnique()) {
      case lbcrypto::FIXEDMANUAL:
      case lbcrypto::FIXEDAUTO:
      case lbcrypto::FLEXIBLEAUTO:
      case lbcrypto::FLEXIBLEAUTOEXT: return parameters;
      default:
        throw wrong_ciphertext(
            "the CryptoContext has another scaling technique than FIXEDMANUAL, FIXEDAUTO, "
            "FLEXIBLEAUTO or FLEXIBLEAUTOEXT");
    }
  }

  static void multiply_residues(Ciphertext& x,
                                const std::vector<lbcrypto::NativeInteger>& residues) {
    for (Element& component : x->GetElements()) {
      auto& towers = component.GetAllElements();
      for (std::size_t i = 0; i < towers.size(); ++i) towers[i] *= residues[i];
    }
  }

  lbcrypto::CryptoContext<Element> context_;
  std::shared_ptr<const Parameters> parameters_;
  detail::OpenFheFusion fusion_;
  std::vector<std::uint64_t> moduli_;  // by level
};

/// How EvalBootstrap is called.
struct OpenFheBootstrap {
  /// 1; or 2, Meta-BTS [BCCKK22]: the error of a first is bootstrapped as well and taken off, for
  /// twice the time and a level more.
  int iterations = 1;
  /// Of 2 iterations: the second adds so many bits, 1 to 30. No more than one iteration keeps, of
  /// the largest error: else what comes out is wrong.
  int precision = 0;
  /// A context in FIXEDAUTO is refused without it. In ring 2^11 with primes of 50 bits one
  /// iteration leaves a root mean square of 2^-9.5 there, and of 2^-13.8 in FLEXIBLEAUTO (measured,
  /// OpenFHE 1.5.1). FIXEDMANUAL leaves as much as FIXEDAUTO.
  bool accepts_fixed_auto = false;
  /// Plans that were made for no refresh are refreshed between stages where the levels do not
  /// suffice. What that adds their claims do not count.
  bool refreshes_any_plan = false;
};

/// With EvalBootstrap as the refresh between stages. The application has called EvalBootstrapSetup
/// and EvalBootstrapKeyGen for the number of slots of its ciphertexts. A refresh adds an error of
/// its own: plans say where they are refreshed and what it may add (--refresh).
class openfhe_bootstrapping_backend : public openfhe_backend {
 public:
  /// `refreshed_level`: primes that are left after EvalBootstrap, less one (of 2 iterations one
  /// fewer). `lowest_level`: the least that EvalBootstrap takes, which is 1, as it scales its
  /// input; more where the setup puts the slots into coefficients first (BTSlotsEncoding). Throws
  /// wrong_level where the context does not have them, wrong_ciphertext in FIXEDAUTO unless that is
  /// accepted, evaluation_error where `how` is none.
  openfhe_bootstrapping_backend(const lbcrypto::CryptoContext<Element>& context,
                                int refreshed_level, int lowest_level = 1,
                                const OpenFheBootstrap& how = {})
      : openfhe_backend(context),
        refreshed_level_(refreshed_level),
        lowest_level_(lowest_level),
        how_(how) {
    for (const int given : {refreshed_level, lowest_level}) {
      if (given < 1 || given > top_level()) {
        throw wrong_level("EvalBootstrap neither takes nor leaves", given, top_level());
      }
    }
    constexpr int most_bits = 30;  // of an integer that the library multiplies by
    const bool is_alone = how.iterations == 1 && how.precision == 0;
    const bool is_twofold = how.iterations == 2 && how.precision >= 1 && how.precision <= most_bits;
    if (!is_alone && !is_twofold) {
      throw evaluation_error(
          "EvalBootstrap has 1 iteration, or 2 with a precision of 1 to 30 bits, "
          "not " +
          std::to_string(how.iterations) + " with " + std::to_string(how.precision));
    }
    if (technique() == lbcrypto::FIXEDAUTO && !how.accepts_fixed_auto) {
      throw wrong_ciphertext(
          "the CryptoContext is in FIXEDAUTO, where EvalBootstrap loses four bits or more against "
          "FLEXIBLEAUTO: take that, or accept the loss (OpenFheBootstrap::accepts_fixed_auto)");
    }
  }

  Ciphertext refresh(const Ciphertext& x) const {
    Ciphertext result = bootstrapped(x);
    if (level(result) < refreshed_level_) {
      throw not_enough_levels("the stage after EvalBootstrap", refreshed_level_, level(result));
    }
    if (level(result) == refreshed_level_) return result;
    // With levels to spare, one of them brings the scale to that of the lower level.
    result = drop_to_level(std::move(result), refreshed_level_ + 1);
    const double read_at = scale(result);
    return brought_to_scale(std::move(result), read_at);
  }
  int refreshed_level() const { return refreshed_level_; }
  int lowest_refreshable_level() const { return lowest_level_; }
  double refresh_scale(int level) const { return prescribed_scale(level); }
  bool refreshes_any_plan() const { return how_.refreshes_any_plan; }

  /// The half of the sum with the conjugate, by the key that EvalBootstrapKeyGen makes.
  /// EvalBootstrap leaves a level more than `refreshed_level`, which halves and brings to the
  /// scale.
  Ciphertext refresh_real(const Ciphertext& x) const {
    Ciphertext result = bootstrapped(x);
    if (level(result) <= refreshed_level_) {
      throw not_enough_levels("the real part after EvalBootstrap", refreshed_level_ + 1,
                              level(result));
    }
    result = drop_to_level(std::move(result), refreshed_level_ + 1);
    const Ciphertext conjugate = conjugated(result);
    result = add(std::move(result), conjugate);
    const double read_at = 2 * scale(result);
    return brought_to_scale(std::move(result), read_at);
  }

  void check_refreshable(const Ciphertext& x) const {
    if ((context()->GetScheme()->GetEnabled() & lbcrypto::FHE) == 0) {
      throw wrong_ciphertext("the CryptoContext cannot bootstrap: call Enable(FHE)");
    }
    const auto& keys = lbcrypto::CryptoContextImpl<Element>::GetAllEvalAutomorphismKeys();
    const auto of_ciphertext = keys.find(x->GetKeyTag());
    const std::uint32_t conjugation = 2 * context()->GetRingDimension() - 1;
    if (of_ciphertext == keys.end() || of_ciphertext->second->count(conjugation) == 0) {
      throw wrong_ciphertext("there are no keys for EvalBootstrap: call EvalBootstrapKeyGen");
    }
  }

 private:
  Ciphertext bootstrapped(const Ciphertext& x) const {
    Ciphertext result = context()->EvalBootstrap(x, static_cast<std::uint32_t>(how_.iterations),
                                                 static_cast<std::uint32_t>(how_.precision));
    if (result->GetNoiseScaleDeg() == 2) result = rescale(std::move(result));
    return result;
  }

  // As FHECKKSRNS does it.
  Ciphertext conjugated(const Ciphertext& x) const {
    Ciphertext conjugate = x->Clone();
    const std::uint32_t n = context()->GetRingDimension();
    const auto& keys = context()->GetEvalAutomorphismKeyMap(x->GetKeyTag());
    context()->GetScheme()->KeySwitchInPlace(conjugate, keys.at(2 * n - 1));
    std::vector<std::uint32_t> places(n);
    lbcrypto::PrecomputeAutoMap(n, 2 * n - 1, &places);
    for (Element& component : conjugate->GetElements()) {
      component = component.AutomorphismTransform(2 * n - 1, places);
    }
    return conjugate;
  }

  // From the level above, where it is read at this scale.
  Ciphertext brought_to_scale(Ciphertext x, double read_at) const {
    const double wanted = refresh_scale(refreshed_level_) * modulus_at(refreshed_level_ + 1);
    set_scale(x, read_at);
    const Plaintext one = encode(1, refreshed_level_ + 1, wanted / read_at);
    return rescale(multiply_plain(std::move(x), one));
  }

  int refreshed_level_;
  int lowest_level_;
  OpenFheBootstrap how_;
};

}  // namespace equiripple
