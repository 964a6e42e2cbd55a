// SPDX-License-Identifier: Apache-2.0
// Bytes in and out: files, standard streams, gzip. Outputs appear whole or not at all.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

namespace menpai::intake {

/// Where bytes come from. Anything that holds a table may be one: a file, a pipe, a sealed upload.
class ByteSource {
 public:
  virtual ~ByteSource() = default;
  /// Reads at most `size` bytes into `to`; 0 only at the end. Throws what went wrong.
  virtual std::size_t read(char* to, std::size_t size) = 0;
  virtual std::uint64_t bytes_read() const = 0;
  virtual std::uint64_t bytes_total() const { return 0; }  ///< 0 if not known
  /// True if seek() works; XLSX needs it, and what cannot is copied to a temporary file without a name.
  virtual bool seekable() const { return false; }
  virtual void seek(std::uint64_t /*offset*/) {}
};

/// Opens a file, or standard input for "-". Throws not_found, forbidden, bad_request (a folder).
std::unique_ptr<ByteSource> open_bytes(const std::filesystem::path& file);

/// Gives the bytes of `text`, which must live on.
std::unique_ptr<ByteSource> bytes_of(std::string_view text);

/// `first`, then what `rest` still has: for a look at the first bytes. Seekable where `rest` is.
std::unique_ptr<ByteSource> prepend(std::string first, std::unique_ptr<ByteSource> rest);

/// Inflates gzip, also of several members. Throws damaged (cut off, bad checksum) and too_large (limits).
std::unique_ptr<ByteSource> gunzip(std::unique_ptr<ByteSource> packed, const std::string& name,
                                   std::uint64_t inflated_bytes_max, double ratio_max);

/// Copies to a temporary file that has no name and vanishes with the process. Throws too_large, disk_full.
std::unique_ptr<ByteSource> spool(std::unique_ptr<ByteSource> from, std::uint64_t bytes_max);

/// Where bytes go.
class ByteSink {
 public:
  virtual ~ByteSink() = default;
  virtual void write(std::string_view bytes) = 0;
  /// Completes the output; without it nothing remains of a named file.
  virtual void finish() = 0;
};

/// A regular file that gets its name in finish(), after fsync; a device, a pipe or "-" is written at once.
/// Throws disk_full, forbidden, not_found.
std::unique_ptr<ByteSink> create_bytes(const std::filesystem::path& file);

/// Appends to `text`, which must live on.
std::unique_ptr<ByteSink> bytes_into(std::string& text);

/// A file that is being made beside its final place and has no name yet.
class UnfinishedFile {
 public:
  /// Throws what is wrong with the folder or the name.
  explicit UnfinishedFile(const std::filesystem::path& file);
  ~UnfinishedFile();
  UnfinishedFile(const UnfinishedFile&) = delete;
  UnfinishedFile& operator=(const UnfinishedFile&) = delete;

  int descriptor() const { return m_descriptor; }
  /// A path that opens the unfinished file itself, for libraries that want a name.
  std::filesystem::path path() const;
  const std::filesystem::path& target() const { return m_target; }
  /// Syncs it and gives it its name, replacing what bears it.
  void publish();

 private:
  std::filesystem::path m_target;
  std::filesystem::path m_temporary;  ///< empty while the file has no name at all
  int m_descriptor = -1;
};

}  // namespace menpai::intake
