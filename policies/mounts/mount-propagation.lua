-- SPDX-License-Identifier: Apache-2.0

-- Both ways: what the container mounts appears on the host. One way: the other way round.
local severities = { shared = "high", rshared = "high", slave = "low", rslave = "low" }

-- Where it is one of the options of a text it stands, and is left to people.
local function made_private(mount, container)
  if container.format == "kubernetes" then return edit.replace(at(mount, "propagation"), "None") end
  return edit.set(mount, "propagation", "rprivate")
end

return policy {
  id = "mount-propagation",
  code = "SL2205",
  title = "Shared mount propagation",
  severity = "high",
  subjects = { "container" },
  on = "mount",
  packs = { "recommended", "strict", "cis" },
  refs = { cis_docker = "5.20" },
  aliases = { kics = "baa452f0", docker_bench = "5.20" },

  why = [[With shared propagation a mount that is made in the container appears on the host and in
other containers. The other way round, the container sees what the host mounts later.]],
  fix = [[Use rprivate, which is the default.]],

  check = function(mount, report, container)
    local severity = mount.propagation and severities[mount.propagation]
    if severity then
      report(at(mount, "propagation"), "shares mounts with the host: %s", mount.propagation)
        :severity(severity)
        :fix("safe", made_private(mount, container))
    end
  end,

  fails = {
    { ["docker-inspect"] = [[{"Config": {}, "HostConfig": {}, "Mounts": [{"Type": "bind", "Source": "/srv", "Destination": "/d", "Propagation": "rslave"}]}]], severity = "low" },
    { ["oci-runtime"] = [[{"ociVersion": "1.2.0", "mounts": [{"destination": "/d", "type": "bind", "source": "/srv", "options": ["rbind", "rshared"]}]}
                                                                                                                ^^^^^^^^^ rshared
]], severity = "high" },
    { ["oci-runtime"] = [[{"ociVersion": "1.2.0", "mounts": [{"destination": "/d", "type": "bind", "source": "/srv", "options": ["bind", "slave"]}]}]],
      severity = "low" },
  },
  passes = {
    ["docker-inspect"] = {
      [[{"Config": {}, "HostConfig": {}, "Mounts": [{"Type": "bind", "Source": "/srv", "Destination": "/d", "Propagation": "rprivate"}]}]],
      [[{"Config": {}, "HostConfig": {}, "Mounts": [{"Type": "volume", "Name": "v", "Destination": "/d", "Propagation": ""}]}]],
    },
    ["oci-runtime"] = {
      [[{"ociVersion": "1.2.0", "mounts": [{"destination": "/d", "type": "bind", "source": "/srv", "options": ["rbind", "rprivate"]}]}]],
      [[{"ociVersion": "1.2.0", "mounts": [{"destination": "/d", "type": "bind", "source": "/srv"}]}]],
    },
  },
}
