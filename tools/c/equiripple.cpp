// Text in, text out: each call is one of the C++ library's.
#include "tools/c/equiripple.h"

#include <new>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>

#include "tools/c/json_request.hpp"
#include "tools/c/schedule.hpp"
#include "tools/library/equiripple/make.hpp"

namespace er = equiripple::library;
using Json = nlohmann::ordered_json;

struct equiripple_result {
  int status = EQUIRIPPLE_DONE;
  std::string text;
  std::string sentence;
  std::string option;
  std::optional<er::Function> function;
};

namespace {

int number_of(er::Status status) {
  switch (status) {
    case er::Status::done: return EQUIRIPPLE_DONE;
    case er::Status::wrong_request: return EQUIRIPPLE_WRONG_REQUEST;
    case er::Status::cannot_be_met: return EQUIRIPPLE_CANNOT_BE_MET;
    case er::Status::claim_fails: return EQUIRIPPLE_CLAIM_FAILS;
    case er::Status::not_run:
    case er::Status::machine_failed: return EQUIRIPPLE_MACHINE_FAILED;
    case er::Status::cancelled: break;
  }
  return EQUIRIPPLE_CANCELLED;
}

er::Progress progress_of(equiripple_progress progress, void* user) {
  if (progress == nullptr) return {};
  return [progress, user](std::string_view work) {
    return progress(std::string(work).c_str(), user) == 0;
  };
}

void take(equiripple_result& result, const er::Outcome& outcome) {
  result.status = number_of(outcome.status);
  result.sentence = outcome.sentence;
  result.option = outcome.option;
}

void take_text(equiripple_result& result, er::Text text) {
  take(result, text);
  result.text = std::move(text.text);
}

void take_made(equiripple_result& result, er::Made made) {
  take(result, made);
  if (!made) return;
  result.sentence = std::move(made.remark);
  result.text = made.function->json();
  result.function = std::move(made.function);
}

void refuse(equiripple_result& result, const std::string& sentence) {
  result.status = EQUIRIPPLE_WRONG_REQUEST;
  result.sentence = sentence;
}

// What `work` puts into a new result. No exception leaves: the caller is C.
template <class Work>
equiripple_result* result_of(const Work& work) {
  equiripple_result* result = new (std::nothrow) equiripple_result();
  if (result == nullptr) return nullptr;
  try {
    work(*result);
  } catch (const std::exception& error) {
    result->status = EQUIRIPPLE_MACHINE_FAILED;
    try {
      result->sentence = error.what();
    } catch (const std::bad_alloc&) {  // the status says enough
    }
  }
  return result;
}

// With the request in `text`, or refused.
template <class Work>
equiripple_result* with_request(const char* text, const Work& work) {
  return result_of([&](equiripple_result& result) {
    const auto read = equiripple::request_in_json(text == nullptr ? "" : text);
    if (!read) return refuse(result, read.error().why);
    work(result, *read);
  });
}

// With a function, or refused.
template <class Work>
equiripple_result* with_function(const equiripple_result* made, const Work& work) {
  return result_of([&](equiripple_result& result) {
    if (made == nullptr || !made->function) {
      return refuse(result, "the result is not that of equiripple_make or equiripple_read");
    }
    work(result, *made->function);
  });
}

std::string text_or_empty(const char* text) { return text == nullptr ? "" : text; }

Json findings_json(const er::Verification& verification) {
  Json findings = Json::array();
  for (const er::Finding& one : verification.findings) {
    Json finding = {{"claim", one.claim},
                    {"stage", one.stage},
                    {"holds", one.holds},
                    {"sentence", one.sentence}};
    if (one.at) finding["at"] = *one.at;
    findings.push_back(std::move(finding));
  }
  return findings;
}

}  // namespace

int equiripple_abi_version(void) { return EQUIRIPPLE_ABI_VERSION; }

const char* equiripple_version(void) {
  static const std::string version = er::version();
  return version.c_str();
}

