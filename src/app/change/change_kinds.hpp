// SPDX-License-Identifier: Apache-2.0
// The kinds of change sets in one table: what each needs, whether it needs a second person, and the function that plans
// it.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "address/division/division_index.hpp"
#include "app/application.hpp"
#include "app/change/object_writer.hpp"
#include "app/request_json.hpp"
#include "model/change_set.hpp"
#include "store/connection.hpp"

namespace menpai::app {

/// What a planner works with. It reads through the transaction and writes nothing.
struct PlanContext {
  Application& app;
  store::Transaction& transaction;
  const address::DivisionIndex& divisions;
  int county_code = 0;
  std::string effective_on;  ///< ISO day
};

/// What a request is about, before it is planned.
struct ChangeSubject {
  int county_code = 0;
  std::string division_code;
  std::optional<Uuid> object_id;  ///< none where it makes a new object
  std::string title;              ///< one line for lists
};

struct ChangeKind {
  std::string_view name;         ///< "place.rename"
  std::string_view object_kind;  ///< of the object that it is about
  bool needs_second_person = false;
  /// Finds what the request is about, without looking into the register; null where the request's "id" says it.
  ChangeSubject (*subject)(Application& app, const address::DivisionIndex& divisions,
                           const RequestJson& request) = nullptr;
  /// Fills the plan. Throws bad_request for a wrong request, conflict for what a rule forbids.
  void (*plan)(PlanContext& context, const RequestJson& request, ChangePlan& plan) = nullptr;
  /// Title of a set about an existing object: "%s" is its text.
  std::string_view title;
  /// For what is too much for single edits: writes it itself, within the transaction, and says what was touched. Null:
  /// the plan is written.
  TouchCounts (*write)(PlanContext& context, const RequestJson& request, const ChangeSet& set, const Caller& caller,
                       store::Timestamp at, CodeIssuer& issuer) = nullptr;
};

std::span<const ChangeKind> change_kinds();
/// Throws bad_request that names those there are.
const ChangeKind& get_change_kind(std::string_view name);

/// The county of a division as a storage key; throws bad_request if `division_code` is none that is known.
int county_of_division(const address::DivisionIndex& divisions, const std::string& division_code);

// The planners, by the file that holds them.
// plan_place.cpp
ChangeSubject subject_of_new_place(Application&, const address::DivisionIndex&, const RequestJson&);
void plan_new_place(PlanContext&, const RequestJson&, ChangePlan&);
void plan_corrected_place(PlanContext&, const RequestJson&, ChangePlan&);
void plan_renamed_place(PlanContext&, const RequestJson&, ChangePlan&);
void plan_merged_place(PlanContext&, const RequestJson&, ChangePlan&);
void plan_retired_place(PlanContext&, const RequestJson&, ChangePlan&);
void plan_restored_place(PlanContext&, const RequestJson&, ChangePlan&);
// plan_address.cpp
ChangeSubject subject_of_new_address(Application&, const address::DivisionIndex&, const RequestJson&);
void plan_new_address(PlanContext&, const RequestJson&, ChangePlan&);
void plan_corrected_address(PlanContext&, const RequestJson&, ChangePlan&);
void plan_renumbered_address(PlanContext&, const RequestJson&, ChangePlan&);
void plan_moved_address(PlanContext&, const RequestJson&, ChangePlan&);
void plan_merged_address(PlanContext&, const RequestJson&, ChangePlan&);
void plan_split_address(PlanContext&, const RequestJson&, ChangePlan&);
void plan_retired_address(PlanContext&, const RequestJson&, ChangePlan&);
void plan_restored_address(PlanContext&, const RequestJson&, ChangePlan&);
// plan_undo.cpp
void plan_undo(PlanContext&, const RequestJson&, ChangePlan&);

}  // namespace menpai::app
