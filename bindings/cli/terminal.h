/* SPDX-License-Identifier: Apache-2.0 */
/*
 * terminal.h: what the streams can show
 *
 * Colour, width and characters are decided once, for each stream apart, from the options, the
 * terminal and the few variables of the environment that users know for it.
 */
#ifndef CLI_TERMINAL_H
#define CLI_TERMINAL_H

#include <stdbool.h>

#include "pool.h"

enum cli_when { CLI_AUTO, CLI_ALWAYS, CLI_NEVER };

enum { CLI_NARROWEST = 40, CLI_WIDEST = 1000, CLI_USUAL_WIDTH = 80 };

struct cli_stream {
    bool is_terminal, has_color, has_links, is_ascii;
    unsigned width;
};

/* `width` 0: that of the terminal, else the usual one. */
struct cli_stream cli_stream_of(int descriptor, enum cli_when color, enum cli_when links,
                                unsigned width);

/* The URL of the current folder, `file://HOST/PATH`; "" where it cannot be told. */
const char *cli_link_base(struct cli_pool *pool);

#endif
