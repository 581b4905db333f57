/* SPDX-License-Identifier: Apache-2.0 */
/*
 * params.h: parameters of policies
 */
#ifndef SCL_SCRIPT_PARAMS_H
#define SCL_SCRIPT_PARAMS_H

#include "script/table.h"
#include "syntax/tree.h"

/* Reads `params` of the policy table at `t` into the policy. */
void scl_params_read(struct scl_reader *r, int t, struct scl_policy *policy);
/* Reads the table of values at `key` of the table at `t`, defaults where it has none: one for each
 * parameter of the policy. */
const struct scl_param_value *scl_params_values(struct scl_reader *r, int t, const char *key,
                                                const struct scl_policy *policy);
/* A value from configuration; false: it does not fit, and `ret_why` says what was expected. */
bool scl_param_from_tree(struct scl_arena *arena, const struct scl_param *param,
                         const struct scl_tree *tree, struct scl_param_value *ret,
                         const char **ret_why);
/* A day that exists, as YYYY-MM-DD. */
bool scl_is_date(struct scl_str text);
/* Bytes of `512m`, `1.5 GiB`, `100`: factors of 1024, as docker reads them. */
bool scl_size_parse(struct scl_str text, int64_t *ret_bytes);
/* Index of a parameter, or UINT32_MAX. */
uint32_t scl_param_find(const struct scl_policy *policy, struct scl_str name);
/* Pushes the frozen table `params` of a policy. */
void scl_params_push(lua_State *L, const struct scl_policy *policy,
                     const struct scl_param_value *values);

#endif
