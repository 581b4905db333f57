-- SPDX-License-Identifier: Apache-2.0

local soon = 90 -- days

-- When support ends, or true where it has and nobody says when.
local function ending(release)
  if params.extended and (release.extended_eol or release.extended_ended ~= nil) then
    return release.extended_eol or release.extended_ended
  end
  return release.eol or release.ended
end

-- What is said of a release whose support is over, or soon will be; nil of any other.
local function verdict(release)
  local ends = ending(release)
  if not ends then return nil end
  if ends == true then return release.product .. " " .. release.cycle, true end

  local left = date.days(date.today(), ends)
  if left > soon then return nil end
  return release.product .. " " .. release.cycle .. " (" .. ends .. ")", left < 0
end

return policy {
  id = "eol-base-image",
  code = "SL1106",
  title = "Base distribution or runtime is end of life",
  severity = "high",
  subjects = { "build", "image", "container" },
  on = "reference",
  packs = { "recommended", "strict" },
  params = {
    extended = {
      type = "boolean", default = false,
      doc = "Paid or long-term support counts: Debian LTS, Ubuntu Pro, ELS.",
    },
  },
  refs = {
    owasp_docker = "0",
    nist_800_190 = "4.1.1",
    production_guide = { "C1", "C10" },
    image_guide = "3-b",
  },

  why = [[After the end of its support a release gets no fixes, so that what is found in it stays
open however often the image is built.]],
  fix = [[Move to a supported release.]],

  check = function(reference, report, subject)
    -- The base of an image that is still to be built is a FROM of its build, and judged there.
    if kind(subject) == "image" and subject.resolution == "request" then return end

    local place, over, near = at(reference, "raw"), {}, {}
    for _, release in ipairs(image.releases(reference) or {}) do
      local text, is_over = verdict(release)
      if text then table.insert(is_over and over or near, text) end
    end
    if #over > 0 then
      report(place, "%s is past its end of life: %s", reference.raw, over)
    elseif #near > 0 then
      report(place, "%s will soon reach its end of life: %s", reference.raw, near):severity("info")
    end
  end,

  fails = {
    { dockerfile = "FROM node:18-buster\n     ^^^^^^^^^^^^^^ end of life: nodejs 18 (2025-04-30), debian 10 (2022-09-10)\n",
      date = "2026-11-21", count = 1 },
    { dockerfile = "FROM alpine:3.22\nCOPY --from=python:3.8 /usr/local /usr/local\n            ^^^^^^^^^^ python 3.8\nRUN --mount=from=centos:7,target=/c true\n",
      date = "2026-11-21", count = 2 },
    { dockerfile = "FROM debian:12\n     ^^^^^^^^^ soon reach its end of life: debian 12 (2026-07-11)\n",
      date = "2026-06-01", severity = "info" },
    { dockerfile = "FROM ubuntu:14.04\n", params = { extended = true }, date = "2026-11-21" },
    { ["oci-image"] = [[{"architecture": "amd64", "os": "linux", "config": {"Labels": {"org.opencontainers.image.base.name": "docker.io/library/debian:10-slim"}}}
                                                               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ debian 10
]],
      date = "2026-11-21" },
  },
  passes = {
    { dockerfile = "FROM node:24-bookworm-slim\n", date = "2026-03-01" },
    { dockerfile = "FROM debian:12\n", params = { extended = true }, date = "2026-11-21" },
    { dockerfile = "FROM registry.example.org/acme/base:1\n" },
    { dockerfile = "FROM node:latest\n" },
    { dockerfile = "FROM scratch\n" },
    { ["oci-image"] = [[{"architecture": "amd64", "os": "linux", "config": {"Cmd": ["sh"]}}]] },
    { ["oci-runtime"] = [[{"ociVersion": "1.2.0", "process": {"args": ["sh"]}}]] },
  },
  inconclusive = {
    { dockerfile = "FROM debian:10\n" },
    { dockerfile = "ARG BASE\nFROM $BASE\n", date = "2026-11-21" },
  },
}
