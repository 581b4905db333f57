/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_accounts.c: the accounts that a stage has, so far
 *
 * Accounts come from the base, of which a table of facts tells, and from commands that make them.
 * Where the base is not in the table, and after whatever may make accounts without naming them (a
 * package, a script of its own, a copy over /etc), there may be more than are known: the stage is
 * open, and that an account does not exist can no longer be said.
 *
 * A word of a command that makes accounts counts as one of them whatever it stands for: to take the
 * value of an option for an account misses a mistake, to take an account for a value makes one up.
 */
#include "formats/dockerfile_commands.h"

#include "base/path.h"
#include "syntax/reference.h"

/* What next to every distribution has. */
static const char system_accounts[] =
    "ContainerAdministrator ContainerUser adm at backup bin cron cyrus daemon dbus ftp games gnats "
    "guest halt irc list lp mail man news nobody ntp operator postmaster proxy shutdown smmsp "
    "squid sshd svn sync sys uucp vpopmail www-data xfs _apt";

static const char makers[] = "useradd adduser usermod pw";

/* Commands that may make accounts without naming them; with verbs: only where one is a word. */
static const struct {
    const char *names, *verbs;
} opaque_rows[] = {
    { "apt apt-get aptitude", "install reinstall upgrade dist-upgrade full-upgrade build-dep" },
    { "apk", "add upgrade" },
    { "yum dnf microdnf tdnf dnf5",
      "install reinstall localinstall groupinstall update upgrade group distro-sync builddep" },
    { "zypper urpmi swupd emerge nix-env brew xbps-install opkg", NULL },
    { "pacman", "-S -Sy -Syu -U -Syyu" },
    { "dpkg rpm", "-i --install -U -ivh -Uvh --unpack --configure -a" },
    { "newusers vipw vigr chroot debootstrap pwconv systemd-sysusers sysusers", NULL },
    { "ansible-playbook puppet chef-client salt-call", NULL },
};

static bool
is_among(const char *names, struct scl_str name)
{
    struct scl_str rest = scl_str_c(names), one;

    while (scl_str_cut(&rest, ' ', &one))
        if (name.len && scl_str_same(one, name))
            return true;
    return false;
}

void
scl_accounts_unread(struct scl_lowering *l)
{
    if (l->stage != SCL_NO_STAGE)
        l->stages.at[l->stage].accounts_are_open = true;
}

uint32_t
scl_base_row(struct scl_lowering *l, const struct scl_facts_table *table, struct scl_str base)
{
    struct scl_reference reference;
    uint64_t steps = 1000000;

    if (!table || !scl_reference_parse(&l->scratch, base, &reference))
        return SCL_FACTS_NONE;
    for (uint32_t row = 0; row < table->row_count; row++)
        if (scl_reference_match(scl_facts_text(table, row, 0), &reference, &steps))
            return row;
    return SCL_FACTS_NONE;
}

void
scl_accounts_begin(struct scl_lowering *l, struct scl_stage *stage)
{
    const struct scl_facts_table *table =
        scl_facts_find(scl_facts_builtin(), SCL_S("base_accounts"));
    const struct scl_fact *accounts;
    uint32_t row;

    if (stage->parent != SCL_NO_STAGE || stage->is_scratch)
        return;
    row = stage->base.is_known ? scl_base_row(l, table, stage->base.text) : SCL_FACTS_NONE;
    stage->accounts_are_open = row == SCL_FACTS_NONE;
    if (stage->accounts_are_open)
        return;
    accounts = scl_facts_cell(table, row, scl_facts_column(table, SCL_S("accounts")));
    for (uint32_t i = 0; accounts->kind == SCL_FACT_LIST && i < accounts->len; i++)
        scl_scope_add_account(l, accounts->as.list[i]);
}

/* ---- what changes them ---- */

