/* SPDX-License-Identifier: Apache-2.0 */
/*
 * selector.c: which nodes a policy looks at
 *
 * A kind is a type of node. Its nodes are had from the document's index, so a policy without any
 * costs nothing but that look. References are nodes of their own or groups of a subject.
 */
#include "script/selector.h"

#include "base/glob.h"
#include "base/suggest.h"
#include "script/arguments.h"
#include "script/node.h"

#include <stdlib.h>

/* A kind of `on`: its type, what narrows it, and the subjects that have it. An `action` is a
 * command that has one. */
static const struct {
    const char *name;
    uint8_t type;
    uint16_t field; /* that narrows */
    bool is_glob;
    uint32_t subjects;
} kinds[] = {
    { "instruction", SCL_TYPE_INSTRUCTION, SCL_INSTRUCTION_NAME, false, 1u << SCL_TYPE_BUILD },
    { "stage", SCL_TYPE_STAGE, SCL_NONE, false, 1u << SCL_TYPE_BUILD },
    { "command", SCL_TYPE_COMMAND, SCL_COMMAND_NAME, true, 1u << SCL_TYPE_BUILD },
    { "action", SCL_TYPE_COMMAND, SCL_COMMAND_ACTION, false, 1u << SCL_TYPE_BUILD },
    { "pipeline", SCL_TYPE_PIPELINE, SCL_NONE, false, 1u << SCL_TYPE_BUILD },
    { "addition", SCL_TYPE_ADDITION, SCL_NONE, false, 1u << SCL_TYPE_BUILD },
    { "removal", SCL_TYPE_REMOVAL, SCL_NONE, false, 1u << SCL_TYPE_BUILD },
    { "package", SCL_TYPE_PACKAGE, SCL_PACKAGE_MANAGER, false, 1u << SCL_TYPE_BUILD },
    { "arg", SCL_TYPE_ARG, SCL_ARG_NAME, false, 1u << SCL_TYPE_BUILD },
    { "env", SCL_TYPE_ENV, SCL_ENV_NAME, true,
      1u << SCL_TYPE_BUILD | 1u << SCL_TYPE_IMAGE | 1u << SCL_TYPE_CONTAINER },
    { "reference", SCL_TYPE_REFERENCE, SCL_REFERENCE_PIN, false,
      1u << SCL_TYPE_BUILD | 1u << SCL_TYPE_IMAGE | 1u << SCL_TYPE_CONTAINER },
    { "mount", SCL_TYPE_MOUNT, SCL_MOUNT_TYPE, false, 1u << SCL_TYPE_CONTAINER },
    { "port", SCL_TYPE_PORT, SCL_PORT_PROTOCOL, false,
      1u << SCL_TYPE_IMAGE | 1u << SCL_TYPE_CONTAINER },
    { "device", SCL_TYPE_DEVICE, SCL_NONE, false, 1u << SCL_TYPE_CONTAINER },
    { "ulimit", SCL_TYPE_ULIMIT, SCL_ULIMIT_NAME, false, 1u << SCL_TYPE_CONTAINER },
    { "volume", SCL_TYPE_VOLUME, SCL_VOLUME_KIND, false, 1u << SCL_TYPE_CONTAINER },
    { "probe", SCL_TYPE_PROBE, SCL_PROBE_PHASE, false, 1u << SCL_TYPE_CONTAINER },
    { "listener", SCL_TYPE_LISTENER, SCL_NONE, false, 1u << SCL_TYPE_HOST },
    { "registry", SCL_TYPE_REGISTRY, SCL_NONE, false, 1u << SCL_TYPE_HOST },
    { "vulnerability", SCL_TYPE_VULNERABILITY, SCL_VULNERABILITY_SEVERITY, false,
      1u << SCL_TYPE_EVIDENCE },
    { "signature", SCL_TYPE_SIGNATURE, SCL_NONE, false, 1u << SCL_TYPE_EVIDENCE },
    { "attestation", SCL_TYPE_ATTESTATION, SCL_NONE, false, 1u << SCL_TYPE_EVIDENCE },
    { "component", SCL_TYPE_COMPONENT, SCL_NONE, false, 1u << SCL_TYPE_EVIDENCE },
    { "string", SCL_SELECT_STRING, SCL_NONE, false, ~0u },
};

enum { KINDS = sizeof kinds / sizeof kinds[0] };

/* ---- reading ---- */

static size_t
find_kind(struct scl_str name)
{
    size_t kind = 0;

    while (kind < KINDS && !scl_str_is(name, kinds[kind].name))
        kind++;
    return kind;
}

