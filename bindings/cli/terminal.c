/* SPDX-License-Identifier: Apache-2.0 */
/*
 * terminal.c: what the streams can show
 */
#include "terminal.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static const char *
variable(const char *name)
{
    const char *value = getenv(name);

    return value ? value : "";
}

static bool
is_on(const char *name)
{
    const char *value = variable(name);

    return *value && strcmp(value, "0") != 0;
}

static bool
wants_color(enum cli_when color, bool is_terminal)
{
    const char *kind = variable("TERM");

    if (color != CLI_AUTO)
        return color == CLI_ALWAYS;
    if (*variable("NO_COLOR"))
        return false;
    if (is_on("CLICOLOR_FORCE") || is_on("FORCE_COLOR"))
        return true;
    return is_terminal && *kind && strcmp(kind, "dumb") != 0;
}

static bool
wants_links(enum cli_when links)
{
    if (links != CLI_AUTO)
        return links == CLI_ALWAYS;
    return *variable("FORCE_HYPERLINKS") && !*variable("NO_HYPERLINKS");
}

/* Whether the first locale variable that says something names UTF-8: "utf8" or "utf-8" in it. */
static bool
names_utf8(void)
{
    static const char *const variables[] = { "LC_ALL", "LC_CTYPE", "LANG" };
    const char *value = "";

    for (size_t i = 0; i < sizeof variables / sizeof *variables && !*value; i++)
        value = variable(variables[i]);
    for (; *value; value++) {
        const char *at = value;

        if ((at[0] | 0x20) != 'u' || (at[1] | 0x20) != 't' || (at[2] | 0x20) != 'f')
            continue;
        if (at[3] == '8' || (at[3] == '-' && at[4] == '8'))
            return true;
    }
    return false;
}

static unsigned
terminal_width(int descriptor)
{
    struct winsize size;

    if (ioctl(descriptor, TIOCGWINSZ, &size) != 0 || size.ws_col == 0)
        return CLI_USUAL_WIDTH;
    if (size.ws_col < CLI_NARROWEST)
        return CLI_NARROWEST;
    return size.ws_col < CLI_WIDEST ? size.ws_col : CLI_WIDEST;
}

struct cli_stream
cli_stream_of(int descriptor, enum cli_when color, enum cli_when links, unsigned width)
{
    struct cli_stream stream = { 0 };

    stream.is_terminal = isatty(descriptor) == 1;
    stream.has_color = wants_color(color, stream.is_terminal);
    stream.has_links = wants_links(links);
    stream.is_ascii = stream.is_terminal && !names_utf8();
    stream.width = width;
    if (!width)
        stream.width = stream.is_terminal ? terminal_width(descriptor) : CLI_USUAL_WIDTH;
    return stream;
}

const char *
cli_link_base(struct cli_pool *pool)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
                                "/.-_";
    char host[256] = "", folder[PATH_MAX], url[3 * PATH_MAX], *to = url;

    if (!getcwd(folder, sizeof folder))
        return "";
    if (gethostname(host, sizeof host - 1) != 0 || host[strspn(host, plain)])
        *host = '\0';
    /* The root folder is the slash that paths are joined by. */
    for (const char *at = strcmp(folder, "/") == 0 ? "" : folder; *at; at++)
        if (strchr(plain, *at))
            *to++ = *at;
        else
            to += snprintf(to, 4, "%%%02X", (unsigned)(unsigned char)*at);
    return cli_pool_format(pool, "file://%s%.*s", host, (int)(to - url), url);
}
