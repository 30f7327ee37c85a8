// Part after part, what costs least first; at the end the table is asked whether anything is left.
#include "emit/verify/verify.hpp"

#include <fmt/format.h>

#include "emit/artifact_text.hpp"
#include "emit/cpp_header.hpp"
#include "emit/failure.hpp"
#include "emit/json_compare.hpp"
#include "emit/points.hpp"
#include "emit/request/request.hpp"
#include "emit/request/stage_problem.hpp"
#include "emit/verify/fields.hpp"
#include "emit/verify/inquiry.hpp"
#include "emit/version.hpp"

namespace equiripple {
namespace {

// The first option of the record that its command does not record so; empty where there is none.
std::string foreign_record(const RequestRecord& record) {
  return foreign_option(*request_command_named(record.command), parted_options(record).typed);
}

void examine_record(Inquiry& inquiry) {
  const std::string foreign = foreign_record(inquiry.artifact.request);
  if (foreign.empty()) return;
  inquiry.fails("request/" + foreign, 0,
                fmt::format("the request has the option '{}', as '{}' does not record it", foreign,
                            inquiry.artifact.request.command));
}

void examine(Inquiry& inquiry) {
  if (const std::string why = contradiction_in(inquiry.artifact); !why.empty()) {
    return inquiry.fails("file", 0, why);
  }
  examine_record(inquiry);
  if (!inquiry.all_hold()) return;
  const Outcome<PosedRequest> posed = posed_of(inquiry.artifact);
  if (!posed) return inquiry.fails("request/command", 0, legible(posed.error().why));
  const PosedRequest& request = *posed;
  if (std::holds_alternative<SteppedRequest>(request) != is_stepped(inquiry.artifact)) {
    return inquiry.fails("steps/*/op", 0,
                         is_stepped(inquiry.artifact)
                             ? "the request is of no steps"
                             : "the request is of steps, and there are none");
  }
  if (const auto* slots = std::get_if<SlotsRequest>(&request)) {
    return examine_claims(inquiry, *slots);  // its parts have programs, and promises
  }
  examine_program(inquiry);
  if (!inquiry.all_hold()) return;
  examine_promises(inquiry, request);
  if (!inquiry.all_hold()) return;
  std::visit([&](const auto& asked) { examine_claims(inquiry, asked); }, request);
  if (inquiry.all_hold()) examine_outside(inquiry);
}

void examine_rest(Inquiry& inquiry) {
  const std::string left = unestablished_field(inquiry.artifact, inquiry.found);
  if (!left.empty()) inquiry.fails(left, 0, fmt::format("nothing proves the field {}", left));
}

std::string foreign_text(const Artifact& artifact, const std::string& text) {
  if (is_json(text)) {
    const std::string field = foreign_field_in_json(text, artifact);
    return field.empty() ? field
                         : fmt::format("its field '{}' does not follow from the others", field);
  }
  const std::string line = foreign_line_in_cpp(text, artifact);
  if (line.empty()) return {};
  std::string why = fmt::format(
      "the header is not, to the letter, what its tables and its program make: '{}'", line);
  const std::string writer = version_of_cpp(text);
  if (!writer.empty() && writer != version) {
    why += fmt::format("; it was written by equiripple {}, and this is {}", writer, version);
  }
  return why;
}

}  // namespace

Verification verify(const Artifact& artifact) {
  Inquiry inquiry(artifact);
  examine(inquiry);
  if (inquiry.all_hold()) examine_rest(inquiry);
  return std::move(inquiry.found);
}

Verification verify(const Artifact& artifact, const std::string& text) {
  const std::string foreign = foreign_text(artifact, text);
  Verification found = verify(artifact);
  if (found.holds() && !foreign.empty()) {
    found.findings.push_back({.claim = "file", .holds = false, .sentence = foreign});
  }
  return found;
}

}  // namespace equiripple
