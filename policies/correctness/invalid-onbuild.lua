-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "invalid-onbuild",
  code = "SL1609",
  title = "ONBUILD with a forbidden trigger",
  severity = "high",
  subjects = { "build" },
  on = { instruction = "onbuild" },
  packs = { "recommended", "strict" },
  aliases = { hadolint = "DL3043" },

  why = [[The builder refuses such a trigger, and with it the whole file.]],
  fix = [[Remove it.]],

  check = function(trigger, report)
    local word = (raw(trigger) or ""):match("^%s*(%a+)")
    if word and list.has({ "FROM", "ONBUILD", "MAINTAINER" }, word:upper()) then
      report(trigger, "triggers %s, which no build may", word:upper())
    end
  end,

  fails = {
    dockerfile = {
      "FROM debian:13\nONBUILD FROM alpine:3.22\n^^^^^^^^^^^^^^^^^^^^^^^^ triggers FROM\n",
      "FROM debian:13\nONBUILD onbuild RUN true\n",
      "FROM debian:13\nONBUILD MAINTAINER somebody\n",
    },
  },
  passes = {
    dockerfile = "FROM debian:13\nONBUILD RUN true\nONBUILD COPY a /\n",
  },
}
