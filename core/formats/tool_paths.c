/* SPDX-License-Identifier: Apache-2.0 */
/*
 * tool_paths.c: what a command writes and removes
 *
 * A tool is a row: which function reads its operands, and for downloads which options name the
 * file. Paths are made absolute where the folder is known and else stay as they are, clean, so that
 * those of different commands compare. References stay in them: `$DIR/x` is `$DIR/x`, whatever DIR
 * is; `$HOME` is the home or, where that is not known, `~`.
 */
#include "formats/tool_parts.h"

#include "base/path.h"

struct collecting {
    const struct scl_tools *tools;
    struct scl_arena *arena;
    const struct scl_tool_reading *tool;
    const struct way *way;
    struct scl_tool_paths *ret;
};

struct way {
    const char *name;
    void (*collect)(struct collecting *c);
    const char *file, *folder; /* options of a download that name its file and folder */
    const char *remote_names[3]; /* that save under the name of the URL */
    bool saves_by_name;        /* even without one of these */
};

static const struct scl_str nothing = { NULL, 0 };

/* ---- paths ---- */

static struct scl_str
cut_home(struct scl_str path)
{
    static const char *const homes[] = { "${HOME}", "$HOME", "~" };

    for (size_t i = 0; i < sizeof homes / sizeof homes[0]; i++) {
        struct scl_str home = scl_str_c(homes[i]);

        if (scl_str_starts(path, home) && (path.len == home.len || path.at[home.len] == '/'))
            return scl_str_sub(path, home.len, path.len);
    }
    return nothing;
}

struct scl_str
scl_tool_path(struct scl_arena *arena, const struct scl_tool_input *input, struct scl_str path)
{
    struct scl_str below = cut_home(path);
    struct scl_str home = input->home.len ? input->home : SCL_S("~");

    if (below.at) {
        while (below.len && below.at[0] == '/')
            below = scl_str_sub(below, 1, below.len);
        return below.len ? scl_path_join(arena, home, below) : scl_path_clean(arena, home);
    }
    if (scl_str_starts(path, SCL_S("~root/")))
        return scl_path_join(arena, SCL_S("/root"), scl_str_sub(path, 6, path.len));
    return input->folder.len ? scl_path_join(arena, input->folder, path)
                             : scl_path_clean(arena, path);
}

/* A folder whose contents go is as good as gone. */
static struct scl_str
without_stars(struct scl_str path)
{
    while (path.len > 2 && scl_str_ends(path, SCL_S("/*")))
        path = scl_str_sub(path, 0, path.len - 2);
    return path;
}

static bool
is_stream(struct scl_str path)
{
    return !path.len || scl_str_is(path, "-") || scl_str_starts(path, SCL_S("/dev/"));
}

static struct scl_str
whole_path(const struct collecting *c, struct scl_str path)
{
    return scl_tool_path(c->arena, c->tool->input, path);
}

static void
add(const struct collecting *c, struct scl_str path, const char *how, struct scl_str source,
    uint32_t word)
{
    struct scl_tool_addition *addition =
        is_stream(path) ? NULL : scl_vec_push(c->arena, &c->ret->additions);

    if (!addition)
        return;
    addition->path = whole_path(c, path);
    addition->how = how;
    addition->source = source;
    addition->word = word;
}

static void
take_away(const struct collecting *c, struct scl_str path, const char *how, uint32_t word)
{
    struct scl_tool_removal *removal =
        path.len ? scl_vec_push(c->arena, &c->ret->removals) : NULL;

    if (!removal)
        return;
    removal->path = path;
    removal->how = how;
    removal->word = word;
}

static struct scl_str
operand(const struct collecting *c, uint32_t index)
{
    return c->tool->words.at[c->tool->operands.at[index]].text;
}

static bool
has_option(const struct collecting *c, const char *name)
{
    return scl_tool_option(c->tool, name, NULL) != NULL;
}

/* ---- downloads ---- */

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

