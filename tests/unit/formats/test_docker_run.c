/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_docker_run.c: command lines that run containers, and requests that make them
 */
#include "reading.h"

/* Each row's text is a text of a shell. */
static void
check_lines(const struct reading_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct scl_document *d =
            reading_document("x.sh", "docker-run", scl_str_c(rows[i].text));

        if (scl_notes_have_error(&d->notes)) {
            print_error("%s: %s\n", rows[i].why, d->notes.list.at[0].message.at);
            fail();
        }
        reading_check(d, &rows[i]);
        scl_document_unref(d);
    }
}

#define NAMED "= docker, podman or nerdctl, with run or create\n"

static void
check_notes(const char *text, const char *expected)
{
    struct scl_document *d = reading_document("x.sh", "docker-run", scl_str_c(text));
    struct scl_text notes;

    scl_text_init(&notes);
    reading_notes(d, &notes);
    check_text(scl_text_str(&notes), expected, text);
    scl_text_finish(&notes);
    scl_document_unref(d);
}

static uint32_t
containers_of(const char *text, size_t length)
{
    struct scl_input input = { .name = SCL_S("x"), .text = scl_str_n(text, length) };
    struct scl_document *d;
    uint32_t count;

    input.format = SCL_S("docker-run");
    d = scl_read(&input);
    assert_non_null(d);
    count = d->subjects.count;
    scl_document_unref(d);
    return count;
}

static void
options_are_read_as_the_programs_read_them(void **state)
{
    static const struct reading_row rows[] = {
        { "a value behind =", "docker run --name=web x", "name", "web", "declared",
          "--name=web" },
        { "a value that is the next word", "docker run --name web x", "name", "web", "declared",
          "--name web" },
        { "a value right behind its letter", "docker run -p8080:80 x", "ports[1].host_port",
          "8080", "declared", "-p8080:80" },
        { "and behind = there", "docker run -m=1g x", "resources.memory_limit", "1073741824",
          "declared", "-m=1g" },
        { "letters bundle", "docker run -itd x", "tty", "true", "declared", NULL },
        { "the last of a bundle takes a value", "docker run -itm 1k x",
          "resources.memory_limit", "1024", "declared", NULL },
        { "a switch takes a value only behind =", "docker run --privileged false", "image.raw",
          "false", "declared", "false" },
        { "such as false", "docker run --privileged=false x", "privileged", "false", "declared",
          "--privileged=false" },
        { "of what is given twice the last counts", "docker run --user 1 --user 2 x", "user.uid",
          "2", "derived", NULL },
        { "or both do", "docker run --cap-add=chown --cap-add kill x", "capabilities.add",
          "[CAP_CHOWN, CAP_KILL]", "declared", NULL },
        { "the first word that is no option ends them", "docker run x --privileged", "command",
          "[--privileged]", "declared", NULL },
        { "so do two dashes", "docker run -- x", "image.raw", "x", "declared", NULL },
        { "options of the program stand before", "docker --context c -D run x", "image.raw", "x",
          "declared", NULL },
        { "the longer way to say it", "docker container create x", "image.raw", "x", "declared",
          NULL },
        { "wrappers and assignments are passed over", "A=b sudo -n docker run x", "image.raw",
          "x", "declared", NULL },
        { "a folder of the program too", "/usr/bin/podman run x", "runtime_family", "podman",
          "derived", NULL },
        { "nerdctl is of containerd", "nerdctl run x", "runtime_family", "containerd", "derived",
          NULL },
        { "lines go on behind a backslash", "docker run \\\n  --name a \\\n x", "name", "a",
          "declared", "--name a" },
        { "quotes are removed", "docker run --name 'a b' x", "name", "a b", "declared",
          "--name 'a b'" },
    };

    (void)state;
    check_lines(rows, COUNT(rows));
}

