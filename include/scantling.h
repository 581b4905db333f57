/* SPDX-License-Identifier: Apache-2.0 */
/*
 * scantling.h: judge how containers are built and run
 *
 * Four arrows: config -> engine, source -> document, engine + documents -> project,
 * project x index -> report. Everything right of an arrow never changes and may be shared by
 * threads; everything left of one belongs to one thread at a time.
 *
 * The library opens no file, starts no thread, calls nothing back, reads no clock, environment or
 * locale, writes to no stream and keeps no global state of its own.
 * It is given what it needs and returns what it has to say. Each declaration follows these defaults
 * unless a label of its own says otherwise:
 *   Ownership  `_new`, `_ref`, `_judge`, `_merge`, `_evaluate`, `_test`, `_render` and `_describe`
 *              return what you release with `_free` or `_unref` of its type. Any other pointer is
 *              borrowed from the first argument. What you pass in is copied or referenced before
 *              the call returns, so release in any order. Releasing NULL is nothing.
 *   Failure    cannot fail; with a parameter `error`, NULL. `error` may be NULL. `*error` is NULL
 *              or an error before the call: a first error is stored, an earlier one is kept. NULL
 *              for a handle fails ARGUMENT, or reads as nothing (0, ""): so calls can be chained
 *              and `error` looked at once.
 *   Threads    const first argument: any thread at any time. Else: one thread at a time.
 *   Since      API level 1.
 * Text goes in as pointer and length, SCANTLING_TERMINATED meaning "up to its NUL". Text comes out
 * as UTF-8 with a NUL after it, its length in `ret_length` if that is not NULL; it may contain
 * NULs, and where there is none it is "". An index past the end is answered with NULL, 0 or NONE.
 * Enumerations may grow: each says how to take a value that you do not know.
 */
#ifndef SCANTLING_H
#define SCANTLING_H

#include <stddef.h>
#include <stdint.h>

/* What stands before each function: define it yourself where your compiler needs something else. */
#ifndef SCANTLING_API
#if defined(__GNUC__)
#define SCANTLING_API __attribute__((visibility("default")))
#else
#define SCANTLING_API
#endif
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Version ---- */

/** Version of this header, as "MAJOR.MINOR.PATCH"; that of the library that runs is below. */
#define SCANTLING_VERSION "0.1.0"

/** API level of this header: one more whenever a declaration or a value is added. */
#define SCANTLING_API_LEVEL 1

/** In the place of a length: the text goes up to its NUL. With NULL: there is no text. */
#define SCANTLING_TERMINATED ((size_t)-1)

/** In the place of an index: none. */
#define SCANTLING_NONE ((uint32_t)-1)

/** Version of the library that runs, "0.1.0". Ownership: static. Threads: any. */
SCANTLING_API const char *scantling_version(void);

/** API level of the library that runs: what is marked `Since: level N` is there if it is at least
 *  N. Threads: any. */
SCANTLING_API int32_t scantling_api_level(void);

/* ---- Types ---- */

/** Why a call failed. Threads: one at a time; each has an error pointer of its own. */
typedef struct scantling_error scantling_error;

/** Bytes made for you. */
typedef struct scantling_buffer scantling_buffer;

/** What to judge with. */
typedef struct scantling_config scantling_config;

/** A config compiled; shared. */
typedef struct scantling_engine scantling_engine;

/** One input. */
typedef struct scantling_source scantling_source;

/** A source normalized; shared. */
typedef struct scantling_document scantling_document;

/** What policies judge. Ownership: borrowed from its document or project, until the last owner of
 *  that lets go. */
typedef struct scantling_subject scantling_subject;

/** Documents joined; shared. It holds its engine and its documents. */
typedef struct scantling_project scantling_project;

/** What was found; shared. It holds its project. */
typedef struct scantling_report scantling_report;

/** The class of an error; take an unknown one as INTERNAL. */
typedef int32_t scantling_status;
enum {
    SCANTLING_STATUS_OK = 0,          /* of no error */
    SCANTLING_STATUS_MEMORY = 1,      /* there was none left; the handles are as they were */
    SCANTLING_STATUS_ARGUMENT = 2,    /* NULL, a value out of range or of the wrong type */
    SCANTLING_STATUS_STATE = 3,       /* a right call at a wrong time */
    SCANTLING_STATUS_UNSUPPORTED = 4, /* an option, kind or name this library does not know */
    SCANTLING_STATUS_POLICY = 5,      /* a file given to the config cannot be used */
    SCANTLING_STATUS_CANCELLED = 6,   /* by scantling_project_cancel */
    SCANTLING_STATUS_INTERNAL = 7     /* a defect of the library: please report it */
};

