/* SPDX-License-Identifier: Apache-2.0 */
/*
 * dockerfile.c: the Dockerfile as a document
 *
 * A Dockerfile makes a `build`, which is the file itself, and for each target the `image` that the
 * stage promises.
 */
#include "formats/dockerfile_lower.h"
#include "formats/format.h"

enum {
    EXPANSION_STEPS = 4000000,
    STEPS_A_BYTE = 16,
    REPEATED_TRIGGERS = 10000,
    PATH_BYTES = 1 << 20,
    INHERITED_PACKAGES = 10000
};

static bool
is_suffix(struct scl_str name, const char *suffix)
{
    struct scl_str end = scl_str_c(suffix);

    return name.len > end.len && scl_str_ends(name, end);
}

static enum scl_fit
fits_name(struct scl_str name)
{
    if (is_suffix(name, ".dockerignore"))
        return SCL_FIT_NO;
    if (scl_str_is(name, "Dockerfile") || scl_str_is(name, "Containerfile") ||
        is_suffix(name, ".Dockerfile") || is_suffix(name, ".dockerfile") ||
        is_suffix(name, ".containerfile") || scl_str_starts(name, SCL_S("Dockerfile.")))
        return SCL_FIT_YES;
    return scl_str_starts(name, SCL_S("Dockerfile-")) ? SCL_FIT_MAYBE : SCL_FIT_NO;
}

/* Whether a comment is a directive that only Dockerfiles have: `# syntax=`, `# escape=`. */
static bool
is_directive(struct scl_str line)
{
    struct scl_str name;

    line = scl_str_trim(scl_str_sub(line, 1, line.len));
    return scl_str_cut(&line, '=', &name) && line.at != NULL &&
           (scl_str_is_nocase(scl_str_trim(name), "syntax") ||
            scl_str_is_nocase(scl_str_trim(name), "escape"));
}

static bool
is_first_instruction(struct scl_str line)
{
    size_t end = 0;
    struct scl_str keyword;

    while (end < line.len && !scl_is_blank(line.at[end]))
        end++;
    keyword = scl_str_sub(line, 0, end);
    return end < line.len &&
           (scl_str_is_nocase(keyword, "FROM") || scl_str_is_nocase(keyword, "ARG"));
}

static enum scl_fit
fits_text(struct scl_str text, const char **ret_reason)
{
    struct scl_str line;
    bool is_first = true;

    if (scl_str_starts(text, SCL_S("\xef\xbb\xbf")))
        text = scl_str_sub(text, 3, text.len);
    while (scl_str_cut(&text, '\n', &line)) {
        line = scl_str_trim(line);
        if (!line.len)
            continue;
        if (line.at[0] != '#') {
            *ret_reason = "FROM or ARG as the first instruction";
            return is_first_instruction(line) ? SCL_FIT_YES : SCL_FIT_NO;
        }
        if (is_first && is_directive(line)) {
            *ret_reason = "a directive in the first line";
            return SCL_FIT_YES;
        }
        is_first = false;
    }
    return SCL_FIT_NO;
}

static void
lower_instructions(struct scl_lowering *l)
{
    for (const struct scl_docker_instruction *i = l->file.first; i; i = i->next) {
        if (l->scratch.failed || l->d->arena.failed)
            return;
        if (i->kind == SCL_DOCKER_FROM)
            scl_stage_begin(l, i);
        else
            scl_instruction_lower(l, i, false);
    }
}

static void
lower_file(struct scl_lowering *l)
{
    struct scl_docker_directive *syntax = &l->file.syntax;

    if (syntax->span.length)
        scl_build_text(l->d, l->build, SCL_BUILD_SYNTAX, scl_lower_keep(l, syntax->value),
                       scl_lower_origin(l, syntax->span));
    scl_ignore_lower(l);
    scl_base_collect(l);
    scl_stages_collect(l);
    scl_scope_begin(l);
    lower_instructions(l);
    if (!l->stages.count && !scl_notes_have_error(&l->d->notes))
        scl_note_add(&l->d->notes, SCL_NOTE_ERROR, (struct scl_span){ 0, 0 },
                     "no FROM, so that there is nothing to build");
    scl_stages_aim(l);
    scl_stages_reach(l);
    scl_packages_settle(l);
    scl_layers_settle(l);
    scl_images_promise(l);
}

