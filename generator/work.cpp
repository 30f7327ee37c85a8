#include "generator/work.hpp"

#include <utility>

namespace equiripple {
namespace {

constexpr double often = 1e8;  // operations between two calls: a tenth of a second or so; chosen

thread_local const std::function<void()>* listener_of_thread = nullptr;
thread_local double counted = 0;

}  // namespace

WorkListener::WorkListener(std::function<void()> listener)
    : listener_(std::move(listener)), outer_(listener_of_thread) {
  listener_of_thread = &listener_;
}

WorkListener::~WorkListener() { listener_of_thread = outer_; }

void count_work(double operations) {
  if (listener_of_thread == nullptr || (counted += operations) < often) return;
  counted = 0;
  (*listener_of_thread)();
}

}  // namespace equiripple
