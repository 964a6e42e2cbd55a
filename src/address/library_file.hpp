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

namespace menpai::address {

/// The 64-bit xxHash (XXH64, seed 0) of `bytes`: finds accidents and cut files, not forgeries. About 10 GB/s.
std::uint64_t checksum(std::span<const std::byte> bytes);

/// How far a section may be trusted before its checksum has been looked at.
enum class SectionTrust : std::uint8_t {
  verify_at_open,  ///< its readers rely on its inner references; the checksum is verified whenever the file is opened
  checked_in_use,  ///< its readers check every value they follow; in a large file only `verify` looks at its checksum
};

/// Collects sections and writes them. Layout, all little-endian: a 64-byte header (magic, byte order mark, version,
/// file size, section count, checksum of header and directory), the directory (64 bytes a section), then the sections,
/// each at a multiple of 64 bytes.
class LibraryFileWriter {
 public:
  /// `name`: at most 23 bytes, once a file. The bytes are taken over.
  void add(std::string_view name, std::vector<std::byte> bytes, SectionTrust trust = SectionTrust::verify_at_open);

  template <class T>
  void add_array(std::string_view name, std::span<const T> values, SectionTrust trust = SectionTrust::verify_at_open) {
    static_assert(std::is_trivially_copyable_v<T>);
    const auto bytes = std::as_bytes(values);
    add(name, std::vector<std::byte>(bytes.begin(), bytes.end()), trust);
  }
  void add_text(std::string_view name, std::string_view text, SectionTrust trust = SectionTrust::verify_at_open);

  /// Writes FILE whole or not at all: temporary file beside it, fsync, rename. Throws disk_full, forbidden, not_found.
  void write(const std::filesystem::path& file) const;

 private:
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
  /// Always verified: size, header, directory, bounds, and the sections marked verify_at_open; the others as well while
  /// they come to at most `small_file` bytes. Larger ones cost nothing here: `verify` reads them when somebody asks.
  static std::shared_ptr<const LibraryFile> open(const std::filesystem::path& file);
  static constexpr std::uint64_t small_file = std::uint64_t{64} << 20;
  static constexpr std::uint32_t version = 2;

  ~LibraryFile();
  LibraryFile(const LibraryFile&) = delete;
  LibraryFile& operator=(const LibraryFile&) = delete;

  /// Throws damaged if the checksum of any section does not hold. Reads the whole file.
  void verify() const;

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

  std::uint64_t bytes() const { return m_bytes.size(); }
  /// SHA-256 over the directory, checksums and all, in hexadecimal: names this very content.
  const std::string& digest() const { return m_digest; }

  /// Throws the error for a section whose content contradicts itself.
  [[noreturn]] void throw_damaged(std::string_view what) const;

 private:
  friend class LibraryFileWriter;
  LibraryFile() = default;
  struct Entry;
  void read_directory();
  void check_sections(bool everything) const;

  std::string m_name;
  std::span<const std::byte> m_bytes;
  std::span<const Entry> m_entries;
  std::string m_digest;
};

}  // namespace menpai::address
