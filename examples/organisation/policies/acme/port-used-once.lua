-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "acme/port-used-once",
  title = "Port that two services listen on",
  severity = "medium",
  subjects = { "project" },

  why = [[Services share hosts. Of two that listen on one port only the first comes up.]],
  fix = [[Give one of them another port of its team.]],

  check = function(project, report)
    local owners = {}

    for _, image in ipairs(project.images) do
      local ports = declared(image, "exposed_ports") or {}
      for index, port in ipairs(ports) do
        local place = at(ports, index)
        if owners[port] then
          report(place, "listens on %s, as another service does", port)
            :also(owners[port], "the other service")
        else
          owners[port] = place
        end
      end
    end
  end,

  fails = {
    { files = {
      ["a/Dockerfile"] = "FROM scratch\nEXPOSE 8100\n",
      ["b/Dockerfile"] = "FROM scratch\nEXPOSE 8200 8100\n",
    }, count = 1 },
  },
  passes = {
    { files = {
      ["a/Dockerfile"] = "FROM scratch\nEXPOSE 8100\n",
      ["b/Dockerfile"] = "FROM scratch\nEXPOSE 8101\n",
    } },
  },
}
