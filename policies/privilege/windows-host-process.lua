-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "windows-host-process",
  code = "SL2011",
  title = "Windows HostProcess pod",
  severity = "critical",
  subjects = { "container" },
  requires = { "windows.host_process" },
  packs = { "recommended", "strict", "pss-baseline", "pss-restricted" },
  aliases = { trivy = "KSV-0103" },

  why = [[Such a container is a process of the host with the host's network, file system and users:
whoever has it has the node.]],
  fix = [[Remove hostProcess, and give the work to an agent of the node.]],

  params = {
    pss = {
      type = "boolean", default = false,
      doc = "A pod that asks for it is judged too where its containers do not.",
    },
  },

  check = function(container, report)
    if container.windows.host_process then
      report(at(container, "windows.host_process"), "runs as a process of the host")
    elseif params.pss and container.pod.security["windowsOptions.hostProcess"] == "true" then
      report(at(container, "pod.security[windowsOptions.hostProcess]"),
        "is in a pod of processes of the host")
    end
  end,

  fails = {
    kubernetes = {
      [[
apiVersion: v1
kind: Pod
spec:
  securityContext:
    windowsOptions: {hostProcess: true}
                     ^^^^^^^^^^^^^^^^^ runs as a process of the host
  containers: [{name: a}]
]],
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"os": {"name": "windows"}, "containers": [{"name": "a", "securityContext": {"windowsOptions": {"hostProcess": true}}}]}}]],
      {
        kubernetes = [[
apiVersion: v1
kind: Pod
spec:
  securityContext:
    windowsOptions: {hostProcess: true}
                     ^^^^^^^^^^^^^^^^^ is in a pod of processes of the host
  containers:
    - name: a
      securityContext: {windowsOptions: {hostProcess: false}}
]],
        params = { pss = true },
      },
    },
  },
  passes = {
    kubernetes = {
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a"}]}}]],
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"securityContext": {"windowsOptions": {"hostProcess": true}}, "containers": [{"name": "a", "securityContext": {"windowsOptions": {"hostProcess": false}}}]}}]],
    },
  },
}
