/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_checks.c: what commands run and verify
 *
 * A tool is a row: whether its operand is a script, and what its options and operands check. Paths
 * are as those of additions (tool.h), so that what is fetched and what is run compare.
 */
#include "formats/dockerfile_commands.h"

enum what {
    RUNS_OPERAND = 1,    /* the first operand is a script; without one it is the input */
    VERIFIES_LIST = 2,   /* with a checking option: what a list names, `*` */
    VERIFIES_SIGNED = 4, /* with a checking option: signature, then what is signed */
    VERIFIES_LAST = 8    /* with a checking option or verb: the last operand */
};

/* Options are divided by blanks. */
struct tool {
    const char *name;
    unsigned what;
    const char *text;  /* that give the script as text, or on the input: no operand is one */
    const char *check; /* options or verb that make it verify; NULL: it always does */
    const char *file;  /* whose value is what is verified */
};

static const struct tool tools[] = {
    { "sh", RUNS_OPERAND, "-c -s", "", "" },
    { "bash", RUNS_OPERAND, "-c -s", "", "" },
    { "dash", RUNS_OPERAND, "-c -s", "", "" },
    { "ash", RUNS_OPERAND, "-c -s", "", "" },
    { "zsh", RUNS_OPERAND, "-c -s", "", "" },
    { "ksh", RUNS_OPERAND, "-c -s", "", "" },
    { ".", RUNS_OPERAND, "", "", "" },
    { "source", RUNS_OPERAND, "", "", "" },
    { "python", RUNS_OPERAND, "-c -m", "", "" },
    { "python2", RUNS_OPERAND, "-c -m", "", "" },
    { "python3", RUNS_OPERAND, "-c -m", "", "" },
    { "perl", RUNS_OPERAND, "-e -E", "", "" },
    { "ruby", RUNS_OPERAND, "-e", "", "" },
    { "node", RUNS_OPERAND, "-e -p --eval --print", "", "" },
    { "nodejs", RUNS_OPERAND, "-e -p --eval --print", "", "" },
    { "php", RUNS_OPERAND, "-r -B -R -E -S", "", "" },
    { "md5sum", VERIFIES_LIST, "", "-c --check", "" },
    { "sha1sum", VERIFIES_LIST, "", "-c --check", "" },
    { "sha224sum", VERIFIES_LIST, "", "-c --check", "" },
    { "sha256sum", VERIFIES_LIST, "", "-c --check", "" },
    { "sha384sum", VERIFIES_LIST, "", "-c --check", "" },
    { "sha512sum", VERIFIES_LIST, "", "-c --check", "" },
    { "sha3sum", VERIFIES_LIST, "", "-c --check", "" },
    { "b2sum", VERIFIES_LIST, "", "-c --check", "" },
    { "cksum", VERIFIES_LIST, "", "-c --check", "" },
    { "shasum", VERIFIES_LIST, "", "-c --check", "" },
    { "gpg", VERIFIES_SIGNED, "", "--verify", "" },
    { "gpg2", VERIFIES_SIGNED, "", "--verify", "" },
    { "gpgv", VERIFIES_SIGNED, "", NULL, "" },
    { "cosign", VERIFIES_LAST, "", "verify-blob", "" },
    { "minisign", VERIFIES_LAST, "", "-V", "-m" },
    { "openssl", VERIFIES_LAST, "", "-verify -prverify", "" },
    { "slsa-verifier", VERIFIES_LAST, "", "verify-artifact", "" },
};

struct checking {
    const struct scl_tool_call *call;
    const struct scl_tool_reading *tool;
    const struct tool *row;
};

static bool
is_listed(const char *names, struct scl_str name)
{
    struct scl_str rest = scl_str_c(names), one;

    while (scl_str_cut(&rest, ' ', &one))
        if (name.len && scl_str_same(one, name))
            return true;
    return false;
}

static bool
is_stream(struct scl_str path)
{
    return !path.len || scl_str_is(path, "-") || scl_str_starts(path, SCL_S("/dev/"));
}

static uint32_t
origin_of(const struct checking *c, uint32_t word)
{
    uint32_t at = c->tool->words.at[word].argument - c->call->effective;

    return at < c->call->count ? c->call->origins[at] : 0;
}

