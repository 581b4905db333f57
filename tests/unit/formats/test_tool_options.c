/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_tool_options.c: options, operands and verbs of commands
 */
#include "tool_print.h"

static void
options_and_their_values_stand_anywhere(void **state)
{
    static const struct line lines[] = {
        { "apt-get -y --no-install-recommends install curl",
          "apt-get {install} -y --no-install-recommends : curl", NULL },
        { "apt-get install -qy curl", "apt-get {install} -q -y : curl", NULL },
        { "apt-get install -qq curl -- -weird", "apt-get {install} -q -q : curl, -weird", NULL },
        { "apt-get -t buster install curl", "apt-get {install} -t=buster : curl", NULL },
        { "apt-get -tbuster install curl", "apt-get {install} -t=buster : curl", NULL },
        { "apt-get -t=buster install curl", "apt-get {install} -t=buster : curl", NULL },
        { "apt-get install -yt buster curl", "apt-get {install} -y -t=buster : curl", NULL },
        { "apt-get install --target-release=buster curl",
          "apt-get {install} --target-release=buster : curl", NULL },
        { "apt-get install -o Dpkg::Options::=\"--force-confold\" curl",
          "apt-get {install} -o=Dpkg::Options::=--force-confold : curl", NULL },
        { "apt-get install -oDebug=1 curl", "apt-get {install} -o=Debug=1 : curl", NULL },
    };

    (void)state;
    line_check(lines, COUNT(lines), SCL_S("/root"), print_tool);
}

static void
the_manager_is_what_runs_in_the_end(void **state)
{
    static const struct line lines[] = {
        { "/usr/bin/apt-get update", "apt-get {update}", NULL },
        { "sudo -E apt-get update", "apt-get {update}", NULL },
        { "DEBIAN_FRONTEND=noninteractive apt-get -y install curl",
          "apt-get {install} -y : curl", NULL },
        { "apt-get $FLAGS install curl", "apt-get {install} : curl", NULL },
        { "apt-get --with=$X install curl", "apt-get {install} --with=$X? : curl", NULL },
        { "$TOOL install curl", "? : install, curl", NULL },
        { "apt-get", "apt-get", NULL },
        { "apt-get --version", "apt-get --version", NULL },
        { "yum -y clean all", "yum {clean all} -y", NULL },
    };

    (void)state;
    line_check(lines, COUNT(lines), SCL_S("/root"), print_tool);
}

static void
verbs_may_have_several_words(void **state)
{
    static const struct line lines[] = {
        { "npm --prefix /a install b", "npm {install} --prefix=/a : b", NULL },
        { "npm config set strict-ssl false", "npm {config} : set, strict-ssl, false", NULL },
        { "npm cache clean --force", "npm {cache clean} --force", NULL },
    };

    (void)state;
    line_check(lines, COUNT(lines), SCL_S("/root"), print_tool);
}

static void
modules_of_python_are_managers(void **state)
{
    static const struct line lines[] = {
        { "pip --no-input install a", "pip {install} --no-input : a", NULL },
        { "pip3 install a", "pip3 {install} : a", NULL },
        { "pip3.11 install a", "pip3.11 {install} : a", NULL },
        { "pip install --index-url=https://a b", "pip {install} --index-url=https://a : b", NULL },
        { "pip install -ihttps://a b", "pip {install} -i=https://a : b", NULL },
        { "python3 -m pip install -U a", "python3 {install} -m=pip -U : a", NULL },
        { "python3.11 -m pip install a", "python3.11 {install} -m=pip : a", NULL },
        { "python -mpip install a", "python {install} -m=pip : a", NULL },
        { "python -Im pip install a", "python {install} -I -m=pip : a", NULL },
        { "python3 -W ignore -m pip install a", "python3 {install} -W=ignore -m=pip : a", NULL },
        { "python3 -m venv -a /venv", "python3 -m=venv : -a, /venv", NULL },
        { "python3 -c \"print(1)\" -x y", "python3 -c=print(1) : -x, y", NULL },
        { "python3 -u app.py --reload -p 1", "python3 -u : app.py, --reload, -p, 1", NULL },
        { "python3 setup.py install", "python3 : setup.py, install", NULL },
    };

    (void)state;
    line_check(lines, COUNT(lines), SCL_S("/root"), print_tool);
}

