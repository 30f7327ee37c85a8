// The forms of a function of many slots that were made, and the choice among them.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "emit/failure.hpp"
#include "emit/make/identity.hpp"
#include "emit/make/ranking.hpp"
#include "emit/request/requests.hpp"

namespace equiripple {

struct SlotsChoice {
  Artifact artifact;
  std::string candidates;  // what was tried, a line each
};

/// The refresh that the request is of; one without noise where it is of none.
[[nodiscard]] SlotRefresh slot_refresh_of(const SlotsRequest& request);

/// As asked, and where that passes the levels allowed, the shallowest.
[[nodiscard]] std::vector<PlanObjective> slot_objectives(const SlotsRequest& request);

/// Without parts and claim.
[[nodiscard]] Artifact empty_slots(const SlotsRequest& request, const Identity& identity,
                                   const SlotSteps& steps);

struct SlotsForm {
  std::string text;  // "2 squares outside, the error/2 for exp"
  std::string why{};
  std::optional<Artifact> artifact{};
  Plan plan{};
  double latency = 0;  // with that of the refreshes
  int refreshes = 0;
  bool is_within_budgets = false;
};

class SlotForms {
 public:
  explicit SlotForms(const SlotsRequest& request) : request_(request) {}

  /// What `work` makes, or why it is none. A refusal that leaves no others is handed on.
  std::optional<Refusal> add(const std::string& text,
                             const std::function<Outcome<Artifact>()>& work);
  /// Of a form that is not made, the error that it would have.
  void note_reached(const Rational& error);

  [[nodiscard]] const std::vector<SlotsForm>& all() const { return forms_; }
  [[nodiscard]] Cost cost(const SlotsForm& form) const;
  /// Of those within the budgets the one of least cost.
  [[nodiscard]] Outcome<SlotsChoice> best() const;

 private:
  [[nodiscard]] std::string line(const SlotsForm& form, bool is_best) const;
  [[nodiscard]] std::string lines(const SlotsForm* best) const;
  [[nodiscard]] Refusal nothing_found() const;
  [[nodiscard]] Refusal about_error(const std::string& said) const;

  const SlotsRequest& request_;
  std::vector<SlotsForm> forms_{};
  std::optional<Rational> nearest_{};  // of errors above the one asked for
};

}  // namespace equiripple
