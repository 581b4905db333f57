/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_users.c: whom the commands of a stage run as
 *
 * A USER says it, else the facts of the base image, else nobody: then a home is still taken to be
 * that of root, who it nearly always is.
 */
#include "formats/dockerfile_lower.h"

#include "base/path.h"
#include "base/text.h"

/* What the facts say of an image: its user, or, where they know no name, the number. */
static struct scl_known
user_of_row(struct scl_lowering *l, const struct scl_facts_table *table, uint32_t row)
{
    struct scl_str user = scl_facts_text(table, row, scl_facts_column(table, SCL_S("user")));
    const struct scl_fact *uid = scl_facts_cell(table, row, scl_facts_column(table, SCL_S("uid")));
    const struct scl_fact *is_root =
        scl_facts_cell(table, row, scl_facts_column(table, SCL_S("is_root")));
    struct scl_text number;
    char *copy;

    if (user.len)
        return scl_known(user);
    if (is_root->kind == SCL_FACT_BOOL && is_root->as.number)
        return scl_known(SCL_S("root"));
    if (uid->kind != SCL_FACT_INT)
        return (struct scl_known){ 0 };
    scl_text_init(&number);
    scl_text_f(&number, "%lld", (long long)uid->as.number);
    copy = number.failed ? NULL : scl_arena_copy(&l->d->arena, number.at, number.len);
    l->d->arena.failed = l->d->arena.failed || !copy;
    number.len = copy ? number.len : 0;
    scl_text_finish(&number);
    return (struct scl_known){ scl_str_n(copy, number.len), copy != NULL };
}

void
scl_user_begin(struct scl_lowering *l, struct scl_stage *stage)
{
    const struct scl_facts_table *table =
        scl_facts_find(scl_facts_builtin(), SCL_S("image_default_users"));
    uint32_t row;

    if (stage->parent != SCL_NO_STAGE)
        return;
    row = stage->base.is_known ? scl_base_row(l, table, stage->base.text) : SCL_FACTS_NONE;
    if (stage->is_scratch)
        stage->user = scl_known(SCL_S("root"));
    else if (row != SCL_FACTS_NONE)
        stage->user = user_of_row(l, table, row);
    else
        stage->user_is_likely_root = !stage->is_windows;
    scl_held_user(l, stage->user, 0);
}

void
scl_user_set(struct scl_lowering *l, struct scl_known user, uint32_t origin)
{
    struct scl_stage *stage = &l->stages.at[l->stage];

    stage->user = user;
    stage->user_is_likely_root = false;
    scl_held_user(l, user, origin);
}

static struct scl_str
home_of(struct scl_lowering *l, const struct scl_stage *stage)
{
    struct scl_str name = scl_str_sub(stage->user.text, 0,
                                      scl_str_find_char(stage->user.text, ':'));
    int64_t number;

    if (stage->user_is_likely_root)
        return SCL_S("/root");
    if (!stage->user.is_known || stage->is_windows)
        return (struct scl_str){ NULL, 0 };
    if (!name.len || scl_str_is(name, "root"))
        return SCL_S("/root");
    if (scl_str_int(name, &number))
        return number ? (struct scl_str){ NULL, 0 } : SCL_S("/root");
    return scl_path_join(&l->scratch, SCL_S("/home"), name);
}

struct scl_str
scl_user_home(struct scl_lowering *l)
{
    struct scl_str home;

    if (l->stage == SCL_NO_STAGE || l->scope != SCL_SCOPE_STAGE)
        return (struct scl_str){ NULL, 0 };
    if (scl_scope_lookup(l, SCL_S("HOME"), &home) == SCL_LOOKUP_SET && scl_path_is_absolute(home))
        return scl_path_clean(&l->scratch, home);
    return home_of(l, &l->stages.at[l->stage]);
}
