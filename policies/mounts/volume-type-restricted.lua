-- SPDX-License-Identifier: Apache-2.0

-- What a pod may mount that nobody has to trust.
local allowed = {
  configMap = true, csi = true, downwardAPI = true, emptyDir = true, ephemeral = true,
  image = true, persistentVolumeClaim = true, projected = true, secret = true,
}

return policy {
  id = "volume-type-restricted",
  code = "SL2208",
  title = "Volume type outside the restricted list",
  severity = "low",
  subjects = { "container" },
  on = "volume",
  packs = { "strict", "pss-restricted" },
  aliases = { trivy = "KSV-0028" },

  why = [[Types that name a server or a disk of their own carry its address and often its password
in the pod, and mount what no administrator of the cluster has offered.]],
  fix = [[Use a claim on a volume that the cluster offers.]],

  check = function(volume, report)
    if not allowed[volume.kind] then
      report(volume, "is a volume of the type %s", volume.kind)
    end
  end,

  fails = {
    kubernetes = {
      [[
apiVersion: v1
kind: Pod
spec:
  containers: [{name: a}]
  volumes:
    - {name: v, nfs: {server: s, path: /}}
      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ is a volume of the type nfs
]],
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a"}], "volumes": [{"name": "v", "hostPath": {"path": "/x"}}]}}]],
    },
  },
  passes = {
    kubernetes = {
      [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a"}], "volumes": [{"name": "v"}, {"name": "w", "secret": {"secretName": "s"}}]}}]],
      [[{"apiVersion": "apps/v1", "kind": "StatefulSet", "spec": {"volumeClaimTemplates": [{"metadata": {"name": "d"}}], "template": {"spec": {"containers": [{"name": "a"}]}}}}]],
    },
  },
}
