// Every call: words in standard types, the parts of the tool, and one place where exceptions end.
#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <utility>

#include "emit/artifact_text.hpp"
#include "emit/describe.hpp"
#include "emit/front.hpp"
#include "emit/json.hpp"
#include "emit/make/make.hpp"
#include "emit/make/search.hpp"
#include "emit/request/stage_problem.hpp"
#include "emit/request/words.hpp"
#include "emit/simulate/ckks.hpp"
#include "emit/simulate/execution.hpp"
#include "emit/survey/survey.hpp"
#include "emit/targets/targets.hpp"
#include "emit/verify/verify.hpp"
#include "emit/version.hpp"
#include "generator/numbers/memory.hpp"
#include "tools/library/ended.hpp"
#include "tools/library/function.hpp"
#include "tools/picture/error_curves.hpp"
#include "tools/picture/report.hpp"
#include "tools/read_file.hpp"

namespace equiripple::library {

std::string version() { return equiripple::version; }

Made make(const Request& request, const Progress& progress) {
  return ended<Made>(progress, [&](Made& result) {
    equiripple::Made made =
        equiripple::make({.command = request.command, .options = options_of(request)}, request.name,
                         reader_of(request), observer_of(progress));
    if (!made.is_made()) throw Failure(made.refusal());
    result.function = function_of(std::move(*made.artifact));
    result.remark = std::move(made.remark);
  });
}

Made read(std::string_view text) {
  return ended<Made>({}, [&](Made& result) {
    result.function = function_of(required(artifact_in(std::string(text), "the text")));
  });
}

Verification verify(std::string_view text, const Progress& progress) {
  return ended<Verification>(progress, [&](Verification& result) {
    const std::string copy(text);
    const Artifact artifact =
        required(artifact_in(copy, "the text", equiripple::Status::claim_fails));
    const equiripple::Verification found = equiripple::verify(artifact, copy);
    for (const equiripple::Finding& one : found.findings) {
      Finding finding{
          .claim = one.claim, .stage = one.stage, .holds = one.holds, .sentence = one.sentence};
      if (one.at) finding.at = to_double(*one.at);
      result.findings.push_back(std::move(finding));
    }
    if (const equiripple::Finding* failure = found.first_failure()) {
      result.status = Status::claim_fails;
      result.sentence = failure->sentence;
    }
  });
}

Text emit(const Function& function, std::string_view target_name) {
  return text_of([&] {
    const std::string name(target_name);
    const EmitTarget* target = emit_target_named(name);
    if (target == nullptr) {
      std::string known;
      for (const EmitTarget& one : emit_targets()) {
        known += (known.empty() ? "" : ", ") + std::string(one.name);
      }
      wrong_word("--target", fmt::format(" {}: must be one of {}", shown(name), known));
    }
    const Artifact& artifact = artifact_of(function);
    if (const std::string why = target->obstacle(artifact); !why.empty()) {
      wrong_word("--target", fmt::format(" {}: {}", target->name, why));
    }
    return target->text(artifact);
  });
}

Text summary(const Function& function) {
  return text_of([&] {
    const Artifact& artifact = artifact_of(function);
    return equiripple::summary(artifact, settings_of(artifact)) + describe_execution(artifact);
  });
}

Text report(const Function& function) {
  return text_of([&] { return report_page(artifact_of(function)); });
}

Text plot(const Function& function) {
  return text_of([&] { return to_svg(error_charts(artifact_of(function))); });
}

Text search(const Request& request, const Progress& progress) {
  return text_of(
      [&] {
        Search search = required(Search::of(options_of(request), reader_of(request)));
        return to_json_text(required(search.front()));
      },
      progress);
}

Text survey(const Request& request, const Progress& progress) {
  return text_of(
      [&] {
        const SurveyRequest asked =
            required(survey_request(options_of(request), reader_of(request)));
        return survey_json(make_survey(asked)).dump(2) + "\n";
      },
      progress);
}

Text simulate(const Function& function, std::string_view ckks) {
  return text_of([&] {
    return required(simulation_json(artifact_of(function), std::string(ckks))).dump(2) + "\n";
  });
}

}  // namespace equiripple::library
