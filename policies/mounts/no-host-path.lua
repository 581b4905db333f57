-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "no-host-path",
  code = "SL2203",
  title = "hostPath volume",
  severity = "medium",
  subjects = { "container" },
  on = { volume = "hostPath" },
  packs = { "strict", "pss-baseline", "pss-restricted" },
  refs = { cis_docker = "5.6" },
  aliases = { trivy = "KSV-0023", docker_bench = "5.6" },

  why = [[A path of the node ties a pod to it, and hands over whatever lies there, now and later, to
whoever takes over the pod. A volume that nobody mounts today is mounted by one line tomorrow.]],
  fix = [[Use a claim, a config map or an empty directory.]],

  check = function(volume, report)
    if volume.source then
      report(volume, "hands over %s of the node", volume.source)
    else
      report(volume, "hands over a path of the node")
    end
  end,

  fails = {
    kubernetes = {
      { kubernetes = [[
apiVersion: v1
kind: Pod
spec:
  containers:
    - name: a
      volumeMounts: [{name: logs, mountPath: /l}, {name: logs, mountPath: /m}]
  volumes:
    - {name: logs, hostPath: {path: /var/log/app}}
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ hands over /var/log/app of the node
]], count = 1 },
      { kubernetes = [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a"}, {"name": "b"}], "volumes": [{"name": "v", "hostPath": {"path": "/x"}}]}}]],
        count = 1 },
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a"}], "volumes": [{"name": "v", "hostPath": {}}]}}]],
    },
  },
  passes = {
    kubernetes = [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a"}], "volumes": [{"name": "v", "emptyDir": {}}]}}]],
  },
}
