-- SPDX-License-Identifier: Apache-2.0

-- The first command of that name in a list; one whose name is not known is passed over.
local function first(commands, name)
  return list.find(commands, function(command)
    return known(command, "name") and command.name == name
  end)
end

return policy {
  id = "mixed-downloaders",
  code = "SL1318",
  title = "Both curl and wget used",
  severity = "info",
  subjects = { "build" },
  on = "stage",
  packs = { "style" },
  aliases = { hadolint = "DL4001", trivy = "DS-0014", kics = "fc775e75" },

  why = [[Two programs for one task: both have to be installed, kept up to date and known.]],
  fix = [[Keep one of them.]],

  check = function(stage, report)
    local curl, wget = first(stage.commands, "curl"), first(stage.commands, "wget")
    if not curl or not wget then return end
    local curl_at, wget_at = where(curl), where(wget)
    local is_curl_later = curl_at.line > wget_at.line
      or curl_at.line == wget_at.line and curl_at.column > wget_at.column
    local later, earlier = is_curl_later and curl or wget, is_curl_later and wget or curl
    report(later, "uses %s where the stage uses %s too", later.name, earlier.name)
      :also(earlier, "the other one")
  end,

  fails = {
    dockerfile = {
      "FROM debian:13\nRUN wget https://example.org/a\nRUN curl https://example.org/b\n    ^^^^^^^^^^^^^^^^^^^^^^^^^^ uses curl where the stage uses wget too\n",
      "FROM debian:13\nRUN curl https://example.org/a; wget https://example.org/b\n",
      "FROM debian:13\nRUN wget https://example.org/a\nRUN [\"curl\", \"https://example.org/b\"]\n",
    },
  },
  passes = {
    dockerfile = {
      "FROM debian:13\nRUN curl https://example.org/a && curl https://example.org/b\n",
      "FROM debian:13 AS a\nRUN curl https://example.org/a\nFROM debian:13\nRUN wget https://example.org/b\n",
      "FROM debian:13\nRUN apt-get install -y curl wget && curl https://example.org/a\n",
      "FROM debian:13\nRUN curl https://example.org/a && echo wget\n",
    },
  },
  inconclusive = { dockerfile = "FROM debian:13\nRUN curl https://example.org/a\nRUN $GET b\n" },
}