static void
refuse_subject(struct scl_reader *r, const char *kind, uint32_t subjects)
{
    struct scl_text names = { 0 };
    char *copy;

    for (unsigned type = 1; type <= SCL_TYPE_PROJECT; type++)
        if (subjects >> type & 1)
            scl_text_f(&names, "%s%s", names.len ? ", " : "", scl_type(type)->name);
    copy = names.failed ? NULL : scl_arena_copy(r->arena, names.at, names.len);
    scl_text_finish(&names);
    if (!copy)
        scl_end_memory(r->L);
    scl_reader_refuse(r, "on", true, "on: no subject named has a '%s'; it exists in %s", kind,
                      copy);
}

static void
add_selector(struct scl_reader *r, struct scl_policy *policy, struct scl_str name,
             struct scl_selector *ret)
{
    size_t kind = find_kind(name);

    if (kind == KINDS) {
        struct scl_suggest suggest;

        scl_suggest_init(&suggest, name);
        for (size_t i = 0; i < KINDS; i++)
            scl_suggest_offer(&suggest, scl_str_c(kinds[i].name));
        if (suggest.best.len)
            scl_reader_help(r, "did you mean '%.*s'?", SCL_ARG(suggest.best));
        scl_reader_refuse(r, "on", true, "on: '%.*s' is no kind of node", SCL_ARG(name));
    }
    if (!(kinds[kind].subjects & policy->subjects))
        refuse_subject(r, kinds[kind].name, kinds[kind].subjects);
    *ret = (struct scl_selector){ .type = kinds[kind].type, .is_glob = kinds[kind].is_glob };
    if (kinds[kind].field == SCL_COMMAND_ACTION)
        ret->needs = SCL_COMMAND_ACTION;
}

static void
narrow(struct scl_reader *r, const char *kind_name, struct scl_selector *selector,
       struct scl_strs values)
{
    selector->field = kinds[find_kind(scl_str_c(kind_name))].field;
    selector->values = values;
    if (!selector->field)
        scl_reader_refuse(r, "on", true, "on: a '%s' cannot be narrowed", kind_name);
    for (uint32_t i = 0; selector->type == SCL_TYPE_INSTRUCTION && i < values.count; i++) {
        struct scl_str near = scl_instruction_suggest(values.at[i]);

        if (scl_is_instruction(values.at[i]))
            continue;
        if (near.len)
            scl_reader_help(r, "did you mean '%.*s'?", SCL_ARG(near));
        scl_reader_refuse(r, "on", true, "on: '%.*s' is no instruction", SCL_ARG(values.at[i]));
    }
}

static void
read_on(struct scl_reader *r, int t, struct scl_policy *policy)
{
    struct scl_selector *made;
    const struct scl_named_strs *named = NULL;
    struct scl_strs names = { NULL, 0 };
    uint32_t count = 0;

    lua_getfield(r->L, t, "on");
    if (lua_isnil(r->L, -1)) {
        lua_pop(r->L, 1);
        return;
    }
    if (lua_type(r->L, -1) == LUA_TSTRING || (lua_istable(r->L, -1) && lua_rawlen(r->L, -1) > 0)) {
        names = scl_reader_list(r, t, "on", true);
        count = names.count;
    } else {
        named = scl_reader_map(r, t, "on", &count);
        if (count != 1)
            scl_reader_refuse(r, "on", true, "on: one kind can be narrowed at a time");
    }
    made = scl_arena_array(r->arena, count, sizeof *made);
    if (!made)
        scl_end_memory(r->L);
    if (!named) {
        for (uint32_t i = 0; i < count; i++)
            add_selector(r, policy, names.at[i], &made[i]);
    } else {
        add_selector(r, policy, named[0].name, &made[0]);
        narrow(r, named[0].name.at, &made[0], named[0].values);
    }
    lua_pop(r->L, 1);
    policy->on = made;
    policy->on_count = count;
}

