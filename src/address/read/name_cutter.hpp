// SPDX-License-Identifier: Apache-2.0
// Cuts names out of a text: a name ends at its generic word, at a number or at a separator.
#pragma once

#include <cstdint>

#include "address/read/cut_state.hpp"

namespace menpai::address {

/// Positions are indices into the state's characters; [.., to) is the stretch between two divisions.
class NameCutter {
 public:
  explicit NameCutter(CutState& state) : m_cut(state) {}

  /// A generic word at `at` ends the name that began at `name`. Returns where the text goes on, or `at`.
  std::uint32_t take_word(std::uint32_t name, std::uint32_t at, std::uint32_t to);
  /// The length of a generic word that begins a name (新村坊, 市场东路), so that no part of it ends one; at least 1.
  std::uint32_t bare_word(std::uint32_t at, std::uint32_t to) const;
  /// Cuts the name [from, to) that a generic word of this kind ends.
  void emit_name(WordKind kind, std::uint32_t from, std::uint32_t to);
  /// Cuts what stands before a number, a separator or the end without a generic word; nothing where from >= to.
  void finish_name(std::uint32_t from, std::uint32_t to);
  /// Cuts the part [from, to) of the place or the floor before it: 东区, A区, 二期.
  void emit_part(std::uint32_t from, std::uint32_t to);
  /// Whether a road's generic word follows at once or behind 东西南北中 or numerals: 花园|路, 园区|东路, 市场|二街.
  bool road_follows(std::uint32_t at, std::uint32_t to) const;
  /// Whether nothing, a separator, a digit or a Latin letter stands at `at`.
  bool starts_fresh(std::uint32_t at, std::uint32_t to) const;

 private:
  std::uint32_t list_word(std::uint32_t name, std::uint32_t at, std::uint32_t to) const;
  bool road_goes_on(std::uint32_t at, std::uint32_t end, std::uint32_t to) const;
  bool road_word_at(std::uint32_t at, std::uint32_t to) const;
  bool word_ends_name(WordKind kind, std::uint32_t name, std::uint32_t at, std::uint32_t end, std::uint32_t to) const;

  CutState& m_cut;
};

}  // namespace menpai::address