static void
each_option_says_its_field(void **state)
{
    static const struct reading_row rows[] = {
        { "a bind", "docker run -v /a:/b:ro,Z x", "mounts[/b].type", "bind", "declared", NULL },
        { "it is read-only", "docker run -v /a:/b:ro x", "mounts[/b].read_only", "true",
          "declared", NULL },
        { "its label", "docker run -v /a:/b:ro,Z x", "mounts[/b].relabel", "private", "declared",
          NULL },
        { "a volume by its name", "docker run -v a:/b x", "mounts[/b].type", "volume", "declared",
          NULL },
        { "a volume without one", "docker run -v /b x", "mounts[/b].source", "-", "absent", NULL },
        { "a mount in keys", "docker run --mount type=tmpfs,dst=/t,tmpfs-size=1m x",
          "mounts[/t].size", "1048576", "declared", NULL },
        { "keys in quotes", "docker run --mount '\"source=/a,b\",target=/c,type=bind' x",
          "mounts[/c].source", "/a,b", "declared", NULL },
        { "a volume that binds is a bind",
          "docker run --mount 'dst=/c,volume-opt=device=/x,\"volume-opt=o=ro,bind\"' x",
          "mounts[/c].type", "bind", "derived", NULL },
        { "a file system in memory", "docker run --tmpfs /t:size=1k x", "mounts[/t].size", "1024",
          "declared", NULL },
        { "the socket of the engine", "docker run --use-api-socket x",
          "facts.runtime_socket_mounted", "true", "derived", NULL },
        { "it may lie in any folder", "docker run -v /srv/proxy/docker.sock:/s x",
          "facts.runtime_socket_mounted", "true", "derived", NULL },
        { "containerd's lies in its own", "docker run -v /srv/containerd.sock:/s x",
          "facts.runtime_socket_mounted", "false", "derived", NULL },
        { "a port of an address", "docker run -p [::1]:1:2/UDP x", "ports[1].host_ip", "::1",
          "declared", NULL },
        { "its protocol", "docker run -p [::1]:1:2/UDP x", "ports[1].protocol", "udp", "declared",
          NULL },
        { "a range is many ports", "docker run -p 1-3:11-13 x", "ports[3].container_port", "13",
          "declared", NULL },
        { "with theirs of the host", "docker run -p 1-3:11-13 x", "ports[3].host_port", "3",
          "declared", NULL },
        { "one port is on a random one of the host", "docker run -p 80 x", "ports[1].random",
          "true", "declared", NULL },
        { "so is a range for one port", "docker run -p 1-9:80 x", "ports[1].random", "true",
          "declared", NULL },
        { "in the network of the host nothing is published", "docker run --net host -p 80 x",
          "ports[1].published", "false", "derived", NULL },
        { "a device", "docker run --device /a:/b:r x", "devices[/b].permissions", "r", "declared",
          NULL },
        { "whose second part may be permissions", "docker run --device /a:rw x",
          "devices[/a].permissions", "rw", "declared", NULL },
        { "a device by its name", "docker run --device v/c=d x", "devices[1].class", "cdi",
          "derived", NULL },
        { "graphics", "docker run --gpus all x", "devices[1].class", "gpu", "derived", NULL },
        { "a limit of processes", "docker run --ulimit nofile=1:2 x",
          "resources.ulimits[nofile].hard", "2", "declared", NULL },
        { "the hard one is the soft one", "docker run --ulimit nofile=1 x",
          "resources.ulimits[nofile].hard", "1", "declared", NULL },
        { "without limit", "docker run --ulimit nofile=-1 x", "resources.ulimits[nofile].soft",
          "no limit", "declared", NULL },
        { "processes without limit", "docker run --pids-limit -1 x", "resources.pids_limit",
          "no limit", "declared", NULL },
        { "processors", "docker run --cpus .5 x", "resources.cpu_limit", "0.5", "declared", NULL },
        { "processors as time in a period", "docker run --cpu-period 50000 --cpu-quota 25000 x",
          "resources.cpu_limit", "0.5", "declared", NULL },
        { "bytes with parts", "docker run -m '1.5 GiB' x", "resources.memory_limit", "1610612736",
          "declared", NULL },
        { "swap without limit", "docker run -m 1g --memory-swap -1 x",
          "resources.memory_swap_limit", "no limit", "declared", NULL },
        { "a variable", "docker run -e A=b=c x", "env[A].value", "b=c", "declared", "-e A=b=c" },
        { "the last value of a variable", "docker run -e A=b -e A=c x", "env[A].value", "c",
          "declared", NULL },
        { "the client's own variable", "docker run -e A x", "env[A].value", "-", "unknown", NULL },
        { "no new privileges", "docker run --security-opt no-new-privileges x",
          "no_new_privileges", "true", "declared", NULL },
        { "a profile", "docker run --security-opt seccomp=p.json x", "seccomp.profile", "p.json",
          "declared", NULL },
        { "nothing of /proc is hidden", "docker run --security-opt systempaths=unconfined x",
          "masked_paths", "[]", "declared", NULL },
        { "options as written", "docker run --security-opt label=disable x", "security_opt",
          "[label=disable]", "declared", NULL },
        { "a restart with a number", "docker run --restart on-failure:3 x", "restart.max_retries",
          "3", "declared", NULL },
        { "a health check", "docker run --health-cmd 'a b' x", "healthcheck.test",
          "[CMD-SHELL, a b]", "declared", NULL },
        { "its times", "docker run --health-interval 1m30s x", "healthcheck.interval", "90",
          "declared", NULL },
        { "none", "docker run --no-healthcheck x", "healthcheck.disabled", "true", "declared",
          NULL },
        { "a network", "docker run --network name=n,alias=a,ip=10.0.0.1 x", "networks[n].ip",
          "10.0.0.1", "declared", NULL },
        { "which is that of the namespace", "docker run --net n x", "namespaces.net.mode",
          "named", "declared", NULL },
        { "another container's", "docker run --pid container:a x", "namespaces.pid.target", "a",
          "declared", NULL },
        { "an entry point", "docker run --entrypoint /e x", "entrypoint", "[/e]", "declared",
          NULL },
        { "one of many words", "podman run --entrypoint '[\"a\",\"b\"]' x", "entrypoint",
          "[a, b]", "declared", NULL },
        { "labels", "docker run -l a=b=c x", "labels[a]", "b=c", "declared", NULL },
        { "a secret", "podman run --secret s,type=env,target=T x", "secrets[s].as", "env",
          "derived", NULL },
        { "names for addresses", "docker run --add-host h:::1 x", "extra_hosts[h].ip", "::1",
          "declared", NULL },
        { "the user of the image is not known", "docker run x", "user.is_root", "-", "unknown",
          NULL },
        { "there is as much swap as memory", "docker run -m 1g x", "resources.memory_swap_limit",
          "2147483648", "derived", NULL },
        { "0 of it says nothing", "docker run -m 1g --memory-swap 0 x",
          "resources.memory_swap_limit", "2147483648", "derived", NULL },
        { "-1 is no limit", "docker run -m 1g --memory-swap -1 x", "resources.memory_swap_limit",
          "no limit", "declared", NULL },
        { "without a limit of memory there is none", "docker run x",
          "resources.memory_swap_limit", "no limit", "default", NULL },
        { "read-only all the way down",
          "docker run --mount type=bind,src=/a,dst=/b,ro,bind-recursive=readonly x",
          "mounts[/b].recursive_read_only", "true", "declared", NULL },
        { "ranges of exposed ports are spread", "docker run --expose 80-81/udp x",
          "exposed_ports", "[80/udp, 81/udp]", "declared", NULL },
        { "of a long range the first", "docker run --expose 1-60000 x", "exposed_ports[129]",
          "no such node", NULL, NULL },
        { "graphics by their numbers", "docker run --gpus '\"device=0,1\",driver=nvidia' x",
          "devices[2].source", "1", NULL, NULL },
        { "all of them", "docker run --gpus all x", "devices[1].source", "all", NULL, NULL },
        { "Podman divides names at commas", "podman run --cap-add=net_raw,chown x",
          "capabilities.add", "[CAP_NET_RAW, CAP_CHOWN]", "declared", NULL },
        { "Docker does not", "docker run --cap-add=net_raw,chown x", "capabilities.add",
          "[CAP_NET_RAW,CHOWN]", "declared", NULL },
        { "ids that are mapped are its own", "podman run --uidmap 0:100000:65536 x",
          "namespaces.user.host", "false", "derived", NULL },
        { "the last of several modes counts whole", "podman run --userns keep-id:uid=1 "
                                                    "--userns host x",
          "namespaces.user.target", "-", "absent", NULL },
        { "a label that is disabled stays so",
          "docker run --security-opt label=disable --security-opt label=type:edge_t x",
          "selinux.mode", "disabled", "declared", NULL },
        { "Podman's network with options", "podman run --network b:ip=10.0.0.1 x",
          "networks[b].ip", "10.0.0.1", "declared", NULL },
        { "has its name", "podman run --network b:ip=10.0.0.1 x", "namespaces.net.target", "b",
          "declared", NULL },
        { "one that is no network", "podman run --network slirp4netns:mtu=1 x",
          "namespaces.net.target", "mtu=1", "declared", NULL },
        { "Podman runs words without a shell", "podman run --health-cmd '[\"a\", \"b\"]' x",
          "healthcheck.test", "[CMD, a, b]", "declared", NULL },
        { "Docker has one run them", "docker run --health-cmd '[\"a\", \"b\"]' x",
          "healthcheck.test", "[CMD-SHELL, [\"a\", \"b\"]]", "declared", NULL },
        { "Podman's read-only root has folders that are not", "podman run --read-only x",
          "mounts[/run].origin", "runtime", NULL, NULL },
        { "unless they are not wanted", "podman run --read-only --read-only-tmpfs=false x",
          "mounts[/run].origin", "no such node", NULL, NULL },
        { "or there is a mount", "podman run --read-only --tmpfs /run x", "mounts", "[3]", NULL,
          NULL },
        { "Docker's has none", "docker run --read-only x", "mounts[/run].origin", "no such node",
          NULL, NULL },
        { "a secret has a place", "podman run --secret s x", "secrets[s].target", "/run/secrets/s",
          "derived", NULL },
        { "the client's variables may come", "podman run --env-host x", "env", "[]+", NULL, NULL },
        { "Podman limits processes", "podman run x", "resources.pids_limit", "2048", "default",
          NULL },
    };

    (void)state;
    check_lines(rows, COUNT(rows));
}

