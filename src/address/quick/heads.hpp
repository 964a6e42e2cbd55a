// SPDX-License-Identifier: Apache-2.0
// The divisions of plain texts whose head was seen before: what DivisionResolver says, by what it can see of a text.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "address/division/division_index.hpp"
#include "address/division/division_resolve.hpp"
#include "address/quick/doorkeeper.hpp"
#include "address/quick/plain_text.hpp"
#include "address/text/segment.hpp"

namespace menpai::address {

/// Which pairs of symbols the villages of one division begin with.
struct Villages {
  static constexpr std::uint32_t bits = 8192;
  std::bitset<bits> pairs;
};

/// Where the cutting of what lies behind a quick head begins: heads of one state are cut alike.
using HeadState = std::uint32_t;

/// What a text says up to the end of its last division. Texts with the same head go on in the same state.
struct Head {
  DivisionPath path;
  std::u32string text;    ///< the characters up to `end`
  std::uint32_t end = 0;  ///< behind the last mention
  bool is_quick = false;  ///< nothing but divisions that agree, one behind the other
  HeadState state = 0;
  const Villages* villages = nullptr;  ///< those that may be named behind it; null if none may
};
using HeadId = std::uint32_t;
inline constexpr HeadId no_head = 0xFFFFFFFFu;

/// Answers exactly as DivisionResolver.
///
/// The resolver sees of a text: the index's keys in it, and around them generic words, numerals, digits and separators.
/// So a text is reduced to what can be seen (路 stays, 翠德 becomes two blanks, every digit 0) up to the farthest place
/// behind the last key that the resolver looks at, and the reduced text is the name under which its result is kept.
/// Villages, which are found by a list of their own, are looked up anew in each text.
///
/// Remembers a bounded number of heads (some megabytes); one a thread.
class Heads {
 public:
  explicit Heads(const DivisionIndex& index);
  ~Heads();
  Heads(Heads&&) noexcept;

  /// The head of a text; no_head for one that cannot be reduced, or comes for the first time. The second time it is
  /// resolved.
  HeadId find(const PlainText& text, DivisionNode region);
  const Head& get(HeadId head) const { return m_heads[head]; }
  /// True if so many heads are remembered that all should be forgotten; what was made with their ids must be too.
  bool is_full() const { return m_heads.size() >= heads_max; }
  void clear();

 private:
  struct Keys;
  struct Entry;
  static constexpr std::size_t heads_max = 2048;
  static constexpr std::size_t entries_size = 4096;
  static constexpr std::size_t reduced_max = 56;

  bool reduce(const PlainText& text);
  Entry& place(DivisionNode region);
  bool holds(const Entry& entry, DivisionNode region) const;
  const Villages* villages(const DivisionPath& path);
  HeadState state(const std::u32string& text, const DivisionPath& path);
  bool may_name_village(const PlainText& text, const Head& head);
  HeadId with_village(const PlainText& text, HeadId head);
  HeadId intern(const PlainText& text, const DivisionPath& path);

  const DivisionIndex* m_index;
  DivisionResolver m_resolver;
  std::unique_ptr<Keys> m_keys;
  std::vector<Entry> m_entries;
  Doorkeeper m_met;
  std::uint64_t m_hash = 0;  ///< of the reduced text
  std::vector<Head> m_heads;
  std::unordered_multimap<std::uint64_t, HeadId> m_known;
  std::unordered_map<DivisionNode, std::unique_ptr<Villages>> m_villages;
  std::array<char16_t, reduced_max + 4> m_reduced{};
  std::uint32_t m_length = 0;  ///< of the reduced text
  bool m_ended = false;        ///< the text ends with it
  NormalText m_normal;
  DivisionPath m_path;
  std::vector<char16_t> m_symbols;
  std::vector<TypedElement> m_scratch, m_elements;
};

}  // namespace menpai::address
