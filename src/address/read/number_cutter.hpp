// SPDX-License-Identifier: Apache-2.0
// Cuts numbers out of a text and gives each its meaning by its unit word and by what stands before it.
#pragma once

#include <cstdint>
#include <optional>

#include "address/read/cut_state.hpp"
#include "address/read/name_cutter.hpp"
#include "address/read/number_chain.hpp"
#include "address/read/number_labels.hpp"

namespace menpai::address {

/// Positions are indices into the state's characters; [.., to) is the stretch between two divisions. The take_
/// functions return where the text goes on, or `at` where no such number stands there.
class NumberCutter {
 public:
  NumberCutter(CutState& state, NameCutter& names) : m_cut(state), m_names(names) {}

  /// The number at `at`, behind the name that began at `name`.
  std::uint32_t take_number(std::uint32_t name, std::uint32_t at, std::uint32_t to);
  /// -1楼; 751号-1 for 751号附1号.
  std::uint32_t take_dash(std::uint32_t name, std::uint32_t at, std::uint32_t to);

 private:
  std::uint32_t take_room_code(std::uint32_t name, std::uint32_t at, std::uint32_t to);
  std::uint32_t take_numbered_name(std::uint32_t name, std::uint32_t at, const NumberChain& chain, std::uint32_t to);
  std::uint32_t take_sub_door(std::uint32_t name, std::uint32_t at, std::uint32_t to);
  std::uint32_t take_basement(std::uint32_t name, std::uint32_t at, std::uint32_t to);
  std::uint32_t take_compass_unit(std::uint32_t name, std::uint32_t at, std::uint32_t to);
  void emit_number(Label label, const NumberChain& chain, std::uint32_t first, std::uint32_t last);
  void emit_number(Label label, NumberKind kind, const NumberChain& chain, std::uint32_t first, std::uint32_t last);
  void emit_special(Label label, NumberKind kind, Level level, const NumberChain& chain);
  bool continues_list(const NumberChain& chain);
  void emit_chain(const NumberChain& chain);
  bool names_tower(std::uint32_t at, std::uint32_t to) const;
  bool is_postal_code(const NumberChain& chain, std::uint32_t to) const;
  bool number_follows(std::uint32_t at) const;

  CutState& m_cut;
  NameCutter& m_names;
};

}  // namespace menpai::address
