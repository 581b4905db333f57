-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "privileged-build-step",
  code = "SL1512",
  title = "Build step without sandbox",
  severity = "high",
  subjects = { "build" },
  on = { instruction = "run" },
  packs = { "recommended", "strict" },
  refs = { nist_800_190 = "4.1.2", production_guide = "9-c" },

  why = [[What such a step runs, and what it fetches and runs, reaches the host that builds: with
its devices and capabilities, or with all that listens on its own network.]],
  fix = [[Remove the flag, and do what needs it outside of the build.]],

  check = function(run, report)
    if run.flags.security == "insecure" then
      report(at(run.flags, "security"), "runs with every privilege of the builder")
    end
    if run.flags.network == "host" then
      report(at(run.flags, "network"), "runs in the network of the host that builds")
    end
  end,

  fails = {
    dockerfile = {
      "FROM debian:13\nRUN --security=insecure mount -t tmpfs none /mnt\n    ^^^^^^^^^^^^^^^^^^^ every privilege\n",
      "FROM debian:13 AS test\nRUN --network=host make check\n    ^^^^^^^^^^^^^^ the network of the host\nFROM scratch\n",
      { dockerfile = "FROM debian:13\nRUN --network=host --security=insecure make\n", count = 2 },
    },
  },
  passes = {
    dockerfile = {
      "FROM debian:13\nRUN make\n",
      "FROM debian:13\nRUN --network=none --security=sandbox make\n",
      "FROM debian:13\nRUN --network=default make\n",
    },
  },
}