/** How bad it is. Ordered; of an unknown one compare and print the number. */
typedef int32_t scantling_severity;
enum {
    SCANTLING_SEVERITY_NONE = 0, /* of nothing: no finding has it */
    SCANTLING_SEVERITY_INFO = 10,
    SCANTLING_SEVERITY_LOW = 20,
    SCANTLING_SEVERITY_MEDIUM = 30,
    SCANTLING_SEVERITY_HIGH = 40,
    SCANTLING_SEVERITY_CRITICAL = 50
};

/** How a policy ended. Only FAIL, INCONCLUSIVE and ERROR are findings; take an unknown one as
 *  ERROR. */
typedef int32_t scantling_verdict;
enum {
    SCANTLING_VERDICT_PASS = 1,
    SCANTLING_VERDICT_FAIL = 2,
    SCANTLING_VERDICT_INCONCLUSIVE = 3,   /* a fact it needs is unknown */
    SCANTLING_VERDICT_NOT_APPLICABLE = 4, /* the format cannot say it, the platform has it not */
    SCANTLING_VERDICT_ERROR = 5           /* it failed or ran over a limit: nothing is judged */
};

/** How a field came by its value; take an unknown one as UNKNOWN. */
typedef int32_t scantling_state;
enum {
    SCANTLING_STATE_DECLARED = 1,      /* the document says so */
    SCANTLING_STATE_DEFAULT = 2,       /* the runtime would choose so */
    SCANTLING_STATE_DERIVED = 3,       /* it follows from other fields */
    SCANTLING_STATE_LINKED = 4,        /* another document of the project says so */
    SCANTLING_STATE_UNKNOWN = 5,       /* it has one that cannot be told from here */
    SCANTLING_STATE_ABSENT = 6,        /* it has none */
    SCANTLING_STATE_NULL = 7,          /* the document says null */
    SCANTLING_STATE_NOT_APPLICABLE = 8 /* the platform has no such thing */
};

/** Keys of the setters of config and source. "Adds": earlier values stay; else the last wins. */
typedef int32_t scantling_option;
enum {
    /* config, text */
    SCANTLING_OPTION_PACK = 1,     /* adds; default "recommended"; "none": no built-in policy */
    SCANTLING_OPTION_POLICY = 2,   /* adds; only these: a code, its prefix, an id or alias */
    SCANTLING_OPTION_IGNORE = 3,   /* adds; judge without these */
    SCANTLING_OPTION_DATE = 4,     /* "2026-11-21"; default: what hangs on a date is unknown */
    SCANTLING_OPTION_ASSUME = 5,   /* adds; "runtime=containerd", where no document tells */
    SCANTLING_OPTION_SUPPRESS = 6, /* "none": nothing suppresses; default "all" */
    /* source, text */
    SCANTLING_OPTION_FORMAT = 101,    /* "compose"; default: name and content decide */
    SCANTLING_OPTION_TARGET = 102,    /* adds; stage to judge; default: the final one */
    SCANTLING_OPTION_BUILD_ARG = 103, /* adds; "NAME=value" */
    SCANTLING_OPTION_VARIABLE = 104,  /* adds; "NAME=value" for ${NAME} in the text */
    SCANTLING_OPTION_ABOUT = 105,     /* adds; reference or digest of the image it describes */
    SCANTLING_OPTION_POD_TEMPLATE = 106, /* adds; "Kind=spec.template", where it has its pods */
    /* config, number (0: default); reached, the policy ends in ERROR and names the limit */
    SCANTLING_LIMIT_POLICY_BYTES = 201, /* 256 KiB; one file of the config (else POLICY) */
    SCANTLING_LIMIT_CONFIG_BYTES = 202, /* 4 MiB; all its files (else POLICY) */
    SCANTLING_LIMIT_STEPS = 203,        /* 10 000 000; one run of a policy */
    SCANTLING_LIMIT_TOTAL_STEPS = 204,  /* 200 000 000, or 100 000 a subject if more; a document */
    SCANTLING_LIMIT_MEMORY = 205,       /* 64 MiB; the policies of one thread */
    SCANTLING_LIMIT_STRING_BYTES = 206, /* 1 MiB; one string of a policy */
    SCANTLING_LIMIT_FINDINGS = 207,     /* 1000; a policy on a subject; the rest are counted */
    SCANTLING_LIMIT_RESULT_BYTES = 208, /* 64 MiB; findings of a document; the rest are counted */
    /* source, number (0: default); reached, the document notes an error and is cut there */
    SCANTLING_LIMIT_BYTES = 301,      /* 64 MiB, with companions */
    SCANTLING_LIMIT_NODES = 302,      /* 4 000 000 */
    SCANTLING_LIMIT_DEPTH = 303,      /* 128; 1000 at most */
    SCANTLING_LIMIT_ALIASES = 304,    /* 100 000 visits */
    SCANTLING_LIMIT_LINE_BYTES = 305, /* 65 535, of a Dockerfile */
    SCANTLING_LIMIT_FILES = 306,      /* 1000 companions */
    SCANTLING_LIMIT_ENTRIES = 307,    /* 1 000 000, of an archive */
    SCANTLING_LIMIT_ENTRY_BYTES = 308 /* 64 MiB, of one that is read */
};

