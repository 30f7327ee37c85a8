// A backend whose key switches and rescalings are operations of their own: what the fused ones are
// measured against.
#pragma once

namespace equiripple::bench {

template <class Backend>
struct Separate : Backend {
  using Backend::Backend;
  void relinearize_and_rescale() = delete;  // hides that of the backend
};

}  // namespace equiripple::bench
