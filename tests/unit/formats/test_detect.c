/* SPDX-License-Identifier: Apache-2.0 */
/*
 * test_detect.c: of which format an input is
 */
#include "reading.h"

#define UNKNOWN "format not recognized\n"
#define NAME_IT "= name it: --as FORMAT; 'scantling inspect --formats' lists them\n"

/* The format of an input and, where there is none, all its notes. */
struct detect_row {
    const char *name, *hint, *text, *format, *notes;
};

static void
check_rows(void **state, const struct detect_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct scl_document *d = reading_document(rows[i].name, rows[i].hint,
                                                  reading_quoted(*state, rows[i].text));
        struct scl_text notes;

        scl_text_init(&notes);
        reading_notes(d, &notes);
        check_text(scl_str_c(d->format), rows[i].format, rows[i].text);
        if (rows[i].notes)
            check_text(scl_text_str(&notes), rows[i].notes, rows[i].text);
        scl_text_finish(&notes);
        scl_document_unref(d);
    }
}

static void
keys_tell_the_format_of_json(void **state)
{
    static const struct detect_row rows[] = {
        { "a.json", "", "{'ociVersion':'1.0.0'}", "oci-runtime", "" },
        { "config.json", "", "{'ociVersion':'1.0.0','linux':{}}", "oci-runtime", "" },
        { "-", "", "  \n{'ociVersion':'1.0.0'}", "oci-runtime", "" },
        { "a.json", "", "\xef\xbb\xbf{'ociVersion':'1.0.0'}", "oci-runtime", "" },
        { "config.json", "", "{'process':{},'root':{'path':'x'}}", "oci-runtime", "" },
        { "a.json", "", "{'rootfs':{'type':'layers','diff_ids':[]}}", "oci-image", "" },
        { "config.json", "", "{'architecture':'a','os':'linux','config':{}}", "oci-image", "" },
        { "sha256-ab", "", "{'architecture':'a','os':'linux','rootfs':{}}", "oci-image", "" },
        { "a.json", "", "{'architecture':'a','os':'linux'}", "oci-image", "" },
        { "a.yaml", "", "{'ociVersion':'1.0.0'}", "oci-runtime", "" },
        { "a.json", "", "[{'HostConfig':{},'Config':{}}]", "docker-inspect", "" },
        { "a.json", "", "{'HostConfig':{},'Config':{},'State':{}}", "docker-inspect", "" },
        { "a.json", "", "[{'Id':'x','RootFS':{}},{'HostConfig':{},'Config':{}}]",
          "docker-inspect", "" },
        { "a.json", "", "{'RestartPolicy':{},'LogConfig':{}}", "docker-inspect", "" },
        { "a.json", "", "[{'RepoTags':[],'RootFS':{},'Config':{}}]", "docker-image-inspect", "" },
        { "a.json", "", "[{'Id':'x','RootFS':{}},{'Name':'net','Driver':'bridge','Scope':'l'}]",
          "docker-image-inspect",
          "at '': neither a container nor an image; left out\n" },
        { "manifest.json", "", "[{'Config':'a.json','RepoTags':['a:1'],'Layers':[]}]",
          "docker-archive", "" },
        { "oci-layout", "", "{'imageLayoutVersion':'1.0.0'}", "oci-layout", "" },
        { "index.json", "", "{'schemaVersion':2,'manifests':[]}", "oci-layout",
          "at '': no image is named here\n" },
        { "m.json", "", "{'schemaVersion':2,'config':{'digest':'sha256:a'},'layers':[]}",
          "oci-layout", "" },
        { "m.json", "", "{'mediaType':'x','digest':'sha256:a','size':1,'os':'a'}", "oci-layout",
          "at '': no image is named here\n" },
        { "a.json", "", "{'HostConfig':{},'Image':'a:1'}", "docker-create-body", "" },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
neighbours_are_refused_by_name(void **state)
{
    static const struct detect_row rows[] = {
        { "state.json", "", "{'ociVersion':'1','id':'x','status':'running','bundle':'/b'}", "",
          UNKNOWN "= it is the state of a container; config.json in its bundle is the "
                  "configuration\n" NAME_IT },
        { "features.json", "", "{'ociVersionMin':'1','ociVersionMax':'1'}", "",
          UNKNOWN "= it is what an OCI runtime says of its features\n" NAME_IT },
        { "seccomp.json", "", "{'defaultAction':'x','architectures':[],'syscalls':[]}", "",
          UNKNOWN "= it is a seccomp profile\n" NAME_IT },
        { "net.json", "", "[{'Name':'bridge','Driver':'bridge','Scope':'local','IPAM':{}}]", "",
          UNKNOWN "= it is what docker network inspect prints\n" NAME_IT },
        { "volumes.json", "", "[{'Name':'v','Driver':'local','Scope':'local','Mountpoint':'/v'}]",
          "", UNKNOWN "= it is what docker volume inspect prints\n" NAME_IT },
        { "config.json", "", "/* ours */ {'ociVersion':'1.2.0'}", "",
          UNKNOWN "= it begins with a comment, which JSON does not have\n" NAME_IT },
        { "package.json", "", "{'name':'x','version':'1','os':['linux']}", "",
          UNKNOWN "= it describes a package of npm\n" NAME_IT },
        { "a.json", "", "{'schemaVersion':1,'architecture':'a','os':'b','history':[]}", "",
          UNKNOWN NAME_IT },
        { "a.json", "", "{}", "", UNKNOWN NAME_IT },
        { "a.json", "", "[]", "", UNKNOWN NAME_IT },
        { "a.json", "", "7", "", UNKNOWN NAME_IT },
        { "notes.md", "", "FROM here on all is well\n", "", UNKNOWN NAME_IT },
        { "notes.txt", "", "nothing of the kind\n", "", UNKNOWN NAME_IT },
    };

    check_rows(state, rows, COUNT(rows));
}

#define POD "apiVersion: v1\nkind: Pod\nspec:\n"

static void
keys_tell_the_format_of_yaml(void **state)
{
    static const struct detect_row rows[] = {
        { "a.yaml", "", "apiVersion: v1\nkind: Pod\n", "kubernetes", "" },
        { "a.yml", "", "# hello\n---\napiVersion: v1\nkind: Pod\n", "kubernetes", "" },
        { "-", "", "apiVersion: v1\nkind: Pod\n", "kubernetes", "" },
        { "manifest", "", "---\nkind: Pod\napiVersion: v1\n", "kubernetes", "" },
        { "-", "", "\n# a comment\n'kind': Pod\napiVersion: v1\n", "kubernetes", "" },
        { "a.yaml", "", "\xef\xbb\xbf""apiVersion: v1\nkind: Pod\n", "kubernetes", "" },
        { "a.yaml", "", "a: 1\n---\napiVersion: v1\nkind: Pod\n", "kubernetes", "" },
        { "a.json", "", "{'apiVersion':'v1','kind':'Pod'}", "kubernetes", "" },
        { "a.yaml", "", "{'apiVersion':'v1','kind':'Pod'}", "kubernetes", "" },
        { "a.yaml", "", "{apiVersion: v1, kind: Pod}", "kubernetes", "" },
        { "a.yaml", "", "{'apiVersion':'v1','kind':'A'}\n---\n{'apiVersion':'v1','kind':'B'}\n",
          "kubernetes", "" },
        { "a.yaml", "", "# no document\n", "",
          "at '': the file has comments only\n" UNKNOWN NAME_IT },
        { "a.yaml", "", "name: x\nvalues: [1, 2]\n", "", UNKNOWN NAME_IT },
        { "a.yaml", "", "- hosts: all\n", "", UNKNOWN NAME_IT },
        { "notes.txt", "", "remember: the milk\n", "", UNKNOWN NAME_IT },
        { "notes.txt", "", "Note: it: is: no: YAML\n", "", UNKNOWN NAME_IT },
        { "a.yaml", "", "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Component\n", "",
          UNKNOWN NAME_IT },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
broken_yaml_is_known_by_what_was_read(void **state)
{
    static const struct detect_row rows[] = {
        { "a.yaml", "", "apiVersion: v1\nkind: Pod\nspec: [\n", "kubernetes", NULL },
        { "-", "", "apiVersion: v1\nkind: Pod\nspec: {\n", "kubernetes", NULL },
        { "a.yaml", "", "what: [\n", "", NULL },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
names_of_neighbours_are_told_before_their_content(void **state)
{
#define KUSTOMIZE \
    UNKNOWN "= it says how Kustomize builds manifests: kubectl kustomize . | scantling check -\n" \
            NAME_IT
    static const struct detect_row rows[] = {
        { "k/kustomization.yaml", "", "resources: [a.yaml]\n", "", KUSTOMIZE },
        { "kustomization.yml", "", "apiVersion: v1\nkind: Kustomization\n", "", KUSTOMIZE },
        { "Chart.yaml", "", "apiVersion: v2\nname: x\n", "",
          UNKNOWN "= it describes a Helm chart: helm template . | scantling check -\n" NAME_IT },
        { "values.yaml", "", "image: x\n", "",
          UNKNOWN "= it holds the values of a Helm chart: helm template . | scantling check -\n"
              NAME_IT },
        { "values.yaml", "kubernetes", "image: x\n", "kubernetes", "" },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
templates_are_to_be_rendered_first(void **state)
{
#define HELM \
    "Helm template, not yet a document\n= render it: helm template chart | scantling check -\n"
    static const struct detect_row rows[] = {
        { "t/web.yaml", "", "kind: Pod\nname: {{ .Values.name }}\n", "", HELM },
        { "t/web.yaml", "", "{{- if .Values.on }}\nkind: Pod\n{{- end }}\n", "", HELM },
        { "t/_helpers.tpl", "", "{{- define \"x\" -}}\n", "", HELM },
        { "-", "", "a: {{ include \"x\" . }}\n", "", HELM },
        { "t/web.yaml", "", POD "  image: {{ .Values.image }}\n", "", HELM },
        { "t/web.yaml", "", POD "  image: '{{ .Values.image }}'\n", "", HELM },
        { "t/web.yaml", "", POD "  image: web-{{ $.Chart.AppVersion }}\n", "", HELM },
        { "play.yml", "", "name: {{ item }}\n", "", NULL },
        { "ci.yml", "", "run: ${{ secrets.X }}\n", "", UNKNOWN NAME_IT },
        { "about.txt", "", "write {{ .Values.x }}\n", "", UNKNOWN NAME_IT },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
a_hint_wins_over_all(void **state)
{
    static const struct detect_row rows[] = {
        { "a.json", "oci-image", "{'ociVersion':'1'}", "oci-image", "" },
        { "a.json", "oci-runtime", "{'os':'linux','architecture':'x'}", "oci-runtime", "" },
        { "Dockerfile", "oci-image", "{}", "oci-image", "" },
        { "a.json", "dockerfile", "FROM scratch\n", "dockerfile", NULL },
        { "notes", "kubernetes", "a: 1\n", "kubernetes", "" },
        { "notes", "kubernetes", "{'a': 1}", "kubernetes", "" },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
names_decide_before_content(void **state)
{
    static const struct detect_row rows[] = {
        { "web/Dockerfile", "", "{'ociVersion':'1'}", "dockerfile", NULL },
        { "Dockerfile", "", "[Container]\n", "dockerfile", NULL },
        { "web/Dockerfile", "", "FROM scratch\n", "dockerfile", NULL },
        { "-", "", "FROM scratch\n", "dockerfile", NULL },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
several_formats_are_none(void **state)
{
    static const struct detect_row rows[] = {
        { "a.json", "", "{'ociVersion':'1','rootfs':{'diff_ids':[]}}", "",
          "could be of 2 formats\n"
          "= --as oci-image    (rootfs.diff_ids)\n"
          "= --as oci-runtime  (ociVersion)\n" },
        { "config.json", "", "{'ociVersion':'1','rootfs':{'diff_ids':[]}}", "oci-runtime", "" },
        { "a.json", "", "{'ociVersion':'1','os':'linux','architecture':'x'}", "oci-runtime", "" },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
broken_json_is_known_by_what_was_read(void **state)
{
    static const struct detect_row rows[] = {
        { "a.json", "", "{'ociVersion':'1','process':{", "oci-runtime",
          "at '': end of file inside an object\n= the object starts at\n" READ_UP_TO },
        { "-", "", "{'ociVersion':'1',}", "oci-runtime",
          "at ',': trailing comma in an object\n" READ_UP_TO },
        { "a.json", "", "{'what':", "",
          "at '': end of file inside an object\n= the object starts at\n" UNKNOWN NAME_IT },
        { "-", "", "{'what':", "", UNKNOWN NAME_IT },
        { "a.json", "", "[Container]\n", "", NULL },
    };

    check_rows(state, rows, COUNT(rows));
}

static void
names_tell_what_is_worth_opening(void **state)
{
    static const struct {
        const char *name, *format; /* NULL: it is no input */
    } rows[] = {
        { "Dockerfile", "dockerfile" },
        { "web/Dockerfile", "dockerfile" },
        { "config.json", "" },
        { "a/b.json", "" },
        { "compose.yaml", "compose" },
        { "web.container", "quadlet" },
        { "x.yml", "" },
        { "package.json", "" },
        { "main.c", NULL },
        { "README.md", NULL },
        { "a.json/x", NULL },
        { "", NULL },
    };

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        const char *format = scl_format_for_name(scl_str_c(rows[i].name));

        check_text(scl_str_c(format ? format : "(none)"),
                   rows[i].format ? rows[i].format : "(none)", rows[i].name);
    }
}

static void
formats_are_found_by_name(void **state)
{
    (void)state;
    assert_ptr_equal(scl_format_find(SCL_S("oci-image")), &scl_format_oci_image);
    assert_ptr_equal(scl_format_find(SCL_S("oci-runtime")), &scl_format_oci_runtime);
    assert_ptr_equal(scl_format_find(SCL_S("dockerfile")), &scl_format_dockerfile);
    assert_ptr_equal(scl_format_find(SCL_S("docker-inspect")), &scl_format_docker_inspect);
    assert_ptr_equal(scl_format_find(SCL_S("docker-image-inspect")),
                     &scl_format_docker_image_inspect);
    assert_null(scl_format_find(SCL_S("oci")));
    assert_null(scl_format_find(SCL_S("")));
}

SUITE(
    CASE(keys_tell_the_format_of_json),
    CASE(neighbours_are_refused_by_name),
    CASE(keys_tell_the_format_of_yaml),
    CASE(broken_yaml_is_known_by_what_was_read),
    CASE(names_of_neighbours_are_told_before_their_content),
    CASE(templates_are_to_be_rendered_first),
    CASE(a_hint_wins_over_all),
    CASE(names_decide_before_content),
    CASE(several_formats_are_none),
    CASE(broken_json_is_known_by_what_was_read),
    CASE(names_tell_what_is_worth_opening),
    CASE(formats_are_found_by_name))
