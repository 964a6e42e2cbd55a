// SPDX-License-Identifier: Apache-2.0
// Every division name that stands in a text, before anybody knows which are meant.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "address/division/division_fit.hpp"
#include "address/division/division_layout.hpp"

namespace menpai::address {

/// A key of the index found in a text.
struct NameHit {
  std::uint32_t from;
  std::uint32_t stem_end;
  std::uint32_t key;
  SuffixMatch suffix;   ///< the generic word behind the stem
  bool short_ok;        ///< nothing behind it makes it a road or a landmark; if `unsure`, not looked at yet
  bool unsure;          ///< short_ok is not known yet
  bool name_follows;    ///< another full name stands behind it
  bool longer_follows;  ///< a longer name begins with this one
  bool ends_generic;    ///< the key itself ends with a generic word: 吉县, 城区
  bool only_short;      ///< it can only be a stem without its generic word
};

/// The pairs of symbols with which the index's keys begin: most positions of a text are refused by one bit. No key is a
/// single symbol.
class KeyHeads {
 public:
  /// Reads the keys, once an index. Some tenths of a millisecond.
  void set(const DivisionIndex::Data& data);
  bool may_begin(char16_t first, char16_t second) const {
    const std::uint32_t bit = bit_of(first, second);
    return (m_bits[bit / 64] >> (bit % 64) & 1) != 0;
  }

 private:
  static constexpr std::uint32_t bit_count = 1u << 18;
  static std::uint32_t bit_of(std::uint32_t first, std::uint32_t second) {
    return (first * 0x9E3779B1u ^ second * 0x85EBCA77u) >> 14;
  }
  std::vector<std::uint64_t> m_bits;
  const DivisionIndex::Data* m_data = nullptr;
};

/// The names in one text, by where they begin, and what lies between them. Used again it keeps its memory.
class NameScan {
 public:
  void run(const DivisionIndex::Data& data, std::u32string_view chars);

  const std::vector<NameHit>& hits() const { return m_hits; }
  /// Looks at what stands behind a hit that is still unsure: few are ever asked for.
  const NameHit& settled(std::size_t index);
  std::uint32_t length() const { return m_length; }  ///< code points that were searched
  std::span<const char16_t> symbols() const { return {m_symbols.data(), m_length}; }
  /// Code points in [from, to) that are words, not separators or fillers.
  std::uint32_t solid(std::uint32_t from, std::uint32_t to) const { return m_solid[to] - m_solid[from]; }
  std::uint32_t solid(std::uint32_t to) const { return m_solid[to]; }
  bool has_digits(std::uint32_t from, std::uint32_t to) const { return m_numbers[to] > m_numbers[from]; }

 private:
  /// Names stand at the head; what follows is roads and rooms.
  static constexpr std::size_t length_max = 256;

  static constexpr std::size_t hits_max = 160;

  struct FoundKey {
    std::uint32_t from;
    std::uint32_t to;
    std::uint32_t key;
  };

  void find_keys(const DivisionIndex::Data& data);
  void measure(const DivisionIndex::Data& data, std::u32string_view chars);
  void add_hit(std::u32string_view chars, std::uint32_t from, std::uint32_t stem_end, std::uint32_t key,
               const KeyRecord& record);
  void mark_neighbours(const DivisionIndex::Data& data);
  bool decides(const DivisionIndex::Data& data, std::size_t next_index, const NameHit& hit);

  KeyHeads m_heads;
  std::u32string_view m_chars;
  std::array<char16_t, length_max + 1> m_symbols{};       // 0 ends them
  std::array<std::uint16_t, length_max + 1> m_solid{};    // words before i
  std::array<std::uint16_t, length_max + 1> m_numbers{};  // digits before i
  std::array<std::uint16_t, length_max + 1> m_first_hit{};
  std::array<FoundKey, hits_max> m_keys{};
  std::size_t m_key_count = 0;
  std::vector<NameHit> m_hits;
  std::uint32_t m_length = 0;
};

}  // namespace menpai::address
