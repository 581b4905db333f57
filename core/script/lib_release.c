/* SPDX-License-Identifier: Apache-2.0 */
/*
 * lib_release.c: image.releases and version
 *
 * Which release of a product an image is, by the rules of `facts.eol_tag_map`: a rule speaks of the
 * images that fit its repository, and its pattern finds the cycle in the whole name, in the tag, or
 * in a part of the tag behind a hyphen. The first rule over name or tag and the first over a part
 * that end at a row of `facts.eol` give a release each.
 */
#include "script/libraries.h"
#include "script/verbs.h"

#include "script/arguments.h"
#include "script/frozen.h"
#include "script/match.h"
#include "script/run.h"
#include "syntax/reference.h"

/* ---- image.releases ---- */

struct rules {
    lua_State *L;
    const struct scl_reference *reference;
    const struct scl_facts_table *map, *eol, *codenames;
    uint32_t repository, on, pattern, cycle, codename, product; /* columns of the map */
};

static bool
open_rules(struct rules *rules, lua_State *L, const struct scl_reference *reference)
{
    const struct scl_facts *facts = scl_run_of(L)->facts;

    rules->L = L;
    rules->reference = reference;
    rules->map = scl_facts_find(facts, SCL_S("eol_tag_map"));
    rules->eol = scl_facts_find(facts, SCL_S("eol"));
    rules->codenames = scl_facts_find(facts, SCL_S("eol_codenames"));
    if (!rules->map || !rules->eol || !rules->codenames)
        return false;
    rules->repository = scl_facts_column(rules->map, SCL_S("repository"));
    rules->on = scl_facts_column(rules->map, SCL_S("on"));
    rules->pattern = scl_facts_column(rules->map, SCL_S("pattern"));
    rules->cycle = scl_facts_column(rules->map, SCL_S("cycle"));
    rules->codename = scl_facts_column(rules->map, SCL_S("codename"));
    rules->product = scl_facts_column(rules->map, SCL_S("product"));
    return true;
}

/* Finds the rule's pattern in a text; what it captured stays in the matcher. */
static bool
find_pattern(const struct rules *rules, uint32_t row, struct scl_str text,
             struct scl_matcher *matcher)
{
    struct scl_str pattern = scl_facts_text(rules->map, row, rules->pattern);
    bool is_anchored = pattern.len && pattern.at[0] == '^';
    bool found = false;

    pattern = scl_str_sub(pattern, is_anchored, pattern.len);
    scl_matcher_init(matcher, rules->L, "image.releases", text, pattern);
    for (size_t start = 0; !found && start <= text.len && (start == 0 || !is_anchored); start++)
        found = scl_matcher_run(matcher, start) >= 0;
    scl_matcher_finish(matcher);
    return found;
}

static struct scl_str
captured(const struct scl_matcher *matcher, uint32_t index)
{
    if (index >= matcher->count || matcher->captures[index].len < 0)
        return scl_str_n("", 0);
    return scl_str_sub(matcher->text, matcher->captures[index].start,
                       (size_t)matcher->captures[index].len);
}

static struct scl_str
printed(lua_State *L, struct scl_text *text)
{
    struct scl_arena *arena = scl_run_arena(L);
    char *copy = text->failed ? NULL : scl_arena_copy(arena, text->at, text->len);
    size_t length = text->len;

    scl_text_finish(text);
    if (!copy)
        scl_end_memory(L);
    return scl_str_n(copy, length);
}

/* The cycle as the rule writes it, `%1` being what its pattern captured first. */
static struct scl_str
written_cycle(const struct rules *rules, uint32_t row, const struct scl_matcher *matcher)
{
    struct scl_str cycle = scl_facts_text(rules->map, row, rules->cycle);
    struct scl_text text = { 0 };

    for (size_t i = 0; i < cycle.len; i++) {
        bool is_capture = cycle.at[i] == '%' && i + 1 < cycle.len &&
                          cycle.at[i + 1] >= '1' && cycle.at[i + 1] <= '9';

        if (is_capture)
            scl_text_add(&text, captured(matcher, (uint32_t)(cycle.at[++i] - '1')));
        else
            scl_text_char(&text, cycle.at[i]);
    }
    return printed(rules->L, &text);
}

static uint32_t
find_release(const struct rules *rules, struct scl_str product, struct scl_str cycle)
{
    struct scl_text key = { 0 };

    scl_text_f(&key, "%.*s %.*s", SCL_ARG(product), SCL_ARG(cycle));
    return scl_facts_row(rules->eol, printed(rules->L, &key));
}

