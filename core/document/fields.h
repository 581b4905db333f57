/* SPDX-License-Identifier: Apache-2.0 */
/*
 * fields.h: every type of the common model and every field of it, as two lists
 *
 * The one place where a field is said to exist. From these lists follow the identifiers that
 * formats use (SCL_CONTAINER_USER_UID), the table of schema.c, the nodes that policies see, and
 * what `inspect` prints, in this order.
 *
 * A field is (TYPE, IDENTIFIER, path, KIND, of, flags, doc). Kinds: BOOL INT DECIMAL TEXT; LIST and
 * MAP with what they hold in `of` (a type, or SCL_OF_TEXT, SCL_OF_INT); OBJECT, a node of the type
 * `of`; GROUP, the fields whose paths begin with its own. A group stands before its members.
 */
#ifndef SCL_DOCUMENT_FIELDS_H
#define SCL_DOCUMENT_FIELDS_H

#include "document/fields_evidence.h"
#include "document/fields_host.h"

/* (IDENTIFIER, name, its first field, its last, its key column or NONE, flags). Subjects come
 * first. The fields of a type stand in a row. */
#define SCL_TYPES(T) \
    T(BUILD, "build", BUILD_NAME, BUILD_SYNTAX, NONE, SCL_TYPE_IS_SUBJECT) \
    T(IMAGE, "image", IMAGE_NAME, IMAGE_LINKED_SCANS, NONE, SCL_TYPE_IS_SUBJECT) \
    T(CONTAINER, "container", CONTAINER_NAME, CONTAINER_LINKED_SCANS, NONE, \
      SCL_TYPE_IS_SUBJECT) \
    T(HOST, "host", HOST_NAME, HOST_SERVER_ERRORS, NONE, SCL_TYPE_IS_SUBJECT) \
    T(EVIDENCE, "evidence", EVIDENCE_NAME, EVIDENCE_LINKED_IMAGES, NONE, SCL_TYPE_IS_SUBJECT) \
    T(PROJECT, "project", PROJECT_NAME, PROJECT_EVIDENCE, NONE, SCL_TYPE_IS_SUBJECT) \
    T(STAGE, "stage", STAGE_NAME, STAGE_PACKAGES, STAGE_NAME, 0) \
    T(INSTRUCTION, "instruction", INSTRUCTION_NAME, INSTRUCTION_REMOVALS, NONE, 0) \
    T(SOURCE, "source", SOURCE_TEXT, SOURCE_WIDE, NONE, 0) \
    T(HEREDOC, "heredoc", HEREDOC_NAME, HEREDOC_EXPANDS, NONE, 0) \
    T(VARIABLE, "variable", VARIABLE_NAME, VARIABLE_SUGGESTION, NONE, 0) \
    T(BUILD_MOUNT, "build_mount", BUILD_MOUNT_TYPE, BUILD_MOUNT_ENV, NONE, 0) \
    T(COMMAND, "command", COMMAND_NAME, COMMAND_CLEAN_TEXT, NONE, 0) \
    T(WORD, "word", WORD_TEXT, WORD_VARIABLES, NONE, 0) \
    T(OPTION, "option", OPTION_NAME, OPTION_TEXT, OPTION_NAME, 0) \
    T(ASSIGNMENT, "assignment", ASSIGNMENT_NAME, ASSIGNMENT_VALUE, ASSIGNMENT_NAME, 0) \
    T(REDIRECTION, "redirection", REDIRECTION_OPERATOR, REDIRECTION_TARGET, NONE, 0) \
    T(PIPELINE, "pipeline", PIPELINE_COMMANDS, PIPELINE_PIPEFAIL, NONE, 0) \
    T(ADDITION, "addition", ADDITION_PATH, ADDITION_INSTRUCTION, NONE, 0) \
    T(REMOVAL, "removal", REMOVAL_PATH, REMOVAL_INSTRUCTION, NONE, 0) \
    T(PACKAGE, "package", PACKAGE_NAME, PACKAGE_COMMAND, PACKAGE_NAME, 0) \
    T(ARG, "arg", ARG_NAME, ARG_EFFECTIVE, ARG_NAME, 0) \
    T(REFERENCE, "reference", REFERENCE_RAW, REFERENCE_PIN, NONE, 0) \
    T(ENV, "env", ENV_NAME, ENV_ORIGIN, ENV_NAME, 0) \
    T(HISTORY, "history", HISTORY_CREATED_BY, HISTORY_CREATED, NONE, 0) \
    T(MOUNT, "mount", MOUNT_TYPE, MOUNT_ORIGIN, MOUNT_TARGET, 0) \
    T(PORT, "port", PORT_CONTAINER_PORT, PORT_ALL_INTERFACES, NONE, 0) \
    T(DEVICE, "device", DEVICE_SOURCE, DEVICE_CLASS, DEVICE_TARGET, 0) \
    T(ULIMIT, "ulimit", ULIMIT_NAME, ULIMIT_HARD, ULIMIT_NAME, 0) \
    T(EXTRA_HOST, "extra_host", EXTRA_HOST_HOST, EXTRA_HOST_IP, EXTRA_HOST_HOST, 0) \
    T(NETWORK, "network", NETWORK_NAME, NETWORK_MAC, NETWORK_NAME, 0) \
    T(SECRET, "secret", SECRET_NAME, SECRET_AS, SECRET_NAME, 0) \
    T(CONFIG, "config", CONFIG_NAME, CONFIG_AS, CONFIG_NAME, 0) \
    T(ENV_FILE, "env_file", ENV_FILE_PATH, ENV_FILE_FORMAT, ENV_FILE_PATH, 0) \
    T(INTERPOLATION, "interpolation", INTERPOLATION_NAME, INTERPOLATION_HOW, \
      INTERPOLATION_NAME, 0) \
    T(HOOK, "hook", HOOK_PHASE, HOOK_ARGV, NONE, 0) \
    T(PROBE, "probe", PROBE_PHASE, PROBE_FAILURES, PROBE_PHASE, 0) \
    T(VOLUME, "volume", VOLUME_NAME, VOLUME_MOUNTED, VOLUME_NAME, 0) \
    T(ENV_FROM, "env_from", ENV_FROM_ORIGIN, ENV_FROM_OPTIONAL, NONE, 0) \
    T(LISTENER, "listener", LISTENER_RAW, LISTENER_PORT, NONE, 0) \
    T(REGISTRY, "registry", REGISTRY_NAME, REGISTRY_MIRROR, REGISTRY_NAME, 0) \
    T(VULNERABILITY, "vulnerability", VULNERABILITY_ID, VULNERABILITY_SUPPRESSED_REASON, NONE, 0) \
    T(COMPONENT, "component", COMPONENT_NAME, COMPONENT_LICENSES, NONE, 0) \
    T(SIGNATURE, "signature", SIGNATURE_REFERENCE, SIGNATURE_LOG_TIME, NONE, 0) \
    T(ATTESTATION, "attestation", ATTESTATION_PREDICATE_TYPE, ATTESTATION_VERIFIED, NONE, 0)

/* What every subject has. */
#define SCL_SUBJECT_FIELDS(F, TYPE) \
    F(TYPE, NAME, "name", TEXT, 0, 0, "name of the subject") \
    F(TYPE, FORMAT, "format", TEXT, 0, SCL_FIELD_META, "format of its document") \
    F(TYPE, RESOLUTION, "resolution", TEXT, 0, SCL_FIELD_META | SCL_FIELD_ENUM, \
      "request, or resolved where a runtime has filled in its defaults")