static bool
is_opaque(const struct scl_tool_call *call)
{
    for (size_t row = 0; row < sizeof opaque_rows / sizeof opaque_rows[0]; row++) {
        if (!is_among(opaque_rows[row].names, call->name))
            continue;
        for (uint32_t i = 1; opaque_rows[row].verbs && i < call->count; i++)
            if (is_among(opaque_rows[row].verbs, call->words[i]))
                return true;
        return !opaque_rows[row].verbs;
    }
    return false;
}

/* Whether the command runs a file of its own, or a text that it is given. */
static bool
runs_file(const struct scl_tool_call *call)
{
    static const char shells[] = "sh bash dash ash zsh ksh . source";
    struct scl_str first = call->words[0];
    bool is_local = scl_str_find_char(first, '/') != SIZE_MAX &&
                    !scl_str_starts(first, SCL_S("/bin/")) &&
                    !scl_str_starts(first, SCL_S("/sbin/")) &&
                    !scl_str_starts(first, SCL_S("/usr/"));

    if (!is_among(shells, call->name))
        return is_local;
    for (uint32_t i = 1; i < call->count; i++)
        if (call->words[i].len > 1 && call->words[i].at[0] == '-' &&
            scl_str_ends(call->words[i], SCL_S("c")))
            return false;
    return true;
}

static bool
touches_passwd(const struct scl_tool_call *call)
{
    const struct scl_str passwd = SCL_STR("/etc/passwd");

    if (scl_str_find(call->output, passwd) != SIZE_MAX)
        return true;
    for (uint32_t i = 1; i < call->count; i++)
        if (scl_str_find(call->words[i], passwd) != SIZE_MAX)
            return true;
    return false;
}

static void
add_words(const struct scl_tool_call *call)
{
    struct scl_lowering *l = call->running->l;
    bool was_quiet = l->is_quiet;

    l->is_quiet = true;
    for (uint32_t i = 1; i < call->count; i++) {
        struct scl_str word = call->words[i];
        struct scl_known value = { word, true };

        if (scl_str_find_char(word, '$') != SIZE_MAX || scl_str_find_char(word, '`') != SIZE_MAX)
            value = scl_lower_expand(l, word, (struct scl_span){ 0, 0 });
        if (value.is_known)
            scl_scope_add_account(l, scl_lower_keep(l, value.text));
        else
            scl_accounts_unread(l);
    }
    l->is_quiet = was_quiet;
}

void
scl_accounts_run(const struct scl_tool_call *call)
{
    if (call->running->l->stage == SCL_NO_STAGE)
        return;
    if (!call->count) {
        if (touches_passwd(call))
            scl_accounts_unread(call->running->l);
        return;
    }
    if (is_among(makers, call->name))
        add_words(call);
    else if (!call->name.at || is_opaque(call) || runs_file(call) || touches_passwd(call))
        scl_accounts_unread(call->running->l);
}

void
scl_accounts_copied(struct scl_lowering *l, struct scl_known target)
{
    struct scl_known folder = scl_stage_folder(l);
    struct scl_str path = target.text;

    if (target.is_known && folder.is_known)
        path = scl_path_join(&l->scratch, folder.text, path);
    if (!target.is_known || scl_path_covers(path, SCL_S("/etc/passwd")))
        scl_accounts_unread(l);
}

/* ---- asking ---- */

enum scl_truth
scl_accounts_have(struct scl_lowering *l, struct scl_known user)
{
    const struct scl_stage *stage = &l->stages.at[l->stage];
    struct scl_str name = scl_str_sub(user.text, 0, scl_str_find_char(user.text, ':'));
    int64_t number;

    if (!user.is_known)
        return SCL_UNSURE;
    if (!name.len || scl_str_is(name, "root") || scl_str_int(name, &number) ||
        (!stage->is_scratch && is_among(system_accounts, name)) ||
        scl_scope_has_account(l, name))
        return SCL_TRUE;
    return stage->accounts_are_open || stage->is_windows ? SCL_UNSURE : SCL_FALSE;
}
