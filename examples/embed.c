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

enum { MOST_BYTES = 1 << 20 };

/* The library opens no file: its host decides which to read. What it cannot read it says so of. */
static scantling_document *
read_document(const char *path, scantling_error **error)
{
    static char bytes[MOST_BYTES];
    FILE *file = fopen(path, "rb");
    size_t length = file ? fread(bytes, 1, sizeof bytes, file) : SCANTLING_TERMINATED;
    scantling_source *source = scantling_source_new(path, SCANTLING_TERMINATED,
                                                    file ? bytes : NULL, length, error);
    scantling_document *document = scantling_document_new(source, error);

    scantling_source_free(source);
    if (file)
        fclose(file);
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
