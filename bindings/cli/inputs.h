/* SPDX-License-Identifier: Apache-2.0 */
/*
 * inputs.h: what is to be judged, and the documents made of it
 *
 * First the names (inputs.c): of files that were named, of files found in folders, of standard
 * input, of a command line; in the order of their bytes, each file once. Then each is read into a
 * document (load.c), on as many threads as are wanted. Last (settle.c) what is wrong with them is
 * told, in order, and what need not be judged is dropped.
 */
#ifndef CLI_INPUTS_H
#define CLI_INPUTS_H

#include "options.h"

enum cli_origin { CLI_FROM_FILE, CLI_FROM_STREAM, CLI_FROM_WORDS };

#define CLI_NO_FOLDER ((size_t)-1)

/* A companion that was given. */
struct cli_companion {
    char *name; /* as reports show it */
    char *path; /* as it is opened */
    char *kept; /* its text */
    size_t kept_length;
};

struct cli_input {
    const char *name; /* as it is shown */
    enum cli_origin origin;
    bool is_named;     /* it must be judged, or the run is incomplete */
    bool lacks_target; /* the stage that is asked for is none of its own */
    const char *path;  /* as it is opened, if it was named */
    const char *root;  /* folder that companions may come from; NULL: none are looked for */
    const char *below; /* its path from there */
    struct cli_input *original; /* an input before it that is the same file; NULL: none */
    size_t folder;     /* in which it was found, or CLI_NO_FOLDER */
    uint64_t device, inode;
    /* filled in by loading */
    int reason;    /* 0, or why it was not read: see files.h */
    uint64_t size; /* in bytes, where it is known */
    scantling_document *document;
    scantling_error *error;
    char *kept; /* text of a stream, which cannot be read again, and of all that may be fixed */
    size_t kept_length;
    struct cli_companion *companions; /* where they may be fixed */
    size_t companion_count;
};

/* A folder that was named. */
struct cli_folder {
    const char *shown;
    size_t file_count;
    bool has_documents, has_failed;
};

struct cli_inputs {
    struct cli_input *at;
    size_t count;
    struct cli_folder *folders;
    size_t folder_count;
};

/* Whether the format of --as is one; false is told. */
bool cli_inputs_know_format(struct cli_run *run, const struct cli_options *options);
/* A file that is named, or "-". */
struct cli_input cli_input_named(struct cli_pool *pool, const struct cli_options *options,
                                 const char *path);
/* The words after `--`. */
struct cli_input cli_input_words(void);
/* Finds what the options name; what cannot be found is told. */
struct cli_inputs cli_inputs_find(struct cli_run *run, const struct cli_options *options);
/* Reads one input that has no document yet; from any thread. */
void cli_input_load(struct cli_input *input, const struct cli_options *options);
/* Reads them all into documents. */
void cli_inputs_load(const struct cli_options *options, struct cli_inputs *inputs);
/* Whether some document has the stage that --target asks for; false is told. Those that have not
 * are read again without it. */
bool cli_inputs_find_target(struct cli_run *run, const struct cli_options *options,
                            struct cli_inputs *inputs);
/* Tells what is wrong, and drops what is of no known format and need not be judged. */
void cli_inputs_settle(struct cli_run *run, const struct cli_options *options,
                       struct cli_inputs *inputs);
/* Lets go of what loading made. */
void cli_input_release(struct cli_input *input);
void cli_inputs_finish(struct cli_inputs *inputs);

#endif
