/* SPDX-License-Identifier: Apache-2.0 */
/*
 * yaml_error.c: what libyaml has to say, in our words and at our places
 *
 * libyaml names a problem, often with a context: what it was reading, and where that begins. A
 * problem at the end of the text is told as such, by its context, at the end of what is there.
 */
#include "syntax/yaml_reader.h"

#include "base/utf8.h"

enum { LONGEST_WORD = 60 };

struct problem {
    const char *theirs, *ours, *help;
    bool is_at_context; /* where it begins, rather than where it was noticed */
};

#define TAB_HELP "indent with spaces"

static const struct problem problems[] = {
    { "mapping values are not allowed in this context", "a ':' that ends no key",
      "a value with ': ' in it stands in quotes", false },
    { "block sequence entries are not allowed in this context", "a list item '-' cannot stand here",
      NULL, false },
    { "mapping keys are not allowed in this context", "a key '?' cannot stand here", NULL, false },
    { "could not find expected ':'", "no ':' behind a key", NULL, true },
    { "did not find expected key", "expected a key, or less indentation", NULL, false },
    { "did not find expected '-' indicator", "expected a list item '-', or less indentation", NULL,
      false },
    { "did not find expected ',' or ']'", "expected ',' or ']' in a list", NULL, false },
    { "did not find expected ',' or '}'", "expected ',' or '}' in a map", NULL, false },
    { "did not find expected node content", "expected a value", NULL, false },
    { "did not find expected <document start>", "expected '---' or the end of the file", NULL,
      false },
    { "found character that cannot start any token", "a value cannot begin with this character",
      "put it in quotes", false },
    { "found a tab character that violates indentation", "a tab as indentation", TAB_HELP, false },
    { "found a tab character where an indentation space is expected", "a tab as indentation",
      TAB_HELP, false },
    { "found unexpected end of stream", "end of file inside a quoted string", NULL, false },
    { "found unexpected document indicator", "a document ends inside a quoted string", NULL,
      false },
    { "found unknown escape character", "unknown escape in a string", NULL, false },
    { "did not find expected hexdecimal number", "hexadecimal digits do not follow an escape", NULL,
      false },
    { "found invalid Unicode character escape code", "an escape that is no character", NULL,
      false },
    { "found unexpected ':'", "a ':' inside a plain value in brackets", "put it in quotes", false },
    { "did not find expected comment or line break", "text behind '|' or '>'", NULL, false },
    { "found an indentation indicator equal to 0", "an indentation of 0", NULL, false },
    { "did not find expected alphabetic or numeric character",
      "expected a name of letters and digits", NULL, false },
    { "found undefined tag handle", "unknown beginning of a tag", NULL, false },
    { "did not find expected tag URI", "expected a tag", NULL, false },
    { "did not find expected whitespace or line break", "expected a blank behind a tag", NULL,
      false },
    { "did not find the expected '>'", "no '>' at the end of a tag", NULL, false },
    { "found incompatible YAML document", "a version of YAML other than 1.1 and 1.2", NULL, false },
    { "found duplicate %YAML directive", "a second %YAML line", NULL, false },
    { "found duplicate %TAG directive", "a second %TAG line of that name", NULL, false },
    { "found unknown directive name", "unknown directive", NULL, false },
};

static const struct context {
    const char *theirs, *begins, *end_of_file;
} contexts[] = {
    { "while parsing a block mapping", "the map starts at", NULL },
    { "while parsing a block collection", "the list starts at", NULL },
    { "while parsing a flow mapping", "the map starts at", "end of file inside a map" },
    { "while parsing a flow sequence", "the list starts at", "end of file inside a list" },
    { "while scanning a quoted scalar", "the string starts at",
      "end of file inside a quoted string" },
    { "while parsing a quoted scalar", "the string starts at", NULL },
    { "while scanning a block scalar", "the text starts at", NULL },
};

struct scl_note *
scl_yaml_stop(struct scl_yaml_reader *r, struct scl_span span, const char *format, ...)
{
    struct scl_text text = { 0 };
    struct scl_note *note;
    va_list arguments;

    r->stopped = true;
    va_start(arguments, format);
    scl_text_v(&text, format, arguments);
    va_end(arguments);
    if (text.failed)
        r->arena->failed = true;
    note = scl_note_add(r->notes, SCL_NOTE_ERROR, span, "%.*s", SCL_ARG(scl_text_str(&text)));
    scl_text_finish(&text);
    return note;
}

