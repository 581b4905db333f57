-- SPDX-License-Identifier: Apache-2.0

-- Whether a stage is named for those who develop: what it carries is meant to be there.
local function is_for_development(stage)
  return list.any(text.words(stage.name), function(word)
    return list.has(params.development, word)
  end)
end

local function full_variant(reference)
  return list.find(facts.sdk_images, function(row)
    return image.match(row.repository, reference)
      and not list.any(row.except, function(glob) return image.match(glob, reference) end)
  end)
end

return policy {
  id = "minimal-base-image",
  code = "SL1107",
  title = "A slimmer variant of this base exists",
  severity = "low",
  confidence = "medium",
  subjects = { "build" },
  on = "stage",
  packs = { "recommended", "strict" },
  params = {
    development = {
      type = "list", default = { "dev", "devel", "development", "debug", "test", "tests", "ci" },
      doc = "Words in the name of a target stage that is not meant to be small.",
    },
  },
  refs = {
    cis_docker = "4.3",
    nist_800_190 = "4.1.2",
    production_guide = { "C1", "1-a", "1-c" },
    image_guide = { "3-a", "3-b", "3-c", "5" },
  },
  aliases = { docker_bench = "4.3" },

  why = [[Each program that the application does not need can be used against it, has to be scanned
and patched, and is pulled with every deployment.]],
  fix = [[Use the slim, runtime or distroless sibling.]],

  check = function(stage, report)
    if not stage.is_target or is_for_development(stage) then return end
    local base = stage.base
    if not base.raw or base.digest and not base.tag then return end

    local row = full_variant(base)
    if row then report(base, "%s has smaller variants: %s", base.raw, row.smaller) end
  end,

  fails = {
    dockerfile = {
      "FROM node:22\n     ^^^^^^^ smaller variants: node:*-slim, node:*-alpine\n",
      "FROM golang:1.24 AS build\nFROM debian:12\n     ^^^^^^^^^ debian:*-slim\n",
      "FROM python:3.13 AS base\n     ^^^^^^^^^^^ python:*-slim\nFROM base\n",
      "FROM mcr.microsoft.com/dotnet/sdk:9.0\n     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ dotnet/aspnet\n",
      { dockerfile = "FROM ubuntu:24.04 AS dev\nFROM ubuntu:24.04 AS prod\n", target = "prod", count = 1 },
    },
  },
  passes = {
    dockerfile = {
      "FROM node:22-slim\n",
      "FROM golang:1.24 AS build\nFROM gcr.io/distroless/static:nonroot\n",
      "FROM ubuntu:24.04 AS dev\n",
      "FROM registry.example.org/acme/base:1\n",
      "FROM node@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n",
      "FROM scratch\n",
    },
  },
  inconclusive = { dockerfile = "ARG BASE\nFROM $BASE\n" },
}
