/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tool_table.c: options that take a value
 *
 * Rows stand in the byte order of their names, and only where something is to be said: an option
 * that is not listed stands alone, and options of one dash are clusters of letters. Rows of package
 * managers hold no options, for those are facts.
 */
#include "formats/tool_parts.h"

#define DOCKER_WORDS \
    "add-host annotation arg attach authfile build-arg build-context cache-from cache-to cap-add " \
    "cap-drop config context cpus creds dest-creds device entrypoint env env-file expose file " \
    "format health-cmd host hostname iidfile label log-driver memory mount name net network " \
    "output password pid platform progress publish restart runtime secret security-opt shm-size " \
    "src-creds ssh stop-signal tag target tmpfs ulimit user username volume volumes-from workdir"

#define MYSQL_WORDS "database defaults-file execute host port socket user"

static const struct scl_tool_row rows[] = {
    { "addgroup", "gG", "gid group", 0, "" },
    { "adduser", "huGgsk", "comment conf firstuid gecos gid home ingroup lastuid "
      "shell uid", 0, "" },
    { "aria2c", "odlijkmstTxcu", "checksum dir header max-concurrent-downloads "
      "max-connection-per-server max-tries min-split-size out split timeout user-agent", 0, "" },
    { "ash", "oO", "", SCL_TOOL_STOPS, "" },
    { "aws", "", "bucket endpoint-url output profile query region", SCL_TOOL_HAS_VERB, "" },
    { "b2sum", "l", "length", 0, "" },
    { "bash", "oO", "init-file rcfile", SCL_TOOL_STOPS, "" },
    { "buildah", "fveuwmt", DOCKER_WORDS, SCL_TOOL_HAS_VERB, "" },
    { "chgrp", "", "from reference", 0, "" },
    { "chmod", "", "reference", 0, "" },
    { "chown", "", "from reference", 0, "" },
    { "cksum", "al", "algorithm length", 0, "" },
    { "cosign", "", "bundle ca-roots certificate certificate-chain certificate-identity "
      "certificate-identity-regexp certificate-oidc-issuer certificate-oidc-issuer-regexp key "
      "rekor-url signature", SCL_TOOL_HAS_VERB, "" },
    { "cp", "tS", "suffix target-directory", 0, "" },
    { "crane", "", "platform", SCL_TOOL_HAS_VERB, "" },
    { "curl", "oAbcCdDeEFHKmPQrTtUuwXxyYz",
      "cacert capath cert cert-type ciphers config connect-timeout connect-to continue-at cookie "
      "cookie-jar crlfile data data-ascii data-binary data-raw data-urlencode dns-servers "
      "dump-header engine form form-string header interface json keepalive-time key key-type "
      "limit-rate local-port max-filesize max-redirs max-time netrc-file noproxy oauth2-bearer "
      "output output-dir parallel-max pass pinnedpubkey proto proto-default proto-redir proxy "
      "proxy-cacert proxy-header proxy-user quote range rate referer request resolve retry "
      "retry-delay retry-max-time socks4 socks5 socks5-hostname speed-limit speed-time stderr "
      "time-cond tls-max tls13-ciphers trace trace-ascii unix-socket upload-file url url-query "
      "user user-agent variable write-out", 0, "" },
    { "dash", "oO", "", SCL_TOOL_STOPS, "" },
    { "docker", "fveuwmplHc", DOCKER_WORDS, SCL_TOOL_HAS_VERB, "" },
    { "dpkg", "D", "admindir instdir log root", 0, "" },
    { "fetch", "oBSTwN", "ca-cert cert key netrc output referer retry user-agent user-password", 0,
      "" },
    { "find", "", "amin anewer atime cmin cnewer ctime fstype gid group ilname iname inum ipath "
      "iregex links lname maxdepth mindepth mmin mtime name newer path perm regex regextype size "
      "type uid user", SCL_TOOL_LONG_DASH, "" },
    { "gem", "", "", SCL_TOOL_HANDS_ON, "" },
    { "git", "CcbojmtX", "author branch config date depth exec-path git-dir jobs message namespace "
      "origin reference separate-git-dir shallow-exclude shallow-since strategy template "
      "upload-pack work-tree", SCL_TOOL_HAS_VERB, "" },
    { "go", "", "", SCL_TOOL_LONG_DASH, "" },
    { "gpg", "ruoN", "default-key homedir keyring keyserver keyserver-options local-user output "
      "passphrase passphrase-fd passphrase-file pinentry-mode primary-keyring recipient "
      "secret-keyring status-fd trust-model", 0, "" },
    { "gpgv", "", "homedir keyring status-fd", 0, "" },
    { "grep", "ABCDdefm", "after-context before-context context exclude exclude-dir file include "
      "label max-count regexp", 0, "" },
    { "groupadd", "gKpRP", "gid key password prefix root", 0, "" },
    { "groupmod", "gnpRP", "gid new-name password root", 0, "" },
    { "helm", "fn", "ca-file cert-file kube-context kubeconfig namespace password repo set "
      "username values version", SCL_TOOL_HAS_VERB, "" },
    { "install", "gmotS", "group mode owner suffix target-directory", 0, "" },
    { "java", "", "classpath cp jar", SCL_TOOL_LONG_DASH | SCL_TOOL_STOPS, "" },
    { "ksh", "oO", "", SCL_TOOL_STOPS, "" },
    { "kubectl", "fnlo", "as cluster context filename kubeconfig namespace output server token "
      "user", SCL_TOOL_HAS_VERB, "" },
    { "ln", "tS", "suffix target-directory", 0, "" },
    { "mariadb", "DehPSu", MYSQL_WORDS, 0, "p" },
    { "minisign", "pPxctom", "", 0, "" },
    { "mkdir", "mZ", "mode", 0, "" },
    { "mktemp", "p", "suffix tmpdir", 0, "" },
    { "mv", "tS", "suffix target-directory", 0, "" },
    { "mvn", "", "", SCL_TOOL_LONG_DASH, "" },
    { "mysql", "DehPSu", MYSQL_WORDS, 0, "p" },
    { "mysqladmin", "hPSu", MYSQL_WORDS, 0, "p" },
    { "mysqldump", "hPSu", MYSQL_WORDS, 0, "p" },
    { "node", "rCe", "conditions env-file eval import loader require", SCL_TOOL_STOPS, "" },
    { "nodejs", "rCe", "conditions env-file eval import loader require", SCL_TOOL_STOPS, "" },
    { "nuget", "", "", SCL_TOOL_LONG_DASH, "" },
    { "openssl", "", "CA CAfile days in inform keyform keyout newkey out outform pass passin "
      "passout prverify sigopt signature subj verify", SCL_TOOL_LONG_DASH | SCL_TOOL_HAS_VERB, "" },
    { "oras", "puo", "config output password platform username", SCL_TOOL_HAS_VERB, "" },
    { "pacman", "", "", SCL_TOOL_OPTION_VERB, "" },
    { "perl", "eEIMmx", "", SCL_TOOL_STOPS, "" },
    { "php", "cdzfgSt", "define", SCL_TOOL_STOPS, "" },
    { "podman", "fveuwmplHc", DOCKER_WORDS, SCL_TOOL_HAS_VERB, "" },
    { "psql", "cdfhopUv", "command dbname file host output port username variable", 0, "" },
    { "python", "cmWXQ", "check-hash-based-pycs", SCL_TOOL_STOPS | SCL_TOOL_MODULES, "" },
    { "rpm", "", "", SCL_TOOL_OPTION_VERB, "" },
    { "rsync", "efBM", "exclude exclude-from include include-from password-file port rsh", 0, "" },
    { "ruby", "rICEe", "", SCL_TOOL_STOPS, "" },
    { "scp", "cDFiJloPSX", "", 0, "" },
    { "sed", "efl", "expression file line-length", 0, "" },
    { "set", "o", "", 0, "" },
    { "sftp", "BbcDFiJloPRSsX", "", 0, "" },
    { "sh", "oO", "init-file rcfile", SCL_TOOL_STOPS, "" },
    { "sha3sum", "a", "", 0, "" },
    { "shasum", "a", "algorithm", 0, "" },
    { "shred", "ns", "iterations random-source size", 0, "" },
    { "skopeo", "f", "authfile creds dest-authfile dest-cert-dir dest-creds format policy "
      "registries.d src-authfile src-cert-dir src-creds", SCL_TOOL_HAS_VERB, "" },
    { "slsa-verifier", "", "builder-id provenance-path source-tag source-uri", SCL_TOOL_HAS_VERB,
      "" },
    { "ssh", "BbcDEeFIiJLlmOopQRSWw", "", SCL_TOOL_STOPS, "" },
    { "sshpass", "fdpP", "", SCL_TOOL_STOPS, "" },
    { "systemctl", "Hnopst", "host output property root state type", SCL_TOOL_HAS_VERB, "" },
    { "tar", "bCfFgHIKLNTVX", "directory exclude exclude-from file files-from format group mode "
      "owner strip strip-components transform use-compress-program", 0, "" },
    { "terraform", "", "", SCL_TOOL_LONG_DASH | SCL_TOOL_HAS_VERB, "" },
    { "touch", "drt", "date reference time", 0, "" },
    { "unzip", "dPx", "", 0, "" },
    { "useradd", "bcdefgGkKpRPsuZ", "base-dir comment expiredate gid groups home-dir inactive key "
      "password prefix root selinux-user shell skel uid", 0, "" },
    { "usermod", "cdefgGlpRPsuvVwWZ", "comment expiredate gid groups home inactive login password "
      "root shell uid", 0, "" },
    { "wget", "OPaobeitTwQUAReBlDIX",
      "accept append-output base body-data body-file ca-certificate ca-directory certificate "
      "compression config connect-timeout cut-dirs directory-prefix dns-timeout domains execute "
      "header http-password http-user https-proxy include-directories input-file level limit-rate "
      "load-cookies method output-document output-file password post-data post-file private-key "
      "progress quota read-timeout referer reject retry-on-http-error save-cookies "
      "secure-protocol timeout tries user user-agent wait waitretry", 0, "n" },
    { "zsh", "oO", "", SCL_TOOL_STOPS, "" },
};

static const struct scl_tool_row nothing = { "", "", "", 0, "" };

static const struct scl_tool_row *
find(struct scl_str name)
{
    size_t low = 0, high = sizeof rows / sizeof rows[0];

    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = scl_str_compare(scl_str_c(rows[middle].name), name);

        if (order == 0)
            return &rows[middle];
        if (order < 0)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const struct scl_tool_row *
scl_tool_row(struct scl_str name)
{
    const struct scl_tool_row *row = find(name);
    size_t len = name.len;

    while (len && (scl_is_digit(name.at[len - 1]) || name.at[len - 1] == '.'))
        len--;
    if (!row && len < name.len)
        row = find(scl_str_sub(name, 0, len));
    return row ? row : &nothing;
}
