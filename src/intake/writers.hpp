// SPDX-License-Identifier: Apache-2.0
// The writer of workbooks, behind TableWriter::create.
#pragma once

#include <memory>

#include "intake/table.hpp"

namespace menpai::intake {

/// The workbook is made in a temporary file without a name and goes to `sink` in finish(). A table longer than a sheet
/// goes on in a next one with the same header.
std::unique_ptr<TableWriter> create_xlsx(std::unique_ptr<ByteSink> sink, const std::vector<std::string>& columns);

}  // namespace menpai::intake