static bool
is_long_name(struct scl_str name, struct scl_str listed)
{
    return name.len == listed.len + 2 && scl_str_starts(name, SCL_S("--")) &&
           scl_str_ends(name, listed);
}

/* Names are of one letter or more, divided by blanks. */
static bool
is_named(const char *names, struct scl_str name)
{
    struct scl_str rest = scl_str_c(names ? names : ""), one;

    while (scl_str_cut(&rest, ' ', &one))
        if (one.len == 1 ? name.len == 2 && name.at[1] == one.at[0] : is_long_name(name, one))
            return true;
    return false;
}

static bool
saves_remote_name(const struct way *way, struct scl_str name)
{
    for (size_t i = 0; i < 3 && way->remote_names[i]; i++)
        if (scl_str_is(name, way->remote_names[i]))
            return true;
    return false;
}

/* The next option from `*at` on that says where a download goes, or NULL. */
static const struct scl_tool_option *
next_target(const struct collecting *c, uint32_t *at)
{
    while (*at < c->tool->options.count) {
        const struct scl_tool_option *option = &c->tool->options.at[(*at)++];

        if (is_named(c->way->file, option->name) || saves_remote_name(c->way, option->name))
            return option;
    }
    return NULL;
}

static void
save(const struct collecting *c, const struct scl_tool_option *target, struct scl_str folder,
     struct scl_str url, uint32_t word)
{
    struct scl_str file = target && is_named(c->way->file, target->name) ? target->value : nothing;

    if (!file.len && (target || c->way->saves_by_name))
        file = name_of_url(url);
    if (is_stream(file))
        add(c, c->tool->input->output, "download", url, SCL_TOOL_NONE);
    else if (folder.len)
        add(c, scl_path_join(c->arena, folder, file), "download", url, word);
    else
        add(c, file, "download", url, word);
}

/* The first URL goes where the first option says, and so on; of fewer options the last holds. */
static void
collect_download(struct collecting *c)
{
    const struct scl_tool_option *target = NULL, *next;
    const struct scl_tool_reading *tool = c->tool;
    struct scl_str folder = nothing;
    uint32_t at = 0;

    for (uint32_t i = 0; i < tool->options.count; i++)
        if (is_named(c->way->folder, tool->options.at[i].name))
            folder = tool->options.at[i].value;
    for (uint32_t i = 0; i < tool->options.count; i++)
        if (scl_str_is(tool->options.at[i].name, "--url")) {
            next = next_target(c, &at);
            target = next ? next : target;
            save(c, target, folder, tool->options.at[i].value, tool->options.at[i].word);
        }
    for (uint32_t i = 0; i < tool->operands.count; i++) {
        if (!operand(c, i).len)
            continue;
        next = next_target(c, &at);
        target = next ? next : target;
        save(c, target, folder, operand(c, i), tool->operands.at[i]);
    }
}

/* The URL, then the folder, which by default is named like it without `.git`. */
static void
collect_git(struct collecting *c)
{
    struct scl_str name;

    if (!scl_str_is(c->tool->verb, "clone") || !c->tool->operands.count)
        return;
    name = scl_path_base(operand(c, 0));
    if (scl_str_ends(name, SCL_S(".git")))
        name = scl_str_sub(name, 0, name.len - 4);
    if (c->tool->operands.count > 1)
        name = operand(c, 1);
    add(c, name, "clone", operand(c, 0), c->tool->operands.at[c->tool->operands.count > 1]);
}

/* ---- files ---- */

/* `NAME*` is also NAME, which is all that a path below it can be told by. */
static struct scl_str
before_star(struct scl_str path)
{
    size_t star = scl_str_find_char(path, '*');

    if (star == SIZE_MAX || star + 1 != path.len || star < 2 || path.at[star - 1] == '/')
        return nothing;
    return scl_str_sub(path, 0, star);
}

