/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_quadlet_unit.c: units of Quadlet with what is dropped into them
 */
#include "reading.h"

#define MOST_FILES 6
#define GONE NULL

struct told {
    const char *path, *text; /* GONE: there is none */
};

struct unit_row {
    const char *why, *name, *text;
    struct told files[MOST_FILES];
    const char *path, *value; /* "VALUE, FILE: TEXT", without a place where it has none */
};

/* Who tells of anything tells, if not said otherwise, that nothing is dropped into all units. */
static struct scl_document *
read_unit(const char *name, const char *text, const struct told *told)
{
    struct scl_companion files[MOST_FILES + 1];
    struct scl_input input = { .name = scl_str_c(name), .text = scl_str_c(text), .files = files };
    struct scl_document *d;

    for (; input.file_count < MOST_FILES && told[input.file_count].path; input.file_count++) {
        const struct told *from = &told[input.file_count];

        files[input.file_count] = (struct scl_companion){
            scl_str_c(from->path), from->text ? scl_str_c(from->text) : (struct scl_str){ NULL, 0 },
            !from->text
        };
    }
    if (input.file_count && strcmp(told[0].path, "container.d/") != 0)
        files[input.file_count++] = (struct scl_companion){
            SCL_STR("container.d/"), { NULL, 0 }, true
        };
    d = scl_read(&input);
    assert_non_null(d);
    return d;
}

static void
print_field(const struct scl_document *d, const char *path, struct scl_text *text)
{
    struct scl_node root = { d->subjects.count ? d->subjects.at[0].root : 0, SCL_NONE, 0 }, node;
    struct scl_reading reading;
    struct scl_origin origin;
    bool is_exact;

    if (!scl_view_find(d->view, root, scl_str_c(path), &node)) {
        scl_text_c(text, "no such node");
        return;
    }
    scl_view_read(d->view, node, &reading);
    reading_value(&reading.value, text);
    if (reading.state == SCANTLING_STATE_UNKNOWN)
        scl_text_c(text, " unknown");
    origin = scl_view_place(d->view, node, false, &is_exact);
    if (is_exact && origin.place.length)
        scl_text_f(text, ", %.*s: %.*s", SCL_ARG(d->files[origin.file].name),
                   SCL_ARG(scl_source_text(&d->files[origin.file], origin.place)));
}

static void
check_unit(const struct unit_row *row)
{
    struct scl_document *d = read_unit(row->name, row->text, row->files);
    struct scl_text text;

    scl_text_init(&text);
    print_field(d, row->path, &text);
    check_text(scl_text_str(&text), row->value, row->why);
    scl_text_finish(&text);
    scl_document_unref(d);
}

