/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_packages.c: what package commands install, and what they leave behind
 */
#include "tool_print.h"

static void
words_of_apt_are_packages(void **state)
{
    static const struct line lines[] = {
        { "apt-get install -y curl git",
          "apt-get install [yes] curl git @ /var/lib/apt/lists", NULL },
        { "apt-get install curl=7.88.1-10+deb12u5",
          "apt-get install curl=7.88.1-10+deb12u5/exact @ /var/lib/apt/lists", NULL },
        { "apt-get install curl=7.*", "apt-get install curl=7.*/range @ /var/lib/apt/lists", NULL },
        { "apt-get install curl/bookworm", "apt-get install curl @ /var/lib/apt/lists", NULL },
        { "apt-get install libc6:i386", "apt-get install libc6 @ /var/lib/apt/lists", NULL },
        { "apt-get install curl- git", "apt-get install git @ /var/lib/apt/lists", NULL },
        { "apt-get install g++ libstdc++6",
          "apt-get install g++ libstdc++6 @ /var/lib/apt/lists", NULL },
        { "apt-get install lamp-server^",
          "apt-get install lamp-server(group) @ /var/lib/apt/lists", NULL },
        { "apt-get install ./a.deb /b/c.deb d_1.0_amd64.deb",
          "apt-get install ./a.deb(file) /b/c.deb(file) d_1.0_amd64.deb(file) @ "
          "/var/lib/apt/lists", NULL },
        { "apt-get install https://a/b.deb",
          "apt-get install https://a/b.deb/exact(url) @ /var/lib/apt/lists", NULL },
        { "aptitude install curl", "apt install curl @ /var/lib/apt/lists", NULL },
        { "apt-get install -t buster-backports curl",
          "apt-get install curl @ /var/lib/apt/lists", NULL },
    };

    (void)state;
    line_check(lines, COUNT(lines), SCL_S("/root"), print_packages);
}

static void
options_and_settings_say_yes_and_less(void **state)
{
    static const struct line lines[] = {
        { "apt-get install -o APT::Install-Recommends=false curl",
          "apt-get install [lean] curl @ /var/lib/apt/lists", NULL },
        { "apt-get install -o APT::Install-Recommends=0 curl",
          "apt-get install [lean] curl @ /var/lib/apt/lists", NULL },
        { "apt-get install -o \"APT::Get::Assume-Yes=yes\" curl",
          "apt-get install [yes] curl @ /var/lib/apt/lists", NULL },
        { "apt-get install -o APT::Install-Recommends=true curl",
          "apt-get install curl @ /var/lib/apt/lists", NULL },
        { "apt-get install -qq curl", "apt-get install [yes] curl @ /var/lib/apt/lists", NULL },
        { "apt-get install -q -q curl", "apt-get install [yes] curl @ /var/lib/apt/lists", NULL },
        { "apt-get install -q curl", "apt-get install curl @ /var/lib/apt/lists", NULL },
        { "apt-get install -qy curl", "apt-get install [yes] curl @ /var/lib/apt/lists", NULL },
        { "apt-get install -yq --no-install-recommends curl",
          "apt-get install [yes] [lean] curl @ /var/lib/apt/lists", NULL },
        { "apt-get install --assume-yes curl",
          "apt-get install [yes] curl @ /var/lib/apt/lists", NULL },
        { "apt-get install --allow-unauthenticated curl",
          "apt-get install [unsigned] curl @ /var/lib/apt/lists", NULL },
        { "apt-get install -o Acquire::AllowInsecureRepositories=true curl",
          "apt-get install [unsigned] curl @ /var/lib/apt/lists", NULL },
    };

    (void)state;
    line_check(lines, COUNT(lines), SCL_S("/root"), print_packages);
}

static void
a_snapshot_freezes_packages(void **state)
{
    static const struct line lines[] = {
        { "apt-get install --snapshot 20240101T000000Z curl",
          "apt-get install curl(frozen) @ /var/lib/apt/lists", NULL },
    };

    (void)state;
    line_check(lines, COUNT(lines), SCL_S("/root"), print_packages);
}

