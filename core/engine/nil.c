/* SPDX-License-Identifier: Apache-2.0 */
/*
 * nil.c: which field it was that a policy took for set
 *
 * Lua tells of a comparison that one side was nil, not which. The run remembers the last field that
 * gave nil, and on which line. That field is named where it was the only one of its line, and
 * where the line has its name beside the operator, or Lua itself says that a field of that name was
 * nil. A value that came by a local variable is not named.
 */
#include "engine/nil.h"

/* ---- the line ---- */

static struct scl_str
line_of(const struct scl_policy *policy, uint32_t number)
{
    struct scl_str rest = policy->source, line = { "", 0 };

    while (number-- > 0)
        if (!scl_str_cut(&rest, '\n', &line))
            return scl_str_n("", 0);
    return line;
}

static bool
is_name_byte(char byte)
{
    return scl_is_alnum(byte) || byte == '_';
}

/* Whether a comparison stands before `at`, with nothing but a chain of names between them. */
static bool
is_compared_before(struct scl_str line, size_t at)
{
    while (at > 0 && (is_name_byte(line.at[at - 1]) || line.at[at - 1] == '.'))
        at--;
    while (at > 0 && scl_is_blank(line.at[at - 1]))
        at--;
    return at > 0 && (line.at[at - 1] == '<' || line.at[at - 1] == '>' ||
                      (at > 1 && line.at[at - 1] == '=' &&
                       (line.at[at - 2] == '<' || line.at[at - 2] == '>')));
}

static bool
is_compared_behind(struct scl_str line, size_t at)
{
    while (at < line.len && scl_is_blank(line.at[at]))
        at++;
    return at < line.len && (line.at[at] == '<' || line.at[at] == '>');
}

/* Whether the line compares what `name`, a field, gives. */
static bool
is_compared(struct scl_str line, struct scl_str name)
{
    size_t at = 0, found;

    while ((found = scl_str_find(scl_str_sub(line, at, line.len), name)) != SIZE_MAX) {
        size_t start = at + found, end = start + name.len;

        at = end;
        if (start == 0 || line.at[start - 1] != '.' ||
            (end < line.len && is_name_byte(line.at[end])))
            continue;
        if (is_compared_before(line, start) || is_compared_behind(line, end))
            return true;
    }
    return false;
}

/* ---- the message ---- */

/* "field 'NAME'", as Lua tells it. */
static bool
says_field(struct scl_str said, struct scl_str name)
{
    return scl_str_starts(said, SCL_S("field '")) && said.len == name.len + 8 &&
           scl_str_same(scl_str_sub(said, 7, name.len), name);
}

/* How much of a message stays before the name of the field, or 0 where another field, or none, is
 * at fault. */
static size_t
kept_length(const struct scl_evaluation *e, const struct scl_outcome *outcome)
{
    static const char *const begins[] = { "computes with nil: ", "computes bits of nil: ",
                                          "concatenates nil: ", "takes the length of nil: ",
                                          "indexes nil: " };
    struct scl_str said = outcome->message, name = scl_field_name(e->run.nil_node.field);
    size_t help = scl_str_find(said, SCL_S("; "));

    if (scl_str_starts(said, SCL_S("compares ")) && help != SIZE_MAX)
        return e->run.nil_count == 1 && scl_str_find(said, SCL_S("nil")) < help &&
                       is_compared(line_of(e->run.policy, outcome->line), name)
                   ? help
                   : 0;
    for (size_t i = 0; i < sizeof begins / sizeof begins[0]; i++) {
        struct scl_str start = scl_str_c(begins[i]);

        if (scl_str_starts(said, start) &&
            says_field(scl_str_sub(said, start.len, said.len), name))
            return start.len - 2;
    }
    return 0;
}

static void
add_subject(const struct scl_evaluation *e, struct scl_text *out)
{
    struct scl_place_node root = { .view = e->run.view, .node = { e->subject->root, SCL_NONE, 0 } };
    struct scl_place place = scl_place_of(e, &root);
    struct scl_str name =
        scl_project_subject_name(e->project, e->document, e->subject->index);

    if (name.len)
        scl_text_add(out, name);
    else
        scl_text_f(out, "the %s", scl_type(e->subject->type)->name);
    scl_text_f(out, " (%.*s:%u:%u)", SCL_ARG(place.path), (unsigned)place.start.line,
               (unsigned)place.start.column);
}

bool
scl_nil_explain(const struct scl_evaluation *e, const struct scl_outcome *outcome,
                struct scl_text *out)
{
    size_t kept;

    if (!e->run.policy || !outcome->line || e->run.nil_line != outcome->line ||
        e->run.nil_node.field == SCL_NONE ||
        !scl_str_same(outcome->chunk, e->run.policy->path))
        return false;
    kept = kept_length(e, outcome);
    if (!kept)
        return false;
    scl_text_add(out, scl_str_sub(outcome->message, 0, kept));
    scl_text_c(out, ": '");
    scl_view_path(e->run.view, e->run.nil_node, out);
    scl_text_c(out, "' is not set in ");
    add_subject(e, out);
    scl_text_c(out, scl_str_starts(outcome->message, SCL_S("concatenates"))
                        ? "; write `or \"\"`, or test for nil"
                        : "; write `or 0`, or test for nil");
    return true;
}
