// SPDX-License-Identifier: Apache-2.0
// What was believed of an object, and when: its history, any day as known at any time, what two days differ in, what
// became of it.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/application.hpp"
#include "app/request_json.hpp"

namespace menpai::app {

/// One belief of an object: it held in the world from valid_from until valid_to, and was believed from recorded_at
/// until superseded_at (empty: still believed).
struct ObjectVersion {
  int version = 0;
  std::string valid_from, valid_to;  ///< ISO days; empty: since ever, for ever
  std::string recorded_at, superseded_at;
  std::string source;
  std::string fields;  ///< JSON object of its columns
  /// Of the change that made it.
  std::string change_kind, actor, reason, rule, set_id;
};

struct ObjectHistory {
  std::string id, kind, text;
  std::vector<ObjectVersion> versions;  ///< in the order in which they were learnt
};
/// Throws not_found.
ObjectHistory object_history(Application& app, const Caller& caller, std::string_view id);

/// The object as it was on a day, by what was known at a time (empty: today, now). Throws not_found if it was not
/// there.
ObjectVersion object_as_of(Application& app, const Caller& caller, std::string_view id, const std::string& day,
                           const std::string& known_at);

/// What an object's columns were on one day and are on another, as known now.
std::vector<FieldDifference> object_difference(Application& app, const Caller& caller, std::string_view id,
                                               const std::string& from, const std::string& to);

struct AsOfItem {
  std::string id;
  int version = 0;
  std::string valid_from, valid_to, recorded_at;
  std::string text;
  std::string fields;
};
struct AsOfPage {
  std::vector<AsOfItem> items;  ///< in the order of their ids
  std::string next;             ///< give it as `after`; empty at the end
};
/// The objects of a kind in a division and below as they were on a day, by what was known at a time. Throws
/// bad_request.
AsOfPage list_as_of(Application& app, const Caller& caller, std::string_view kind, const std::string& division_code,
                    const std::string& day, const std::string& known_at, const std::optional<Uuid>& after, int limit);

struct Heir {
  std::string id, kind, text, status;
  std::string how;  ///< "merged_into", "split_into", "replaced_by"
  int step = 0;
};
/// What became of an object, to the end; empty if it has no successor.
std::vector<Heir> successors_of(Application& app, const Caller& caller, std::string_view id);

}  // namespace menpai::app