static void
variables_carry_versions_and_packages(void **state)
{
    static const struct line lines[] = {
        { "apt-get install nginx=${NGINX_VERSION}",
          "apt-get install nginx=${NGINX_VERSION}?/exact @ /var/lib/apt/lists", NULL },
        { "apt-get install nginx=${NGINX_VERSION}",
          "apt-get install nginx=1.2/exact @ /var/lib/apt/lists", "NGINX_VERSION=1.2" },
        { "apt-get install \"nginx=$V\"",
          "apt-get install nginx=1.*/range @ /var/lib/apt/lists", "V=1.*" },
        { "apt-get install nginx${V}", "apt-get install nginx${V}?/? @ /var/lib/apt/lists", NULL },
        { "apt-get install nginx${V}",
          "apt-get install nginx=1.2/exact @ /var/lib/apt/lists", "V==1.2" },
        { "apt-get install $PKGS",
          "apt-get install curl git=1/exact @ /var/lib/apt/lists", "PKGS=curl git=1" },
        { "apt-get install \"$PKGS\"", "apt-get install curl @ /var/lib/apt/lists", "PKGS=curl" },
        { "apt-get install $PKGS", "apt-get install $PKGS?/? @ /var/lib/apt/lists", NULL },
        { "apt-get install ${PKG}=1.2",
          "apt-get install ${PKG}?=1.2/exact @ /var/lib/apt/lists", NULL },
        { "apt-get install $(cat list)",
          "apt-get install $(cat list)?/? @ /var/lib/apt/lists", NULL },
    };

    (void)state;
    line_check(lines, COUNT(lines), SCL_S("/root"), print_packages);
}

static void
verbs_have_actions(void **state)
{
    static const struct line lines[] = {
        { "apt-get update", "apt-get refresh @ /var/lib/apt/lists", NULL },
        { "apt-get -y upgrade", "apt-get upgrade [yes] @ /var/lib/apt/lists", NULL },
        { "apt-get dist-upgrade -y", "apt-get upgrade [yes] @ /var/lib/apt/lists", NULL },
        { "apt-get purge -y --auto-remove curl", "apt-get remove [yes] curl", NULL },
        { "apt-get autoremove -y", "apt-get remove [yes]", NULL },
        { "apt-get clean", "apt-get clean", NULL },
        { "apt-get build-dep -y python3",
          "apt-get install [yes] python3 @ /var/lib/apt/lists", NULL },
        { "apt-get moo", "none", NULL },
        { "apt-get $OPTS install -y curl",
          "apt-get install [yes] curl @ /var/lib/apt/lists", NULL },
        { "apt-get $VERB", "none", NULL },
        { "apt-cache search a", "none", NULL },
        { "apt install -y curl", "apt install [yes] curl @ /var/lib/apt/lists", NULL },
    };

    (void)state;
    line_check(lines, COUNT(lines), SCL_S("/root"), print_packages);
}

static void
packages_of_apk_may_be_virtual(void **state)
{
    static const struct line lines[] = {
        { "apk add --no-cache curl", "apk install curl", NULL },
        { "apk --no-cache add curl", "apk install curl", NULL },
        { "apk add curl", "apk install curl @ /var/cache/apk", NULL },
        { "apk add -U curl", "apk install curl @ /var/cache/apk", NULL },
        { "apk add curl=8.0-r0 a~1.2 b~=1 c=~1 e@edge",
          "apk install curl=8.0-r0/exact a=1.2/range b=1/range c=1/range e=edge/range @ "
          "/var/cache/apk", NULL },
        { "apk add 'd>1' 'f<2' 'g>=1'",
          "apk install d=1/range f=2/range g=1/range @ /var/cache/apk", NULL },
        { "apk add --virtual .build-deps gcc",
          "apk install [as .build-deps] gcc @ /var/cache/apk", NULL },
        { "apk add -t .build-deps gcc", "apk install [as .build-deps] gcc @ /var/cache/apk", NULL },
        { "apk add --no-cache -X http://a/edge/main curl", "apk install curl", NULL },
        { "apk add --repository=http://a curl", "apk install curl @ /var/cache/apk", NULL },
        { "apk add --allow-untrusted /a/b.apk",
          "apk install [unsigned] /a/b.apk(file) @ /var/cache/apk", NULL },
        { "apk del .build-deps", "apk remove .build-deps(virtual)", NULL },
        { "apk del --purge gcc", "apk remove gcc", NULL },
        { "apk add !curl git", "apk install git @ /var/cache/apk", NULL },
        { "apk upgrade --no-cache", "apk upgrade", NULL },
        { "apk update", "apk refresh @ /var/cache/apk", NULL },
        { "apk cache clean", "apk clean", NULL },
    };

    (void)state;
    line_check(lines, COUNT(lines), SCL_S("/root"), print_packages);
}

