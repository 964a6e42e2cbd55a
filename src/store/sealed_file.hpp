// SPDX-License-Identifier: Apache-2.0
// Files of any length that nobody reads without the key: DATA/files/<2 digits>/<rest of the digest>, named by the
// SHA-256 of what lies on the disk, with one row each in the table sealed_file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "access/crypto.hpp"
#include "access/sealed_stream.hpp"
#include "store/store.hpp"

namespace menpai::store {

struct SealedFile {
  std::string digest;  ///< 32 bytes
  std::uint64_t plain_bytes = 0;
  std::uint64_t sealed_bytes = 0;
};

/// A file that is being written. Nothing remains of it unless finish() returns.
class SealedFileWriter {
 public:
  ~SealedFileWriter();
  SealedFileWriter(const SealedFileWriter&) = delete;
  SealedFileWriter& operator=(const SealedFileWriter&) = delete;
  /// Throws disk_full.
  void write(std::string_view bytes);
  std::uint64_t plain_bytes() const { return m_file.plain_bytes; }
  /// Brings the file to the disk under its name (fsync, rename, fsync) and stores its row: in the caller's transaction
  /// together with the row that refers to it, so that neither is there without the other.
  SealedFile finish(Transaction& transaction);

 private:
  friend class SealedFiles;
  SealedFileWriter(const std::filesystem::path& dir, access::KeyRing& keys, std::string kind);
  void put(std::string_view sealed);

  std::filesystem::path m_dir;
  std::filesystem::path m_fresh;
  std::string m_kind;
  int m_fd = -1;
  access::StreamSealer m_sealer;
  access::Digester m_digester;
  SealedFile m_file;
};

/// Gives the plain bytes piece by piece.
class SealedFileReader {
 public:
  ~SealedFileReader();
  SealedFileReader(const SealedFileReader&) = delete;
  SealedFileReader& operator=(const SealedFileReader&) = delete;
  /// Replaces `bytes` with the next piece, at most a few frames; false at the end. Throws damaged.
  bool read(std::string& bytes);
  /// How far it is in the file on the disk, and how long that is.
  std::uint64_t sealed_bytes_read() const { return m_read; }
  std::uint64_t sealed_bytes() const { return m_total; }

 private:
  friend class SealedFiles;
  SealedFileReader(const std::filesystem::path& file, access::KeyRing& keys);
  int m_fd = -1;
  std::uint64_t m_read = 0;
  std::uint64_t m_total = 0;
  std::string m_buffer;
  access::StreamOpener m_opener;
};

class SealedFiles {
 public:
  /// Makes DATA/files, mode 0700.
  SealedFiles(const std::filesystem::path& data_dir, access::KeyRing& keys);

  /// `kind` says what it is for ("cleaning_input").
  std::unique_ptr<SealedFileWriter> create(std::string kind);
  /// Throws not_found.
  std::unique_ptr<SealedFileReader> open(std::string_view digest);
  /// Removes the row in the caller's transaction; call remove_bytes() after its commit.
  void remove(Transaction& transaction, std::string_view digest);
  void remove_bytes(std::string_view digest);
  /// Removes what a killed process left: unfinished files, and files without a row, older than a day. The number
  /// removed.
  std::uint64_t sweep(Store& store);

 private:
  std::filesystem::path path_of(std::string_view digest) const;
  std::filesystem::path m_dir;
  access::KeyRing& m_keys;
};

}  // namespace menpai::store
