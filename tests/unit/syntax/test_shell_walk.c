/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_shell_walk.c: the commands of a body, in order, with what holds for them and who reads them
 *
 *     a && b | c      a >: b.and > c : c.and
 */
#include "syntax/test_shell_print.h"

struct row {
    const char *body, *walked;
};

static struct scl_shell_walk
walk_of(struct scl_arena *arena, const char *body)
{
    struct scl_shell *shell = scl_arena_alloc(arena, sizeof *shell);
    struct scl_shell_walk walk;
    struct scl_notes notes;

    scl_notes_init(&notes, arena);
    assert_true(scl_shell_read(arena, scl_str_c(body), NULL, NULL, &notes, shell));
    assert_true(scl_shell_walk(arena, shell, &walk));
    return walk;
}

static void
print_name(struct scl_text *out, const struct scl_shell_walk *walk, uint32_t command)
{
    struct scl_str name = scl_shell_command_name(walk, command);

    if (name.at)
        scl_text_add(out, name);
    else
        scl_text_c(out, walk->commands[command].word_count ? "?" : "-");
}

static struct scl_str
kept(struct scl_arena *arena, struct scl_text *out)
{
    struct scl_str made = scl_str_n(scl_arena_copy(arena, out->at, out->len), out->len);

    scl_text_finish(out);
    return made;
}

static struct scl_str
walked(struct scl_arena *arena, const char *body)
{
    static const char *const names[] = { "and", "or",  "branch", "not",  "back", "sub",  "in",
                                         "fun", "script", "if",  "guard", "read", "write" };
    struct scl_shell_walk walk = walk_of(arena, body);
    struct scl_text out = { 0 };

    for (uint32_t i = 0; i < walk.command_count; i++) {
        struct scl_shell_readers readers = scl_shell_readers(&walk, i);
        uint32_t reader, count = 0;

        scl_text_c(&out, i ? " : " : "");
        print_name(&out, &walk, i);
        for (size_t bit = 0; bit < COUNT(names); bit++)
            if (walk.commands[i].flags & 1u << bit)
                scl_text_f(&out, ".%s", names[bit]);
        while (scl_shell_reader_next(&readers, &reader)) {
            scl_text_c(&out, count++ ? " " : " > ");
            print_name(&out, &walk, reader);
        }
    }
    return kept(arena, &out);
}

static void
check_rows(struct scl_arena *arena, const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check_text(walked(arena, rows[i].body), rows[i].walked, rows[i].body);
}

static void
commands_come_in_the_order_in_which_they_run(void **state)
{
    static const struct row rows[] = {
        { "", "" },
        { "a", "a" },
        { "a; b\nc", "a : b : c" },
        { "a && b || c; d", "a : b.and : c.and.or : d" },
        { "a $(b $(c)) d", "c.in > b a : b.in > a : a" },
        { "a \"`b`\"", "b.in > a : a" },
        { "a=$(b) c", "b.in > c : c" },
        { "a=$(b)", "b.in > - : -" },
        { "a=1", "-" },
        { ">a", "-.write" },
        { "a >$(b)", "b.in > a : a.write" },
        { "${a:-$(b)} $c", "b.in > ? : ?" },
        { "a <<E\n$(b)\nE\n", "b.in > a : a.read" },
        { "a <<'E'\n$(b)\nE\n", "a.read" },
        { "a $((1 + $(b)))", "b.in > a : a" },
        { "a=($(b) c)", "b.in > - : -" },
        { "/usr/bin/apt-get update", "apt-get" },
        { "\"apt\"-get update", "apt-get" },
        { "$x/a b", "?" },
        { "env A=$x B=\"$y\" c d", "c" },
        { "sudo A=$(a) c", "a.in > c : c" },
        { "env $x c", "?" },
        { "timeout $x c", "c" },
        { "gosu \"$x\" c", "c" },
        { "a 'b;c' \"d|e\"", "a" },
    };

    check_rows(*state, rows, COUNT(rows));
}

static void
flags_say_what_holds_for_a_command(void **state)
{
    static const struct row rows[] = {
        { "if a; then b; elif c; then d; else e; fi; f",
          "a.if : b.branch : c.branch.if : d.branch : e.branch : f" },
        { "while a; do b; done", "a.if : b.branch" },
        { "until a | b; do c; done", "a.if > b : b.if : c.branch" },
        { "for x in $(a) b; do c; done", "a.in : c.branch" },
        { "case $(a) in $(b)) c;; d) e;; esac", "a.in : b.in : c.branch : e.branch" },
        { "f() { a; }; f", "a.branch.fun : f" },
        { "f() a; f", "a.branch.fun : f" },
        { "(a; b) && { c; d; }", "a.sub : b.sub : c.and : d.and" },
        { "a & b", "a.back : b" },
        { "a && b & c", "a.back : b.and.back : c" },
        { "{ a; } &", "a.back" },
        { "! a | b && c", "a.not > b : b.not : c.and" },
        { "! { a; }", "a.not" },
        { "if ! a $(b); then c; fi", "b.in > a : a.not.if : c.branch" },
        { "[[ $(a) == b ]] && c", "a.in : c.and" },
        { "(( $(a) )) || b", "a.in : b.or" },
        { "sh -c 'a && b'; c", "sh : a.script : b.and.script : c" },
        { "a || sh -c 'b'", "a : sh.or : b.or.script" },
        { "bash <<E\na\nE\n", "bash.read : a.script" },
        { "for i in 1; do a $i || exit 1; done && b",
          "a.branch : exit.or.branch : b.and" },
    };

    check_rows(*state, rows, COUNT(rows));
}