static void
versions_of_rpms_follow_a_hyphen(void **state)
{
    static const struct line lines[] = {
        { "yum install -y httpd-2.4.6",
          "yum install [yes] httpd=2.4.6/exact @ /var/cache/yum", NULL },
        { "yum install -y httpd-2.4.6-97.el7 nginx",
          "yum install [yes] httpd=2.4.6-97.el7/exact nginx @ /var/cache/yum", NULL },
        { "yum install -y java-1.8.0-openjdk-devel java-1.8.0-openjdk-1.8.0.252",
          "yum install [yes] java-1.8.0-openjdk-devel java-1.8.0-openjdk=1.8.0.252/exact @ "
          "/var/cache/yum", NULL },
        { "yum install -y nodejs-14.* nodejs-$V",
          "yum install [yes] nodejs=14.*/range nodejs=$V?/exact @ /var/cache/yum", NULL },
        { "yum install -y @development \"@Development Tools\"",
          "yum install [yes] development(group) Development Tools(group) @ /var/cache/yum", NULL },
        { "yum -y groupinstall \"Development Tools\"",
          "yum install [yes] Development Tools(group) @ /var/cache/yum", NULL },
        { "yum -y group install a", "yum install [yes] a(group) @ /var/cache/yum", NULL },
        { "yum install -y https://a/b.rpm /c/d.rpm /usr/bin/e",
          "yum install [yes] https://a/b.rpm/exact(url) /c/d.rpm(file) /usr/bin/e @ "
          "/var/cache/yum", NULL },
        { "yum install -y --nogpgcheck a",
          "yum install [yes] [unsigned] a @ /var/cache/yum", NULL },
        { "yum install --setopt=assumeyes=1 a", "yum install [yes] a @ /var/cache/yum", NULL },
        { "yum install -y --enablerepo epel --setopt install_weak_deps=False a",
          "yum install [yes] [lean] a @ /var/cache/yum", NULL },
        { "yum clean all", "yum clean", NULL },
        { "yum -y update", "yum upgrade [yes] @ /var/cache/yum", NULL },
        { "yum makecache", "yum refresh @ /var/cache/yum", NULL },
        { "dnf module enable -y nodejs:18", "none", NULL },
        { "dnf module install -y nodejs:18",
          "dnf install [yes] nodejs=18/exact @ /var/cache/dnf", NULL },
        { "dnf install -y 'dnf-command(config-manager)'",
          "dnf install [yes] dnf-command(config-manager) @ /var/cache/dnf", NULL },
        { "dnf -y install --setopt=install_weak_deps=0 a --nodocs",
          "dnf install [yes] [lean] a @ /var/cache/dnf", NULL },
        { "dnf install -y a && dnf clean all", "dnf clean", NULL },
        { "microdnf install -y a", "microdnf install [yes] a @ /var/cache/yum", NULL },
        { "microdnf install -y --setopt=gpgcheck=0 a",
          "microdnf install [yes] [unsigned] a @ /var/cache/yum", NULL },
        { "tdnf install -y a-1.2-3.ph4",
          "tdnf install [yes] a=1.2-3.ph4/exact @ /var/cache/tdnf", NULL },
    };

    (void)state;
    line_check(lines, COUNT(lines), SCL_S("/root"), print_packages);
}

