-- SPDX-License-Identifier: Apache-2.0

-- The label that says the same. MAINTAINER is taken as it is, while a label's value is expanded.
local function label(instruction)
  local keyword, author = raw(instruction, "name"), raw(instruction)
  author = author:match('^"([^"]*)"$') or author:match("^'([^']*)'$") or author
  if author:find('["\\`$\n]') then return nil end
  return (keyword == keyword:lower() and "label" or "LABEL")
    .. ' org.opencontainers.image.authors="' .. author .. '"'
end

return policy {
  id = "no-maintainer",
  code = "SL1701",
  title = "MAINTAINER is deprecated",
  severity = "info",
  subjects = { "build" },
  on = { instruction = "maintainer" },
  packs = { "recommended", "strict", "style" },
  aliases = {
    hadolint = "DL4000",
    buildkit = "MaintainerDeprecated",
    trivy = "DS-0022",
    checkov = "CKV_DOCKER_6",
    kics = "99614418",
  },

  why = [[A label can be read, searched and replaced like any other; this instruction is kept for old
files alone.]],
  fix = [[Write LABEL org.opencontainers.image.authors="name".]],

  check = function(instruction, report)
    local text = label(instruction)
    local finding = report(instruction, "is deprecated")
    if text then finding:fix("safe", edit.replace(instruction, text)) end
  end,

  fails = {
    dockerfile = {
      "FROM a:1\nMAINTAINER Jo <jo@example.org>\n^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ is deprecated\n",
      "FROM a:1\nMAINTAINER Jo \"$\" Doe\n^^^^^^^^^^^^^^^^^^^^^ is deprecated\n",
      { dockerfile = "FROM a:1\nMAINTAINER Jo <jo@example.org>\n",
        fixed = "FROM a:1\nLABEL org.opencontainers.image.authors=\"Jo <jo@example.org>\"\n" },
      { dockerfile = "from a:1\nmaintainer \"Jo\"\n",
        fixed = "from a:1\nlabel org.opencontainers.image.authors=\"Jo\"\n" },
    },
  },
  passes = { dockerfile = "FROM a:1\nLABEL org.opencontainers.image.authors=\"Jo\"\n" },
}
