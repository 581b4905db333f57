/* SPDX-License-Identifier: Apache-2.0 */
/*
 * values.h: the values of options that need more than to be kept
 */
#ifndef CLI_VALUES_H
#define CLI_VALUES_H

#include "options.h"

enum { CLI_MOST_JOBS = 256 };

/* Reads the value of the option `name`; what is wrong with it is told. */
typedef void cli_value_fn(struct cli_run *run, struct cli_options *options, const char *name,
                          const char *value);

cli_value_fn cli_value_color;
cli_value_fn cli_value_date;
cli_value_fn cli_value_fail_on;
cli_value_fn cli_value_format;
cli_value_fn cli_value_hyperlinks;
cli_value_fn cli_value_jobs;
cli_value_fn cli_value_kind;
cli_value_fn cli_value_limit;
cli_value_fn cli_value_output;
cli_value_fn cli_value_param;
cli_value_fn cli_value_width;

/* Names that values are made of; the number `index`, or NULL past the last. */
const char *cli_value_severity_at(size_t index);
const char *cli_value_report_at(size_t index);
const char *cli_value_limit_at(size_t index);
const char *cli_value_kind_at(size_t index);

/* What can only be said when all words are read: options that exclude each other, and the usual
 * values that hang on others. */
void cli_values_finish(struct cli_run *run, enum cli_verb verb, struct cli_options *options);

#endif
