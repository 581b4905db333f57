-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "daemon-insecure-registry",
  code = "SL3005",
  title = "Insecure registry allowed",
  severity = "high",
  subjects = { "host" },
  on = "registry",
  packs = { "recommended", "cis", "strict" },
  refs = { cis_docker = "2.5", nist_800_190 = "4.2.1" },
  aliases = { docker_bench = "2.5" },

  why = [[Whoever stands between engine and registry can put another image in the place of the one
that was asked for, and reads the password.]],
  fix = [[Use TLS, with a certificate of a private authority if need be.]],

  check = function(registry, report)
    if registry.secure then return end
    if list.has({ "127.0.0.0/8", "::1/128", "localhost" }, registry.name) then return end
    report(registry, "%s is used without TLS that protects", registry.name)
  end,

  fails = {
    ["daemon-json"] = {
      [[{"insecure-registries": ["10.0.0.0/8"]}
                         ^^^^^^^^^^^^ 10.0.0.0/8 is used
]],
      [[{"registry-mirrors": ["http://mirror.example.com"]}]],
    },
    ["docker-info"] = [[{"ServerVersion": "28", "SecurityOptions": [], "RegistryConfig": {"IndexConfigs": {"r.example.com": {"Secure": false}}}}]],
  },
  passes = {
    ["daemon-json"] = {
      [[{"insecure-registries": ["127.0.0.0/8"], "registry-mirrors": ["https://mirror.example.com"]}]],
    },
    ["docker-info"] = [[{"ServerVersion": "28", "SecurityOptions": [], "RegistryConfig": {"InsecureRegistryCIDRs": ["127.0.0.0/8"]}}]],
  },
}
