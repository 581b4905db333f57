/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tool_line.h: a command line, read, as text to be compared
 *
 * A row is a line of shell text; what is read is its last command. `given` names variables, divided
 * by semicolons, with their values; all others are not known. The user is root, in /w.
 */
#ifndef SCL_TESTS_TOOL_LINE_H
#define SCL_TESTS_TOOL_LINE_H

#include "formats/tool.h"
#include "test.h"

struct line {
    const char *text, *expected;
    const char *given;
};

struct line_reading {
    struct scl_shell shell;
    struct scl_shell_walk walk;
    struct scl_tool_input input;
    const struct scl_tools *tools;
    struct scl_tool_reading tool;
};

static inline enum scl_lookup
line_look_up(void *context, struct scl_str name, struct scl_str *ret_value)
{
    struct scl_str rest = scl_str_c(context), pair, key;

    while (scl_str_cut(&rest, ';', &pair))
        if (scl_str_cut(&pair, '=', &key) && scl_str_same(key, name)) {
            *ret_value = pair;
            return SCL_LOOKUP_SET;
        }
    return SCL_LOOKUP_UNKNOWN;
}

static inline struct line_reading *
line_read(struct scl_arena *arena, const struct line *line, struct scl_str home)
{
    struct line_reading *r = scl_arena_alloc(arena, sizeof *r);
    struct scl_notes notes;
    uint32_t last;
    char *given;

    assert_non_null(r);
    given = scl_arena_copy(arena, line->given ? line->given : "",
                           line->given ? strlen(line->given) : 0);
    scl_notes_init(&notes, arena);
    assert_true(
        scl_shell_read(arena, scl_str_c(line->text), NULL, NULL, &notes, &r->shell));
    assert_true(scl_shell_walk(arena, &r->shell, &r->walk));
    assert_true(r->walk.command_count > 0);
    last = r->walk.command_count - 1;
    r->input.argv = scl_shell_command_argv(&r->walk, last);
    r->input.effective = r->walk.commands[last].effective;
    r->input.home = home;
    r->input.folder = SCL_S("/w");
    r->input.lookup = line_look_up;
    r->input.context = given;
    r->tools = scl_tools_new(arena, scl_facts_builtin());
    assert_non_null(r->tools);
    assert_true(scl_tool_read(r->tools, arena, &r->input, &r->tool));
    return r;
}

static inline void
line_check(const struct line *lines, size_t count, struct scl_str home,
           void (*print)(struct scl_text *out, struct scl_arena *arena, struct line_reading *r))
{
    for (size_t i = 0; i < count; i++) {
        struct scl_arena arena;
        struct scl_text out;

        scl_arena_init(&arena);
        scl_text_init(&out);
        print(&out, &arena, line_read(&arena, &lines[i], home));
        check_text(scl_text_str(&out), lines[i].expected, lines[i].text);
        scl_text_finish(&out);
        scl_arena_finish(&arena);
    }
}

#endif
