// What a backend provides: the operations of one library on its ciphertexts.
//
// clang-format off
//   struct MyBackend {
//     using Ciphertext = ...;
//     using Plaintext = ...;
//
//     // The constant `value` in every slot, for use at `level`, as integers round(value * scale).
//     Plaintext encode(double value, int level, double scale);
//
//     // Tensor products: three components, scales multiply.
//     Ciphertext multiply(const Ciphertext&, const Ciphertext&);
//     Ciphertext square(const Ciphertext&);
//
//     // Three components to two: a key switch.
//     Ciphertext relinearize(const Ciphertext&);
//
//     // Divides by modulus_at(level): one level less, the scale divided by it. 2 or 3 components.
//     Ciphertext rescale(const Ciphertext&);
//
//     // Scales multiply; 2 components.
//     Ciphertext multiply_plain(const Ciphertext&, const Plaintext&);
//
//     // The plaintext has the ciphertext's level and scale.
//     Ciphertext add_plain(const Ciphertext&, const Plaintext&);
//
//     // Equal levels and scales; 2 or 3 components, mixed as well.
//     Ciphertext add(const Ciphertext&, const Ciphertext&);
//     Ciphertext sub(const Ciphertext&, const Ciphertext&);
//
//     // No level, scale unchanged.
//     Ciphertext negate(const Ciphertext&);
//     Ciphertext multiply_integer(const Ciphertext&, int);
//     Ciphertext drop_to_level(const Ciphertext&, int level);
//
//     // Rescalings that are left; the scale; what rescale divides by at a level of 1 or more.
//     int level(const Ciphertext&);
//     double scale(const Ciphertext&);
//     double modulus_at(int level);
//
//     // The stored integers stay; the value that they stand for becomes old / new times itself.
//     void set_scale(Ciphertext&, double);
//   };
// clang-format on
//
// Some members are optional:
//     static constexpr bool manages_scales = true;
//         The library keeps scales by itself: scale, set_scale, modulus_at and drop_to_level are
//         not used, encode is given the scale 1, levels are still checked.
//     static constexpr bool has_no_levels = true;
//         With manages_scales: multiplying by a scalar costs no level, as on plain numbers.
//     void check_input(const Ciphertext&, double lower, double upper);
//         Called once with the range of the function; for backends that can see the value.
//     void check(const Ciphertext&);  void check(const Ciphertext&, const Ciphertext&);
//         Throw wrong_ciphertext where an input cannot be computed with, or two cannot be computed
//         with together: all that the library itself checks, and what operations here leave out.
//     int top_level();
//         The highest level that there is: no plan is prepared above it.
//     double modulus_bits(int level);
//         log2 of the whole modulus at a level; scales are checked against it.
//     double prescribed_scale(int level);
//         The scale that results must have at a level, where the library reads them at no other.
//     double decrypted_scale(const Ciphertext&);
//         The scale at which decryption reads a ciphertext, where that is not scale() of it.
//     Ciphertext refresh(const Ciphertext&);  int refreshed_level();  double refresh_scale(int
//     level);
//         Bootstrapping, of values in [-1, 1]: what comes in has the scale refresh_scale(its
//         level), what comes out refresh_scale(refreshed_level()) at refreshed_level().
//         Called where a plan says so, or, between stages where the levels do not suffice, of a
//         plan that says nothing, if refreshes_any_plan().
//     Ciphertext refresh_real(const Ciphertext&);
//         With refresh, for plans that say where they refresh: what comes out is the real part of
//         every slot, the half of the sum with the conjugate, a key switch; at the same level and
//         scale. The half is free where the ciphertext is brought to its scale anyway. What a
//         refresh adds is complex, and such plans count what it adds to the real part.
//     bool refreshes_any_plan();
//         With refresh: whether plans that say of no refresh are refreshed as well, and lose their
//         claims. False without this member: then they are refused where the levels do not suffice.
//     double refresh_noise();
//         With refresh: a bound of what it adds to a value in [-1, 1]; a plan that was made for
//         less is refused.
//     int lowest_refreshable_level();  void check_refreshable(const Ciphertext&);
//         With refresh: the lowest level that it takes (0 without this member), and a check of an
//         input that will be refreshed: throws wrong_ciphertext where keys are missing.
//
//     Ciphertext relinearize_and_rescale(const Ciphertext&);
//         Three components to two and one level less, as relinearize and then rescale, with the
//         scale that they give: one division where they have two. Called wherever a relinearized
//         value is only rescaled, which is every key switch of an emitted plan. A backend that
//         derives from one with this member and replaces relinearize or rescale replaces it too.
//
//     int threads() const;
//         Threads that carry out the operations of one plan, so far as they do not need each
//         other's results, and that the inputs of evaluate_all are divided among; 1 without this
//         member. A backend that derives from `threaded` (threads.hpp) lets its user choose.
//     int library_threads() const;  ... in_one_thread() const;
//         With threads(), where the library takes threads of its own: how many for an operation,
//         and an object that keeps it from taking any, in the thread that calls, as long as it
//         lives. Making and destroying it does not throw.
//
// An operation may also take its first ciphertext as Ciphertext&&, to work in place: it is called
// so where nothing else needs the value. Operations that threads may call side by side let a
// prepared plan be evaluated by several threads; where threads() is above 1 they must.
//
// The runtime calls set_scale only with the planned scale, and only where the library's own scale
// agrees with it to 2^-40, or to read a ciphertext as a multiple of its value.
#pragma once

