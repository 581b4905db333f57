-- SPDX-License-Identifier: Apache-2.0

-- Namespaces that belong to Docker.
local reserved = { "com.docker.", "io.docker.", "org.dockerproject." }

-- Keys that Docker's own tools write.
local theirs = { "com.docker.compose.", "com.docker.extension.", "com.docker.desktop.",
  "com.docker.image.source.entrypoint", "com.docker.stack.", "com.docker.swarm." }

-- What is wrong with a key, or nil.
local function fault(key)
  if text.starts(key, reserved) and not text.starts(key, theirs) then
    return "lies in a namespace that is Docker's"
  end
  if not key:find("^%l") or not key:find("[%l%d]$") then
    return "does not begin and end with a letter"
  end
  if key:find("[^%l%d.-]") then return "has other characters than a to z, digits, . and -" end
  if key:find("%.%.") or key:find("%-%-") then return "has a separator twice" end
end

local function check_labels(node, report)
  for name in pairs(node.labels) do
    local wrong = fault(name)
    if wrong then report(at(node, "labels[" .. name .. "]"), "%s %s", name, wrong) end
  end
end

return policy {
  id = "label-key-invalid",
  code = "SL1707",
  title = "Malformed label key",
  severity = "info",
  subjects = { "build", "image" },
  packs = { "style" },
  aliases = { hadolint = "DL3048" },

  why = [[Tools that read labels expect keys in lower case, in a namespace of their author's. Others
they pass over, or take for Docker's own.]],
  fix = [[Write the key as org.example.name.]],

  check = function(subject, report)
    if kind(subject) == "build" then
      for _, instruction in ipairs(subject.instructions) do
        if instruction.name == "label" then check_labels(instruction, report) end
      end
    elseif subject.format ~= "dockerfile" then -- of which the build tells more
      check_labels(subject, report)
    end
  end,

  fails = {
    dockerfile = {
      "FROM debian:13\nLABEL org.example.A=b\n      ^^^^^^^^^^^^^^^ org.example.A does not begin and end\n",
      "FROM debian:13\nLABEL 1st=a\n",
      "FROM debian:13\nLABEL -a=b\n",
      "FROM debian:13\nLABEL a--b=c\n",
      "FROM debian:13\nLABEL aBc=c\n",
      "FROM debian:13\nLABEL a_b=c\n      ^^^^^ a_b has other characters than a to z, digits, . and -\n",
      "FROM debian:13\nLABEL com.docker.own=c\n",
      "FROM debian:13\nLABEL org.dockerproject.own=c\n",
    },
    ["oci-image"] = [[{"architecture": "amd64", "os": "linux", "config": {"Labels": {"A": "b"}}}]],
  },
  passes = {
    dockerfile = {
      "FROM debian:13\nLABEL org.opencontainers.image.title=\"A\" maintainer=b a-b.c=d\n",
      "FROM debian:13\nLABEL com.docker.extension.publisher-url=a\n",
    },
    ["oci-image"] = [[{"architecture": "amd64", "os": "linux", "config": {"Labels": {"a": "b"}}}]],
  },
  inconclusive = { dockerfile = "FROM debian:13\nARG KEY\nLABEL $KEY=b\n" },
}
