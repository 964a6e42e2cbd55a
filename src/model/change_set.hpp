// SPDX-License-Identifier: Apache-2.0
// A change set (变更单): one request to change the spine, from the draft to what it did; and the plan of what it would
// do.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/id.hpp"

namespace menpai {

using ChangeSetId = Id<struct ChangeSetTag>;

/// draft → submitted → approved → applied; a submitted one may be returned to its author, who mends it (draft again).
/// Kinds that need no second person go from draft to applied. What is not applied may be withdrawn.
enum class ChangeState : std::uint8_t { draft, submitted, returned, approved, applied, withdrawn };
std::string_view change_state_name(ChangeState state);
std::optional<ChangeState> parse_change_state(std::string_view name);

/// One object that a plan makes or changes.
struct ObjectEdit {
  std::string_view object_kind;  ///< "address", "place" …: a name of app/change/object_kind.hpp
  Uuid id;
  int base_version = 0;       ///< the version it changes; 0: the object is new
  std::string division_code;  ///< where it lies: for the event
  std::string fields;         ///< JSON object of the columns that are set; geometry as EWKT, days as ISO dates
  std::string action;         ///< what is done to it: "new", "renamed", "renumbered", "moved", "merged", "retired" …
  std::string before;         ///< its text before, for people; empty for a new one
  std::string after;          ///< its text after
};

/// What became of an object: address A was merged_into B, split_into C and D, replaced_by E.
struct Lineage {
  std::string_view object_kind;
  Uuid from;
  Uuid to;
  std::string_view kind;  ///< "merged_into", "split_into", "replaced_by"
};

/// A name by which a place is found from now on beside its own.
struct PlaceNameGiven {
  Uuid place;
  std::string name;
  std::string_view kind;  ///< "former_name", "alias", "short"
  std::string pinyin;
  std::string valid_to = "infinity";  ///< the day on which it ceased to be the standard name
};

/// What a rule has to say against a plan without forbidding it: an officer can go on, with a reason.
struct Advice {
  std::string rule;     ///< stable name
  std::string article;  ///< where the rule stands
  std::string message;
};

/// A code that a new object is to have: given when the plan is applied, without gaps, in the same transaction.
struct CodeWish {
  std::size_t edit = 0;                                    ///< which edit gets it
  std::string scheme;                                      ///< a name of rules/code_schemes
  std::vector<std::pair<std::string, std::string>> parts;  ///< what the scheme's segments are made from
};

/// All that a change set would do. Edits are in the order in which they are written: parents before children.
struct ChangePlan {
  std::vector<ObjectEdit> edits;
  std::vector<Lineage> lineage;
  std::vector<PlaceNameGiven> place_names;
  std::vector<CodeWish> codes;
  std::vector<std::pair<std::size_t, std::string>> given_codes;  ///< edit and the code that its source gave it
  std::vector<Advice> advice;
};

struct ChangeSet {
  ChangeSetId id;
  int county_code = 0;
  std::string kind;  ///< "place.rename", "address.create" …
  ChangeState state = ChangeState::draft;
  std::string object_kind;
  std::optional<Uuid> object_id;  ///< none where it makes a new object
  int object_version = 0;         ///< the version that the author saw
  std::string division_code;
  std::string title;    ///< one line for lists
  std::string request;  ///< JSON object: what the kind needs
  std::string reason, source;
  std::string effective_on;  ///< ISO day from which it holds in the world
  bool is_correction = false;
  std::string made_by, made_at;
  std::string submitted_by, submitted_at;
  std::string settled_by, settled_at, settled_reason;
  std::string applied_by, applied_at;
  std::map<std::string, std::uint64_t> counts;  ///< what was touched: "address.renamed" → 50,000
  std::optional<ChangeSetId> undoes, undone_by;
  int version = 1;
  bool needs_second_person = false;
};

}  // namespace menpai
