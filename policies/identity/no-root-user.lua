-- SPDX-License-Identifier: Apache-2.0

-- Images whose first process is root only until it has prepared its files: what serves is not.
local function steps_down(reference)
  local row = list.find(facts.image_default_users, function(row)
    return image.match(row.repository, reference)
  end)
  return row and row.steps_down
end

-- An image FROM scratch that starts nothing is the output of a build, not something that runs. Who
-- writes USER means to run it.
local function runs_nothing(subject)
  return kind(subject) == "image" and image.match("scratch", subject.base)
    and not declared(subject, "user.raw")
    and #subject.entrypoint == 0 and #subject.command == 0
end

-- A pod with users of its own: its root is nobody on the node, and Pod Security lets it be.
local function has_users_of_its_own(subject)
  return kind(subject) == "container" and state(subject, "pod.kind") == "declared"
    and state(subject, "namespaces.user.host") ~= "default" and not subject.namespaces.user.host
end

return policy {
  id = "no-root-user",
  code = "SL1001",
  title = "Process starts as root",
  severity = "high",
  subjects = { "image", "container" },
  packs = { "recommended", "strict", "cis", "owasp", "pss-restricted" },
  refs = {
    cis_docker = "4.1",
    owasp_docker = "2",
    nist_800_190 = "4.1.2",
    production_guide = { "C4", "3-a", "3-b" },
    image_guide = "2",
  },
  aliases = {
    hadolint = "DL3002",
    trivy = { "DS-0002", "KSV-0012", "KSV-0105" },
    checkov = { "CKV_DOCKER_3", "CKV_DOCKER_8", "CKV_K8S_6", "CKV_K8S_23" },
    kics = { "fd54f200", "67fd0c4a" },
    dockle = "CIS-DI-0001",
    docker_bench = "4.1",
  },

  why = [[A process that starts as uid 0 keeps that uid on every file it can reach and every kernel
interface it can touch.]],
  fix = [[Create a user and end the final stage with USER <uid>, or set runAsUser where the container
runs.]],

  check = function(subject, report)
    local user = subject.user
    if not user.is_root then
      if kind(subject) == "container" and user.must_not_be_root
        and user.uid == 0 and state(subject, "user.uid") == "declared"
        and not has_users_of_its_own(subject) then
        report(at(subject, "user.uid"), "asks for root, which it must not be: it does not start")
      end
      return
    end
    if runs_nothing(subject) or has_users_of_its_own(subject) then return end

    local finding
    if user.raw and user.raw ~= "" then
      finding = report(user, "starts as %s", user.raw)
    elseif state(subject, "user.uid") == "declared" then
      finding = report(at(subject, "user.uid"), "starts as root")
    else
      finding = report(user, "starts as root, because no user is set")
    end
    if steps_down(kind(subject) == "image" and subject.base or subject.image) then
      finding:severity("info")
    end
  end,

  fails = {
    dockerfile = {
      "FROM debian:12\nUSER 0:0\n^^^^^^^^ starts as 0:0\n",
      "FROM debian:12\n^^^^^^^^^^^^^^ starts as root, because no user is set\n",
      "FROM debian:12 AS base\nUSER root\n^^^^^^^^^ starts as root\nFROM base\nRUN true\n",
      "FROM debian:12\nARG WHO=root\nUSER $WHO\n^^^^^^^^^ starts as root\n",
      { dockerfile = "FROM postgres:17\n", severity = "info" },
      "FROM registry.example.org/acme/unheard-of:1\n",
      "FROM scratch\nUSER root:root\n^^^^^^^^^^^^^^ starts as root:root\n",
      "FROM scratch\n^^^^^^^^^^^^ no user is set\nCOPY app /\nENTRYPOINT [\"/app\"]\n",
    },
    ["oci-image"] = {
      [[{"architecture": "amd64", "os": "linux", "config": {"User": "root"}}
                                                    ^^^^^^^^^^^^^^ starts as root
]],
      [[{"architecture": "amd64", "os": "linux", "config": {"Cmd": ["sh"]}}]],
    },
    ["oci-runtime"] = [[{"ociVersion": "1.2.0", "process": {"user": {"uid": 0, "gid": 0}, "args": ["sh"]}}]],
    kubernetes = {
      [[
apiVersion: v1
kind: Pod
spec:
  hostUsers: true
  containers:
    - name: a
      securityContext: {runAsUser: 0}
                        ^^^^^^^^^^^^ starts as root
]],
      [[
apiVersion: v1
kind: Pod
spec:
  securityContext: {runAsNonRoot: true}
  containers:
    - name: a
      securityContext: {runAsUser: 0}
                        ^^^^^^^^^^^^ asks for root, which it must not be
]],
    },
  },
  passes = {
    dockerfile = {
      "FROM debian:12\nUSER 10001\n",
      "FROM debian:12 AS builder\nUSER root\nFROM gcr.io/distroless/static:nonroot\n",
      "FROM debian:12 AS base\nUSER 10001\nFROM base\n",
      "FROM scratch\nCOPY --from=build /out /\n",
    },
    ["oci-image"] = [[{"architecture": "amd64", "os": "linux", "config": {"User": "10001:10001"}}]],
    kubernetes = {
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"securityContext": {"runAsNonRoot": true}, "containers": [{"name": "a"}]}}]],
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"hostUsers": false, "containers": [{"name": "a", "securityContext": {"runAsUser": 0}}]}}]],
    },
    ["oci-runtime"] = [[{"ociVersion": "1.2.0", "process": {"user": {"uid": 10001, "gid": 0}}}]],
  },
  inconclusive = {
    kubernetes = [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "image": "a:1"}]}}]],
    dockerfile = {
      "FROM debian:12\nARG WHO\nUSER $WHO\n",
      "ARG BASE\nFROM $BASE\n",
    },
  },
}
