/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_host.c: daemon.json, and what docker info tells
 */
#include "reading.h"

static void
the_configuration_of_an_engine_is_read(void **state)
{
    static const struct reading_row rows[] = {
        { "a truth", "'icc':false", "icc", "false", "declared", "'icc':false" },
        { "the engine's own otherwise", "", "icc", "true", "default", NULL },
        { "keys have underscores", "'live-restore':true", "live_restore", "true", "declared",
          NULL },
        { "a text", "'log-level':'debug'", "log_level", "debug", "declared", NULL },
        { "an empty one says nothing", "'log-level':''", "log_level", "info", "default", NULL },
        { "where the API is offered", "'hosts':['tcp://0.0.0.0:2375']", "hosts[1].port", "2375",
          "declared", "'tcp://0.0.0.0:2375'" },
        { "its address", "'hosts':['tcp://[::1]:2376']", "hosts[1].host", "::1", "declared",
          NULL },
        { "a socket", "'hosts':['unix:///var/run/docker.sock']", "hosts[1].scheme", "unix",
          "declared", NULL },
        { "has no port", "'hosts':['unix:///a:1']", "hosts[1].port", "-", "absent", NULL },
        { "a registry", "'insecure-registries':['10.0.0.0/8']", "insecure_registries[1].secure",
          "false", "declared", NULL },
        { "a mirror", "'registry-mirrors':['http://m']", "registry_mirrors[1].secure", "false",
          "declared", NULL },
        { "with TLS", "'registry-mirrors':['https://m']", "registry_mirrors[1].secure", "true",
          "declared", NULL },
        { "a size", "'default-shm-size':'64M'", "default_shm_size", "67108864", "declared",
          NULL },
        { "limits", "'default-ulimits':{'nofile':{'Name':'nofile','Soft':1,'Hard':-1}}",
          "default_ulimits[nofile].hard", "no limit", "declared", NULL },
        { "options", "'log-opts':{'max-size':'1m'}", "log_opts[max-size]", "1m", "declared",
          NULL },
        { "truths among them", "'features':{'cdi':true}", "features[cdi]", "true", "declared",
          NULL },
        { "runtimes", "'runtimes':{'runsc':{'path':'/r'}}", "runtimes", "[runsc]", "declared",
          NULL },
    };

    reading_check_all(*state, "daemon-json", "", rows, COUNT(rows));
}

#define INFO(text) "'ServerVersion':'28.3.2','SecurityOptions':['name=apparmor'" text

static void
a_running_engine_is_read(void **state)
{
    static const struct reading_row rows[] = {
        { "its version", INFO("]"), "server_version", "28.3.2", "declared", NULL },
        { "what confines", INFO(",'name=cgroupns']"), "security_options", "[apparmor, cgroupns]",
          "declared", NULL },
        { "a filter", INFO(",'name=seccomp,profile=builtin']"), "seccomp_profile", "builtin",
          "declared", NULL },
        { "a file", INFO(",'name=seccomp,profile=/p.json']"), "seccomp_profile", "/p.json",
          "declared", NULL },
        { "none", INFO("]"), "seccomp_profile", "unconfined", "declared", NULL },
        { "no root", INFO(",'name=rootless']"), "rootless", "true", "declared", NULL },
        { "root", INFO("]"), "rootless", "false", "declared", NULL },
        { "privileges", INFO(",'name=no-new-privileges']"), "no_new_privileges", "true",
          "declared", NULL },
        { "other ids", INFO(",'name=userns']"), "userns_remap", "default", "declared", NULL },
        { "registries that are not secure", INFO("],'RegistryConfig':{'InsecureRegistryCIDRs':"
          "['127.0.0.0/8'],'IndexConfigs':{'r':{'Secure':false}}}"),
          "insecure_registries[1].name", "r", "declared", NULL },
        { "an open API is in a warning", INFO("],'Warnings':['WARNING: API is accessible on "
          "http://0.0.0.0:2375 without encryption.']"),
          "hosts[1].port", "2375", "declared", NULL },
        { "a swarm", INFO("],'Swarm':{'LocalNodeState':'active'}"), "swarm.local_node_state",
          "active", "declared", NULL },
        { "of an engine that did not answer nothing is known", "'ServerErrors':['no']",
          "live_restore", "-", "unknown", NULL },
        { "but why", "'ServerErrors':['no']", "server_errors", "[no]", "declared", NULL },
    };

    reading_check_all(*state, "docker-info", "", rows, COUNT(rows));
}

static void
their_keys_tell_them(void **state)
{
    static const struct {
        const char *text, *format;
    } rows[] = {
        { "{'debug':true}", "daemon-json" },
        { "{'debug':true,'name':'x'}", "" },
        { "{}", "" },
        { "{'ServerVersion':'1','SecurityOptions':[]}", "docker-info" },
        { "{'ServerErrors':['x']}", "docker-info" },
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct scl_document *d =
            reading_document("a.json", "", reading_quoted(*state, rows[i].text));

        check_text(scl_str_c(d->format), rows[i].format, rows[i].text);
        scl_document_unref(d);
    }
}

static void
a_key_that_the_engine_does_not_know_is_an_error(void **state)
{
    struct scl_document *d = reading_document(
        "daemon.json", "daemon-json", reading_quoted(*state, "{'icc':false,'iccc':1}"));
    struct scl_text text;

    scl_text_init(&text);
    reading_notes(d, &text);
    check_text(scl_text_str(&text),
               "at '\"iccc\"': dockerd knows no key 'iccc', and does not start\n" WITHOUT_IT,
               "the key");
    scl_text_finish(&text);
    scl_document_unref(d);
}

SUITE(
    CASE(the_configuration_of_an_engine_is_read),
    CASE(a_running_engine_is_read),
    CASE(their_keys_tell_them),
    CASE(a_key_that_the_engine_does_not_know_is_an_error))