static void
a_failure_that_is_made_nothing_is_guarded(void **state)
{
    static const struct row rows[] = {
        { "a || true", "a.guard : true.or" },
        { "a || :", "a.guard : :.or" },
        { "a || /bin/true", "a.guard : true.or" },
        { "a || exit 0", "a.guard : exit.or" },
        { "a || exit", "a : exit.or" },
        { "a || exit 1", "a : exit.or" },
        { "a || echo b", "a.guard : echo.or" },
        { "a || ! true", "a : true.or.not" },
        { "a && b || true", "a.guard : b.and.guard : true.and.or" },
        { "a | b || true", "a.guard > b : b.guard : true.or" },
        { "a || true && b", "a.guard : true.or : b.and.or" },
        { "a; b || true; c", "a : b.guard : true.or : c" },
        { "{ a | b; } || true", "a.guard > b : b.guard : true.or" },
        { "a || true | b", "a : true.or > b : b.or" },
        { "a || b || true", "a.guard : b.or.guard : true.or" },
        { "a || $(true)", "a : true.or.in > ? : ?.or" },
    };

    check_rows(*state, rows, COUNT(rows));
}

static void
readers_get_the_output_the_nearest_first(void **state)
{
    static const struct row rows[] = {
        { "a | b", "a > b : b" },
        { "a | b | c | d", "a > b c d : b > c d : c > d : d" },
        { "a |& b", "a > b : b" },
        { "a; b | c", "a : b > c : c" },
        { "sh <(a)", "a.in > sh : sh" },
        { "sh -c \"$(a)\"", "a.in > sh : sh" },
        { "sh -c \"$(a | b)\"", "a.in > b sh : b.in > sh : sh" },
        { "a $(b) | c", "b.in > a c : a > c : c" },
        { "a | b $(c) | d", "a > b d : c.in > b d : b > d : d" },
        { "a | tee >(b) | c", "a > tee b c : tee > b c : b.in > c : c" },
        { "a > >(b)", "a.write > b : b.in" },
        { "{ a; b; } | c", "a > c : b > c : c" },
        { "(a | b) | c", "a.sub > b c : b.sub > c : c" },
        { "a | { b; c; }", "a > b c : b : c" },
        { "a | { b | c; } | d", "a > b c d : b > c d : c > d : d" },
        { "a | (b; c | d)", "a > b c d : b.sub : c.sub > d : d.sub" },
        { "a | while b; do c; done", "a > b c : b.if : c.branch" },
        { "while a; do b; done < <(c)", "c.in > a b : a.if : b.branch" },
        { "for x in 1; do a; done | b", "a.branch > b : b" },
        { "a > f | b", "a.write : b" },
        { "a 2>&1 | b", "a > b : b" },
        { "a 2>f | b", "a > b : b" },
        { "a >&2 | b", "a.write : b" },
        { "a 1>&1 | b", "a > b : b" },
        { "a >/dev/stdout | b", "a > b : b" },
        { "a &>f | b", "a.write : b" },
        { "{ a; } >f | b", "a : b" },
        { "a | b <f | c", "a : b.read > c : c" },
        { "a | b >f | c", "a > b : b.write : c" },
        { "a | { b; } <f", "a : b" },
        { "a | { b <f; c; }", "a > c : b.read : c" },
        { "sh <<< \"$(a)\"", "a.in > sh : sh.read" },
        { "f() { a; }; b | f", "a.branch.fun : b > f : f" },
        { "a | sh -c 'b | c'", "a > sh b c : sh : b.script > c : c.script" },
        { "sh -c 'a' | b", "sh > b : a.script > b : b" },
        { "a | sudo bash -", "a > bash : bash" },
        { "x=$(a | b)", "a.in > b - : b.in > - : -" },
        { "echo \"$(a)\" | sh", "a.in > echo sh : echo > sh : sh" },
        { "a `b` | c", "b.in > a c : a > c : c" },
    };

    check_rows(*state, rows, COUNT(rows));
}