/**
 * A place, and what there is to say of it. Lines and columns count from 1, columns in bytes, ends
 * exclusive; line 0: no place. `offset` and `length` are bytes of the file. Texts are as every text
 * that comes out, borrowed from the handle that filled the mark. Grows at its end: see
 * scantling_report_findings.
 */
typedef struct scantling_mark {
    const char *path; /* file it lies in: the source or a companion */
    size_t path_length;
    const char *field; /* path of a value; code of a note */
    size_t field_length;
    const char *text; /* value, message of a note, replacement of an edit */
    size_t text_length;
    uint64_t offset, length;
    uint32_t line, column, end_line, end_column;
    uint32_t document; /* index in the project, or SCANTLING_NONE */
    uint32_t group;    /* equal in the edits of one fix, in a note and its suggestions */
    int32_t kind;      /* SCANTLING_MARK_ */
    int32_t state;     /* SCANTLING_STATE_ of a value, or 0 */
} scantling_mark;

/** Kinds of marks; skip one that is unknown. */
enum {
    SCANTLING_MARK_ERROR = 1,      /* note: part of the input was not understood */
    SCANTLING_MARK_WARNING = 2,    /* note: probably not what was meant */
    SCANTLING_MARK_INFO = 3,       /* note: worth knowing */
    SCANTLING_MARK_SUGGESTION = 4, /* what might have been meant: the text */
    SCANTLING_MARK_ORIGIN = 5,     /* where a value is written */
    SCANTLING_MARK_EVIDENCE = 6,   /* a value that the verdict rests on */
    SCANTLING_MARK_RELATED = 7,    /* another place that matters */
    SCANTLING_MARK_EDIT = 8,       /* part of a fix that keeps the meaning */
    SCANTLING_MARK_UNSAFE_EDIT = 9 /* part of a fix that may change it: ask */
};

/** One finding, at a place as a mark has one; line 0 never. Grows at its end likewise. */
typedef struct scantling_finding {
    const char *code; /* "SL1001", or the policy's id if it has none */
    size_t code_length;
    const char *message;
    size_t message_length;
    const char *reason; /* why inconclusive, error, suppressed */
    size_t reason_length;
    const char *fingerprint; /* stays when the finding moves */
    size_t fingerprint_length;
    const char *path;
    size_t path_length;
    uint64_t offset, length;
    uint32_t line, column, end_line, end_column;
    uint32_t policy;     /* index in the list of scantling_engine_describe */
    uint32_t document;   /* index in the project; SCANTLING_NONE: the project */
    uint32_t subject;    /* index in the document; SCANTLING_NONE: all of it */
    uint32_t mark_count; /* evidence, related places, edits: scantling_report_marks */
    int32_t verdict, severity;
    int32_t confidence;  /* 10 low, 20 medium, 30 high */
    int32_t suppression; /* 0 none, 1 comment, 2 config, 3 baseline; unknown: suppressed */
    int32_t limit;       /* SCANTLING_LIMIT_ that ended the policy, or 0 */
    uint32_t fix_count;  /* groups of edits */
} scantling_finding;

/* ---- Names of values ---- */

