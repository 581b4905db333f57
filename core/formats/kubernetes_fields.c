/* SPDX-License-Identifier: Apache-2.0 */
/*
 * kubernetes_fields.c: the fields that pods and their containers have
 *
 * Those of k8s.io/api core/v1 up to 1.35, of the parts that this reader takes settings from. The
 * server drops others with a warning, or refuses them, as a client asks it to.
 */
#include "formats/known_keys.h"
#include "formats/kubernetes.h"

static const char *const pod[] = {
    "activeDeadlineSeconds", "affinity", "automountServiceAccountToken", "containers", "dnsConfig",
    "dnsPolicy", "enableServiceLinks", "ephemeralContainers", "hostAliases", "hostIPC",
    "hostNetwork", "hostPID", "hostUsers", "hostname", "hostnameOverride", "imagePullSecrets",
    "initContainers", "nodeName", "nodeSelector", "os", "overhead", "preemptionPolicy", "priority",
    "priorityClassName", "readinessGates", "resourceClaims", "resources", "restartPolicy",
    "runtimeClassName", "schedulerName", "schedulingGates", "securityContext", "serviceAccount",
    "serviceAccountName", "setHostnameAsFQDN", "shareProcessNamespace", "subdomain",
    "terminationGracePeriodSeconds", "tolerations", "topologySpreadConstraints", "volumes",
    "workloadRef", NULL,
};

static const char *const pod_security[] = {
    "appArmorProfile", "fsGroup", "fsGroupChangePolicy", "runAsGroup", "runAsNonRoot", "runAsUser",
    "seLinuxChangePolicy", "seLinuxOptions", "seccompProfile", "supplementalGroups",
    "supplementalGroupsPolicy", "sysctls", "windowsOptions", NULL,
};

static const char *const container[] = {
    "args", "command", "env", "envFrom", "image", "imagePullPolicy", "lifecycle", "livenessProbe",
    "name", "ports", "readinessProbe", "resizePolicy", "resources", "restartPolicy",
    "restartPolicyRules", "securityContext", "startupProbe", "stdin", "stdinOnce",
    "targetContainerName", "terminationMessagePath", "terminationMessagePolicy", "tty",
    "volumeDevices", "volumeMounts", "workingDir", NULL,
};

static const char *const security[] = {
    "allowPrivilegeEscalation", "appArmorProfile", "capabilities", "privileged", "procMount",
    "readOnlyRootFilesystem", "runAsGroup", "runAsNonRoot", "runAsUser", "seLinuxOptions",
    "seccompProfile", "windowsOptions", NULL,
};

static const char *const capabilities[] = { "add", "drop", NULL };
static const char *const resources[] = { "claims", "limits", "requests", NULL };

#define KEYS(what, names, elsewhere) { what, SCL_KEY_NAMES(names), SCL_NOTE_WARNING, elsewhere }

static const struct scl_known_keys
    capability_keys = KEYS("capabilities", capabilities, NULL),
    resource_keys = KEYS("resources", resources, NULL),
    security_keys = KEYS("the securityContext of a container", security, NULL),
    container_keys = KEYS("a container", container, &security_keys),
    pod_security_keys = KEYS("the securityContext of a pod", pod_security, &security_keys),
    pod_keys = KEYS("a pod", pod, &container_keys);

/* Whether the pods of an object are those of Kubernetes; those of an operator may have more. */
static bool
is_own(struct scl_str api_version)
{
    static const char *const groups[] = { "apps", "batch", "extensions", "apps.openshift.io" };
    size_t slash = scl_str_find_char(api_version, '/');

    if (slash == SIZE_MAX)
        return true;
    for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
        if (scl_str_is(scl_str_sub(api_version, 0, slash), groups[i]))
            return true;
    return false;
}

void
scl_kube_know_pod(struct scl_kube *k)
{
    if (!is_own(scl_rows_text_at(k->object, "apiVersion")))
        return;
    scl_know_keys(&k->l, k->spec, &pod_keys);
    scl_know_keys(&k->l, scl_rows_find(k->spec, "securityContext"), &pod_security_keys);
}

void
scl_kube_know_container(struct scl_kube *k)
{
    if (!is_own(scl_rows_text_at(k->object, "apiVersion")))
        return;
    scl_know_keys(&k->l, k->l.root, &container_keys);
    scl_know_keys(&k->l, scl_rows_find(k->l.root, "securityContext"), &security_keys);
    scl_know_keys(&k->l, scl_rows_find(k->l.root, "securityContext.capabilities"),
                  &capability_keys);
    scl_know_keys(&k->l, scl_rows_find(k->l.root, "resources"), &resource_keys);
}
