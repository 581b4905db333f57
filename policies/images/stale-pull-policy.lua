-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "stale-pull-policy",
  code = "SL1111",
  title = "Mutable tag with a non-Always pull policy",
  severity = "low",
  confidence = "medium",
  subjects = { "container" },
  requires = { "pull_policy" },
  packs = { "strict", "cis" },

  why = [[A tag moves, and a node that has the image already does not ask again: two nodes run two
versions, and a fix that was pushed under the same tag does not arrive.]],
  fix = [[Use a digest, or pull always.]],

  check = function(container, report)
    local pin = container.image.pin
    if pin ~= "tag" and pin ~= "latest" and pin ~= "untagged" then return end
    local policy = container.pull_policy
    if policy ~= "missing" and policy ~= "never" then return end
    report(at(container, "pull_policy"), "keeps what it has of %s", container.image.raw)
  end,

  fails = {
    kubernetes = {
      [[
apiVersion: v1
kind: Pod
spec:
  containers:
    - image: a:latest
      imagePullPolicy: IfNotPresent
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ keeps what it has of a:latest
]],
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "image": "a:1"}]}}]],
    },
  },
  passes = {
    kubernetes = {
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "image": "a"}]}}]],
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "image": "a:1", "imagePullPolicy": "Always"}]}}]],
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "image": "a@sha256:4f0e1b6a9c3d5e7f8091a2b3c4d5e6f708192a3b4c5d6e7f8091a2b3c4d5e6f7"}]}}]],
    },
  },
}
