-- SPDX-License-Identifier: Apache-2.0

-- Whether what holds or comes after the command takes the folder away.
local function goes_away(install, folder)
  return list.any(install.instruction.mounts, function(mount)
    return (mount.type == "cache" or mount.type == "tmpfs") and path.covers(mount.target, folder)
  end) or list.any(install.following, function(later)
    -- A later install of the manager answers for what both leave.
    return list.has({ "install", "upgrade" }, later.action) and list.has(later.caches, folder)
      or list.any(later.removals, function(removal) return path.covers(removal.path, folder) end)
  end)
end

-- Whether the command that cleans is sure to be there.
local function can_clean(install)
  local clean = install.clean_text
  return clean and text.starts(clean, { "rm ", install.name .. " " })
end

return policy {
  id = "package-cache-kept",
  code = "SL1304",
  title = "Package cache left in the layer",
  severity = "low",
  subjects = { "build" },
  on = { action = { "install", "upgrade" } },
  packs = { "recommended", "strict" },
  refs = { production_guide = { "2-b", "2-c" } },
  aliases = {
    hadolint = { "DL3009", "DL3019", "DL3032", "DL3036", "DL3040", "DL3042", "DL3060" },
    trivy = { "DS-0015", "DS-0019", "DS-0020", "DS-0025", "DS-0027" },
    kics = { "00481784", "295acb63", "f2f903fb", "38300d1a", "df746b39", "ae9c56a6" },
    dockle = { "DKL-DI-0004", "DKL-DI-0005" },
  },

  why = [[Lists and archives are of no use when the container runs, and make every pull larger. A
later step cannot take them out of the layer again.]],
  fix = [[Clean up in the same RUN, use the option that keeps no cache, or mount a cache over the
folder.]],

  check = function(install, report)
    local run = install.instruction
    -- What a trigger leaves is in the images that are built on this one.
    if not run.in_image and not run.onbuild then return end

    local kept = list.filter(install.caches, function(folder)
      return not goes_away(install, folder)
    end)
    if #kept == 0 then return end

    local finding = report(install, "leaves %s in the layer", kept)
    if run.form ~= "exec" and can_clean(install) then
      finding:fix("safe", edit.after(run.commands[#run.commands], " && " .. install.clean_text))
    end
  end,

  fails = {
    dockerfile = {
      "FROM debian:12\nRUN rm -rf /var/lib/apt/lists/* && apt-get install -y curl\n                                   ^^^^^^^^^^^^^^^^^^^^^^^ leaves /var/lib/apt/lists in the layer\n",
      "FROM debian:12\nRUN apt-get update && apt-get install -y curl\nRUN rm -rf /var/lib/apt/lists/*\n",
      "FROM debian:12\nRUN apt-get update && apt-get install -y curl && apt-get clean\n",
      "FROM alpine:3.22\nRUN apk update && apk add curl\n",
      "FROM fedora:42\nRUN dnf install -y curl && dnf clean metadata --enablerepo=x || true\n",
      "FROM rockylinux:9\nRUN microdnf install -y curl\n",
      "FROM python:3.13\nRUN pip install flask\n    ^^^^^^^^^^^^^^^^^ leaves /root/.cache/pip\n",
      "FROM python:3.13\nUSER app\nRUN pip install flask && rm -rf /root/.cache\n",
      "FROM python:3.13\nRUN pip install flask && pip install --no-cache-dir django\n    ^^^^^^^^^^^^^^^^^ leaves /root/.cache/pip\n",
      "FROM node:22\nENV NPM_CONFIG_CACHE=/tmp/npm\nRUN npm ci\n    ^^^^^^ leaves /tmp/npm\n",
      "FROM debian:12\nRUN --mount=type=cache,target=/root/.cache apt-get install -y curl\n",
      "FROM debian:12\nRUN [\"apt-get\", \"install\", \"-y\", \"curl\"]\n",
      "FROM debian:12\nRUN <<EOF\napt-get install -y curl\n^^^^^^^^^^^^^^^^^^^^^^^ leaves /var/lib/apt/lists\nEOF\n",
      "FROM debian:12 AS base\nRUN apt-get install -y curl\nFROM base\n",
      "FROM debian:12\nONBUILD RUN apt-get install -y curl\n",
      "FROM debian:12\nRUN apt-get update && apt-get upgrade -y\n",
      "FROM fedora:42\nRUN dnf -y up\n",
      { dockerfile = "FROM debian:12\nRUN apt-get install -y curl\n",
        fixed = "FROM debian:12\nRUN apt-get install -y curl && rm -rf /var/lib/apt/lists/*\n" },
      { dockerfile = "FROM debian:12\nRUN apt-get install -y \\\n      curl \\\n  && curl --version\n",
        fixed = "FROM debian:12\nRUN apt-get install -y \\\n      curl \\\n  && curl --version && rm -rf /var/lib/apt/lists/*\n" },
    },
  },
  passes = {
    dockerfile = {
      "FROM debian:12\nRUN apt-get install -y curl; rm -rf /var/lib/apt/lists\n",
      "FROM debian:12\nRUN apt-get update && apt-get install -y curl && rm -rf /var/lib/apt/lists/* /tmp/*\n",
      "FROM debian:12\nRUN apt-get install -y curl && apt-get install -y git && rm -rf /var/lib/apt/*\n",
      "FROM debian:12\nRUN apt-get install -y curl && apt-get distclean\n",
      "FROM debian:12\nRUN apt-get install -y curl && apt-get dist-clean\n",
      "FROM debian:12\nRUN apt-get install -y curl && cd /var/lib/apt && rm -r lists\n",
      "FROM debian:12\nRUN apt-get install -y curl && cd /var/lib/apt/lists && rm -r *\n",
      "FROM fedora:43\nRUN dnf5 install -y curl && dnf5 clean all\n",
      "FROM fedora:43\nRUN dnf install -y curl && rm -rf /var/cache/libdnf5*\n",
      "FROM debian:12\nRUN <<EOF\napt-get install -y curl\nrm -rf /var/lib/apt/lists/*\nEOF\n",
      "FROM debian:12\nRUN --mount=target=/var/lib/apt,type=cache apt-get install -y curl\n",
      "FROM debian:12\nRUN --mount=type=tmpfs,target=/var/lib/apt/lists --network=default apt-get install -y curl\n",
      "FROM debian:12 AS build\nRUN apt-get install -y gcc\nFROM debian:12\n",
      "FROM alpine:3.22\nRUN apk add --no-cache curl\n",
      "FROM alpine:3.22\nRUN apk -U add curl && rm -rf /var/cache/apk/*\n",
      "FROM fedora:42\nRUN dnf install -y curl && dnf clean all\n",
      "FROM fedora:42\nRUN dnf upgrade -y && dnf install -y curl && dnf clean all\n",
      "FROM rockylinux:9\nRUN microdnf install -y curl && microdnf clean all\n",
      "FROM python:3.13\nENV PIP_NO_CACHE_DIR=1\nRUN pip install flask\n",
      "FROM python:3.13\nRUN pip install --no-cache-dir flask\n",
      "FROM python:3.13\nRUN pip install flask && rm -rf ~/.cache/pip\n",
      "FROM node:22\nENV NPM_CONFIG_CACHE=/tmp/npm\nRUN --mount=type=tmpfs,target=/tmp npm ci\n",
      "FROM debian:12\nRUN apt-get update && echo apt-get install curl\n",
      "FROM debian:12\nCMD apt-get install -y curl\n",
    },
  },
  inconclusive = { dockerfile = "FROM debian:12\nARG WHERE\nRUN --mount=type=cache,target=$WHERE apt-get install -y curl\n" },
}
