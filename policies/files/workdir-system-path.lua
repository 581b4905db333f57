-- SPDX-License-Identifier: Apache-2.0

local system = {
  "/proc", "/sys", "/dev", "/boot", "/etc", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32",
  "/usr/bin", "/usr/sbin", "/usr/lib",
}

return policy {
  id = "workdir-system-path",
  code = "SL1504",
  title = "WORKDIR on a system directory",
  severity = "medium",
  subjects = { "image" },
  packs = { "recommended", "strict" },
  aliases = { trivy = "DS-0030" },

  why = [[What the process writes without a path lands among the files of the system, and what it
loads from its folder is not what its author put there.]],
  fix = [[Use a folder that belongs to the application alone.]],

  check = function(image, report)
    local folder = image.working_dir
    if not folder then return end
    if folder == "/" then
      if state(image, "working_dir") == "declared" then
        report(at(image, "working_dir"), "works in /"):severity("info")
      end
      return
    end
    local over = list.find(system, function(outer) return path.covers(outer, folder) end)
    if over then
      report(at(image, "working_dir"), "works in %s, which belongs to the system", folder)
    end
  end,

  fails = {
    dockerfile = {
      "FROM debian:13\nWORKDIR /proc/self/fd/1\n^^^^^^^^^^^^^^^^^^^^^^^ works in /proc/self/fd/1\n",
      "FROM debian:13\nWORKDIR /usr\nWORKDIR bin\n",
      { dockerfile = "FROM debian:13\nWORKDIR /\n", severity = "info" },
      "FROM debian:13\nWORKDIR \"/etc/app\"\n",
    },
    ["oci-image"] = [[{"architecture": "amd64", "os": "linux", "config": {"WorkingDir": "/dev/shm"}}]],
  },
  passes = {
    dockerfile = {
      "FROM debian:13\nWORKDIR /etc\nWORKDIR /srv/app\n",
      "FROM debian:13\nWORKDIR /devel\n",
      "FROM debian:13 AS build\nWORKDIR /etc\nFROM debian:13\nWORKDIR /process\n",
      "FROM scratch\nCOPY a /\n",
    },
    ["oci-image"] = [[{"architecture": "amd64", "os": "linux", "config": {"WorkingDir": "/app"}}]],
  },
  inconclusive = { dockerfile = "FROM example.org/a:1\nUSER 1\n" },
}
