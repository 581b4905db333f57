-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "daemon-tcp-exposed",
  code = "SL3007",
  title = "Docker API on TCP without mutual TLS",
  severity = "critical",
  subjects = { "host" },
  on = "listener",
  packs = { "recommended", "cis", "owasp", "strict" },
  refs = {
    cis_docker = "2.7", owasp_docker = "1", nist_800_190 = "4.5.4", production_guide = "9-b",
  },
  aliases = { docker_bench = "2.7" },

  why = [[Whoever reaches the API is root on the host: a container with its file system is one request
away. Programs look for such ports all the time.]],
  fix = [[Remove the listener, or set tlsverify and give certificates to its clients.]],

  check = function(listener, report, host)
    if listener.scheme ~= "tcp" or host.tlsverify then return end
    report(listener, "offers the API to whoever reaches %s", listener.raw)
  end,

  fails = {
    ["daemon-json"] = {
      [[{"hosts": ["unix:///var/run/docker.sock", "tcp://0.0.0.0:2375"]}
                                          ^^^^^^^^^^^^^^^^^^^^ offers the API
]],
      [[{"hosts": ["tcp://127.0.0.1:2376"], "tls": true}]],
    },
    ["docker-info"] = [[{"ServerVersion": "28", "SecurityOptions": [], "Warnings": ["WARNING: API is accessible on http://0.0.0.0:2375 without encryption."]}]],
  },
  passes = {
    ["daemon-json"] = {
      [[{"hosts": ["unix:///var/run/docker.sock", "fd://"]}]],
      [[{"hosts": ["tcp://0.0.0.0:2376"], "tlsverify": true}]],
    },
    ["docker-info"] = [[{"ServerVersion": "28", "SecurityOptions": [], "Warnings": null}]],
  },
}
