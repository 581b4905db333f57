-- SPDX-License-Identifier: Apache-2.0

-- The instruction without its flag, where it lies in one line.
local function without_flag(from)
  local keyword, rest = raw(from, "name"), raw(from)
  return not text.has(keyword .. rest, "\n") and keyword .. " " .. rest or nil
end

return policy {
  id = "redundant-target-platform",
  code = "SL1113",
  title = "FROM --platform=$TARGETPLATFORM is the default",
  severity = "info",
  subjects = { "build" },
  on = { instruction = "from" },
  packs = { "style" },
  aliases = { hadolint = "DL3065", buildkit = "RedundantTargetPlatform" },

  why = [[The platform that is built for is the one that an image is taken for anyway.]],
  fix = [[Leave the flag out.]],

  check = function(from, report)
    local written = raw(from, "flags.platform")
    written = written and written:gsub("[\"']", "")
    if written ~= "$TARGETPLATFORM" and written ~= "${TARGETPLATFORM}" then return end
    -- Known is what an ARG of the file, or who builds, has set to something else.
    if known(from, "flags.platform") then return end
    local finding = report(at(from, "flags.platform"), "is %s, which is the default", written)
    local without = without_flag(from)
    if without then finding:fix("safe", edit.replace(from, without)) end
  end,

  fails = {
    dockerfile = {
      "FROM --platform=$TARGETPLATFORM a:1\n     ^^^^^^^^^^^^^^^^^^^^^^^^^^ is $TARGETPLATFORM, which is the default\n",
      { dockerfile = "FROM --platform=\"${TARGETPLATFORM}\" a:1 AS b\n", fixed = "FROM a:1 AS b\n" },
      "FROM --platform=${TARGETPLATFORM} \\\n  a:1\n",
      "ARG TARGETPLATFORM\nFROM --platform=$TARGETPLATFORM a:1\n",
    },
  },
  passes = {
    dockerfile = {
      "FROM a:1\n",
      "FROM --platform=$BUILDPLATFORM a:1\n",
      "FROM --platform=${TARGETPLATFORM:-linux/amd64} a:1\n",
      "ARG TARGETPLATFORM=linux/arm64\nFROM --platform=$TARGETPLATFORM a:1\n",
    },
  },
}