void
scl_selector_read(struct scl_reader *r, int t, struct scl_policy *policy)
{
    struct scl_strs subjects = scl_reader_list(r, t, "subjects", false);

    for (uint32_t i = 0; i < subjects.count; i++) {
        unsigned type = scl_type_find(subjects.at[i]);

        scl_reader_help(r, "one of build, image, container, host, evidence, project");
        if (!type || !(scl_type(type)->flags & SCL_TYPE_IS_SUBJECT))
            scl_reader_refuse(r, "subjects", true, "'%.*s' is no subject", SCL_ARG(subjects.at[i]));
        policy->subjects |= 1u << type;
    }
    r->help = scl_str_n("", 0);
    if (!policy->subjects)
        scl_reader_refuse(r, "subjects", false, "policy '%.*s' names no 'subjects'",
                          SCL_ARG(policy->id));
    read_on(r, t, policy);
    policy->requires = scl_reader_list(r, t, "requires", false);
    for (uint32_t i = 0; i < policy->requires.count; i++) {
        bool found = false;

        for (unsigned type = 1; type <= SCL_TYPE_PROJECT && !found; type++)
            found = policy->subjects >> type & 1 &&
                    scl_field_at_path(type, policy->requires.at[i]) != SCL_NONE;
        if (!found)
            scl_reader_refuse(r, "requires", true, "requires: no subject named has a '%.*s'",
                              SCL_ARG(policy->requires.at[i]));
    }
}

/* ---- selecting ---- */

struct selecting {
    const struct scantling_subject *subject;
    const struct scl_view *view;
    struct scl_arena *arena;
    struct scl_selected *ret;
};

static void
add_node(struct selecting *s, struct scl_node node)
{
    struct scl_node *made = scl_vec_push(s->arena, &s->ret->nodes);

    if (made)
        *made = node;
}

static bool
fits_value(struct selecting *s, const struct scl_selector *on, struct scl_str wanted,
           struct scl_str text)
{
    if (!s->ret->steps)
        return false;
    s->ret->steps--;
    return scl_str_same(wanted, text) ||
           (on->is_glob && scl_glob_match(wanted, text, &s->ret->steps) == SCL_GLOB_YES);
}

/* Whether a node's narrowing field has one of the values; an unknown one is remembered. */
static bool
fits(struct selecting *s, const struct scl_selector *on, struct scl_node node, unsigned field)
{
    struct scl_reading reading;
    struct scl_str text;

    if (!field)
        return true;
    node.field = (uint16_t)field;
    scl_view_read(s->view, node, &reading);
    if (reading.state == SCANTLING_STATE_UNKNOWN) {
        struct scl_node *made = scl_vec_push(s->arena, &s->ret->unnamed);

        if (made)
            *made = node;
        return false;
    }
    if (reading.value.kind != SCL_KIND_TEXT)
        return false;
    text = scl_value_text(&reading.value);
    for (uint32_t i = 0; i < on->values.count; i++)
        if (fits_value(s, on, on->values.at[i], text))
            return true;
    return false;
}

static bool
has_needed(const struct selecting *s, const struct scl_selector *on, struct scl_node node)
{
    struct scl_reading reading;

    if (!on->needs)
        return true;
    node.field = on->needs;
    scl_view_read(s->view, node, &reading);
    return reading.state != SCANTLING_STATE_ABSENT;
}

static void
select_type(struct selecting *s, const struct scl_selector *on)
{
    struct scl_type_index index =
        scl_document_by_type(s->view->document, s->subject->index, on->type);

    for (uint32_t i = 0; i < index.count; i++) {
        struct scl_node node = { index.objects[i], SCL_NONE, 0 };
        const struct scl_object *object = scl_document_object(s->view->document, node.object);

        /* What a CMD or HEALTHCHECK would run is no step of the build. */
        if (on->type == SCL_TYPE_COMMAND && object->field != SCL_BUILD_COMMANDS)
            continue;
        if (has_needed(s, on, node) && fits(s, on, node, on->field))
            add_node(s, node);
    }
}

/* The image of a workload and the base of an image are groups of their subject, not nodes of their
 * own. `scratch` is no image. */
static void
select_group(struct selecting *s, const struct scl_selector *on)
{
    bool is_image = s->subject->type == SCL_TYPE_IMAGE;
    struct scl_node node = { s->subject->root, is_image ? SCL_IMAGE_BASE : SCL_CONTAINER_IMAGE, 0 };
    struct scl_node raw = { node.object, is_image ? SCL_IMAGE_BASE_RAW : SCL_CONTAINER_IMAGE_RAW,
                            0 };
    unsigned pin = is_image ? SCL_IMAGE_BASE_PIN : SCL_CONTAINER_IMAGE_PIN;
    struct scl_reading reading;

    if (!is_image && s->subject->type != SCL_TYPE_CONTAINER)
        return;
    scl_view_read(s->view, raw, &reading);
    if (reading.state != SCANTLING_STATE_ABSENT &&
        !(reading.value.kind == SCL_KIND_TEXT &&
          scl_str_is(scl_value_text(&reading.value), "scratch")) &&
        fits(s, on, node, on->field ? pin : SCL_NONE))
        add_node(s, node);
}