static void
collect_removed(struct collecting *c)
{
    for (uint32_t i = 0; i < c->tool->operands.count; i++) {
        struct scl_str path = without_stars(whole_path(c, operand(c, i)));

        take_away(c, path, "delete", c->tool->operands.at[i]);
        take_away(c, before_star(path), "delete", c->tool->operands.at[i]);
    }
}

static void
collect_shredded(struct collecting *c)
{
    if (has_option(c, "-u") || has_option(c, "--remove"))
        collect_removed(c);
}

/* `find PATH... -delete`, where nothing but the type and depth is asked of what goes. */
static void
collect_found(struct collecting *c)
{
    static const char *const harmless[] = { "-delete", "-type", "-depth", "-mindepth", "-xdev" };

    if (!has_option(c, "-delete"))
        return;
    for (uint32_t i = 0; i < c->tool->options.count; i++) {
        bool is_harmless = false;

        for (size_t n = 0; n < sizeof harmless / sizeof harmless[0]; n++)
            is_harmless = is_harmless || scl_str_is(c->tool->options.at[i].name, harmless[n]);
        if (!is_harmless)
            return;
    }
    collect_removed(c);
}

/* Where sources go: the last operand, or what -t names. A folder that is told to be one (`x/`, `.`,
 * of several sources) holds them by their names. */
static void
copy_to(struct collecting *c, const char *how, bool removes)
{
    const struct scl_tool_option *option = scl_tool_option(c->tool, "-t", NULL);
    uint32_t count = c->tool->operands.count;
    struct scl_str target;
    bool is_folder;

    if (!option)
        option = scl_tool_option(c->tool, "--target-directory", NULL);
    if (!option && count < 2)
        return;
    target = option ? option->value : operand(c, --count);
    is_folder = option || count > 1 || scl_str_ends(target, SCL_S("/")) ||
                scl_str_is(target, ".") || scl_str_ends(target, SCL_S("/."));
    for (uint32_t i = 0; i < count; i++) {
        struct scl_str source = whole_path(c, operand(c, i)), path = target;
        uint32_t word = c->tool->operands.at[i];

        if (is_folder)
            path = scl_path_join(c->arena, target, scl_path_base(operand(c, i)));
        add(c, path, how, source, word);
        if (removes)
            take_away(c, source, "move", word);
    }
}

static void
collect_copy(struct collecting *c)
{
    copy_to(c, "copy", false);
}

static void
collect_move(struct collecting *c)
{
    copy_to(c, "move", true);
}

/* A symbolic link holds nothing. */
static void
collect_link(struct collecting *c)
{
    if (!has_option(c, "-s") && !has_option(c, "--symbolic"))
        copy_to(c, "copy", false);
}

static void
collect_install(struct collecting *c)
{
    if (!has_option(c, "-d") && !has_option(c, "--directory"))
        copy_to(c, "copy", false);
}

static void
collect_tee(struct collecting *c)
{
    for (uint32_t i = 0; i < c->tool->operands.count; i++)
        add(c, operand(c, i), "redirect", nothing, c->tool->operands.at[i]);
}

static const struct way ways[] = {
    { "aria2c", collect_download, "o out", "d dir", { NULL }, true },
    { "cp", collect_copy, NULL, NULL, { NULL }, false },
    { "curl", collect_download, "o output", "output-dir",
      { "-O", "--remote-name", "--remote-name-all" }, false },
    { "fetch", collect_download, "o output", NULL, { NULL }, true },
    { "find", collect_found, NULL, NULL, { NULL }, false },
    { "git", collect_git, NULL, NULL, { NULL }, false },
    { "install", collect_install, NULL, NULL, { NULL }, false },
    { "ln", collect_link, NULL, NULL, { NULL }, false },
    { "mv", collect_move, NULL, NULL, { NULL }, false },
    { "rm", collect_removed, NULL, NULL, { NULL }, false },
    { "rmdir", collect_removed, NULL, NULL, { NULL }, false },
    { "shred", collect_shredded, NULL, NULL, { NULL }, false },
    { "tee", collect_tee, NULL, NULL, { NULL }, false },
    { "unlink", collect_removed, NULL, NULL, { NULL }, false },
    { "wget", collect_download, "O output-document", "P directory-prefix", { NULL }, true },
};

