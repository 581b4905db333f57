-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "host-cgroup-namespace",
  code = "SL2106",
  title = "Host cgroup namespace",
  severity = "medium",
  subjects = { "container" },
  packs = { "recommended", "strict" },
  refs = { cis_docker = "5.25", nist_800_190 = "4.4.3" },
  aliases = { docker_bench = "5.25" },

  why = [[A container in the host's namespace sees the control groups of all others, and with the
hierarchy writable it lifts its own limits or starts programs of the host.]],
  fix = [[cgroup: private.]],

  check = function(container, report)
    -- A privileged container may write it all because it is privileged: that is said there.
    if container.privileged then return end
    local space = container.namespaces.cgroup
    if space.host and declared(container, "namespaces.cgroup.host") then
      report(space, "shares the host's control groups")
    end
    for _, mount in ipairs(declared(container, "mounts") or {}) do
      if mount.origin ~= "runtime" and mount.type == "bind" and mount.source
        and path.covers("/sys/fs/cgroup", mount.source) and not mount.read_only then
        report(at(mount, "source"), "can write the host's control groups")
      end
    end
  end,

  fails = {
    ["docker-inspect"] = {
      [[{"Config": {}, "HostConfig": {"CgroupnsMode": "host"}}]],
      [[{"Config": {}, "HostConfig": {}, "Mounts": [{"Type": "bind", "Source": "/sys/fs/cgroup", "Destination": "/sys/fs/cgroup", "RW": true}]}]],
    },
    kubernetes = [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "volumeMounts": [{"name": "c", "mountPath": "/c"}]}], "volumes": [{"name": "c", "hostPath": {"path": "/sys/fs/cgroup"}}]}}]],
  },
  passes = {
    ["docker-inspect"] = {
      [[{"Config": {}, "HostConfig": {"CgroupnsMode": "private"}}]],
      [[{"Config": {}, "HostConfig": {"CgroupnsMode": "host", "Privileged": true}}]],
      [[{"Config": {}, "HostConfig": {}, "Mounts": [{"Type": "bind", "Source": "/sys/fs/cgroup", "Destination": "/sys/fs/cgroup", "RW": false}]}]],
    },
    kubernetes = [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a"}]}}]],
  },
}
