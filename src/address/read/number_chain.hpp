// SPDX-License-Identifier: Apache-2.0
// Runs of numbers with what counts them: 6-10-2023, 12#2-6-2, 501.510, 984-6号, 167、169、171号.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

#include "address/text/numerals.hpp"
#include "address/text/segment.hpp"

namespace menpai::address {

/// The word behind a number that says what it counts; the kinds of rules/address_units.tsv, in this order.
enum class UnitWord : std::uint8_t {
  none,
  hao,       ///< 号: door, building or room, by what stands before
  yuan,      ///< 号院, 号大院
  building,  ///< 栋 幢 座 号楼
  hash,      ///< #
  unit,      ///< 单元 梯
  door,      ///< 门
  floor,     ///< 层 楼 F
  room,      ///< 室 房 户 铺
  lane,      ///< 弄
  sub_lane,  ///< 支弄
  group,     ///< 组 队 社
  row,       ///< 排
  plot,      ///< 地块
  distance,  ///< 米 公里
  name,      ///< the number is part of a name: 5号大街, 三区, 二期, 3路
};

struct UnitMatch {
  UnitWord word = UnitWord::none;
  std::uint8_t length = 0;
};
/// The longest unit word at `pos`.
UnitMatch unit_at(std::u32string_view chars, std::uint32_t pos);

/// One number of a chain.
struct ChainItem {
  std::uint32_t from = 0;
  std::uint32_t to = 0;  ///< without its unit word
  NumberRead read;
  char32_t joint = 0;  ///< the separator before it: '-', '/', ',', '~', 之, 附 …
};

/// Numbers joined by separators; only the last has a unit word.
struct NumberChain {
  static constexpr std::uint32_t items_max = 8;
  std::array<ChainItem, items_max> items;
  std::uint32_t count = 0;
  UnitMatch unit;
  std::uint32_t end = 0;  ///< behind the unit word
};

/// Reads the chain that begins at `pos`; count 0 if none does. Chinese numerals begin one only before a unit word.
NumberChain read_chain(std::u32string_view chars, std::uint32_t pos, std::uint32_t limit);

}  // namespace menpai::address
