/* SPDX-License-Identifier: Apache-2.0 */
/*
 * shell_wrapper.c: commands that run other commands
 *
 * A wrapper is known by its options: which of them stand alone and which take the next word. Where
 * an option is not in the table, what is run is not known, and the wrapper itself counts as the
 * command. Commands that run another one somewhere else (chroot, docker run) are no wrappers.
 */
#include "syntax/shell.h"

#include <string.h>

struct wrapper {
    const char *name;
    const char *flags;     /* letters of options without a value */
    const char *values;    /* letters of options whose value may be the next word */
    const char *attached;  /* letters of options whose value is what follows in the same word */
    const char *long_values; /* long options whose value may be the next word */
    uint8_t operands;      /* words between the options and the command */
    bool has_assignments;  /* NAME=value before the command */
};

static const struct wrapper wrappers[] = {
    { "builtin", "", "", "", "", 0, false },
    { "busybox", "", "", "", "", 0, false },
    { "chronic", "ev", "", "", "", 0, false },
    { "command", "p", "", "", "", 0, false },
    { "doas", "Lns", "Cau", "", "", 0, false },
    { "dumb-init", "cv", "r", "", " --rewrite ", 0, false },
    { "eatmydata", "", "", "", "", 0, false },
    { "env", "0iv", "Cu", "", " --chdir --unset ", 0, true },
    { "exec", "cl", "a", "", "", 0, false },
    { "fakeroot", "u", "bils", "", " --lib --faked ", 0, false },
    { "gosu", "", "", "", "", 1, false },
    { "ionice", "t", "cn", "", " --class --classdata ", 0, false },
    { "nice", "0123456789", "n", "", " --adjustment ", 0, false },
    { "nohup", "", "", "", "", 0, false },
    { "runuser", "", "Ggu", "", " --group --supp-group --user ", 0, false },
    { "setpriv", "d", "",  "",
      " --ambient-caps --apparmor-profile --bounding-set --groups --inh-caps --pdeathsig --regid"
      " --reuid --rgid --ruid --egid --euid --securebits --selinux-label ", 0, false },
    { "setsid", "cfw", "", "", "", 0, false },
    { "stdbuf", "", "eio", "", " --error --input --output ", 0, false },
    { "su-exec", "", "", "", "", 1, false },
    { "sudo", "ABEHNPSbikns", "CDRTUaghprtu", "",
      " --chdir --chroot --close-from --command-timeout --group --host --other-user --prompt"
      " --role --type --user ", 0, true },
    { "time", "apqv", "fo", "", " --format --output ", 0, false },
    { "timeout", "v", "ks", "", " --kill-after --signal ", 1, false },
    { "tini", "gsvw", "ep", "", "", 0, false },
    { "unbuffer", "p", "", "", "", 0, false },
    { "xargs", "0oprtx", "EILPadns", "eil",
      " --arg-file --delimiter --max-args --max-chars --max-procs --process-slot-var ", 0, false },
};

static const char *const shells[] = { "sh", "bash", "dash", "ash", "zsh", "ksh", "mksh" };

struct scl_str
scl_shell_argument(const struct scl_shell_argv *argv, uint32_t index)
{
    struct scl_str unknown = { NULL, 0 };

    if (index >= argv->count)
        return unknown;
    if (!argv->words)
        return argv->texts[index].at ? argv->texts[index] : unknown;
    if (!scl_shell_is_static(argv->shell, argv->words[index]))
        return unknown;
    return scl_shell_text(argv->shell, argv->words[index]);
}

struct scl_str
scl_shell_base_name(const struct scl_shell_argv *argv, uint32_t index)
{
    struct scl_str name = scl_shell_argument(argv, index);
    size_t slash = scl_str_find_last(name, '/');

    return slash == SIZE_MAX ? name : scl_str_sub(name, slash + 1, name.len);
}

/* Looks at the first letter first: this is asked of every command, and seldom answered by yes. */
static bool
is_named(struct scl_str name, const char *expected)
{
    return name.len && name.at[0] == expected[0] && scl_str_is(name, expected);
}

static const struct wrapper *
wrapper_named(struct scl_str name)
{
    for (size_t i = 0; i < sizeof wrappers / sizeof wrappers[0]; i++)
        if (is_named(name, wrappers[i].name))
            return &wrappers[i];
    return NULL;
}

static bool
holds(const char *letters, char letter)
{
    return letter && strchr(letters, letter);
}

static bool
takes_value(const struct wrapper *wrapper, struct scl_str option)
{
    struct scl_str names = scl_str_c(wrapper->long_values), name;

    while (scl_str_cut(&names, ' ', &name))
        if (name.len && scl_str_same(name, option))
            return true;
    return false;
}

