/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fields_host.h: the fields of hosts, as fields.h lists them
 *
 * They are the keys of daemon.json with underscores, whatever the format, and what `docker info`
 * tells besides.
 */
#ifndef SCL_DOCUMENT_FIELDS_HOST_H
#define SCL_DOCUMENT_FIELDS_HOST_H

#define SCL_HOST_FIELDS(F) \
    SCL_SUBJECT_FIELDS(F, HOST) \
    F(HOST, SERVER_VERSION, "server_version", TEXT, 0, 0, "version of the engine") \
    F(HOST, OPERATING_SYSTEM, "operating_system", TEXT, 0, 0, "name of its operating system") \
    F(HOST, KERNEL_VERSION, "kernel_version", TEXT, 0, 0, "version of the kernel") \
    F(HOST, CGROUP_VERSION, "cgroup_version", TEXT, 0, 0, "version of the control groups") \
    F(HOST, CGROUP_DRIVER, "cgroup_driver", TEXT, 0, 0, "who looks after the control groups") \
    F(HOST, SECURITY_OPTIONS, "security_options", LIST, SCL_OF_TEXT, 0, \
      "names of what confines containers: apparmor, seccomp, userns and the like") \
    F(HOST, ROOTLESS, "rootless", BOOL, 0, 0, "the engine runs without root") \
    F(HOST, HOSTS, "hosts", LIST, SCL_TYPE_LISTENER, 0, "where the API is offered") \
    F(HOST, TLS, "tls", BOOL, 0, 0, "the API is encrypted") \
    F(HOST, TLSVERIFY, "tlsverify", BOOL, 0, 0, "clients of the API need a certificate") \
    F(HOST, TLSCACERT, "tlscacert", TEXT, 0, 0, "whose certificates clients may have") \
    F(HOST, TLSCERT, "tlscert", TEXT, 0, 0, "certificate of the API") \
    F(HOST, TLSKEY, "tlskey", TEXT, 0, 0, "file of its key") \
    F(HOST, AUTHORIZATION_PLUGINS, "authorization_plugins", LIST, SCL_OF_TEXT, 0, \
      "plugins that decide about requests") \
    F(HOST, GROUP, "group", TEXT, 0, 0, "group that may use the socket") \
    F(HOST, ICC, "icc", BOOL, 0, 0, "containers of the standard bridge reach each other") \
    F(HOST, IPTABLES, "iptables", BOOL, 0, 0, "the engine makes rules of the packet filter") \
    F(HOST, IP6TABLES, "ip6tables", BOOL, 0, 0, "the same for IPv6") \
    F(HOST, IP_FORWARD, "ip_forward", BOOL, 0, 0, "the engine lets the host pass on packets") \
    F(HOST, IP_MASQ, "ip_masq", BOOL, 0, 0, "addresses of containers are hidden") \
    F(HOST, IPV6, "ipv6", BOOL, 0, 0, "the standard bridge has IPv6") \
    F(HOST, IP, "ip", TEXT, 0, 0, "address that ports are published on") \
    F(HOST, BRIDGE, "bridge", TEXT, 0, 0, "the standard bridge; none: there is none") \
    F(HOST, ALLOW_DIRECT_ROUTING, "allow_direct_routing", BOOL, 0, 0, \
      "containers are reached from outside without published ports") \
    F(HOST, USERLAND_PROXY, "userland_proxy", BOOL, 0, 0, "a program passes on published ports") \
    F(HOST, INSECURE_REGISTRIES, "insecure_registries", LIST, SCL_TYPE_REGISTRY, 0, \
      "registries that are used without TLS, or whatever their certificate") \
    F(HOST, REGISTRY_MIRRORS, "registry_mirrors", LIST, SCL_TYPE_REGISTRY, 0, \
      "registries that are asked first") \
    F(HOST, STORAGE_DRIVER, "storage_driver", TEXT, 0, 0, "overlay2 and the like") \
    F(HOST, STORAGE_OPTS, "storage_opts", LIST, SCL_OF_TEXT, 0, "options of that driver") \
    F(HOST, DATA_ROOT, "data_root", TEXT, 0, 0, "folder of images and containers") \
    F(HOST, DEFAULT_RUNTIME, "default_runtime", TEXT, 0, 0, "runtime of containers") \
    F(HOST, RUNTIMES, "runtimes", LIST, SCL_OF_TEXT, 0, "names of the runtimes there are") \
    F(HOST, EXEC_OPTS, "exec_opts", LIST, SCL_OF_TEXT, 0, "options of the runtime") \
    F(HOST, CGROUP_PARENT, "cgroup_parent", TEXT, 0, 0, "control group of all containers") \
    F(HOST, USERNS_REMAP, "userns_remap", TEXT, 0, 0, \
      "user whose ids containers have; empty: those of the host") \
    F(HOST, NO_NEW_PRIVILEGES, "no_new_privileges", BOOL, 0, 0, \
      "containers get no more privileges unless they ask to") \
    F(HOST, SECCOMP_PROFILE, "seccomp_profile", TEXT, 0, 0, \
      "filter of containers: builtin, unconfined or a file") \
    F(HOST, SELINUX_ENABLED, "selinux_enabled", BOOL, 0, 0, "SELinux confines containers") \
    F(HOST, DEFAULT_ULIMITS, "default_ulimits", LIST, SCL_TYPE_ULIMIT, 0, \
      "limits of processes of containers") \
    F(HOST, DEFAULT_IPC_MODE, "default_ipc_mode", TEXT, 0, 0, "IPC namespace of containers") \
    F(HOST, DEFAULT_CGROUPNS_MODE, "default_cgroupns_mode", TEXT, 0, 0, \
      "cgroup namespace of containers") \
    F(HOST, DEFAULT_SHM_SIZE, "default_shm_size", INT, 0, 0, "bytes of /dev/shm") \
    F(HOST, INIT, "init", BOOL, 0, 0, "containers have an init program") \
    F(HOST, LIVE_RESTORE, "live_restore", BOOL, 0, 0, "containers outlive the engine") \
    F(HOST, LOG_DRIVER, "log_driver", TEXT, 0, 0, "where the output of containers goes") \
    F(HOST, LOG_OPTS, "log_opts", MAP, SCL_OF_TEXT, 0, "options of that driver") \
    F(HOST, LOG_LEVEL, "log_level", TEXT, 0, 0, "what the engine itself logs") \
    F(HOST, DEBUG, "debug", BOOL, 0, 0, "the engine logs all it does") \
    F(HOST, EXPERIMENTAL, "experimental", BOOL, 0, 0, "features that are not ready are on") \
    F(HOST, FEATURES, "features", MAP, SCL_OF_TEXT, 0, "features that are switched on or off") \
    F(HOST, METRICS_ADDR, "metrics_addr", TEXT, 0, 0, "where metrics are offered") \
    F(HOST, MIN_API_VERSION, "min_api_version", TEXT, 0, 0, "oldest API that is served") \
    F(HOST, CONTAINERD, "containerd", TEXT, 0, 0, "socket of containerd") \
    F(HOST, SWARM, "swarm", GROUP, 0, 0, "swarm that it is part of") \
    F(HOST, SWARM_STATE, "swarm.local_node_state", TEXT, 0, 0, "active where it is part of one") \
    F(HOST, SWARM_MANAGERS, "swarm.managers", INT, 0, 0, "managers of the swarm") \
    F(HOST, SWARM_AUTOLOCK, "swarm.auto_lock_managers", BOOL, 0, 0, \
      "a manager that starts again has to be unlocked") \
    F(HOST, WARNINGS, "warnings", LIST, SCL_OF_TEXT, 0, "what the engine warns of") \
    F(HOST, SERVER_ERRORS, "server_errors", LIST, SCL_OF_TEXT, 0, \
      "why the engine could not be asked") \
    F(LISTENER, RAW, "raw", TEXT, 0, 0, "address as written") \
    F(LISTENER, SCHEME, "scheme", TEXT, 0, 0, "unix, tcp, fd, npipe or ssh") \
    F(LISTENER, HOST, "host", TEXT, 0, 0, "address of the host, of tcp") \
    F(LISTENER, PORT, "port", INT, 0, 0, "port of the host, of tcp") \
    F(REGISTRY, NAME, "name", TEXT, 0, 0, "host, address range or URL") \
    F(REGISTRY, SCHEME, "scheme", TEXT, 0, 0, "http or https, where it is said") \
    F(REGISTRY, SECURE, "secure", BOOL, 0, 0, "TLS with a good certificate is asked for") \
    F(REGISTRY, MIRROR, "mirror", BOOL, 0, 0, "it stands in for another")

#endif
