-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "proc-unmasked-own-users",
  code = "SL2115",
  title = "/proc protections removed in a user namespace",
  severity = "info",
  subjects = { "container" },
  requires = { "proc_mount" },
  packs = { "strict", "pss-restricted" },

  why = [[With users of its own a container may see all of /proc, as container engines inside of it
need to. The kernel is then the only wall before what the masks would have hidden.]],
  fix = [[Leave procMount at its default where no engine runs in the container.]],

  check = function(container, report)
    if container.proc_mount == "unmasked" and container.namespaces.user.host == false then
      report(at(container, "proc_mount"), "leaves all of /proc to be read")
    end
  end,

  fails = {
    kubernetes = [[
apiVersion: v1
kind: Pod
spec:
  hostUsers: false
  containers:
    - name: a
      securityContext: {procMount: Unmasked}
                        ^^^^^^^^^^^^^^^^^^^ leaves all of /proc to be read
]],
  },
  passes = {
    kubernetes = {
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"hostUsers": false, "containers": [{"name": "a"}]}}]],
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "securityContext": {"procMount": "Unmasked"}}]}}]],
    },
  },
}