static void
zypper_and_pacman_have_groups_and_letters(void **state)
{
    static const struct line lines[] = {
        { "zypper -n install --no-recommends 'a=1.2' 'b>=2' c",
          "zypper install [yes] [lean] a=1.2/exact b=2/range c @ /var/cache/zypp", NULL },
        { "zypper --non-interactive in -t pattern devel_basis",
          "zypper install [yes] devel_basis(group) @ /var/cache/zypp", NULL },
        { "zypper install -y -r repo a", "zypper install [yes] a @ /var/cache/zypp", NULL },
        { "zypper -n --no-gpg-checks refresh",
          "zypper refresh [yes] [unsigned] @ /var/cache/zypp", NULL },
        { "zypper -n update", "zypper upgrade [yes] @ /var/cache/zypp", NULL },
        { "zypper dup -y", "zypper upgrade [yes] @ /var/cache/zypp", NULL },
        { "pacman -S --noconfirm a", "pacman install [yes] a @ /var/cache/pacman/pkg", NULL },
        { "pacman -Sy a", "pacman install a @ /var/cache/pacman/pkg", NULL },
        { "pacman -Sy", "pacman refresh @ /var/cache/pacman/pkg", NULL },
        { "pacman -Syu --noconfirm", "pacman upgrade [yes] @ /var/cache/pacman/pkg", NULL },
        { "pacman -U --noconfirm https://a/b.pkg.tar.zst",
          "pacman install [yes] https://a/b.pkg.tar.zst/exact(url) @ /var/cache/pacman/pkg", NULL },
        { "pacman -Scc --noconfirm", "pacman clean [yes]", NULL },
        { "pacman -Qi a", "none", NULL },
        { "rpm -ivh https://a/b.rpm", "rpm install https://a/b.rpm/exact(url)", NULL },
        { "rpm -e a", "rpm remove a", NULL },
        { "rpm -Uvh --nodigest a.rpm", "rpm install [unsigned] a.rpm(file)", NULL },
    };

    (void)state;
    line_check(lines, COUNT(lines), SCL_S("/root"), print_packages);
}

static void
packages_of_python_have_operators(void **state)
{
    static const struct line lines[] = {
        { "pip install a==1.2 b===1 c~=1 'd>=1' 'e!=2' f",
          "pip install a=1.2/exact b=1/exact c=1/range d=1/range e=2/range f @ "
          "/root/.cache/pip", NULL },
        { "pip install 'a>=1,<2' 'b==1.*' 'c[x,y]==1.2; python_version<\"3\"'",
          "pip install a=1,<2/range b=1.*/range c=1.2/exact @ /root/.cache/pip", NULL },
    };

    (void)state;
    line_check(lines, COUNT(lines), SCL_S("/root"), print_packages);
}

static void
caches_are_switched_off_and_moved(void **state)
{
    static const struct line lines[] = {
        { "pip install --no-cache-dir a", "pip install a", NULL },
        { "pip install --no-cache a", "pip install a", NULL },
        { "pip install a", "pip install a", "PIP_NO_CACHE_DIR=1" },
        { "pip install a", "pip install a", "PIP_NO_CACHE_DIR=off" },
        { "pip install a", "pip install a @ /root/.cache/pip", "PIP_NO_CACHE_DIR=" },
        { "pip install --cache-dir /c a", "pip install a @ /c", NULL },
        { "pip install a", "pip install a @ /c", "PIP_CACHE_DIR=/c" },
    };

    (void)state;
    line_check(lines, COUNT(lines), SCL_S("/root"), print_packages);
}