/* ---- strings ---- */

/* A text, and where it is written. */
struct written_text {
    struct scl_node node;
    uint32_t file;
    struct scl_span span;
    bool is_unknown;
};

struct selecting_texts {
    struct selecting *s;
    SCL_VEC(struct written_text) list;
    bool has_unknown;
};

static bool
is_string(const struct scl_value *value)
{
    const struct scl_field *row = scl_field(value->field);

    return !(row->flags & (SCL_FIELD_META | SCL_FIELD_DERIVED)) && !scl_str_is(row->path, "name");
}

/* What a builder alone knows, of its own platform and of the one it builds for. */
static bool
is_of_platform(struct scl_str name)
{
    static const char *const parts[] = { "PLATFORM", "OS", "OSVERSION", "ARCH", "VARIANT" };
    struct scl_str part = scl_str_starts(name, SCL_S("BUILD"))    ? scl_str_sub(name, 5, name.len)
                          : scl_str_starts(name, SCL_S("TARGET")) ? scl_str_sub(name, 6, name.len)
                                                                  : SCL_S("");

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (scl_str_is(part, parts[i]))
            return true;
    return false;
}

/* Whether a text is a reference and nothing else, `$A`, `${A}` or one in quotes: what it stands for
 * may be anything. Of `/opt/bin:$PATH` there is something to see, and a doubt about the rest would
 * be one about nearly every document. */
static bool
is_reference(struct scl_str text)
{
    if (text.len > 1 && text.at[0] == '"' && text.at[text.len - 1] == '"')
        text = scl_str_sub(text, 1, text.len - 2);
    if (!text.len || text.at[0] != '$')
        return false;
    text = scl_str_sub(text, 1, text.len);
    if (text.len > 1 && text.at[0] == '{' && text.at[text.len - 1] == '}')
        text = scl_str_sub(text, 1, text.len - 2);
    for (size_t i = 0; i < text.len; i++)
        if (!scl_is_alnum(text.at[i]) && text.at[i] != '_')
            return false;
    return text.len > 0 && !is_of_platform(text);
}

static void
add_text(struct selecting_texts *t, struct scl_node node, const struct scl_value *value)
{
    struct scl_origin origin = scl_view_origin(t->s->view, value);
    const struct scl_source *files = t->s->view->document->files;
    bool is_unknown = value->state == SCANTLING_STATE_UNKNOWN;
    struct written_text *made;

    if (is_unknown && (!value->origin || origin.from_field != SCL_NONE ||
                       !is_reference(scl_source_text(&files[origin.file], origin.value))))
        return;
    made = scl_vec_push(t->s->arena, &t->list);
    if (made)
        *made = (struct written_text){ node, origin.file, origin.value, is_unknown };
    t->has_unknown = t->has_unknown || is_unknown;
}

/* Every text of an object that is written in the document: its scalars and those in its lists and
 * maps; also what is written and not known, as `ENV A=$B` without a B. */
static void
select_texts(struct selecting_texts *t, uint32_t id)
{
    const struct scl_object *object = scl_document_object(t->s->view->document, id);

    for (unsigned i = 0; i < object->count; i++) {
        const struct scl_value *value = &object->values[i];
        bool is_unknown = value->state == SCANTLING_STATE_UNKNOWN;
        struct scl_node node = { id, value->field, 0 };

        if (!is_string(value) || (value->state != SCANTLING_STATE_DECLARED && !is_unknown))
            continue;
        if (is_unknown ? scl_field(value->field)->kind == SCL_KIND_TEXT
                       : value->kind == SCL_KIND_TEXT)
            add_text(t, node, value);
        if (is_unknown || (value->kind != SCL_KIND_LIST && value->kind != SCL_KIND_MAP))
            continue;
        for (node.element = 1; node.element <= value->as.list->count; node.element++) {
            const struct scl_value *item = &value->as.list->items[node.element - 1];

            if (item->kind == SCL_KIND_TEXT || item->state == SCANTLING_STATE_UNKNOWN)
                add_text(t, node, item);
        }
    }
}

