/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_tool_paths.c: what commands write and remove
 */
#include "tool_print.h"

static void
what_is_removed_has_a_whole_path(void **state)
{
    static const struct line lines[] = {
        { "rm -rf /var/lib/apt/lists/*", "-delete /var/lib/apt/lists", NULL },
        { "rm -rf /var/lib/apt/lists", "-delete /var/lib/apt/lists", NULL },
        { "rm -r /var/lib/apt/lists/ /tmp/* a",
          "-delete /var/lib/apt/lists, -delete /tmp, -delete /w/a", NULL },
        { "rm -rf ~/.cache \"$HOME/.npm\" ${HOME}/x",
          "-delete /root/.cache, -delete /root/.npm, -delete /root/x, -clean "
          "/root/.composer/cache", NULL },
        { "rm -rf $D/x", "-delete $D/x", NULL },
        { "rm -rf $D/x", "-delete /d/x", "D=/d" },
        { "rm -rf /var/cache/yum",
          "-delete /var/cache/yum, -clean /var/cache/dnf, -clean /var/cache/libdnf5", NULL },
        { "rm -rf /var/cache/*", "-delete /var/cache, -clean /etc/apk/cache", NULL },
        { "rm -rf /a/b*", "-delete /a/b*, -delete /a/b", NULL },
        { "rm -rf /a/*b /c/*/d", "-delete /a/*b, -delete /c/*/d", NULL },
        { "rm -rf *", "-delete /w", NULL },
        { "rm -f x.tar.gz *.deb", "-delete /w/x.tar.gz, -delete /w/*.deb", NULL },
        { "unlink /a", "-delete /a", NULL },
        { "rmdir /a", "-delete /a", NULL },
        { "shred -u /a", "-delete /a", NULL },
        { "shred /a", "", NULL },
        { "find /var/lib/apt/lists -type f -delete", "-delete /var/lib/apt/lists", NULL },
        { "find /a -name '*.pyc' -delete", "", NULL },
        { "find /a -print", "", NULL },
    };

    (void)state;
    line_check(lines, COUNT(lines), SCL_S("/root"), print_paths);
}

static void
clean_commands_remove_the_folders_of_caches(void **state)
{
    static const struct line lines[] = {
        { "apt-get clean", "-clean /var/cache/apt", NULL },
        { "apt-get dist-clean", "-clean /var/cache/apt, -clean /var/lib/apt/lists", NULL },
        { "yum clean all",
          "-clean /var/cache/dnf, -clean /var/cache/yum, -clean /var/cache/libdnf5", NULL },
        { "dnf clean all",
          "-clean /var/cache/dnf, -clean /var/cache/libdnf5, -clean /var/cache/yum", NULL },
        { "microdnf clean all",
          "-clean /var/cache/dnf, -clean /var/cache/libdnf5, -clean /var/cache/yum", NULL },
        { "apk cache clean", "-clean /etc/apk/cache, -clean /var/cache/apk", NULL },
        { "pip cache purge", "-clean /root/.cache/pip", NULL },
        { "npm cache clean --force", "-clean /root/.npm", NULL },
        { "yarn cache clean",
          "-clean /usr/local/share/.cache/yarn, -clean /root/.yarn/berry/cache", NULL },
        { "conda clean -afy", "-clean /opt/conda/pkgs", NULL },
        { "conda clean -t", "", NULL },
        { "go clean -modcache", "-clean /go/pkg/mod, -clean /root/go/pkg/mod", NULL },
        { "go clean -cache", "-clean /root/.cache/go-build", NULL },
        { "go clean", "", NULL },
        { "pacman -Scc --noconfirm", "-clean /var/cache/pacman/pkg", NULL },
        { "zypper clean --all", "-clean /var/cache/zypp", NULL },
        { "composer clear-cache",
          "-clean /root/.cache/composer, -clean /root/.composer/cache", NULL },
        { "dotnet nuget locals all --clear", "-clean /root/.nuget/packages", NULL },
    };

    (void)state;
    line_check(lines, COUNT(lines), SCL_S("/root"), print_paths);
}

static void
downloads_are_written_where_their_options_say(void **state)
{
    static const struct line lines[] = {
        { "curl -fsSL https://a/b", "", NULL },
        { "curl -o /x/y https://a/b", "+download /x/y < https://a/b", NULL },
        { "curl -fsSLO https://a/b.tgz?x=1", "+download /w/b.tgz < https://a/b.tgz?x=1", NULL },
        { "curl -o a https://u -o b https://v",
          "+download /w/a < https://u, +download /w/b < https://v", NULL },
        { "curl -O https://u/a -o b https://v",
          "+download /w/a < https://u/a, +download /w/b < https://v", NULL },
        { "curl --output-dir /d -O https://a/b", "+download /d/b < https://a/b", NULL },
        { "curl -o - https://a/b", "", NULL },
        { "curl --url https://a/b -o c", "+download /w/c < https://a/b", NULL },
        { "curl -o /dev/null https://a", "", NULL },
        { "wget https://a/b.tgz", "+download /w/b.tgz < https://a/b.tgz", NULL },
        { "wget -O /c https://a/b", "+download /c < https://a/b", NULL },
        { "wget -qO- https://a/b", "", NULL },
        { "wget -P /d https://a/b https://a/c",
          "+download /d/b < https://a/b, +download /d/c < https://a/c", NULL },
        { "wget https://a/b#frag", "+download /w/b < https://a/b#frag", NULL },
        { "aria2c -d /d -o c https://a/b", "+download /d/c < https://a/b", NULL },
    };

    (void)state;
    line_check(lines, COUNT(lines), SCL_S("/root"), print_paths);
}

