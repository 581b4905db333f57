-- SPDX-License-Identifier: Apache-2.0

-- Managers that ask before they change anything.
local managers = {
  "apt-get", "apt", "yum", "dnf", "microdnf", "tdnf", "zypper", "pacman", "conda",
}
-- Options under which nothing is changed, so that nothing is asked.
local harmless = {
  "-s", "--simulate", "--just-print", "--dry-run", "--recon", "--no-act", "-d", "--download-only",
  "--downloadonly", "--print-uris", "-D",
}
-- Verbs that ask nothing whatever they are called with.
local silent = { "source", "download", "changelog" }
local settings = { "-o", "--option", "--setopt", "-c" }

local truths = { ["1"] = "1", ["true"] = "1", yes = "1", on = "1" }

-- A setting in one spelling: `APT::Get::Assume-Yes "true";` is `apt::get::assume-yes=1`.
local function plain(setting)
  local name, value = setting:lower():match("^%s*([%w_:.-]+)[%s=\"']+([%w]+)")
  return name and name .. "=" .. (truths[value] or value)
end

local function says_setting(word, manager)
  local said = plain(word)
  return said and list.any(manager.yes_settings or {}, function(setting)
    return plain(setting) == said
  end)
end

-- `-q` means yes where it is given twice, or as -q=2.
local function is_quiet_twice(command)
  if not list.has({ "apt-get", "apt" }, command.manager) then return false end
  local quiet = list.filter(command.options, function(option)
    return option.name == "-q" or option.name == "--quiet"
  end)
  return #quiet > 1 or list.any(quiet, function(option)
    return text.has(option.text, "=") and not text.ends(option.text, "=1")
  end)
end

local function has_option(command, manager)
  return list.any(command.options, function(option)
    return list.has(manager.yes, option.name) or list.has(harmless, option.name)
      or list.has(settings, option.name) and says_setting(option.value.text or "", manager)
  end)
end

-- Whether something before it in the pipeline answers.
local function is_answered(command)
  return list.any(command.preceding, function(before)
    return list.any(before.readers, function(reader) return reader == command end)
      and list.any({ "yes", "echo", "printf" }, function(name) return before.name == name end)
  end)
end

-- Whether what was added to the configuration answers; of a file that is copied its name must do.
local function answers(addition, manager)
  local instruction = addition.instruction
  local function any_line_answers(body)
    return list.any(text.lines(body), function(line) return says_setting(line, manager) end)
  end
  if instruction.name == "run" then
    return list.any(addition.command.argv, function(word) return any_line_answers(word.text) end)
  end
  return text.has(addition.path:lower(), { "assume", "yes", "noninteractive" })
    or list.any(instruction.heredocs, function(heredoc) return any_line_answers(heredoc.text) end)
end

local function is_configured(command, manager)
  return manager.yes_settings and list.any(command.configuration, function(addition)
    return answers(addition, manager)
  end)
end

return policy {
  id = "package-noninteractive",
  code = "SL1305",
  title = "Package command may wait for input",
  severity = "low",
  subjects = { "build" },
  on = { action = { "install", "upgrade", "remove" } },
  packs = { "recommended", "strict" },
  aliases = {
    hadolint = { "DL3014", "DL3030", "DL3034", "DL3038" },
    trivy = "DS-0021",
    kics = { "77783205", "7ebd323c", "6e19193a", "45e1fca5" },
  },

  why = [[Nobody can answer while an image is built: the manager takes the silence for a no, and the
build fails or goes on without the packages.]],
  fix = [[Add the option that answers yes, -y.]],

  check = function(command, report)
    if not list.has(managers, command.manager) or list.has(silent, command.verb) then return end
    local manager = facts.package_managers[command.manager]
    if has_option(command, manager) or is_quiet_twice(command) or is_answered(command)
        or is_configured(command, manager) then
      return
    end
    local finding = report(command, "asks before it goes on, and nobody answers")
    if command.instruction.form == "exec" then return end
    if command.manager == "pacman" then
      finding:fix("safe", edit.after(command, " --noconfirm"))
    else
      finding:fix("safe", edit.after(at(command, "verb"), " -y"))
    end
  end,

  fails = {
    dockerfile = {
      "FROM debian:13\nRUN apt-get update && apt-get install curl\n                      ^^^^^^^^^^^^^^^^^^^^ asks before it goes on\n",
      "FROM debian:13\nENV DEBIAN_FRONTEND=noninteractive\nRUN apt-get -q install curl\n",
      "FROM debian:13\nRUN [\"apt-get\", \"install\", \"curl\"]\n",
      "FROM debian:13\nRUN apt-get remove curl && apt-get -o APT::Get::Assume-Yes=false autoremove\n",
      "FROM fedora:42\nRUN dnf upgrade && dnf in curl\n",
      "FROM opensuse/leap:15\nRUN zypper install curl\n",
      "FROM archlinux:latest\nRUN pacman -S curl\n",
      "FROM continuumio/miniconda3:25.1.1-2\nRUN conda install numpy=2.2\n",
      "FROM debian:13\nONBUILD RUN apt-get install curl\n",
      "FROM debian:13\nRUN yes && apt-get install curl\n",
      "FROM debian:13\nRUN apt-get install -q=1 curl\n",
      { dockerfile = "FROM debian:13\nRUN apt-get install curl\n",
        fixed = "FROM debian:13\nRUN apt-get install -y curl\n" },
      { dockerfile = "FROM archlinux:latest\nRUN pacman -S curl\n",
        fixed = "FROM archlinux:latest\nRUN pacman -S curl --noconfirm\n" },
    },
  },
  passes = {
    dockerfile = {
      "FROM fedora:43\nRUN echo assumeyes=True >> /etc/dnf/dnf.conf\nRUN dnf install curl\n",
      "FROM debian:13\nRUN apt-get install -y curl && apt-get -qy remove curl && apt-get --yes purge b\n",
      "FROM debian:13\nRUN apt-get -qq install curl && apt-get install -q=2 b && apt-get -q -q install c\n",
      "FROM debian:13\nRUN apt-get -o APT::Get::Assume-Yes=true install curl\n",
      "FROM debian:13\nRUN yes | apt-get install curl\n",
      "FROM debian:13\nRUN echo 'APT::Get::Assume-Yes \"true\";' > /etc/apt/apt.conf.d/90yes && apt-get install curl\n",
      "FROM debian:13 AS base\nRUN echo 'APT::Get::Assume-Yes \"1\";' > /etc/apt/apt.conf.d/90x\nFROM base\nRUN apt-get install curl\n",
      "FROM debian:13\nCOPY <<E /etc/apt/apt.conf.d/90x\nAPT::Get::Assume-Yes \"yes\";\nE\nRUN apt-get install curl\n",
      "FROM debian:13\nCOPY 90assume-yes /etc/apt/apt.conf.d/\nRUN apt-get install curl\n",
      "FROM debian:13\nRUN apt-get update && apt-get install --download-only curl && apt-get source curl\n",
      "FROM fedora:42\nRUN dnf -y install curl && yum install --assumeyes b && dnf clean all\n",
      "FROM opensuse/leap:15\nRUN zypper -n install curl && zypper --non-interactive in b && zypper in -y c\n",
      "FROM alpine:3.22\nRUN apk add --no-cache curl=8.14.1-r2\n",
      "FROM python:3.13\nRUN pip install flask==3.1\n",
      "FROM archlinux:latest\nRUN pacman -Syu --noconfirm curl\n",
    },
  },
}
