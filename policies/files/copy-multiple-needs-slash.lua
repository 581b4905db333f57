-- SPDX-License-Identifier: Apache-2.0

-- Whether a destination can be nothing but a folder.
local function is_folder(target)
  return text.ends(target, { "/", "\\" }) or target == "." or target == ".."
    or text.ends(target, { "/.", "/..", "\\." })
end

return policy {
  id = "copy-multiple-needs-slash",
  code = "SL1509",
  title = "Several sources need a directory destination",
  severity = "medium",
  subjects = { "build" },
  on = { instruction = { "copy", "add" } },
  packs = { "recommended", "strict" },
  aliases = { hadolint = "DL3021", trivy = "DS-0011", kics = "6db6e0c2" },

  why = [[Several files cannot become one: the build fails, or makes a folder of a name that was meant
for a file.]],
  fix = [[End the destination with a slash.]],

  check = function(copy, report)
    if #copy.sources < 2 or is_folder(copy.target) then return end
    local finding = report(at(copy, "target"), "%s must end in a slash, because several files go there",
      copy.target)
    local written = raw(copy, "target")
    if written and not written:find("[\"'$\\]") then
      finding:fix("safe", edit.after(at(copy, "target"), "/"))
    end
  end,

  fails = {
    dockerfile = {
      "FROM a:1\nWORKDIR /app\nCOPY a.js b.js src\n               ^^^ must end in a slash\n",
      "FROM a:1\nADD --chown=1:1 a b /opt/app\n                    ^^^^^^^^ must end in a slash\n",
      "FROM a:1\nCOPY [\"a\", \"b\", \"/opt/app\"]\n",
      "FROM a:1\nARG D=/opt\nCOPY a b $D\n",
      { dockerfile = "FROM a:1\nCOPY a b /opt/app\n", fixed = "FROM a:1\nCOPY a b /opt/app/\n" },
    },
  },
  passes = {
    dockerfile = {
      "FROM a:1\nCOPY a b /opt/\n",
      "FROM a:1\nWORKDIR /app\nCOPY a b .\nCOPY a b ./\nCOPY a b \"c/\"\nCOPY a d\n",
      "FROM a:1\nARG D=/opt/\nCOPY a b $D\n",
      "FROM a:1\nCOPY *.js /opt/app\n",
    },
  },
  inconclusive = { dockerfile = "FROM a:1\nARG D\nCOPY a b $D\n" },
}