/** Enumerations whose values have names. */
enum {
    SCANTLING_ENUM_STATUS = 1,
    SCANTLING_ENUM_SEVERITY = 2,
    SCANTLING_ENUM_VERDICT = 3,
    SCANTLING_ENUM_STATE = 4,
    SCANTLING_ENUM_OPTION = 5 /* limits included: "steps" */
};

/** Name of `value` of the SCANTLING_ENUM_ `enumeration`, "high": its constant in lower case without
 *  the prefix. "" for one that this library does not know. Ownership: static. Threads: any. */
SCANTLING_API const char *scantling_enum_name(int32_t enumeration, int32_t value);

/** Value that `name` (`length` bytes) has in the SCANTLING_ENUM_ `enumeration`, or -1. Threads:
 *  any. */
SCANTLING_API int32_t scantling_enum_value(int32_t enumeration, const char *name, size_t length);

/* ---- Errors and buffers ---- */

/** Class of `error`; OK for NULL. */
SCANTLING_API scantling_status scantling_error_status(const scantling_error *error);

/** What went wrong, for people: one line, without the place. It may change between versions. */
SCANTLING_API const char *scantling_error_message(const scantling_error *error, size_t *ret_length);

/** Fills in the place of `error`, `size` being your sizeof; 1, or 0 if it has none. */
SCANTLING_API int32_t scantling_error_mark(
    const scantling_error *error,
    scantling_mark *ret_mark,
    size_t size
);

/** What might have been meant, or what helps: the line number `index` from 0 on, or NULL. */
SCANTLING_API const char *scantling_error_suggestion(
    const scantling_error *error,
    size_t index,
    size_t *ret_length
);

/** Next problem that made the same call fail, or NULL. Ownership: borrowed from the first. */
SCANTLING_API const scantling_error *scantling_error_next(const scantling_error *error);

/** Releases an error and all that come after it. */
SCANTLING_API void scantling_error_free(scantling_error *error);

/** The bytes of `buffer`, a NUL after them, which the length does not count. */
SCANTLING_API const char *scantling_buffer_bytes(
    const scantling_buffer *buffer,
    size_t *ret_length
);

/** Releases a buffer. */
SCANTLING_API void scantling_buffer_free(scantling_buffer *buffer);

/* ---- Config: what to judge with ---- */

/** Kinds of files that a config takes. */
enum {
    SCANTLING_FILE_POLICY = 1,   /* Lua: one policy or adjustment */
    SCANTLING_FILE_FACTS = 2,    /* TSV: facts.NAME, or facts["FOLDER/NAME"] */
    SCANTLING_FILE_LIBRARY = 3,  /* Lua: what policies of the same folder may load by name */
    SCANTLING_FILE_SETTINGS = 4, /* YAML: packs, parameters, severities, suppressions, limits */
    SCANTLING_FILE_BASELINE = 5  /* findings known from earlier: suppressed */
};

/** A config of the built-in policies of the default pack. */
SCANTLING_API scantling_config *scantling_config_new(scantling_error **error);

/** Sets the number of a SCANTLING_LIMIT_ of the config, 0 being its default. Failure: remembered,
 *  as in all that sets or adds; told by scantling_engine_new, every time. */
SCANTLING_API void scantling_config_set_int(
    scantling_config *config,
    scantling_option option,
    int64_t value
);

/** Sets the text of a SCANTLING_OPTION_ of the config: UTF-8, one name or pair. Failure:
 *  remembered. */
SCANTLING_API void scantling_config_set_text(
    scantling_config *config,
    scantling_option option,
    const char *text,
    size_t length
);

/** Adds the text of a file that messages will call `name`: a SCANTLING_FILE_ `kind`, UTF-8. It is
 *  read by scantling_engine_new. Failure: remembered. */
SCANTLING_API void scantling_config_add_file(
    scantling_config *config,
    int32_t kind,
    const char *name,
    size_t name_length,
    const char *text,
    size_t text_length
);

/** Releases a config. */
SCANTLING_API void scantling_config_free(scantling_config *config);

/* ---- Engine: a config compiled ---- */

/** Compiles a config, which may then be changed for another engine. Failure: every setting and file
 *  at fault, an error each: none is skipped. */
SCANTLING_API scantling_engine *scantling_engine_new(
    const scantling_config *config,
    scantling_error **error
);