/* The word or the one character at `at`; nothing at a line end. */
static struct scl_span
word_at(const struct scl_yaml_reader *r, uint32_t at)
{
    struct scl_str rest = scl_str_sub(r->text, at, LONGEST_WORD);
    size_t bytes = 0;

    while (bytes < rest.len && (scl_is_alnum(rest.at[bytes]) || rest.at[bytes] == '_'))
        bytes++;
    if (bytes == 0 && rest.len && !scl_yaml_break_at(r, at))
        scl_utf8_decode(rest.at, rest.len, &bytes);
    return (struct scl_span){ at, (uint32_t)bytes };
}

/* The end of what is there before any blanks. */
static uint32_t
text_end(const struct scl_yaml_reader *r)
{
    uint32_t end = (uint32_t)r->text.len;

    while (end > r->first && scl_is_blank(r->text.at[end - 1]))
        end--;
    return end;
}

static const struct context *
find_context(const char *theirs)
{
    for (size_t i = 0; theirs && i < sizeof contexts / sizeof *contexts; i++)
        if (strcmp(contexts[i].theirs, theirs) == 0)
            return &contexts[i];
    return NULL;
}

static const struct problem *
find_problem(const char *theirs)
{
    for (size_t i = 0; i < sizeof problems / sizeof *problems; i++)
        if (strcmp(problems[i].theirs, theirs) == 0)
            return &problems[i];
    return NULL;
}

static struct scl_note *
stop_at_problem(struct scl_yaml_reader *r, uint32_t at, const char *theirs)
{
    const struct problem *problem = find_problem(theirs);
    struct scl_note *note;

    if (!problem)
        return scl_yaml_stop(r, word_at(r, at), "not YAML: %s", theirs);
    if (problem->is_at_context)
        at = scl_yaml_offset(r, r->parser.context_mark.index);
    if (at < r->text.len && r->text.at[at] == '\t' && problem->help) {
        note = scl_yaml_stop(r, word_at(r, at), "a tab as indentation");
        scl_note_help(r->notes, note, TAB_HELP);
        return note;
    }
    note = scl_yaml_stop(r, word_at(r, at), "%s", problem->ours);
    if (problem->help)
        scl_note_help(r->notes, note, "%s", problem->help);
    return note;
}

/* At the end of the text: inside of what it ends, or NULL where that is nothing in particular. */
static const struct context *
find_end_context(const struct scl_yaml_reader *r, const struct context *context)
{
    const struct scl_tree *open = scl_tree_innermost(&r->builder);

    if (context && context->end_of_file)
        return context;
    if (!open || open->style != SCL_TREE_FLOW)
        return NULL;
    return find_context(open->kind == SCL_TREE_MAP ? "while parsing a flow mapping"
                                                   : "while parsing a flow sequence");
}

void
scl_yaml_stop_at_error(struct scl_yaml_reader *r)
{
    const char *theirs = r->parser.problem ? r->parser.problem : "";
    const struct context *context = find_context(r->parser.context), *ended;
    uint32_t at, end = text_end(r);
    struct scl_note *note;

    r->stopped = true;
    if (r->parser.error == YAML_MEMORY_ERROR) {
        r->arena->failed = true;
        return;
    }
    if (r->parser.error == YAML_READER_ERROR)
        at = r->parser.problem_offset < end ? (uint32_t)r->parser.problem_offset : end;
    else
        at = scl_yaml_offset(r, r->parser.problem_mark.index);
    ended = at >= end ? find_end_context(r, context) : NULL;
    if (ended)
        note = scl_yaml_stop(r, (struct scl_span){ end, 0 }, "%s", ended->end_of_file);
    else
        note = stop_at_problem(r, at < end ? at : end, theirs);
    if (ended && !context)
        scl_note_also_at(r->notes, note,
                         (struct scl_span){ scl_tree_innermost(&r->builder)->span.offset, 1 },
                         ended->begins);
    if (context)
        scl_note_also_at(r->notes, note,
                         word_at(r, scl_yaml_offset(r, r->parser.context_mark.index)),
                         context->begins);
}