/* An image reference, as a node of its own (prefix "") or a group ("base."). */
#define SCL_REFERENCE_FIELDS(F, TYPE, PART, prefix) \
    F(TYPE, PART##RAW, prefix "raw", TEXT, 0, 0, "image reference as written") \
    F(TYPE, PART##NAME, prefix "name", TEXT, 0, SCL_FIELD_DERIVED, "registry and repository") \
    F(TYPE, PART##REGISTRY, prefix "registry", TEXT, 0, SCL_FIELD_DERIVED, \
      "registry, docker.io by default") \
    F(TYPE, PART##REPOSITORY, prefix "repository", TEXT, 0, SCL_FIELD_DERIVED, \
      "repository, with library/ where none is named") \
    F(TYPE, PART##TAG, prefix "tag", TEXT, 0, SCL_FIELD_DERIVED, "tag as written") \
    F(TYPE, PART##DIGEST, prefix "digest", TEXT, 0, SCL_FIELD_DERIVED, \
      "digest with its algorithm") \
    F(TYPE, PART##DIGEST_ALGO, prefix "digest_algo", TEXT, 0, SCL_FIELD_DERIVED, \
      "algorithm of the digest") \
    F(TYPE, PART##ID, prefix "id", TEXT, 0, SCL_FIELD_DERIVED, "image id") \
    F(TYPE, PART##PIN, prefix "pin", TEXT, 0, SCL_FIELD_DERIVED | SCL_FIELD_ENUM, \
      "digest, tag, latest, untagged, id, build, none, unknown")

/* Who a process runs as; the order is relied on by user.c. */
#define SCL_USER_FIELDS(F, TYPE, says) \
    F(TYPE, USER, "user", GROUP, 0, 0, "whom the first process runs as") \
    F(TYPE, USER_RAW, "user.raw", TEXT, 0, says, "user as written") \
    F(TYPE, USER_UID, "user.uid", INT, 0, 0, "user id") \
    F(TYPE, USER_GID, "user.gid", INT, 0, 0, "group id") \
    F(TYPE, USER_NAME, "user.name", TEXT, 0, 0, "user name, where it is a name") \
    F(TYPE, USER_GROUP, "user.group", TEXT, 0, 0, "group name, where it is a name") \
    F(TYPE, USER_IS_ROOT, "user.is_root", BOOL, 0, SCL_FIELD_DERIVED, \
      "the first process runs as uid 0") \
    F(TYPE, USER_CERTAINTY, "user.certainty", TEXT, 0, SCL_FIELD_DERIVED | SCL_FIELD_ENUM, \
      "exact, name, policy, image, default, unknown")

/* What is given to a container as a file or a variable. */
#define SCL_SECRET_FIELDS(F, TYPE) \
    F(TYPE, NAME, "name", TEXT, 0, 0, "name in the container, or of what is given") \
    F(TYPE, SOURCE, "source", TEXT, 0, 0, "what is given") \
    F(TYPE, TARGET, "target", TEXT, 0, 0, "path or variable in the container") \
    F(TYPE, UID, "uid", TEXT, 0, 0, "owner of the file") \
    F(TYPE, GID, "gid", TEXT, 0, 0, "group of the file") \
    F(TYPE, MODE, "mode", INT, 0, 0, "permissions of the file") \
    F(TYPE, AS, "as", TEXT, 0, SCL_FIELD_ENUM, "file or env")

/* What another document of the project is to a subject: a group, and what is in it. */
#define SCL_LINKED_GROUP(F, TYPE) \
    F(TYPE, LINKED, "linked", GROUP, 0, SCL_FIELD_META, "what others of the project are to it")
#define SCL_LINKED_FIELD(F, TYPE, ID, name, KIND, of, doc) \
    F(TYPE, LINKED_##ID, "linked." name, KIND, of, SCL_FIELD_META | SCL_FIELD_LINK, doc)

#define SCL_NAMESPACE_FIELDS(F, ID, name, flags) \
    F(CONTAINER, NS_##ID, "namespaces." name, GROUP, 0, flags, name " namespace") \
    F(CONTAINER, NS_##ID##_MODE, "namespaces." name ".mode", TEXT, 0, flags, \
      "private, host, path or what the runtime offers") \
    F(CONTAINER, NS_##ID##_TARGET, "namespaces." name ".target", TEXT, 0, flags, \
      "what is joined") \
    F(CONTAINER, NS_##ID##_HOST, "namespaces." name ".host", BOOL, 0, flags, \
      "it is the host's own")

#define SCL_BUILD_FIELDS(F) \
    SCL_SUBJECT_FIELDS(F, BUILD) \
    F(BUILD, STAGES, "stages", LIST, SCL_TYPE_STAGE, 0, "stages in file order") \
    F(BUILD, INSTRUCTIONS, "instructions", LIST, SCL_TYPE_INSTRUCTION, 0, \
      "instructions in file order") \
    F(BUILD, COMMANDS, "commands", LIST, SCL_TYPE_COMMAND, 0, \
      "simple commands in order of execution") \
    F(BUILD, PIPELINES, "pipelines", LIST, SCL_TYPE_PIPELINE, 0, \
      "pipelines of two commands or more") \
    F(BUILD, TARGET, "target", OBJECT, SCL_TYPE_STAGE, 0, "stage that is built") \
    F(BUILD, PROMISED, "image", OBJECT, SCL_TYPE_IMAGE, 0, "image that the target promises") \
    F(BUILD, IGNORE, "ignore", GROUP, 0, 0, "what .dockerignore keeps out of the context") \
    F(BUILD, IGNORE_PRESENT, "ignore.present", BOOL, 0, 0, "there is such a file") \
    F(BUILD, IGNORE_PATTERNS, "ignore.patterns", LIST, SCL_OF_TEXT, 0, "its patterns in order") \
    F(BUILD, SYNTAX, "syntax", TEXT, 0, 0, "frontend named by a syntax directive") \
    F(STAGE, NAME, "name", TEXT, 0, 0, "name after AS, in lower case") \
    F(STAGE, INDEX, "index", INT, 0, 0, "position in the file, from 0") \
    F(STAGE, PLATFORM, "platform", TEXT, 0, 0, "platform of its base") \
    F(STAGE, BASE, "base", OBJECT, SCL_TYPE_REFERENCE, 0, \
      "image that its chain of stages starts from") \
    F(STAGE, PARENT, "parent", OBJECT, SCL_TYPE_STAGE, 0, "stage it is built from") \
    F(STAGE, INSTRUCTIONS, "instructions", LIST, SCL_TYPE_INSTRUCTION, 0, "its instructions") \
    F(STAGE, COMMANDS, "commands", LIST, SCL_TYPE_COMMAND, 0, "its simple commands") \
    F(STAGE, ADDITIONS, "additions", LIST, SCL_TYPE_ADDITION, 0, \
      "paths that its instructions add") \
    F(STAGE, IMAGE, "image", OBJECT, SCL_TYPE_IMAGE, 0, \
      "image that it would promise if it were the target") \
    F(STAGE, IS_TARGET, "is_target", BOOL, 0, 0, "it is the one that is built") \
    F(STAGE, IN_IMAGE, "in_image", BOOL, 0, 0, "the target or an ancestor of it") \
    F(STAGE, CONTRIBUTES, "contributes", BOOL, 0, 0, "something is copied from it") \
    F(STAGE, PACKAGES, "packages", LIST, SCL_TYPE_PACKAGE, 0, \
      "packages that it and its parents leave installed") \
    F(INSTRUCTION, NAME, "name", TEXT, 0, 0, "keyword in lower case") \
    F(INSTRUCTION, INDEX, "index", INT, 0, 0, "position in the file, from 1") \
    F(INSTRUCTION, STAGE, "stage", OBJECT, SCL_TYPE_STAGE, 0, "stage it belongs to") \
    F(INSTRUCTION, FLAGS, "flags", GROUP, 0, 0, "flags") \
    F(INSTRUCTION, FLAGS_PLATFORM, "flags.platform", TEXT, 0, 0, "FROM --platform") \
    F(INSTRUCTION, FLAGS_FROM, "flags.from", TEXT, 0, 0, "COPY --from") \
    F(INSTRUCTION, FLAGS_CHOWN, "flags.chown", TEXT, 0, 0, "--chown") \
    F(INSTRUCTION, FLAGS_CHMOD, "flags.chmod", TEXT, 0, 0, "--chmod") \
    F(INSTRUCTION, FLAGS_LINK, "flags.link", BOOL, 0, 0, "--link") \
    F(INSTRUCTION, FLAGS_PARENTS, "flags.parents", BOOL, 0, 0, "COPY --parents") \
    F(INSTRUCTION, FLAGS_EXCLUDE, "flags.exclude", LIST, SCL_OF_TEXT, 0, "--exclude") \
    F(INSTRUCTION, FLAGS_CHECKSUM, "flags.checksum", TEXT, 0, 0, "ADD --checksum") \
    F(INSTRUCTION, FLAGS_UNPACK, "flags.unpack", BOOL, 0, 0, "ADD --unpack") \
    F(INSTRUCTION, FLAGS_KEEP_GIT_DIR, "flags.keep_git_dir", BOOL, 0, 0, "ADD --keep-git-dir") \
    F(INSTRUCTION, FLAGS_NETWORK, "flags.network", TEXT, 0, 0, "RUN --network") \
    F(INSTRUCTION, FLAGS_SECURITY, "flags.security", TEXT, 0, 0, "RUN --security") \
    F(INSTRUCTION, FORM, "form", TEXT, 0, SCL_FIELD_ENUM, "shell, exec or heredoc") \
    F(INSTRUCTION, ARGV, "argv", LIST, SCL_TYPE_WORD, 0, "words of the exec form") \
    F(INSTRUCTION, COMMANDS, "commands", LIST, SCL_TYPE_COMMAND, 0, \
      "simple commands in order of execution") \
    F(INSTRUCTION, HEREDOCS, "heredocs", LIST, SCL_TYPE_HEREDOC, 0, "here-documents") \
    F(INSTRUCTION, IN_IMAGE, "in_image", BOOL, 0, 0, "its layer reaches the final image") \
    F(INSTRUCTION, ONBUILD, "onbuild", BOOL, 0, 0, "it is a trigger for later builds") \
    F(INSTRUCTION, IMAGE, "image", OBJECT, SCL_TYPE_REFERENCE, 0, "image of a FROM") \
    F(INSTRUCTION, ALIAS, "alias", TEXT, 0, 0, "name that a FROM gives its stage") \
    F(INSTRUCTION, AS, "as", TEXT, 0, SCL_FIELD_META, "word AS of a FROM, as written") \
    F(INSTRUCTION, DEFAULT_IMAGE, "default_image", TEXT, 0, SCL_FIELD_DERIVED, \
      "image of a FROM with variables without build arguments, where it is none with those given") \
    F(INSTRUCTION, UNDECLARED, "undeclared", LIST, SCL_TYPE_VARIABLE, SCL_FIELD_DERIVED, \
      "variables it uses that nothing before it declares") \
    F(INSTRUCTION, COMMENTS, "comments", LIST, SCL_OF_TEXT, SCL_FIELD_META, \
      "comments above it") \
    F(INSTRUCTION, BLANK_LINES, "blank_lines", LIST, SCL_OF_TEXT, SCL_FIELD_META, \
      "blank lines among its own") \
    F(INSTRUCTION, IS_LEGACY, "is_legacy", BOOL, 0, SCL_FIELD_META, \
      "a blank divides name and value of an ENV or LABEL") \
    F(INSTRUCTION, HAS_SHELL, "has_shell", BOOL, 0, SCL_FIELD_DERIVED, \
      "a SHELL came before a CMD or ENTRYPOINT") \
    F(INSTRUCTION, SOURCES, "sources", LIST, SCL_TYPE_SOURCE, 0, "what ADD or COPY copies") \
    F(INSTRUCTION, TARGET, "target", TEXT, 0, 0, "where ADD or COPY copies to") \
    F(INSTRUCTION, FROM, "from", OBJECT, SCL_TYPE_REFERENCE, 0, \
      "image that COPY --from copies from") \
    F(INSTRUCTION, WIDE, "wide", BOOL, 0, 0, "the whole context or a top-level glob is copied") \
    F(INSTRUCTION, HAS_WORKDIR, "has_workdir", BOOL, 0, SCL_FIELD_DERIVED, \
      "a WORKDIR came before an ADD or COPY") \
    F(INSTRUCTION, MOUNTS, "mounts", LIST, SCL_TYPE_BUILD_MOUNT, 0, "RUN --mount") \
    F(INSTRUCTION, ENV, "env", LIST, SCL_TYPE_ENV, 0, "variables of an ENV") \
    F(INSTRUCTION, ARGS, "args", LIST, SCL_TYPE_ARG, 0, "declarations of an ARG") \
    F(INSTRUCTION, LABELS, "labels", MAP, SCL_OF_TEXT, 0, "labels of a LABEL") \
    F(INSTRUCTION, USER, "user", TEXT, 0, 0, "user of a USER") \
    F(INSTRUCTION, USER_EXISTS, "user_exists", BOOL, 0, SCL_FIELD_DERIVED, \
      "the user of a USER is a number, or has an account") \
    F(INSTRUCTION, PATH, "path", TEXT, 0, 0, "folder of a WORKDIR") \
    F(INSTRUCTION, IS_ABSOLUTE, "is_absolute", BOOL, 0, SCL_FIELD_DERIVED, \
      "the path of a WORKDIR, or the target of an ADD or COPY, is absolute") \
    F(INSTRUCTION, IS_ANCHORED, "is_anchored", BOOL, 0, SCL_FIELD_DERIVED, \
      "an absolute WORKDIR came before a WORKDIR") \
    F(INSTRUCTION, PORTS, "ports", LIST, SCL_OF_TEXT, 0, "ports of an EXPOSE") \
    F(INSTRUCTION, PATHS, "paths", LIST, SCL_OF_TEXT, 0, "folders of a VOLUME") \
    F(INSTRUCTION, SCOPE, "scope", GROUP, 0, SCL_FIELD_META, "what holds when it starts") \
    F(INSTRUCTION, SCOPE_USER, "scope.user", TEXT, 0, SCL_FIELD_COMPUTED, \
      "user that it runs as, as USER names it") \
    F(INSTRUCTION, SCOPE_WORKDIR, "scope.workdir", TEXT, 0, SCL_FIELD_COMPUTED, \
      "folder that it runs in") \
    F(INSTRUCTION, SCOPE_SHELL, "scope.shell", GROUP, 0, SCL_FIELD_META, \
      "what runs the shell forms") \
    F(INSTRUCTION, SCOPE_SHELL_ARGV, "scope.shell.argv", LIST, SCL_OF_TEXT, SCL_FIELD_COMPUTED, \
      "its command") \
    F(INSTRUCTION, SCOPE_SHELL_FAMILY, "scope.shell.family", TEXT, 0, \
      SCL_FIELD_COMPUTED | SCL_FIELD_ENUM, "posix, powershell or cmd") \
    F(INSTRUCTION, SCOPE_SHELL_DIALECT, "scope.shell.dialect", TEXT, 0, SCL_FIELD_COMPUTED, \
      "its name: sh, bash, pwsh") \
    F(INSTRUCTION, SCOPE_SHELL_PIPEFAIL, "scope.shell.pipefail", BOOL, 0, SCL_FIELD_COMPUTED, \
      "a pipeline fails when any of its commands does") \
    F(INSTRUCTION, SCOPE_ENV, "scope.env", LIST, SCL_TYPE_ENV, SCL_FIELD_COMPUTED, \
      "variables that ENV set") \
    F(INSTRUCTION, SCOPE_ARGS, "scope.args", LIST, SCL_TYPE_ARG, SCL_FIELD_COMPUTED, \
      "build arguments that ARG declared in the stage") \
    F(INSTRUCTION, SCOPE_USERS, "scope.users", LIST, SCL_OF_TEXT, SCL_FIELD_COMPUTED, \
      "accounts that exist") \
    F(INSTRUCTION, SCOPE_GROUPS, "scope.groups", LIST, SCL_OF_TEXT, SCL_FIELD_COMPUTED, \
      "groups that exist") \
    F(INSTRUCTION, ADDITIONS, "additions", LIST, SCL_TYPE_ADDITION, 0, \
      "paths that it, or a command of a RUN, adds") \
    F(INSTRUCTION, REMOVALS, "removals", LIST, SCL_TYPE_REMOVAL, 0, \
      "paths that commands of a RUN remove") \
    F(SOURCE, TEXT, "text", TEXT, 0, 0, "as written") \
    F(SOURCE, VALUE, "value", TEXT, 0, 0, "with variables replaced") \
    F(SOURCE, FORM, "form", TEXT, 0, SCL_FIELD_ENUM, \
      "local, url, git, heredoc, stage, image or context") \
    F(SOURCE, ARCHIVE, "archive", BOOL, 0, 0, "ADD would unpack it") \
    F(SOURCE, WIDE, "wide", BOOL, 0, 0, "the whole context or a top-level glob") \
    F(HEREDOC, NAME, "name", TEXT, 0, 0, "its delimiter") \
    F(HEREDOC, TEXT, "text", TEXT, 0, 0, "its body") \
    F(HEREDOC, EXPANDS, "expands", BOOL, 0, 0, "variables in it are replaced") \
    F(VARIABLE, NAME, "name", TEXT, 0, 0, "variable") \
    F(VARIABLE, OPERATOR, "operator", TEXT, 0, SCL_FIELD_DERIVED, \
      "what follows its name in braces: :- - :+ + :? ? # ## % %% / //") \
    F(VARIABLE, IS_UNSET, "is_unset", BOOL, 0, SCL_FIELD_DERIVED, \
      "the base image sets it no more than the Dockerfile does") \
    F(VARIABLE, SUGGESTION, "suggestion", TEXT, 0, SCL_FIELD_DERIVED, \
      "declared name that is like it") \
    F(BUILD_MOUNT, TYPE, "type", TEXT, 0, SCL_FIELD_ENUM, "bind, cache, tmpfs, secret or ssh") \
    F(BUILD_MOUNT, FROM, "from", OBJECT, SCL_TYPE_REFERENCE, 0, "image it is taken from") \
    F(BUILD_MOUNT, SOURCE, "source", TEXT, 0, 0, "path in what it is taken from") \
    F(BUILD_MOUNT, TARGET, "target", TEXT, 0, 0, "where it appears") \
    F(BUILD_MOUNT, ID, "id", TEXT, 0, 0, "name of a cache, secret or agent") \
    F(BUILD_MOUNT, ENV, "env", TEXT, 0, 0, "variable that holds a secret") \
    F(COMMAND, NAME, "name", TEXT, 0, 0, "base name of the command") \
    F(COMMAND, INDEX, "index", INT, 0, 0, "position in its instruction, from 1") \
    F(COMMAND, WRAPPERS, "wrappers", LIST, SCL_OF_TEXT, 0, "sudo, env and the like before it") \
    F(COMMAND, ARGV, "argv", LIST, SCL_TYPE_WORD, 0, "its words, the command first") \
    F(COMMAND, VERB, "verb", TEXT, 0, SCL_FIELD_DERIVED, \
      "what the tool is told to do, as install or config set") \
    F(COMMAND, OPTIONS, "options", LIST, SCL_TYPE_OPTION, 0, "its options, one each of a cluster") \
    F(COMMAND, OPERANDS, "operands", LIST, SCL_TYPE_WORD, 0, \
      "words that are no options, without those of the verb") \
    F(COMMAND, ASSIGNMENTS, "assignments", LIST, SCL_TYPE_ASSIGNMENT, 0, "variables set for it") \
    F(COMMAND, REDIRECTIONS, "redirections", LIST, SCL_TYPE_REDIRECTION, 0, "its redirections") \
    F(COMMAND, INSTRUCTION, "instruction", OBJECT, SCL_TYPE_INSTRUCTION, 0, \
      "instruction it stands in") \
    F(COMMAND, STAGE, "stage", OBJECT, SCL_TYPE_STAGE, 0, "stage it stands in") \
    F(COMMAND, CONDITIONAL, "conditional", BOOL, 0, 0, "it may not run") \
    F(COMMAND, PIPELINE, "pipeline", OBJECT, SCL_TYPE_PIPELINE, 0, "pipeline it is a part of") \
    F(COMMAND, PRECEDING, "preceding", LIST, SCL_TYPE_COMMAND, SCL_FIELD_COMPUTED, \
      "commands of the instruction before it") \
    F(COMMAND, FOLLOWING, "following", LIST, SCL_TYPE_COMMAND, SCL_FIELD_COMPUTED, \
      "commands of the instruction after it") \
    F(COMMAND, READERS, "readers", LIST, SCL_TYPE_COMMAND, 0, \
      "commands that read its output, nearest first") \
    F(COMMAND, ADDITIONS, "additions", LIST, SCL_TYPE_ADDITION, 0, "paths it is known to write") \
    F(COMMAND, RUNS, "runs", LIST, SCL_OF_TEXT, 0, "paths it executes") \
    F(COMMAND, VERIFIES, "verifies", LIST, SCL_OF_TEXT, 0, \
      "paths it checks; * for what it is told on its input") \
    F(COMMAND, REMOVALS, "removals", LIST, SCL_TYPE_REMOVAL, 0, "paths it is known to remove") \
    F(COMMAND, MANAGER, "manager", TEXT, 0, SCL_FIELD_DERIVED, "package manager that it is") \
    F(COMMAND, ACTION, "action", TEXT, 0, SCL_FIELD_DERIVED | SCL_FIELD_ENUM, \
      "install, refresh, upgrade, remove or clean") \
    F(COMMAND, PACKAGES, "packages", LIST, SCL_TYPE_PACKAGE, 0, "packages it names") \
    F(COMMAND, CACHES, "caches", LIST, SCL_OF_TEXT, 0, "folders that its manager leaves behind") \
    F(COMMAND, CONFIGURATION, "configuration", LIST, SCL_TYPE_ADDITION, 0, \
      "what was added before it to the settings of its manager") \
    F(COMMAND, CLEAN_TEXT, "clean_text", TEXT, 0, SCL_FIELD_DERIVED, \
      "command that would empty them") \
    F(WORD, TEXT, "text", TEXT, 0, 0, "quotes removed, references kept") \
    F(WORD, VALUE, "value", TEXT, 0, 0, "static text") \
    F(WORD, VARIABLES, "variables", LIST, SCL_OF_TEXT, 0, "variables it uses") \
    F(OPTION, NAME, "name", TEXT, 0, 0, "-o or --output") \
    F(OPTION, VALUE, "value", OBJECT, SCL_TYPE_WORD, 0, "its value, of one that takes any") \
    F(OPTION, TEXT, "text", TEXT, 0, SCL_FIELD_DERIVED, "word that it stands in") \
    F(ASSIGNMENT, NAME, "name", TEXT, 0, 0, "variable") \
    F(ASSIGNMENT, VALUE, "value", TEXT, 0, 0, "static text") \
    F(REDIRECTION, OPERATOR, "operator", TEXT, 0, 0, "> >> < and their like") \
    F(REDIRECTION, TARGET, "target", TEXT, 0, 0, "file") \
    F(PIPELINE, COMMANDS, "commands", LIST, SCL_TYPE_COMMAND, 0, "its commands in order") \
    F(PIPELINE, INSTRUCTION, "instruction", OBJECT, SCL_TYPE_INSTRUCTION, 0, \
      "instruction it stands in") \
    F(PIPELINE, GUARDED, "guarded", BOOL, 0, 0, "its failure is caught, as by || true") \
    F(PIPELINE, PIPEFAIL, "pipefail", BOOL, 0, 0, "it fails when any of its commands does") \
    F(ADDITION, PATH, "path", TEXT, 0, 0, "absolute, clean") \
    F(ADDITION, HOW, "how", TEXT, 0, SCL_FIELD_ENUM, \
      "copy, add, download, redirect, move or clone") \
    F(ADDITION, SOURCE, "source", TEXT, 0, 0, "where it comes from") \
    F(ADDITION, COMMAND, "command", OBJECT, SCL_TYPE_COMMAND, SCL_FIELD_COMPUTED, \
      "command of a RUN that adds it") \
    F(ADDITION, INSTRUCTION, "instruction", OBJECT, SCL_TYPE_INSTRUCTION, 0, \
      "instruction that adds it") \
    F(REMOVAL, PATH, "path", TEXT, 0, SCL_FIELD_DERIVED, "absolute, clean") \
    F(REMOVAL, HOW, "how", TEXT, 0, SCL_FIELD_ENUM, "delete, move or clean") \
    F(REMOVAL, DELETES, "deletes", LIST, SCL_TYPE_ADDITION, 0, \
      "what earlier instructions added of it, or may have") \
    F(REMOVAL, INSTRUCTION, "instruction", OBJECT, SCL_TYPE_INSTRUCTION, 0, \
      "instruction that removes it") \
    F(PACKAGE, NAME, "name", TEXT, 0, SCL_FIELD_DERIVED, "its name, without a version") \
    F(PACKAGE, VERSION, "version", TEXT, 0, SCL_FIELD_DERIVED, "version that is asked for") \
    F(PACKAGE, PIN, "pin", TEXT, 0, SCL_FIELD_DERIVED | SCL_FIELD_ENUM, \
      "exact, range or none") \
    F(PACKAGE, MANAGER, "manager", TEXT, 0, SCL_FIELD_COMPUTED, "package manager") \
    F(PACKAGE, FAMILY, "family", TEXT, 0, SCL_FIELD_DERIVED | SCL_FIELD_ENUM, "os or lang") \
    F(PACKAGE, KIND, "kind", TEXT, 0, SCL_FIELD_DERIVED | SCL_FIELD_ENUM, \
      "registry, file, url, group or virtual") \
    F(PACKAGE, FROZEN, "frozen", BOOL, 0, SCL_FIELD_DERIVED, \
      "it comes from a snapshot of the index") \
    F(PACKAGE, COMMAND, "command", OBJECT, SCL_TYPE_COMMAND, SCL_FIELD_COMPUTED, \
      "command that names it") \
    F(ARG, NAME, "name", TEXT, 0, 0, "name of the build argument") \
    F(ARG, VALUE, "value", TEXT, 0, 0, "its default, variables replaced") \
    F(ARG, IS_GLOBAL, "is_global", BOOL, 0, 0, "declared before the first FROM") \
    F(ARG, EFFECTIVE, "effective", TEXT, 0, SCL_FIELD_DERIVED, \
      "value in this build: the one given, else the default, else that of the global") \
    SCL_REFERENCE_FIELDS(F, REFERENCE, , "")

#define SCL_IMAGE_FIELDS(F) \
    SCL_SUBJECT_FIELDS(F, IMAGE) \
    F(IMAGE, NAMES, "names", LIST, SCL_OF_TEXT, 0, "references that lead to it") \
    F(IMAGE, ID, "id", TEXT, 0, 0, "its id") \
    F(IMAGE, DIGEST, "digest", TEXT, 0, 0, "digest of its manifest or index") \
    F(IMAGE, OS, "os", TEXT, 0, 0, "operating system") \
    F(IMAGE, ARCHITECTURE, "architecture", TEXT, 0, 0, "processor architecture") \
    F(IMAGE, VARIANT, "variant", TEXT, 0, 0, "variant of the architecture") \
    F(IMAGE, BASE, "base", GROUP, 0, 0, "image it is built on") \
    SCL_REFERENCE_FIELDS(F, IMAGE, BASE_, "base.") \
    SCL_USER_FIELDS(F, IMAGE, 0) \
    F(IMAGE, ENV, "env", LIST, SCL_TYPE_ENV, 0, "variables") \
    F(IMAGE, ENTRYPOINT, "entrypoint", LIST, SCL_OF_TEXT, 0, "words before the command") \
    F(IMAGE, COMMAND, "command", LIST, SCL_OF_TEXT, 0, "default command") \
    F(IMAGE, SHELL, "shell", LIST, SCL_OF_TEXT, 0, "shell of the shell forms") \
    F(IMAGE, WORKING_DIR, "working_dir", TEXT, 0, 0, "folder it starts in") \
    F(IMAGE, STOP_SIGNAL, "stop_signal", TEXT, 0, 0, "signal that stops it") \
    F(IMAGE, EXPOSED_PORTS, "exposed_ports", LIST, SCL_OF_TEXT, 0, "ports, as 80/tcp") \
    F(IMAGE, PORTS, "ports", LIST, SCL_TYPE_PORT, 0, "the same, one by one") \
    F(IMAGE, VOLUMES, "volumes", LIST, SCL_OF_TEXT, 0, "folders that become volumes") \
    F(IMAGE, LABELS, "labels", MAP, SCL_OF_TEXT, 0, "labels") \
    F(IMAGE, HEALTHCHECK, "healthcheck", GROUP, 0, 0, "health check") \
    F(IMAGE, HEALTHCHECK_DECLARED, "healthcheck.declared", BOOL, 0, 0, "there is one") \
    F(IMAGE, HEALTHCHECK_DISABLED, "healthcheck.disabled", BOOL, 0, 0, "it is switched off") \
    F(IMAGE, HEALTHCHECK_TEST, "healthcheck.test", LIST, SCL_OF_TEXT, 0, \
      "its command, CMD or CMD-SHELL first") \
    F(IMAGE, ONBUILD, "onbuild", LIST, SCL_OF_TEXT, 0, "instructions for later builds") \
    F(IMAGE, LAYERS, "layers", LIST, SCL_OF_TEXT, 0, "digests of its layers") \
    F(IMAGE, HISTORY, "history", LIST, SCL_TYPE_HISTORY, 0, "how it was made") \
    F(IMAGE, CREATED, "created", TEXT, 0, 0, "when it was made") \
    F(IMAGE, AUTHOR, "author", TEXT, 0, 0, "who made it") \
    SCL_LINKED_GROUP(F, IMAGE) \
    SCL_LINKED_FIELD(F, IMAGE, BUILD, "build", OBJECT, SCL_TYPE_BUILD, "build that promises it") \
    SCL_LINKED_FIELD(F, IMAGE, BASE, "base", OBJECT, SCL_TYPE_IMAGE, "image it is built on") \
    SCL_LINKED_FIELD(F, IMAGE, SIGNATURES, "signatures", LIST, SCL_TYPE_SIGNATURE, \
                     "signatures of it") \
    SCL_LINKED_FIELD(F, IMAGE, SCANS, "scans", LIST, SCL_TYPE_EVIDENCE, \
                     "reports of vulnerabilities in it") \
    F(ENV, NAME, "name", TEXT, 0, 0, "variable") \
    F(ENV, VALUE, "value", TEXT, 0, 0, "its value") \
    F(ENV, REF, "ref", TEXT, 0, 0, "where the value is kept, as NAME/KEY of a secret") \
    F(ENV, ORIGIN, "source", TEXT, 0, SCL_FIELD_ENUM, \
      "literal, file, secret, configmap, field, host, generated, or image where it is inherited") \
    F(HISTORY, CREATED_BY, "created_by", TEXT, 0, 0, "what made the layer") \
    F(HISTORY, EMPTY_LAYER, "empty_layer", BOOL, 0, 0, "it made no layer") \
    F(HISTORY, COMMENT, "comment", TEXT, 0, 0, "comment") \
    F(HISTORY, AUTHOR, "author", TEXT, 0, 0, "author") \
    F(HISTORY, CREATED, "created", TEXT, 0, 0, "when")

#define SCL_CONTAINER_FIELDS(F) \
    SCL_SUBJECT_FIELDS(F, CONTAINER) \
    F(CONTAINER, IMAGE, "image", GROUP, 0, 0, "image it is made from") \
    SCL_REFERENCE_FIELDS(F, CONTAINER, IMAGE_, "image.") \
    F(CONTAINER, POD, "pod", GROUP, 0, 0, "what it runs in together with others") \
    F(CONTAINER, POD_NAME, "pod.name", TEXT, 0, 0, "name of the object that holds it") \
    F(CONTAINER, POD_KIND, "pod.kind", TEXT, 0, 0, "Pod, Deployment and the like") \
    F(CONTAINER, POD_NAMESPACE, "pod.namespace", TEXT, 0, 0, "namespace of the object") \
    F(CONTAINER, POD_LABELS, "pod.labels", MAP, SCL_OF_TEXT, 0, "labels of the object") \
    F(CONTAINER, POD_ANNOTATIONS, "pod.annotations", MAP, SCL_OF_TEXT, 0, \
      "annotations of the object") \
    F(CONTAINER, POD_SECURITY, "pod.security", MAP, SCL_OF_TEXT, 0, \
      "what the pod itself says, by its path, whatever its containers say") \
    F(CONTAINER, POD_INDEX, "pod.container_index", INT, 0, 0, "place among those of its role") \
    F(CONTAINER, RUNTIME_FAMILY, "runtime_family", TEXT, 0, SCL_FIELD_ENUM, \
      "docker, podman, containerd, crio, ecs-ec2, ecs-fargate or oci") \
    F(CONTAINER, ROLE, "role", TEXT, 0, SCL_FIELD_ENUM, \
      "main, init, sidecar, ephemeral or job-hook") \
    F(CONTAINER, OS, "os", TEXT, 0, 0, "linux, windows or another") \
    F(CONTAINER, PLATFORM, "platform", TEXT, 0, 0, "os/architecture that is asked for") \
    F(CONTAINER, PULL_POLICY, "pull_policy", TEXT, 0, 0, \
      "always, missing, never, build or what the runtime offers") \
    SCL_USER_FIELDS(F, CONTAINER, 0) \
    F(CONTAINER, USER_ROOT_MAPS, "user.root_maps_to_host", BOOL, 0, SCL_FIELD_DERIVED, \
      "its uid 0 is the host's") \
    F(CONTAINER, USER_NOT_ROOT, "user.must_not_be_root", BOOL, 0, 0, \
      "it is not started as root") \
    F(CONTAINER, GROUPS, "groups", LIST, SCL_OF_TEXT, SCL_FIELD_LINUX, "additional groups") \
    F(CONTAINER, PRIVILEGED, "privileged", BOOL, 0, SCL_FIELD_LINUX, "no isolation is left") \
    F(CONTAINER, NO_NEW_PRIVILEGES, "no_new_privileges", BOOL, 0, SCL_FIELD_LINUX, \
      "setuid programs and file capabilities have no effect") \
    F(CONTAINER, READONLY_ROOTFS, "readonly_rootfs", BOOL, 0, SCL_FIELD_LINUX, \
      "the root file system is read-only") \
    F(CONTAINER, INIT, "init", BOOL, 0, 0, "a small init program starts and reaps") \
    F(CONTAINER, TTY, "tty", BOOL, 0, 0, "it has a terminal") \
    F(CONTAINER, STDIN, "stdin", BOOL, 0, 0, "its input stays open") \
    F(CONTAINER, CAPABILITIES, "capabilities", GROUP, 0, SCL_FIELD_LINUX, "kernel capabilities") \
    F(CONTAINER, CAP_ADD, "capabilities.add", LIST, SCL_OF_TEXT, SCL_FIELD_LINUX, \
      "added to the default set") \
    F(CONTAINER, CAP_DROP, "capabilities.drop", LIST, SCL_OF_TEXT, SCL_FIELD_LINUX, \
      "taken from it") \
    F(CONTAINER, CAP_EFFECTIVE, "capabilities.effective", LIST, SCL_OF_TEXT, \
      SCL_FIELD_LINUX | SCL_FIELD_DERIVED, "the ceiling: what any process in it may hold") \
    F(CONTAINER, CAP_BOUNDING, "capabilities.bounding", LIST, SCL_OF_TEXT, SCL_FIELD_LINUX, \
      "bounding set") \
    F(CONTAINER, CAP_PERMITTED, "capabilities.permitted", LIST, SCL_OF_TEXT, SCL_FIELD_LINUX, \
      "permitted set") \
    F(CONTAINER, CAP_INHERITABLE, "capabilities.inheritable", LIST, SCL_OF_TEXT, SCL_FIELD_LINUX, \
      "inheritable set") \
    F(CONTAINER, CAP_AMBIENT, "capabilities.ambient", LIST, SCL_OF_TEXT, SCL_FIELD_LINUX, \
      "ambient set") \
    F(CONTAINER, SECCOMP, "seccomp", GROUP, 0, SCL_FIELD_LINUX, "system call filter") \
    F(CONTAINER, SECCOMP_MODE, "seccomp.mode", TEXT, 0, SCL_FIELD_LINUX | SCL_FIELD_ENUM, \
      "default, unconfined or profile") \
    F(CONTAINER, SECCOMP_CONFINED, "seccomp.confined", BOOL, 0, SCL_FIELD_LINUX, \
      "there is a filter") \
    F(CONTAINER, SECCOMP_PROFILE, "seccomp.profile", TEXT, 0, SCL_FIELD_LINUX, \
      "file or name of the profile") \
    F(CONTAINER, SECCOMP_DEFAULT_ACTION, "seccomp.default_action", TEXT, 0, SCL_FIELD_LINUX, \
      "what becomes of a call that no rule names") \
    F(CONTAINER, APPARMOR, "apparmor", GROUP, 0, SCL_FIELD_LINUX, "AppArmor") \
    F(CONTAINER, APPARMOR_MODE, "apparmor.mode", TEXT, 0, SCL_FIELD_LINUX | SCL_FIELD_ENUM, \
      "default, unconfined or profile") \
    F(CONTAINER, APPARMOR_PROFILE, "apparmor.profile", TEXT, 0, SCL_FIELD_LINUX, \
      "name of the profile") \
    F(CONTAINER, SELINUX, "selinux", GROUP, 0, SCL_FIELD_LINUX, "SELinux") \
    F(CONTAINER, SELINUX_MODE, "selinux.mode", TEXT, 0, SCL_FIELD_LINUX | SCL_FIELD_ENUM, \
      "default, disabled or custom") \
    F(CONTAINER, SELINUX_USER, "selinux.user", TEXT, 0, SCL_FIELD_LINUX, "user of the label") \
    F(CONTAINER, SELINUX_ROLE, "selinux.role", TEXT, 0, SCL_FIELD_LINUX, "role of the label") \
    F(CONTAINER, SELINUX_TYPE, "selinux.type", TEXT, 0, SCL_FIELD_LINUX, "type of the label") \
    F(CONTAINER, SELINUX_LEVEL, "selinux.level", TEXT, 0, SCL_FIELD_LINUX, "level of the label") \
    F(CONTAINER, PROC_MOUNT, "proc_mount", TEXT, 0, SCL_FIELD_LINUX | SCL_FIELD_ENUM, \
      "default or unmasked") \
    F(CONTAINER, MASKED_PATHS, "masked_paths", LIST, SCL_OF_TEXT, SCL_FIELD_LINUX, \
      "paths that read as empty") \
    F(CONTAINER, READONLY_PATHS, "readonly_paths", LIST, SCL_OF_TEXT, SCL_FIELD_LINUX, \
      "paths that cannot be written") \
    F(CONTAINER, SECURITY_OPT, "security_opt", LIST, SCL_OF_TEXT, SCL_FIELD_LINUX, \
      "security options as written") \
    F(CONTAINER, NAMESPACES, "namespaces", GROUP, 0, 0, "namespaces") \
    SCL_NAMESPACE_FIELDS(F, PID, "pid", SCL_FIELD_LINUX) \
    SCL_NAMESPACE_FIELDS(F, NET, "net", 0) \
    SCL_NAMESPACE_FIELDS(F, IPC, "ipc", SCL_FIELD_LINUX) \
    SCL_NAMESPACE_FIELDS(F, UTS, "uts", SCL_FIELD_LINUX) \
    SCL_NAMESPACE_FIELDS(F, USER, "user", SCL_FIELD_LINUX) \
    SCL_NAMESPACE_FIELDS(F, CGROUP, "cgroup", SCL_FIELD_LINUX) \
    SCL_NAMESPACE_FIELDS(F, TIME, "time", SCL_FIELD_LINUX) \
    F(CONTAINER, MOUNTS, "mounts", LIST, SCL_TYPE_MOUNT, 0, "what is mounted") \
    F(CONTAINER, VOLUMES_FROM, "volumes_from", LIST, SCL_OF_TEXT, 0, \
      "containers whose mounts it takes over") \
    F(CONTAINER, VOLUMES, "volumes", LIST, SCL_TYPE_VOLUME, 0, \
      "volumes of its pod that it mounts; of the first container also those that nobody mounts") \
    F(CONTAINER, DEVICES, "devices", LIST, SCL_TYPE_DEVICE, SCL_FIELD_LINUX, \
      "devices of the host") \
    F(CONTAINER, DEVICE_CGROUP_RULES, "device_cgroup_rules", LIST, SCL_OF_TEXT, SCL_FIELD_LINUX, \
      "what the device controller allows") \
    F(CONTAINER, PORTS, "ports", LIST, SCL_TYPE_PORT, 0, "ports that the host may pass on") \
    F(CONTAINER, EXPOSED_PORTS, "exposed_ports", LIST, SCL_OF_TEXT, 0, \
      "ports that others may ask for, as 80/tcp") \
    F(CONTAINER, PUBLISH_ALL, "publish_all", BOOL, 0, 0, \
      "every exposed port is published, on a random port of the host") \
    F(CONTAINER, NETWORKS, "networks", LIST, SCL_TYPE_NETWORK, 0, "networks it is part of") \
    F(CONTAINER, LINKS, "links", LIST, SCL_OF_TEXT, 0, "containers that it reaches by name") \
    F(CONTAINER, ENV, "env", LIST, SCL_TYPE_ENV, 0, "variables") \
    F(CONTAINER, ENV_FILES, "env_files", LIST, SCL_TYPE_ENV_FILE, 0, "files of variables") \
    F(CONTAINER, SECRETS, "secrets", LIST, SCL_TYPE_SECRET, 0, "secrets it is given") \
    F(CONTAINER, CONFIGS, "configs", LIST, SCL_TYPE_CONFIG, 0, \
      "configuration files it is given") \
    F(CONTAINER, ENV_FROM, "env_from", LIST, SCL_TYPE_ENV_FROM, 0, \
      "what gives it all its entries as variables") \
    F(CONTAINER, RESOURCES, "resources", GROUP, 0, 0, "limits") \
    F(CONTAINER, MEMORY_LIMIT, "resources.memory_limit", INT, 0, SCL_FIELD_UNLIMITED, \
      "bytes; null where there is no limit") \
    F(CONTAINER, MEMORY_RESERVATION, "resources.memory_reservation", INT, 0, SCL_FIELD_UNLIMITED, \
      "bytes") \
    F(CONTAINER, MEMORY_SWAP_LIMIT, "resources.memory_swap_limit", INT, 0, SCL_FIELD_UNLIMITED, \
      "bytes of memory and swap") \
    F(CONTAINER, MEMORY_SWAPPINESS, "resources.memory_swappiness", INT, 0, 0, "0 to 100") \
    F(CONTAINER, OOM_KILL_DISABLE, "resources.oom_kill_disable", BOOL, 0, SCL_FIELD_LINUX, \
      "it is never killed for memory") \
    F(CONTAINER, OOM_SCORE_ADJ, "resources.oom_score_adj", INT, 0, SCL_FIELD_LINUX, \
      "-1000 to 1000") \
    F(CONTAINER, CPU_LIMIT, "resources.cpu_limit", DECIMAL, 0, SCL_FIELD_UNLIMITED, "processors") \
    F(CONTAINER, CPU_REQUEST, "resources.cpu_request", DECIMAL, 0, SCL_FIELD_UNLIMITED, \
      "processors that are kept for it") \
    F(CONTAINER, CPU_SHARES, "resources.cpu_shares", INT, 0, 0, "weight") \
    F(CONTAINER, CPUSET, "resources.cpuset", TEXT, 0, 0, "processors it may use") \
    F(CONTAINER, PIDS_LIMIT, "resources.pids_limit", INT, 0, SCL_FIELD_UNLIMITED, \
      "processes; null where there is no limit") \
    F(CONTAINER, SHM_SIZE, "resources.shm_size", INT, 0, 0, "bytes of /dev/shm") \
    F(CONTAINER, ULIMITS, "resources.ulimits", LIST, SCL_TYPE_ULIMIT, 0, "limits of a process") \
    F(CONTAINER, RESTART, "restart", GROUP, 0, 0, "what happens when it ends") \
    F(CONTAINER, RESTART_POLICY, "restart.policy", TEXT, 0, SCL_FIELD_ENUM, \
      "no, always, on-failure or unless-stopped") \
    F(CONTAINER, RESTART_MAX_RETRIES, "restart.max_retries", INT, 0, SCL_FIELD_UNLIMITED, \
      "how often after a failure") \
    F(CONTAINER, AUTO_REMOVE, "auto_remove", BOOL, 0, 0, "it is removed when it ends") \
    F(CONTAINER, HEALTHCHECK, "healthcheck", GROUP, 0, 0, "health check") \
    F(CONTAINER, HEALTHCHECK_DECLARED, "healthcheck.declared", BOOL, 0, 0, "there is one") \
    F(CONTAINER, HEALTHCHECK_DISABLED, "healthcheck.disabled", BOOL, 0, 0, "it is switched off") \
    F(CONTAINER, HEALTHCHECK_TEST, "healthcheck.test", LIST, SCL_OF_TEXT, 0, \
      "its command, CMD or CMD-SHELL first") \
    F(CONTAINER, HEALTHCHECK_INTERVAL, "healthcheck.interval", DECIMAL, 0, 0, \
      "seconds from one check to the next") \
    F(CONTAINER, HEALTHCHECK_TIMEOUT, "healthcheck.timeout", DECIMAL, 0, 0, \
      "seconds that a check may take") \
    F(CONTAINER, HEALTHCHECK_START_PERIOD, "healthcheck.start_period", DECIMAL, 0, 0, \
      "seconds at first in which failures do not count") \
    F(CONTAINER, HEALTHCHECK_RETRIES, "healthcheck.retries", INT, 0, 0, \
      "failures in a row that make it unhealthy") \
    F(CONTAINER, PROBES, "probes", LIST, SCL_TYPE_PROBE, 0, "how its state is asked for") \
    F(CONTAINER, LIFECYCLE, "lifecycle", LIST, SCL_TYPE_PROBE, 0, \
      "what is done in it when it starts and before it ends") \
    F(CONTAINER, LOGGING, "logging", GROUP, 0, 0, "where its output goes") \
    F(CONTAINER, LOGGING_DRIVER, "logging.driver", TEXT, 0, 0, "json-file, journald and the like") \
    F(CONTAINER, LOGGING_OPTIONS, "logging.options", MAP, SCL_OF_TEXT, 0, "options of the driver") \
    F(CONTAINER, SYSCTLS, "sysctls", MAP, SCL_OF_TEXT, SCL_FIELD_LINUX, "kernel parameters") \
    F(CONTAINER, HOSTNAME, "hostname", TEXT, 0, 0, "host name") \
    F(CONTAINER, DOMAINNAME, "domainname", TEXT, 0, 0, "domain name") \
    F(CONTAINER, EXTRA_HOSTS, "extra_hosts", LIST, SCL_TYPE_EXTRA_HOST, 0, \
      "names added to /etc/hosts") \
    F(CONTAINER, DNS, "dns", GROUP, 0, 0, "how names are looked up") \
    F(CONTAINER, DNS_SERVERS, "dns.servers", LIST, SCL_OF_TEXT, 0, "addresses of name servers") \
    F(CONTAINER, DNS_SEARCH, "dns.search", LIST, SCL_OF_TEXT, 0, "domains that are tried") \
    F(CONTAINER, DNS_OPTIONS, "dns.options", LIST, SCL_OF_TEXT, 0, "options of resolv.conf") \
    F(CONTAINER, DNS_POLICY, "dns.policy", TEXT, 0, 0, "ClusterFirst, Default, None and the like") \
    F(CONTAINER, ENTRYPOINT, "entrypoint", LIST, SCL_OF_TEXT, 0, "words before the command") \
    F(CONTAINER, COMMAND, "command", LIST, SCL_OF_TEXT, 0, "words after them") \
    F(CONTAINER, ARGV, "argv", LIST, SCL_OF_TEXT, 0, "words of the first process") \
    F(CONTAINER, WORKING_DIR, "working_dir", TEXT, 0, 0, "folder it starts in") \
    F(CONTAINER, STOP_SIGNAL, "stop_signal", TEXT, 0, 0, "signal that stops it") \
    F(CONTAINER, STOP_TIMEOUT, "stop_timeout", DECIMAL, 0, 0, \
      "seconds from that signal to the end") \
    F(CONTAINER, SERVICE_ACCOUNT, "service_account", GROUP, 0, 0, "whom it is to the cluster") \
    F(CONTAINER, SERVICE_ACCOUNT_NAME, "service_account.name", TEXT, 0, 0, "its name") \
    F(CONTAINER, SERVICE_ACCOUNT_AUTOMOUNT, "service_account.automount", BOOL, 0, 0, \
      "a token for it is mounted") \
    F(CONTAINER, WINDOWS, "windows", GROUP, 0, 0, "what Windows alone has") \
    F(CONTAINER, WINDOWS_HOST_PROCESS, "windows.host_process", BOOL, 0, 0, \
      "it runs as a process of the host") \
    F(CONTAINER, WINDOWS_USER, "windows.user", TEXT, 0, 0, "user of Windows") \
    F(CONTAINER, LABELS, "labels", MAP, SCL_OF_TEXT, 0, "labels") \
    F(CONTAINER, ANNOTATIONS, "annotations", MAP, SCL_OF_TEXT, 0, "annotations") \
    F(CONTAINER, CGROUP_PARENT, "cgroup_parent", TEXT, 0, SCL_FIELD_LINUX, \
      "path of its control group") \
    F(CONTAINER, RUNTIME, "runtime", TEXT, 0, 0, "runc, runsc, kata and the like") \
    F(CONTAINER, BUILD, "build", GROUP, 0, 0, "how its image is built") \
    F(CONTAINER, BUILD_CONTEXT, "build.context", TEXT, 0, 0, "folder or address of the context") \
    F(CONTAINER, BUILD_DOCKERFILE, "build.dockerfile", TEXT, 0, 0, "Dockerfile in the context") \
    F(CONTAINER, BUILD_TARGET, "build.target", TEXT, 0, 0, "stage that is built") \
    F(CONTAINER, BUILD_ARGS, "build.args", LIST, SCL_TYPE_ARG, 0, "build arguments") \
    F(CONTAINER, BUILD_PRIVILEGED, "build.privileged", BOOL, 0, 0, \
      "it is built with all privileges") \
    F(CONTAINER, BUILD_ENTITLEMENTS, "build.entitlements", LIST, SCL_OF_TEXT, 0, \
      "privileges that its build may use") \
    F(CONTAINER, BUILD_NETWORK, "build.network", TEXT, 0, 0, "network of its build") \
    F(CONTAINER, PROFILES, "profiles", LIST, SCL_OF_TEXT, 0, \
      "profiles of which one has to be switched on for it to start") \
    F(CONTAINER, SCALE, "scale", INT, 0, 0, "how many of it there are") \
    F(CONTAINER, INTERPOLATION, "interpolation", LIST, SCL_TYPE_INTERPOLATION, 0, \
      "variables of the text that its values hang on") \
    F(CONTAINER, HOOKS, "hooks", LIST, SCL_TYPE_HOOK, 0, \
      "programs of the host that the runtime starts") \
    F(CONTAINER, FACTS, "facts", GROUP, 0, 0, "what follows from its mounts") \
    F(CONTAINER, FACTS_SOCKET, "facts.runtime_socket_mounted", BOOL, 0, SCL_FIELD_DERIVED, \
      "a mount hands over the socket of a container engine") \
    F(CONTAINER, FACTS_HOST_ROOT, "facts.host_root_mounted", BOOL, 0, SCL_FIELD_DERIVED, \
      "a mount hands over the host's /") \
    SCL_LINKED_GROUP(F, CONTAINER) \
    SCL_LINKED_FIELD(F, CONTAINER, IMAGE, "image", OBJECT, SCL_TYPE_IMAGE, \
                     "image it is made from") \
    SCL_LINKED_FIELD(F, CONTAINER, BUILD, "build", OBJECT, SCL_TYPE_BUILD, \
                     "build of that image") \
    SCL_LINKED_FIELD(F, CONTAINER, HOST, "host", OBJECT, SCL_TYPE_HOST, "host it runs on") \
    SCL_LINKED_FIELD(F, CONTAINER, SIBLINGS, "siblings", LIST, SCL_TYPE_CONTAINER, \
                     "the other containers of its pod") \
    SCL_LINKED_FIELD(F, CONTAINER, SIGNATURES, "signatures", LIST, SCL_TYPE_SIGNATURE, \
                     "signatures of its image") \
    SCL_LINKED_FIELD(F, CONTAINER, SCANS, "scans", LIST, SCL_TYPE_EVIDENCE, \
                     "reports of vulnerabilities in its image") \
    F(MOUNT, TYPE, "type", TEXT, 0, 0, "bind, volume, tmpfs, npipe or what the runtime offers") \
    F(MOUNT, SOURCE, "source", TEXT, 0, 0, "path of the host or name of the volume") \
    F(MOUNT, TARGET, "target", TEXT, 0, 0, "path in the container") \
    F(MOUNT, READ_ONLY, "read_only", BOOL, 0, 0, "it cannot be written") \
    F(MOUNT, RECURSIVE_READ_ONLY, "recursive_read_only", BOOL, 0, 0, \
      "nor can what is mounted below it") \
    F(MOUNT, VOLUME, "volume", TEXT, 0, 0, "name of the pod's volume") \
    F(MOUNT, PROPAGATION, "propagation", TEXT, 0, SCL_FIELD_ENUM, \
      "private, shared, slave and their recursive forms") \
    F(MOUNT, RELABEL, "relabel", TEXT, 0, SCL_FIELD_ENUM, \
      "shared or private: the SELinux label that its source is given") \
    F(MOUNT, OPTIONS, "options", LIST, SCL_OF_TEXT, 0, "options as written") \
    F(MOUNT, SIZE, "size", INT, 0, SCL_FIELD_UNLIMITED, "bytes") \
    F(MOUNT, SUBPATH, "subpath", TEXT, 0, 0, "path in the volume or image") \
    F(MOUNT, ORIGIN, "origin", TEXT, 0, SCL_FIELD_ENUM, \
      "declared, or runtime where every container has it") \
    F(PORT, CONTAINER_PORT, "container_port", INT, 0, 0, "port in the container") \
    F(PORT, NAME, "name", TEXT, 0, 0, "name of the port") \
    F(PORT, PROTOCOL, "protocol", TEXT, 0, 0, "tcp, udp or sctp") \
    F(PORT, HOST_IP, "host_ip", TEXT, 0, 0, "address of the host; empty: all") \
    F(PORT, HOST_PORT, "host_port", INT, 0, 0, "port of the host") \
    F(PORT, PUBLISHED, "published", BOOL, 0, 0, "the host passes it on") \
    F(PORT, RANDOM, "random", BOOL, 0, 0, "the engine chooses the port of the host") \
    F(PORT, ALL_INTERFACES, "all_interfaces", BOOL, 0, SCL_FIELD_DERIVED, \
      "it is published on every address of the host") \
    F(DEVICE, SOURCE, "source", TEXT, 0, 0, "path of the host") \
    F(DEVICE, TARGET, "target", TEXT, 0, 0, "path in the container") \
    F(DEVICE, PERMISSIONS, "permissions", TEXT, 0, 0, "of r, w and m") \
    F(DEVICE, CLASS, "class", TEXT, 0, SCL_FIELD_ENUM, "path, cdi or gpu") \
    F(ULIMIT, NAME, "name", TEXT, 0, 0, "nofile, nproc and the like") \
    F(ULIMIT, SOFT, "soft", INT, 0, SCL_FIELD_UNLIMITED, "soft limit") \
    F(ULIMIT, HARD, "hard", INT, 0, SCL_FIELD_UNLIMITED, "hard limit") \
    F(EXTRA_HOST, HOST, "host", TEXT, 0, 0, "name") \
    F(EXTRA_HOST, IP, "ip", TEXT, 0, 0, "address, or host-gateway") \
    F(NETWORK, NAME, "name", TEXT, 0, 0, "name of the network") \
    F(NETWORK, ALIASES, "aliases", LIST, SCL_OF_TEXT, 0, "further names it has there") \
    F(NETWORK, IP, "ip", TEXT, 0, 0, "address that is asked for") \
    F(NETWORK, MAC, "mac", TEXT, 0, 0, "hardware address that is asked for") \
    SCL_SECRET_FIELDS(F, SECRET) \
    SCL_SECRET_FIELDS(F, CONFIG) \
    F(ENV_FILE, PATH, "path", TEXT, 0, 0, "file of variables") \
    F(ENV_FILE, REQUIRED, "required", BOOL, 0, 0, "without it nothing starts") \
    F(ENV_FILE, FORMAT, "format", TEXT, 0, 0, "raw where nothing in it is replaced") \
    F(INTERPOLATION, NAME, "name", TEXT, 0, 0, "variable") \
    F(INTERPOLATION, VALUE, "value", TEXT, 0, 0, "what stands in its place") \
    F(INTERPOLATION, HOW, "how", TEXT, 0, SCL_FIELD_ENUM, \
      "given, default where the text has one, or missing") \
    F(HOOK, PHASE, "phase", TEXT, 0, 0, "prestart, createRuntime, poststop and the like") \
    F(HOOK, PATH, "path", TEXT, 0, 0, "program of the host") \
    F(HOOK, ARGV, "argv", LIST, SCL_OF_TEXT, 0, "its words") \
    F(PROBE, PHASE, "phase", TEXT, 0, SCL_FIELD_ENUM, \
      "liveness, readiness, startup, post_start or pre_stop") \
    F(PROBE, KIND, "kind", TEXT, 0, SCL_FIELD_ENUM, "exec, http, tcp, grpc or sleep") \
    F(PROBE, HOST, "host", TEXT, 0, 0, "whom it asks; empty: the pod itself") \
    F(PROBE, PORT, "port", TEXT, 0, 0, "number or name of the port") \
    F(PROBE, PATH, "path", TEXT, 0, 0, "path of the request") \
    F(PROBE, ARGV, "argv", LIST, SCL_OF_TEXT, 0, "words of the command") \
    F(PROBE, DELAY, "delay", INT, 0, 0, "seconds before the first") \
    F(PROBE, INTERVAL, "interval", INT, 0, 0, "seconds from one to the next") \
    F(PROBE, TIMEOUT, "timeout", INT, 0, 0, "seconds that an answer may take") \
    F(PROBE, FAILURES, "failures", INT, 0, 0, "how many in a row count") \
    F(VOLUME, NAME, "name", TEXT, 0, 0, "its name") \
    F(VOLUME, KIND, "kind", TEXT, 0, 0, "key that says what it is: emptyDir, hostPath, secret") \
    F(VOLUME, TYPE, "type", TEXT, 0, 0, "as what it is mounted: bind, tmpfs, volume, secret") \
    F(VOLUME, SOURCE, "source", TEXT, 0, 0, "path of the host, or name of what it is made from") \
    F(VOLUME, MOUNTED, "mounted", BOOL, 0, 0, "a container mounts it") \
    F(ENV_FROM, ORIGIN, "source", TEXT, 0, SCL_FIELD_ENUM, "secret or configmap") \
    F(ENV_FROM, REF, "ref", TEXT, 0, 0, "its name") \
    F(ENV_FROM, PREFIX, "prefix", TEXT, 0, 0, "what the names of its variables begin with") \
    F(ENV_FROM, OPTIONAL, "optional", BOOL, 0, 0, "it may be missing")

#define SCL_OTHER_FIELDS(F) \
    SCL_SUBJECT_FIELDS(F, PROJECT) \
    F(PROJECT, BUILDS, "builds", LIST, SCL_TYPE_BUILD, SCL_FIELD_DERIVED, "all builds") \
    F(PROJECT, IMAGES, "images", LIST, SCL_TYPE_IMAGE, SCL_FIELD_DERIVED, "all images") \
    F(PROJECT, CONTAINERS, "containers", LIST, SCL_TYPE_CONTAINER, SCL_FIELD_DERIVED, \
      "all containers") \
    F(PROJECT, HOSTS, "hosts", LIST, SCL_TYPE_HOST, SCL_FIELD_DERIVED, "all hosts") \
    F(PROJECT, EVIDENCE, "evidence", LIST, SCL_TYPE_EVIDENCE, SCL_FIELD_DERIVED, \
      "all evidence about images")

#define SCL_FIELDS(F) \
    SCL_BUILD_FIELDS(F) \
    SCL_IMAGE_FIELDS(F) \
    SCL_CONTAINER_FIELDS(F) \
    SCL_HOST_FIELDS(F) \
    SCL_EVIDENCE_FIELDS(F) \
    SCL_OTHER_FIELDS(F)

#endif
