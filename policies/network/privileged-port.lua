-- SPDX-License-Identifier: Apache-2.0

-- The port of the host that is taken: in a pod of the node's network whatever a container opens.
local function port_of_host(port, container)
  if port.published then return port.host_port end
  return container.format == "kubernetes" and container.namespaces.net.host and port.container_port
end

return policy {
  id = "privileged-port",
  code = "SL2302",
  title = "Privileged port bound",
  severity = "low",
  confidence = "medium",
  subjects = { "container" },
  on = "port",
  packs = { "recommended", "strict", "cis" },
  refs = { cis_docker = "5.8", nist_800_190 = "4.4.2" },
  aliases = { trivy = "KSV-0117", kics = "bc2908f3", docker_bench = "5.8" },

  params = {
    usual = { type = "list", default = { "80", "443" }, doc = "Ports that are told as a hint only." },
  },

  why = [[Ports below 1024 are those that clients trust to belong to the host itself. A container
needs the host's own name to answer there, and a capability to listen.]],
  fix = [[Use a high port behind a proxy.]],

  -- Within a container the engines let anybody listen anywhere: only the host's side is judged.
  check = function(port, report, container)
    local number = port_of_host(port, container)
    if not number or number <= 0 or number >= 1024 then return end
    local finding = report(port, "takes port %d of the host", number)
    if list.has(params.usual, tostring(number)) then finding:severity("info") end
  end,

  fails = {
    { ["docker-inspect"] = [[{"Config": {}, "HostConfig": {"PortBindings": {"8080/tcp": [{"HostPort": "81"}]}}}]], severity = "low" },
    { ["docker-inspect"] = [[{"Config": {}, "HostConfig": {"PortBindings": {"8080/tcp": [{"HostPort": "443"}]}}}]], severity = "info" },
    { kubernetes = [[
apiVersion: v1
kind: Pod
spec:
  containers:
    - name: a
      ports:
        - {containerPort: 8053, hostPort: 53}
          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ takes port 53 of the host
]], severity = "low" },
    { kubernetes = [[{"apiVersion": "v1", "kind": "Pod", "spec": {"hostNetwork": true, "containers": [{"name": "a", "ports": [{"containerPort": 53}]}]}}]], severity = "low" },
  },
  passes = {
    ["docker-inspect"] = {
      [[{"Config": {}, "HostConfig": {"PortBindings": {"80/tcp": [{"HostPort": "8080"}]}}}]],
      [[{"Config": {"ExposedPorts": {"80/tcp": {}}}, "HostConfig": {}}]],
    },
    kubernetes = [[{"apiVersion": "v1", "kind": "Pod", "spec": {"containers": [{"name": "a", "ports": [{"containerPort": 80}]}]}}]],
  },
}
