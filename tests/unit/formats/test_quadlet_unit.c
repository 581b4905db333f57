/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_quadlet_unit.c: units of Quadlet with what is dropped into them, and with other units
 */
#include "reading.h"

#define MOST_FILES 6
#define MOST_TOLD 20
#define GONE NULL
#define LEFT_OPEN "left open"

struct told {
    const char *path, *text; /* GONE: there is none */
};

struct unit_row {
    const char *why, *name, *text;
    struct told files[MOST_FILES];
    const char *path, *value; /* "VALUE, FILE: TEXT", without a place where it has none */
};

/* Adds that there are no folders but those that were told; whether there were others. */
static bool
tell_folders(struct scl_arena *arena, const struct scl_document *d, struct scl_input *input,
             struct scl_companion *files)
{
    uint32_t before = input->file_count;

    for (uint32_t i = 0; i < d->missing.count && input->file_count < MOST_TOLD; i++)
        if (scl_str_ends(d->missing.at[i], SCL_S("/")))
            files[input->file_count++] = (struct scl_companion){
                scl_str_n(scl_arena_copy(arena, d->missing.at[i].at, d->missing.at[i].len),
                          d->missing.at[i].len),
                { NULL, 0 }, true
            };
    return input->file_count > before;
}

/* Who tells of anything tells of all folders, if they are not left open. */
static struct scl_document *
read_unit(const char *name, const char *text, const struct told *told)
{
    struct scl_companion files[MOST_TOLD];
    struct scl_input input = { .name = scl_str_c(name), .text = scl_str_c(text), .files = files };
    bool tells = told[0].path && strcmp(told[0].path, LEFT_OPEN) != 0;
    struct scl_arena arena;
    struct scl_document *d;

    for (; input.file_count < MOST_FILES && told[input.file_count].path; input.file_count++) {
        const struct told *from = &told[input.file_count];

        files[input.file_count] = (struct scl_companion){
            scl_str_c(from->path), from->text ? scl_str_c(from->text) : (struct scl_str){ NULL, 0 },
            !from->text
        };
    }
    scl_arena_init(&arena);
    d = scl_read(&input);
    while (tells && d && tell_folders(&arena, d, &input, files)) {
        scl_document_unref(d);
        d = scl_read(&input);
    }
    scl_arena_finish(&arena);
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
check_units(const struct unit_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        check_unit(&rows[i]);
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
    check_units(rows, COUNT(rows));
}

static void
what_is_left_open_may_say_anything(void **state)
{
    static const struct unit_row rows[] = {
        { "nothing is told", "web.container", "[Container]\n", { { NULL, NULL } }, "privileged",
          "false" },
        { "there is nothing", "web.container", "[Container]\n",
          { { "x", GONE } }, "privileged", "false" },
        { "of one folder nobody tells", "web.container", "[Container]\n",
          { { LEFT_OPEN, GONE }, { "container.d/", GONE } }, "privileged",
          "- unknown, web.container: [Container]" },
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
    check_units(rows, COUNT(rows));
}

static void
images_of_other_units_are_read(void **state)
{
    static const struct unit_row rows[] = {
        { "what a unit pulls", "web.container", "[Container]\nImage=a.image\n",
          { { "a.image", "[Image]\nImage=docker.io/b/c:1\n" } }, "image.raw",
          "docker.io/b/c:1, a.image: Image=docker.io/b/c:1" },
        { "the name that it has afterwards", "web.container", "[Container]\nImage=a.image\n",
          { { "a.image", "[Image]\nImage=docker-archive:/x\nImageTag=b/c:2\n" } }, "image.tag",
          "2, a.image: ImageTag=b/c:2" },
        { "with its own specifiers", "web.container", "[Container]\nImage=a@7.image\n",
          { { "a@7.image", "[Image]\nImage=b/c:%i\n" } }, "image.tag",
          "7, a@7.image: Image=b/c:%i" },
        { "with what is dropped into it", "web.container", "[Container]\nImage=a.image\n",
          { { "a.image", "[Image]\nImage=b/c:1\n" }, { "a.image.d/", "x.conf\n" },
            { "a.image.d/x.conf", "[Image]\nImage=b/c:3\n" } },
          "image.raw", "b/c:3, a.image.d/x.conf: Image=b/c:3" },
        { "without that it is not known", "web.container", "[Container]\nImage=a.image\n",
          { { "a.image", "[Image]\nImage=b/c:1\n" }, { "a.image.d/", "x.conf\n" } },
          "image.raw", "- unknown, web.container: Image=a.image" },
        { "nor where there is none", "web.container", "[Container]\nImage=a.image\n",
          { { "a.image", GONE } }, "image.raw",
          "- unknown, web.container: Image=a.image" },
        { "a path is no unit", "web.container", "[Container]\nImage=../a.image\n",
          { { "../a.image", "[Image]\nImage=b/c:1\n" } }, "image.raw",
          "- unknown, web.container: Image=../a.image" },
        { "what a unit builds has its first tag", "web.container",
          "[Container]\nImage=a.build\n",
          { { "a.build", "[Build]\nImageTag=no/ne\nImageTag=\nImageTag=b/c\nImageTag=d\n" } },
          "image.raw", "b/c, a.build: ImageTag=b/c" },
        { "and is built", "web.container", "[Container]\nImage=a.build\n",
          { { "a.build", "[Build]\nImageTag=b/c\n" } }, "image.pin",
          "build, web.container: Image=a.build" },
        { "in the folder of the unit", "web.container", "[Container]\nImage=a.build\n",
          { { "a.build", "[Build]\nSetWorkingDirectory=unit\nFile=x/D\n" } }, "build.context",
          "., a.build: SetWorkingDirectory=unit" },
        { "from a file there", "web.container", "[Container]\nImage=a.build\n",
          { { "a.build", "[Build]\nSetWorkingDirectory=unit\nFile=x/D\n" } },
          "build.dockerfile", "x/D, a.build: File=x/D" },
        { "in the folder of the file", "web.container", "[Container]\nImage=a.build\n",
          { { "a.build", "[Build]\nSetWorkingDirectory=file\nFile=x/D\n" } }, "build.context",
          "x, a.build: SetWorkingDirectory=file" },
        { "and from its name", "web.container", "[Container]\nImage=a.build\n",
          { { "a.build", "[Build]\nSetWorkingDirectory=file\nFile=x/D\n" } },
          "build.dockerfile", "D, a.build: File=x/D" },
        { "systemd's own folder counts first", "web.container", "[Container]\nImage=a.build\n",
          { { "a.build", "[Build]\nSetWorkingDirectory=unit\n[Service]\nWorkingDirectory=y\n" } },
          "build.context", "y, a.build: WorkingDirectory=y" },
        { "a folder that hangs on the machine", "web.container",
          "[Container]\nImage=a.build\n",
          { { "a.build", "[Build]\nSetWorkingDirectory=%h/x\n" } }, "build.context",
          "- unknown, a.build: SetWorkingDirectory=%h/x" },
        { "a stage", "web.container", "[Container]\nImage=a.build\n",
          { { "a.build", "[Build]\nTarget=run\n" } }, "build.target",
          "run, a.build: Target=run" },
        { "arguments", "web.container", "[Container]\nImage=a.build\n",
          { { "a.build", "[Build]\nBuildArg=A=b \"C=d e\"\n" } }, "build.args[C].value",
          "d e, a.build: \"C=d e\"" },
        { "and more of them", "web.container", "[Container]\nImage=a.build\n",
          { { "a.build", "[Build]\nPodmanArgs=--squash --build-arg=A=b --build-arg C=d\n" } },
          "build.args[2].value", "d, a.build: C=d" },
        { "one without a value", "web.container", "[Container]\nImage=a.build\n",
          { { "a.build", "[Build]\nBuildArg=A\n" } }, "build.args[A].value", "-" },
    };

    (void)state;
    check_units(rows, COUNT(rows));
}

static void
volumes_of_other_units_are_read(void **state)
{
#define MOUNTS "[Container]\nVolume=a.volume:/v:ro\n"
    static const struct unit_row rows[] = {
        { "Podman's name", "web.container", MOUNTS, { { "a.volume", "[Volume]\n" } },
          "mounts[1].source", "systemd-a, web.container: Volume=a.volume:/v:ro" },
        { "its own", "web.container", MOUNTS, { { "a.volume", "[Volume]\nVolumeName=b\n" } },
          "mounts[1].source", "b, a.volume: VolumeName=b" },
        { "a folder of the host in disguise", "web.container", MOUNTS,
          { { "a.volume", "[Volume]\nType=none\nDevice=/etc\nOptions=rw,bind\n" } },
          "mounts[1].source", "/etc, a.volume: Device=/etc" },
        { "is a bind", "web.container", MOUNTS,
          { { "a.volume", "[Volume]\nDevice=/etc\nOptions=rbind\n" } }, "mounts[1].type",
          "bind, a.volume: Device=/etc" },
        { "a mount is one too", "web.container",
          "[Container]\nMount=type=volume,source=a.volume,destination=/v\n",
          { { "a.volume", "[Volume]\nDevice=/etc\nOptions=bind\n" } }, "mounts[/v].source",
          "/etc, a.volume: Device=/etc" },
        { "a second mount is like the first", "web.container", MOUNTS "Volume=a.volume:/w\n",
          { { "a.volume", "[Volume]\nDevice=/etc\nOptions=bind\n" } }, "mounts[2].source",
          "/etc, a.volume: Device=/etc" },
        { "a device is none", "web.container", MOUNTS,
          { { "a.volume", "[Volume]\nDevice=tmpfs\nType=tmpfs\nOptions=size=1m\n" } },
          "mounts[1].type", "volume, web.container: Volume=a.volume:/v:ro" },
        { "what nobody gave may be one", "web.container", MOUNTS, { { NULL, NULL } },
          "mounts[1].type", "- unknown, web.container: Volume=a.volume:/v:ro" },
        { "a name with such an ending in a path is none", "web.container",
          "[Container]\nVolume=/x/a.volume:/v\n", { { NULL, NULL } }, "mounts[1].source",
          "/x/a.volume, web.container: Volume=/x/a.volume:/v" },
    };

    (void)state;
    check_units(rows, COUNT(rows));
}

static void
a_pod_speaks_for_its_containers(void **state)
{
#define JOINS "[Container]\nPod=a.pod\n"
    static const struct unit_row rows[] = {
        { "ports", "web.container", JOINS, { { "a.pod", "[Pod]\nPublishPort=80:8080\n" } },
          "ports[1].host_port", "80, a.pod: PublishPort=80:8080" },
        { "its network", "web.container", JOINS, { { "a.pod", "[Pod]\nNetwork=host\n" } },
          "namespaces.net.mode", "host, a.pod: Network=host" },
        { "users", "web.container", JOINS, { { "a.pod", "[Pod]\nUserNS=auto\n" } },
          "namespaces.user.mode", "auto, a.pod: UserNS=auto" },
        { "the last of a single key", "web.container", JOINS,
          { { "a.pod", "[Pod]\nUserNS=auto\nUserNS=host\n" } }, "namespaces.user.mode",
          "host, a.pod: UserNS=host" },
        { "an empty value takes back", "web.container", JOINS,
          { { "a.pod", "[Pod]\nPublishPort=1:1\nPublishPort=\nPublishPort=2:2\n" } }, "ports",
          "[1], a.pod: PublishPort=2:2" },
        { "folders", "web.container", JOINS, { { "a.pod", "[Pod]\nVolume=/etc:/e\n" } },
          "mounts[/e].source", "/etc, a.pod: Volume=/etc:/e" },
        { "what it adds stands with what the container says", "web.container",
          JOINS "Volume=/srv:/s\n", { { "a.pod", "[Pod]\nVolume=/etc:/e\n" } }, "mounts",
          "[2], a.pod: Volume=/etc:/e" },
        { "arguments that hold for containers", "web.container", JOINS,
          { { "a.pod", "[Pod]\nPodmanArgs=--infra-name x --pid=host --cpus 2\n" } },
          "namespaces.pid.mode", "host, a.pod: --pid=host" },
        { "with a value of their own", "web.container", JOINS,
          { { "a.pod", "[Pod]\nPodmanArgs=--infra --userns keep-id --share pid\n" } },
          "namespaces.user.mode", "keep-id, a.pod: --userns keep-id" },
        { "no others", "web.container", JOINS,
          { { "a.pod", "[Pod]\nPodmanArgs=--memory 1g --privileged\n" } },
          "resources.memory_limit", "no limit" },
        { "specifiers are the pod's", "web.container", JOINS,
          { { "a.pod", "[Pod]\nVolume=/srv/%N:/v\n" } }, "mounts[/v].source",
          "/srv/a, a.pod: Volume=/srv/%N:/v" },
        { "without it ports may come", "web.container", JOINS, { { NULL, NULL } }, "ports",
          "[]+" },
        { "and its network is not known", "web.container", JOINS, { { "a.pod", GONE } },
          "namespaces.net.host", "- unknown, web.container: Pod=a.pod" },
        { "what the container says is", "web.container", JOINS "UserNS=auto\n",
          { { NULL, NULL } }, "namespaces.user.mode", "auto, web.container: UserNS=auto" },
    };

    (void)state;
    check_units(rows, COUNT(rows));
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

static void
what_specifiers_make_of_a_unit_is_bounded(void **state)
{
    struct scl_text name = { 0 }, text = { 0 }, label = { 0 };
    struct scl_document *d;

    (void)state;
    scl_text_fill(&name, 'n', 200);
    scl_text_c(&name, ".container");
    scl_text_c(&text, "[Container]\nHostName=%N\nLabel=a=");
    for (int i = 0; i < 90000; i++)
        scl_text_c(&text, "%N");
    d = reading_document(name.at, "", scl_text_str(&text));
    print_field(d, "labels", &label);
    assert_non_null(strstr(label.at, "[a=?]"));
    scl_text_clear(&label);
    print_field(d, "hostname", &label);
    assert_memory_equal(label.at, name.at, 200);
    scl_text_finish(&name);
    scl_text_finish(&text);
    scl_text_finish(&label);
    scl_document_unref(d);
}

SUITE(
    CASE(what_specifiers_make_of_a_unit_is_bounded),
    CASE(what_is_dropped_in_applies_after_the_unit),
    CASE(what_is_left_open_may_say_anything),
    CASE(images_of_other_units_are_read),
    CASE(volumes_of_other_units_are_read),
    CASE(a_pod_speaks_for_its_containers),
    CASE(a_unit_asks_for_the_folders_that_speak_of_it),
    CASE(what_is_dropped_in_is_no_container_itself),
    CASE(notes_lie_in_the_file_that_they_are_about))
