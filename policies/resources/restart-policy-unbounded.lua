-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "restart-policy-unbounded",
  code = "SL2404",
  title = "Restart policy without bound",
  severity = "low",
  confidence = "medium",
  subjects = { "container" },
  packs = { "strict", "cis", "owasp" },
  refs = { cis_docker = "5.15", owasp_docker = "7" },
  aliases = { kics = "2fc99041", docker_bench = "5.15" },

  why = [[A container that fails and is started again for ever takes the host with it, hides that it
fails, and gives an attacker as many tries as he likes.]],
  fix = [[on-failure:5.]],

  check = function(container, report)
    if container.runtime_family == "containerd" then return end -- the kubelet waits longer each time
    local policy, retries = container.restart.policy, container.restart.max_retries
    if policy == "on-failure" and retries and retries > 0 and retries <= 5 then return end
    if policy == "always" or policy == "unless-stopped" then
      report(at(container, "restart.policy"), "is restarted for ever")
    elseif policy == "on-failure" then
      report(at(container, "restart.policy"), "is restarted more than 5 times after a failure")
    end
  end,

  fails = {
    ["docker-inspect"] = {
      [[{"Config": {}, "HostConfig": {"RestartPolicy": {"Name": "always"}}}]],
      [[{"Config": {}, "HostConfig": {"RestartPolicy": {"Name": "on-failure", "MaximumRetryCount": 0}}}]],
      [[{"Config": {}, "HostConfig": {"RestartPolicy": {"Name": "on-failure", "MaximumRetryCount": 9}}}]],
    },
  },
  passes = {
    ["docker-inspect"] = {
      [[{"Config": {}, "HostConfig": {"RestartPolicy": {"Name": "on-failure", "MaximumRetryCount": 5}}}]],
      [[{"Config": {}, "HostConfig": {}}]],
    },
    kubernetes = [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a"}]}}]],
  },
}
