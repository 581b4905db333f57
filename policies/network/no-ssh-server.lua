-- SPDX-License-Identifier: Apache-2.0

local packages = { "openssh-server", "openssh", "dropbear", "tinysshd" }
local programs = { "sshd", "dropbear", "tinysshd" }

-- Whether the words start a server, by their own or through a shell or the system's scripts.
local function starts_server(words)
  local line = table.concat(list.map(words, function(word) return word end), " ")
  return text.has(line, { "service ssh", "/etc/init.d/ssh" })
    or list.any(text.split(line, " "), function(piece)
      return list.has(programs, path.base(piece))
    end)
end

-- What an instruction has a container do.
local function check_instruction(instruction, report)
  if instruction.name == "expose" then
    local port = list.find(instruction.ports, function(port)
      return port == "22" or port == "22/tcp"
    end)
    if port then report(instruction, "opens port 22, that of ssh") end
  elseif list.has({ "entrypoint", "cmd" }, instruction.name) then
    local words = list.map(instruction.argv, function(word) return word.text end)
    local commands = list.filter(instruction.commands, function(command)
      return known(command, "name")
    end)
    for _, command in ipairs(commands) do
      for _, word in ipairs(command.argv) do table.insert(words, word.text) end
    end
    if starts_server(words) then report(instruction, "runs a server for ssh") end
  end
end

local function check_build(build, report)
  for _, stage in ipairs(build.stages) do
    if stage.in_image then
      local package = list.find(stage.packages, function(package)
        return package.family == "os" and list.has(packages, package.name)
          and (package.name ~= "openssh" or package.manager == "apk")
      end)
      if package then report(package, "leaves %s in the image", package.name) end
      for _, instruction in ipairs(stage.instructions) do
        check_instruction(instruction, report)
      end
    end
  end
end

-- The port of ssh among those of an image or container.
local function ssh_port(subject)
  return list.find(subject.ports, function(port)
    return port.container_port == 22 and (port.protocol or "tcp") == "tcp"
  end)
end

-- Whether it is meant to be logged in to.
local function is_allowed(subject)
  if #params.allow == 0 then return false end
  local names = kind(subject) == "image" and subject.names or { subject.image.name }
  return list.any(names, function(name) return glob.any(params.allow, name) end)
end

return policy {
  id = "no-ssh-server",
  code = "SL1315",
  title = "SSH server in a container",
  severity = "high",
  subjects = { "build", "image", "container" },
  packs = { "recommended", "strict", "cis" },
  params = {
    allow = {
      type = "list", default = {},
      doc = "Globs of names of images that are meant to be logged in to, as jump hosts.",
    },
  },
  refs = { cis_docker = "5.7", production_guide = "why-1" },
  aliases = { trivy = "DS-0004", checkov = "CKV_DOCKER_1", docker_bench = "5.7" },

  why = [[A second way in, with accounts and keys of its own, that nobody watches. The engine opens a
shell without it.]],
  fix = [[Use exec of the engine, and leave the server out.]],

  check = function(subject, report)
    local what = kind(subject)
    -- Of an image that a Dockerfile promises its build tells more.
    if what == "build" then
      check_build(subject, report)
      return
    elseif what == "image" and subject.format == "dockerfile" then
      return
    end
    local port, words = ssh_port(subject), nil
    if #subject.entrypoint > 0 and starts_server(subject.entrypoint) then
      words = "entrypoint"
    elseif #subject.command > 0 and starts_server(subject.command) then
      words = "command"
    end
    if not port and not words or is_allowed(subject) then return end
    if port then report(port, "opens port 22, that of ssh") end
    if words then report(at(subject, words), "runs a server for ssh") end
  end,

  fails = {
    dockerfile = {
      "FROM debian:13\nEXPOSE 80 22\n^^^^^^^^^^^^ opens port 22\n",
      "FROM debian:13\nRUN apt-get install -y openssh-server\n                       ^^^^^^^^^^^^^^ leaves openssh-server\n",
      "FROM scratch\nCMD [\"/usr/sbin/sshd\", \"-D\"]\n",
      "FROM debian:13\nENTRYPOINT service ssh start && sleep 9\n",
      "FROM debian:13\nENTRYPOINT exec /usr/sbin/sshd -D\n",
    },
    ["oci-image"] = {
      [[{"architecture": "amd64", "os": "linux", "config": {"ExposedPorts": {"22/tcp": {}}}}]],
      [[{"architecture": "amd64", "os": "linux", "config": {"Cmd": ["/usr/sbin/sshd", "-D"]}}]],
      [[{"architecture": "amd64", "os": "linux", "config": {"Entrypoint": ["/usr/sbin/sshd", "-D"]}}]],
    },
  },
  passes = {
    dockerfile = {
      "FROM debian:13\nENTRYPOINT [\"/a\"]\nCMD [\"b\"]\nEXPOSE 2222 8022/udp\n",
      "FROM debian:13\nRUN apt-get install -y openssh-client git\n",
      "FROM debian:13 AS build\nRUN apt-get install -y openssh-server\nFROM debian:13\n",
    },
    ["oci-image"] = [[{"architecture": "amd64", "os": "linux", "config": {"Cmd": ["/a", "sshd_config"]}}]],
    { ["docker-inspect"] = [[{"Config": {"Image": "acme/jump:1", "ExposedPorts": {"22/tcp": {}}, "Cmd": ["/usr/sbin/sshd"]}, "HostConfig": {}}]],
      params = { allow = { "docker.io/acme/jump" } } },
  },
}
