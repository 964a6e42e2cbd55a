// SPDX-License-Identifier: Apache-2.0
// What the commands that run over a table share.
#pragma once

#include "app/settings.hpp"
#include "app/table_file.hpp"
#include "cli/commands.hpp"

namespace menpai::cli {

app::TableFileInput table_input(const TableInOptions& options);
app::TableFileOutput table_output(const TableOutOptions& options);
app::Settings settings_of(const CommonOptions& options);

/// The summary: with --json one object on standard output, or on standard error where the table goes to standard
/// output; else lines on standard error, unless --quiet.
void report_summary(const CommonOptions& common, const TableOutOptions& output, const app::FileSummary& summary,
                    bool with_grades);

}  // namespace menpai::cli
