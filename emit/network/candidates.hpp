// What may stand for an activation: compositions and direct polynomials of ReLU and |x|, found for
// range 1, since they scale; minimax polynomials of other functions.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "emit/front.hpp"
#include "emit/make/make.hpp"
#include "emit/network/request.hpp"
#include "emit/plan/settings.hpp"

namespace equiripple {

struct Offer {
  RequestRecord request;         // that makes it
  NetworkCandidate candidate{};  // error in units of the activation's value
  bool is_removed = false;       // the activation is x itself on its range: nothing to evaluate
  std::optional<Artifact> artifact{};  // none where it was not made yet: then `candidate` says what
                                       // the search knows of it
};

/// What plans of the network's functions are to be good at: by its model of costs, where it names
/// one.
[[nodiscard]] Outcome<PlanSettings> plan_settings_of(const NetworkRequest& request,
                                                     const FileReader& read);

/// What one network needs to know of its layers; each function is searched once.
class Offers {
 public:
  Offers(const NetworkRequest& request, FileReader read, PlanSettings settings);

  /// For a layer; none is left out that is better than all others in levels, latency or error, of
  /// those that the class has. Refused where there is none.
  [[nodiscard]] Outcome<std::vector<Offer>> of(const NetworkLayerRequest& layer);

  /// Makes and proves it: error, levels and latency are then those of the artifact. Why it cannot
  /// be made; none where it is.
  [[nodiscard]] std::optional<Refusal> make_real(Offer& offer);

  /// The classes that are searched, for people.
  [[nodiscard]] std::string classes() const;

 private:
  Outcome<std::vector<FrontRow>> rows_of(const std::vector<RequestOption>& words) const;
  Outcome<std::vector<Offer>> composed(const NetworkLayerRequest& layer);
  std::vector<Offer> refreshed_inside(const NetworkLayerRequest& layer);
  void take_plan(const Artifact& artifact, NetworkCandidate& candidate) const;
  void add_refreshed(const RequestRecord& record, std::vector<Offer>& offers);
  Outcome<std::vector<Offer>> smooth(const NetworkLayerRequest& layer);
  Outcome<std::vector<Offer>> constant(const NetworkLayerRequest& layer);
  Outcome<std::vector<RequestOption>> search_words(const NetworkLayerRequest& layer);
  Outcome<int> useful_levels();
  std::string widened(const std::string& range) const;

  const NetworkRequest& request_;
  FileReader read_;
  PlanSettings settings_;
  std::map<std::string, std::vector<Offer>> unit_;   // by the words of the search
  std::map<std::string, std::vector<Offer>> known_;  // of smooth functions, by function and range
  std::map<std::string, Artifact> made_;             // by command line
  std::optional<int> useful_levels_{};
  int deepest_ = 0;  // levels that were searched
  bool has_composed_ = false;
  bool has_smooth_ = false;
};

}  // namespace equiripple
