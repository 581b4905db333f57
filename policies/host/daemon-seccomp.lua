-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "daemon-seccomp",
  code = "SL3016",
  title = "Daemon seccomp default weakened",
  severity = "high",
  subjects = { "host" },
  packs = { "recommended", "cis", "strict" },
  refs = { cis_docker = "2.17", owasp_docker = "6" },
  aliases = { docker_bench = "2.17" },

  why = [[Without the filter a process in a container can ask for every call of the kernel, also those
that holes have been found in.]],
  fix = [[Remove the key, so that containers get the filter that the engine brings.]],

  check = function(host, report)
    local profile = host.seccomp_profile
    if profile == "unconfined" then
      report(at(host, "seccomp_profile"), "filters no system calls of containers")
        :fix("safe", edit.delete(at(host, "seccomp_profile")))
    elseif not list.has({ "builtin", "default" }, profile) then
      report(at(host, "seccomp_profile"), "brings a filter of its own, to be reviewed")
        :severity("info")
    end
  end,

  fails = {
    ["daemon-json"] = {
      [[{"seccomp-profile": "unconfined"}
 ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ filters no system calls
]],
      { ["daemon-json"] = [[{"seccomp-profile": "/etc/docker/seccomp.json"}]], severity = "info" },
    },
    ["docker-info"] = {
      [[{"ServerVersion": "28", "SecurityOptions": ["name=apparmor"]}]],
      {
        ["docker-info"] = [[{"ServerVersion": "28", "SecurityOptions": ["name=seccomp,profile=/etc/docker/seccomp.json"]}]],
        severity = "info",
      },
    },
  },
  passes = {
    ["daemon-json"] = { [[{"icc": false}]], [[{"seccomp-profile": "builtin"}]] },
    ["docker-info"] = [[{"ServerVersion": "28", "SecurityOptions": ["name=seccomp,profile=builtin"]}]],
  },
}
