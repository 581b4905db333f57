/* SPDX-License-Identifier: Apache-2.0 */
/*
 * embed.c: a small scanner
 *
 *     cc embed.c $(pkg-config --cflags --libs scantling) -o embed && ./embed weak/Dockerfile
 *
 * Prints a line for each finding in the files that are named. No call is checked but the last:
 * what fails leaves its error in `error`, and all that follows quietly does nothing.
 */
#include <scantling.h>

#include <stdio.h>
#include <string.h>

enum { MOST_BYTES = 1 << 20, MOST_PATH = 4096 };

/* The bytes of a file, up to the next call; NULL and SCANTLING_TERMINATED where it is none. */
static const char *
read_bytes(const char *path, size_t *ret_length)
{
    static char bytes[MOST_BYTES];
    FILE *file = fopen(path, "rb");

    *ret_length = file ? fread(bytes, 1, sizeof bytes, file) : SCANTLING_TERMINATED;
    if (file)
        fclose(file);
    return file ? bytes : NULL;
}

/* Answers for a file that the document would have read: of what lies beside it, and only there. */
static int
give_companion(scantling_source *source, const char *path, const char *missing)
{
    const char *slash = strrchr(path, '/'), *bytes;
    char beside[MOST_PATH];
    size_t length;

    if (strchr(missing, '/'))
        return 0;
    snprintf(beside, sizeof beside, "%.*s%s", slash ? (int)(slash - path) + 1 : 0, path, missing);
    bytes = read_bytes(beside, &length);
    scantling_source_add_file(source, missing, SCANTLING_TERMINATED, bytes, length);
    return 1;
}

/* The library opens no file: its host decides which to read. What it cannot read it says so of,
 * what a document needs besides it names, and a document is read again until there is no more. */
static scantling_document *
read_document(const char *path, scantling_error **error)
{
    size_t length;
    const char *bytes = read_bytes(path, &length), *missing;
    scantling_source *source =
        scantling_source_new(path, SCANTLING_TERMINATED, bytes, length, error);
    scantling_document *document = NULL;
    int given = 1;

    while (given) {
        scantling_document_unref(document);
        document = scantling_document_new(source, error);
        given = 0;
        for (size_t i = 0; (missing = scantling_document_missing(document, i, NULL)) != NULL; i++)
            given += give_companion(source, path, missing);
    }
    scantling_source_free(source);
    return document;
}

static void
print_findings(const scantling_report *report, const char *path)
{
    scantling_finding finding;

    for (size_t i = 0; scantling_report_findings(report, i, &finding, sizeof finding, 1); i++)
        printf("%s:%u: %s: %s [%s]\n", finding.path, finding.line,
               scantling_enum_name(SCANTLING_ENUM_SEVERITY, finding.severity), finding.message,
               finding.code);
    if (scantling_report_number(report, SCANTLING_NUMBER_BAD_INPUTS) > 0)
        printf("%s: could not be read, or not fully understood\n", path);
}

int
main(int argc, char **argv)
{
    scantling_error *error = NULL;
    scantling_config *config = scantling_config_new(&error);
    scantling_engine *engine = scantling_engine_new(config, &error);

    for (int i = 1; i < argc; i++) {
        scantling_document *document = read_document(argv[i], &error);
        scantling_report *report = scantling_engine_evaluate(engine, &document, 1, &error);

        print_findings(report, argv[i]);
        scantling_report_unref(report);
        scantling_document_unref(document);
    }
    scantling_engine_unref(engine);
    scantling_config_free(config);
    if (!error)
        return 0;
    fprintf(stderr, "embed: %s\n", scantling_error_message(error, NULL));
    scantling_error_free(error);
    return 1;
}
