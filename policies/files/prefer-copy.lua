-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "prefer-copy",
  code = "SL1405",
  title = "ADD where COPY suffices",
  severity = "low",
  subjects = { "build" },
  on = { instruction = "add" },
  packs = { "recommended", "strict", "cis", "owasp", "style" },
  refs = { cis_docker = "4.9", owasp_docker = "9" },
  aliases = {
    hadolint = "DL3020",
    trivy = "DS-0005",
    checkov = "CKV_DOCKER_4",
    kics = "9513a694",
    dockle = "CIS-DI-0009",
    docker_bench = "4.9",
  },

  why = [[ADD also fetches and unpacks. Where neither is meant, one day it does so unasked.]],
  fix = [[Write COPY.]],

  check = function(add, report)
    local flags = add.flags
    if flags.checksum or flags.unpack ~= nil or flags.keep_git_dir ~= nil then return end

    local plain = list.all(add.sources, function(source)
      return source.form == "heredoc" or source.form == "local" and not source.archive
    end)
    if plain then
      local keyword = at(add, "name")
      report(keyword, "does no more than COPY would"):fix("safe", edit.replace(keyword, "COPY"))
    end
  end,

  fails = {
    dockerfile = {
      "FROM a:1\nADD app.py /\n^^^ no more than COPY\n",
      "FROM a:1\nADD --chown=1:1 a b /app/\n^^^ no more than COPY\n",
      "FROM a:1\nADD <<EOF /greeting\nhello\nEOF\n",
    },
    { dockerfile = "FROM a:1\nADD app.py /\n",
      fixed = "FROM a:1\nCOPY app.py /\n" },
    { dockerfile = "FROM a:1\nadd a /\nONBUILD add b /\n",
      fixed = "FROM a:1\nCOPY a /\nONBUILD COPY b /\n", count = 2 },
  },
  passes = {
    dockerfile = {
      "FROM a:1\nADD app.tar.gz /\n",
      "FROM a:1\nADD https://example.org/app /\n",
      "FROM a:1\nADD --unpack=false app.zip /\n",
      "FROM a:1\nADD git@github.com:acme/app.git /app\n",
      "FROM a:1\nCOPY app.py /\n",
    },
  },
  inconclusive = { dockerfile = "FROM a:1\nARG SOURCE\nADD $SOURCE /\n" },
}