/* How many words an option takes; 0 where it is not in the table. */
static uint32_t
option_words(const struct wrapper *wrapper, struct scl_str option)
{
    if (scl_str_starts(option, SCL_S("--")))
        return takes_value(wrapper, option) ? 2 : 1;
    for (size_t i = 1; i < option.len; i++) {
        if (holds(wrapper->values, option.at[i]))
            return i + 1 == option.len ? 2 : 1;
        if (holds(wrapper->attached, option.at[i]))
            return 1;
        if (!holds(wrapper->flags, option.at[i]))
            return 0;
    }
    return 1;
}

/* Whether a word is NAME=value, whatever the value. */
static bool
is_assignment(const struct scl_shell_argv *argv, uint32_t index)
{
    struct scl_str text = argv->words ? scl_shell_text(argv->shell, argv->words[index])
                                      : scl_shell_argument(argv, index);
    size_t length = 0;

    while (length < text.len && (scl_is_alnum(text.at[length]) || text.at[length] == '_'))
        length++;
    return length && length < text.len && text.at[length] == '=';
}

/* The index of the command that a wrapper runs, or that of the wrapper. */
static uint32_t
wrapped_by(const struct wrapper *wrapper, const struct scl_shell_argv *argv, uint32_t index)
{
    uint32_t at = index + 1, words;
    bool has_options = true;

    for (; at < argv->count; at += words) {
        struct scl_str text = scl_shell_argument(argv, at);

        words = 1;
        if (wrapper->has_assignments && is_assignment(argv, at))
            continue;
        if (!text.at && !wrapper->operands)
            return at;
        if (!has_options || !text.len || text.at[0] != '-')
            break;
        has_options = !scl_str_is(text, "--");
        words = has_options ? option_words(wrapper, text) : 1;
        if (!words)
            return index;
    }
    at += wrapper->operands;
    return at < argv->count ? at : index;
}

void
scl_shell_unwrap(const struct scl_shell_argv *argv, struct scl_shell_wrapped *ret)
{
    *ret = (struct scl_shell_wrapped){ 0 };
    while (ret->wrapper_count < SCL_SHELL_WRAPPERS) {
        struct scl_str name = scl_shell_base_name(argv, ret->effective);
        const struct wrapper *wrapper = wrapper_named(name);
        uint32_t inner;

        if (!wrapper)
            return;
        inner = wrapped_by(wrapper, argv, ret->effective);
        if (inner == ret->effective)
            return;
        ret->wrappers[ret->wrapper_count++] = name;
        ret->effective = inner;
    }
}

static bool
is_shell(struct scl_str name)
{
    for (size_t i = 0; i < sizeof shells / sizeof shells[0]; i++)
        if (is_named(name, shells[i]))
            return true;
    return false;
}

/* The options of a shell: where they end, and whether -c is among them. */
static bool
shell_options(const struct scl_shell_argv *argv, uint32_t effective, uint32_t *ret_end,
              bool *ret_has_script)
{
    uint32_t at = effective + 1;

    *ret_has_script = false;
    for (; at < argv->count; at++) {
        struct scl_str text = scl_shell_argument(argv, at);

        if (!text.at)
            return false;
        if (text.len < 2 || (text.at[0] != '-' && text.at[0] != '+'))
            break;
        if (scl_str_starts(text, SCL_S("--"))) {
            if (text.len == 2) {
                at++;
                break;
            }
            at += scl_str_is(text, "--rcfile") || scl_str_is(text, "--init-file");
            continue;
        }
        *ret_has_script |= scl_str_find_char(text, 'c') != SIZE_MAX && text.at[0] == '-';
        for (size_t i = 1; i < text.len; i++)
            at += text.at[i] == 'o' || text.at[i] == 'O';
    }
    *ret_end = at;
    return true;
}

static uint32_t
su_script(const struct scl_shell_argv *argv, uint32_t effective)
{
    for (uint32_t at = effective + 1; at + 1 < argv->count; at++) {
        struct scl_str text = scl_shell_argument(argv, at);

        if (scl_str_is(text, "--command") ||
            (text.len > 1 && text.at[0] == '-' && text.at[1] != '-' &&
             text.at[text.len - 1] == 'c'))
            return at + 1;
    }
    return 0;
}

uint32_t
scl_shell_script(const struct scl_shell_argv *argv, uint32_t effective)
{
    struct scl_str name = scl_shell_base_name(argv, effective);
    bool has_script;
    uint32_t end;

    if (is_named(name, "su") || is_named(name, "runuser"))
        return su_script(argv, effective);
    if (!is_shell(name) || !shell_options(argv, effective, &end, &has_script) || !has_script)
        return 0;
    return end < argv->count ? end : 0;
}

bool
scl_shell_reads_script(const struct scl_shell_argv *argv, uint32_t effective)
{
    bool has_script;
    uint32_t end;

    if (!is_shell(scl_shell_base_name(argv, effective)) ||
        !shell_options(argv, effective, &end, &has_script) || has_script)
        return false;
    return end >= argv->count || scl_str_is(scl_shell_argument(argv, end), "-");
}
