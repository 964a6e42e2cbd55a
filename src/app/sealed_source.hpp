// SPDX-License-Identifier: Apache-2.0
// A sealed upload as a source of bytes: opened frame by frame, so that its plain text never lies on a disk.
#pragma once

#include <memory>
#include <string_view>

#include "intake/bytes.hpp"
#include "store/sealed_file.hpp"

namespace menpai::app {

/// An XLSX must be read back and forth and is held in memory while it is open: at most this much.
inline constexpr std::uint64_t xlsx_bytes_max = std::uint64_t{512} << 20;

/// Opens the sealed file `digest` (32 bytes). What looks like a ZIP (XLSX) is opened whole into memory and is seekable,
/// anything else is a stream. Throws not_found, damaged, too_large. `files` must live longer than the source.
std::unique_ptr<intake::ByteSource> open_sealed(store::SealedFiles& files, std::string_view digest);

}  // namespace menpai::app