static void
files_of_requirements_are_no_packages(void **state)
{
    static const struct line lines[] = {
        { "pip install -r requirements.txt", "pip install @ /root/.cache/pip", NULL },
        { "pip install --require-hashes -r requirements.txt",
          "pip install [frozen] @ /root/.cache/pip", NULL },
        { "pip install -c constraints.txt a b==1",
          "pip install a/range b=1/exact @ /root/.cache/pip", NULL },
        { "pip install -e . -e git+https://a/b.git@v1",
          "pip install .(file) git+https://a/b.git@v1=v1/exact(url) @ /root/.cache/pip", NULL },
        { "pip install . ./a a.whl /b/c.tar.gz '.[dev]'",
          "pip install .(file) ./a(file) a.whl(file) /b/c.tar.gz(file) .[dev](file) @ "
          "/root/.cache/pip", NULL },
        { "pip install git+https://a/b.git git+https://a/b@v1.2#egg=b git+ssh://git@a/b.git",
          "pip install git+https://a/b.git(url) git+https://a/b@v1.2#egg=b=v1.2/exact(url) "
          "git+ssh://git@a/b.git(url) @ /root/.cache/pip", NULL },
        { "pip install https://a/b.tar.gz 'a @ https://b/c.whl' 'd @ git+https://a/e@1.0'",
          "pip install https://a/b.tar.gz/exact(url) a/exact(url) d=1.0/exact(url) @ "
          "/root/.cache/pip", NULL },
        { "pip install --index-url https://a --extra-index-url https://b --trusted-host c d",
          "pip install d @ /root/.cache/pip", NULL },
        { "pip install --find-links /d --upgrade pip", "pip install pip @ /root/.cache/pip", NULL },
        { "pip install a==$V b==${W}",
          "pip install a=1.2/exact b=${W}?/exact @ /root/.cache/pip", "V=1.2" },
        { "pip install -t /d --python-version 3.9 a", "pip install a @ /root/.cache/pip", NULL },
        { "pip uninstall -y a", "pip remove a", NULL },
        { "pip cache purge", "pip clean", NULL },
        { "pip list", "none", NULL },
        { "python3 -m pip install a==1", "pip install a=1/exact @ /root/.cache/pip", NULL },
    };

    (void)state;
    line_check(lines, COUNT(lines), SCL_S("/root"), print_packages);
}

static void
python_has_other_managers(void **state)
{
    static const struct line lines[] = {
        { "uv pip install --system --no-cache a==1", "uv install a=1/exact", NULL },
        { "uv add a@1.2.3 b@1", "uv install a=1.2.3/exact b=1/range @ /root/.cache/uv", NULL },
        { "uv sync --frozen --no-dev", "uv install [frozen] [production] @ /root/.cache/uv", NULL },
        { "uv tool install ruff@latest", "uv install ruff=latest @ /root/.cache/uv", NULL },
        { "uv pip sync requirements.txt", "uv install @ /root/.cache/uv", NULL },
        { "pipx install a==1", "pipx install a=1/exact @ /root/.cache/pipx", NULL },
        { "pipx install --pip-args=--no-cache-dir a", "pipx install a", NULL },
        { "pipx run a b c", "pipx install a @ /root/.cache/pipx", NULL },
        { "pipx inject venv a", "pipx install a @ /root/.cache/pipx", NULL },
        { "pipenv install --deploy", "pipenv install [frozen] @ /root/.cache/pipenv", NULL },
        { "poetry install --only main --no-interaction",
          "poetry install [yes] [production] @ /root/.cache/pypoetry", NULL },
        { "poetry install --without=dev,test",
          "poetry install [production] @ /root/.cache/pypoetry", NULL },
        { "poetry add a@^1 b==1.2",
          "poetry install a=^1/range b=1.2/exact @ /root/.cache/pypoetry", NULL },
    };

    (void)state;
    line_check(lines, COUNT(lines), SCL_S("/root"), print_packages);
}

