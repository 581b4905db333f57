-- SPDX-License-Identifier: Apache-2.0

local function is_secret(addition)
  return addition.source and secrets.is_file(addition.source)
end

-- Whether a RUN takes it from the context, which is mounted for it.
local function is_from_mount(addition)
  return list.any(addition.instruction.mounts, function(mount)
    return mount.type == "bind" and path.covers(mount.target, addition.source)
  end)
end

return policy {
  id = "no-secret-file-copied",
  code = "SL1203",
  title = "Credential file copied into the image",
  severity = "high",
  confidence = "medium",
  subjects = { "build" },
  on = "addition",
  packs = { "recommended", "strict", "cis", "owasp" },
  refs = {
    cis_docker = "4.10",
    nist_800_190 = "4.1.4",
    production_guide = { "C6", "why-1", "4-b" },
  },
  aliases = { trivy = "DS-0031", dockle = "CIS-DI-0010", docker_bench = "4.10" },

  why = [[Whoever can pull the image has the file. To delete it in a later step changes nothing: it
stays in the layer.]],
  fix = [[Mount it for the RUN that needs it, with --mount=type=secret, or hand it over when the
container runs; and list it in .dockerignore.]],

  check = function(addition, report)
    local run = addition.instruction
    if run.name == "run" then
      if not list.has({ "copy", "move" }, addition.how) or not is_secret(addition)
        or not is_from_mount(addition) then return end
    elseif not is_secret(addition) then
      return
    end
    local finding = report(addition, "puts %s into a layer", addition.source)
    if not run.in_image then finding:severity("medium") end
  end,

  fails = {
    dockerfile = {
      "FROM a:1\nCOPY .env /app/\n     ^^^^ puts .env into a layer\n",
      "FROM a:1\nCOPY app.py config/id_rsa /app/\n            ^^^^^^^^^^^^^ puts config/id_rsa\n",
      "FROM a:1\nADD --chown=app .npmrc .netrc /root/\n                       ^^^^^^ puts .netrc\n",
      "FROM a:1\nCOPY .aws/credentials /root/.aws/credentials\n",
      "FROM a:1\nCOPY server.p12 kubeconfig service-account-1.json /etc/\n",
      "FROM a:1 AS build\nRUN make-key\nFROM a:1\nCOPY --from=build /root/.git-credentials /root/\n",
      "FROM a:1\nRUN --mount=target=/src cp /src/.env /app/.env\n                           ^^^^^^^^^ puts /src/.env\n",
      { dockerfile = "FROM a:1 AS build\nCOPY id_rsa /root/.ssh/id_rsa\nFROM a:1\n", severity = "medium" },
    },
  },
  passes = {
    dockerfile = {
      "FROM a:1\nCOPY id_rsa.pub .env.example .env.sample .env.template /app/\n",
      "FROM a:1\nCOPY ca-certificates.crt ca.pem settings.py /etc/ssl/\n",
      "FROM a:1\nCOPY . /app\n",
      "FROM a:1\nRUN cp /app/.env.example /app/.env && echo a > /app/.env\n",
      "FROM a:1\nRUN --mount=type=secret,id=k,target=/root/.ssh/id_rsa git clone git@example.org:x\n",
    },
  },
  inconclusive = { dockerfile = "FROM a:1\nARG FILE\nCOPY $FILE /app/\n" },
}
