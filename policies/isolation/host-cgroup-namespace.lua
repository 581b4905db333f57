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

  why = [[A container in the host's namespace sees the control groups of all others, and where the
hierarchy is writable it lifts its own limits or starts programs of the host.]],
  fix = [[cgroup: private.]],

  check = function(container, report)
    -- A privileged container may write it all because it is privileged: that is said there.
    if container.privileged then return end
    local space = container.namespaces.cgroup
    if space.host and declared(container, "namespaces.cgroup.host") then
      report(space, "shares the host's control groups")
        :fix("safe", edit.delete(at(container, "namespaces.cgroup.mode")))
    end
  end,

  fails = {
    ["docker-inspect"] = [[{"Config": {}, "HostConfig": {"CgroupnsMode": "host"}}]],
  },
  passes = {
    ["docker-inspect"] = {
      [[{"Config": {}, "HostConfig": {"CgroupnsMode": "private"}}]],
      [[{"Config": {}, "HostConfig": {"CgroupnsMode": "host", "Privileged": true}}]],
    },
    kubernetes = [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a"}]}}]],
  },
}