/* Every pipeline: its stages, and what stands in each of them. */
static struct scl_str
pipelines(struct scl_arena *arena, const char *body)
{
    struct scl_shell_walk walk = walk_of(arena, body);
    struct scl_text out = { 0 };

    for (uint32_t i = 0; i < walk.pipeline_count; i++) {
        const struct scl_shell_pipeline *pipeline = &walk.pipelines[i];
        struct scl_span span = scl_shell_span_of(walk.shell, pipeline->first_node,
                                                 pipeline->last_node);

        scl_text_f(&out, "%s%u%s%s[%u+%u]", i ? " : " : "", (unsigned)pipeline->stages,
                   pipeline->is_guarded ? " guarded" : "", pipeline->is_negated ? " negated" : "",
                   (unsigned)span.offset, (unsigned)span.length);
        for (uint32_t k = 0; k < pipeline->count; k++) {
            uint32_t command = walk.members[pipeline->first + k];

            assert_int_equal(walk.commands[command].pipeline, i);
            scl_text_c(&out, " ");
            print_name(&out, &walk, command);
            scl_text_f(&out, "@%u", (unsigned)walk.commands[command].stage);
        }
    }
    return kept(arena, &out);
}

static void
pipelines_have_stages_and_commands(void **state)
{
    static const struct row rows[] = {
        { "a", "1[0+1] a@0" },
        { "a | b | c", "3[0+9] a@0 b@1 c@2" },
        { "a; b | c && d", "1[0+1] a@0 : 2[3+5] b@0 c@1 : 1[12+1] d@0" },
        { "a | b || true", "2 guarded[0+5] a@0 b@1 : 1[9+4] true@0" },
        { "! a | b", "2 negated[2+5] a@0 b@1" },
        { "{ a; b; } | c", "2[0+13] a@0 b@0 c@1" },
        { "{ a; b | c; } | d", "2[0+17] a@0 d@1 : 2[5+5] b@0 c@1" },
        { "a $(b | c) | d", "2[0+14] a@0 d@1 : 2[4+5] b@0 c@1" },
        { "(a; b)", "1[1+1] a@0 : 1[4+1] b@0" },
        { "sh -c 'a | b'", "1[0+13] sh@0 : 2[7+5] a@0 b@1" },
        { "a | f() { b; }", "2[0+14] a@0 : 1[10+1] b@0" },
        { "a 'b|c'", "1[0+7] a@0" },
    };

    for (size_t i = 0; i < COUNT(rows); i++)
        check_text(pipelines(*state, rows[i].body), rows[i].walked, rows[i].body);
}

static void
what_could_not_be_read_is_not_walked(void **state)
{
    static const struct row rows[] = {
        { "a && b \"c", "a" },
        { "a; b )", "a : b" },
        { "a; if b; then c", "a : b.if : c.branch" },
        { "a $(b; c", "b.in : c.in" },
        { "a $(b) \"c", "b.in" },
        { "a (b)", "" },
        { "a `b )` c", "b.in > a : a" },
        { "a | b |", "a > b : b" },
        { "a | { b; } >", "a > b : b" },
        { "a; b >", "a" },
    };

    check_rows(*state, rows, COUNT(rows));
}

static void
a_command_knows_the_command_whose_script_it_is_in(void **state)
{
    struct scl_shell_walk walk = walk_of(*state, "a; sh -c 'b; c $(d)'; e");
    static const uint32_t outer[] = { SCL_SHELL_NOBODY, SCL_SHELL_NOBODY, 1, 1, 1,
                                      SCL_SHELL_NOBODY };
    static const uint32_t depth[] = { 0, 0, 1, 2, 1, 0 };

    assert_int_equal(walk.command_count, COUNT(outer));
    for (uint32_t i = 0; i < COUNT(outer); i++) {
        check_number(walk.commands[i].outer, outer[i], "outer");
        check_number(walk.commands[i].depth, depth[i], "depth");
    }
}

static void
words_of_a_command_are_a_row(void **state)
{
    struct scl_shell_walk walk = walk_of(*state, "A=1 sudo -u x $(d e) apt-get >f install \"$p\"");
    struct scl_shell_argv argv = scl_shell_command_argv(&walk, 1);

    assert_int_equal(argv.count, 7);
    check_text(scl_shell_argument(&argv, 0), "sudo", "the first word");
    check_text(scl_shell_argument(&argv, 5), "install", "behind a redirection");
    assert_null(scl_shell_argument(&argv, 6).at);
    assert_null(scl_shell_argument(&argv, 7).at);
    check_number(walk.commands[1].effective, 3, "what sudo runs is not known");
    assert_null(scl_shell_command_name(&walk, 1).at);
}

SUITE(
    CASE(commands_come_in_the_order_in_which_they_run),
    CASE(flags_say_what_holds_for_a_command),
    CASE(a_failure_that_is_made_nothing_is_guarded),
    CASE(readers_get_the_output_the_nearest_first),
    CASE(pipelines_have_stages_and_commands),
    CASE(what_could_not_be_read_is_not_walked),
    CASE(a_command_knows_the_command_whose_script_it_is_in),
    CASE(words_of_a_command_are_a_row))
