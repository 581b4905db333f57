-- SPDX-License-Identifier: Apache-2.0

-- Managers whose operands can hold a version.
local managers = {
  "apt-get", "apt", "apk", "yum", "dnf", "microdnf", "tdnf", "zypper",
}

return policy {
  id = "pin-os-packages",
  code = "SL1301",
  title = "OS packages not pinned",
  severity = "low",
  confidence = "medium",
  subjects = { "build" },
  on = "package",
  packs = { "strict", "owasp" },
  refs = { owasp_docker = "9", nist_800_190 = "4.1.5" },
  aliases = {
    hadolint = { "DL3008", "DL3018", "DL3033", "DL3037", "DL3041" },
    kics = { "965a08d7", "d3499f6d", "6452c424", "562952e4", "93d88cf7" },
  },

  why = [[Each build may install another version: what was tested is not what runs.]],
  fix = [[Pin name=version, or build from a snapshot of the repository and a base pinned by digest.]],

  check = function(package, report)
    if package.command.action ~= "install" or not list.has(managers, package.manager) then return end
    if package.kind ~= "registry" or package.frozen or package.pin ~= "none" then return end
    report(package, "%s is installed in whatever version there is", package.name)
  end,

  fails = {
    dockerfile = {
      "FROM debian:13\nRUN apt-get install -y curl=8.14.1-2 git\n                                     ^^^ git is installed in whatever version\n",
      "FROM alpine:3.22\nRUN apk add --no-cache curl\n",
      "FROM fedora:42\nRUN dnf install -y git-core && yum -y install tar\n",
      "FROM fedora:40\nRUN dnf module install -y nodejs\n",
      "FROM opensuse/leap:15\nRUN zypper install -y curl\n",
      "FROM debian:13\nRUN apt-get install -y -t trixie-backports curl\n",
      "FROM debian:13\nONBUILD RUN apt-get install -y curl\n",
    },
  },
  passes = {
    dockerfile = {
      "FROM debian:13\nRUN apt-get install -y curl=8.14.1-2\n",
      "FROM debian:13\nARG V=8.14.1-2\nRUN apt-get install -y curl=$V\n",
      "FROM alpine:3.22\nRUN apk add --no-cache curl=8.14.1-r2 'git>2' && apk add -t .deps gcc~=14\n",
      "FROM fedora:40\nRUN dnf module install -y nodejs:20\n",
      "FROM fedora:42\nRUN dnf install -y tar-1.35 ./own.rpm https://example.org/a.rpm @development-tools\n",
      "FROM opensuse/leap:15\nRUN zypper install -y 'curl>=8.6'\n",
      "FROM debian:13\nRUN apt-get install -y ./own.deb && apt-get remove -y git && apt-get update\n",
      "FROM python:3.13\nRUN pip install flask\n",
    },
  },
}
