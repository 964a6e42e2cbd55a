// SPDX-License-Identifier: Apache-2.0
// The container of a library: named, aligned, checksummed sections in one file that is written whole and mapped to
// read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "address/library/checked_array.hpp"

namespace menpai::address {

/// The 64-bit xxHash (XXH64, seed 0) of `bytes`: finds accidents and cut files, not forgeries. About 10 GB/s.
std::uint64_t checksum(std::span<const std::byte> bytes);

/// When a section's bytes are verified. A small file is verified as a whole when it is opened.
enum class SectionTrust : std::uint8_t {
  before_use,  ///< as a whole, before the first question: for small sections whose readers rely on every reference
  in_parts,    ///< 64 KiB at a time, each when it is first touched: for large sections read through checked_array.hpp
  checked_in_use,  ///< its readers check every value they follow; only `verify` looks at its checksums
};

/// Collects sections and writes them. Layout, all little-endian: the head, which is a 64-byte header (magic, byte order
/// mark, version, file size, counts, checksum of the head), the directory (64 bytes a section) and the checksum of each
/// 64 KiB of what follows; then the sections, each at a multiple of 64 bytes.
class LibraryFileWriter {
 public:
  /// `name`: at most 23 bytes, once a file. The bytes are taken over.
  void add(std::string_view name, std::vector<std::byte> bytes, SectionTrust trust = SectionTrust::before_use);

  template <class T>
  void add_array(std::string_view name, std::span<const T> values, SectionTrust trust = SectionTrust::before_use) {
    static_assert(std::is_trivially_copyable_v<T>);
    const auto bytes = std::as_bytes(values);
    add(name, std::vector<std::byte>(bytes.begin(), bytes.end()), trust);
  }
  void add_text(std::string_view name, std::string_view text, SectionTrust trust = SectionTrust::before_use);

  /// Writes FILE whole or not at all: temporary file beside it, fsync, rename. Throws disk_full, forbidden, not_found.
  void write(const std::filesystem::path& file) const;
  /// The same into memory, for LibraryFile::from_bytes.
  std::vector<std::byte> bytes() const;

 private:
  friend class LibraryFile;
  std::vector<std::byte> head() const;
  struct Section {
    std::string name;
    std::vector<std::byte> bytes;  ///< padded to the alignment
    std::size_t size;
    SectionTrust trust;
  };
  std::vector<Section> m_sections;
};

/// A file mapped for reading. Sections live as long as this object. The file must not be changed in place while it is
/// mapped; LibraryFileWriter never does that, it replaces.
class LibraryFile {
 public:
  /// Throws not_found, unsupported (not a library, other byte order, other version) or damaged.
  /// Verified here: size, header, directory, bounds, and everything in a file of at most `small_file` bytes. Of a
  /// larger one only the head is read; its sections are verified as SectionTrust says.
  static std::shared_ptr<const LibraryFile> open(const std::filesystem::path& file);
  static constexpr std::uint64_t small_file = std::uint64_t{4} << 20;
  static constexpr std::uint32_t version = 4;
  /// What a writer in this process made; not verified. `name` is for messages.
  static std::shared_ptr<const LibraryFile> from_bytes(std::vector<std::byte> bytes, std::string name);

  /// A file that lies in memory, at a multiple of 64 bytes, for as long as this object. Its head is verified, what
  /// follows is taken as it is: for tests of what the readers of the sections find themselves.
  static std::shared_ptr<const LibraryFile> over(std::span<const std::byte> bytes, std::string name);

  ~LibraryFile();
  LibraryFile(const LibraryFile&) = delete;
  LibraryFile& operator=(const LibraryFile&) = delete;

  /// Throws damaged if any checksum does not hold. Reads the whole file. For any thread.
  void verify() const;
  /// The same for the sections that must be good before the first question.
  void verify_before_use() const;

  std::vector<std::string_view> section_names() const;
  /// Empty if there is no such section.
  std::span<const std::byte> section(std::string_view name) const;

  /// The section as an array; throws damaged if its size is not a multiple of T's.
  template <class T>
  std::span<const T> array(std::string_view name) const {
    static_assert(std::is_trivially_copyable_v<T> && alignof(T) <= 64);
    const std::span<const std::byte> bytes = section(name);
    if (bytes.size() % sizeof(T) != 0) throw_damaged(name);
    return {reinterpret_cast<const T*>(bytes.data()), bytes.size() / sizeof(T)};
  }
  std::string_view text(std::string_view name) const;
  /// The same for sections that are verified in parts; any section may be read so.
  template <class T>
  CheckedArray<T> checked(std::string_view name) const {
    return CheckedArray<T>(array<T>(name), m_checks.get());
  }
  CheckedBytes checked_bytes(std::string_view name) const { return {section(name), m_checks.get()}; }

  std::uint64_t bytes() const { return m_bytes.size(); }
  /// SHA-256 over the head, checksums and all, in hexadecimal: names this very content.
  const std::string& digest() const { return m_digest; }

  /// Throws the error for a section whose content contradicts itself.
  [[noreturn]] void throw_damaged(std::string_view what) const;

 private:
  friend class LibraryFileWriter;
  LibraryFile() = default;
  struct Entry;
  void read_head();

  std::string m_name;
  std::span<const std::byte> m_bytes;
  std::vector<std::byte> m_owned;  ///< where the bytes are this object's
  bool m_mapped = false;
  std::span<const Entry> m_entries;
  std::unique_ptr<const ChunkChecks> m_checks;  ///< of what follows the head; none for bytes of this process
  std::string m_digest;
};

}  // namespace menpai::address