static void
what_is_dropped_in_applies_after_the_unit(void **state)
{
    static const struct unit_row rows[] = {
        { "the last of a single key", "u/web.container", "[Container]\nReadOnly=true\n",
          { { "web.container.d/", "a.conf\n" },
            { "web.container.d/a.conf", "[Container]\nReadOnly=false\n" } },
          "readonly_rootfs", "false, u/web.container.d/a.conf: false" },
        { "what it does not say stays", "u/web.container", "[Container]\nReadOnly=true\n",
          { { "web.container.d/", "a.conf\n" },
            { "web.container.d/a.conf", "[Container]\nUser=0\n" } },
          "readonly_rootfs", "true, u/web.container: true" },
        { "lists grow", "web.container", "[Container]\nAddCapability=KILL\n",
          { { "web.container.d/", "a.conf\n" },
            { "web.container.d/a.conf", "[Container]\nAddCapability=CHOWN\n" } },
          "capabilities.add", "[CAP_KILL, CAP_CHOWN], web.container: AddCapability=KILL" },
        { "their members keep their places", "web.container", "[Container]\nAddHost=a:1.1.1.1\n",
          { { "web.container.d/", "a.conf" },
            { "web.container.d/a.conf", "[Container]\nAddHost=b:2.2.2.2\n" } },
          "extra_hosts[2].host", "b, web.container.d/a.conf: AddHost=b:2.2.2.2" },
        { "an empty value takes back what the unit says", "web.container",
          "[Container]\nAddCapability=KILL\n",
          { { "web.container.d/", "a.conf\n" },
            { "web.container.d/a.conf",
              "[Container]\nAddCapability=\nAddCapability=CHOWN\n" } },
          "capabilities.add", "[CAP_CHOWN], web.container.d/a.conf: AddCapability=CHOWN" },
        { "in the order of their names", "web.container", "[Container]\nUser=1\n",
          { { "web.container.d/", "20.conf\n10.conf\n" },
            { "web.container.d/20.conf", "[Container]\nUser=20\n" },
            { "web.container.d/10.conf", "[Container]\nUser=10\n" } },
          "user.uid", "20, web.container.d/20.conf: User=20" },
        { "across folders too", "web.container", "[Container]\nUser=1\n",
          { { "container.d/", "20.conf\n" }, { "web.container.d/", "10.conf\n" },
            { "web.container.d/10.conf", "[Container]\nUser=10\n" },
            { "container.d/20.conf", "[Container]\nUser=20\n" } },
          "user.uid", "20, container.d/20.conf: User=20" },
        { "of one name that which speaks of the unit alone", "web.container",
          "[Container]\nUser=1\n",
          { { "container.d/", "10.conf\n" }, { "web.container.d/", "10.conf\n" },
            { "web.container.d/10.conf", "[Container]\nUser=10\n" },
            { "container.d/10.conf", "[Container]\nUser=20\n" } },
          "user.uid", "10, web.container.d/10.conf: User=10" },
        { "what has another ending does not count", "web.container", "[Container]\nUser=1\n",
          { { "web.container.d/", "a.txt\n.conf.bak\nconf\n" },
            { "web.container.d/a.txt", "[Container]\nUser=10\n" } },
          "user.uid", "1, web.container: User=1" },
        { "nor does what lies deeper", "web.container", "[Container]\nUser=1\n",
          { { "web.container.d/", "../a.conf\n/b.conf\n" },
            { "web.container.d/../a.conf", "[Container]\nUser=10\n" } },
          "user.uid", "1, web.container: User=1" },
        { "systemd's keys as well", "web.container", "[Container]\n",
          { { "web.container.d/", "a.conf\n" },
            { "web.container.d/a.conf", "[Service]\nRestart=always\n" } },
          "restart.policy", "always, web.container.d/a.conf: Restart=always" },
        { "all may be dropped in", "web.container", "[Unit]\n",
          { { "web.container.d/", "a.conf\n" },
            { "web.container.d/a.conf", "[Container]\nUser=3\n" } },
          "user.uid", "3, web.container.d/a.conf: User=3" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        check_unit(&rows[i]);
}

static void
what_is_left_open_may_say_anything(void **state)
{
    static const struct unit_row rows[] = {
        { "nothing is told", "web.container", "[Container]\n", { { NULL, NULL } }, "privileged",
          "false" },
        { "there is nothing", "web.container", "[Container]\n",
          { { "web.container.d/", GONE } }, "privileged", "false" },
        { "of one folder nobody tells", "web.container", "[Container]\n",
          { { "container.d/", GONE } }, "privileged", "- unknown, web.container: [Container]" },
        { "but what is there and not given may say anything", "web.container",
          "[Container]\nUser=1\n", { { "web.container.d/", "a.conf\n" } }, "privileged",
          "- unknown, web.container: [Container]" },
        { "as the image", "web.container", "[Container]\nUser=1\n",
          { { "web.container.d/", "a.conf\n" } }, "image.raw",
          "- unknown, web.container: [Container]" },
        { "and lists may grow", "web.container", "[Container]\nAddCapability=CHOWN\n",
          { { "web.container.d/", "a.conf\n" } }, "capabilities.add",
          "[CAP_CHOWN]+, web.container: AddCapability=CHOWN" },
        { "what is said stays said", "web.container", "[Container]\nUser=1\n",
          { { "web.container.d/", "a.conf\n" } }, "user.uid", "1, web.container: User=1" },
        { "unless it went since", "web.container", "[Container]\n",
          { { "web.container.d/", "a.conf\n" }, { "web.container.d/a.conf", GONE } },
          "privileged", "false" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        check_unit(&rows[i]);
}

static void
check_missing(const char *name, const struct told *told, const char *missing)
{
    struct scl_document *d = read_unit(name, "[Container]\n", told);
    struct scl_text text;

    scl_text_init(&text);
    for (uint32_t i = 0; i < d->missing.count; i++)
        scl_text_f(&text, "%s%.*s", i ? " " : "", SCL_ARG(d->missing.at[i]));
    check_text(scl_text_str(&text), missing, name);
    scl_text_finish(&text);
    scl_document_unref(d);
}

static void
a_unit_asks_for_the_folders_that_speak_of_it(void **state)
{
    static const struct told nothing[] = { { NULL, NULL } };
    static const struct told listed[] = {
        { "web.container.d/", "b.conf\na.conf\n" }, { NULL, NULL }
    };
    static const struct {
        const char *name, *missing;
    } rows[] = {
        { "web.container", "web.container.d/ container.d/" },
        { "a/web.container", "web.container.d/ container.d/" },
        { "foo-bar-web.container",
          "foo-bar-web.container.d/ foo-bar-.container.d/ foo-.container.d/ container.d/" },
        { "web@.container", "web@.container.d/ container.d/" },
        { "web@1.container", "web@1.container.d/ web@.container.d/ container.d/" },
        { "a-b@c-d.container",
          "a-b@c-d.container.d/ a-b@.container.d/ a-@.container.d/ a-.container.d/ "
          "container.d/" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++)
        check_missing(rows[i].name, nothing, rows[i].missing);
    check_missing("web.container", listed,
                  "web.container.d/a.conf web.container.d/b.conf");
}

static void
what_is_dropped_in_is_no_container_itself(void **state)
{
    static const struct {
        const char *name;
        uint32_t subjects;
    } rows[] = {
        { "web.container.d/10.conf", 0 },   { "a/container.d/10.conf", 0 },
        { "foo-.container.d/10.conf", 0 },  { "other.d/10.conf", 1 },
        { "web.container.d/10.container", 1 }, { "10.conf", 1 },
    };
    static const struct told nothing[] = { { NULL, NULL } };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_document *d = read_unit(rows[i].name, "[Container]\nUser=1\n", nothing);

        check_number(d->subjects.count, rows[i].subjects, rows[i].name);
        check_number(d->notes.list.count, rows[i].subjects ? 0 : 1, rows[i].name);
        if (!rows[i].subjects)
            check_text(d->notes.list.at[0].message,
                       "its keys are judged with those of the units that it is dropped into",
                       rows[i].name);
        scl_document_unref(d);
    }
}

static void
notes_lie_in_the_file_that_they_are_about(void **state)
{
    static const struct told files[] = {
        { "web.container.d/", "a.conf\n" },
        { "web.container.d/a.conf", "[Container]\nWrong=1\nGroup=1\nplain\n" },
        { NULL, NULL },
    };
    struct scl_document *d = read_unit("web.container", "[Container]\n", files);
    struct scl_text text;

    (void)state;
    scl_text_init(&text);
    for (uint32_t i = 0; i < d->notes.list.count; i++) {
        const struct scl_note *note = &d->notes.list.at[i];

        scl_text_f(&text, "%.*s: %.*s\n", SCL_ARG(d->files[note->file].name),
                   SCL_ARG(scl_source_text(&d->files[note->file], note->span)));
    }
    check_text(scl_text_str(&text),
               "web.container.d/a.conf: plain\n"
               "web.container.d/a.conf: Wrong\n"
               "web.container.d/a.conf: Group\n",
               "the places of notes");
    scl_text_finish(&text);
    scl_document_unref(d);
}

SUITE(
    CASE(what_is_dropped_in_applies_after_the_unit),
    CASE(what_is_left_open_may_say_anything),
    CASE(a_unit_asks_for_the_folders_that_speak_of_it),
    CASE(what_is_dropped_in_is_no_container_itself),
    CASE(notes_lie_in_the_file_that_they_are_about))