#include <type_traits>
#include <utility>

namespace equiripple {
namespace detail {

template <class Backend, class = void>
struct manages_scales : std::false_type {};
template <class Backend>
struct manages_scales<Backend, std::enable_if_t<Backend::manages_scales>> : std::true_type {};

template <class Backend, class = void>
struct has_no_levels : std::false_type {};
template <class Backend>
struct has_no_levels<Backend, std::enable_if_t<Backend::has_no_levels>> : std::true_type {};

template <class Backend, class = void>
struct checks_input : std::false_type {};
template <class Backend>
struct checks_input<Backend, std::void_t<decltype(std::declval<Backend&>().check_input(
                                 std::declval<const typename Backend::Ciphertext&>(), 0.0, 0.0))>>
    : std::true_type {};

template <class Backend, class = void>
struct checks_ciphertext : std::false_type {};
template <class Backend>
struct checks_ciphertext<Backend, std::void_t<decltype(std::declval<Backend&>().check(
                                      std::declval<const typename Backend::Ciphertext&>()))>>
    : std::true_type {};

template <class Backend, class = void>
struct checks_pair : std::false_type {};
template <class Backend>
struct checks_pair<Backend, std::void_t<decltype(std::declval<Backend&>().check(
                                std::declval<const typename Backend::Ciphertext&>(),
                                std::declval<const typename Backend::Ciphertext&>()))>>
    : std::true_type {};

template <class Backend, class = void>
struct fuses : std::false_type {};
template <class Backend>
struct fuses<Backend, std::void_t<decltype(std::declval<Backend&>().relinearize_and_rescale(
                          std::declval<const typename Backend::Ciphertext&>()))>> : std::true_type {
};

template <class Backend, class = void>
struct knows_top_level : std::false_type {};
template <class Backend>
struct knows_top_level<Backend, std::void_t<decltype(std::declval<Backend&>().top_level())>>
    : std::true_type {};

template <class Backend, class = void>
struct knows_modulus : std::false_type {};
template <class Backend>
struct knows_modulus<Backend, std::void_t<decltype(std::declval<Backend&>().modulus_bits(0))>>
    : std::true_type {};

template <class Backend, class = void>
struct prescribes_scales : std::false_type {};
template <class Backend>
struct prescribes_scales<Backend,
                         std::void_t<decltype(std::declval<Backend&>().prescribed_scale(0))>>
    : std::true_type {};

template <class Backend, class = void>
struct decrypts_elsewhere : std::false_type {};
template <class Backend>
struct decrypts_elsewhere<Backend, std::void_t<decltype(std::declval<Backend&>().decrypted_scale(
                                       std::declval<const typename Backend::Ciphertext&>()))>>
    : std::true_type {};

template <class Backend, class = void>
struct can_refresh : std::false_type {};
template <class Backend>
struct can_refresh<Backend, std::void_t<decltype(std::declval<Backend&>().refresh(
                                std::declval<const typename Backend::Ciphertext&>()))>>
    : std::true_type {};

template <class Backend, class = void>
struct refreshes_real : std::false_type {};
template <class Backend>
struct refreshes_real<Backend, std::void_t<decltype(std::declval<Backend&>().refresh_real(
                                   std::declval<const typename Backend::Ciphertext&>()))>>
    : std::true_type {};

template <class Backend, class = void>
struct bounds_refresh : std::false_type {};
template <class Backend>
struct bounds_refresh<Backend, std::void_t<decltype(std::declval<Backend&>().refresh_noise())>>
    : std::true_type {};

template <class Backend, class = void>
struct may_refresh_any_plan : std::false_type {};
template <class Backend>
struct may_refresh_any_plan<Backend,
                            std::void_t<decltype(std::declval<Backend&>().refreshes_any_plan())>>
    : std::true_type {};

/// Whether a plan that was made for no refresh may be refreshed.
template <class Backend>
bool refreshes_any_plan(Backend& he) {
  if constexpr (can_refresh<Backend>::value && may_refresh_any_plan<Backend>::value) {
    return he.refreshes_any_plan();
  } else {
    return false;
  }
}

template <class Backend, class = void>
struct limits_refresh : std::false_type {};
template <class Backend>
struct limits_refresh<Backend,
                      std::void_t<decltype(std::declval<Backend&>().lowest_refreshable_level())>>
    : std::true_type {};

template <class Backend, class = void>
struct checks_refresh : std::false_type {};
template <class Backend>
struct checks_refresh<Backend, std::void_t<decltype(std::declval<Backend&>().check_refreshable(
                                   std::declval<const typename Backend::Ciphertext&>()))>>
    : std::true_type {};

/// Every check of the operands that the backend has: each for itself, then the two together.
template <class Backend>
void check_operands(Backend& he, const typename Backend::Ciphertext& x) {
  if constexpr (checks_ciphertext<Backend>::value) he.check(x);
}
template <class Backend>
void check_operands(Backend& he, const typename Backend::Ciphertext& a,
                    const typename Backend::Ciphertext& b) {
  check_operands(he, a);
  check_operands(he, b);
  if constexpr (checks_pair<Backend>::value) he.check(a, b);
}

}  // namespace detail
}  // namespace equiripple
