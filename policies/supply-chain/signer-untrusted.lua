-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "signer-untrusted",
  code = "SL4102",
  title = "Signature by an unexpected identity",
  severity = "high",
  subjects = { "evidence" },
  on = "signature",
  packs = { "recommended", "strict" },
  params = {
    trusted = {
      type = "list",
      default = {},
      doc = "Patterns of identities, or hints at keys, that may sign. Empty: all may.",
    },
  },
  refs = { owasp_docker = "13" },

  why = [[That an image is signed says who signed it, and no more. A signature of somebody else is one
that an attacker can make as well.]],
  fix = [[Have the pipeline sign, and verify with its identity and issuer pinned.]],

  check = function(signature, report)
    if #params.trusted == 0 then return end
    if not signature.identity then
      report(signature, "is by a key that nothing names")
    elseif not glob.any(params.trusted, signature.identity) then
      report(signature, "is by %s", signature.identity)
    end
  end,

  fails = {
    ["cosign-verify"] = {
      { ["cosign-verify"] = [=[[{"critical": {"image": {"docker-manifest-digest": "sha256:ab"}}, "optional": {"Issuer": "https://accounts.example.com", "Subject": "eve@example.org"}}]]=],
        params = { trusted = { "*@example.com" } } },
      { ["cosign-verify"] = [=[[{"critical": {"image": {"docker-manifest-digest": "sha256:ab"}}, "optional": null}]]=],
        params = { trusted = { "*@example.com" } } },
    },
  },
  passes = {
    ["cosign-verify"] = {
      [=[[{"critical": {"image": {"docker-manifest-digest": "sha256:ab"}}, "optional": null}]]=],
      { ["cosign-verify"] = [=[[{"critical": {"image": {"docker-manifest-digest": "sha256:ab"}}, "optional": {"Issuer": "https://accounts.example.com", "Subject": "ci@example.com"}}]]=],
        params = { trusted = { "*@example.com" } } },
    },
  },
}
