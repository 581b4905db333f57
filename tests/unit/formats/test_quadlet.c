/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_quadlet.c: container units of Podman's Quadlet
 */
#include "reading.h"

/* Rows are read below the header of the section. */
static void
check_rows(const struct reading_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct scl_text text;
        struct scl_document *d;

        scl_text_init(&text);
        scl_text_f(&text, "[Container]\n%s", rows[i].text);
        d = reading_document("units/web@1.container", "", scl_text_str(&text));
        scl_text_finish(&text);
        if (scl_notes_have_error(&d->notes)) {
            print_error("%s: %s\n", rows[i].why, d->notes.list.at[0].message.at);
            fail();
        }
        check_text(scl_str_c(d->format), "quadlet", rows[i].why);
        reading_check(d, &rows[i]);
        scl_document_unref(d);
    }
}

static void
what_runs_in_it_is_read(void **state)
{
    static const struct reading_row rows[] = {
        { "its name", "ContainerName=web\n", "name", "web", "declared", "ContainerName=web" },
        { "that of the unit otherwise", "", "name", "systemd-web@1", "derived", NULL },
        { "with specifiers", "ContainerName=%p-%i%%\n", "name", "web-1%", "declared", NULL },
        { "which may hang on the machine", "ContainerName=%H\n", "name", "-", "unknown", NULL },
        { "its image", "Image=quay.io/a/b:1\n", "image.repository", "a/b", "derived",
          "Image=quay.io/a/b:1" },
        { "the last one counts", "Image=a/b:1\nImage=a/b:2\n", "image.tag", "2", "derived",
          NULL },
        { "one that another unit builds is not known", "Image=x.build\n", "image.raw", "-",
          "unknown", NULL },
        { "but known to be built", "Image=x.build\n", "image.pin", "build", NULL, NULL },
        { "user and group", "User=10\nGroup=20\n", "user.gid", "20", "derived", NULL },
        { "no user: the image decides", "", "user.is_root", "-", "unknown", NULL },
        { "a command", "Exec=sleep \"1 2\"\n", "command", "[sleep, 1 2]", "declared", NULL },
        { "entry point", "Entrypoint=/e\n", "entrypoint", "[/e]", "declared", NULL },
        { "variables are words", "Environment=A=b \"C=d e\"\n", "env[C].value", "d e", NULL,
          NULL },
        { "of several lines", "Environment=A=b \\\n# not this\n  C=d\n", "env[C].value", "d",
          NULL, NULL },
        { "an empty value takes them back", "Environment=A=b\nEnvironment=\nEnvironment=C=d\n",
          "env", "[1]", "declared", NULL },
        { "two dollars are one", "Exec=echo $$HOME a$$b\n", "command", "[echo, $HOME, a$b]",
          "declared", NULL },
        { "what systemd fills in is not known", "Environment=A=${B}\n", "env[A].value", "-",
          "unknown", NULL },
        { "labels", "Label=a=b c=d\n", "labels", "[a=b, c=d]", "declared", NULL },
        { "a health check", "HealthCmd=/bin/check\nHealthInterval=2m\n", "healthcheck.declared",
          "true", "derived", NULL },
        { "its interval", "HealthInterval=2m\n", "healthcheck.interval", "120", "declared",
          NULL },
        { "it is switched off", "HealthCmd=none\n", "healthcheck.disabled", "true", NULL, NULL },
        { "systemd restarts it", "[Service]\nRestart=always\n", "restart.policy", "always",
          "declared", "Restart=always" },
        { "its pod", "Pod=shop.pod\n", "pod.name", "shop.pod", "declared", "Pod=shop.pod" },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
confinement_is_read(void **state)
{
    static const struct reading_row rows[] = {
        { "capabilities are words", "DropCapability=all\nAddCapability=CAP_CHOWN kill\n",
          "capabilities.effective", "[CAP_CHOWN, CAP_KILL]", "derived", NULL },
        { "Podman's own", "", "capabilities.effective[11]", "CAP_SETFCAP", NULL, NULL },
        { "privileged is told by arguments alone", "PodmanArgs=--privileged --pid=host \\\n"
          "  --ipc=host\n",
          "privileged", "true", "declared", NULL },
        { "as are namespaces", "PodmanArgs=--privileged --pid=host \\\n  --ipc=host\n",
          "namespaces.ipc.host", "true", "derived", NULL },
        { "read-only root", "ReadOnly=yes\n", "readonly_rootfs", "true", "declared", NULL },
        { "of which some folders can be written", "ReadOnly=true\n", "mounts[/tmp].origin",
          "runtime", "derived", NULL },
        { "unless they are not wanted", "ReadOnly=true\nReadOnlyTmpfs=false\n", "mounts", "-",
          "absent", NULL },
        { "what is no truth is false", "ReadOnly=enabled\n", "readonly_rootfs", "false",
          "declared", NULL },
        { "no new privileges", "NoNewPrivileges=true\n", "no_new_privileges", "true", "declared",
          NULL },
        { "no filter", "SeccompProfile=unconfined\n", "seccomp.mode", "unconfined", "declared",
          NULL },
        { "AppArmor", "AppArmor=mine\n", "apparmor.profile", "mine", "declared", NULL },
        { "no SELinux", "SecurityLabelDisable=true\n", "selinux.mode", "disabled", "declared",
          NULL },
        { "its type", "SecurityLabelType=t\n", "selinux.type", "t", "declared", NULL },
        { "nothing is masked", "Unmask=ALL\n", "masked_paths", "[]", "declared", NULL },
        { "a device that may be missing", "AddDevice=-/dev/fuse\n", "devices[1].source",
          "/dev/fuse", NULL, NULL },
        { "network of the host", "Network=host\n", "namespaces.net.host", "true", "derived",
          NULL },
        { "a network of another unit", "Network=shop.network\n", "networks[1].name",
          "systemd-shop", NULL, NULL },
        { "that of another container", "Network=db.container\n", "namespaces.net.target",
          "systemd-db", NULL, NULL },
        { "users", "UserNS=keep-id\n", "namespaces.user.mode", "keep-id", "declared", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
mounts_ports_and_limits_are_read(void **state)
{
    static const struct reading_row rows[] = {
        { "a folder of the host", "Volume=/srv:/v:ro,z\n", "mounts[/v].source", "/srv", NULL,
          NULL },
        { "a volume of another unit, which may bind a folder", "Volume=data.volume:/v\n",
          "mounts[/v].source", "-", "unknown", NULL },
        { "a folder that hangs on the machine", "Volume=%h/x:/v\n", "mounts[/v].source", "-",
          "unknown", NULL },
        { "is one all the same", "Volume=%h/x:/v\n", "mounts[/v].type", "bind", NULL, NULL },
        { "a mount in one word", "Mount=\"type=bind,src=/a b,dst=/v\"\n", "mounts[/v].source",
          "/a b", NULL, NULL },
        { "a temporary one", "Tmpfs=/t:size=64m\n", "mounts[/t].size", "67108864", NULL, NULL },
        { "a port", "PublishPort=127.0.0.1:80:8080/udp\n", "ports[1].host_ip", "127.0.0.1", NULL,
          NULL },
        { "a range of them", "PublishPort=90-91:90-91\n", "ports[2].host_port", "91", NULL,
          NULL },
        { "processes", "PidsLimit=9\n", "resources.pids_limit", "9", "declared", NULL },
        { "Podman's limit", "", "resources.pids_limit", "2048", "default", NULL },
        { "memory", "Memory=64m\n", "resources.memory_limit", "67108864", "declared", NULL },
        { "processors", "PodmanArgs=--cpus=0.5\n", "resources.cpu_limit", "0.5", "declared",
          NULL },
        { "limits of a process", "Ulimit=nofile=1:2\n", "resources.ulimits[nofile].hard", "2",
          NULL, NULL },
        { "kernel parameters", "Sysctl=a=1 b=2\n", "sysctls", "[a=1, b=2]", "declared", NULL },
        { "a secret", "Secret=db,type=env,target=DB\n", "secrets[1].target", "DB", NULL, NULL },
        { "arguments that are not known leave the rest unknown",
          "PodmanArgs=--new-thing x --init\n",
          "privileged", "-", "unknown", NULL },
    };

    (void)state;
    check_rows(rows, COUNT(rows));
}

static void
what_is_wrong_is_told_at_its_place(void **state)
{
    static const struct {
        const char *text, *notes;
    } rows[] = {
        { "[Container]\nGroup=1\n",
          "at 'Group': a group without a user is refused\n" WITHOUT_IT },
        { "[Container]\nprivileged\n",
          "at 'privileged': expected [SECTION], KEY=VALUE or a comment\n" WITHOUT_IT },
        { "[Container]\nPrivileged=true\n",
          "at 'Privileged': Quadlet knows no key 'Privileged'\n" },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_document *d = reading_document("a.container", "", scl_str_c(rows[i].text));
        struct scl_text text;

        scl_text_init(&text);
        reading_notes(d, &text);
        check_text(scl_text_str(&text), rows[i].notes, rows[i].text);
        scl_text_finish(&text);
        scl_document_unref(d);
    }
}

static void
other_units_are_named_as_what_they_are(void **state)
{
    struct scl_document *d =
        reading_document("shop.pod", "", SCL_S("[Pod]\nPublishPort=80:80\n"));
    struct scl_text text;

    (void)state;
    scl_text_init(&text);
    reading_notes(d, &text);
    check_text(scl_text_str(&text),
               "format not recognized\n"
               "= it is a Quadlet unit of a pod; its containers have units of their own\n"
               "= name it: --as FORMAT; 'scantling inspect --formats' lists them\n",
               "a pod");
    scl_text_finish(&text);
    scl_document_unref(d);
}

SUITE(
    CASE(what_runs_in_it_is_read),
    CASE(confinement_is_read),
    CASE(mounts_ports_and_limits_are_read),
    CASE(what_is_wrong_is_told_at_its_place),
    CASE(other_units_are_named_as_what_they_are))
