-- SPDX-License-Identifier: Apache-2.0

local function judge(evidence, report, field, what)
  local value = evidence[field]
  if not value then return end
  local age = date.days(string.sub(value, 1, 10), date.today())
  if age > params.max_age then
    report(at(evidence, field), "%s %d days old", what, age)
  end
end

return policy {
  id = "scan-stale",
  code = "SL4007",
  title = "Scan or vulnerability DB is old",
  severity = "medium",
  subjects = { "evidence" },
  packs = { "recommended", "strict" },
  params = {
    max_age = { type = "integer", default = 7, doc = "Days that a scan may be old." },
  },
  refs = { nist_800_190 = "4.1.1" },

  why = [[Dozens of vulnerabilities become known every day. A report knows those of its own day, and
says nothing of an image that has been waiting since.]],
  fix = [[Scan again, with an up-to-date database.]],

  check = function(evidence, report)
    if evidence.kind ~= "scan" then return end
    judge(evidence, report, "created", "is of a scan")
    judge(evidence, report, "db_updated", "rests on vulnerabilities")
  end,

  fails = {
    trivy = { {
      trivy = [[{"SchemaVersion": 2, "CreatedAt": "2026-01-01T10:00:00Z", "Results": []}]],
      date = "2026-02-01",
    } },
    grype = { {
      grype = [[{"descriptor": {"timestamp": "2026-02-01T00:00:00Z", "db": {"built": "2026-01-01T00:00:00Z"}}, "matches": []}]],
      date = "2026-02-01",
    } },
  },
  passes = {
    trivy = { {
      trivy = [[{"SchemaVersion": 2, "CreatedAt": "2026-01-31T10:00:00Z", "Results": []}]],
      date = "2026-02-01",
    } },
    cyclonedx = { { cyclonedx = [[{"bomFormat": "CycloneDX", "metadata": {"timestamp": "2020-01-01"}}]], date = "2026-02-01" } },
  },
  inconclusive = {
    trivy = { { trivy = [[{"SchemaVersion": 2, "Results": []}]], date = "2026-02-01" } },
  },
}
