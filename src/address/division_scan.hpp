// SPDX-License-Identifier: Apache-2.0
// Every division name that stands in a text, before anybody knows which are meant.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "address/division_fit.hpp"
#include "address/division_layout.hpp"

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

/// The names in one text, by where they begin, and what lies between them. Used again it keeps its memory.
class NameScan {
 public:
  void run(const DivisionIndex::Data& data, std::u32string_view chars);

  const std::vector<NameHit>& hits() const { return m_hits; }
  /// Looks at what stands behind a hit that is still unsure: few are ever asked for.
  const NameHit& settled(std::size_t index);
  std::uint32_t length() const { return m_length; }  ///< code points that were searched
  const std::vector<char16_t>& symbols() const { return m_symbols; }
  /// Code points in [from, to) that are words, not separators or fillers.
  std::uint32_t solid(std::uint32_t from, std::uint32_t to) const { return m_solid[to] - m_solid[from]; }
  std::uint32_t solid(std::uint32_t to) const { return m_solid[to]; }
  bool has_digits(std::uint32_t from, std::uint32_t to) const { return m_numbers[to] > m_numbers[from]; }

 private:
  void measure(const DivisionIndex::Data& data, std::u32string_view chars);
  void add_hit(std::u32string_view chars, std::uint32_t from, std::uint32_t stem_end, std::uint32_t key,
               const KeyRecord& record);
  void mark_neighbours(const DivisionIndex::Data& data);
  bool decides(const DivisionIndex::Data& data, std::size_t next_index, const NameHit& hit);

  std::u32string_view m_chars;
  std::vector<char16_t> m_symbols;
  std::vector<std::uint32_t> m_solid;    // words before i
  std::vector<std::uint32_t> m_numbers;  // digits before i
  std::vector<NameHit> m_hits;
  std::vector<std::uint32_t> m_first_hit;  // by position
  std::uint32_t m_length = 0;
};

}  // namespace menpai::address