static struct scl_str
operand(const struct checking *c, uint32_t index)
{
    return c->tool->words.at[c->tool->operands.at[index]].text;
}

static void
add_run(const struct checking *c, struct scl_str path, uint32_t origin)
{
    struct scl_lowering *l = c->call->running->l;

    scl_build_item_text(l->d, c->call->command, SCL_COMMAND_RUNS,
                        scl_lower_keep(l, scl_tool_path(&l->scratch, c->tool->input, path)),
                        origin);
}

static void
add_check(const struct checking *c, struct scl_str path, uint32_t origin)
{
    struct scl_lowering *l = c->call->running->l;
    bool is_told = is_stream(path) || scl_str_is(path, "*");

    scl_build_item_text(l->d, c->call->command, SCL_COMMAND_VERIFIES,
                        is_told ? SCL_S("*")
                                : scl_lower_keep(l, scl_tool_path(&l->scratch, c->tool->input,
                                                                  path)),
                        origin);
}

static void
apply_script(const struct checking *c)
{
    for (uint32_t i = 0; i < c->tool->options.count; i++)
        if (is_listed(c->row->text, c->tool->options.at[i].name))
            return;
    if (c->tool->operands.count) {
        if (!is_stream(operand(c, 0)))
            add_run(c, operand(c, 0), origin_of(c, c->tool->operands.at[0]));
    } else if (!is_stream(c->call->input)) {
        add_run(c, c->call->input, c->call->input_origin);
    }
}

static struct scl_str
signed_file(struct scl_str signature)
{
    static const char *const suffixes[] = { ".asc", ".sig", ".sign", ".gpg", NULL };

    for (const char *const *suffix = suffixes; *suffix; suffix++)
        if (scl_str_ends(signature, scl_str_c(*suffix)))
            return scl_str_sub(signature, 0, signature.len - scl_str_c(*suffix).len);
    return signature;
}

static bool
is_checking(const struct checking *c)
{
    bool is_told = !c->row->check || is_listed(c->row->check, c->tool->verb);

    for (uint32_t i = 0; i < c->tool->options.count && !is_told; i++)
        is_told = is_listed(c->row->check, c->tool->options.at[i].name);
    return is_told;
}

/* What a tool that was told to verify was given. */
static void
apply_check(const struct checking *c)
{
    const struct scl_tool_option *file = c->row->file[0]
                                             ? scl_tool_option(c->tool, c->row->file, NULL)
                                             : NULL;
    uint32_t count = c->tool->operands.count;
    uint32_t last = count ? c->tool->operands.at[count - 1] : 0;
    bool checks = is_checking(c);

    if (checks && c->row->what & VERIFIES_LIST)
        add_check(c, SCL_S("*"), origin_of(c, last));
    else if (checks && file && file->value.len)
        add_check(c, file->value, origin_of(c, file->value_word));
    else if (checks && c->row->what & VERIFIES_SIGNED && count)
        add_check(c, count > 1 ? operand(c, count - 1) : signed_file(operand(c, 0)),
                  origin_of(c, last));
    else if (checks && c->row->what & VERIFIES_LAST && count)
        add_check(c, operand(c, count - 1), origin_of(c, last));
    else if (!checks && c->row->what & VERIFIES_LIST && c->call->in_substitution && count)
        add_check(c, operand(c, 0), origin_of(c, c->tool->operands.at[0]));
}

void
scl_checks_apply(const struct scl_tool_call *call, const struct scl_tool_reading *tool)
{
    struct checking c = { call, tool, NULL };

    if (!call->count || !tool->words.count)
        return;
    for (size_t i = 0; i < sizeof tools / sizeof tools[0] && !c.row; i++)
        if (scl_str_is(call->name, tools[i].name))
            c.row = &tools[i];
    if (scl_str_find_char(call->words[0], '/') != SIZE_MAX)
        add_run(&c, tool->words.at[0].text, call->origins[0]);
    if (c.row && c.row->what & RUNS_OPERAND)
        apply_script(&c);
    else if (c.row)
        apply_check(&c);
}
