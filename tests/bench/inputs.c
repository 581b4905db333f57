/* SPDX-License-Identifier: Apache-2.0 */
/*
 * inputs.c: what is measured
 *
 * Dockerfiles are made of parts that such files have, chosen by a number alone, so that every run
 * and every machine has the same ones.
 */
#include "bench.h"

#include "base/text.h"
#include "file.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* `%u` becomes the number. */
static const char *const bases[] = {
    "FROM debian:13.%u-slim", "FROM node:22.%u AS run", "FROM python:3.%u",
    "FROM registry.example.org/team/base-%u@sha256:"
    "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef",
};

static const char *const parts[] = {
    "# Part %u of the image: what it needs, and nothing besides.\n"
    "RUN apt-get update && apt-get install -y --no-install-recommends \\\n"
    "        ca-certificates \\\n        curl=7.88.1-%u \\\n        git \\\n"
    "    && rm -rf /var/lib/apt/lists/*\n",
    "ENV APP_HOME=/srv/app-%u \\\n    LANG=C.UTF-8 \\\n    PATH=/srv/app/bin:$PATH\n",
    "WORKDIR /srv/app-%u\n\nCOPY package.json package-lock.json ./\n"
    "RUN npm ci --omit=dev && npm cache clean --force\n",
    "ARG VERSION=1.%u\n"
    "RUN curl -fsSLo /tmp/tool.tgz \"https://example.org/tool-${VERSION}.tgz\" \\\n"
    "    && echo \"${TOOL_SUM}  /tmp/tool.tgz\" | sha256sum -c - \\\n"
    "    && tar -xzf /tmp/tool.tgz -C /usr/local/bin && rm /tmp/tool.tgz\n",
    "COPY --chown=1000:1000 . /srv/app-%u\nUSER 1000:1000\n",
    "RUN set -eux; \\\n    for one in a b c%u; do \\\n        echo \"$one\" >>/etc/list; \\\n"
    "    done; \\\n"
    "    if [ -f /etc/list ]; then chmod 0644 /etc/list; fi\n",
    "LABEL org.opencontainers.image.title=\"app %u\" \\\n"
    "      org.opencontainers.image.licenses=Apache-2.0\n",
    "RUN --mount=type=cache,target=/root/.cache/pip \\\n"
    "    pip install --no-cache-dir -r requirements-%u.txt 'django>=4,<5' requests==2.31.0\n",
    "RUN <<EOF\nset -e\napk add --no-cache build-base%u\nmake install\napk del build-base%u\nEOF\n",
    "HEALTHCHECK --interval=30s --timeout=3s CMD curl -f http://localhost:80%u/ || exit 1\n"
    "EXPOSE 80%u 8443/tcp\n",
    "ENV DB_PASSWORD=tiger-%u-K9xLq2Wz\nVOLUME /data\n",
};

static void
add(struct scl_text *text, const char *pattern, unsigned number)
{
    for (; *pattern; pattern++) {
        if (pattern[0] == '%' && pattern[1] == 'u') {
            scl_text_f(text, "%u", number % 90);
            pattern++;
        } else {
            scl_text_char(text, *pattern);
        }
    }
}

static struct scl_str
keep(struct scl_arena *arena, struct scl_text *text)
{
    size_t length = text->len;
    char *copy = text->failed ? NULL : scl_arena_copy(arena, text->at ? text->at : "", length);

    scl_text_finish(text);
    if (!copy)
        bench_stop("out of memory");
    return scl_str_n(copy, length);
}

struct scl_str
bench_dockerfile(struct scl_arena *arena, unsigned number)
{
    const unsigned count = sizeof parts / sizeof parts[0];
    unsigned stages = 1 + number % 3, step = 1 + number % 4;
    struct scl_text text = { 0 };

    scl_text_c(&text, "# syntax=docker/dockerfile:1\n");
    for (unsigned stage = 0; stage < stages; stage++) {
        add(&text, bases[(number + stage) % (sizeof bases / sizeof bases[0])], number);
        scl_text_c(&text, "\n\n");
        for (unsigned i = 0; i < 3 + number % 7; i++)
            add(&text, parts[(number + stage + i * step) % count], number + i);
    }
    scl_text_c(&text, "ENTRYPOINT [\"/usr/bin/app\"]\nCMD [\"serve\"]\n");
    return keep(arena, &text);
}

