// SPDX-License-Identifier: Apache-2.0
// Text → elements: what each stretch of an address text is, before any library says whether it exists.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "address/text/normalise.hpp"
#include "model/level.hpp"

namespace menpai::address {

/// What a stretch of text is. The names are those of the public labelling guideline for Chinese addresses (Neural
/// Chinese Address Parsing, NAACL 2019), so that results can be compared with other programs.
enum class Label : std::uint8_t {
  country,
  prov,
  city,
  district,
  devzone,
  town,
  community,
  road,
  subroad,
  roadno,
  subroadno,
  poi,
  subpoi,
  houseno,
  cellno,
  floorno,
  roomno,
  person,
  assist,
  redundant,
  otherinfo,
};
inline constexpr int label_count = 21;
/// "prov", "devZone", "subRoad" …
std::string_view label_name(Label label);

/// A labelled stretch. `start` and `end` count code points of the text as it came in; elements tile it without a gap.
struct Element {
  Label label = Label::otherinfo;
  std::uint32_t start = 0;
  std::uint32_t end = 0;
  bool operator==(const Element&) const = default;
};

/// What a number counts.
enum class NumberKind : std::uint8_t {
  none,      ///< not a number, or a name with numbers inside (江场三路)
  door,      ///< 门牌号: 86号 on a street, in a village, in a lane
  sub_door,  ///< 附1号, 之一, 支号: below a door number that is an element of its own
  lane,      ///< 58弄, 12巷 where the number is the lane's whole name
  sub_lane,  ///< 8支弄
  group,     ///< 5组, 3队, 17社
  building,  ///< 栋 幢 座 号楼 #
  unit,      ///< 单元 梯 门
  floor,     ///< 层 楼, negative below ground
  room,      ///< 室 房 户; also shops and stalls
  plot,      ///< 33号地块
  post,      ///< 21公里处
};

/// One number as written: 附N, 之N and -N are `sub`, letters and 甲乙丙 stand apart. 28甲6-1号 is not cut further.
struct Number {
  std::int32_t value = 0;  ///< 0 where it is a name: 东单元, 西户, A座 (then `suffix` or `prefix` says which)
  std::int32_t sub = 0;    ///< 984-6号 → 6, 16号附1号 → 1
  char32_t prefix = 0;     ///< 'B' in B2545室; 甲 in 甲10号; 东 in 东单元
  char32_t suffix = 0;     ///< 'A' in 12A室; 甲 in 28甲号
  bool operator==(const Number&) const = default;
};

/// An element with its meaning, for matching. Typed elements tile the original too; see `label`.
struct TypedElement {
  Label label = Label::otherinfo;
  NumberKind kind = NumberKind::none;
  Level level = Level::none;  ///< the level of the address tree it speaks of; none for hints, separators, noise
  bool range = false;         ///< `last` is the end of a range (1-10号); otherwise, with several > 1, of a list
  bool aside = false;         ///< says where the address lies or what it was called, without being part of it: residue
  bool further = false;       ///< belongs to a second address in the same text, which is residue
  bool repeated = false;      ///< says once more what the text says elsewhere: nothing of it is left to explain
  std::uint8_t several = 1;   ///< how many values were written (501.510 → 2); the first is `number`, the last `last`
  std::uint32_t start = 0;    ///< in the original, code points
  std::uint32_t end = 0;
  std::uint32_t from = 0;  ///< in NormalText::chars; from == to for removed stretches
  std::uint32_t to = 0;
  Number number;                         ///< where kind != none
  Number last;                           ///< == number unless several > 1
  std::uint32_t division = 0xFFFFFFFFu;  ///< node of the DivisionIndex, for prov … community that were recognised

  std::u32string_view text(const NormalText& normal) const {
    return std::u32string_view(normal.chars).substr(from, to - from);
  }
};

}  // namespace menpai::address
