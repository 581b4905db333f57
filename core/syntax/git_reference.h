/* SPDX-License-Identifier: Apache-2.0 */
/*
 * git_reference.h: URLs of git repositories, as ADD takes them
 *
 * `git://` and `ssh://`, `user@host:path`, and `http(s)://` whose path ends in `.git`. A query and
 * a fragment `#ref:folder` say what of the repository is meant.
 */
#ifndef SCL_SYNTAX_GIT_REFERENCE_H
#define SCL_SYNTAX_GIT_REFERENCE_H

#include "base/str.h"

struct scl_git_reference {
    const char *problem; /* a clause; NULL: none */
    struct scl_str what; /* the piece of the text it is about */
};

/* Whether the text names a git repository. What is wrong with its query is told. */
bool scl_git_reference_parse(struct scl_str text, struct scl_git_reference *ret);

#endif