int equiripple_status_of(const equiripple_result* result) {
  return result == nullptr ? static_cast<int>(EQUIRIPPLE_MACHINE_FAILED) : result->status;
}
const char* equiripple_text(const equiripple_result* result) {
  return result == nullptr ? "" : result->text.c_str();
}
const char* equiripple_sentence(const equiripple_result* result) {
  return result == nullptr ? "out of memory" : result->sentence.c_str();
}
const char* equiripple_option(const equiripple_result* result) {
  return result == nullptr ? "" : result->option.c_str();
}
void equiripple_free(equiripple_result* result) { delete result; }

equiripple_result* equiripple_make(const char* request, equiripple_progress progress, void* user) {
  return with_request(request, [&](equiripple_result& result, const er::Request& asked) {
    take_made(result, er::make(asked, progress_of(progress, user)));
  });
}

equiripple_result* equiripple_read(const char* text) {
  return result_of(
      [&](equiripple_result& result) { take_made(result, er::read(text_or_empty(text))); });
}

equiripple_result* equiripple_verify(const char* text, equiripple_progress progress, void* user) {
  return result_of([&](equiripple_result& result) {
    const er::Verification found = er::verify(text_or_empty(text), progress_of(progress, user));
    take(result, found);
    result.text = findings_json(found).dump();
  });
}

equiripple_result* equiripple_emit(const equiripple_result* function, const char* target) {
  return with_function(function, [&](equiripple_result& result, const er::Function& f) {
    const std::string name = text_or_empty(target);
    if (name == "summary") return take_text(result, er::summary(f));
    if (name == "report") return take_text(result, er::report(f));
    if (name == "plot") return take_text(result, er::plot(f));
    take_text(result, er::emit(f, name));
  });
}

equiripple_result* equiripple_inspect(const equiripple_result* function, const char* what,
                                      const char* parameters) {
  return with_function(function, [&](equiripple_result& result, const er::Function& f) {
    const std::string name = text_or_empty(what);
    if (name == "facts") {
      result.text = equiripple::facts_json(f).dump();
    } else if (name == "simulation") {
      take_text(result, er::simulate(f, text_or_empty(parameters)));
    } else if (name == "schedule") {
      take_text(result, equiripple::schedule_text(f, text_or_empty(parameters)));
    } else {
      refuse(result, "what is inspected must be facts, simulation or schedule");
    }
  });
}

int equiripple_evaluate(const equiripple_result* function, const double* a, const double* b,
                        double* y, size_t count) {
  if (function == nullptr || !function->function) return -1;
  const er::Function& f = *function->function;
  const bool takes_two = f.inputs() == 2;
  if (takes_two != (b != nullptr) || (count > 0 && (a == nullptr || y == nullptr))) return -1;
  try {
    for (std::size_t i = 0; i < count; ++i) y[i] = takes_two ? f(a[i], b[i]) : f(a[i]);
  } catch (const std::exception&) {  // out of memory
    return -1;
  }
  return 0;
}

equiripple_result* equiripple_search(const char* request, equiripple_progress progress,
                                     void* user) {
  return with_request(request, [&](equiripple_result& result, const er::Request& asked) {
    take_text(result, er::search(asked, progress_of(progress, user)));
  });
}

equiripple_result* equiripple_survey(const char* request, equiripple_progress progress,
                                     void* user) {
  return with_request(request, [&](equiripple_result& result, const er::Request& asked) {
    take_text(result, er::survey(asked, progress_of(progress, user)));
  });
}

equiripple_result* equiripple_network(const char* request, equiripple_progress progress,
                                      void* user) {
  return with_request(request, [&](equiripple_result& result, const er::Request& asked) {
    take_text(result, er::network(asked, progress_of(progress, user)));
  });
}

equiripple_result* equiripple_commands(void) {
  return result_of(
      [](equiripple_result& result) { result.text = equiripple::commands_json().dump(); });
}
