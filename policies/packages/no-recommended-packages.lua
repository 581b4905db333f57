-- SPDX-License-Identifier: Apache-2.0

-- Managers that are looked at besides where more is asked for.
local stricter = { "zypper", "dnf", "yum", "microdnf" }

-- Verbs of apt-get that bring nothing of the kind: build-dep switches it off by itself.
local without = { "build-dep", "source", "reinstall" }

local truths = { ["1"] = "1", ["true"] = "1", yes = "1", on = "1" }
local falsehoods = { ["0"] = "0", ["false"] = "0", no = "0", off = "0" }

-- A setting in one spelling: `APT::Install-Recommends "false";` is `apt::install-recommends=0`.
local function plain(setting)
  local name, value = setting:lower():match("^%s*([%w_:.-]+)[%s=\"']+([%w]+)")
  return name and name .. "=" .. (truths[value] or falsehoods[value] or value)
end

local function says_setting(word, settings)
  local said = plain(word)
  return said and list.any(settings, function(setting) return plain(setting) == said end)
end

-- Whether the command leaves them out, by an option or by a setting.
local function leaves_out(install, manager)
  return list.any(install.options, function(option)
    if list.has(manager.no_recommends or {}, option.name) then return true end
    return manager.no_recommends_settings and list.has({ "-o", "--option", "--setopt" }, option.name)
      and says_setting(option.value.text or "", manager.no_recommends_settings)
  end)
end

local function any_line_says(body, settings)
  return list.any(text.lines(body), function(line) return says_setting(line, settings) end)
end

-- Whether what was added to the configuration brings the setting along; of a file that is copied
-- its name must do.
local function brings(addition, settings)
  local instruction = addition.instruction
  if instruction.name == "run" then
    return list.any(addition.command.argv, function(word)
      return any_line_says(word.text, settings)
    end)
  end
  return text.has(addition.path:lower(), "recommend")
    or list.any(instruction.heredocs, function(heredoc)
      return any_line_says(heredoc.text, settings)
    end)
end

local function is_configured(install, manager)
  return manager.no_recommends_settings and list.any(install.configuration, function(addition)
    return brings(addition, manager.no_recommends_settings)
  end)
end

return policy {
  id = "no-recommended-packages",
  code = "SL1306",
  title = "Recommended packages pulled in",
  severity = "low",
  subjects = { "build" },
  on = { action = "install" },
  packs = { "recommended", "strict", "cis" },
  params = {
    managers = {
      type = "list", default = { "apt-get", "apt" },
      doc = "Managers that are looked at.",
    },
    strict = {
      type = "boolean", default = false,
      doc = "Also where zypper, dnf, yum and microdnf pull in such packages.",
    },
  },
  refs = { cis_docker = "4.3", image_guide = "5" },
  aliases = {
    hadolint = "DL3015", trivy = "DS-0029",
    kics = "7384dfb2", docker_bench = "4.3",
  },

  why = [[What is only recommended was never asked for: it makes the image larger, and is more code
in which a hole may be found.]],
  fix = [[Add the option that leaves them out, --no-install-recommends.]],

  check = function(install, report)
    if list.has(without, install.verb) then return end
    if not list.has(params.managers, install.manager)
        and not (params.strict and list.has(stricter, install.manager)) then
      return
    end
    local manager = facts.package_managers[install.manager]
    if leaves_out(install, manager) or is_configured(install, manager) then return end

    local finding = report(install, "pulls in what is only recommended")
    if not install.instruction.in_image then finding:severity("info") end
    if install.instruction.form ~= "exec" and manager.no_recommends then
      finding:fix("safe", edit.after(at(install, "verb"), " " .. manager.no_recommends[1]))
    end
  end,

  fails = {
    dockerfile = {
      "FROM debian:12\nRUN apt-get update && apt-get install -y curl\n                      ^^^^^^^^^^^^^^^^^^^^^^^ pulls in what is only recommended\n",
      "FROM debian:12\nRUN apt install curl\n",
      "FROM debian:12\nRUN apt-get -o APT::Install-Recommends=true install -y curl\n",
      "FROM debian:12\nRUN apt-get -o APT::Install-Suggests=0 install -y curl\n",
      "FROM debian:12\nRUN echo 'APT::Install-Recommends \"true\";' > /etc/apt/apt.conf.d/99x && apt-get install -y curl\n",
      "FROM debian:12\nRUN apt-get install -y curl && echo 'APT::Install-Recommends \"0\";' > /etc/apt/apt.conf.d/99x\n",
      "FROM debian:12\nRUN [\"apt-get\", \"install\", \"-y\", \"curl\"]\n",
      { dockerfile = "FROM debian:12 AS build\nRUN apt-get install -y gcc\nFROM debian:12\n", severity = "info" },
      { dockerfile = "FROM opensuse/leap:15\nRUN zypper install curl\n", params = { managers = { "zypper" } } },
      { dockerfile = "FROM fedora:42\nRUN dnf install -y curl && apt-get install -y curl\n", params = { strict = true }, count = 2 },
      { dockerfile = "FROM debian:12\nRUN apt-get install -y curl\n",
        fixed = "FROM debian:12\nRUN apt-get install --no-install-recommends -y curl\n" },
    },
  },
  passes = {
    dockerfile = {
      "FROM debian:13\nRUN apt-get build-dep -y curl && apt-get source curl\n",
      "FROM debian:12\nRUN apt-get install -y --no-install-recommends curl\n",
      "FROM debian:12\nRUN apt-get --no-install-recommends install -y curl\n",
      "FROM debian:12\nRUN apt-get -o APT::Install-Recommends=0 install -y curl\n",
      "FROM debian:12\nRUN apt-get install -o=APT::Install-Recommends=false -y curl\n",
      "FROM debian:12\nRUN echo 'APT::Install-Recommends \"false\";' > /etc/apt/apt.conf.d/99x && apt-get install -y curl\n",
      "FROM debian:12 AS base\nRUN echo 'APT::Install-Recommends \"0\";' >> /etc/apt/apt.conf\nFROM base\nRUN apt-get install -y curl\n",
      "FROM debian:12\nCOPY 99norecommends /etc/apt/apt.conf.d/\nRUN apt-get install -y curl\n",
      "FROM debian:12\nCOPY <<E /etc/apt/apt.conf.d/99x\nAPT::Install-Recommends \"0\";\nE\nRUN apt-get install -y curl\n",
      "FROM debian:12\nRUN apt-get update && apt-get purge -y curl\n",
      "FROM opensuse/leap:15\nRUN zypper install curl\n",
      { dockerfile = "FROM opensuse/leap:15\nRUN zypper install --no-recommends curl\n", params = { managers = { "zypper" } } },
      { dockerfile = "FROM fedora:42\nRUN dnf install -y --setopt=install_weak_deps=False curl\n", params = { managers = { "dnf" } } },
    },
  },
}
