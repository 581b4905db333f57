-- SPDX-License-Identifier: Apache-2.0

local function is_secret(addition)
  return addition.source and secrets.is_file(addition.source)
    or known(addition, "path") and addition.path and secrets.is_file(addition.path)
end

return policy {
  id = "secret-deleted-in-later-layer",
  code = "SL1205",
  title = "Secret removed in a later layer",
  severity = "high",
  subjects = { "build" },
  on = "removal",
  packs = { "recommended", "strict" },
  refs = { cis_docker = "4.10", production_guide = { "C6", "why-3", "4-d" } },
  aliases = { docker_bench = "4.10" },

  why = [[Each instruction is a layer of its own. What an earlier one has added is still in that
layer, for whoever unpacks the image.]],
  fix = [[Never add it: mount it with --mount=type=secret for the RUN that needs it.]],

  check = function(removal, report)
    if removal.how ~= "delete" then return end
    for _, addition in ipairs(removal.deletes) do
      if is_secret(addition) then
        local finding = report(removal, "deletes %s, which stays in the layer before", addition.path)
        finding:also(addition, "added here")
        if not addition.instruction.in_image then finding:severity("info") end
        return
      end
    end
  end,

  fails = {
    dockerfile = {
      "FROM a:1\nCOPY id_rsa /root/.ssh/id_rsa\nRUN git clone git@example.org:x && rm /root/.ssh/id_rsa\n                                      ^^^^^^^^^^^^^^^^^ deletes /root/.ssh/id_rsa\n",
      "FROM a:1\nCOPY .npmrc /root/\nRUN npm ci\nRUN rm -rf /root/.npmrc\n",
      "FROM a:1\nCOPY id_rsa /root/.ssh/\nRUN rm -rf /root/.ssh/*\n",
      "FROM a:1\nRUN echo $TOKEN > /root/.netrc\nRUN shred -u /root/.netrc\n",
      "FROM a:1\nWORKDIR /app\nCOPY .env .\nRUN rm .env\n",
      "FROM a:1 AS base\nCOPY .npmrc /root/\nFROM base\nRUN rm ~/.npmrc\n",
      { dockerfile = "FROM a:1 AS build\nCOPY .npmrc /root/\nRUN rm /root/.npmrc\nFROM a:1\n", severity = "info" },
    },
  },
  passes = {
    dockerfile = {
      "FROM a:1\nRUN echo $TOKEN > /root/.netrc && git clone https://example.org/x && rm /root/.netrc\n",
      "FROM a:1\nCOPY app.py /app/\nRUN rm -rf /app/app.py\n",
      "FROM a:1\nRUN rm -f /root/.npmrc\nCOPY .npmrc /root/\n",
      "FROM a:1\nCOPY .env.example /app/\nRUN rm /app/.env.example\n",
      "FROM a:1 AS one\nCOPY .npmrc /root/\nFROM a:1\nRUN rm -f /root/.npmrc\n",
      "FROM a:1\nRUN --mount=type=secret,id=n,target=/root/.npmrc npm ci\nRUN rm -f /root/.npmrc\n",
    },
  },
  inconclusive = { dockerfile = "FROM a:1\nARG WHERE\nCOPY .npmrc $WHERE\nRUN rm -f /root/.npmrc\n" },
}
