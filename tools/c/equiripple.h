/* equiripple for C and every language that calls C: requests and results are text.
 *
 * A request is a JSON object, in the words of the command line:
 *
 *   {"command": "relu",                    any command that makes a function
 *    "options": {"bits": "13",             by their long names; numbers as exact text, or integers
 *                "degrees": [7, 7, 27],    a list: joined by commas, or for an option that may be
 *                "no-absorption": true},   repeated its values; true sets a switch
 *    "name": "relu13",                     an identifier; may be left out
 *    "files": {"points.txt": "0 0\n1 1"}}  texts of files that options name; may be left out, then
 *                                          they are read from the file system
 *
 * Every call returns a result, which equiripple_free frees; NULL only where there is no memory for
 * it. Texts belong to their result, are UTF-8 and end with a zero. Nothing is printed, no process
 * is started. Every function may be called by any number of threads at a time; a result may be
 * read, evaluated and emitted by all of them, until one frees it.
 *
 * The functions and numbers below stay as they are within one value of equiripple_abi_version:
 * others may be added, none changes.
 */
#ifndef EQUIRIPPLE_H
#define EQUIRIPPLE_H

#include <stddef.h>

#if defined(__GNUC__)
#define EQUIRIPPLE_C_PUBLIC __attribute__((visibility("default")))
#else
#define EQUIRIPPLE_C_PUBLIC
#endif