/* By places, what is known first. */
static int
text_order(const void *a, const void *b)
{
    const struct written_text *x = a, *y = b;

    if (x->file != y->file)
        return x->file < y->file ? -1 : 1;
    if (x->span.offset != y->span.offset)
        return x->span.offset < y->span.offset ? -1 : 1;
    if (x->is_unknown != y->is_unknown)
        return x->is_unknown ? 1 : -1;
    if (x->node.object != y->node.object)
        return x->node.object < y->node.object ? -1 : 1;
    return (x->node.field > y->node.field) - (x->node.field < y->node.field);
}

/* What is known is looked at, all of it; what is not, once for a place, and not where something
 * known is written there too: of `$URL` in a command the word is the string of the document. */
static void
settle_texts(struct selecting_texts *t)
{
    if (t->has_unknown && t->list.count > 1)
        qsort(t->list.at, t->list.count, sizeof *t->list.at, text_order);
    for (uint32_t i = 0; i < t->list.count; i++) {
        const struct written_text *text = &t->list.at[i];

        if (!text->is_unknown || i == 0 || text->file != text[-1].file ||
            text->span.offset != text[-1].span.offset)
            add_node(t->s, text->node);
    }
}

static void
select_strings(struct selecting *s)
{
    struct selecting_texts t = { .s = s };

    for (unsigned type = 1; type < SCL_TYPE_COUNT; type++) {
        struct scl_type_index index =
            scl_document_by_type(s->view->document, s->subject->index, type);

        for (uint32_t i = 0; i < index.count; i++)
            select_texts(&t, index.objects[i]);
    }
    settle_texts(&t);
}

/* Lists whose members the policy looks at, and which may have more. */
static void
find_open(struct selecting *s, unsigned type)
{
    const struct scl_type *row = scl_type(s->subject->type);

    for (unsigned field = row->first; field < (unsigned)row->first + row->count; field++) {
        struct scl_node node = { s->subject->root, (uint16_t)field, 0 }, *made;
        struct scl_reading reading;

        if (scl_field(field)->kind != SCL_KIND_LIST || scl_field(field)->of != type)
            continue;
        scl_view_read(s->view, node, &reading);
        if (reading.state != SCANTLING_STATE_UNKNOWN && !(reading.value.flags & SCL_VALUE_OPEN))
            continue;
        made = scl_vec_push(s->arena, &s->ret->open);
        if (made)
            *made = node;
    }
}

static int
node_order(const void *a, const void *b)
{
    const struct scl_node *x = a, *y = b;

    if (x->object != y->object)
        return x->object < y->object ? -1 : 1;
    if (x->field != y->field)
        return x->field < y->field ? -1 : 1;
    return (x->element > y->element) - (x->element < y->element);
}

/* What several selectors found, each node once. */
static void
settle_nodes(struct scl_selected *ret)
{
    uint32_t kept = 1;

    if (ret->nodes.count < 2)
        return;
    qsort(ret->nodes.at, ret->nodes.count, sizeof *ret->nodes.at, node_order);
    for (uint32_t i = 1; i < ret->nodes.count; i++)
        if (!scl_node_same(ret->nodes.at[i], ret->nodes.at[kept - 1]))
            ret->nodes.at[kept++] = ret->nodes.at[i];
    ret->nodes.count = kept;
}

bool
scl_selector_nodes(const struct scl_policy *policy, const struct scantling_subject *subject,
                   struct scl_arena *arena, struct scl_selected *ret)
{
    struct selecting s = { subject, subject->view, arena, ret };

    *ret = (struct scl_selected){ .steps = ret->steps };
    if (!policy->on_count)
        add_node(&s, (struct scl_node){ subject->root, SCL_NONE, 0 });
    for (uint32_t i = 0; i < policy->on_count; i++) {
        const struct scl_selector *on = &policy->on[i];

        if (on->type == SCL_SELECT_STRING) {
            select_strings(&s);
            continue;
        }
        select_type(&s, on);
        if (on->type == SCL_TYPE_REFERENCE)
            select_group(&s, on);
        find_open(&s, on->type);
    }
    if (policy->on_count > 1 || (policy->on_count && policy->on[0].type == SCL_SELECT_STRING))
        settle_nodes(ret);
    return !arena->failed;
}

bool
scl_selector_applies(const struct scl_policy *policy, const struct scantling_subject *subject)
{
    for (uint32_t i = 0; i < policy->requires.count; i++) {
        unsigned field = scl_field_at_path(subject->type, policy->requires.at[i]);

        if (field == SCL_NONE ||
            (scl_field(field)->type == subject->type &&
             !scl_document_says(subject->view->document, subject->index, field)))
            return false;
    }
    return true;
}