static void
files_are_copied_and_moved(void **state)
{
    static const struct line lines[] = {
        { "git clone https://a/b.git", "+clone /w/b < https://a/b.git", NULL },
        { "git clone --depth 1 -b v1 https://a/b.git /src", "+clone /src < https://a/b.git", NULL },
        { "git pull", "", NULL },
        { "tee /a b", "+redirect /a, +redirect /w/b", NULL },
        { "tee -a /etc/x", "+redirect /etc/x", NULL },
        { "cp a /b", "+copy /b < /w/a", NULL },
        { "cp a b /c/", "+copy /c/a < /w/a, +copy /c/b < /w/b", NULL },
        { "cp a /c/.", "+copy /c/a < /w/a", NULL },
        { "cp -t /d a b", "+copy /d/a < /w/a, +copy /d/b < /w/b", NULL },
        { "cp -r /run/secrets/x /root/.netrc", "+copy /root/.netrc < /run/secrets/x", NULL },
        { "cp a", "", NULL },
        { "mv /a /b", "+move /b < /a, -move /a", NULL },
        { "mv a b /c", "+move /c/a < /w/a, +move /c/b < /w/b, -move /w/a, -move /w/b", NULL },
        { "ln /a /b", "+copy /b < /a", NULL },
        { "ln -s /a /b", "", NULL },
        { "ln -sf /a /b", "", NULL },
        { "install -m 600 a /b", "+copy /b < /w/a", NULL },
        { "install -d /a /b", "", NULL },
        { "cd /x", "", NULL },
    };

    (void)state;
    line_check(lines, COUNT(lines), SCL_S("/root"), print_paths);
}

static void
redirections_are_additions(void **state)
{
    static const struct line lines[] = {
        { "echo a", "+redirect /out", NULL },
        { "curl https://a/b", "+download /out < https://a/b", NULL },
        { "curl -o x https://a/b", "+download /w/x < https://a/b", NULL },
        { "tee x", "+redirect /w/x, +redirect /out", NULL },
    };

    for (size_t i = 0; i < COUNT(lines); i++) {
        struct line_reading *r = line_read(*state, &lines[i], SCL_S("/root"));
        struct scl_text out;

        scl_text_init(&out);
        r->input.output = SCL_S("/out");
        print_paths(&out, *state, r);
        check_text(scl_text_str(&out), lines[i].expected, lines[i].text);
        scl_text_finish(&out);
    }
}

static void
a_home_that_is_not_known_stays_a_symbol(void **state)
{
    static const struct line lines[] = {
        { "rm -rf ~/.npm", "-delete ~/.npm", NULL },
        { "rm -rf $HOME/.npm ${HOME}/x", "-delete ~/.npm, -delete ~/x", NULL },
        { "rm -rf ~",
          "-delete ~, -clean /usr/local/cargo/registry, -clean /usr/local/bundle/cache, "
          "-clean /go/pkg/mod, -clean /usr/local/share/.cache/yarn", NULL },
        { "rm -rf /go/pkg", "-delete /go/pkg, -clean ~/go/pkg/mod", NULL },
        { "rm -rf ~/.yarn/b", "-delete ~/.yarn/b", NULL },
        { "pip cache purge", "-clean ~/.cache/pip", NULL },
    };

    (void)state;
    line_check(lines, COUNT(lines), (struct scl_str){ NULL, 0 }, print_paths);
}

static void
an_unknown_folder_leaves_paths_relative(void **state)
{
    static const struct line line = { "rm -r a/../b /c", "", NULL };
    struct line_reading *r = line_read(*state, &line, SCL_S("/root"));
    struct scl_text out;

    scl_text_init(&out);
    r->input.folder = (struct scl_str){ NULL, 0 };
    print_paths(&out, *state, r);
    check_text(scl_text_str(&out), "-delete b, -delete /c", "no folder");
    scl_text_finish(&out);
}

SUITE(
    CASE(what_is_removed_has_a_whole_path),
    CASE(clean_commands_remove_the_folders_of_caches),
    CASE(downloads_are_written_where_their_options_say),
    CASE(files_are_copied_and_moved),
    CASE(redirections_are_additions),
    CASE(a_home_that_is_not_known_stays_a_symbol),
    CASE(an_unknown_folder_leaves_paths_relative))
