// SPDX-License-Identifier: Apache-2.0
// Whether a text fits the tree, and the steps it makes there.
#pragma once

#include <vector>

#include "address/library/tree.hpp"
#include "address/read/address_path.hpp"

namespace menpai::address {

/// How many steps a path may have, and how long its names may be.
inline constexpr std::size_t tree_steps_max = 12;
inline constexpr std::size_t tree_name_max = 40;

/// True if the path can stand for its text: a settled division, plain, names of sensible length, numbers that are
/// single.
bool fits_tree(const Reading& reading, const AddressPath& path, DivisionNode division);

/// The steps of a path from its division down; `name_id` gives the id of a folded name. A floor that the room implies
/// is left out.
template <class NameOf>
void make_steps(const Reading& reading, const AddressPath& path, const NameOf& name_id, std::vector<StepKey>& steps) {
  steps.clear();
  for (const PathItem& item : path.items) {
    if (item.implied) continue;
    if (item.numeric) {
      steps.push_back(item.key);
    } else {
      steps.push_back(name_step(item.level, name_id(item_text(reading, item))));
    }
  }
}

}  // namespace menpai::address
