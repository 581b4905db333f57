/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile_tools.c: what commands of known tools add, run and verify
 *
 * A tool is a row: which of its options take a value, and what its options and operands mean. Paths
 * are made absolute where the folder is known and else are as they are written, clean, so that the
 * path of what is fetched and that of what is run compare. References stay in them: `$DIR/x` is
 * `$DIR/x`, whatever DIR is.
 */
#include "formats/dockerfile_commands.h"

#include "base/path.h"

enum what {
    DOWNLOADS = 1,        /* operands are URLs */
    SAVES_BY_NAME = 2,    /* without an option under the last component of the URL */
    RUNS_OPERAND = 4,     /* the first operand is a script; without one it is the input */
    VERIFIES_LIST = 8,    /* with a checking option: what a list names, `*` */
    VERIFIES_SIGNED = 16, /* with a checking option: signature, then what is signed */
    VERIFIES_LAST = 32,   /* with a checking option or verb: the last operand */
    LONG_DASH = 64        /* options of one dash are words, not clusters */
};

/* Options are names divided by blanks, one letter each where they are letters of a cluster. */
struct tool {
    const char *name;
    unsigned what;
    const char *valued_letters; /* of one letter that take a value */
    const char *valued_words;   /* with `--` (or the one dash) that take a value */
    const char *file, *folder;  /* that name the file, and the folder, of a download */
    const char *remote_name;    /* that save under the name of the URL */
    const char *text;           /* that give the script as text: no operand is one */
    const char *check;          /* options or verb that make it verify */
};

static const struct tool tools[] = {
    { "curl", DOWNLOADS, "oAbcCdDeEFHKmPQrTtUuwXxyYz",
      "output output-dir user-agent cookie cookie-jar data data-binary data-raw data-urlencode "
      "referer cert cacert capath key form header config max-time request retry retry-delay "
      "retry-max-time connect-timeout proxy user url range upload-file write-out resolve "
      "dump-header limit-rate proto proto-redir proto-default oauth2-bearer ciphers tls-max "
      "speed-limit speed-time max-redirs netrc-file pinnedpubkey",
      "o output", "output-dir", "O remote-name remote-name-all", "", "" },
    { "wget", DOWNLOADS | SAVES_BY_NAME, "OPaobeitTwQUAReBlDIX",
      "output-document directory-prefix output-file append-output execute tries timeout wait quota "
      "user-agent header user password input-file base level accept reject domains post-data "
      "post-file method body-data body-file referer ca-certificate certificate private-key "
      "http-user http-password limit-rate read-timeout connect-timeout dns-timeout waitretry "
      "secure-protocol progress compression",
      "O output-document", "P directory-prefix", "", "", "" },
    { "fetch", DOWNLOADS | SAVES_BY_NAME, "oBSTwN",
      "output user-agent user-password referer ca-cert cert key netrc retry", "o output", "", "",
      "", "" },
    { "aria2c", DOWNLOADS | SAVES_BY_NAME, "odlijkmstTxcu",
      "out dir split max-connection-per-server max-concurrent-downloads min-split-size header "
      "user-agent checksum timeout max-tries",
      "o out", "d dir", "", "", "" },
    { "sh", RUNS_OPERAND, "oO", "init-file rcfile", "", "", "", "c s", "" },
    { "bash", RUNS_OPERAND, "oO", "init-file rcfile", "", "", "", "c s", "" },
    { "dash", RUNS_OPERAND, "oO", "", "", "", "", "c s", "" },
    { "ash", RUNS_OPERAND, "oO", "", "", "", "", "c s", "" },
    { "zsh", RUNS_OPERAND, "oO", "", "", "", "", "c s", "" },
    { "ksh", RUNS_OPERAND, "oO", "", "", "", "", "c s", "" },
    { ".", RUNS_OPERAND, "", "", "", "", "", "", "" },
    { "source", RUNS_OPERAND, "", "", "", "", "", "", "" },
    { "python", RUNS_OPERAND, "WXQ", "check-hash-based-pycs", "", "", "", "c m", "" },
    { "python2", RUNS_OPERAND, "WXQ", "", "", "", "", "c m", "" },
    { "python3", RUNS_OPERAND, "WXQ", "check-hash-based-pycs", "", "", "", "c m", "" },
    { "perl", RUNS_OPERAND, "IMmx", "", "", "", "", "e E", "" },
    { "ruby", RUNS_OPERAND, "rICE", "", "", "", "", "e", "" },
    { "node", RUNS_OPERAND, "rC", "require import loader conditions env-file", "", "", "",
      "e p eval print", "" },
    { "nodejs", RUNS_OPERAND, "rC", "require import loader conditions env-file", "", "", "",
      "e p eval print", "" },
    { "php", RUNS_OPERAND, "cdzfgSt", "define", "", "", "", "r B R E S", "" },
    { "md5sum", VERIFIES_LIST, "", "", "", "", "", "", "c check" },
    { "sha1sum", VERIFIES_LIST, "", "", "", "", "", "", "c check" },
    { "sha224sum", VERIFIES_LIST, "", "", "", "", "", "", "c check" },
    { "sha256sum", VERIFIES_LIST, "", "", "", "", "", "", "c check" },
    { "sha384sum", VERIFIES_LIST, "", "", "", "", "", "", "c check" },
    { "sha512sum", VERIFIES_LIST, "", "", "", "", "", "", "c check" },
    { "sha3sum", VERIFIES_LIST, "a", "", "", "", "", "", "c check" },
    { "b2sum", VERIFIES_LIST, "l", "length", "", "", "", "", "c check" },
    { "cksum", VERIFIES_LIST, "al", "algorithm length", "", "", "", "", "c check" },
    { "shasum", VERIFIES_LIST, "a", "algorithm", "", "", "", "", "c check" },
    { "gpg", VERIFIES_SIGNED, "ruo", "homedir keyring keyserver output status-fd", "", "", "", "",
      "verify" },
    { "gpg2", VERIFIES_SIGNED, "ruo", "homedir keyring keyserver output status-fd", "", "", "", "",
      "verify" },
    { "gpgv", VERIFIES_SIGNED, "", "homedir keyring status-fd", "", "", "", "", NULL },
    { "cosign", VERIFIES_LAST, "", "key signature certificate certificate-identity bundle "
      "certificate-identity-regexp certificate-oidc-issuer certificate-oidc-issuer-regexp "
      "rekor-url certificate-chain ca-roots", "", "", "", "", "verify-blob" },
    { "minisign", VERIFIES_LAST, "pPxcto", "", "m", "", "", "", "V" },
    { "openssl", VERIFIES_LAST | LONG_DASH, "", "verify signature prverify sigopt keyform out",
      "", "", "", "", "verify prverify" },
    { "slsa-verifier", VERIFIES_LAST, "", "provenance-path source-uri source-tag builder-id", "",
      "", "", "", "verify-artifact" },
};

