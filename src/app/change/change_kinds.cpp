// SPDX-License-Identifier: Apache-2.0
#include "app/change/change_kinds.hpp"

#include "app/change/plan_plate.hpp"
#include "app/code_reissue.hpp"
#include "app/grid/plan_grid.hpp"
#include "app/import_features.hpp"
#include "app/place/number_plans.hpp"
#include "app/room_plans.hpp"
#include "base/error.hpp"

namespace menpai::app {
namespace {

/// What touches what many people rely on, or cannot easily be told to have been wrong, needs a second person.
constexpr bool alone = false;
constexpr bool second_person = true;

// clang-format off
const ChangeKind kinds[] = {
    {"place.create",      "place",   second_person, subject_of_new_place,   plan_new_place,          ""},
    {"place.correct",     "place",   alone,         nullptr,                plan_corrected_place,    "更正"},
    {"place.rename",      "place",   second_person, nullptr,                plan_renamed_place,      "更名"},
    {"place.merge",       "place",   second_person, nullptr,                plan_merged_place,       "并入"},
    {"place.retire",      "place",   second_person, nullptr,                plan_retired_place,      "销名"},
    {"place.restore",     "place",   second_person, nullptr,                plan_restored_place,     "恢复"},
    {"address.create",    "address", alone,         subject_of_new_address, plan_new_address,        ""},
    {"address.correct",   "address", alone,         nullptr,                plan_corrected_address,  "更正"},
    {"address.renumber",  "address", second_person, nullptr,                plan_renumbered_address, "改号"},
    {"address.move",      "address", second_person, nullptr,                plan_moved_address,      "迁移"},
    {"address.merge",     "address", second_person, nullptr,                plan_merged_address,     "合并"},
    {"address.split",     "address", second_person, nullptr,                plan_split_address,      "拆分"},
    {"address.retire",    "address", second_person, nullptr,                plan_retired_address,    "停用"},
    {"address.restore",   "address", second_person, nullptr,                plan_restored_address,   "恢复"},
    {"address.rooms_by_plan", "building", alone, subject_of_rooms,          plan_rooms,              "", write_rooms},
    {"codes.reissue",     "address", second_person, subject_of_reissue,     plan_reissue,            "", write_reissue},
    {"address.number_plan", "address", alone,       subject_of_number_plan, plan_number_plan,        ""},
    {"plate.create",      "plate",   alone,         subject_of_plates,      plan_new_plates,         "门牌"},
    {"plate.correct",     "plate",   alone,         subject_of_plates,      plan_corrected_plate,    "门牌"},
    {"plate.order",       "plate",   alone,         subject_of_plates,      plan_plate_order,        "门牌"},
    {"plate.deliver",     "plate",   alone,         subject_of_plates,      plan_plate_delivery,     "门牌"},
    {"plate.cancel_order", "plate",  alone,         subject_of_plates,      plan_plate_order_cancelled, "门牌"},
    {"plate.step",        "plate",   alone,         subject_of_plates,      plan_plate_step,         "门牌"},
    {"plate.replace",     "plate",   alone,         subject_of_plates,      plan_plate_replacement,  "门牌"},
    {"plate.revoke",      "plate",   alone,         subject_of_plates,      plan_plate_revocation,   "门牌"},
    {"grid.import",       "grid",    second_person, subject_of_grids,       plan_imported_grids,     ""},
    {"grid.correct",      "grid",    alone,         nullptr,                plan_corrected_grid,     "更正"},
    {"grid.border",       "grid",    second_person, nullptr,                plan_moved_border,       "调整边界"},
    {"grid.split",        "grid",    second_person, nullptr,                plan_split_grid,         "拆分"},
    {"grid.merge",        "grid",    second_person, nullptr,                plan_merged_grids,       "合并"},
    {"grid.retire",       "grid",    second_person, nullptr,                plan_retired_grid,       "停用"},
    {"business_grid.create", "business_grid", alone, subject_of_grids,      plan_new_business_grid,  ""},
    {"undo",              "",        second_person, nullptr,                plan_undo,               "撤回"},
};
// clang-format on

}  // namespace

std::span<const ChangeKind> change_kinds() {
  return kinds;
}

const ChangeKind& get_change_kind(std::string_view name) {
  std::string known;
  for (const ChangeKind& kind : kinds) {
    if (kind.name == name) return kind;
    known.append(known.empty() ? "" : ", ").append(kind.name);
  }
  throw Error(ErrorCode::bad_request, "There is no kind of change \"" + std::string(name) + "\". There are: " + known);
}

int county_of_division(const address::DivisionIndex& divisions, const std::string& division_code) {
  const int county = county_of(divisions, division_code);
  if (county == 0) throw Error(ErrorCode::bad_request, "There is no division " + division_code + ".");
  return county;
}

}  // namespace menpai::app
