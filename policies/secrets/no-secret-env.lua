-- SPDX-License-Identifier: Apache-2.0

-- Whether a variable has the name of a secret and a value that may be one. Only where the name says
-- so is the value asked for: PATH=/app/bin:$PATH need not be known. One without a value is got from
-- elsewhere.
local function is_secret(env)
  return not list.has(params.allow, env.name) and secrets.is_name(env.name)
    and known(env, "value") and env.value and secrets.is_name(env.name, env.value)
    and not secrets.is_placeholder(env.value)
end

local function judge_build(build, report)
  for _, instruction in ipairs(build.instructions) do
    for _, arg in ipairs(instruction.args) do
      if not list.has(params.allow, arg.name) and secrets.is_name(arg.name) then
        report(arg, "%s stays in the history of the image", arg.name):severity("medium")
      end
    end
    -- What reaches the image is the image's own to answer for.
    if not instruction.in_image then
      for _, env in ipairs(instruction.env) do
        if is_secret(env) then
          report(env, "%s stays in the build cache", env.name):severity("medium")
        end
      end
    end
  end
end

return policy {
  id = "no-secret-env",
  code = "SL1201",
  title = "Secret in ENV, ARG or environment",
  severity = "high",
  confidence = "medium",
  subjects = { "build", "image", "container" },
  packs = { "recommended", "strict", "cis", "owasp" },
  params = {
    allow = { type = "list", default = {}, doc = "Names of variables that hold no secret." },
  },
  refs = {
    cis_docker = { "4.10", "7.4" },
    owasp_docker = "12",
    nist_800_190 = "4.1.4",
    production_guide = { "C6", "4-a", "4-c", "4-e" },
  },
  aliases = {
    hadolint = "DL3064",
    buildkit = "SecretsUsedInArgOrEnv",
    trivy = "DS-0031",
    kics = "c3e1b6ae",
    dockle = "CIS-DI-0010",
    docker_bench = { "4.10", "7.4" },
  },

  why = [[Whoever can read the image or inspect the container can read its variables, and build
arguments stay in its history.]],
  fix = [[RUN --mount=type=secret at build; secret files, orchestrator secrets at run time.]],

  check = function(subject, report)
    if kind(subject) == "build" then
      judge_build(subject, report)
      return
    end
    -- What the base image sets is the base image's own to answer for.
    for _, env in ipairs(declared(subject, "env") or {}) do
      if is_secret(env) then
        if kind(subject) == "image" then
          report(env, "%s is readable by whoever has the image", env.name)
        else
          report(env, "%s is readable by whoever can inspect the container", env.name)
            :severity("medium")
        end
      end
    end
  end,

  fails = {
    dockerfile = {
      "FROM debian:12\nENV DB_PASSWORD=hunter2hunter2\n    ^^^^^^^^^^^^^^^^^^^^^^^^^^ readable by whoever has the image\n",
      "FROM debian:12\nARG API_TOKEN\n    ^^^^^^^^^ stays in the history\n",
      { dockerfile = "FROM debian:12 AS build\nENV NPM_TOKEN=abcdefabcdef12\nFROM debian:12\n", severity = "medium" },
    },
    ["oci-image"] = [[{"architecture": "amd64", "os": "linux", "config": {"Env": ["DB_PASSWORD=hunter2hunter2"]}}]],
    ["oci-runtime"] = { {
      ["oci-runtime"] = [[{"ociVersion": "1.2.0", "process": {"env": ["DB_PASSWORD=hunter2hunter2"]}}]],
      severity = "medium",
    } },
    ecs = { {
      ecs = [[{"containerDefinitions": [{"environment": [{"name": "DB_PASSWORD", "value": "hunter2hunter2"}]}]}
                                           ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ readable
]],
      severity = "medium",
    } },
  },
  passes = {
    ecs = [[{"containerDefinitions": [{"secrets": [{"name": "DB_PASSWORD", "valueFrom": "arn:aws:ssm:db"}]}]}]],
    dockerfile = {
      "FROM scratch\nENV KEYBOARD=de\n",
      "FROM registry.example.org/acme/base:1\nENV PATH=/app/bin:$PATH\n",
      "FROM scratch\nENV DB_PASSWORD_FILE=/run/secrets/db\n",
      "FROM scratch\nENV DB_PASSWORD=\n",
      { dockerfile = "FROM scratch\nENV GPG_SECRET=abcdefabcdef12\n", params = { allow = { "GPG_SECRET" } } },
    },
    ["oci-image"] = [[{"architecture": "amd64", "os": "linux", "config": {"Env": ["PATH=/bin", "TOKEN_TTL=3600"]}}]],
  },
}
