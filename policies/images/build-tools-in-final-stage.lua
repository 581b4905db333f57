-- SPDX-License-Identifier: Apache-2.0

-- Commands that compile: any of the words makes them so, none needed where there is no list.
local compilers = {
  go = { "build", "install" },
  cargo = { "build", "install" },
  rustc = {},
  mvn = { "package", "install", "compile", "verify", "deploy" },
  mvnw = { "package", "install", "compile", "verify", "deploy" },
  gradle = { "build", "assemble", "jar", "bootJar", "shadowJar", "installDist" },
  gradlew = { "build", "assemble", "jar", "bootJar", "shadowJar", "installDist" },
  ant = {},
  javac = {},
  make = {},
  cmake = {},
  ninja = {},
  gcc = {},
  ["g++"] = {},
  cc = {},
  clang = {},
  dotnet = { "build", "publish" },
  npm = { "build" },
  yarn = { "build" },
  pnpm = { "build" },
  tsc = {},
}

local function name_of(command)
  local first = command.argv[1]
  return first and path.base(first.text)
end

local function says_any(command, words)
  return list.any(command.argv, function(word) return list.has(words, word.text) end)
end

local function compiles(command)
  local name = name_of(command)
  local words = name and compilers[name]
  return words and (#words == 0 or says_any(command, words))
end

-- Whether the same RUN takes the tools away again.
local function cleans_up(command)
  return list.any(command.following, function(later)
    return later.action == "remove"
  end)
end

-- The row of a package; families of distributions are not told apart.
local function tool(package)
  return list.find(facts.build_tools, function(row) return glob.match(row.name, package.name) end)
end

local function judge_packages(stage, report)
  for _, package in ipairs(stage.packages) do
    local row = package.family == "os" and known(package, "name") and tool(package)
    if row then
      local finding = report(package, "%s stays in the image that will run", package.name)
      if row.severity ~= "medium" then finding:severity(row.severity) end
    end
  end
end

-- What reports call an image, and the URLs of packages that a distribution brought.
local images = { "container_image", "image", "container" }
local distributions = { "pkg:deb/**", "pkg:apk/**", "pkg:rpm/**", "pkg:alpm/**" }

local function judge_component(component, report, evidence)
  if not list.has(images, evidence.artifact.type) then return end
  local purl = component.purl
  if not purl or not list.any(distributions, function(kind) return glob.match(kind, purl) end) then
    return
  end
  local row = tool(component)
  if not row then return end
  local finding = report(component, "%s is in the image that was looked into", component.name)
  if row.severity ~= "medium" then finding:severity(row.severity) end
end

local function is_for_development(build)
  return list.any(text.words(build.target.name), function(word)
    return list.has(params.development, word)
  end)
end

local function sdk(reference)
  return list.find(facts.sdk_images, function(row)
    return row.kind == "sdk" and image.match(row.repository, reference)
      and not list.any(row.except, function(glob) return image.match(glob, reference) end)
  end)
end

return policy {
  id = "build-tools-in-final-stage",
  code = "SL1109",
  title = "Compilers or build tools in the runtime image",
  severity = "medium",
  confidence = "medium",
  subjects = { "build", "evidence" },
  on = { "stage", "component" },
  packs = { "recommended", "strict", "cis" },
  params = {
    development = {
      type = "list", default = { "dev", "devel", "development", "debug", "test", "tests", "ci" },
      doc = "Words in the name of a target stage that is meant to carry tools.",
    },
  },
  refs = {
    cis_docker = "4.3",
    nist_800_190 = "4.1.2",
    production_guide = { "C3", "2-a", "2-d" },
    image_guide = "1",
  },
  aliases = { docker_bench = "4.3" },

  why = [[A compiler in the image lets whoever breaks in build what he could not bring along, and
weighs more than the application.]],
  fix = [[Split the file into a builder and a runtime stage, and COPY --from only the artefact.]],

  check = function(stage, report, build)
    if kind(stage) == "component" then return judge_component(stage, report, build) end
    if not stage.in_image or is_for_development(build) then return end

    local command = list.find(stage.commands, function(command)
      return compiles(command) and not cleans_up(command)
    end)
    if command then report(command, "%s builds in the image that will run", name_of(command)) end
    if stage.parent.index == nil and stage.base.raw and sdk(stage.base) then
      report(stage.base, "%s brings its build tools along", stage.base.raw)
    end
    if stage.is_target then judge_packages(stage, report) end
  end,

  fails = {
    dockerfile = {
      "FROM debian:12\nRUN cd /src && make install\n               ^^^^^^^^^^^^ make builds in the image\n",
      "FROM golang:1.24\n     ^^^^^^^^^^^ brings its build tools along\nCMD [\"app\"]\n",
      "FROM node:22-slim AS base\nRUN npm ci && npm run build\n              ^^^^^^^^^^^^^ npm builds\nFROM base\n",
      "FROM alpine:3.22\nRUN [\"cargo\", \"build\", \"--release\"]\n",
      { dockerfile = "FROM maven:3.9\nRUN ./mvnw -B package\n", count = 2 },
      "FROM debian:12\nRUN apt-get install -y curl gcc\n                            ^^^ gcc stays in the image\n",
      "FROM alpine:3.22\nRUN apk add --no-cache build-base=0.5-r3\n",
      "FROM alpine:3.22 AS base\nRUN apk add make\n            ^^^^ make stays\nFROM base\n",
      "FROM alpine:3.22\nRUN apk add --virtual .deps gcc && apk add make && apk del .deps\n                                           ^^^^ make stays\n",
      "FROM debian:12\nRUN apt-get install -y openjdk-17-jdk\n",
      { dockerfile = "FROM debian:12\nRUN apt-get install -y npm\n", severity = "info" },
    },
    cyclonedx = [[{"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"component": {"type": "container", "name": "a:1"}},
 "components": [{"type": "library", "name": "gcc", "purl": "pkg:deb/debian/gcc@4:12.2.0-3"}]}
                ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ gcc is in the image that was looked into
]],
    trivy = {
      trivy = [[{"SchemaVersion": 2, "ArtifactName": "a:1", "ArtifactType": "container_image", "Results": [{"Target": "a:1", "Class": "os-pkgs",
 "Type": "alpine", "Packages": [{"Name": "npm", "Version": "10", "Identifier": {"PURL": "pkg:apk/alpine/npm@10"}}]}]}]],
      severity = "info",
    },
  },
  passes = {
    dockerfile = {
      "FROM golang:1.24 AS build\nRUN go build -o /app .\nFROM scratch\nCOPY --from=build /app /app\n",
      "FROM alpine:3.22\nRUN apk add --virtual .deps gcc && make && apk del .deps\n",
      "FROM python:3.13-slim\nRUN pip install -r requirements.txt\n",
      "FROM golang:1.24 AS dev\nRUN go build .\n",
      "FROM eclipse-temurin:21-jre\nRUN npm ci\n",
      "FROM a:1\nRUN echo make it so\n",
      "FROM debian:12\nRUN apt-get install -y gcc && apt-get purge -y --auto-remove gcc\n",
      "FROM debian:12\nRUN apt-get install -y gcc\nRUN apt-get purge -y gcc\n",
      "FROM debian:12\nRUN apt-get install -y gcc && apt-mark auto '.*' && apt-get autoremove -y\n",
      "FROM debian:12 AS build\nRUN apt-get install -y gcc\nFROM debian:12\nRUN apt-get install -y curl\n",
      "FROM debian:12 AS test\nRUN apt-get install -y gcc\n",
    },
    cyclonedx = {
      [[{"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"component": {"type": "container", "name": "a:1"}},
 "components": [{"type": "library", "name": "make", "purl": "pkg:npm/make@0.8.1"}, {"type": "library", "name": "gcc"},
  {"type": "library", "name": "curl", "purl": "pkg:deb/debian/curl@7"}]}]],
      [[{"bomFormat": "CycloneDX", "specVersion": "1.6", "metadata": {"component": {"type": "application", "name": "a"}},
 "components": [{"type": "library", "name": "gcc", "purl": "pkg:deb/debian/gcc@4:12.2.0-3"}]}]],
    },
  },
  inconclusive = {
    dockerfile = {
      "ARG BASE\nFROM $BASE\n",
      "FROM debian:12\nRUN apt-get install -y $PACKAGES\n",
      "FROM debian:12\nRUN apt-get install -y gcc && apt-get purge -y $DEPS\n",
    },
  },
}
