// SPDX-License-Identifier: Apache-2.0
#include "address/library/tree_path.hpp"

namespace menpai::address {

bool fits_tree(const Reading& reading, const AddressPath& path, DivisionNode division) {
  if (division == no_division || !path.plain || path.items.size() > tree_steps_max) return false;
  Level deepest = Level::none;
  for (const PathItem& item : path.items) {
    if (item.several || item_text(reading, item).size() > tree_name_max || item.level == Level::none) return false;
    // A name may follow a number (博爱七路 113号 实地璟湖城 3栋); below the building only numbers in their order may.
    if (item.level < deepest && !(item.level >= Level::place && deepest <= Level::number)) return false;
    if (item.numeric && item.level == deepest && item.level > Level::number) return false;
    deepest = item.level;
  }
  return true;
}

}  // namespace menpai::address
