// What a backend provides: the operations of one library on its ciphertexts.
//
//   struct MyBackend {
//     using Ciphertext = ...;
//     using Plaintext = ...;
//
//     // The constant `value` in every slot, for use at `level` with `scale`.
//     Plaintext encode(double value, int level, double scale);
//
//     Ciphertext multiply(const Ciphertext&, const Ciphertext&);  // 3 components, scales multiply
//     Ciphertext square(const Ciphertext&);                       // likewise
//     Ciphertext relinearize(const Ciphertext&);                  // 3 components to 2: a key
//     switch Ciphertext rescale(const Ciphertext&);                      // level - 1, scale /
//     modulus_at(level) Ciphertext multiply_plain(const Ciphertext&, const Plaintext&);  // scales
//     multiply Ciphertext add_plain(const Ciphertext&, const Plaintext&);       // equal scales
//     Ciphertext add(const Ciphertext&, const Ciphertext&);  // equal levels and scales; 2 or 3
//     Ciphertext sub(const Ciphertext&, const Ciphertext&);  //   components, mixed as well
//     Ciphertext negate(const Ciphertext&);
//     Ciphertext multiply_integer(const Ciphertext&, int);   // no level, scale unchanged
//     Ciphertext drop_to_level(const Ciphertext&, int level);  // scale unchanged
//
//     int level(const Ciphertext&);              // rescalings that are left
//     double scale(const Ciphertext&);
//     void set_scale(Ciphertext&, double);       // what the value means; no arithmetic
//     double modulus_at(int level);              // what rescale divides by at that level, >= 1
//   };
//
// Some members are optional:
//     static constexpr bool manages_scales = true;
//         The library keeps scales by itself: scale, set_scale, modulus_at and drop_to_level are
//         not used, levels are still checked.
//     static constexpr bool has_no_levels = true;
//         With manages_scales: multiplying by a scalar costs no level, as on plain numbers.
//     void check_input(const Ciphertext&, double lower, double upper);
//         Called once with the range of the function; for backends that can see the value.
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

}  // namespace detail
}  // namespace equiripple