/** One more owner. Threads: any, as for every `_ref` and `_unref`. */
SCANTLING_API scantling_engine *scantling_engine_ref(scantling_engine *engine);

/** One owner less. Threads: any. */
SCANTLING_API void scantling_engine_unref(scantling_engine *engine);

/** Tells of the `policy` of a code, id or alias, or of all (NULL, 0), as `format` "text",
 *  "markdown" or "json" (with the digest, assumptions and limits of the engine); of all as "text
 *  why" or "json why", with what switched each on and set its severity and parameters. Or, whatever
 *  the policy, what `format` asks for: "settings", what the settings say as JSON; "version", the
 *  library; "packs", names that choose policies; "formats", those it reads; "fields", what
 *  policies can read, "fields TYPE" of one kind of node; "field TYPE.PATH", all about one.
 *  Failure: UNSUPPORTED for a policy, format, type or field it does not know. */
SCANTLING_API scantling_buffer *scantling_engine_describe(
    const scantling_engine *engine,
    const char *policy,
    size_t policy_length,
    const char *format,
    size_t format_length,
    scantling_error **error
);

/** Runs the policies' own examples: a finding for each that does not end as it promises. */
SCANTLING_API scantling_report *scantling_engine_test(
    const scantling_engine *engine,
    scantling_error **error
);

/** Judges `count` documents together: a project made, judged at every index, the reports merged. A
 *  NULL among the documents fails. */
SCANTLING_API scantling_report *scantling_engine_evaluate(
    const scantling_engine *engine,
    scantling_document *const *documents,
    size_t count,
    scantling_error **error
);

/* ---- Source: one input ---- */

/** What a file's name (a path, `length` bytes) tells: its format, "" if the content decides, NULL
 *  if it is no input. Ownership: static. Threads: any. */
SCANTLING_API const char *scantling_format_for_name(const char *name, size_t length);

/** A text by the name that findings will use, a path with '/' or anything that tells it apart; the
 *  bytes may be any. NULL with SCANTLING_TERMINATED: it could not be read, which the document will
 *  note; NULL with 0: it is empty. */
SCANTLING_API scantling_source *scantling_source_new(
    const char *name,
    size_t name_length,
    const char *bytes,
    size_t length,
    scantling_error **error
);

/** Sets the number of a SCANTLING_LIMIT_ of the source, 0 being its default. Failure: remembered;
 *  told by scantling_document_new, every time. */
SCANTLING_API void scantling_source_set_int(
    scantling_source *source,
    scantling_option option,
    int64_t value
);

/** Sets the text of a SCANTLING_OPTION_ of the source: UTF-8, one name or pair. Failure:
 *  remembered. */
SCANTLING_API void scantling_source_set_text(
    scantling_source *source,
    scantling_option option,
    const char *text,
    size_t length
);

/** Adds a companion by the path that scantling_document_missing gave. NULL with
 *  SCANTLING_TERMINATED: there is none; NULL with 0: it is empty. Failure: remembered. */
SCANTLING_API void scantling_source_add_file(
    scantling_source *source,
    const char *path,
    size_t path_length,
    const char *bytes,
    size_t length
);

/** Releases a source. */
SCANTLING_API void scantling_source_free(scantling_source *source);

/* ---- Document: a source normalized ---- */

/** Reads a source; again, if more was added. Failure: what setters remember. Whatever is wrong with
 *  the text is a note, and the rest is read: an empty document with a note is a document. */
SCANTLING_API scantling_document *scantling_document_new(
    const scantling_source *source,
    scantling_error **error
);

/** One more owner. Threads: any. */
SCANTLING_API scantling_document *scantling_document_ref(scantling_document *document);

/** One owner less. Threads: any. */
SCANTLING_API void scantling_document_unref(scantling_document *document);

/** The format it was read as; "" if none fits or several do (a note names them). */
SCANTLING_API const char *scantling_document_format(const scantling_document *document);

/** Path of a companion it would have read, or NULL; `index` counts from 0. Relative to the folder
 *  of the source's name, lexically clean, with '/'; `..` and absolute ones come as written. One
 *  that ends in '/' is a folder: its text is the names of the files in it, one a line, and those
 *  that are wanted are missing next. Which of them may be opened is for you to decide. */
SCANTLING_API const char *scantling_document_missing(
    const scantling_document *document,
    size_t index,
    size_t *ret_length
);

