// SPDX-License-Identifier: Apache-2.0
// What a reading says below the divisions, as a list of names and numbers: the form that is stored, sought and
// compared.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "address/read/reader.hpp"
#include "address/text/number_key.hpp"

namespace menpai::address {

/// One step of a path: a name (road, estate, village that is no division) or a number with its kind.
struct PathItem {
  Label label = Label::otherinfo;
  Level level = Level::none;  ///< village … room
  bool numeric = false;
  bool several = false;            ///< a range or list: `key` to `last`
  bool implied = false;            ///< a floor that the room tells as well
  NumberKey key = 0;               ///< where numeric
  NumberKey last = 0;              ///< == key unless several
  std::uint32_t last_element = 0;  ///< a name may be cut in two: 云岭花园 二期
  std::uint32_t element = 0;       ///< index into Reading::elements
};

/// The steps of one text in its own order. Used again it keeps its memory.
struct AddressPath {
  std::vector<PathItem> items;
  /// Nothing in the text but divisions that agree, the items and separators: the path can stand for the text.
  bool plain = true;

  void clear() {
    items.clear();
    plain = true;
  }
};

/// Takes the steps out of a reading. A room below 100 on a known floor becomes the usual number (5层 01室 → 501室).
void make_path(const Reading& reading, AddressPath& out);

/// The folded text of an item.
std::u32string_view item_text(const Reading& reading, const PathItem& item);

/// Appends the standard text of an item: a number in standard form, a name as folded, a range as written.
void append_item(const Reading& reading, const PathItem& item, std::string& out);

/// True for an element that carries nothing to explain: separators, a country, what is said
/// once more.
bool is_silent(const Reading& reading, const TypedElement& element);

}  // namespace menpai::address
