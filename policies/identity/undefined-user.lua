-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "undefined-user",
  code = "SL1008",
  title = "USER names an account that does not exist",
  severity = "medium",
  confidence = "medium",
  subjects = { "build" },
  on = { instruction = "user" },
  packs = { "recommended", "strict" },
  refs = { cis_docker = "4.1", production_guide = { "C4", "3-a" } },
  aliases = { docker_bench = "4.1" },

  why = [[A name without an account cannot be turned into a number, so that the container does not
start, or starts as somebody else where a host mounts accounts of its own.]],
  fix = [[Create the user before USER, or use a numeric uid.]],

  check = function(user, report)
    if user.onbuild or user.user_exists ~= false then return end
    report(user, "%s has no account", user.user)
  end,

  fails = {
    dockerfile = {
      "FROM debian:12\nUSER app\n^^^^^^^^ app has no account\n",
      "FROM alpine:3.22\nRUN adduser -D web\nUSER app:web\n^^^^^^^^^^^^ app:web has no account\n",
      "FROM debian:12\nUSER app\n^^^^^^^^ app has no account\nRUN useradd app\n",
      "FROM scratch\nUSER nobody\n^^^^^^^^^^^ nobody has no account\n",
      "FROM debian:12 AS base\nRUN useradd other\nFROM debian:12\nUSER other\n^^^^^^^^^^ other has no account\n",
    },
  },
  passes = {
    dockerfile = {
      "FROM debian:12\nRUN useradd -m -u 10001 app\nUSER app:app\n",
      "FROM debian:12\nARG NAME=app\nRUN groupadd app && useradd \"${NAME}\"\nUSER $NAME\n",
      "FROM debian:12 AS base\nRUN adduser --disabled-password app\nFROM base\nUSER app\n",
      "FROM node:22\nUSER node\n",
      "FROM debian:12\nUSER www-data\n",
      "FROM debian:12\nUSER 10001:app\n",
      "FROM scratch\nUSER 10001\n",
      "FROM debian:12\nONBUILD USER app\n",
    },
  },
  inconclusive = {
    dockerfile = {
      "FROM registry.example.org/acme/base:1\nUSER app\n",
      "FROM debian:12\nARG NAME\nUSER $NAME\n",
      "FROM debian:12\nRUN apt-get install -y jenkins\nUSER jenkins\n",
      "FROM debian:12\nRUN ./accounts.sh\nUSER app\n",
      "FROM debian:12\nRUN echo 'app:x:7:7::/:' >> /etc/passwd\nUSER app\n",
      "FROM scratch\nCOPY --from=build /etc/passwd /etc/\nUSER app\n",
    },
  },
}