static void
packages_of_node_have_semantic_versions(void **state)
{
    static const struct line lines[] = {
        { "npm install", "npm install @ /root/.npm", NULL },
        { "npm ci", "npm install [frozen] @ /root/.npm", NULL },
        { "npm i -g a@1.2.3 b@1 c@^1.2.3 d@latest @s/e@1.0.0 @s/f g",
          "npm install a=1.2.3/exact b=1/range c=^1.2.3/range d=latest @s/e=1.0.0/exact "
          "@s/f g @ /root/.npm", NULL },
        { "npm install user/repo github:user/repo git+https://a/b.git#v1 ./c file:d a.tgz",
          "npm install user/repo(url) github:user/repo(url) "
          "git+https://a/b.git#v1=v1/exact(url) ./c(file) file:d(file) a.tgz(file) @ "
          "/root/.npm", NULL },
        { "npm install a@npm:b@1.0.0 c@git+https://a/b.git",
          "npm install a=1.0.0/exact c@git+https://a/b.git(url) @ /root/.npm", NULL },
        { "npm install --production", "npm install [production] @ /root/.npm", NULL },
        { "npm install --production=false", "npm install @ /root/.npm", NULL },
        { "npm install --omit=dev --registry https://a b",
          "npm install [production] b @ /root/.npm", NULL },
        { "npm install --cache /c a", "npm install a @ /c", NULL },
        { "npm install a", "npm install a @ /c", "NPM_CONFIG_CACHE=/c" },
        { "npm install a@$V", "npm install a=$V?/exact @ /root/.npm", NULL },
        { "npm cache clean --force", "npm clean", NULL },
        { "npm run build", "none", NULL },
        { "npm prune --omit=dev", "npm remove [production]", NULL },
        { "yarn", "yarn install @ /usr/local/share/.cache/yarn", NULL },
        { "yarn install --frozen-lockfile --production",
          "yarn install [frozen] [production] @ /usr/local/share/.cache/yarn", NULL },
        { "yarn --frozen-lockfile", "yarn install [frozen] @ /usr/local/share/.cache/yarn", NULL },
        { "yarn --version", "none", NULL },
        { "yarn add a@1.2.3", "yarn install a=1.2.3/exact @ /usr/local/share/.cache/yarn", NULL },
        { "yarn build", "none", NULL },
        { "yarn cache clean", "yarn clean", NULL },
        { "pnpm install --frozen-lockfile --prod",
          "pnpm install [frozen] [production] @ /root/.local/share/pnpm/store", NULL },
        { "pnpm add -g a", "pnpm install a @ /root/.local/share/pnpm/store", NULL },
        { "bun install --production", "bun install [production] @ /root/.bun/install/cache", NULL },
    };

    (void)state;
    line_check(lines, COUNT(lines), SCL_S("/root"), print_packages);
}