/* Whether a name is among those of a row. */
static bool
is_listed(const char *names, struct scl_str name)
{
    struct scl_str rest = scl_str_c(names ? names : ""), one;

    while (scl_str_cut(&rest, ' ', &one))
        if (name.len && scl_str_same(one, name))
            return true;
    return false;
}

/* One option or operand after another. */
struct arguments {
    const struct scl_tool_call *call;
    const struct tool *tool;
    uint32_t next;       /* word */
    size_t letter;       /* of a cluster; 0: none is open */
    bool only_operands;  /* behind `--` */
    struct scl_str name; /* of an option; of length 0: an operand */
    struct scl_str value;
    uint32_t origin;     /* of the value or operand */
};

static void
take_value(struct arguments *at)
{
    if (at->next >= at->call->count)
        return;
    at->value = at->call->words[at->next];
    at->origin = at->call->origins[at->next++];
}

static void
take_word_option(struct arguments *at, struct scl_str word, size_t dashes)
{
    size_t equals = scl_str_find_char(word, '=');

    at->name = scl_str_sub(word, dashes, (equals == SIZE_MAX ? word.len : equals) - dashes);
    if (equals != SIZE_MAX)
        at->value = scl_str_sub(word, equals + 1, word.len);
    else if (is_listed(at->tool->valued_words, at->name))
        take_value(at);
}

/* The next letter of `-qO-`: one that takes a value ends the cluster. */
static void
take_letter(struct arguments *at)
{
    struct scl_str word = at->call->words[at->next - 1];

    at->name = scl_str_sub(word, at->letter++, 1);
    if (scl_str_find(scl_str_c(at->tool->valued_letters), at->name) != SIZE_MAX) {
        at->value = scl_str_sub(word, at->letter, word.len);
        at->letter = 0;
        if (!at->value.len)
            take_value(at);
    } else if (at->letter >= word.len) {
        at->letter = 0;
    }
}