static void
lower(struct scl_document *d, const struct scl_input *input, const struct scl_tree *root)
{
    struct scl_docker_limits limits = { 0 };
    struct scl_span start = { 0, 0 }, whole = { 0, (uint32_t)d->files[0].text.len };
    struct scl_lowering l = {
        .d = d,
        .input = input,
        .stage = SCL_NO_STAGE,
        .steps_left = EXPANSION_STEPS + STEPS_A_BYTE * d->files[0].text.len,
        .tool_steps_left = EXPANSION_STEPS + STEPS_A_BYTE * d->files[0].text.len,
        .path_bytes_left = PATH_BYTES + STEPS_A_BYTE * d->files[0].text.len,
        .repeats_left = REPEATED_TRIGGERS,
        .copies_left = SCL_HELD_COPIES,
        .inherited_left = INHERITED_PACKAGES,
    };

    (void)root;
    scl_arena_init(&l.scratch);
    limits.line_bytes = (uint32_t)(input->limits.line_bytes < UINT32_MAX ? input->limits.line_bytes
                                                                         : UINT32_MAX);
    limits.nodes = (uint32_t)(input->limits.nodes < UINT32_MAX ? input->limits.nodes : UINT32_MAX);
    scl_map_init(&l.earlier, &l.scratch);
    scl_map_init(&l.names, &l.scratch);
    scl_map_init(&l.build_args, &l.scratch);
    scl_map_init(&l.bases, &l.scratch);
    scl_map_init(&l.globals, &l.scratch);
    scl_map_init(&l.defaults, &l.scratch);
    scl_map_init(&l.variables, &l.scratch);
    l.build = scl_build_subject(d, SCL_TYPE_BUILD, SCL_S(""), scl_build_origin(d, start, whole));
    if (scl_dockerfile_read(&l.scratch, d->files, &limits, &d->notes, &l.file)) {
        scl_comments_lower(&l);
        lower_file(&l);
    } else {
        d->arena.failed = true;
    }
    if (l.scratch.failed)
        d->arena.failed = true;
    scl_arena_finish(&l.scratch);
}

static const char tour[] =
    "# syntax=docker/dockerfile:1\n"
    "ARG GLOBAL=1\n"
    "FROM --platform=linux/amd64 debian:12 AS build\n"
    "WORKDIR /src\n"
    "ARG NAME=value\n"
    "COPY --from=a:1 --chown=1:1 --chmod=755 --link --parents --exclude=x a b /c/\n"
    "ADD --checksum=sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855 "
    "https://example.org/a /a\n"
    "ADD --unpack=true --keep-git-dir=true https://github.com/a/b.git /b\n"
    "RUN --network=none --security=insecure --mount=type=secret,id=a,target=/a,required=true,"
    "env=A,uid=1,gid=1,mode=0400 A=1 sudo apt-get install -y curl=1 2>/dev/null | tee log "
    "&& rm -rf /tmp/x\n"
    "RUN --mount=type=bind,from=a:1,source=/x,target=/y,rw --mount=type=cache,sharing=locked,"
    "target=/z,id=c true\n"
    "FROM build\n"
    "MAINTAINER someone\n"
    "ENV NAME=value\n"
    "LABEL name=value\n"
    "USER 1:1\n"
    "EXPOSE 80/tcp\n"
    "VOLUME /data\n"
    "STOPSIGNAL SIGTERM\n"
    "SHELL [\"/bin/sh\", \"-c\"]\n"
    "HEALTHCHECK --interval=1s CMD true\n"
    "ONBUILD RUN true\n"
    "ENTRYPOINT [\"run\"]\n"
    "CMD [\"it\"]\n";

const struct scl_format scl_format_dockerfile = {
    .name = "dockerfile",
    .title = "Dockerfile or Containerfile",
    .resolution = "request",
    .family = "",
    .sample = "FROM scratch\n",
    .tour = tour,
    .fits_name = fits_name,
    .fits_text = fits_text,
    .lower = lower,
};
