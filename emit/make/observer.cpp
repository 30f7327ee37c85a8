#include "emit/make/observer.hpp"

namespace equiripple {
namespace {

thread_local const Observer* observer_of_thread = nullptr;

}  // namespace

Observed::Observed(const Observer& observer) : outer_(observer_of_thread) {
  if (observer) observer_of_thread = &observer;
}

Observed::~Observed() { observer_of_thread = outer_; }

void report_work(const std::string& work) {
  if (observer_of_thread != nullptr && !(*observer_of_thread)(work)) throw Cancelled();
}

}  // namespace equiripple
