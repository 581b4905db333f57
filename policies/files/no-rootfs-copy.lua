-- SPDX-License-Identifier: Apache-2.0

local function is_root(file)
  return list.has({ "/", "/.", "/*" }, file)
end

-- Images that are nothing but files to be copied out of them.
local collections = { "tonistiigi/xx", "tonistiigi/xx:*", "crazymax/osxcross", "crazymax/osxcross:*" }

-- Whether what is copied from was made to hold these files and no more.
local function is_collection(build, from)
  local stage = list.find(build.stages, function(stage) return stage.name == from end)
  if not stage then return glob.any(collections, from) ~= nil end
  if not known(stage.base, "raw") then return false end
  local base = stage.base.raw
  return base and glob.any(collections, base) ~= nil or not base and not stage.parent.index
end

return policy {
  id = "no-rootfs-copy",
  code = "SL1501",
  title = "Whole filesystem copied from another stage",
  severity = "medium",
  subjects = { "build" },
  on = { instruction = "copy" },
  packs = { "recommended", "strict" },
  aliases = { hadolint = "DL3067" },

  why = [[All that the other stage or image has comes along: compilers, caches, keys of the build.
Nothing is gained over using it as the base.]],
  fix = [[Copy the files that are needed, by their names.]],

  check = function(copy, report, build)
    if not copy.flags.from or not is_root(copy.target) then return end
    local source = list.find(copy.sources, function(source) return is_root(source.text) end)
    if not source then return end
    local finding = report(source, "copies the whole file system of %s", copy.flags.from)
    if is_collection(build, copy.flags.from) then finding:severity("info") end
    -- One layer made of many, by way of an empty base.
    if not copy.stage.base.raw and #copy.stage.instructions <= 2 then finding:severity("low") end
  end,

  fails = {
    dockerfile = {
      "FROM golang:1.25 AS build\nRUN go build\nFROM debian:13\nCOPY --from=build / /\n                  ^ copies the whole file system of build\n",
      "FROM debian:13\nCOPY --from=alpine:3.22 /* /\n",
      { dockerfile = "FROM alpine:3.22 AS a\nFROM scratch\nCOPY --from=a / /\n", severity = "low" },
      { dockerfile = "FROM golang:1.25 AS a\nFROM scratch AS files\nCOPY --from=a /out/app /app\nFROM debian:13\nCOPY --from=files / /\n", severity = "info" },
      { dockerfile = "FROM golang:1.25 AS a\nFROM a AS b\nFROM debian:13\nCOPY --from=b / /\n", severity = "medium" },
      { dockerfile = "FROM --platform=$BUILDPLATFORM tonistiigi/xx:1.6.1 AS xx\nFROM debian:13\nCOPY --from=xx / /\n", severity = "info" },
      { dockerfile = "FROM debian:13\nCOPY --from=tonistiigi/xx / /\n", severity = "info" },
    },
  },
  passes = {
    dockerfile = {
      "FROM golang:1.25 AS build\nFROM debian:13\nCOPY --from=build /out/app /\n",
      "FROM debian:13\nCOPY / /\n",
      "FROM golang:1.25 AS build\nFROM debian:13\nCOPY --from=build / /sysroot/\n",
    },
  },
}
