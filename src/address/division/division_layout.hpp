// SPDX-License-Identifier: Apache-2.0
// The bytes of a division index, shared by the builder, the view and the resolver. Little-endian, offsets from its
// start.
#pragma once

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <span>
#include <string_view>

#include "address/division/division_index.hpp"
#include "address/division/key_heads.hpp"
#include "address/library/checked_array.hpp"
#include "address/library/double_array.hpp"

namespace menpai::address {

/// The generic word after a name's stem, in a text or in the official name.
enum class Suffix : std::uint8_t {
  none,
  sheng,
  zizhiqu,
  tebie_xingzhengqu,
  shi,
  diqu,
  zizhizhou,
  zhou,
  meng,
  qu,
  xian,
  zizhixian,
  qi,
  zizhiqi,
  linqu,
  kuangqu,
  xinqu,
  tequ,
  jiedao,     ///< 街道, 街道办, 街道办事处, 街办
  banshichu,  ///< 办事处
  zhen,
  xiang,
  minzuxiang,
  sumu,
  gongshe,
  guanliqu,
};
inline constexpr int suffix_count = 26;

struct SuffixMatch {
  Suffix suffix = Suffix::none;
  std::uint8_t length = 0;
};
/// The longest generic word that begins at `chars[pos]`; none where the character goes on to another word (市场, 省道).
SuffixMatch suffix_at(std::u32string_view chars, std::size_t pos);

struct NodeRecord {
  std::uint32_t parent;
  std::uint32_t end;   ///< of its subtree
  std::uint32_t text;  ///< into the text pool: the code, then the name
  std::uint16_t name_bytes;
  std::uint8_t code_bytes;
  std::uint8_t level;
  std::uint32_t village_first;  ///< for a node whose children are towns: its villages in the village table
  std::uint32_t village_count;
};

/// All meanings of one key of the trie.
struct KeyRecord {
  std::uint32_t first;
  std::uint32_t count;
  std::uint16_t stem_levels;   ///< bit by Level: of postings whose generic word is known apart
  std::uint16_t whole_levels;  ///< bit by Level: of postings whose whole name the key is
};

struct PostingRecord {
  std::uint32_t node;
  std::uint32_t parent;    ///< of the node, as in its record
  std::uint8_t kind;       ///< Reason: matched for the official stem or name, alias, former_name
  std::uint8_t suffix;     ///< Suffix of the official name behind this stem; none: the key is the whole name
  std::uint8_t rank;       ///< 0 for the main successor of a former name, then 1 …
  std::uint8_t whole : 1;  ///< the key is a whole name
  std::uint8_t level : 7;  ///< of the node
};

/// A village's stem, in symbols; sorted by them within the county.
struct VillageRecord {
  std::uint32_t head;  ///< its first symbol in the upper half, the second in the lower; 0 for none
  std::uint32_t pool;
  std::uint32_t node;
  std::uint32_t length;
};

/// The bit of a village's first two symbols (the second 0 for a stem of one) below the division that holds the
/// villages. Nearly all that stands behind a town's name is refused by it.
constexpr std::uint32_t village_head_bits = 1u << 23;
constexpr std::uint32_t village_head(std::uint32_t holder, std::uint32_t first, std::uint32_t second) {
  std::uint64_t h = (std::uint64_t{holder} << 32 | first << 16 | second) * 0x9E3779B97F4A7C15u;
  h ^= h >> 32;
  return static_cast<std::uint32_t>(h * 0xD6E8FEB86659FD93u >> 41);
}

struct WideSymbol {
  std::uint32_t c;
  std::uint32_t symbol;
};

struct Section {
  std::uint64_t offset;
  std::uint64_t count;
};

/// How a block begins.
struct DivisionHeader {
  std::array<char, 8> magic;
  std::uint32_t version;
  std::uint32_t edition_bytes;
  std::uint32_t first_island;
  std::uint32_t reserved;
  Section nodes, cells, keys, postings, villages, pool, text, symbols, wide, village_heads;
};

/// The tables of a block. The long ones are verified as they are read, the others before the first text.
struct DivisionIndex::Data : DivisionHeader {
  CheckedBytes block;

  template <class T>
  std::span<const T> get(const Section& section) const {
    return {reinterpret_cast<const T*>(block.bytes.data() + section.offset), static_cast<std::size_t>(section.count)};
  }
  template <class T>
  CheckedArray<T> checked(const Section& section) const {
    return CheckedArray<T>(get<T>(section), block.checks);
  }
  CheckedArray<NodeRecord> node_records() const { return checked<NodeRecord>(nodes); }
  DoubleArray trie() const { return DoubleArray(get<TrieCell>(cells)); }
  std::span<const KeyRecord> key_records() const { return get<KeyRecord>(keys); }
  std::span<const PostingRecord> posting_records() const { return get<PostingRecord>(postings); }
  CheckedArray<VillageRecord> village_records() const { return checked<VillageRecord>(villages); }
  CheckedArray<char16_t> symbol_pool() const { return checked<char16_t>(pool); }
  std::string_view text_at(std::size_t at, std::size_t size) const {
    if (at > text.count || size > text.count - at) throw_outside_of_array(block.checks);
    const std::span<const char> chars = get<char>(text).subspan(at, size);
    if (block.checks != nullptr && size > ChunkChecks::chunk_bytes) {
      block.checks->touch_all(std::as_bytes(chars));
    } else if (block.checks != nullptr && size > 0) {
      block.checks->touch(chars.data(), size);
    }
    return {chars.data(), chars.size()};
  }

  /// The symbol of a folded code point; 0 if no name has it.
  char16_t symbol(char32_t c) const;

  /// Made when it is first asked for, once an index.
  const KeyHeads& key_heads() const {
    std::call_once(m_heads_made, [this] { m_heads = std::make_unique<KeyHeads>(get<TrieCell>(cells)); });
    return *m_heads;
  }

 private:
  mutable std::once_flag m_heads_made;
  mutable std::unique_ptr<const KeyHeads> m_heads;
};

inline constexpr std::array<char, 8> division_magic = {'M', 'P', 'D', 'I', 'V', '\r', '\n', '\x1a'};
inline constexpr std::uint32_t division_version = 3;
inline constexpr std::size_t symbol_table_size = 65536;

}  // namespace menpai::address