static uint32_t
find_codename(const struct rules *rules, struct scl_str product, struct scl_str name)
{
    const struct scl_facts_table *names = rules->codenames;
    uint32_t row = scl_facts_row(names, name);
    struct scl_str owner =
        scl_facts_text(names, row, scl_facts_column(names, SCL_S("product")));

    if (row == SCL_FACTS_NONE || (product.len && !scl_str_same(owner, product)))
        return SCL_FACTS_NONE;
    return find_release(rules, owner,
                        scl_facts_text(names, row, scl_facts_column(names, SCL_S("cycle"))));
}

/* The row of `eol` that a rule finds by a text, or SCL_FACTS_NONE. */
static uint32_t
apply_rule(const struct rules *rules, uint32_t row, struct scl_str text)
{
    struct scl_str product = scl_facts_text(rules->map, row, rules->product);
    const struct scl_fact *codename = scl_facts_cell(rules->map, row, rules->codename);
    struct scl_matcher matcher;

    if (!text.len || !find_pattern(rules, row, text, &matcher))
        return SCL_FACTS_NONE;
    if (codename->kind == SCL_FACT_BOOL && codename->as.number)
        return find_codename(rules, product, captured(&matcher, 0));
    return find_release(rules, product, written_cycle(rules, row, &matcher));
}

/* The same for each part of the tag behind a hyphen, until one fits. */
static uint32_t
apply_to_parts(const struct rules *rules, uint32_t row)
{
    struct scl_str rest = rules->reference->tag, part;
    uint32_t found = SCL_FACTS_NONE;

    scl_str_cut(&rest, '-', &part);
    while (found == SCL_FACTS_NONE && scl_str_cut(&rest, '-', &part))
        found = apply_rule(rules, row, part);
    return found;
}

/* The release that the rules over parts, or those over the rest, find first. */
static uint32_t
first_release(const struct rules *rules, bool over_parts)
{
    for (uint32_t row = 0; row < rules->map->row_count; row++) {
        struct scl_str on = scl_facts_text(rules->map, row, rules->on);
        uint64_t steps = 1000000, left = steps;
        uint32_t found;
        bool fits;

        if (scl_str_is(on, "part") != over_parts)
            continue;
        fits = scl_reference_match(scl_facts_text(rules->map, row, rules->repository),
                                   rules->reference, &left);
        scl_charge(rules->L, 1 + steps - left);
        if (!fits)
            continue;
        found = over_parts ? apply_to_parts(rules, row)
                           : apply_rule(rules, row, scl_str_is(on, "name")
                                                        ? rules->reference->name
                                                        : rules->reference->tag);
        if (found != SCL_FACTS_NONE)
            return found;
    }
    return SCL_FACTS_NONE;
}

/* Appends a release to the list on top of the stack. */
static void
push_release(const struct rules *rules, uint32_t row)
{
    static const char *const columns[] = { "product", "cycle",          "eol",
                                           "ended",   "extended_eol", "extended_ended" };
    lua_State *L = rules->L;

    lua_createtable(L, 0, 6);
    for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
        uint32_t column = scl_facts_column(rules->eol, scl_str_c(columns[i]));
        const struct scl_fact *cell = scl_facts_cell(rules->eol, row, column);

        if (cell->kind == SCL_FACT_BOOL)
            lua_pushboolean(L, cell->as.number != 0);
        else if (cell->kind == SCL_FACT_TEXT || cell->kind == SCL_FACT_DATE)
            lua_pushlstring(L, cell->as.text, cell->len);
        else
            continue;
        lua_setfield(L, -2, columns[i]);
    }
    lua_rawseti(L, -2, (lua_Integer)lua_rawlen(L, -2) + 1);
}

int
scl_image_releases(lua_State *L)
{
    struct scl_reference reference;
    struct scl_str text;
    struct rules rules;

    if (lua_isnoneornil(L, 1)) {
        lua_pushnil(L);
        return 1;
    }
    text = scl_image_argument(L, 1, "image.releases");
    scl_charge_bytes(L, text.len);
    if (!scl_reference_parse(scl_run_arena(L), text, &reference))
        scl_end_memory(L);
    lua_newtable(L);
    if (!reference.is_valid || !open_rules(&rules, L, &reference))
        return 1;
    for (int over_parts = 0; over_parts < 2; over_parts++) {
        uint32_t row = first_release(&rules, over_parts);

        if (row != SCL_FACTS_NONE)
            push_release(&rules, row);
    }
    return 1;
}

