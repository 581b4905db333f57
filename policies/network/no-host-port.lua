-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "no-host-port",
  code = "SL2303",
  title = "hostPort used",
  severity = "medium",
  subjects = { "container" },
  on = "port",
  requires = { "pod.kind" },
  packs = { "recommended", "strict", "pss-baseline", "pss-restricted" },
  aliases = { trivy = "KSV-0024", checkov = "CKV_K8S_26" },

  params = {
    allowed = { type = "list", default = {}, doc = "Ports of the node that may be used." },
  },

  why = [[A port of the node goes past the services and the network policies of the cluster, and
only one pod of a node can have it.]],
  fix = [[Remove hostPort, and reach the pod through a Service.]],

  check = function(port, report)
    if not port.published or list.has(params.allowed, tostring(port.host_port)) then return end
    report(at(port, "host_port"), "takes port %d of the node", port.host_port)
  end,

  fails = {
    kubernetes = [[
apiVersion: v1
kind: Pod
spec:
  containers:
    - name: a
      ports:
        - containerPort: 80
          hostPort: 8080
          ^^^^^^^^^^^^^^ takes port 8080 of the node
]],
  },
  passes = {
    kubernetes = {
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "ports": [{"containerPort": 80}]}]}}]],
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "ports": [{"containerPort": 80, "hostPort": 0}]}]}}]],
      { kubernetes = [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "ports": [{"containerPort": 80, "hostPort": 8080}]}]}}]],
        params = { allowed = { "8080" } } },
    },
  },
}
