-- SPDX-License-Identifier: Apache-2.0

-- Commands that do not fail: what they write is in the file itself.
local harmless = { "echo", "printf", "yes", "true", ":" }

local function cannot_fail(command)
  local first = command.argv[1]
  if not first then return false end
  local name = path.base(first.text)
  return list.has(harmless, name) or name == "cat" and #command.argv == 1
    and list.any(command.redirections, function(redirection)
      return text.starts(redirection.operator, "<<")
    end)
end

return policy {
  id = "pipefail",
  code = "SL1605",
  title = "Pipe without pipefail",
  severity = "low",
  confidence = "medium",
  subjects = { "build" },
  on = "pipeline",
  packs = { "recommended", "strict" },
  aliases = { hadolint = "DL4006", kics = { "efbf148a", "shell_pipe_without_pipefail_flag" } },

  why = [[A shell looks at the last command of a pipe only. Where one before it fails, a download
say, the build goes on with half of what was meant.]],
  fix = [[Write SHELL ["/bin/bash", "-o", "pipefail", "-c"] (["/bin/ash", "-o", "pipefail", "-c"]
on Alpine), or set -o pipefail at the start of the RUN.]],

  check = function(pipeline, report)
    if pipeline.pipefail or pipeline.guarded then return end
    local commands = pipeline.commands
    local risky = list.find(commands, function(command, index)
      return index < #commands and not cannot_fail(command)
    end)
    if risky and risky.argv[1] then
      report(pipeline, "goes on where %s fails", risky.argv[1].text)
    elseif risky then
      report(pipeline, "goes on where what is before the last pipe fails")
    end
  end,

  fails = {
    dockerfile = {
      "FROM a:1\nRUN curl https://example.org/a | tar x\n    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ goes on where curl fails\n",
      "FROM a:1\nRUN set -e; true && a | b | c\n                    ^^^^^^^^^ goes on where a fails\n",
      "FROM a:1\nRUN a | b; set -o pipefail\n    ^^^^^ goes on\n",
      "FROM a:1\nRUN set -o pipefail; set +o pipefail; a | b\n",
      "FROM a:1\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\nRUN a | b\nSHELL [\"/bin/sh\", \"-c\"]\nRUN c | d\n    ^^^^^ goes on where c fails\n",
      "FROM a:1\nRUN set -o pipefail; bash -c 'a | b'\n                              ^^^^^ goes on where a fails\n",
      "FROM a:1\nRUN <<EOF\na | b\n^^^^^ goes on\nEOF\n",
      "FROM a:1\nRUN (a; b) | c\n",
      "FROM a:1\nRUN A=$(b) | c\n    ^^^^^^^^^^ goes on where what is before the last pipe fails\n",
    },
  },
  passes = {
    dockerfile = {
      "FROM a:1\nSHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]\nRUN a | b\n",
      "FROM a:1 AS base\nSHELL [\"/bin/bash\", \"-euo\", \"pipefail\", \"-c\"]\nFROM base\nRUN a | b\n",
      "FROM a:1\nRUN set -euxo pipefail; a | b\n",
      "FROM a:1\nRUN [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\", \"a | b\"]\n",
      "FROM a:1\nRUN bash -eo pipefail -c 'a | b'\n",
      "FROM a:1\nRUN a | b || true\n",
      "FROM a:1\nRUN yes | ./install\n",
      "FROM a:1\nRUN echo 'abc  /x' | sha256sum -c -\n",
      "FROM a:1\nRUN cat <<E | tee /x\na\nE\n",
      "FROM a:1\nRUN echo 'a | b'; a || b\n",
      "FROM a:1\nSHELL [\"powershell\", \"-command\"]\nRUN a | b\n",
    },
  },
}