static bool
next_argument(struct arguments *at)
{
    struct scl_str word;

    at->name = at->value = (struct scl_str){ 0 };
    if (at->letter) {
        take_letter(at);
        return true;
    }
    if (at->next >= at->call->count)
        return false;
    word = at->call->words[at->next];
    at->origin = at->call->origins[at->next++];
    if (at->only_operands || word.len < 2 || word.at[0] != '-') {
        at->value = word;
        return true;
    }
    if (scl_str_is(word, "--")) {
        at->only_operands = true;
        return next_argument(at);
    }
    if (word.at[1] == '-') {
        take_word_option(at, word, 2);
    } else if (at->tool->what & LONG_DASH) {
        take_word_option(at, word, 1);
    } else {
        at->letter = 1;
        take_letter(at);
    }
    return true;
}

static struct arguments
arguments(const struct scl_tool_call *call, const struct tool *tool)
{
    return (struct arguments){ .call = call, .tool = tool, .next = 1 };
}

/* Paths. */

static struct scl_str
whole_path(const struct scl_tool_call *call, struct scl_str folder, struct scl_str path)
{
    struct scl_arena *arena = &call->l->d->arena;

    if (folder.len)
        path = scl_path_join(&call->l->scratch, folder, path);
    return call->folder->is_known ? scl_path_join(arena, call->folder->text, path)
                                  : scl_path_clean(arena, path);
}

static bool
is_stream(struct scl_str path)
{
    return !path.len || scl_str_is(path, "-") || scl_str_starts(path, SCL_S("/dev/"));
}

static void
add_addition(const struct scl_tool_call *call, struct scl_str path, const char *how,
             struct scl_str source, uint32_t origin)
{
    struct scl_document *d = call->l->d;
    uint32_t addition = scl_build_object(d, call->command, SCL_COMMAND_ADDITIONS, origin);

    scl_build_text(d, addition, SCL_ADDITION_PATH, path, origin);
    scl_build_text(d, addition, SCL_ADDITION_HOW, scl_str_c(how), 0);
    if (source.len)
        scl_build_text(d, addition, SCL_ADDITION_SOURCE, source, origin);
    scl_build_link(d, addition, SCL_ADDITION_INSTRUCTION, call->instruction, 0);
}

static void
add_run(const struct scl_tool_call *call, struct scl_str path, uint32_t origin)
{
    scl_build_item_text(call->l->d, call->command, SCL_COMMAND_RUNS,
                        whole_path(call, (struct scl_str){ 0 }, path), origin);
}

static void
add_check(const struct scl_tool_call *call, struct scl_str path, uint32_t origin)
{
    bool is_told = is_stream(path) || scl_str_is(path, "*");

    scl_build_item_text(call->l->d, call->command, SCL_COMMAND_VERIFIES,
                        is_told ? SCL_S("*") : whole_path(call, (struct scl_str){ 0 }, path),
                        origin);
}

/* Downloads. */

static struct scl_str
name_of_url(struct scl_str url)
{
    size_t end = 0, slash;

    while (end < url.len && url.at[end] != '?' && url.at[end] != '#')
        end++;
    url = scl_str_sub(url, 0, end);
    slash = scl_str_find_last(url, '/');
    return slash == SIZE_MAX ? url : scl_str_sub(url, slash + 1, url.len);
}

struct download {
    struct scl_str file, folder, url, redirected;
    bool by_name;
};

static void
save(const struct scl_tool_call *call, const struct download *download, struct scl_str url,
     uint32_t origin)
{
    struct scl_str name = download->file.len ? download->file
                          : download->by_name ? name_of_url(url)
                                              : (struct scl_str){ 0 };

    if (!is_stream(name))
        add_addition(call, whole_path(call, download->folder, name), "download", url, origin);
    else if (!is_stream(call->output))
        add_addition(call, whole_path(call, (struct scl_str){ 0 }, call->output), "download", url,
                     call->output_origin);
}

