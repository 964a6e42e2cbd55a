// SPDX-License-Identifier: Apache-2.0
// What the numbers of a chain are - door, building, unit, floor, room - by their unit word and by what stands before
// them.
#pragma once

#include <array>
#include <cstdint>

#include "address/read/number_chain.hpp"
#include "address/text/lexicon.hpp"
#include "address/text/segment.hpp"

namespace menpai::address {

/// What stands before and behind a chain.
struct ChainContext {
  Label last = Label::otherinfo;        ///< the last element that is neither separator nor hint
  WordKind last_word = WordKind::none;  ///< the generic word that ended the last name
  bool market = false;                  ///< the last name is a market's: its numbers are stalls
  bool tower = false;                   ///< the last name is a tower's: 大厦, 广场, 商场
  bool in_village = false;              ///< a village was named before
  bool hamlet = false;                  ///< the last name is a hamlet's: its numbers are doors
  bool after_lane = false;              ///< the last element is a numbered lane: 58弄
  bool seen_door = false;               ///< a door number was said before
  bool number_follows = false;          ///< another number stands behind
  bool building_follows = false;        ///< a number with 栋, 幢, 号楼 stands behind
  bool unit_follows = false;            ///< a number with 单元 stands behind
  char32_t name_char = 0;               ///< the last character of the last name
  char32_t unit_char = 0;               ///< the last character of the unit word
};

/// The items [first, last] of a chain are one element.
struct ChainPiece {
  Label label = Label::otherinfo;
  std::uint8_t first = 0;
  std::uint8_t last = 0;
};
struct ChainPieces {
  std::array<ChainPiece, NumberChain::items_max> items;
  std::uint32_t count = 0;
};

/// Labels the numbers of `chain`, whose unit word is one of hao, yuan, building, hash, unit, door, floor, room, row or
/// none.
ChainPieces label_chain(const NumberChain& chain, const ChainContext& context);

/// Whether a number behind an element of this label is a door: behind roads, villages and divisions.
bool takes_door(Label last);

}  // namespace menpai::address
