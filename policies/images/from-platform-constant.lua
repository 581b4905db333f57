-- SPDX-License-Identifier: Apache-2.0

-- Other names of an architecture.
local same = { ["x86_64"] = "amd64", ["x86-64"] = "amd64", aarch64 = "arm64", armhf = "arm", i386 = "386" }

return policy {
  id = "from-platform-constant",
  code = "SL1112",
  title = "FROM pins a constant platform",
  severity = "low",
  confidence = "medium",
  subjects = { "build" },
  on = { instruction = "from" },
  packs = { "strict", "style" },
  aliases = {
    hadolint = "DL3029",
    buildkit = "FromPlatformFlagConstDisallowed",
    kics = "b16e8501",
  },

  why = [[Whatever platform is asked for, the image is of this one, and runs elsewhere by emulation or
not at all.]],
  fix = [[Write --platform=$BUILDPLATFORM for a stage that only builds, else leave the flag out.]],

  check = function(from, report)
    local written, alias = raw(from, "flags.platform"), from.alias and from.alias:lower()
    if not written or written == "" or text.has(written, "$") then return end
    for part in from.flags.platform:lower():gmatch("[^/]+") do
      if alias and (text.has(alias, part) or text.has(alias, same[part] or part)) then return end
    end
    report(at(from, "flags.platform"), "is %s for whatever platform is built", from.flags.platform)
  end,

  fails = {
    dockerfile = {
      "FROM --platform=linux/amd64 a:1\n     ^^^^^^^^^^^^^^^^^^^^^^ is linux/amd64 for whatever platform is built\n",
      "FROM --platform=\"arm64\" a:1 AS build\n     ^^^^^^^^^^^^^^^^^^ is arm64\n",
    },
  },
  passes = {
    dockerfile = {
      "FROM a:1\n",
      "FROM --platform=$BUILDPLATFORM a:1\n",
      "FROM --platform=\"${BUILDPLATFORM:-linux/amd64}\" a:1\n",
      "FROM --platform=linux/arm64 a:1 AS build-arm64\n",
      "FROM --platform=linux/x86_64 a:1 AS build_AMD64\n",
      "ARG P=linux/amd64\nFROM --platform=$P a:1\n",
    },
  },
}
