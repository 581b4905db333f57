/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_dockerfile_options.c: mounts, devices and ports
 */
#include "test_dockerfile.h"

static void
fields_of_mounts_are_read_as_one_record(void **state)
{
    static const struct row rows[] = {
        { "fields", "type=cache,target=/c,ro", " (type)=(cache) (target)=(/c) (ro)" },
        { "quotes of the flag go first", "'target=/a b',x", " (target)=(/a b) (x)" },
        { "quotes of the record", "'\"target=/a,b\",type=bind'",
          " (target)=(/a,b) (type)=(bind)" },
        { "a doubled quote", "'\"id=a\"\"b\"'", " (id)=(a\"b|a\"\"b)" },
        { "quotes that the flag takes", "\"target=/a,b\",x", " (target)=(/a) (b) (x)" },
        { "an empty field", "a,", " (a) ()" },
        { "a value with a sign", "id=a=b", " (id)=(a=b)" },
        { "an escaped blank", "id=a\\ b,c", " (id)=(a b|a\\ b) (c)" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_text text = { 0 }, out = { 0 };
        const struct scl_docker_option *option;
        struct reading *reading;

        scl_text_f(&text, "FROM a\nRUN --network=none --mount=%s x", rows[i].text);
        reading = read_text(state, text.at);
        check_number(instruction_at(reading, 1)->option_count, 1, rows[i].why);
        option = instruction_at(reading, 1)->options;
        check_text(option->flag->name, "mount", rows[i].why);
        print_pairs(&out, reading, option->fields, option->field_count);
        check_text(scl_text_str(&out), rows[i].expected, rows[i].why);
        scl_text_finish(&text);
        scl_text_finish(&out);
    }
}

/* `TYPE from=.. source=.. target=.. id=.. ro required sharing size mode uid gid env=..`. */
static void
print_mount(struct scl_text *out, const struct scl_docker_mount *mount)
{
    static const char *const types[] = { "bind", "cache", "tmpfs", "secret", "ssh" };
    static const char *const sharings[] = { "", " shared", " private", " locked" };

    scl_text_c(out, types[mount->type]);
    if (mount->from.len)
        scl_text_f(out, " from=%.*s", SCL_ARG(mount->from));
    if (mount->source.len)
        scl_text_f(out, " source=%.*s", SCL_ARG(mount->source));
    if (mount->target.len)
        scl_text_f(out, " target=%.*s", SCL_ARG(mount->target));
    if (mount->id.len)
        scl_text_f(out, " id=%.*s", SCL_ARG(mount->id));
    scl_text_c(out, sharings[mount->sharing]);
    scl_text_c(out, mount->is_read_only ? " ro" : " rw");
    if (mount->is_required)
        scl_text_c(out, " required");
    if (mount->size)
        scl_text_f(out, " size=%lld", (long long)mount->size);
    if (mount->has_mode)
        scl_text_f(out, " mode=%o", mount->mode);
    if (mount->has_uid)
        scl_text_f(out, " uid=%u", mount->uid);
    if (mount->has_gid)
        scl_text_f(out, " gid=%u", mount->gid);
    if (mount->has_env)
        scl_text_f(out, " env=%.*s", SCL_ARG(mount->env));
}

static void
mounts_mean_what_buildkit_takes_them_for(void **state)
{
    static const struct row rows[] = {
        { "nothing but a target", "target=/t", "bind target=/t ro" },
        { "names of fields and types of any case", "TYPE=Cache,Target=/t", "cache target=/t rw" },
        { "all of a cache",
          "type=cache,id=a,dst=/t,sharing=LOCKED,mode=0755,uid=1,gid=2,from=x,src=/s",
          "cache from=x source=/s target=/t id=a locked rw mode=755 uid=1 gid=2" },
        { "all of a secret", "type=secret,id=a,destination=/t,required,mode=0400,env=TOK",
          "secret target=/t id=a ro required mode=400 env=TOK" },
        { "an empty variable", "type=secret,id=a,env=", "secret id=a ro env=" },
        { "ssh", "type=ssh,required=true", "ssh ro required" },
        { "memory", "type=tmpfs,target=/t,size=1g", "tmpfs target=/t rw size=1073741824" },
        { "half a megabyte", "type=tmpfs,size=0.5MiB", "tmpfs rw size=524288" },
        { "a size in bytes", "type=tmpfs,size=100", "tmpfs rw size=100" },
        { "a size with a blank", "'type=tmpfs,size=2 kb'", "tmpfs rw size=2048" },
        { "writable", "target=/t,rw", "bind target=/t rw" },
        { "not writable", "target=/t,rw=false", "bind target=/t ro" },
        { "not read-only", "target=/t,readonly=0", "bind target=/t rw" },
        { "a read-only cache", "type=cache,target=/t,ro", "cache target=/t ro" },
        { "the last one wins", "target=/a,target=/b", "bind target=/b ro" },
        { "a type that is not known", "type=foo", "0: unknown mount type 'foo'" },
        { "a field that is not known", "type=bind,foo=bar", "1: unknown mount field 'foo'" },
        { "a field without a value", "type=bind,foo", "1: no value for the field 'foo'" },
        { "no truth", "target=/t,ro=maybe", "1: neither true nor false: 'maybe'" },
        { "sizes only of memory", "target=/t,size=1", "1: a mount of type bind takes no 'size'" },
        { "a type that comes too late", "size=1,type=tmpfs",
          "0: a mount of type bind takes no 'size'" },
        { "nor required", "required,type=secret", "0: a mount of type bind takes no 'required'" },
        { "a size that is none", "type=tmpfs,size=1x", "1: invalid size '1x'" },
        { "a size too large", "type=tmpfs,size=9999999p", "1: invalid size '9999999p'" },
        { "a mode that is none", "type=cache,mode=999", "1: invalid mode '999'" },
        { "a negative user", "type=cache,uid=-1", "1: invalid uid '-1'" },
        { "a group too large", "type=cache,gid=4294967296", "1: invalid gid '4294967296'" },
        { "modes not of all", "target=/t,mode=7", "1: a mount of type bind takes no 'mode'" },
        { "users neither", "type=tmpfs,uid=7", "1: a mount of type tmpfs takes no 'uid'" },
        { "sharing that is none", "type=cache,sharing=foo", "1: unknown sharing mode 'foo'" },
        { "empty sharing", "type=cache,sharing=", "1: unknown sharing mode ''" },
        { "sharing only of caches", "sharing=shared,target=/t",
          "0: a mount of type bind takes no 'sharing'" },
        { "a secret from a stage", "type=secret,id=a,from=x",
          "2: a mount of type secret takes no 'from'" },
        { "a secret of nothing", "type=secret", "0: a secret has no id, source or target" },
        { "a secret of two", "type=secret,id=a,source=b", "2: a secret has both source and id" },
        { "a key of ssh", "type=ssh,source=a", "1: a mount of type ssh takes no 'source'" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_text text = { 0 }, out = { 0 };
        const struct scl_docker_instruction *run;
        struct scl_docker_problem problem;
        struct scl_docker_mount mount;

        scl_text_f(&text, "FROM a\nRUN --mount=%s x", rows[i].text);
        run = instruction_at(read_text(state, text.at), 1);
        check_number(run->option_count, 1, rows[i].why);
        if (scl_docker_mount_evaluate(*state, run->options, NULL, &mount, &problem))
            print_mount(&out, &mount);
        else
            scl_text_f(&out, "%u: %.*s", problem.field, SCL_ARG(problem.text));
        check_text(scl_text_str(&out), rows[i].expected, rows[i].why);
        scl_text_finish(&text);
        scl_text_finish(&out);
    }
}

static void
mounts_are_evaluated_with_expanded_values(void **state)
{
    struct reading *reading = read_text(state, "FROM a\nRUN --mount=type=$T,target=$D x");
    const struct scl_str values[] = { SCL_STR("cache"), SCL_STR("/c") };
    struct scl_docker_problem problem;
    struct scl_docker_mount mount;

    assert_true(scl_docker_mount_evaluate(*state, instruction_at(reading, 1)->options, values,
                                          &mount, &problem));
    assert_int_equal(mount.type, SCL_DOCKER_MOUNT_CACHE);
    check_text(mount.target, "/c", "the target");
    assert_false(scl_docker_mount_evaluate(*state, instruction_at(reading, 1)->options, NULL,
                                           &mount, &problem));
    check_text(problem.text, "unknown mount type '$T'", "as written");
}

static void
devices_have_a_name(void **state)
{
    static const struct row rows[] = {
        { "a name", "v.com/d", "v.com/d" },
        { "with its value", "v.com/d=x,required", "v.com/d=x required" },
        { "named", "name=v.com/d=x,required=false", "v.com/d=x" },
        { "required first", "required,name=v", "v required" },
        { "no truth", "v,required=x", "1: neither true nor false: 'x'" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_text text = { 0 }, out = { 0 };
        const struct scl_docker_instruction *run;
        struct scl_docker_problem problem;
        struct scl_docker_device device;

        scl_text_f(&text, "FROM a\nRUN --device=%s x", rows[i].text);
        run = instruction_at(read_text(state, text.at), 1);
        if (scl_docker_device_evaluate(*state, run->options, &device, &problem))
            scl_text_f(&out, "%.*s%s", SCL_ARG(device.name), device.is_required ? " required" : "");
        else
            scl_text_f(&out, "%u: %.*s", problem.field, SCL_ARG(problem.text));
        check_text(scl_text_str(&out), rows[i].expected, rows[i].why);
        scl_text_finish(&text);
        scl_text_finish(&out);
    }
}

static void
ports_are_those_of_docker(void **state)
{
    static const struct row rows[] = {
        { "a port", "80", "80-80/tcp" },
        { "a protocol", "53/udp", "53-53/udp" },
        { "of any case", "9/SCTP", "9-9/sctp" },
        { "no protocol behind the sign", "80/", "80-80/tcp" },
        { "a range", "8000-8010/tcp", "8000-8010/tcp" },
        { "the limits", "0-65535", "0-65535/tcp" },
        { "a host port", "1:2", "2-2/tcp host=1" },
        { "an address", "1.2.3.4:5:6/udp", "6-6/udp host=5 ip=1.2.3.4" },
        { "no host port", "1.2.3.4::6", "6-6/tcp ip=1.2.3.4" },
        { "IPv6", "[::1]:80:81", "81-81/tcp host=80 ip=[::1]" },
        { "IPv6 without brackets", "2001:4860:0:2001::68::333",
          "333-333/tcp ip=2001:4860:0:2001::68" },
        { "IPv6 that ends in IPv4", "[::ffff:1.2.3.4]::1", "1-1/tcp ip=[::ffff:1.2.3.4]" },
        { "ranges of the same length", "1-3:4-6", "4-6/tcp host=1-3" },
        { "a host range for a port", "1-3:4", "4-4/tcp host=1-3" },
        { "nothing", "", "no port in ''" },
        { "no port", "1.2.3.4:5:/tcp", "no port in '1.2.3.4:5:/tcp'" },
        { "a name", "localhost:1:2", "invalid address 'localhost'" },
        { "a number too large in an address", "1.2.3.256:1:2", "invalid address '1.2.3.256'" },
        { "a leading zero in an address", "1.2.3.04:1:2", "invalid address '1.2.3.04'" },
        { "two gaps", "[1::2::3]:1:2", "invalid address '[1::2::3]'" },
        { "too many groups", "[1:2:3:4:5:6:7:8:9]:1:2", "invalid address '[1:2:3:4:5:6:7:8:9]'" },
        { "a protocol that is none", "80/http", "unknown protocol 'http'" },
        { "no number", "http", "invalid port 'http'" },
        { "too large", "65536", "invalid port '65536'" },
        { "a sign", "+80", "invalid port '+80'" },
        { "backwards", "5-4", "invalid port '5-4'" },
        { "half a range", "5-", "invalid port '5-'" },
        { "a host port that is none", "x:80", "invalid host port 'x'" },
        { "ranges that differ", "1-2:4-6", "ranges differ in length: '1-2:4-6'" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_docker_problem problem;
        struct scl_docker_port port;
        struct scl_text out = { 0 };

        if (scl_docker_port_parse(*state, scl_str_c(rows[i].text), &port, &problem)) {
            scl_text_f(&out, "%u-%u/%s", port.first, port.last, port.protocol);
            if (port.host.len)
                scl_text_f(&out, " host=%.*s", SCL_ARG(port.host));
            if (port.ip.len)
                scl_text_f(&out, " ip=%.*s", SCL_ARG(port.ip));
        } else {
            scl_text_add(&out, problem.text);
        }
        check_text(scl_text_str(&out), rows[i].expected, rows[i].why);
        scl_text_finish(&out);
    }
}

SUITE(
    CASE(fields_of_mounts_are_read_as_one_record),
    CASE(mounts_mean_what_buildkit_takes_them_for),
    CASE(mounts_are_evaluated_with_expanded_values),
    CASE(devices_have_a_name),
    CASE(ports_are_those_of_docker))
