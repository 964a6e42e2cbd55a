// SPDX-License-Identifier: Apache-2.0
// The life of a place name (地名) as plans: naming, renaming, merging, cancelling a street or an estate, with all the
// addresses on it. Pure, like address_plan.hpp.
#pragma once

#include <span>
#include <string>

#include "change/address_plan.hpp"
#include "model/change_set.hpp"

namespace menpai::change {

/// A place as it stands in the register.
struct RegisteredPlace {
  Uuid id;
  std::string name;     ///< the standard name: 兴港中路
  std::string generic;  ///< its class word: 路
  std::string kind;     ///< road, lane, estate, village, compound
  std::string pinyin;
  std::string division_code;
  std::string status;
  int version = 0;
};

struct NewName {
  std::string name, generic, pinyin;
};

/// The place gets another standard name; the old one stays as a former name and leads to it for ever. `roots` are the
/// nodes that stand for it in the address tree, with all below: their texts follow. `until` is the day before which the
/// old name held.
void plan_place_rename(const RegisteredPlace& place, const NewName& to, std::span<const Subtree> roots,
                       const std::string& until, ChangePlan& plan);

/// `from` is part of `into` from now on: its name becomes a former name of `into`, its addresses move there. Refused
/// where both have an address of one name (8号): those have to be renumbered first. `roots_into` are those of `into`,
/// by division; where it has none, the node of `from` becomes one of `into`.
void plan_place_merge(const RegisteredPlace& from, const RegisteredPlace& into, std::span<const Subtree> roots_from,
                      std::span<const Subtree> roots_into, const std::string& until, ChangePlan& plan);

/// The name is cancelled. Refused while addresses on it are in use.
void plan_place_retire(const RegisteredPlace& place, std::span<const Subtree> roots, const std::string& until,
                       ChangePlan& plan);

}  // namespace menpai::change
