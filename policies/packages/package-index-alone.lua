-- SPDX-License-Identifier: Apache-2.0

-- Managers whose upgrade fetches the index first, so that it is a refresh too.
local refreshing = { "yum", "dnf", "microdnf", "tdnf", "zypper" }

local function is_upgrade(command)
  local row = command.verb and facts.package_verbs[command.manager .. " " .. command.verb]
  return row and row.action == "upgrade"
end

-- Whether an upgrade is of all there is, and not cleaned up after.
local function is_upgrade_alone(upgrade)
  return list.has(refreshing, upgrade.manager) and #upgrade.packages == 0
    and not list.any(upgrade.following, function(later)
      return later.action == "clean" or #later.removals > 0
    end)
end

-- Whether the index is used before the RUN ends; what a script of its own does is not seen.
local function is_used(refresh)
  return list.any(refresh.following, function(later)
    return later.action == "install" or later.action == "upgrade" or #later.runs > 0
      or not known(later, "name")
  end)
end

local function is_mounted(refresh)
  return #refresh.caches > 0 and list.all(refresh.caches, function(folder)
    return list.any(refresh.instruction.mounts, function(mount)
      return (mount.type == "cache" or mount.type == "tmpfs") and path.covers(mount.target, folder)
    end)
  end)
end

-- The RUN that follows in the next line, if the two can be one: shell forms without flags.
local function next_run(run)
  local instructions = run.stage.instructions
  local here = where(run)
  local next = list.find(instructions, function(other) return other.index == run.index + 1 end)
  local command = run.commands[#run.commands]
  if not next or next.name ~= "run" or run.form ~= "shell" or next.form ~= "shell" then return end
  local flags = next.flags
  if #next.mounts > 0 or flags.network or flags.security or #next.commands == 0 then return end
  local ends, starts = where(command), where(next)
  if ends.end_line ~= here.end_line or ends.end_column ~= here.end_column then return end
  return starts.line == here.end_line + 1 and next
end

return policy {
  id = "package-index-alone",
  code = "SL1307",
  title = "Index refreshed in its own layer",
  severity = "medium",
  subjects = { "build" },
  on = { action = { "refresh", "upgrade" } },
  packs = { "recommended", "strict", "cis" },
  refs = { cis_docker = "4.7" },
  aliases = {
    trivy = "DS-0017", checkov = "CKV_DOCKER_5",
    kics = "9bae49be", dockle = "CIS-DI-0007", docker_bench = "4.7",
  },

  why = [[The layer stays in the cache, and with it the index of that day. A later install then gets
old packages, with holes that are long mended, or fails.]],
  fix = [[Refresh the index and install in one RUN.]],

  check = function(refresh, report)
    if is_used(refresh) or is_mounted(refresh) then return end
    if is_upgrade(refresh) then
      if is_upgrade_alone(refresh) then
        report(refresh, "upgrades in a layer of its own"):severity("low")
      end
      return
    end

    local run = refresh.instruction
    local finding = report(refresh, "refreshes an index that nothing in this RUN uses")
    if refresh.manager == "apk" and not run.in_image then finding:severity("low") end
    local next = next_run(run)
    if next then
      finding:fix("unsafe", edit.after(run.commands[#run.commands], " && \\"),
        edit.replace(at(next, "name"), "   "))
    end
  end,

  fails = {
    dockerfile = {
      "FROM debian:12\nRUN apt-get update\n    ^^^^^^^^^^^^^^ refreshes an index\nRUN apt-get install -y curl\n",
      "FROM debian:12\nRUN apt-get update && apt-get clean\n",
      "FROM debian:12\nRUN apt-get install -y curl && apt-get update\n",
      "FROM fedora:42\nRUN dnf makecache\n",
      "FROM opensuse/leap:15\nRUN zypper refresh\n",
      "FROM archlinux:latest\nRUN pacman -Sy\n",
      "FROM alpine:3.22\nRUN apk update\n",
      "FROM debian:12\nRUN [\"apt-get\", \"update\"]\n",
      { dockerfile = "FROM alpine:3.22 AS build\nRUN apk update\nFROM alpine:3.22\n", severity = "low" },
      { dockerfile = "FROM rockylinux:9\nRUN yum update -y\nRUN yum install -y curl\n", severity = "low" },
      "FROM opensuse/leap:15\nRUN zypper up -y\n",
      { dockerfile = "FROM debian:12\nRUN apt-get update\nRUN apt-get install -y curl\n",
        fixed = "FROM debian:12\nRUN apt-get update && \\\n    apt-get install -y curl\n" },
    },
  },
  passes = {
    dockerfile = {
      "FROM debian:12\nRUN apt-get update && apt-get install -y curl\n",
      "FROM debian:12\nRUN apt-get update; apt-get upgrade -y\n",
      "FROM rockylinux:9\nRUN yum update -y && yum install -y curl && yum clean all\n",
      "FROM rockylinux:9\nRUN dnf upgrade -y && dnf clean all\n",
      "FROM fedora:42\nRUN dnf upgrade -y openssl\n",
      "FROM debian:12\nRUN apt-get update && apt-get build-dep -y curl\n",
      "FROM debian:12\nRUN apt-get update && apt install -y curl\n",
      "FROM debian:12\nRUN --mount=type=cache,target=/var/lib/apt apt-get update\n",
      "FROM debian:12\nRUN apt-get update && ./install.sh\n",
      "FROM archlinux:latest\nRUN pacman -Syu curl\n",
      "FROM debian:12\nRUN git submodule update && npm update && update-ca-certificates\n",
      "FROM alpine:3.22\nRUN apk add --update curl\n",
    },
  },
  inconclusive = { dockerfile = "FROM debian:12\nRUN apt-get update && $INSTALL curl\n" },
}