/* ---- version ---- */

struct version {
    int64_t parts[3];
    unsigned count; /* of parts that are written */
    struct scl_str pre;
};

/* `v1.2.3-rc.1+build`: one to three numbers, and what comes before the release of that name. */
static bool
parse_version(struct scl_str text, struct version *ret)
{
    size_t plus = scl_str_find_char(text, '+'), hyphen;
    struct scl_str part;

    *ret = (struct version){ .pre = { "", 0 } };
    text = scl_str_sub(text, 0, plus);
    if (text.len && (text.at[0] == 'v' || text.at[0] == 'V'))
        text = scl_str_sub(text, 1, text.len);
    hyphen = scl_str_find_char(text, '-');
    if (hyphen != SIZE_MAX)
        ret->pre = scl_str_sub(text, hyphen + 1, text.len);
    if (hyphen != SIZE_MAX && !ret->pre.len)
        return false;
    text = scl_str_sub(text, 0, hyphen);
    if (text.len && text.at[text.len - 1] == '.')
        return false;
    while (scl_str_cut(&text, '.', &part)) {
        if (ret->count == 3 || !part.len || !scl_is_digit(part.at[0]) ||
            !scl_str_int(part, &ret->parts[ret->count]))
            return false;
        ret->count++;
    }
    return ret->count > 0;
}

/* version.parse(s) -> { major, minor, patch, pre }, or nil */
static int
l_version_parse(lua_State *L)
{
    static const char *const names[] = { "major", "minor", "patch" };
    struct version version;
    struct scl_str text;

    if (lua_isnoneornil(L, 1)) {
        lua_pushnil(L);
        return 1;
    }
    text = scl_arg_string(L, 1, "version.parse");
    scl_charge_bytes(L, text.len);
    if (!parse_version(text, &version)) {
        lua_pushnil(L);
        return 1;
    }
    lua_createtable(L, 0, 4);
    for (unsigned i = 0; i < version.count; i++) {
        lua_pushinteger(L, (lua_Integer)version.parts[i]);
        lua_setfield(L, -2, names[i]);
    }
    if (version.pre.len) {
        lua_pushlstring(L, version.pre.at, version.pre.len);
        lua_setfield(L, -2, "pre");
    }
    return 1;
}

/* Numbers compare as numbers and come before words. */
static int
compare_identifiers(struct scl_str a, struct scl_str b)
{
    int64_t x, y;
    bool a_is_number = scl_str_int(a, &x), b_is_number = scl_str_int(b, &y);

    if (a_is_number && b_is_number)
        return (x > y) - (x < y);
    if (a_is_number != b_is_number)
        return a_is_number ? -1 : 1;
    return scl_str_compare(a, b);
}

static int
compare_pre(struct scl_str a, struct scl_str b)
{
    struct scl_str x, y;
    int order = 0;

    if (!a.len || !b.len)
        return (a.len == 0) - (b.len == 0);
    while (order == 0) {
        bool has_x = scl_str_cut(&a, '.', &x), has_y = scl_str_cut(&b, '.', &y);

        if (!has_x || !has_y)
            return has_x - has_y;
        order = compare_identifiers(x, y);
    }
    return order;
}

/* version.compare(a, b) -> -1, 0, 1, or nil where one of them is no version */
static int
l_version_compare(lua_State *L)
{
    struct version a, b;
    struct scl_str first, second;
    int order = 0;

    if (lua_isnoneornil(L, 1) || lua_isnoneornil(L, 2)) {
        lua_pushnil(L);
        return 1;
    }
    first = scl_arg_string(L, 1, "version.compare");
    second = scl_arg_string(L, 2, "version.compare");
    scl_charge_bytes(L, first.len + second.len);
    if (!parse_version(first, &a) || !parse_version(second, &b)) {
        lua_pushnil(L);
        return 1;
    }
    for (unsigned i = 0; i < 3 && order == 0; i++)
        order = (a.parts[i] > b.parts[i]) - (a.parts[i] < b.parts[i]);
    if (order == 0)
        order = compare_pre(a.pre, b.pre);
    lua_pushinteger(L, (order > 0) - (order < 0));
    return 1;
}

void
scl_open_versions(lua_State *L)
{
    static const struct scl_function version[] = {
        { "parse", l_version_parse },
        { "compare", l_version_compare },
        { NULL, NULL },
    };

    scl_globals_library(L, "version", version);
}