static void
what_a_variable_hides_is_unknown(void **state)
{
    static const struct reading_row rows[] = {
        { "an image", "docker run $I", "image.raw", "-", "unknown", NULL },
        { "of which the tag is missing", "docker run web:$TAG", "image.pin", "-", "unknown", NULL },
        { "has its name all the same", "docker run web:$TAG", "image.repository", "library/web",
          "derived", NULL },
        { "and a tag without its name", "docker run $R/web:1", "image.tag", "1", "derived", NULL },
        { "a default counts", "docker run ${I:-web:1}", "image.tag", "1", "derived", NULL },
        { "a mount has its target", "docker run -v \"$D\":/b x", "mounts[/b].source", "-",
          "unknown", NULL },
        { "the shell's own folder is known", "docker run -v \"$(pwd)/x\":/b x",
          "mounts[/b].source", "./x", "declared", NULL },
        { "and the user's", "docker run --mount type=bind,src=$HOME/.ssh,dst=/b x",
          "mounts[/b].source", "~/.ssh", "declared", NULL },
        { "but not as a value", "docker run -e A=$HOME:/x x", "env[A].value", "-", "unknown",
          NULL },
        { "a port has that of the container", "docker run -p $P:80 x", "ports[1].container_port",
          "80", "declared", NULL },
        { "and not that of the host", "docker run -p $P:80 x", "ports[1].host_port", "-",
          "unknown", NULL },
        { "a variable has its name", "docker run -e A=$B x", "env[A].value", "-", "unknown",
          NULL },
        { "options may hide in one", "docker run $OPTIONS x", "privileged", "-", "unknown", NULL },
        { "and in a list", "docker run $OPTIONS x", "mounts", "[]+", NULL, NULL },
        { "what was said stands", "docker run --read-only $OPTIONS x", "readonly_rootfs", "true",
          "declared", NULL },
        { "the last word is the image", "docker run --read-only $IMAGE", "privileged", "false",
          "default", NULL },
        { "variables in single quotes are text", "docker run -e 'A=$B' x", "env[A].value", "$B",
          "declared", NULL },
    };

    (void)state;
    check_lines(rows, COUNT(rows));
}

