// SPDX-License-Identifier: Apache-2.0
// The names of a library: found exactly by hash, and with one error through names that lack one character.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "address/library/library_file.hpp"
#include "address/library/text_column.hpp"

namespace menpai::address {

/// A name inside one library.
using NameId = std::uint32_t;
inline constexpr NameId no_name = 0xFFFFFFFFu;

/// Collects names. Two spellings with one key (二马路, 2马路) are one name, shown as first seen.
class NameTableBuilder {
 public:
  /// `name` is folded (see normalise.hpp).
  NameId add(std::u32string_view name);
  std::u32string_view key(NameId name) const { return m_keys[name]; }
  std::string_view text(NameId name) const { return m_texts[name]; }  ///< as first seen
  std::size_t size() const { return m_keys.size(); }
  void write(LibraryFileWriter& file) const;

 private:
  std::unordered_map<std::u32string, NameId> m_ids;
  std::vector<std::u32string> m_keys;
  std::vector<std::string> m_texts;
  std::u32string m_key;
};

class NamePatch;
enum class TreeView : std::uint8_t;

/// Reads the names where they lie.
class NameTable {
 public:
  NameTable() = default;
  explicit NameTable(const LibraryFile& file);
  /// Checks what its readers rely on, once, before the first is asked. Throws damaged.
  void check(const LibraryFile& file) const;

  /// Puts the names of edits over those of the library, null takes them off (see overlay/).
  void set_patch(const NamePatch* patch) { m_patch = patch; }
  void set_view(TreeView view) { m_view = view; }
  /// Whether a name was passed that nothing but a retired address bears, since the last call.
  bool take_met_retired() const { return std::exchange(m_met_retired, false); }

  std::size_t size() const { return m_patch == nullptr ? m_texts.size() : patched_size(); }
  /// The name whose key is `key`, no_name if there is none. One or two cache misses.
  NameId find(std::u32string_view key) const;
  /// Appends the names that one error (a character replaced, left out, put in, or two exchanged) makes of `key`, `key`
  /// itself not among them; each once. `key` has at least 2 characters.
  void find_near(std::u32string_view key, std::vector<NameId>& names) const;

  void append_text(NameId name, std::string& out) const;
  /// The key (see append_name_key) where it lies; empty for what is no name.
  std::u32string_view key(NameId name) const {
    if (name >= m_texts.size()) return patched_key(name);
    return std::u32string_view(m_chars.data() + m_starts[name], m_starts[name + std::size_t{1}] - m_starts[name]);
  }
  void append_key(NameId name, std::u32string& out) const { out += key(name); }

 private:
  struct Near {
    std::uint32_t hash;
    NameId name;
  };
  NameId find_own(std::u32string_view key) const;
  void find_own_near(std::u32string_view key, std::vector<NameId>& names) const;
  std::size_t patched_size() const;
  std::u32string_view patched_key(NameId name) const;
  bool is_gone(NameId name) const;
  void patch_near(std::u32string_view key, std::size_t first, std::vector<NameId>& names) const;

  const NamePatch* m_patch = nullptr;
  TreeView m_view{};
  mutable bool m_met_retired = false;
  TextColumn m_texts;
  std::span<const char32_t> m_chars;         ///< of all keys, one behind the other
  std::span<const std::uint32_t> m_starts;   ///< one more than names
  std::span<const std::uint64_t> m_slots;    ///< upper half hash, lower half name; open addressing
  std::span<const Near> m_near;              ///< sorted by hash
  std::span<const std::uint32_t> m_buckets;  ///< first entry of m_near whose upper 16 bits are at least i
};

/// True if one error (replaced, left out, put in, exchanged) makes `a` of `b`. False for errors in characters that tell
/// names apart on purpose: digits, Latin letters, 东 西 南 北 中 上 下 新 老 … Linear.
bool one_error_apart(std::u32string_view a, std::u32string_view b);

}  // namespace menpai::address