/** Fills in notes from `start` on, as scantling_report_findings does: a note, then its
 *  suggestions, which share its group. */
SCANTLING_API size_t scantling_document_notes(
    const scantling_document *document,
    size_t start,
    scantling_mark *ret_marks,
    size_t size,
    size_t capacity
);

/** A subject as this document alone tells it, or NULL; `index` counts from 0. */
SCANTLING_API const scantling_subject *scantling_document_subject(
    const scantling_document *document,
    size_t index
);

/** The model, as `format` "json" or "text". Failure: UNSUPPORTED names them all. */
SCANTLING_API scantling_buffer *scantling_document_render(
    const scantling_document *document,
    const char *format,
    size_t format_length,
    scantling_error **error
);

/* ---- Nodes: the values of a subject ---- */

/** A value: a number that means something only with its subject. */
typedef uint64_t scantling_node;

/** The subject itself. */
#define SCANTLING_NODE_ROOT ((scantling_node)0)

/** No node. */
#define SCANTLING_NODE_NONE ((scantling_node)-1)

/** Kinds of nodes; take an unknown one as TEXT. */
enum {
    SCANTLING_NODE_EMPTY = 0, /* it has no value; its state says why */
    SCANTLING_NODE_BOOL = 1,
    SCANTLING_NODE_INT = 2,
    SCANTLING_NODE_DECIMAL = 3,
    SCANTLING_NODE_TEXT = 4,
    SCANTLING_NODE_LIST = 5,
    SCANTLING_NODE_MAP = 6
};

/** Node at `path` below `node`: `user.is_root`, `mounts[1].source` (positions in paths count from
 *  1), `mounts[/data].source` or `labels[a.b]`. A field of the schema is always there, if EMPTY;
 *  NONE is a name, element or key that is not. */
SCANTLING_API scantling_node scantling_node_find(
    const scantling_subject *subject,
    scantling_node node,
    const char *path,
    size_t length
);

/** Innermost node that the byte at `offset` of the source belongs to, or NONE. */
SCANTLING_API scantling_node scantling_node_at(const scantling_subject *subject, uint64_t offset);

/** Element of a list or entry of a map, in order, or NONE; `index` counts from 0. */
SCANTLING_API scantling_node scantling_node_child(
    const scantling_subject *subject,
    scantling_node node,
    size_t index
);

/** Key of an entry of a map, or "". */
SCANTLING_API const char *scantling_node_key(
    const scantling_subject *subject,
    scantling_node node,
    size_t *ret_length
);

/** SCANTLING_NODE_ kind of a node; EMPTY for NONE. */
SCANTLING_API int32_t scantling_node_kind(const scantling_subject *subject, scantling_node node);

/** How a node came by its value; ABSENT for NONE. */
SCANTLING_API scantling_state scantling_node_state(
    const scantling_subject *subject,
    scantling_node node
);

/** Value of a BOOL or INT, or 0. */
SCANTLING_API int64_t scantling_node_int(const scantling_subject *subject, scantling_node node);

/** Value of any scalar, "true", "42", "0.5", or "". Nothing else gives out the bytes of secrets. */
SCANTLING_API const char *scantling_node_text(
    const scantling_subject *subject,
    scantling_node node,
    size_t *ret_length
);

/** Fills in the places that its value comes from, as scantling_report_findings does; for an EMPTY
 *  one, its nearest parent's. */
SCANTLING_API size_t scantling_node_origins(
    const scantling_subject *subject,
    scantling_node node,
    size_t start,
    scantling_mark *ret_marks,
    size_t size,
    size_t capacity
);

/** The node and all below, as `format` "json"; what to show of it, as "text" or "markdown". */
SCANTLING_API scantling_buffer *scantling_node_render(
    const scantling_subject *subject,
    scantling_node node,
    const char *format,
    size_t format_length,
    scantling_error **error
);

/* ---- Project: documents joined ---- */

/** Links `count` documents to each other, and to no other, under the engine's assumptions. Each
 *  keeps its index in the array. A NULL among them fails. */
SCANTLING_API scantling_project *scantling_project_new(
    const scantling_engine *engine,
    scantling_document *const *documents,
    size_t count,
    scantling_error **error
);

/** One more owner. Threads: any. */
SCANTLING_API scantling_project *scantling_project_ref(scantling_project *project);

/** One owner less. Threads: any. */
SCANTLING_API void scantling_project_unref(scantling_project *project);