static void
options_give_versions(void **state)
{
    static const struct line lines[] = {
        { "gem install a -v 1.2.3", "gem install a=1.2.3/exact @ /root/.gem", NULL },
        { "gem install a -v '~> 1.2'", "gem install a=~> 1.2/range @ /root/.gem", NULL },
        { "gem install a:1.2 -- --with-x y", "gem install a=1.2/exact @ /root/.gem", NULL },
        { "gem install -v 1.2 a b", "gem install a b @ /root/.gem", NULL },
        { "gem install a:1.2.3 b", "gem install a=1.2.3/exact b @ /root/.gem", NULL },
        { "gem install --no-document a", "gem install a @ /root/.gem", NULL },
        { "gem update --system", "gem upgrade @ /root/.gem", NULL },
        { "bundle install --jobs=4 --without development",
          "bundler install [production] @ /usr/local/bundle/cache", NULL },
        { "bundle install -j4", "bundler install @ /usr/local/bundle/cache", NULL },
        { "bundle install",
          "bundler install [frozen] @ /usr/local/bundle/cache", "BUNDLE_DEPLOYMENT=true" },
        { "bundle install",
          "bundler install @ /usr/local/bundle/cache", "BUNDLE_DEPLOYMENT=false" },
        { "bundle install",
          "bundler install [production] @ /usr/local/bundle/cache",
          "BUNDLE_WITHOUT=development:test" },
        { "go install a.b/c@v1.2.3 a.b/d@latest a.b/e@v1 a.b/f@0123456789ab a.b/g",
          "go install a.b/c=v1.2.3/exact a.b/d=latest a.b/e=v1/range "
          "a.b/f=0123456789ab/exact a.b/g @ /go/pkg/mod /root/.cache/go-build", NULL },
        { "go install ./cmd/x",
          "go install ./cmd/x(file) @ /go/pkg/mod /root/.cache/go-build", NULL },
        { "go run a.b/c@v1.2.3 ./x d.e/f",
          "go install a.b/c=v1.2.3/exact @ /go/pkg/mod /root/.cache/go-build", NULL },
        { "go run a.b/c", "go install a.b/c @ /go/pkg/mod /root/.cache/go-build", NULL },
        { "go run .", "none", NULL },
        { "go run main.go a.b/c", "none", NULL },
        { "go install cmd/x", "go install cmd/x(file) @ /go/pkg/mod /root/.cache/go-build", NULL },
        { "go get -u a.b/c@master",
          "go install a.b/c=master @ /go/pkg/mod /root/.cache/go-build", NULL },
        { "go mod download", "go install @ /m /root/.cache/go-build", "GOMODCACHE=/m" },
        { "go clean -modcache", "go clean", NULL },
        { "cargo install a --version 1.2.3",
          "cargo install a=1.2.3/exact @ /usr/local/cargo/registry", NULL },
        { "cargo install --locked a@1.2.3 b",
          "cargo install [frozen] a=1.2.3/exact b @ /usr/local/cargo/registry", NULL },
        { "cargo install --git https://a/b --rev 0123456 c",
          "cargo install c=0123456/exact(url) @ /usr/local/cargo/registry", NULL },
        { "cargo install --git https://a/b c",
          "cargo install c(url) @ /usr/local/cargo/registry", NULL },
        { "cargo install --path .", "cargo install @ /usr/local/cargo/registry", NULL },
        { "cargo install a", "cargo install a @ /c/registry", "CARGO_HOME=/c" },
        { "cargo install a --version ^1",
          "cargo install a=^1/range @ /usr/local/cargo/registry", NULL },
        { "cargo build --release --locked",
          "cargo install [frozen] @ /usr/local/cargo/registry", NULL },
        { "composer require a/b:1.2.3 c/d:^1.0 e/f g/h:dev-main i/j=1.2.3",
          "composer install a/b=1.2.3/exact c/d=^1.0/range e/f g/h=dev-main "
          "i/j=1.2.3/exact @ /root/.composer/cache", NULL },
        { "composer install --no-dev --no-interaction",
          "composer install [yes] [production] @ /root/.composer/cache", NULL },
        { "composer create-project a/b dir 1.0",
          "composer install a/b @ /root/.composer/cache", NULL },
    };

    (void)state;
    line_check(lines, COUNT(lines), SCL_S("/root"), print_packages);
}

static void
other_managers_have_their_ways(void **state)
{
    static const struct line lines[] = {
        { "conda install -y -c conda-forge numpy=1.21 scipy==1.7.1 conda-forge::a=1.2.3 b "
          "'c>=1'",
          "conda install [yes] numpy=1.21/range scipy=1.7.1/exact a=1.2.3/exact b "
          "c=1/range @ /opt/conda/pkgs", NULL },
        { "conda create -y -n env python=3.9",
          "conda install [yes] python=3.9/range @ /opt/conda/pkgs", NULL },
        { "mamba install -y a && mamba clean -afy", "conda clean", NULL },
        { "conda env create -f e.yml", "conda install @ /opt/conda/pkgs", NULL },
        { "dotnet add package A --version 1.2.3",
          "dotnet install A=1.2.3/exact @ /root/.nuget/packages", NULL },
        { "dotnet restore", "dotnet install @ /root/.nuget/packages", NULL },
        { "dotnet tool install -g a --version 1.2.3",
          "dotnet install a=1.2.3/exact @ /root/.nuget/packages", NULL },
        { "nuget install A -Version 1.2.3",
          "nuget install A=1.2.3/exact @ /root/.nuget/packages", NULL },
        { "mvn dependency:go-offline -B", "mvn install [yes] @ /root/.m2/repository", NULL },
        { "install-php-extensions gd redis-5.3.7 xdebug-^3 @composer",
          "install-php-extensions install gd redis=5.3.7/exact xdebug=^3/range @composer", NULL },
        { "FOO=1 env BAR=2 apt-get install -y curl",
          "apt-get install [yes] curl @ /var/lib/apt/lists", NULL },
        { "sudo pip install a", "pip install a @ /root/.cache/pip", NULL },
        { "echo apt-get install curl", "none", NULL },
    };

    (void)state;
    line_check(lines, COUNT(lines), SCL_S("/root"), print_packages);
}