static void
what_is_not_understood_is_noted(void **state)
{
    (void)state;
    check_notes("docker run --what=1 x", "at '--what=1': unknown option '--what'\n");
    check_notes("docker run --what -d x", "at '--what': unknown option '--what'\n");
    check_notes("docker run --what x",
                "at '--what': unknown option '--what'\n"
                "= whether the next word is its value or the image is not known, so what was not "
                "said before it is unknown\n");
    check_notes("docker run -m x y", "at 'x': expected a number of bytes, as 64m\n" WITHOUT_IT);
    check_notes("docker run -p 99999 y",
                "at '99999': expected a port, as 127.0.0.1:8080:80\n" WITHOUT_IT);
    check_notes("docker run -d", "at 'docker run -d': no image is named\n" WITHOUT_IT);
    check_notes("docker run -m", "at '-m': an option without its value\n" WITHOUT_IT);
    check_notes("podman run --cap-add kill --cap-drop CAP_KILL x",
                "at 'kill': Podman refuses what is both added and dropped\n" WITHOUT_IT);
    check_notes("podman run --cap-add all --cap-drop all x",
                "at 'all': Podman refuses what is both added and dropped\n" WITHOUT_IT);
    check_notes("podman run --cap-add kill --cap-drop all --cap-drop kill x", "");
    check_notes("docker run --cap-add kill --cap-drop kill x", "");
    check_notes("docker ps", "'docker ps' is no command line we read\n" NAMED);
    check_notes("mysql -psecret", "'mysql' is no command line we read\n" NAMED);
    check_notes("docker ps\ndocker images\n", "no command line that we read\n" NAMED);
}

