// SPDX-License-Identifier: Apache-2.0
// The zip package of a workbook, read in streams and within limits.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "intake/readers.hpp"

struct zip;
struct zip_file;

namespace menpai::intake {

/// One file inside the package.
class PackageEntry {
 public:
  PackageEntry(zip_file* file, std::uint64_t packed_bytes, std::uint64_t plain_bytes, const TableInput& input);
  ~PackageEntry();
  PackageEntry(const PackageEntry&) = delete;
  PackageEntry& operator=(const PackageEntry&) = delete;

  /// 0 at the end. Throws damaged (checksum, cut off) and too_large (the limits of the package).
  std::size_t read(char* to, std::size_t size);
  std::uint64_t bytes_read() const { return m_read; }
  std::uint64_t plain_bytes() const { return m_plain_bytes; }

 private:
  zip_file* m_file;
  std::uint64_t m_packed_bytes;
  std::uint64_t m_plain_bytes;
  std::uint64_t m_read = 0;
  const TableInput& m_input;
};

class Package {
 public:
  /// `bytes` must be seekable; `input` must live on. Throws damaged for what is no whole zip file, one whose entries
  /// lie over each other, or one with more entries than the limit.
  Package(std::unique_ptr<ByteSource> bytes, const TableInput& input);
  ~Package();
  Package(const Package&) = delete;
  Package& operator=(const Package&) = delete;

  bool has(const std::string& entry) const;
  /// Null if there is no such entry. Throws unsupported if it is encrypted or packed in a way that is not deflate.
  std::unique_ptr<PackageEntry> open(const std::string& entry);
  const ByteSource& bytes() const { return *m_bytes; }

 private:
  std::unique_ptr<ByteSource> m_bytes;
  const TableInput& m_input;
  zip* m_zip = nullptr;
};

/// Refuses zip files made to hurt, before anything is unpacked: the central directory (APPNOTE 6.3.10, 4.3.12, 4.5.3)
/// must lie in the file, hold at most `entries_max` entries, and no two entries may share bytes (Fifield 2019).
void check_zip_layout(ByteSource& bytes, const TableInput& input);

}  // namespace menpai::intake
