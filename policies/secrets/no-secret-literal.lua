-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "no-secret-literal",
  code = "SL1202",
  title = "Token or key literal",
  severity = "critical",
  subjects = { "build", "image", "container" },
  on = "string",
  packs = { "recommended", "strict", "cis", "owasp" },
  refs = { cis_docker = "4.10", nist_800_190 = "4.1.4", production_guide = { "C6", "4-a" } },
  aliases = { trivy = "DS-0031", dockle = "CIS-DI-0010" },

  why = [[A credential in the text of a build, an image or a configuration belongs to everybody who
can read that.]],
  fix = [[Revoke the credential, then pass it as a secret.]],

  check = function(string, report)
    for _, hit in ipairs(secrets.scan(string)) do
      report(hit, "holds a %s", hit.kind):severity(hit.severity)
    end
  end,

  fails = {
    dockerfile = {
      "FROM debian:12\nENV KEY=" .. "AKIA" .. "QQ7XKL3MZP5RWT2N" .. "\n        ^^^^^^^^^^^^^^^^^^^^ aws-access-key-id\n",
      "FROM debian:12\nRUN curl -H 'Authorization: token " .. "ghp_" .. ("a1B2c3"):rep(6) .. "' https://example.org\n",
    },
    ["oci-image"] = [[{"architecture": "amd64", "os": "linux", "config": {"Labels": {"k": "]] .. "AKIA" .. "QQ7XKL3MZP5RWT2N" .. [["}}}]],
  },
  passes = {
    dockerfile = {
      "FROM debian:12\nENV KEY=AKIAIOSFODNN7EXAMPLE\n",
      "FROM debian:12\nLABEL digest=sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n",
    },
  },
  inconclusive = { dockerfile = "FROM debian:12\nARG KEY\nENV KEY=$KEY\n" },
}