/** A subject as policies see it, links and assumptions resolved, or NULL; both indexes count from
 *  0. */
SCANTLING_API const scantling_subject *scantling_project_subject(
    const scantling_project *project,
    size_t document,
    size_t index
);

/** The model of the document `document` as policies see it, as `scantling_document_render` writes
 *  that of one alone. Failure: ARGUMENT where there is no such document. */
SCANTLING_API scantling_buffer *scantling_project_render(
    const scantling_project *project,
    size_t document,
    const char *format,
    size_t format_length,
    scantling_error **error
);

/** Judges the subjects of the document `index`; at index `count`, the project across its documents.
 *  A document that is never judged is context: linked to, and not reported on. Failure: CANCELLED
 *  as well. A policy that fails is no failure but a finding. */
SCANTLING_API scantling_report *scantling_project_judge(
    const scantling_project *project,
    size_t index,
    scantling_error **error
);

/** Makes all judging of it end soon, CANCELLED, for good. It must have returned before the last
 *  owner lets go. Threads: any, and in signal handlers. */
SCANTLING_API void scantling_project_cancel(scantling_project *project);

/* ---- Report: what was found ---- */

/** Numbers about a report. */
enum {
    SCANTLING_NUMBER_DOCUMENTS = 1,
    SCANTLING_NUMBER_SUBJECTS = 2, /* judged; of scantling_engine_test, examples run */
    SCANTLING_NUMBER_POLICIES = 3,
    SCANTLING_NUMBER_FINDINGS = 4, /* all; the next three without the suppressed */
    SCANTLING_NUMBER_FAIL = 5,
    SCANTLING_NUMBER_INCONCLUSIVE = 6,
    SCANTLING_NUMBER_ERROR = 7,
    SCANTLING_NUMBER_SUPPRESSED = 8,
    SCANTLING_NUMBER_DROPPED = 9,         /* beyond SCANTLING_LIMIT_FINDINGS */
    SCANTLING_NUMBER_WORST_SEVERITY = 10, /* of what fails and is not suppressed */
    SCANTLING_NUMBER_BAD_INPUTS = 11,     /* documents with a note that is an error */
    SCANTLING_NUMBER_STEPS = 12,          /* of all policies; of no rendering a part */
    SCANTLING_NUMBER_PASS = 13,           /* no findings; one a policy and subject */
    SCANTLING_NUMBER_NOT_APPLICABLE = 14  /* likewise */
};

/** One more owner. Threads: any. */
SCANTLING_API scantling_report *scantling_report_ref(scantling_report *report);

/** One owner less. Threads: any. */
SCANTLING_API void scantling_report_unref(scantling_report *report);

/** The SCANTLING_NUMBER_ `number` of it, or -1 for one that this library does not know. */
SCANTLING_API int64_t scantling_report_number(const scantling_report *report, int32_t number);

/** Fills in up to `capacity` findings from `start` on and returns how many. `size` is your sizeof:
 *  of a shorter struct what fits is filled, of a longer one the rest is zeroed; one shorter than at
 *  level 1 gets nothing. Every function that fills in works so. */
SCANTLING_API size_t scantling_report_findings(
    const scantling_report *report,
    size_t start,
    scantling_finding *ret_findings,
    size_t size,
    size_t capacity
);

/** Fills in the evidence, related places and edits of the finding with index `finding`, from
 *  `start` on. */
SCANTLING_API size_t scantling_report_marks(
    const scantling_report *report,
    size_t finding,
    size_t start,
    scantling_mark *ret_marks,
    size_t size,
    size_t capacity
);

/** `count` reports of one project, each index of it at most once, as one; the order they are given
 *  in does not matter. A NULL among them fails, so that nothing unjudged passes for judged. */
SCANTLING_API scantling_report *scantling_report_merge(
    scantling_report *const *reports,
    size_t count,
    scantling_error **error
);

/** The report as `format` "text", "short", "json", ..., or its fixes as "diff"; options follow the
 *  name, "text width=80 color links ascii suppressed verbose quiet fail-on=medium", "diff unsafe".
 *  Failure: UNSUPPORTED names them all. */
SCANTLING_API scantling_buffer *scantling_report_render(
    const scantling_report *report,
    const char *format,
    size_t format_length,
    scantling_error **error
);

#ifdef __cplusplus
}
#endif

#endif