static void
tools_write_their_options_in_their_own_way(void **state)
{
    static const struct line lines[] = {
        { "uv pip install --system a", "uv {pip install} --system : a", NULL },
        { "cargo +nightly install a", "cargo {install} : a", NULL },
        { "cargo --locked install a", "cargo {install} --locked : a", NULL },
        { "gem install -v 1.2 a", "gem {install} -v=1.2 : a", NULL },
        { "go install -v -ldflags \"-s -w\" a.b/c@v1.2.3",
          "go {install} -v -ldflags=-s -w : a.b/c@v1.2.3", NULL },
        { "go install -ldflags='-s' a.b/c", "go {install} -ldflags=-s : a.b/c", NULL },
        { "go mod download -x", "go {mod download} -x", NULL },
        { "mvn -B -DskipTests package", "mvn {package} -B -DskipTests", NULL },
        { "mvn -Pprod -pl a,b -T4 package", "mvn {package} -P=prod -pl=a,b -T=4", NULL },
        { "nuget install a -Version 1.2", "nuget {install} -Version=1.2 : a", NULL },
    };

    (void)state;
    line_check(lines, COUNT(lines), SCL_S("/root"), print_tool);
}

static void
verbs_may_be_options(void **state)
{
    static const struct line lines[] = {
        { "pacman -Syu --noconfirm", "pacman {-Syu} -S -y -u --noconfirm", NULL },
        { "pacman -yuS a", "pacman {-Syu} -y -u -S : a", NULL },
        { "pacman --sync --noconfirm a", "pacman {--sync} --sync --noconfirm : a", NULL },
        { "pacman -Ss a", "pacman -S -s : a", NULL },
        { "pacman -Rns a", "pacman {-Rns} -R -n -s : a", NULL },
        { "rpm -Uvh a.rpm", "rpm {-Uvh} -U -v -h : a.rpm", NULL },
        { "rpm -i --nosignature a.rpm", "rpm {-i} -i --nosignature : a.rpm", NULL },
        { "rpm -vih a.rpm", "rpm {-ivh} -v -i -h : a.rpm", NULL },
        { "rpm -qi a", "rpm -q -i : a", NULL },
        { "rpm --import k", "rpm --import : k", NULL },
        { "zypper -n in a", "zypper {in} -n : a", NULL },
        { "composer global require a/b", "composer {global require} : a/b", NULL },
        { "bun pm cache rm", "bun {pm cache rm}", NULL },
        { "yarn global add a", "yarn {global add} : a", NULL },
        { "install-php-extensions a b", "install-php-extensions : a, b", NULL },
    };

    (void)state;
    line_check(lines, COUNT(lines), SCL_S("/root"), print_tool);
}

static void
downloaders_have_options_with_values(void **state)
{
    static const struct line lines[] = {
        { "curl -fsSL https://a -o b", "curl -f -s -S -L -o=b : https://a", NULL },
        { "curl -sSLk https://a", "curl -s -S -L -k : https://a", NULL },
        { "curl -K conf https://a", "curl -K=conf : https://a", NULL },
        { "curl -H \"Authorization: x\" -u a:b https://a",
          "curl -H=Authorization: x -u=a:b : https://a", NULL },
        { "curl -XPOST --data-raw '{}' https://a", "curl -X=POST --data-raw={} : https://a", NULL },
        { "curl --retry 3 --output=b https://a", "curl --retry=3 --output=b : https://a", NULL },
        { "curl -o- https://a", "curl -o=- : https://a", NULL },
        { "wget -qO- https://a", "wget -q -O=- : https://a", NULL },
        { "wget -q -O /b https://a", "wget -q -O=/b : https://a", NULL },
        { "wget --no-check-certificate https://a",
          "wget --no-check-certificate : https://a", NULL },
        { "wget -nv -P /d https://a", "wget -n=v -P=/d : https://a", NULL },
    };

    (void)state;
    line_check(lines, COUNT(lines), SCL_S("/root"), print_tool);
}

