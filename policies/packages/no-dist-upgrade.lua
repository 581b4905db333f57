-- SPDX-License-Identifier: Apache-2.0

local programs = {
  "apt-get", "apt", "apk", "yum", "dnf", "microdnf", "tdnf", "zypper", "pacman",
  "do-release-upgrade",
}
-- Verbs that lead to another release of the distribution.
local releases = { "dup", "dist-upgrade", "system-upgrade", "distro-sync" }
-- Verbs that install what is new and remove what is in the way.
local whole = { "dist-upgrade", "full-upgrade" }

local function severity_of(command)
  if command.name == "do-release-upgrade" then return "medium" end
  if command.manager == "zypper" or command.manager == "dnf" then
    if list.has(releases, command.verb) then return "medium" end
  end
  return list.has(whole, command.verb) and "low" or "info"
end

return policy {
  id = "no-dist-upgrade",
  code = "SL1308",
  title = "Whole-system upgrade in a build step",
  severity = "low",
  confidence = "low",
  subjects = { "build" },
  on = { command = programs },
  packs = { "strict" },
  aliases = {
    hadolint = "DL3035", trivy = "DS-0024", dockle = "DKL-DI-0003",
    kics = { "682fe378", "09fda05e", "989ab888", "8f6456be", "d4895357" },
  },

  why = [[The same Dockerfile gives another system each day, and what was replaced stays in the layers
below it. A newer base image brings the same, tested together.]],
  fix = [[Build on a newer tag of the base image.]],

  check = function(command, report)
    if command.name ~= "do-release-upgrade" and command.action ~= "upgrade" then return end
    if #command.packages > 0 or command.stage.base.pin == "digest" then return end
    report(command, "upgrades the whole system"):severity(severity_of(command))
  end,

  fails = {
    dockerfile = {
      { dockerfile = "FROM debian:13\nRUN apt-get update && apt-get dist-upgrade -y\n                      ^^^^^^^^^^^^^^^^^^^^^^^ upgrades the whole system\n", severity = "low" },
      { dockerfile = "FROM debian:13\nRUN apt-get update && apt-get -q upgrade -y\n", severity = "info" },
      { dockerfile = "FROM opensuse/leap:15\nRUN zypper dup -y\n", severity = "medium" },
      { dockerfile = "FROM ubuntu:24.04\nRUN do-release-upgrade -f DistUpgradeViewNonInteractive\n", severity = "medium" },
      { dockerfile = "FROM fedora:42\nRUN dnf distro-sync -y && true\n", severity = "medium" },
      "FROM alpine:3.22\nRUN apk upgrade --no-cache\n",
      "FROM rockylinux:9\nRUN yum update -y\n",
      "FROM archlinux:latest\nRUN pacman -Syu --noconfirm\n",
      "FROM debian:13\nONBUILD RUN apt-get dist-upgrade -y\n",
    },
  },
  passes = {
    dockerfile = {
      "FROM debian:13\nRUN apt-get update && apt-get install -y curl\n",
      "FROM alpine:3.22\nRUN apk upgrade --no-cache libssl3\n",
      "FROM rockylinux:9\nRUN yum update -y openssl\n",
      "FROM debian@sha256:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\nRUN apt-get update && apt-get upgrade -y\n",
      "FROM python:3.13\nRUN pip install --upgrade pip\n",
    },
  },
  inconclusive = { dockerfile = "ARG BASE\nFROM $BASE\nRUN apt-get dist-upgrade -y\n" },
}