static void
caches_lie_in_the_home_of_the_user(void **state)
{
    static const struct line lines[] = {
        { "pip install a", "pip install a @ /home/u/.cache/pip", NULL },
        { "yarn install", "yarn install @ /home/u/.cache/yarn", NULL },
        { "npm ci", "npm install [frozen] @ /home/u/.npm", NULL },
        { "apt-get install a", "apt-get install a @ /var/lib/apt/lists", NULL },
    };
    static const struct line unknown[] = {
        { "pip install a", "pip install a @ ~/.cache/pip", NULL },
    };

    (void)state;
    line_check(lines, COUNT(lines), SCL_S("/home/u"), print_packages);
    line_check(unknown, COUNT(unknown), (struct scl_str){ NULL, 0 }, print_packages);
}

static void
a_mount_over_one_of_several_folders_is_enough(void **state)
{
    static const struct scl_str libdnf = SCL_STR("/var/cache/libdnf5"), other = SCL_STR("/x");
    static const struct line line = { "dnf install a", "", NULL };
    struct line_reading *r = line_read(*state, &line, SCL_S("/root"));
    struct scl_package_command command;

    r->input.mount_count = 1;
    r->input.mounts = &libdnf;
    assert_true(scl_package_read(r->tools, *state, &r->tool, &command));
    check_number(command.caches.count, 0, "mounted");
    r->input.mounts = &other;
    assert_true(scl_package_read(r->tools, *state, &r->tool, &command));
    check_number(command.caches.count, 1, "not mounted");
}

static void
signs_without_a_name_are_no_packages(void **state)
{
    static const struct line lines[] = {
        { "dnf install a @", "dnf install a @ /var/cache/dnf", NULL },
        { "apt-get install a ^ :i386", "apt-get install a @ /var/lib/apt/lists", NULL },
        { "pip install --no-cache-dir a '[x]' ' ; x'", "pip install a", NULL },
        { "pip install --no-cache-dir '[x] @ https://a.b/c.zip'",
          "pip install https://a.b/c.zip/exact(url)", NULL },
        { "apt-get install $B^", "apt-get install $B?/?(group) @ /var/lib/apt/lists", NULL },
    };

    (void)state;
    line_check(lines, COUNT(lines), SCL_S("/root"), print_packages);
}

static void
a_fix_has_the_text_of_the_manager(void **state)
{
    static const struct line line = { "apk add a", "", NULL };
    struct line_reading *r = line_read(*state, &line, SCL_S("/root"));
    struct scl_package_command command;

    assert_true(scl_package_read(r->tools, *state, &r->tool, &command));
    check_text(command.clean_text, "rm -rf /var/cache/apk/*", "apk");
    check_text(command.family, "os", "apk");
}

SUITE(
    CASE(words_of_apt_are_packages),
    CASE(options_and_settings_say_yes_and_less),
    CASE(a_snapshot_freezes_packages),
    CASE(variables_carry_versions_and_packages),
    CASE(verbs_have_actions),
    CASE(packages_of_apk_may_be_virtual),
    CASE(versions_of_rpms_follow_a_hyphen),
    CASE(zypper_and_pacman_have_groups_and_letters),
    CASE(packages_of_python_have_operators),
    CASE(caches_are_switched_off_and_moved),
    CASE(files_of_requirements_are_no_packages),
    CASE(python_has_other_managers),
    CASE(packages_of_node_have_semantic_versions),
    CASE(options_give_versions),
    CASE(other_managers_have_their_ways),
    CASE(caches_lie_in_the_home_of_the_user),
    CASE(a_mount_over_one_of_several_folders_is_enough),
    CASE(signs_without_a_name_are_no_packages),
    CASE(a_fix_has_the_text_of_the_manager))
