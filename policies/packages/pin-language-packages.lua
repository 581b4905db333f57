-- SPDX-License-Identifier: Apache-2.0

-- Managers whose words name packages with a version. Others have it in a file.
local managers = {
  "pip", "uv", "pipx", "npm", "yarn", "pnpm", "bun", "gem", "go", "cargo", "composer", "conda",
  "install-php-extensions",
}
-- Packages of the installer itself, which are often brought up to date first.
local installers = { "pip", "setuptools", "wheel" }

-- Whether the command only brings the installer up to date.
local function is_self_update(install)
  local upgrades = install.options["-U"] or install.options["--upgrade"]
  return upgrades and list.all(install.packages, function(package)
    return list.has(installers, package.name)
  end)
end

return policy {
  id = "pin-language-packages",
  code = "SL1302",
  title = "Language packages not pinned",
  severity = "medium",
  confidence = "medium",
  subjects = { "build" },
  on = "package",
  packs = { "recommended", "strict" },
  params = {
    ranges = {
      type = "boolean", default = true,
      doc = "Whether a range of versions, as ~=1.4 or ^2, is enough.",
    },
    strict = {
      type = "boolean", default = false,
      doc = "A range of versions is not enough, whatever else is said.",
    },
  },
  aliases = {
    hadolint = { "DL3013", "DL3016", "DL3028", "DL3062" },
    kics = { "02d9c71f", "e36d8880", "22cd11f7" },
  },

  why = [[Each build may get another version: what was tested is not what runs, and a package that
was taken over comes in the same day.]],
  fix = [[Write the version behind the name, or install from a lock file.]],

  check = function(package, report)
    local install = package.command
    if install.action ~= "install" or not list.has(managers, package.manager) then return end
    if package.kind ~= "registry" and package.kind ~= "url" or package.frozen then return end
    -- Without an index there is what a step before has put into a folder.
    if package.manager == "pip" and install.options["--no-index"] then return end

    if package.pin == "none" then
      local finding = report(package, "%s is installed in whatever version there is", package.name)
      if package.manager == "pip" and is_self_update(install) then finding:severity("info") end
    elseif package.pin == "range" and (params.strict or not params.ranges) then
      report(package, "%s is installed in any of several versions", package.name)
    end
  end,

  fails = {
    dockerfile = {
      "FROM python:3.13\nRUN pip install flask==3.1 django\n                           ^^^^^^ django is installed in whatever version\n",
      "FROM python:3.13\nRUN python3 -m pip install --index-url https://example.org/simple flask\n",
      "FROM python:3.13\nRUN uv pip install flask && pipx install black\n",
      "FROM python:3.13\nRUN pip install git+https://example.org/x.git\n",
      "FROM node:22\nRUN npm install -g typescript && yarn global add serve && pnpm add -g x\n",
      "FROM node:22\nRUN npm install -g typescript@latest\n",
      "FROM ruby:3.4\nRUN gem install bundler\n",
      "FROM golang:1.24\nRUN go install example.org/x@latest\n",
      "FROM rust:1.90\nRUN cargo install ripgrep\n",
      "FROM composer:2\nRUN composer require monolog/monolog\n",
      "FROM continuumio/miniconda3\nRUN conda install -y numpy && mamba install scipy\n",
      "FROM php:8.4\nRUN install-php-extensions xdebug\n",
      { dockerfile = "FROM python:3.13\nRUN pip install --upgrade pip\n", severity = "info" },
      { dockerfile = "FROM python:3.13\nRUN pip install --upgrade pip flask\n", severity = "medium" },
      { dockerfile = "FROM python:3.13\nRUN pip install 'flask~=3.1'\n", params = { ranges = false } },
      { dockerfile = "FROM python:3.13\nRUN pip install 'flask~=3.1'\n", params = { strict = true } },
      "FROM golang:1.24\nRUN go run example.org/x@latest -a b\n",
    },
  },
  passes = {
    dockerfile = {
      "FROM python:3.13\nRUN pip install flask==3.1 'django~=5.2'\n",
      "FROM python:3.13\nRUN pip install -r requirements.txt -c constraints.txt && pip install -e . ./x.whl\n",
      "FROM python:3.13\nRUN pip install -c constraints.txt flask\n",
      "FROM python:3.13\nRUN pip install --no-index --find-links=/wheels flask\n",
      "FROM python:3.13\nRUN pip install git+https://example.org/x.git@v1 https://example.org/x-1.tar.gz\n",
      "FROM python:3.13\nRUN --mount=type=bind,target=/r.txt pip install -r /r.txt\n",
      "FROM python:3.13\nARG VERSION=3.1\nRUN pip install flask==$VERSION\n",
      "FROM python:3.13\nRUN FLASK=flask==3.1 && pip install $FLASK\n",
      "FROM node:22\nRUN npm install && npm ci && npm install -g typescript@5.9.2\n",
      "FROM node:22\nRUN npm install -g typescript@^5\n",
      "FROM ruby:3.4\nRUN gem install bundler:2.7.1 && gem install rake -v 13.3.0\n",
      "FROM golang:1.24\nRUN go install example.org/x@v1.2.3 && go install ./cmd/x\n",
      "FROM golang:1.24\nRUN go run example.org/x@v1.2.3 ./... && go run . && go run main.go a.b/c\n",
      "FROM rust:1.90\nRUN cargo install --locked --version 14.1.1 ripgrep\n",
      "FROM composer:2\nRUN composer require monolog/monolog:3.9.0\n",
      "FROM continuumio/miniconda3\nRUN conda install -y numpy=2.3.1\n",
      "FROM php:8.4\nRUN install-php-extensions xdebug-3.4.0\n",
      "FROM python:3.13\nRUN pip uninstall -y flask\n",
      "FROM debian:12\nRUN apt-get install -y curl\n",
    },
  },
  inconclusive = { dockerfile = "FROM python:3.13\nRUN pip install $PACKAGES\n" },
}