/* ---- caches ---- */

static void
collect_cleaned(struct collecting *c)
{
    struct scl_rows rows =
        scl_facts_rows(c->tools->caches, scl_manager_text(c->tools, c->tool->manager,
                                                          SCL_MANAGER_NAME));

    for (uint32_t i = rows.first; i < rows.end; i++) {
        uint32_t row = c->tools->caches->by_key[i];

        if (scl_cache_is_cleaned(c->tools, c->tool, row))
            take_away(c, scl_cache_folder(c->tools, c->arena, c->tool->input, row), "clean", 0);
    }
}

/* As scl_path_covers, of clean paths: nearly always a matter of their first bytes. */
static bool
covers(struct scl_str outer, struct scl_str inner)
{
    if (scl_str_starts(inner, outer))
        return inner.len == outer.len || inner.at[outer.len] == '/' || outer.len == 1;
    return scl_str_find_char(outer, '*') != SIZE_MAX && scl_path_covers(outer, inner);
}

/* Whether a removal covers a folder as facts write it, that of `~` without making a path of it. */
static bool
covers_folder(const struct collecting *c, struct scl_str removed, struct scl_str folder)
{
    struct scl_str home = c->tool->input->home.len ? c->tool->input->home : SCL_S("~");

    if (!scl_str_starts(folder, SCL_S("~")))
        return covers(removed, folder);
    if (!scl_str_starts(removed, home))
        return covers(removed, home);
    removed = scl_str_sub(removed, home.len, removed.len);
    return !removed.len || covers(removed, scl_str_sub(folder, 1, folder.len));
}

static bool
is_covered(const struct collecting *c, struct scl_str folder)
{
    for (uint32_t i = 0; i < c->ret->removals.count; i++)
        if (covers_folder(c, c->ret->removals.at[i].path, folder))
            return true;
    return false;
}

static bool
has_covered(const struct collecting *c, const struct scl_siblings *run)
{
    for (uint32_t n = 0; n < run->count; n++)
        if (scl_cache_is_used(c->tools, c->tool->input, run->rows[n]) &&
            is_covered(c, scl_cache_text(c->tools, run->rows[n], SCL_CACHE_FOLDER)))
            return true;
    return false;
}

/* A run of rows is one of siblings: where the folder of one is removed, all are. */
static void
add_siblings(const struct collecting *c)
{
    for (uint32_t i = 0; i < c->tools->siblings.count; i++) {
        const struct scl_siblings *run = &c->tools->siblings.at[i];

        if (!has_covered(c, run))
            continue;
        for (uint32_t n = 0; n < run->count; n++) {
            struct scl_str folder = scl_cache_text(c->tools, run->rows[n], SCL_CACHE_FOLDER);

            if (scl_cache_is_used(c->tools, c->tool->input, run->rows[n]) && !is_covered(c, folder))
                take_away(c, whole_path(c, folder), "clean", c->ret->removals.at[0].word);
        }
    }
}

void
scl_tool_paths(const struct scl_tools *tools, struct scl_arena *arena,
               const struct scl_tool_reading *tool, struct scl_tool_paths *ret)
{
    struct collecting c = { .tools = tools, .arena = arena, .tool = tool, .ret = ret };

    *ret = (struct scl_tool_paths){ 0 };
    if (tool->manager != SCL_TOOL_NONE) {
        collect_cleaned(&c);
    } else {
        for (size_t i = 0; i < sizeof ways / sizeof ways[0] && !c.way; i++)
            if (scl_str_is(tool->name, ways[i].name))
                c.way = &ways[i];
        if (c.way)
            c.way->collect(&c);
    }
    if (!(c.way && c.way->collect == collect_download))
        add(&c, tool->input->output, "redirect", nothing, SCL_TOOL_NONE);
    if (ret->removals.count)
        add_siblings(&c);
}
