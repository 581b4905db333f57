/* SPDX-License-Identifier: Apache-2.0 */
/*
 * definition.c: what the table of a policy or of an adjustment says
 *
 * Read key by key; what does not fit ends the run with the key at fault. An adjustment is kept as a
 * policy that has `adjusts`: it has a name, subjects, a reason and examples like one, and nothing
 * of what makes findings.
 */
#include "script/definition.h"

#include "script/params.h"
#include "script/selector.h"

static const char *const policy_keys[] = {
    "id", "code", "title", "severity", "subjects", "on", "requires", "packs", "params",
    "confidence", "refs", "aliases", "replaces", "why", "fix", "check", "fails", "passes",
    "inconclusive", NULL,
};

static const char *const adjustment_keys[] = {
    "id", "adjusts", "subjects", "why", "severity", "fails", NULL,
};

static bool
is_slug(struct scl_str slug)
{
    unsigned words = 1;

    if (!slug.len || slug.at[0] == '-' || slug.at[slug.len - 1] == '-')
        return false;
    for (size_t i = 0; i < slug.len; i++) {
        char byte = slug.at[i];

        if (byte == '-') {
            if (slug.at[i - 1] == '-')
                return false;
            words++;
        } else if (!scl_is_digit(byte) && !(byte >= 'a' && byte <= 'z')) {
            return false;
        }
    }
    return words <= 5;
}

static const char *
noun_of(const struct scl_policy *p)
{
    return p->adjusts.len ? "adjustment" : "policy";
}

static void
read_identity(struct scl_reader *r, int t, struct scl_policy *p)
{
    size_t slash;

    p->id = scl_reader_text(r, t, "id");
    if (!p->id.len)
        scl_reader_refuse(r, "id", false, "%s has no 'id'", noun_of(p));
    slash = scl_str_find_char(p->id, '/');
    if (!is_slug(slash == SIZE_MAX ? p->id : scl_str_sub(p->id, slash + 1, p->id.len)) ||
        (slash != SIZE_MAX && !is_slug(scl_str_sub(p->id, 0, slash)))) {
        scl_reader_help(r, "write lower-case words joined by '-', 5 at most: acme/no-latest");
        scl_reader_refuse(r, "id", true, "'%.*s' is no %s id", SCL_ARG(p->id), noun_of(p));
    }
    if (slash == SIZE_MAX && !p->is_builtin) {
        scl_reader_help(r, "write 'acme/%.*s', with your organisation's name", SCL_ARG(p->id));
        scl_reader_refuse(r, "id", true, "the id '%.*s' has no organisation", SCL_ARG(p->id));
    }
}

static void
read_code(struct scl_reader *r, int t, struct scl_policy *p)
{
    bool is_own = scl_str_find_char(p->id, '/') != SIZE_MAX;

    p->code = scl_reader_text(r, t, "code");
    if (p->code.len && (is_own || p->code.len != 6 ||
                        !scl_str_starts(p->code, SCL_S("SL"))))
        scl_reader_refuse(r, "code", true,
                          "only built-in policies have a code, SL and four digits");
    if (!p->code.len && p->is_builtin)
        scl_reader_refuse(r, "code", false, "policy '%.*s' has no 'code'", SCL_ARG(p->id));
}

/* Prose is one paragraph however its lines are broken in the file. */
static struct scl_str
read_paragraph(struct scl_reader *r, int t, const char *key)
{
    struct scl_str text = scl_str_trim(scl_reader_text(r, t, key));
    char *made = scl_arena_copy(r->arena, text.at, text.len);
    size_t length = 0;

    if (!made)
        scl_end_memory(r->L);
    for (size_t i = 0; i < text.len; i++) {
        if (!scl_is_blank(text.at[i]))
            made[length++] = text.at[i];
        else if (!scl_is_blank(text.at[i - 1]))
            made[length++] = ' ';
    }
    made[length] = '\0';
    return scl_str_n(made, length);
}

static void
read_prose(struct scl_reader *r, int t, struct scl_policy *p)
{
    p->title = scl_reader_text(r, t, "title");
    p->why = read_paragraph(r, t, "why");
    p->fix = read_paragraph(r, t, "fix");
    if (!p->title.len)
        scl_reader_refuse(r, "title", false, "policy '%.*s' has no 'title': name the hazard",
                          SCL_ARG(p->id));
    if (p->title.len > 72 || p->title.at[p->title.len - 1] == '.' ||
        scl_str_find_char(p->title, '\n') != SIZE_MAX)
        scl_reader_refuse(r, "title", true,
                          "a title is one line of at most 72 bytes without a full stop");
    if (!p->why.len)
        scl_reader_refuse(r, "why", false, "policy '%.*s' has no 'why': say what happens otherwise",
                          SCL_ARG(p->id));
    if (!p->fix.len)
        scl_reader_refuse(r, "fix", false,
                          "policy '%.*s' has no 'fix': say in a sentence what the reader should do",
                          SCL_ARG(p->id));
}

