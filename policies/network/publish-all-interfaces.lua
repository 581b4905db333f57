-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "publish-all-interfaces",
  code = "SL2301",
  title = "Port published on all interfaces",
  severity = "medium",
  confidence = "medium",
  subjects = { "container" },
  on = "port",
  packs = { "recommended", "strict", "cis", "owasp" },
  refs = { cis_docker = "5.14", owasp_docker = "5a", nist_800_190 = "4.4.2" },
  aliases = { kics = "451d79dc", docker_bench = "5.14" },
  params = {
    public = {
      type = "list",
      default = { "80", "443" },
      doc = "Ports of the host that are meant for everybody.",
    },
  },

  why = [[The engine opens the port on every address of the host, past the rules of most host
firewalls: who can reach the host can reach what was meant for a neighbour.]],
  fix = [[Prefix 127.0.0.1: or a specific address.]],

  check = function(port, report)
    if not port.all_interfaces then return end
    local finding = report(at(port, "host_ip"),
      "port %d is published on every address of the host", port.container_port)
    if port.host_port and not declared(port, "host_ip") then
      finding:fix("unsafe", edit.before(at(port, "host_port"), "127.0.0.1:"))
    end
    if port.host_port and list.has(params.public, tostring(port.host_port)) then
      finding:severity("info")
    end
  end,

  fails = {
    { ["docker-inspect"] = [[
[{"Config": {}, "HostConfig": {"PortBindings": {"9000/tcp": [
  {"HostIp": "", "HostPort": "9000"}]}}}]
   ^^^^^^^^^^^^ port 9000 is published on every address
]], severity = "medium", count = 1 },
    { ["docker-inspect"] = [[
[{"Config": {}, "HostConfig": {"PortBindings": {"9000/tcp": [
  {"HostPort": "9000"}]}}}]
  ^^^^^^^^^^^^^^^^^^^^ port 9000 is published
]] },
    { ["docker-inspect"] = [[{"Config": {}, "HostConfig": {"PortBindings": {"1/udp": [{"HostIp": "0.0.0.0", "HostPort": "1"}]}}}]], count = 1 },
    { ["docker-inspect"] = [[{"Config": {}, "HostConfig": {"PortBindings": {"1/udp": [{"HostIp": "::", "HostPort": ""}]}}}]], count = 1 },
    { ["docker-inspect"] = [[{"Config": {}, "HostConfig": {"PublishAllPorts": true}, "NetworkSettings": {"Ports": {"1/tcp": [{"HostIp": "0.0.0.0", "HostPort": "32768"}, {"HostIp": "::", "HostPort": "32768"}]}}}]], count = 1 },
    { ["docker-inspect"] = [[{"Config": {}, "HostConfig": {"PortBindings": {"8443/tcp": [{"HostIp": "", "HostPort": "443"}]}}}]],
      severity = "info" },
    { ["docker-inspect"] = [[{"Config": {}, "HostConfig": {"PortBindings": {"8443/tcp": [{"HostIp": "", "HostPort": "443"}]}}}]],
      params = { public = { "8080" } }, severity = "medium" },
  },
  passes = {
    { files = {
        ["compose.yaml"] = "services: {web: {image: 'a:1', ports: ['8080:8080']}}\n",
        ["daemon.json"] = [[{"ip": "127.0.0.1"}]],
      } },
    ["docker-inspect"] = {
      [[{"Config": {}, "HostConfig": {"PortBindings": {"80/tcp": [{"HostIp": "127.0.0.1", "HostPort": "8080"}]}}}]],
      [[{"Config": {}, "HostConfig": {"PortBindings": {"80/tcp": [{"HostIp": "10.0.0.5", "HostPort": "8080"}]}}}]],
      [[{"Config": {}, "HostConfig": {"NetworkMode": "host", "PortBindings": {"80/tcp": [{"HostIp": "", "HostPort": "8080"}]}}}]],
      [[{"Config": {"ExposedPorts": {"80/tcp": {}}}, "HostConfig": {"PortBindings": {}}, "NetworkSettings": {"Ports": {"80/tcp": null}}}]],
    },
    ["oci-runtime"] = [[{"ociVersion": "1.2.0", "process": {"args": ["sh"]}}]],
  },
}
