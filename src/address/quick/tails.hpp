// SPDX-License-Identifier: Apache-2.0
// What stands behind the divisions of plain texts: a name and numbers, told from texts that looked alike.
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "address/quick/doorkeeper.hpp"
#include "address/quick/heads.hpp"
#include "address/quick/plain_text.hpp"
#include "address/read/address_path.hpp"
#include "address/text/number_key.hpp"

namespace menpai::address {

/// What lies behind the head of a text, reduced to what the cutters see: generic words, unit words, numerals, letters
/// and marks as they are, one symbol for a number by the count of its digits, a blank for every other ideograph.
struct Tail {
  static constexpr std::uint32_t size_max = 44;
  static constexpr std::uint32_t runs_max = 8;

  std::array<char16_t, size_max + 4> symbols;  ///< zeros behind the last
  std::array<std::uint8_t, size_max + 1> at;   ///< where in the text each symbol begins, and the end
  std::array<std::int32_t, runs_max> values;   ///< of its numbers, in order
  std::uint32_t length = 0;

  /// False for a text whose cut depends on more: numbers that are joined, led by a zero, or long.
  bool reduce(const PlainText& text, std::uint32_t from);
};

/// The steps that all texts with one state behind the head and one reduced tail make, but for the characters of their
/// name and the values of their numbers.
struct Template {
  static constexpr std::uint8_t none = 0xFF;
  static constexpr std::size_t numbers_max = 5;
  static constexpr std::size_t names_max = 4;
  struct Counted {
    NumberKey key = 0;        ///< of value 0, where the value is one of the text's numbers
    std::uint8_t run = none;  ///< which one; none: the number is the same in all texts
    bool is_negative = false;
    Level level = Level::none;
  };

  /// Templates of one kind with ways of one shape are answered alike, where nothing is left over of the text.
  std::uint64_t kind = 0;
  std::uint32_t serial = 0;                       ///< of its own
  bool is_quick = false;                          ///< texts like it are answered by their template
  bool counts_by_floor = false;                   ///< a room of less than a hundred is one of its floor
  std::uint8_t floor = none, room = none;         ///< among the numbers
  std::uint8_t name_from = none, name_to = none;  ///< symbols; none where the text has no name
  std::uint8_t number_count = 0;
  std::uint8_t name_count = 0;
  std::array<std::uint8_t, names_max> names{};  ///< the symbols at which something begins that may be said twice
  std::array<Counted, numbers_max> numbers;     ///< in the order in which they are sought
};

/// The numbers of one text.
struct TailNumbers {
  std::array<NumberKey, Template::numbers_max> keys;
  bool implied_floor = false;  ///< the floor is told by the room: it is not sought
};
void fill_numbers(const Template& like, const Tail& tail, TailNumbers& numbers);

/// True if a name of the text may be said twice, by its first two characters: then more than the template counts.
bool may_repeat(const Template& like, const Tail& tail, const PlainText& text, const Head& head);

/// Remembers a bounded number of templates; one a thread.
class Tails {
 public:
  /// The template of a text; none if no text like it was seen before. Good until the next is learned.
  const Template* find(HeadState state, const Tail& tail);
  /// True if a text like it came before: then it is worth learning from.
  bool was_met(HeadState state, const Tail& tail) { return m_met.knows(hash_of(state, tail)); }
  /// Makes the template of a text that was read in full.
  void learn(const PlainText& text, const Head& head, const Tail& tail, const Reading& reading,
             const AddressPath& path);
  void clear();

 private:
  static constexpr std::size_t entries_size = 16384;
  struct Entry {
    HeadState state = 0;
    std::uint16_t length = 0xFFFF;  ///< this: nothing is remembered here
    std::uint16_t used = 0;
    std::array<char16_t, Tail::size_max> symbols{};
    Template made;
  };
  static bool holds(const Entry& entry, HeadState state, const Tail& tail);
  static std::uint64_t hash_of(HeadState state, const Tail& tail);
  struct Places {
    std::size_t one, other;
  };
  static Places places(HeadState state, const Tail& tail);

  std::vector<Entry> m_entries;
  Doorkeeper m_met;
  std::uint32_t m_serials = 0;
};

}  // namespace menpai::address