static void
read_levels(struct scl_reader *r, int t, struct scl_policy *p)
{
    struct scl_str severity = scl_reader_text(r, t, "severity");
    struct scl_str confidence = scl_reader_text(r, t, "confidence");

    p->severity = scl_severity_from(severity);
    p->confidence = confidence.len ? scl_confidence_from(confidence) : 30;
    scl_reader_help(r, "one of critical, high, medium, low, info");
    if (!severity.len)
        scl_reader_refuse(r, "severity", false, "policy '%.*s' has no 'severity'", SCL_ARG(p->id));
    if (!p->severity)
        scl_reader_refuse(r, "severity", true, "unknown severity '%.*s'", SCL_ARG(severity));
    scl_reader_help(r, "one of high, medium, low");
    if (!p->confidence)
        scl_reader_refuse(r, "confidence", true, "unknown confidence '%.*s'", SCL_ARG(confidence));
    r->help = scl_str_n("", 0);
}

static void
read_packs(struct scl_reader *r, int t, struct scl_policy *p)
{
    p->packs = scl_reader_list(r, t, "packs", false);
    for (uint32_t i = 0; i < p->packs.count; i++)
        if (scl_str_is(p->packs.at[i], "all") || scl_str_is(p->packs.at[i], "none"))
            scl_reader_refuse(r, "packs", true, "the pack '%.*s' is the engine's own",
                              SCL_ARG(p->packs.at[i]));
    p->replaces = scl_reader_list(r, t, "replaces", false);
    p->refs = scl_reader_map(r, t, "refs", &p->ref_count);
    p->aliases = scl_reader_map(r, t, "aliases", &p->alias_count);
}

static void
require_value(struct scl_reader *r, int t, const char *key, int type, const char *wanted)
{
    lua_getfield(r->L, t, key);
    if (lua_isnil(r->L, -1))
        scl_reader_refuse(r, key, false, "%s has no '%s'", r->what, key);
    if (lua_type(r->L, -1) != type)
        scl_reader_refuse(r, key, true, "%s: '%s' is not %s", r->what, key, wanted);
    lua_pop(r->L, 1);
}

static void
read_policy(struct scl_reader *r, int t, struct scl_policy *p)
{
    scl_reader_known(r, t, "policy", policy_keys);
    read_identity(r, t, p);
    read_code(r, t, p);
    read_prose(r, t, p);
    read_levels(r, t, p);
    scl_selector_read(r, t, p);
    read_packs(r, t, p);
    scl_params_read(r, t, p);
    require_value(r, t, "check", LUA_TFUNCTION, "a function");
    require_value(r, t, "fails", LUA_TTABLE, "a table of examples");
    require_value(r, t, "passes", LUA_TTABLE, "a table of examples");
}

static void
read_adjustment(struct scl_reader *r, int t, struct scl_policy *p)
{
    scl_reader_known(r, t, "adjust", adjustment_keys);
    p->adjusts = scl_reader_text(r, t, "adjusts");
    if (!p->adjusts.len) {
        scl_reader_help(r, "write the id of the policy whose findings it is about");
        scl_reader_refuse(r, "adjusts", false, "adjustment has no 'adjusts'");
    }
    read_identity(r, t, p);
    p->title = SCL_S("An adjustment of severities");
    p->why = read_paragraph(r, t, "why");
    if (!p->why.len)
        scl_reader_refuse(r, "why", false,
                          "adjustment '%.*s' has no 'why': say what makes the difference",
                          SCL_ARG(p->id));
    p->severity = SCANTLING_SEVERITY_INFO;
    p->confidence = 30;
    scl_selector_read(r, t, p);
    require_value(r, t, "severity", LUA_TFUNCTION, "a function");
    require_value(r, t, "fails", LUA_TTABLE, "a table of examples");
}

void
scl_definition_read(struct scl_reader *r, int t, bool is_adjustment, struct scl_policy *ret)
{
    r->what = is_adjustment ? "adjust" : "policy";
    if (is_adjustment)
        read_adjustment(r, t, ret);
    else
        read_policy(r, t, ret);
}
