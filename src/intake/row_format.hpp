// SPDX-License-Identifier: Apache-2.0
// Rows as bytes of CSV, TSV and NDJSON.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "intake/table.hpp"

namespace menpai::intake {

/// For csv, tsv and ndjson.
std::unique_ptr<RowFormat> make_row_format(TableFormat format, const WriterOptions& options);

/// Appends `text`, which is UTF-8, as a JSON string (RFC 8259) with its quotes.
void append_json_text(std::string& out, std::string_view text);

}  // namespace menpai::intake
