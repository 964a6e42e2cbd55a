// SPDX-License-Identifier: Apache-2.0
// From what was read to what is answered: the parts by level, the display text, the residue.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "address/division/division_index.hpp"
#include "address/read/address_path.hpp"
#include "model/answer.hpp"

namespace menpai::address {

/// True for the divisions that stand in the tables but not in addresses: 市辖区, 县, 省直辖县级行政区划.
bool is_silent_division(std::string_view name);

/// Fills province … village and division_code from `node` and its ancestors.
void compose_divisions(const DivisionIndex& index, DivisionNode node, Answer& answer);

/// Adds the text of one step of a path to the part it belongs to. A name that follows a number names a building
/// (博爱七路 | 113号 | 实地璟湖城3栋).
void compose_step(Level level, bool numeric, std::string_view text, Answer& answer);

/// How the parts are joined to the display text.
struct Display {
  bool hide_floor = false;    ///< a floor that the room tells is left out
  bool hide_village = false;  ///< the village is left out where a road or an estate says where it is
  std::size_t group_at = 0;   ///< the group stands behind so many bytes of the place: 湖头村|3组|厂房
};
void compose_address(const Display& display, Answer& answer);

/// The pieces of the text that neither divisions nor the explained steps of its path tell, in the text's own
/// characters. Bit i of `explained` stands for step i.
void compose_residue(std::string_view text, const Reading& reading, const AddressPath& path, std::uint64_t explained,
                     Answer& answer);
/// A stretch of the original, in code points.
struct Piece {
  std::uint32_t start = 0;
  std::uint32_t end = 0;
};
/// The same pieces of what was read, as stretches.
void residue_pieces(const Reading& reading, const AddressPath& path, std::uint64_t explained,
                    std::vector<Piece>& pieces);
/// Says that the text holds more than was answered, by the reason `several`: a further address, which a person must see
/// (grade C), or a list or range of numbers of which the first was answered (at best grade B; the list is residue).
void compose_several(std::string_view text, const Reading& reading, const AddressPath& path, Answer& answer);
inline constexpr std::uint64_t all_explained = ~std::uint64_t{0};

}  // namespace menpai::address
