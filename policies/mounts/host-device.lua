-- SPDX-License-Identifier: Apache-2.0

-- Every container has these, or nobody gains by them.
local harmless = {
  null = true, zero = true, full = true, random = true, urandom = true, tty = true, shm = true,
  pts = true, log = true, hugepages = true,
}

local grades = {
  fuse = "info", ["net/tun"] = "medium", mem = "critical", kmem = "critical", kmsg = "critical",
  port = "critical",
}

-- The start of the names of disks and of what maps them.
local disks = { "sd", "hd", "vd", "xvd", "nvme", "mmcblk", "dm-", "mapper/", "loop", "md", "disk/" }

-- What a device of the host is worth; nil where it is nothing.
local function grade_of(source)
  local name = source:match("^/dev/(.+)$")
  name = name and name:gsub("/+$", "")
  if not name or harmless[name:match("^[^/]+")] then return nil end
  local is_disk = list.any(disks, function(start) return text.starts(name, start) end)
  return grades[name] or is_disk and "critical" or "high"
end

return policy {
  id = "host-device",
  code = "SL2010",
  title = "Host device exposed",
  severity = "high",
  subjects = { "container" },
  on = { "device", "mount" },
  packs = { "recommended", "strict", "cis" },
  refs = { cis_docker = "5.18", nist_800_190 = "4.4.3" },
  aliases = { docker_bench = "5.18" },

  why = [[A device is the kernel's own door: a disk holds all files of the host, memory all its
secrets, and drivers are where kernels break.]],
  fix = [[Remove it, or narrow it to the one device and to reading.]],

  check = function(node, report, container)
    if kind(node) == "mount" and (node.type ~= "bind" or node.origin == "runtime") then return end
    local grade = node.source and grade_of(node.source)
    -- A privileged container has all devices because it is privileged: that is said there.
    if not grade or container.privileged then return end
    report(at(node, "source"), "is given %s of the host", node.source):severity(grade)
  end,

  fails = {
    { ["docker-inspect"] = [[{"Config": {}, "HostConfig": {"Devices": [{"PathOnHost": "/dev/sda1", "PathInContainer": "/dev/sda1", "CgroupPermissions": "rwm"}]}}]],
      severity = "critical" },
    { ["docker-inspect"] = [[{"Config": {}, "HostConfig": {"Devices": [{"PathOnHost": "/dev/fuse", "PathInContainer": "/dev/fuse", "CgroupPermissions": "rwm"}, {"PathOnHost": "/dev/ttyUSB0", "PathInContainer": "/dev/ttyUSB0", "CgroupPermissions": "rwm"}]}}]],
      count = 2 },
    { kubernetes = [[
apiVersion: v1
kind: Pod
spec:
  containers:
    - name: a
      volumeMounts: [{name: tun, mountPath: /dev/net/tun}]
  volumes:
    - name: tun
      hostPath: {path: /dev/net/tun}
                 ^^^^^^^^^^^^^^^^^^ is given /dev/net/tun of the host
]], severity = "medium" },
  },
  passes = {
    ["docker-inspect"] = {
      [[{"Config": {}, "HostConfig": {"Devices": [{"PathOnHost": "/dev/null", "PathInContainer": "/dev/null", "CgroupPermissions": "rwm"}]}, "Mounts": []}]],
      [[{"Config": {}, "HostConfig": {"Privileged": true, "Devices": [{"PathOnHost": "/dev/sda", "PathInContainer": "/dev/sda", "CgroupPermissions": "rwm"}]}, "Mounts": []}]],
    },
    kubernetes = {
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "volumeMounts": [{"name": "v", "mountPath": "/dev/shm"}]}], "volumes": [{"name": "v", "emptyDir": {"medium": "Memory"}}]}}]],
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "volumeMounts": [{"name": "v", "mountPath": "/v"}]}], "volumes": [{"name": "v", "hostPath": {"path": "/srv"}}]}}]],
    },
  },
}