static void
commands_come_in_several_forms(void **state)
{
    static const char words[] = "docker\0run\0-e\0A=b c\0x";
    static const char lines[] = "{\"command\": \"docker run x\"}\n"
                                "{\"command\": \"docker run y\"}\n";
    static const char list[] = "[\"docker\", \"run\", \"x\"]";
    static const char script[] = "# first\ndocker run a\ndocker ps\n\npodman run b && echo\n";

    (void)state;
    assert_int_equal(containers_of(words, sizeof words - 1), 1);
    assert_int_equal(containers_of(lines, sizeof lines - 1), 2);
    assert_int_equal(containers_of(list, sizeof list - 1), 1);
    assert_int_equal(containers_of(script, sizeof script - 1), 2);
}

static void
files_of_variables_are_companions(void **state)
{
    static const struct scl_companion given[] = {
        { SCL_STR("e"), SCL_STR("\xef\xbb\xbf# no\nA=file\nB='q' # all\nC\n"), false },
    };
    static const struct reading_row rows[] = {
        { "their values are read", "", "env[B].value", "'q' # all", "declared", NULL },
        { "an option counts more", "", "env[A].value", "option", "declared", NULL },
        { "a name alone is the client's", "", "env[C].value", "-", "unknown", NULL },
        { "where they come from", "", "env[B].source", "file", "derived", NULL },
    };
    struct scl_input input = { .name = SCL_S("x.sh"), .format = SCL_S("docker-run") };
    struct scl_document *d;

    (void)state;
    input.text = SCL_S("docker run -e A=option --env-file ./e x");
    d = scl_read(&input);
    assert_int_equal(d->missing.count, 1);
    check_text(d->missing.at[0], "e", "it is asked for");
    scl_document_unref(d);
    input.files = given;
    input.file_count = 1;
    d = scl_read(&input);
    assert_int_equal(d->missing.count, 0);
    for (size_t i = 0; i < COUNT(rows); i++)
        reading_check(d, &rows[i]);
    scl_document_unref(d);
}

static void
a_request_is_read_as_one(void **state)
{
    static const struct reading_row rows[] = {
        { "its image", "", "image.repository", "library/web", "derived", NULL },
        { "an empty user is that of the image", ",'User':''", "user.is_root", "-", "unknown",
          NULL },
        { "a user", ",'User':'5'", "user.uid", "5", "derived", "'User':'5'" },
        { "what is asked of the host", "", "privileged", "true", "declared",
          "'Privileged':true" },
        { "mounts", "", "mounts[/b].source", "/a", "declared", NULL },
        { "which are all", "", "mounts", "[1]", "declared", NULL },
    };

    reading_check_all(*state, "docker-create-body",
                      "'Image':'web','HostConfig':{'Privileged':true,'Binds':['/a:/b']}", rows,
                      COUNT(rows));
}

SUITE(
    CASE(options_are_read_as_the_programs_read_them),
    CASE(each_option_says_its_field),
    CASE(what_a_variable_hides_is_unknown),
    CASE(what_is_not_understood_is_noted),
    CASE(commands_come_in_several_forms),
    CASE(files_of_variables_are_companions),
    CASE(a_request_is_read_as_one))
