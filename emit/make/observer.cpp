#include "emit/make/observer.hpp"

#include <utility>

namespace equiripple {
namespace {

thread_local const Observer* observer_of_thread = nullptr;
thread_local std::string work_of_thread;  // what was reported last

}  // namespace

Observed::Observed(const Observer& observer)
    : outer_(observer_of_thread), outer_work_(work_of_thread) {
  if (!observer) return;
  observer_of_thread = &observer;
  work_of_thread = "working";
  listener_.emplace([] { report_work(std::string(work_of_thread)); });
}

Observed::~Observed() {
  observer_of_thread = outer_;
  work_of_thread = std::move(outer_work_);
}

void report_work(const std::string& work) {
  if (observer_of_thread != nullptr) work_of_thread = work;
  if (observer_of_thread != nullptr && !(*observer_of_thread)(work)) throw Cancelled();
}

}  // namespace equiripple
