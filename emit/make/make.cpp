// Each kind of request has its maker; here exceptions end.
#include "emit/make/make.hpp"

#include <fmt/format.h>

#include <memory>
#include <new>
#include <utility>

#include "emit/hexfloat.hpp"
#include "emit/make/approximate.hpp"
#include "emit/make/corrected.hpp"
#include "emit/make/degree_choice.hpp"
#include "emit/make/exponential.hpp"
#include "emit/make/fit.hpp"
#include "emit/make/folded.hpp"
#include "emit/make/level_choice.hpp"
#include "emit/make/modular.hpp"
#include "emit/make/polynomial.hpp"
#include "emit/make/quantised.hpp"
#include "emit/make/refreshed.hpp"
#include "emit/make/sign.hpp"
#include "emit/make/slots.hpp"
#include "emit/make/threshold.hpp"

namespace equiripple {
namespace {

std::string no_neighbours() { return {}; }

// Fills `made`, by the kind of what is posed.
class Maker {
 public:
  Maker(Made& made, Identity identity) : made_(made), identity_(std::move(identity)) {}

  void operator()(const PolynomialRequest& request) {
    MadePolynomial polynomial = make_polynomial(request, identity_);
    made_.artifact = std::move(polynomial.artifact);
    made_.remark = std::move(polynomial.remark);
    const bool has_neighbours = identity_.request.command == "minimax";
    if (!has_neighbours) return;
    made_.neighbours = [request, artifact = *made_.artifact] {
      return describe_levels(request, artifact);
    };
  }

  void operator()(const ApproximationRequest& request) {
    MadeApproximation approximation = make_approximation(request, identity_);
    made_.artifact = std::move(approximation.artifact);
    made_.remark = std::move(approximation.remark);
    made_.neighbours = [tried = std::move(approximation.tried)] { return tried; };
  }

  void operator()(const FitRequest& request) {
    Fit fit = make_fit(request, identity_);
    made_.artifact = std::move(fit.artifact);
    if (request.objective == FitObjective::least_squares) {
      made_.remark = fmt::format("the root mean square of the error is at most {}",
                                 size_text(fit.root_mean_square));
    }
  }

  void operator()(const SignRequest& request) {
    if (!request.is_searched() || request.refresh) {
      made_.artifact = make_sign(request, identity_);
      if (request.refresh) {
        made_.neighbours = [request, artifact = *made_.artifact] {
          return describe_refresh_choices(request, artifact);
        };
      }
      return;
    }
    auto choice = std::make_shared<DegreeChoice>(request, identity_);
    auto best = std::make_shared<ComposedChoice>(choice->best());
    made_.artifact = best->artifact;
    made_.neighbours = [choice, best] { return choice->neighbours(*best); };
  }

  void operator()(const CorrectionRequest& request) {
    made_.artifact = make_corrected(request, identity_);
  }

  void operator()(const SteppedRequest& request) {
    SteppedChoice choice = request.folds               ? make_folded(request, identity_)
                           : request.modular           ? make_modular(request, identity_)
                           : request.kind == Kind::exp ? make_exponential(request, identity_)
                           : request.is_quantiser()    ? make_quantised(request, identity_)
                                                       : make_threshold(request, identity_);
    made_.artifact = std::move(choice.artifact);
    made_.neighbours = [candidates = std::move(choice.candidates)] { return candidates; };
  }

  void operator()(const SlotsRequest& request) {
    SlotsChoice choice = make_slots(request, identity_);
    made_.artifact = std::move(choice.artifact);
    made_.neighbours = [candidates = std::move(choice.candidates)] { return candidates; };
  }

 private:
  Made& made_;
  Identity identity_;
};

}  // namespace

std::string defect_of_name(const std::string& name) {
  if (is_identifier(name)) return {};
  return "not an identifier that C++ lets a namespace have (letters, digits, single underscores; "
         "no keyword or library name)";
}

Made outcome_of(const std::function<void()>& work, const Observer& observer) {
  const Observed observed(observer);
  try {
    work();
    return {};
  } catch (const Failure& failure) {
    return {.status = failure.status(), .option = failure.option(), .why = failure.what()};
  } catch (const Cancelled& cancelled) {
    return {.status = Status::cancelled, .why = cancelled.what()};
  } catch (const std::bad_alloc&) {
    return {.status = Status::machine_failed, .why = "out of memory"};
  } catch (const std::exception& error) {
    return {.status = Status::machine_failed, .why = legible(error.what())};
  }
}

Made make(const Request& request, const std::string& name, const Observer& observer) {
  Made made{.neighbours = no_neighbours};
  Made ended = outcome_of(
      [&] {
        if (const std::string defect = defect_of_name(name); !defect.empty()) {
          wrong_request(fmt::format("--name '{}': {}", name, defect));
        }
        std::visit(Maker(made, {.name = name, .request = record_of(request)}), request.posed);
      },
      observer);
  if (!ended.is_made()) return ended;
  return made;
}

Made make(const RequestRecord& words, const std::string& name, const FileReader& read,
          const Observer& observer) {
  std::optional<Request> request;
  Made ended = outcome_of([&] { request = request_of(words, read); }, observer);
  return ended.is_made() ? make(*request, name, observer) : ended;
}

}  // namespace equiripple
