-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "secret-env-from-ref",
  code = "SL1207",
  title = "Secret delivered as environment variable",
  severity = "low",
  confidence = "medium",
  subjects = { "container" },
  packs = { "strict" },

  params = {
    allow = { type = "list", default = {}, doc = "Variables that a program cannot take from a file." },
  },

  why = [[Variables are passed on to every child, printed with crashes and shown by debuggers; a file
is read by those who open it.]],
  fix = [[Mount the secret as a file.]],

  check = function(container, report)
    for _, env in ipairs(declared(container, "env") or {}) do
      if env.source == "secret" and not list.has(params.allow, env.name) then
        report(env, "%s comes from a secret", env.name)
      end
    end
    for _, given in ipairs(container.env_from) do
      if given.source == "secret" then
        report(given, "all of the secret %s become variables", given.ref or "")
      end
    end
  end,

  fails = {
    kubernetes = {
      [[
apiVersion: v1
kind: Pod
spec:
  containers:
    - name: a
      env:
        - {name: A, valueFrom: {secretKeyRef: {name: s, key: k}}}
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ A comes from a secret
]],
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "envFrom": [{"secretRef": {"name": "s"}}]}]}}]],
    },
  },
  passes = {
    kubernetes = {
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "env": [{"name": "A", "value": "b"}]}]}}]],
      { kubernetes = [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "env": [{"name": "A", "valueFrom": {"secretKeyRef": {"name": "s", "key": "k"}}}]}]}}]],
        params = { allow = { "A" } } },
    },
  },
}