static void
other_tools_have_tables_of_their_own(void **state)
{
    static const struct line lines[] = {
        { "git -c http.sslVerify=false clone --depth 1 -b main https://a /b",
          "git {clone} -c=http.sslVerify=false --depth=1 -b=main : https://a, /b", NULL },
        { "git clone --depth=1 git@a:b.git", "git {clone} --depth=1 : git@a:b.git", NULL },
        { "git $VERB a", "git : $VERB?, a", NULL },
        { "ssh -o StrictHostKeyChecking=no -p22 a@b ls -la",
          "ssh -o=StrictHostKeyChecking=no -p=22 : a@b, ls, -la", NULL },
        { "tar -xzf a -C /b", "tar -x -z -f=a -C=/b", NULL },
        { "tar xzf a", "tar : xzf, a", NULL },
        { "tar --strip-components 1 -xf a", "tar --strip-components=1 -x -f=a", NULL },
        { "chmod -R 777 /a", "chmod -R : 777, /a", NULL },
        { "chown -R a:b /c", "chown -R : a:b, /c", NULL },
        { "useradd -ms /bin/sh -u 1000 a", "useradd -m -s=/bin/sh -u=1000 : a", NULL },
        { "useradd --no-create-home --uid 1000 a",
          "useradd --no-create-home --uid=1000 : a", NULL },
        { "adduser --disabled-password --gecos \"\" a",
          "adduser --disabled-password --gecos= : a", NULL },
        { "adduser -D -u 1000 -G b a", "adduser -D -u=1000 -G=b : a", NULL },
        { "groupadd -g 1000 a", "groupadd -g=1000 : a", NULL },
        { "groupadd --gid=1000 -r a", "groupadd --gid=1000 -r : a", NULL },
        { "rm -rf /a \"$B/c\"", "rm -r -f : /a, $B/c?", NULL },
        { "rm -- -a", "rm : -a", NULL },
        { "sed -i -e s/a/b/ c", "sed -i -e=s/a/b/ : c", NULL },
        { "sed -i 's/a/b/' c", "sed -i : s/a/b/, c", NULL },
        { "mkdir -p -m 700 /a", "mkdir -p -m=700 : /a", NULL },
        { "cp -r --preserve=mode a b", "cp -r --preserve=mode : a, b", NULL },
        { "find /a -name x -delete", "find -name=x -delete : /a", NULL },
        { "docker run -v /a:/b --name=c d", "docker {run} -v=/a:/b --name=c : d", NULL },
        { "docker build -t a .", "docker {build} -t : a, .", NULL },
        { "openssl req -x509 -newkey rsa:2048 -out a",
          "openssl {req} -x509 -newkey=rsa:2048 -out=a", NULL },
        { "java -jar a.jar -x", "java -jar=a.jar -x", NULL },
        { "bash -ec \"a b\" c -d", "a : b", NULL },
        { "sh a.sh -x", "sh : a.sh, -x", NULL },
        { "echo -n a", "echo -n : a", NULL },
        { "set -euo pipefail", "set -e -u -o=pipefail", NULL },
        { "gpg --batch --keyserver hkps://a --recv-keys b",
          "gpg --batch --keyserver=hkps://a --recv-keys : b", NULL },
        { "terraform -chdir=a apply", "terraform {apply} -chdir=a", NULL },
    };

    (void)state;
    line_check(lines, COUNT(lines), SCL_S("/root"), print_tool);
}

static void
options_of_unknown_tools_stand_alone(void **state)
{
    static const struct line lines[] = {
        { "unknown-tool -abc --d=e --f g", "unknown-tool -a -b -c --d=e --f : g", NULL },
        { "unknown-tool -j$(nproc) a", "unknown-tool -j=$(nproc)? : a", NULL },
        { "unknown-tool -I/usr/include -O2", "unknown-tool -I=/usr/include -O -2", NULL },
        { "install -m 755 -o root a /b", "install -m=755 -o=root : a, /b", NULL },
        { "mysql -uroot -psecret -e \"x\"", "mysql -u=root -p=secret -e=x", NULL },
        { "mysql -u root -p db", "mysql -u=root -p : db", NULL },
        { "wget -nc https://a", "wget -n=c : https://a", NULL },
        { "helm install a b --insecure-skip-tls-verify",
          "helm {install} --insecure-skip-tls-verify : a, b", NULL },
        { "skopeo copy --src-tls-verify=false a b",
          "skopeo {copy} --src-tls-verify=false : a, b", NULL },
    };

    (void)state;
    line_check(lines, COUNT(lines), SCL_S("/root"), print_tool);
}

