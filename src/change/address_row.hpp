// SPDX-License-Identifier: Apache-2.0
// One row of an address list → where it stands in the address tree, or why it cannot be placed.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "address/division/division_index.hpp"
#include "address/read/address_path.hpp"
#include "address/read/reader.hpp"
#include "base/id.hpp"
#include "geo/coordinate.hpp"
#include "geo/transform.hpp"
#include "model/level.hpp"

namespace menpai::change {

/// Why a row waits for a person. The names are shown, stored and counted; they never change meaning.
enum class HoldReason : std::uint8_t {
  no_town,               ///< the text and the list's region leave the town or street open
  ambiguous_division,    ///< several divisions fit
  conflicting_division,  ///< the text names divisions that do not go together
  unread_text,           ///< part of the text is not an address: a telephone number, a remark, words nobody could place
  several_values,        ///< 501、502室 or 1-10号: more than one address in a row
  level_gap,             ///< a room without number or building, a building without place
  other_id,              ///< the address is in the register under another id
  other_code,            ///< the address is in the register with another code
  renamed,               ///< the place has another name or division in the register
  moved_far,             ///< more than 500 m from where the register has it
};
std::string_view hold_reason_name(HoldReason reason);

/// Why a row was not taken at all.
enum class RefuseReason : std::uint8_t {
  empty_address,    ///< nothing in the address cell
  too_long,         ///< more text than an address can be
  no_division,      ///< not even the city or county can be told
  no_address,       ///< nothing below the divisions
  bad_coordinates,  ///< not numbers, one of two is missing, or not on the globe
  bad_crs,          ///< a coordinate system that is not known
  bad_id,           ///< not a UUID
  bad_code,         ///< not 1 to 64 letters, digits and dashes
  id_taken,         ///< the id belongs to something else
  code_taken,       ///< the code belongs to another address
  bad_geometry,     ///< no geometry, the wrong kind, not closed, not on the globe
  bad_value,        ///< a property that is not what it must be: no name, an unknown class, floors that are no number
  no_such_address,  ///< a building whose address is not one
};
std::string_view refuse_reason_name(RefuseReason reason);

/// The cells of a row that matter, as they came.
struct AddressCells {
  std::string_view text = {}, code = {}, id = {}, lon = {}, lat = {}, crs = {}, division_code = {};
};

/// A node of the address tree: 兴港路 (place), 88号 (number), 3栋 (building), 2单元, 5层, 501室.
struct AddressNode {
  Level level = Level::none;
  std::string name;
  std::int64_t sort_main = 0;  ///< puts 9号 before 10号
  std::int64_t sort_sub = 0;   ///< and 8号附1号 behind 8号
};

/// A row that was read.
struct AddressRow {
  std::optional<RefuseReason> refused;
  std::optional<HoldReason> held;

  int county_code = 0;            ///< storage key: six digits, of the county, or the city where there are no counties
  std::string root_division;      ///< the division under which the first node hangs: the deepest one in `display`
  std::string division_code;      ///< the deepest division known, at or below root_division
  std::vector<AddressNode> path;  ///< outermost first; the last is the address itself
  std::string prefix;             ///< the divisions of the display text: 广东省中山市港口镇
  std::string code;
  std::optional<Uuid> id;
  std::optional<geo::LonLat> point;

  /// The standard text down to path[depth].
  std::string display(std::size_t depth) const;
};

struct AddressRowOptions {
  std::string region;  ///< division the list is about; settles what the text leaves open
  geo::Crs crs = geo::Crs::cgcs2000;
};

/// Reads rows. Owns scratch memory: one a thread. Never throws for bad rows.
class AddressRowReader {
 public:
  /// Throws bad_request if the region is not a division.
  AddressRowReader(const address::DivisionIndex& divisions, const AddressRowOptions& options);
  void read(const AddressCells& cells, AddressRow& row);

 private:
  void read_cells(const AddressCells& cells, AddressRow& row) const;
  void read_point(const AddressCells& cells, AddressRow& row) const;
  void place(address::DivisionNode stated, AddressRow& row);
  std::optional<HoldReason> doubt(address::DivisionNode node) const;
  void append_path(AddressRow& row) const;
  void settle_divisions(address::DivisionNode node, AddressRow& row) const;

  const address::DivisionIndex& m_divisions;
  geo::Crs m_crs;
  address::DivisionNode m_region;
  address::Reader m_reader;
  address::Reading m_reading;
  address::AddressPath m_path;
};

}  // namespace menpai::change
