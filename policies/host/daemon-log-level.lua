-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "daemon-log-level",
  code = "SL3003",
  title = "Daemon log level not info",
  severity = "low",
  subjects = { "host" },
  packs = { "recommended", "cis", "owasp", "strict" },
  refs = { cis_docker = "2.3", owasp_docker = "10" },
  aliases = { docker_bench = "2.3" },

  why = [[A quieter log leaves out what an investigation asks for first, as who made which container.
At debug it holds requests whole, with the variables and the credentials in them.]],
  fix = [[Write "log-level": "info", or leave the key away; remove "debug".]],

  check = function(host, report)
    local level = host.log_level
    if level and level ~= "info" then
      report(at(host, "log_level"), "logs at %s", level)
        :fix("safe", edit.set(host, "log_level", "info"))
    end
    if host.debug then
      report(at(host, "debug"), "logs at debug"):fix("safe", edit.set(host, "debug", false))
    end
  end,

  fails = {
    ["daemon-json"] = {
      [[{"log-level": "warn"}
 ^^^^^^^^^^^^^^^^^^^ logs at warn
]],
      [[{"debug": true, "log-level": "info"}
 ^^^^^^^^^^^^^ logs at debug
]],
    },
    ["docker-info"] = [[{"ServerVersion": "28", "SecurityOptions": [], "Debug": true}]],
  },
  passes = {
    ["daemon-json"] = { [[{"icc": false}]], [[{"log-level": "info", "debug": false}]] },
    ["docker-info"] = [[{"ServerVersion": "28", "SecurityOptions": [], "Debug": false}]],
  },
}
