// SPDX-License-Identifier: Apache-2.0
// The life of an address as plans: what a request to renumber, move, merge, split, retire or restore would do. Pure:
// what stands in the register comes in, edits go out. A request that a rule forbids throws conflict, with the rule's
// name as the error's detail.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "change/address_row.hpp"
#include "model/change_set.hpp"

namespace menpai::change {

/// An address as it stands in the register.
struct RegisteredAddress {
  Uuid id;
  std::optional<Uuid> parent_id, place_id, building_id;
  Level level = Level::none;
  std::string name;
  std::string display;
  std::string code;
  std::string division_code;
  std::string status;  ///< "proposed", "in_use", "retired"
  int version = 0;
  int room_version = 0;  ///< of its row in `room`; 0: it has none

  bool is_retired() const { return status == "retired"; }
  /// The display text of what it hangs on: all but its own name.
  std::string base() const;
};

/// An address, first, and all below it that is not retired, parents before children.
using Subtree = std::vector<RegisteredAddress>;

/// What an address hangs on: another address, or a division (then `id` is empty).
struct Above {
  std::optional<Uuid> id;
  std::string display;  ///< "广东省中山市港口镇" or that of the parent
  std::string division_code;
  std::optional<Uuid> place_id, building_id;
  Level level = Level::none;  ///< of the parent
};

/// Throws conflict (detail `rule`).
[[noreturn]] void refuse_plan(std::string_view rule, const std::string& message);

/// Appends the edit that makes `node` below `above`, and the wish for nothing: codes are given by whoever asks for
/// them. Returns its id.
struct NewAddress {
  AddressNode node;
  std::string point;  ///< EWKT, may be empty
  std::string code;   ///< given by the source, may be empty
  bool is_temporary = false;
  std::string division_code;  ///< empty: that of `above`
};
/// Appends the edit that makes `address` below `above`; returns its id. A wish for a code is the caller's.
Uuid add_new_address(const NewAddress& address, const Above& above, ChangePlan& plan);

/// The node gets another name of the same level (88号 → 90号); the texts of all below follow. Codes stay.
void plan_renumber(const Subtree& tree, const AddressNode& to, ChangePlan& plan);

/// The node and all below it hang on `above` from now on. Refused below itself, and where the level does not fit
/// (a building below a room).
void plan_move(const Subtree& tree, const Above& above, ChangePlan& plan);

/// The sources retire in favour of `into`; what lies below them moves there. Refused where both have a child of one
/// name: those have to be merged or renumbered first.
void plan_merge(std::span<const Subtree> sources, const Subtree& into, ChangePlan& plan);

struct SplitPart {
  NewAddress address;
  std::vector<Uuid> children;  ///< which of the node's children move below it
  bool is_below = false;       ///< hangs on the node itself (8号附1号 on 8号), not beside it
};
/// The node becomes several: beside it, or below it where the number is a 附号. It stays (`keeps`), or retires: then
/// every child must be given to a part, and no part can hang on it.
void plan_split(const Subtree& tree, const Above& above, std::span<const SplitPart> parts, bool keeps,
                ChangePlan& plan);

/// The node and all below it are used no more. `is_present`: the house still stands. `successor`: what took its place.
void plan_retire(const Subtree& tree, bool is_present, const std::optional<Uuid>& successor, ChangePlan& plan);

/// Retired addresses are in use again, parents before children. `above_is_live`: what the first hangs on is in use.
void plan_restore(const Subtree& retired, bool above_is_live, ChangePlan& plan);

/// The texts of all below the first node follow its new one. Used by every plan that changes a text.
void follow(const Subtree& tree, const std::string& display, const std::optional<Above>& moved_below,
            std::string_view action, ChangePlan& plan);

}  // namespace menpai::change