/* ---- growth ---- */

const char *const bench_growths[] = {
    "comment lines", "lines of one RUN", "commands of one RUN", "RUN instructions", "ENV variables",
    "COPY instructions", "stages", "labels", "heredoc lines", "findings", "comments that suppress",
    NULL,
};

static const char *const grown[] = {
    "# a comment of usual length, number %u\n", "    word-%u \\\n", " && echo %u",
    "RUN make part-%u\n", "ENV NAME_%u=value\n", "COPY a%u /srv/b%u\n",
    "FROM debian:13.%u AS stage\nRUN make\n", "LABEL org.example.l%u=\"a value\"\n", "echo %u\n",
    "RUN curl -fsSL https://example.org/%u | sh\n",
    "# scantling: ignore SL1401 because it is known\nRUN curl https://example.org/%u | sh\n",
};

struct scl_str
bench_grown(struct scl_arena *arena, unsigned growth, unsigned size)
{
    const char *name = bench_growths[growth];
    struct scl_text text = { 0 };

    scl_text_c(&text, "FROM debian:13\n");
    if (strcmp(name, "lines of one RUN") == 0 || strcmp(name, "commands of one RUN") == 0)
        scl_text_c(&text, "RUN true ");
    if (strcmp(name, "heredoc lines") == 0)
        scl_text_c(&text, "RUN <<EOF\n");
    for (unsigned i = 0; i < size; i++)
        for (const char *at = grown[growth]; *at; at++) {
            if (at[0] == '%' && at[1] == 'u')
                scl_text_f(&text, "%u", i), at++;
            else if (strncmp(at, "stage\n", 6) == 0)
                scl_text_f(&text, "stage-%u\n", i), at += 5;
            else
                scl_text_char(&text, *at);
        }
    scl_text_c(&text, strcmp(name, "heredoc lines") == 0 ? "EOF\nUSER 1\n" : "\nUSER 1\n");
    return keep(arena, &text);
}

/* ---- sets of files ---- */

static void
add_file(struct bench_files *files, struct scl_str name, struct scl_str text)
{
    struct bench_file *file = scl_vec_push(&files->arena, &files->list);

    if (!file)
        bench_stop("out of memory");
    *file = (struct bench_file){ name, text };
    files->bytes += text.len;
}

void
bench_make(struct bench_files *files, unsigned count)
{
    scl_arena_init(&files->arena);
    for (unsigned i = 0; i < count; i++)
        add_file(files, SCL_S("Dockerfile"), bench_dockerfile(&files->arena, i));
}

static void
read_file(struct bench_files *files, const char *path)
{
    const char *slash = strrchr(path, '/'), *base = slash ? slash + 1 : path;
    char *name = scl_arena_copy(&files->arena, base, strlen(base)), *kept;
    size_t size = 0;
    char *bytes = test_read_file(path, &size);

    if (!bytes || !name)
        bench_stop("a file of the list cannot be read");
    kept = scl_arena_copy(&files->arena, bytes, size);
    if (!kept)
        bench_stop("out of memory");
    free(bytes);
    add_file(files, scl_str_c(name), scl_str_n(kept, size));
}

void
bench_read(struct bench_files *files, const char *list)
{
    FILE *file = fopen(list, "r");
    char path[4096];

    scl_arena_init(&files->arena);
    if (!file)
        bench_stop("the list of files cannot be read");
    while (fgets(path, sizeof path, file)) {
        path[strcspn(path, "\n")] = '\0';
        if (path[0])
            read_file(files, path);
    }
    fclose(file);
}

void
bench_write(const struct bench_files *files, const char *folder)
{
    for (uint32_t i = 0; i < files->list.count; i++) {
        char path[4096];
        FILE *file;

        snprintf(path, sizeof path, "%s/Dockerfile.%u", folder, (unsigned)i);
        file = fopen(path, "wb");
        if (!file || fwrite(files->list.at[i].text.at, 1, files->list.at[i].text.len, file) !=
                         files->list.at[i].text.len || fclose(file) != 0)
            bench_stop("a file cannot be written");
        printf("%s\n", path);
    }
}
