// SPDX-License-Identifier: Apache-2.0
// How the rows of a cleaning job are kept: a few thousand together as packed JSON lines, sealed; single rows the same.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "access/key_ring.hpp"
#include "model/cleaning.hpp"

namespace menpai::app {

/// One row as it is kept: the cells as they came and the engine's answer.
struct KeptRow {
  std::vector<std::string> cells;
  Answer answer;
};

/// {"cells":[…],"answer":{…}}, without a line end.
std::string kept_row_json(const std::vector<std::string>& cells, const Answer& answer);
/// Throws damaged.
KeptRow parse_kept_row(std::string_view json);

/// Lines → zlib → sealed. `lines` holds one kept_row_json a line, each ended by '\n'.
std::string seal_chunk(access::KeyRing& keys, const CleaningJobId& job, std::uint64_t first_row,
                       std::string_view lines);
/// The lines again. Throws damaged.
std::string open_chunk(access::KeyRing& keys, const CleaningJobId& job, std::uint64_t first_row,
                       std::string_view sealed);

std::string seal_row(access::KeyRing& keys, const CleaningJobId& job, std::uint64_t row, std::string_view json);
KeptRow open_row(access::KeyRing& keys, const CleaningJobId& job, std::uint64_t row, std::string_view sealed);

/// Splits lines; the views live as long as `lines`.
std::vector<std::string_view> split_lines(std::string_view lines);

}  // namespace menpai::app
