-- SPDX-License-Identifier: Apache-2.0

local order = { critical = 4, high = 3, medium = 2, low = 1 }

-- What a mount of this kind is worth by a row; nil where it is harmless.
local function severity(row, read_only)
  return read_only and row.severity_ro or not read_only and row.severity_rw or nil
end

-- The worst of what is below the source: who mounts /opt/cni has /opt/cni/bin too.
local function worst_below(source, read_only)
  local worst
  for _, row in ipairs(facts.sensitive_mounts) do
    local is_below = row.class ~= "harmless" and path.covers(source, row.path)
    local grade = is_below and severity(row, read_only)
    if grade and (not worst or order[grade] > order[severity(worst, read_only)]) then
      worst = row
    end
  end
  return worst
end

-- Where engines keep volumes: a resolved document shows a volume as a bind of its folder.
local volumes = {
  "/var/lib/docker/volumes/*/_data", "/var/lib/containers/storage/volumes/*/_data",
  "/var/lib/kubelet/pods/*/volumes/*/*", "/var/lib/kubelet/pods/*/volume-subpaths/*",
  "/var/lib/kubelet/pods/*/etc-hosts", "/var/lib/kubelet/pods/*/containers/*",
}

local function is_volume(source)
  return list.any(volumes, function(folder) return path.covers(folder, source) end)
end

return policy {
  id = "sensitive-host-mount",
  code = "SL2202",
  title = "Sensitive host path mounted",
  severity = "high",
  subjects = { "container" },
  on = { mount = "bind" },
  packs = { "recommended", "strict", "cis" },
  refs = { cis_docker = "5.6", nist_800_190 = { "4.4.3", "4.5.5" }, production_guide = "7-c" },
  aliases = { trivy = { "KSV-0121", "KSV-0023" }, kics = "1c1325ff", docker_bench = "5.6" },

  why = [[Who can write these folders has the host, and who can read some of them has its keys.]],
  fix = [[Mount only the file or folder that is needed, read-only.]],

  check = function(mount, report, container)
    -- The runtime's own files: /etc/hosts and its like.
    if mount.origin == "runtime" then return end
    local source = mount.source
    if container.resolution == "resolved" and is_volume(source) then return end
    local row = path.lookup(facts.sensitive_mounts, source) or worst_below(source, mount.read_only)
    local grade = row and severity(row, mount.read_only)
    if not grade then return end

    report(at(mount, "source"), "hands over %s of the host%s", source,
      mount.read_only and ", read-only" or ""):severity(grade)
  end,

  fails = {
    { ["docker-inspect"] = [[{"Config": {}, "HostConfig": {}, "Mounts": [{"Type": "bind", "Source": "/etc", "Destination": "/e", "RW": true}]}]] },
    { ["oci-runtime"] = [[{"ociVersion": "1.2.0", "mounts": [{"destination": "/host", "type": "bind", "source": "/", "options": ["rbind", "ro"]}]}
                                                                            ^^^^^^^^^^^^^ hands over / of the host, read-only
]], severity = "high" },
    { ["oci-runtime"] = [[{"ociVersion": "1.2.0", "mounts": [{"destination": "/e", "type": "bind", "source": "/etc/app.conf"}]}]],
      severity = "high" },
    { ["oci-runtime"] = [[{"ociVersion": "1.2.0", "mounts": [{"destination": "/c", "type": "bind", "source": "/opt/cni"}]}]],
      severity = "critical" },
    { ["oci-runtime"] = [[{"ociVersion": "1.2.0", "mounts": [{"destination": "/l", "type": "bind", "source": "/var/log/pods", "options": ["ro"]}]}]],
      severity = "low" },
    { ["oci-runtime"] = [[{"ociVersion": "1.2.0", "mounts": [{"destination": "/k", "type": "bind", "source": "/var/lib/docker/volumes"}, {"destination": "/tz", "type": "bind", "source": "/etc/localtime"}]}]],
      count = 2 },
  },
  passes = {
    ["docker-inspect"] = {
      [[{"Config": {}, "HostConfig": {}, "Mounts": [{"Type": "volume", "Name": "etc", "Source": "/var/lib/docker/volumes/etc/_data", "Destination": "/etc"}]}]],
      [[{"Config": {}, "HostConfig": {}, "Mounts": [{"Type": "bind", "Source": "/etc/localtime", "Destination": "/etc/localtime", "RW": false}]}]],
    },
    ["oci-runtime"] = {
      [[{"ociVersion": "1.2.0", "mounts": [{"destination": "/d", "type": "bind", "source": "/srv/data"}]}]],
      [[{"ociVersion": "1.2.0", "mounts": [{"destination": "/tz", "type": "bind", "source": "/etc/localtime", "options": ["ro"]}, {"destination": "/certs", "type": "bind", "source": "/etc/ssl/certs", "options": ["ro"]}]}]],
      [[{"ociVersion": "1.2.0", "mounts": [{"destination": "/etc", "type": "bind", "source": "etc"}]}]],
      [[{"ociVersion": "1.2.0", "mounts": [{"destination": "/etc/hosts", "type": "bind", "source": "/var/lib/docker/containers/1/hosts"}]}]],
      [[{"ociVersion": "1.2.0", "mounts": [{"destination": "/data", "type": "bind", "source": "/var/lib/docker/volumes/app/_data"}, {"destination": "/c", "type": "bind", "source": "/var/lib/kubelet/pods/1/volumes/kubernetes.io~empty-dir/c"}]}]],
      [[{"ociVersion": "1.2.0", "mounts": [{"destination": "/proc", "type": "proc", "source": "proc"}]}]],
    },
  },
}
