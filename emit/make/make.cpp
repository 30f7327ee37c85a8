// Each kind of request has its maker. Exceptions end here: the observer's, and those of the
// machine.
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

Made made_of(Artifact artifact) {
  return {.status = Status::made,
          .artifact = std::move(artifact),
          .why = {},
          .neighbours = no_neighbours};
}

// By the kind of what is posed.
class Maker {
 public:
  explicit Maker(Identity identity) : identity_(std::move(identity)) {}

  Outcome<Made> operator()(const PolynomialRequest& request) const {
    Outcome<MadePolynomial> polynomial = make_polynomial(request, identity_);
    if (!polynomial) return polynomial.error();
    Made made = made_of(std::move(polynomial->artifact));
    made.remark = std::move(polynomial->remark);
    const bool has_neighbours = identity_.request.command == "minimax";
    if (!has_neighbours) return made;
    made.neighbours = [request, artifact = *made.artifact] {
      return describe_levels(request, artifact);
    };
    return made;
  }

  Outcome<Made> operator()(const ApproximationRequest& request) const {
    Outcome<MadeApproximation> approximation = make_approximation(request, identity_);
    if (!approximation) return approximation.error();
    Made made = made_of(std::move(approximation->artifact));
    made.remark = std::move(approximation->remark);
    made.neighbours = [tried = std::move(approximation->tried)] { return tried; };
    return made;
  }

  Outcome<Made> operator()(const FitRequest& request) const {
    Outcome<Fit> fit = make_fit(request, identity_);
    if (!fit) return fit.error();
    Made made = made_of(std::move(fit->artifact));
    if (request.objective == FitObjective::least_squares) {
      made.remark = fmt::format("the root mean square of the error is at most {}",
                                size_text(fit->root_mean_square));
    }
    return made;
  }

  Outcome<Made> operator()(const SignRequest& request) const {
    if (request.is_searched() && !request.refresh) return searched(request);
    Outcome<Artifact> sign = make_sign(request, identity_);
    if (!sign) return sign.error();
    Made made = made_of(*std::move(sign));
    if (request.refresh) {
      made.neighbours = [request, artifact = *made.artifact] {
        return describe_refresh_choices(request, artifact);
      };
    }
    return made;
  }

  Outcome<Made> operator()(const CorrectionRequest& request) const {
    Outcome<Artifact> corrected = make_corrected(request, identity_);
    if (!corrected) return corrected.error();
    return made_of(*std::move(corrected));
  }

  Outcome<Made> operator()(const SteppedRequest& request) const {
    return with_candidates(request.folds               ? make_folded(request, identity_)
                           : request.modular           ? make_modular(request, identity_)
                           : request.kind == Kind::exp ? make_exponential(request, identity_)
                           : request.is_quantiser()    ? make_quantised(request, identity_)
                                                       : make_threshold(request, identity_));
  }

  Outcome<Made> operator()(const SlotsRequest& request) const {
    return with_candidates(make_slots(request, identity_));
  }

 private:
  Outcome<Made> searched(const SignRequest& request) const {
    auto choice = std::make_shared<DegreeChoice>(request, identity_);
    Outcome<ComposedChoice> found = choice->best();
    if (!found) return found.error();
    const auto best = std::make_shared<const ComposedChoice>(*std::move(found));
    Made made = made_of(best->artifact);
    made.neighbours = [choice, best] { return choice->neighbours(*best); };
    return made;
  }

  // A choice with what was tried beside it.
  template <class Choice>
  static Outcome<Made> with_candidates(Outcome<Choice> choice) {
    if (!choice) return choice.error();
    Made made = made_of(std::move(choice->artifact));
    made.neighbours = [candidates = std::move(choice->candidates)] { return candidates; };
    return made;
  }

  Identity identity_;
};

// The plan of least latency may take more key switches than a bound on them allows, where the one
// with the fewest does not.
template <class Posed>
Outcome<Made> within_key_switches(const Maker& maker, const Posed& posed) {
  Outcome<Made> made = maker(posed);
  if constexpr (requires { posed.max_key_switches&& posed.plan.max_levels; }) {
    const bool is_bounded =
        posed.max_key_switches && posed.plan.objective == PlanObjective::latency;
    if (made || !is_bounded || made.error().status != Status::cannot_be_met) return made;
    Posed fewest = posed;
    fewest.plan.objective = PlanObjective::key_switches;
    return maker(fewest);
  }
  return made;
}

}  // namespace

Made refused(const Refusal& refusal) {
  return {.status = refusal.status, .option = refusal.option, .why = legible(refusal.why)};
}

std::string defect_of_name(const std::string& name) {
  if (is_identifier(name)) return {};
  return "not an identifier that C++ lets a namespace have (letters, digits, single underscores; "
         "no keyword or library name)";
}

std::optional<Refusal> ended_by(const std::function<void()>& work, const Observer& observer) {
  const Observed observed(observer);
  try {
    work();
    return std::nullopt;
  } catch (const Failure& failure) {
    return failure.refusal();
  } catch (const Cancelled& cancelled) {
    return Refusal{cancelled.what(), Status::cancelled};
  } catch (const std::bad_alloc&) {
    return Refusal{"out of memory", Status::machine_failed};
  } catch (const std::exception& error) {
    return Refusal{legible(error.what()), Status::machine_failed};
  }
}

Made make(const Request& request, const std::string& name, const Observer& observer) {
  if (const std::string defect = defect_of_name(name); !defect.empty()) {
    return refused(about("--name", fmt::format(" '{}': {}", name, defect), Status::wrong_request));
  }
  Made made;
  const std::optional<Refusal> ended = ended_by(
      [&] {
        const Maker maker({.name = name, .request = record_of(request)});
        Outcome<Made> outcome = std::visit(
            [&](const auto& posed) { return within_key_switches(maker, posed); }, request.posed);
        made = outcome ? *std::move(outcome) : refused(outcome.error());
      },
      observer);
  return ended ? refused(*ended) : made;
}

Made make(const RequestRecord& words, const std::string& name, const FileReader& read,
          const Observer& observer) {
  std::optional<Outcome<Request>> request;
  const auto ended = ended_by([&] { request = request_of(words, read); }, observer);
  if (ended) return refused(*ended);
  return *request ? make(**request, name, observer) : refused(request->error());
}

}  // namespace equiripple