static void
words_are_what_the_shell_makes_of_them(void **state)
{
    static const struct line lines[] = {
        { "busybox wget -O /a https://b", "wget -O=/a : https://b", NULL },
        { "\"apt-get\" 'install' cu\"rl\"", "apt-get {install} : curl", NULL },
        { "apt-get install a$(b)c", "apt-get {install} : a$(b)c?", NULL },
        { "apt-get install \"$A\" $A ${A:-d} ${B:-d}",
          "apt-get {install} : x y, x, y, x, y, ${B:-d}?", "A=x y" },
        { "apt-get install $A b", "apt-get {install} : b", "A=" },
        { "apt-get install ${A%z}", "apt-get {install} : xy", "A=xyz" },
        { "rm -rf $HOME/a ~/b", "rm -r -f : /root/a, ~/b", NULL },
    };

    (void)state;
    line_check(lines, COUNT(lines), SCL_S("/root"), print_tool);
}

static void
options_are_found_by_their_names(void **state)
{
    static const struct line line = { "curl -o a -s -o b x", "", NULL };
    struct line_reading *r = line_read(*state, &line, SCL_S("/root"));
    const struct scl_tool_option *option = scl_tool_option(&r->tool, "-o", NULL);

    assert_non_null(option);
    check_text(option->value, "a", "the first");
    check_number(option->value_word, 2, "its value stands in a word of its own");
    option = scl_tool_option(&r->tool, "-o", option);
    assert_non_null(option);
    check_text(option->value, "b", "the second");
    assert_null(scl_tool_option(&r->tool, "-o", option));
    assert_null(scl_tool_option(&r->tool, "-k", NULL));
}

static void
words_know_their_arguments(void **state)
{
    static const struct line line = { "sudo rm $A b", "", "A=x y" };
    struct line_reading *r = line_read(*state, &line, SCL_S("/root"));

    check_number(r->tool.words.count, 4, "rm x y b");
    check_number(r->tool.words.at[1].argument, 2, "x is of $A");
    check_number(r->tool.words.at[2].argument, 2, "and so is y");
    check_number(r->tool.words.at[3].argument, 3, "b is not");
    assert_false(r->tool.is_open);
}

static void
a_word_that_is_not_known_leaves_the_command_open(void **state)
{
    static const struct line line = { "rm $A b", "", NULL };
    struct line_reading *r = line_read(*state, &line, SCL_S("/root"));

    assert_true(r->tool.is_open);
    assert_false(r->tool.words.at[1].is_known);
    assert_true(r->tool.words.at[2].is_known);
}

static void
texts_of_exec_forms_are_words(void **state)
{
    static const struct scl_str texts[] = { SCL_STR("apt-get"), SCL_STR("install"), SCL_STR("-y"),
                                            { NULL, 0 }, SCL_STR("$A") };
    struct scl_tool_input input = { .argv = { .texts = texts, .count = COUNT(texts) } };
    const struct scl_tools *tools = scl_tools_new(*state, scl_facts_builtin());
    struct scl_tool_reading tool;

    assert_non_null(tools);
    assert_true(scl_tool_read(tools, *state, &input, &tool));
    check_text(tool.verb, "install", "the verb");
    check_number(tool.operands.count, 2, "one that is not known, and a text with a dollar");
    assert_false(tool.words.at[tool.operands.at[0]].is_known);
    assert_true(tool.words.at[tool.operands.at[1]].is_known);
}

static void
a_variable_that_grows_is_bounded_by_its_steps(void **state)
{
    static const struct line line = { "rm $A$A$A$A$A$A$A$A", "", "A=0123456789abcdef" };
    struct line_reading *r = line_read(*state, &line, SCL_S("/root"));
    uint64_t steps = 20;

    check_number(r->tool.words.at[1].text.len, 128, "with steps enough");
    r->input.steps = &steps;
    assert_true(scl_tool_read(r->tools, *state, &r->input, &r->tool));
    assert_false(r->tool.words.at[1].is_known);
}

SUITE(
    CASE(options_and_their_values_stand_anywhere),
    CASE(the_manager_is_what_runs_in_the_end),
    CASE(verbs_may_have_several_words),
    CASE(modules_of_python_are_managers),
    CASE(tools_write_their_options_in_their_own_way),
    CASE(verbs_may_be_options),
    CASE(downloaders_have_options_with_values),
    CASE(other_tools_have_tables_of_their_own),
    CASE(options_of_unknown_tools_stand_alone),
    CASE(words_are_what_the_shell_makes_of_them),
    CASE(options_are_found_by_their_names),
    CASE(words_know_their_arguments),
    CASE(a_word_that_is_not_known_leaves_the_command_open),
    CASE(texts_of_exec_forms_are_words),
    CASE(a_variable_that_grows_is_bounded_by_its_steps))
