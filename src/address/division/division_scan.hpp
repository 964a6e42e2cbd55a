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

/// The names in one text, by where they begin, and what lies between them. Used again it keeps its memory.
class NameScan {
 public:
  void run(const DivisionIndex::Data& data, std::u32string_view chars);
  /// The same in three steps, each of which asks memory for what the next one reads. `chars` must outlive them.
  void look(const DivisionIndex::Data& data, std::u32string_view chars);
  void walk(const DivisionIndex::Data& data);
  void gather(const DivisionIndex::Data& data);

  const std::vector<NameHit>& hits() const { return m_hits; }
  /// Looks at what stands behind a hit that is still unsure: few are ever asked for.
  const NameHit& settled(std::size_t index);
  std::uint32_t length() const { return m_length; }  ///< code points that were searched
  std::span<const char16_t> symbols() const { return {m_symbols.data(), m_length}; }
  /// Code points in [from, to) that are words, not separators or fillers.
  std::uint32_t solid(std::uint32_t from, std::uint32_t to) const { return solid(to) - solid(from); }
  std::uint32_t solid(std::uint32_t to) const { return m_sums[to] & 0xFFFF; }
  bool has_digits(std::uint32_t from, std::uint32_t to) const { return m_sums[to] >> 16 > m_sums[from] >> 16; }

 private:
  /// Names stand at the head; what follows is roads and rooms.
  static constexpr std::size_t length_max = 256;

  static constexpr std::size_t hits_max = 160;

  struct FoundKey {
    std::uint32_t from;
    std::uint32_t to;
    std::uint32_t key;
  };

  /// Where a key may begin.
  struct Start {
    std::uint32_t at;
    std::uint32_t state;  ///< of the trie behind its first symbol
  };

  void measure(const DivisionIndex::Data& data, std::u32string_view chars);
  void leave_out(std::uint32_t at);
  void add_hit(std::u32string_view chars, std::uint32_t from, std::uint32_t stem_end, std::uint32_t key,
               const KeyRecord& record);
  void mark_neighbours(const DivisionIndex::Data& data);
  bool decides(const DivisionIndex::Data& data, std::size_t next_index, const NameHit& hit);

  std::u32string_view m_chars;
  std::array<char16_t, length_max + 1> m_symbols{};    // 0 ends them
  std::array<std::uint32_t, length_max + 1> m_sums{};  // words before i in the lower half, digits in the upper
  std::array<Start, length_max> m_starts{};
  std::size_t m_start_count = 0;
  std::array<FoundKey, hits_max> m_keys{};
  std::size_t m_key_count = 0;
  std::vector<NameHit> m_hits;
  std::uint32_t m_length = 0;
};

}  // namespace menpai::address
