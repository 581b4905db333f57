-- SPDX-License-Identifier: Apache-2.0

-- Some numbers mean a service only in an image of it: 3000 is Grafana's there, and anybody's else.
local function is_meant(row, container)
  return not row.images or list.any(row.images, function(pattern)
    return image.match(pattern, container.image)
  end)
end

-- Who opens a shell to a container is told so by the policy on SSH servers.
local elsewhere = { ["22/tcp"] = true }

return policy {
  id = "sensitive-port-published",
  code = "SL2305",
  title = "Admin or data port published",
  severity = "high",
  confidence = "medium",
  subjects = { "container" },
  on = "port",
  packs = { "recommended", "strict", "cis" },
  refs = { cis_docker = "5.9", owasp_docker = "5a", nist_800_190 = "4.4.2" },
  aliases = { docker_bench = "5.9" },

  why = [[Databases, queues and consoles are made for neighbours who are trusted: many ask for no
password, or for one that everybody knows, and all of them are searched for on the internet.]],
  fix = [[Keep it on an internal network, or publish it on 127.0.0.1.]],

  check = function(port, report, container)
    if not port.published or not port.container_port then return end
    local key = port.container_port .. "/" .. (port.protocol or "tcp")
    local row = facts.sensitive_ports[key]
    if not row or elsewhere[key] or net.is_loopback(port.host_ip) then return end
    if not is_meant(row, container) then return end

    local where = port.all_interfaces and "every address of the host" or port.host_ip
    report(port, "port %d (%s) is published on %s", port.container_port, row.service, where)
      :severity(row.severity)
  end,

  fails = {
    { ["docker-inspect"] = [[
[{"Config": {"Image": "postgres:17"}, "HostConfig": {"PortBindings": {"5432/tcp": [
  {"HostIp": "", "HostPort": "5432"}]}}}]
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ port 5432 (PostgreSQL) is published on every address of the host
]], severity = "high", count = 1 },
    { ["docker-inspect"] = [[
[{"Config": {"Image": "a:1"}, "HostConfig": {"PortBindings": {"2375/tcp": [
  {"HostIp": "10.0.0.5", "HostPort": "1"}]}}}]
  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ port 2375 (Docker API plain) is published on 10.0.0.5
]], severity = "critical" },
    { ["docker-inspect"] = [[{"Config": {"Image": "grafana/grafana:12"}, "HostConfig": {"PortBindings": {"3000/tcp": [{"HostPort": "3000"}]}}}]],
      severity = "low" },
    { ["docker-inspect"] = [[{"Config": {"Image": "redis:8"}, "HostConfig": {"PublishAllPorts": true}, "NetworkSettings": {"Ports": {"6379/tcp": [{"HostIp": "0.0.0.0", "HostPort": "32768"}]}}}]],
      count = 1 },
  },
  passes = {
    ["docker-inspect"] = {
      [[{"Config": {"Image": "postgres:17"}, "HostConfig": {"PortBindings": {"5432/tcp": [{"HostIp": "127.0.0.1", "HostPort": "5432"}]}}}]],
      [[{"Config": {"Image": "postgres:17"}, "HostConfig": {"PortBindings": {"5432/tcp": [{"HostIp": "::1", "HostPort": "5432"}]}}}]],
      [[{"Config": {"Image": "acme/web:1"}, "HostConfig": {"PortBindings": {"3000/tcp": [{"HostIp": "", "HostPort": "3000"}]}}}]],
      [[{"Config": {"Image": "acme/web:1"}, "HostConfig": {"PortBindings": {"5432/udp": [{"HostIp": "", "HostPort": "1"}]}}}]],
      [[{"Config": {"Image": "acme/git:1"}, "HostConfig": {"PortBindings": {"22/tcp": [{"HostIp": "", "HostPort": "22"}]}}}]],
      [[{"Config": {"Image": "postgres:17", "ExposedPorts": {"5432/tcp": {}}}, "HostConfig": {}}]],
      [[{"Config": {"Image": "postgres:17"}, "HostConfig": {"NetworkMode": "host", "PortBindings": {"5432/tcp": [{"HostPort": "5432"}]}}}]],
    },
  },
  inconclusive = {
    ["docker-inspect"] = [[{"LogConfig": {}, "RestartPolicy": {}, "PortBindings": {"3000/tcp": [{"HostPort": "3000"}]}}]],
  },
}
