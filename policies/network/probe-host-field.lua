-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "probe-host-field",
  code = "SL2307",
  title = "Probe or hook targets another host",
  severity = "medium",
  subjects = { "container" },
  on = "probe",
  packs = { "strict", "pss-baseline", "pss-restricted" },

  why = [[The kubelet asks, from the node and with its network: whoever writes the host of a probe
makes the node speak to whatever they like.]],
  fix = [[Remove host: the pod itself is asked.]],

  check = function(probe, report)
    if probe.host and probe.host ~= "" then
      report(at(probe, "host"), "makes the node ask %s", probe.host)
        :fix("safe", edit.delete(at(probe, "host")))
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
      livenessProbe:
        httpGet: {host: 10.0.0.1, port: 80}
                  ^^^^^^^^^^^^^^ makes the node ask 10.0.0.1
]],
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "lifecycle": {"postStart": {"tcpSocket": {"host": "h", "port": 80}}}}]}}]],
    },
  },
  passes = {
    kubernetes = {
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "livenessProbe": {"httpGet": {"port": 80}}}]}}]],
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "livenessProbe": {"httpGet": {"host": "", "port": 80}}}]}}]],
    },
  },
}