/* Options first, for they may stand behind the URLs; of several files each has its URL. */
static void
apply_download(const struct scl_tool_call *call, const struct tool *tool)
{
    struct download download = { .by_name = (tool->what & SAVES_BY_NAME) != 0 };
    struct arguments options = arguments(call, tool), urls = arguments(call, tool);

    while (next_argument(&options))
        if (is_listed(tool->folder, options.name))
            download.folder = options.value;
        else if (is_listed(tool->remote_name, options.name))
            download.by_name = true;
        else if (is_listed(tool->file, options.name) && !download.file.len)
            download.file = options.value;
    options = arguments(call, tool);
    while (next_argument(&urls)) {
        bool has_file = false;

        if (urls.name.len ? !scl_str_is(urls.name, "url") : !urls.value.len)
            continue;
        while (!has_file && next_argument(&options)) {
            has_file = is_listed(tool->file, options.name);
            if (has_file)
                download.file = options.value;
        }
        save(call, &download, urls.value, urls.origin);
    }
}

/* Scripts. */

static void
apply_script(const struct scl_tool_call *call, const struct tool *tool)
{
    struct arguments at = arguments(call, tool);

    while (next_argument(&at)) {
        if (is_listed(tool->text, at.name))
            return;
        if (at.name.len)
            continue;
        if (!is_stream(at.value))
            add_run(call, at.value, at.origin);
        return;
    }
    if (!is_stream(call->input))
        add_run(call, call->input, call->input_origin);
}

/* Checks. */

static struct scl_str
signed_file(struct scl_str signature)
{
    static const char *const suffixes[] = { ".asc", ".sig", ".sign", ".gpg", NULL };

    for (const char *const *suffix = suffixes; *suffix; suffix++)
        if (scl_str_ends(signature, scl_str_c(*suffix)))
            return scl_str_sub(signature, 0, signature.len - scl_str_c(*suffix).len);
    return signature;
}

/* What a tool that was told to verify was given. */
static void
apply_check(const struct scl_tool_call *call, const struct tool *tool)
{
    struct arguments at = arguments(call, tool);
    struct scl_str first = { 0 }, last = { 0 };
    uint32_t origin = call->origins[0], count = 0;
    bool checks = !tool->check;

    while (next_argument(&at)) {
        if (is_listed(tool->check, at.name.len ? at.name : at.value))
            checks = true;
        else if (!at.name.len || is_listed(tool->file, at.name)) {
            first = count++ ? first : at.value;
            last = at.value;
            origin = at.origin;
        }
    }
    if (checks && tool->what & VERIFIES_LIST)
        add_check(call, SCL_S("*"), origin);
    else if (checks && tool->what & VERIFIES_SIGNED && count)
        add_check(call, count > 1 ? last : signed_file(first), origin);
    else if (checks && tool->what & VERIFIES_LAST && count)
        add_check(call, last, origin);
    else if (!checks && tool->what & VERIFIES_LIST && call->in_substitution && count)
        add_check(call, first, origin);
}

static void
change_folder(const struct scl_tool_call *call)
{
    struct scl_str to = call->count > 1 ? call->words[1] : SCL_S("~");

    if (scl_str_is(to, "-") && call->count > 1)
        *call->folder = (struct scl_known){ 0 };
    else if (call->folder->is_known || scl_path_is_absolute(to))
        *call->folder = scl_known(whole_path(call, (struct scl_str){ 0 }, to));
}

static const struct tool *
find_tool(struct scl_str name)
{
    for (size_t i = 0; i < sizeof tools / sizeof tools[0]; i++)
        if (scl_str_is(name, tools[i].name))
            return &tools[i];
    return NULL;
}

void
scl_tool_apply(const struct scl_tool_call *call)
{
    const struct tool *tool = call->count && call->name.at ? find_tool(call->name) : NULL;
    unsigned what = tool ? tool->what : 0;

    if (call->count && scl_str_find_char(call->words[0], '/') != SIZE_MAX)
        add_run(call, call->words[0], call->origins[0]);
    if (what & DOWNLOADS)
        apply_download(call, tool);
    else if (!is_stream(call->output))
        add_addition(call, whole_path(call, (struct scl_str){ 0 }, call->output), "redirect",
                     (struct scl_str){ 0 }, call->output_origin);
    if (what & RUNS_OPERAND)
        apply_script(call, tool);
    if (what & (VERIFIES_LIST | VERIFIES_SIGNED | VERIFIES_LAST))
        apply_check(call, tool);
    if (call->count && scl_str_is(call->name, "cd"))
        change_folder(call);
}