#ifdef __cplusplus
extern "C" {
#endif

#define EQUIRIPPLE_ABI_VERSION 1

/* How a call ended; the numbers of the command line's exit statuses, where it has them. */
enum equiripple_status {
  EQUIRIPPLE_DONE = 0,
  EQUIRIPPLE_WRONG_REQUEST = 2,  /* the sentence says which word, and what would be right */
  EQUIRIPPLE_CANNOT_BE_MET = 3,  /* it says the best that can */
  EQUIRIPPLE_CLAIM_FAILS = 4,    /* of equiripple_verify: it says which claim */
  EQUIRIPPLE_MACHINE_FAILED = 5, /* file system, memory */
  EQUIRIPPLE_CANCELLED = 6       /* by the progress function */
};

typedef struct equiripple_result equiripple_result;

/* Told what is being worked on, some times a second, by the thread that called. Another value than
 * 0 ends the work, with the status EQUIRIPPLE_CANCELLED. */
typedef int (*equiripple_progress)(const char* work, void* user);

/* That of the library; compare it with EQUIRIPPLE_ABI_VERSION. */
EQUIRIPPLE_C_PUBLIC int equiripple_abi_version(void);
/* "0.1.0" */
EQUIRIPPLE_C_PUBLIC const char* equiripple_version(void);

EQUIRIPPLE_C_PUBLIC int equiripple_status_of(const equiripple_result* result);
/* What the call is for: see each; empty where the status is not EQUIRIPPLE_DONE, but for verify. */
EQUIRIPPLE_C_PUBLIC const char* equiripple_text(const equiripple_result* result);
/* A sentence for people, where the status is not EQUIRIPPLE_DONE; else empty, or a remark. */
EQUIRIPPLE_C_PUBLIC const char* equiripple_sentence(const equiripple_result* result);
/* The option that the sentence is about, "max-levels"; empty where there is none. */
EQUIRIPPLE_C_PUBLIC const char* equiripple_option(const equiripple_result* result);
/* NULL is no result, and freed already. */
EQUIRIPPLE_C_PUBLIC void equiripple_free(equiripple_result* result);

/* Makes a function. Text: the artifact, what the command line writes to FILE.json. `progress` may
 * be NULL. The result can be evaluated and emitted. */
EQUIRIPPLE_C_PUBLIC equiripple_result* equiripple_make(const char* request,
                                                       equiripple_progress progress, void* user);

/* The function in the text of an artifact or of a C++ header. Text: the artifact. */
EQUIRIPPLE_C_PUBLIC equiripple_result* equiripple_read(const char* text);

/* Proves the claims of an artifact or a header again. Text, also where a claim fails: a JSON array
 * of {"claim", "stage", "holds", "sentence"[, "at"]}. */
EQUIRIPPLE_C_PUBLIC equiripple_result* equiripple_verify(const char* text,
                                                         equiripple_progress progress, void* user);

/* Of a result of make or read: the function in another form. Text: the file. Targets: cpp, json,
 * openfhe, seal, lattigo, python, mlir, csv, latex, program; and for people summary, report (HTML)
 * and plot (SVG). */
EQUIRIPPLE_C_PUBLIC equiripple_result* equiripple_emit(const equiripple_result* function,
                                                       const char* target);

/* Likewise, as JSON: "facts" (what the artifact says, with numbers as doubles: error, stages,
 * costs, description), "simulation" on ciphertexts with `parameters` as "logN=15,scale=2^40", or
 * "schedule": the plan as the calls that a library is to carry out. Its `parameters` are JSON:
 *
 *   {"moduli": [q_0, q_1, ...], "inputs": [{"level": 5, "scale": 1125899906842624.0}]
 *    [, "prescribed": [the scale that results must have at level 0, 1, ...]]}
 *
 * moduli[l] is what a rescaling at level l divides by; there is one input or there are two. Text:
 *
 *   {"calls": [{"operation", "operands": [numbers of values], "level", "scale"
 *               [, "scalar", "encoding"][, "integer"]}], "result": number, "level", "scale"}
 *
 * Values are numbered: the inputs from 0, then the result of each call. Operations are multiply and
 * square (three components), relinearize, rescale, multiply_scalar and add_scalar (of
 * round(scalar * encoding)), multiply_integer, add, sub (x - y), drop (to the level), read (the
 * same ciphertext, read at another scale). Levels and scales are of the result. Where levels or
 * scales do not suffice the request cannot be met. */
EQUIRIPPLE_C_PUBLIC equiripple_result* equiripple_inspect(const equiripple_result* function,
                                                          const char* what, const char* parameters);

/* y[i] = the function at a[i], or of a[i] and b[i] where it has two inputs (else b is NULL), as its
 * plan computes it, in double. 0 where it is done; -1 where the result is no function, or of
 * another number of inputs. */
EQUIRIPPLE_C_PUBLIC int equiripple_evaluate(const equiripple_result* function, const double* a,
                                            const double* b, double* y, size_t count);

/* `search` and `survey` of the command line; the command of the request is not looked at. Text:
 * what they print with --json. */
EQUIRIPPLE_C_PUBLIC equiripple_result* equiripple_search(const char* request,
                                                         equiripple_progress progress, void* user);
EQUIRIPPLE_C_PUBLIC equiripple_result* equiripple_survey(const char* request,
                                                         equiripple_progress progress, void* user);

/* `network` of the command line: the polynomial of every activation, and the places of refreshes.
 * Options: "file", the name of the network's TOML, of the file system or in "files"; "pareto". The
 * command is not looked at. Text: JSON {"name", "bootstraps", "latency", "error" (the sum of weight
 * * error), "levels", "optimal_over", "remarks", "table", "layers": [{"name", "function",
 * "artifact" (which of "artifacts", or null), "input_level", "output_level", "refreshes", "error",
 * "weight", "range"}], "artifacts": [texts for equiripple_read], "files": {name: text}}; with
 * pareto {"front", "table"}. */
EQUIRIPPLE_C_PUBLIC equiripple_result* equiripple_network(const char* request,
                                                          equiripple_progress progress, void* user);

/* The commands and options that requests take, as JSON: [{"command", "help", "options": [{"name",
 * "value", "help", "arity": "flag" | "one" | "many", "required"[, "default"][, "choices":
 * [word, ...]]}]}]. */
EQUIRIPPLE_C_PUBLIC equiripple_result* equiripple_commands(void);

#ifdef __cplusplus
}
#endif

#endif
