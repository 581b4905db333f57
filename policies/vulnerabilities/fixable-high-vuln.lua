-- SPDX-License-Identifier: Apache-2.0

return policy {
  id = "fixable-high-vuln",
  code = "SL4002",
  title = "Fixable high vulnerability",
  severity = "high",
  subjects = { "evidence" },
  on = { vulnerability = "high" },
  packs = { "recommended", "strict", "cis", "owasp" },
  params = {
    min_age = { type = "integer", default = 0, doc = "Days that it has to be known." },
  },
  refs = {
    cis_docker = "4.4",
    owasp_docker = "9",
    nist_800_190 = "4.1.1",
  },
  aliases = { docker_bench = "4.4" },

  why = [[Whoever scans the image finds the hole as easily as its owner did, and programs that use it
are written within days. The version that closes it is there to be had.]],
  fix = [[Upgrade the package, or the base image that brings it, and build again.]],

  check = function(vulnerability, report)
    if vulnerability.suppressed.by or vulnerability.fix_state ~= "fixed" then return end
    if params.min_age > 0 and vulnerability.published
      and date.days(string.sub(vulnerability.published, 1, 10), date.today()) < params.min_age then
      return
    end
    report(vulnerability, "%s of %s is fixed in %s", vulnerability.id, vulnerability.package,
      vulnerability.fixed)
  end,

  fails = {
    trivy = {
      [[{"SchemaVersion": 2, "Results": [{"Vulnerabilities": [{"VulnerabilityID": "CVE-1", "PkgName": "a", "Severity": "HIGH", "FixedVersion": "2"}]}]}
                                                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ CVE-1 of a is fixed in 2
]],
      { trivy = [[{"SchemaVersion": 2, "Results": [{"Vulnerabilities": [{"VulnerabilityID": "CVE-1", "PkgName": "a", "Severity": "HIGH", "FixedVersion": "2", "PublishedDate": "2026-01-01T00:00:00Z"}]}]}]],
        date = "2026-02-01", params = { min_age = 7 } },
    },
    grype = [[{"descriptor": {}, "matches": [{"vulnerability": {"id": "CVE-1", "severity": "High", "fix": {"state": "fixed", "versions": ["2"]}}, "artifact": {"name": "a"}}]}]],
  },
  passes = {
    trivy = {
      [[{"SchemaVersion": 2, "Results": [{"Vulnerabilities": [{"VulnerabilityID": "CVE-1", "PkgName": "a", "Severity": "HIGH", "Status": "affected"}]}]}]],
      [[{"SchemaVersion": 2, "Results": [{"Vulnerabilities": [{"VulnerabilityID": "CVE-1", "PkgName": "a", "Severity": "LOW", "FixedVersion": "2"}]}]}]],
      [[{"SchemaVersion": 2, "Results": [{"ExperimentalModifiedFindings": [{"Status": "not_affected", "Finding": {"VulnerabilityID": "CVE-1", "PkgName": "a", "Severity": "HIGH", "FixedVersion": "2"}}]}]}]],
      { trivy = [[{"SchemaVersion": 2, "Results": [{"Vulnerabilities": [{"VulnerabilityID": "CVE-1", "PkgName": "a", "Severity": "HIGH", "FixedVersion": "2", "PublishedDate": "2026-01-30T00:00:00Z"}]}]}]],
        date = "2026-02-01", params = { min_age = 7 } },
    },
  },
}
