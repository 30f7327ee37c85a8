/* The library from C: every function once, and what each refuses. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "equiripple.h"

static int wrong = 0;

#define EXPECT(condition)                                      \
  do {                                                         \
    if (!(condition)) {                                        \
      printf("line %d: " #condition " is not so\n", __LINE__); \
      ++wrong;                                                 \
    }                                                          \
  } while (0)

static int has(const char* text, const char* part) { return strstr(text, part) != NULL; }

static int told = 0;
static int count_and_go_on(const char* work, void* user) {
  EXPECT(work != NULL && strlen(work) > 0);
  ++*(int*)user;
  return 0;
}
static int end_at_once(const char* work, void* user) {
  (void)work;
  (void)user;
  return 1;
}

static void expect_refused(const char* request, const char* part) {
  equiripple_result* result = equiripple_make(request, NULL, NULL);
  EXPECT(equiripple_status_of(result) == EQUIRIPPLE_WRONG_REQUEST);
  EXPECT(has(equiripple_sentence(result), part));
  EXPECT(strlen(equiripple_text(result)) == 0);
  if (!has(equiripple_sentence(result), part)) printf("  %s\n", equiripple_sentence(result));
  equiripple_free(result);
}

static void expect_emitted(const equiripple_result* function, const char* target,
                           const char* part) {
  equiripple_result* emitted = equiripple_emit(function, target);
  EXPECT(equiripple_status_of(emitted) == EQUIRIPPLE_DONE);
  EXPECT(has(equiripple_text(emitted), part));
  equiripple_free(emitted);
}

static void refusals(void) {
  expect_refused(NULL, "a JSON object");
  expect_refused("", "a JSON object");
  expect_refused("[1", "a JSON object");
  expect_refused("{}", "\"command\" is missing");
  expect_refused("{\"command\": 3}", "must be a string");
  expect_refused("{\"command\": \"relu\", \"option\": {}}", "'option' is unknown");
  expect_refused("{\"command\": \"relu\", \"options\": {\"bits\": 9.5}}", "write it as text");
  expect_refused("{\"command\": \"relu\", \"options\": {\"bits\": null}}", "must be a string");
  expect_refused("{\"command\": \"relu\", \"options\": {\"degrees\": []}}", "the list is empty");
  expect_refused("{\"command\": \"relu\", \"options\": {\"bitz\": 9}}", "unknown option '--bitz'");
  expect_refused("{\"command\": \"relu\", \"options\": {\"bits\": 9}, \"name\": \"int\"}",
                 "not an identifier");
  expect_refused("{\"command\": \"relu\", \"files\": {\"a\": 1}}", "must be a string");
}

static void functions(void) {
  const double x[3] = {-3, 0.5, 4};
  double y[3];
  int i;
  equiripple_result* relu = equiripple_make(
      "{\"command\": \"relu\", \"options\": {\"degrees\": [7, 7], \"range\": \"5\","
      " \"no-absorption\": true}, \"name\": \"relu7\"}",
      count_and_go_on, &told);
  EXPECT(equiripple_status_of(relu) == EQUIRIPPLE_DONE);
  EXPECT(told > 0);
  EXPECT(has(equiripple_text(relu), "\"name\": \"relu7\""));
  EXPECT(strlen(equiripple_option(relu)) == 0);
  EXPECT(equiripple_evaluate(relu, x, NULL, y, 3) == 0);
  for (i = 0; i < 3; ++i) EXPECT(fabs(y[i] - (x[i] > 0 ? x[i] : 0)) < 5 * 0.0076);
  EXPECT(equiripple_evaluate(relu, x, x, y, 3) == -1);
  EXPECT(equiripple_evaluate(NULL, x, NULL, y, 3) == -1);
  EXPECT(equiripple_evaluate(relu, NULL, NULL, NULL, 0) == 0);
  expect_emitted(relu, "cpp", "namespace relu7");
  expect_emitted(relu, "program", "equiripple-program 1");
  expect_emitted(relu, "summary", "relu(x)");
  {
    equiripple_result* none = equiripple_emit(relu, "cobol");
    EXPECT(equiripple_status_of(none) == EQUIRIPPLE_WRONG_REQUEST);
    equiripple_free(none);
    none = equiripple_emit(NULL, "cpp");
    EXPECT(equiripple_status_of(none) == EQUIRIPPLE_WRONG_REQUEST);
    equiripple_free(none);
  }
  {
    equiripple_result* facts = equiripple_inspect(relu, "facts", NULL);
    EXPECT(has(equiripple_text(facts), "\"key_switches\""));
    EXPECT(has(equiripple_text(facts), "\"inputs\":1"));
    equiripple_free(facts);
    facts = equiripple_inspect(relu, "simulation", "logN=14,scale=2^45");
    EXPECT(has(equiripple_text(facts), "\"evidence\": \"simulated\""));
    equiripple_free(facts);
    facts =
        equiripple_inspect(relu, "schedule",
                           "{\"moduli\": [1e15, 1e15, 1e15, 1e15, 1e15, 1e15, 1e15, 1e15, 1e15], "
                           "\"inputs\": [{\"level\": 8, \"scale\": 1e13}]}");
    EXPECT(equiripple_status_of(facts) == EQUIRIPPLE_DONE);
    EXPECT(has(equiripple_text(facts), "{\"operation\":\"relinearize\",\"operands\":["));
    equiripple_free(facts);
    facts = equiripple_inspect(
        relu, "schedule",
        "{\"moduli\": [1e15, 1e15], \"inputs\": [{\"level\": 1, \"scale\": 1e13}]}");
    EXPECT(equiripple_status_of(facts) == EQUIRIPPLE_CANNOT_BE_MET);
    EXPECT(has(equiripple_sentence(facts), "levels, the ciphertext has 1 left"));
    equiripple_free(facts);
    facts = equiripple_inspect(relu, "schedule", "{\"moduli\": [1e15]}");
    EXPECT(equiripple_status_of(facts) == EQUIRIPPLE_WRONG_REQUEST);
    equiripple_free(facts);
    facts = equiripple_inspect(relu, "weather", NULL);
    EXPECT(equiripple_status_of(facts) == EQUIRIPPLE_WRONG_REQUEST);
    equiripple_free(facts);
  }
  {
    equiripple_result* again = equiripple_read(equiripple_text(relu));
    EXPECT(strcmp(equiripple_text(again), equiripple_text(relu)) == 0);
    equiripple_free(again);
    again = equiripple_verify(equiripple_text(relu), NULL, NULL);
    EXPECT(equiripple_status_of(again) == EQUIRIPPLE_DONE);
    EXPECT(has(equiripple_text(again), "\"holds\":true"));
    equiripple_free(again);
  }
  equiripple_free(relu);
}

static void others(void) {
  equiripple_result* result = equiripple_make(
      "{\"command\": \"fit\", \"options\": {\"data\": \"p.txt\", \"degree\": 1},"
      " \"files\": {\"p.txt\": \"0 0\\n1 1\\n2 2\\n\"}}",
      NULL, NULL);
  EXPECT(equiripple_status_of(result) == EQUIRIPPLE_DONE);
  equiripple_free(result);
  result =
      equiripple_make("{\"command\": \"relu\", \"options\": {\"bits\": 13}}", end_at_once, NULL);
  EXPECT(equiripple_status_of(result) == EQUIRIPPLE_CANCELLED);
  equiripple_free(result);
  result = equiripple_make(
      "{\"command\": \"relu\", \"options\": {\"bits\": 13, \"max-levels\": 3}}", NULL, NULL);
  EXPECT(equiripple_status_of(result) == EQUIRIPPLE_CANNOT_BE_MET);
  equiripple_free(result);
  result = equiripple_verify("nothing", NULL, NULL);
  EXPECT(equiripple_status_of(result) == EQUIRIPPLE_WRONG_REQUEST);
  equiripple_free(result);
  result = equiripple_search(
      "{\"command\": \"search\", \"options\": {\"objective\": \"relu\", \"bits\": 6}}", NULL, NULL);
  EXPECT(has(equiripple_text(result), "\"choices\""));
  equiripple_free(result);
  result = equiripple_commands();
  EXPECT(has(equiripple_text(result), "\"command\":\"minimax\""));
  equiripple_free(result);
  equiripple_free(NULL);
  EXPECT(equiripple_status_of(NULL) == EQUIRIPPLE_MACHINE_FAILED);
}

int main(void) {
  EXPECT(equiripple_abi_version() == EQUIRIPPLE_ABI_VERSION);
  EXPECT(strlen(equiripple_version()) > 0);
  refusals();
  functions();
  others();
  if (wrong == 0) printf("all as expected\n");
  return wrong == 0 ? 0 : 1;
}
