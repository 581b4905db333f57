-- SPDX-License-Identifier: Apache-2.0

-- An organisation's own policy. What it may look at: scantling inspect FILE shows it.
return policy {
  id = "acme/approved-registry",
  title = "Image from a registry that nobody approved",
  severity = "high",
  subjects = { "build", "container" },
  on = "reference",

  params = {
    registries = {
      type = "list", default = { "registry.acme.example", "gcr.io" },
      doc = "Registries that images may come from.",
    },
  },

  why = [[Whoever runs the registry decides what runs here. Ours mirrors what was looked at.]],
  fix = [[Pull it through registry.acme.example, or ask for the registry to be approved.]],

  check = function(reference, report)
    if not list.has(params.registries, reference.registry) then
      report(reference, "comes from %s, which is not approved", reference.registry)
    end
  end,

  fails = {
    dockerfile = {
      "FROM debian:12\n     ^^^^^^^^^ comes from docker.io, which is not approved\n",
      "FROM gcr.io/a/b:1 AS build\nFROM quay.io/c/d:2\n     ^^^^^^^^^^^^^ comes from quay.io\n",
    },
  },
  passes = {
    dockerfile = {
      "FROM registry.acme.example/base/debian:12\n",
      { dockerfile = "FROM quay.io/c/d:2\n", params = { registries = { "quay.io" } } },
    },
  },
}
