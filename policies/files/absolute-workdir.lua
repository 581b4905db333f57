-- SPDX-License-Identifier: Apache-2.0

-- Whether no WORKDIR comes before it: a slash before a later one would lead out of that folder.
local function is_first(workdir)
  local stage = workdir.stage
  return not stage.parent.index and not list.any(stage.instructions, function(instruction)
    return instruction.name == "workdir" and instruction.index < workdir.index
  end)
end

return policy {
  id = "absolute-workdir",
  code = "SL1502",
  title = "Relative WORKDIR",
  severity = "low",
  subjects = { "build" },
  on = { instruction = "workdir" },
  packs = { "recommended", "strict" },
  params = {
    strict = {
      type = "boolean",
      default = false,
      doc = "Also where an absolute WORKDIR comes before it.",
    },
  },
  aliases = {
    hadolint = "DL3000",
    buildkit = "WorkdirRelativePath",
    trivy = "DS-0009",
    checkov = "CKV_DOCKER_10",
    kics = "6b376af8",
  },

  why = [[Where a relative WORKDIR leads is up to the base image, and changes with it.]],
  fix = [[Use an absolute path.]],

  check = function(workdir, report)
    if workdir.is_absolute then return end
    if workdir.is_anchored then
      if params.strict then
        report(workdir, "leads to %s below the WORKDIR before it", workdir.path)
      end
      return
    end
    local finding = report(workdir, "leads to %s below wherever the base image starts",
      workdir.path)
    if is_first(workdir) then finding:fix("unsafe", edit.before(at(workdir, "path"), "/")) end
  end,

  fails = {
    dockerfile = {
      "FROM a:1\nWORKDIR app\n^^^^^^^^^^^ leads to app\n",
      "FROM a:1\nARG D=app\nWORKDIR $D\n^^^^^^^^^^ leads to app\n",
    },
    { dockerfile = "FROM a:1\nWORKDIR /app\nWORKDIR sub\n^^^^^^^^^^^ below the WORKDIR before it\n",
      params = { strict = true } },
    { dockerfile = "FROM a:1\nWORKDIR app\nWORKDIR sub\n",
      fixed = "FROM a:1\nWORKDIR /app\nWORKDIR sub\n" },
    { dockerfile = "FROM a:1 AS b\nWORKDIR app\nFROM b\nWORKDIR sub\n",
      fixed = "FROM a:1 AS b\nWORKDIR /app\nFROM b\nWORKDIR sub\n" },
    { dockerfile = "FROM a:1\nWORKDIR \"my app\"\n",
      fixed = "FROM a:1\nWORKDIR /\"my app\"\n" },
  },
  passes = {
    dockerfile = {
      "FROM a:1\nWORKDIR /app\n",
      "FROM a:1\nWORKDIR \"/my app\"\n",
      "FROM a:1\nWORKDIR /app\nWORKDIR sub\n",
      "FROM a:1 AS base\nWORKDIR /app\nFROM base\nWORKDIR sub\n",
      "FROM a:1\nENV HOME=/root\nWORKDIR $HOME/x\n",
      "FROM a:1\nWORKDIR C:\\\\app\n",
    },
  },
  inconclusive = { dockerfile = "FROM a:1\nARG D\nWORKDIR $D\n" },
}
