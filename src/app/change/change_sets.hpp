// SPDX-License-Identifier: Apache-2.0
// Change sets as a user works with them: draft, preview, submit, approve or return, apply, withdraw, undo. The one way
// to change the spine by hand.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/application.hpp"
#include "app/request_json.hpp"
#include "model/change_set.hpp"

namespace menpai::app {

/// What an author says. `request` is the JSON object that the kind needs (docs: changes); `version` the version of the
/// object that he saw (not needed for a new one).
struct ChangeDraft {
  std::string kind;
  std::string request;
  int object_version = 0;
  std::string reason, source;
  std::string effective_on;  ///< ISO day; empty: today
  bool is_correction = false;
};

struct ChangeKindView {
  std::string_view name, object_kind;
  bool needs_second_person = false;
};
std::vector<ChangeKindView> list_change_kinds(Application& app, const Caller& caller);

/// Plans it once and keeps it as a draft. Throws bad_request, not_found, conflict as the planner does.
ChangeSet make_change_set(Application& app, const Caller& caller, const ChangeDraft& draft);
/// Its author mends a draft or a returned set (the kind stays). Throws conflict if `version` is stale.
ChangeSet edit_change_set(Application& app, const Caller& caller, const ChangeSetId& id, const ChangeDraft& draft,
                          int version);
ChangeSet get_change_set(Application& app, const Caller& caller, const ChangeSetId& id);

struct ChangeSetPage {
  std::vector<ChangeSet> items;  ///< the newest first
  std::string next;              ///< give it as `after`; empty at the end
};
/// `state` empty: all. `object`: only those about it.
ChangeSetPage list_change_sets(Application& app, const Caller& caller, const std::optional<ChangeState>& state,
                               const std::optional<Uuid>& object, const std::optional<Uuid>& after, int limit);

struct PreviewItem {
  std::string object_kind, id, action, before, after, fields;
};
/// What a set would do now. Nothing is written.
struct ChangePreview {
  std::map<std::string, std::uint64_t> counts;  ///< "address.renamed" → 50,000
  std::uint64_t total = 0;
  std::vector<PreviewItem> items;  ///< from `after` on, at most `limit`
  std::uint64_t next = 0;          ///< 0 at the end
  std::vector<Lineage> lineage;
  std::vector<Advice> advice;
  /// The object was changed since the author looked: what he saw, what it is now, what he asks for.
  struct Stale {
    std::string field, seen, now, wanted;  ///< JSON values; wanted is empty where the set does not touch it
  };
  std::vector<Stale> stale;
};
ChangePreview preview_change_set(Application& app, const Caller& caller, const ChangeSetId& id, std::uint64_t after,
                                 std::size_t limit);
/// The same for what is not even a draft yet.
ChangePreview preview_change(Application& app, const Caller& caller, const ChangeDraft& draft, std::uint64_t after,
                             std::size_t limit);

/// The next step of its life. To `submitted` by its author: a kind that needs no second person is applied at once. To
/// `approved` or `returned` by somebody else (forbidden for the author): approved, it is applied at once if its day has
/// come, else when somebody applies it on or after that day. To `applied`: an approved one. To `withdrawn`: what is not
/// applied, by its author or an administrator. Throws conflict if `version` is stale, if the step is not one from its
/// state, or if the object was changed since the author saw it (then the preview shows both sides).
ChangeSet step_change_set(Application& app, const Caller& caller, const ChangeSetId& id, ChangeState to,
                          const std::string& reason, int version);

/// A draft that takes an applied set back. Throws conflict if it is not applied, or is taken back already.
ChangeSet undo_change_set(Application& app, const Caller& caller, const ChangeSetId& id, const std::string& reason);

/// Applies what is approved and due, in all counties; the number of sets.
std::uint64_t apply_due_change_sets(Application& app, const Caller& caller);

}  // namespace menpai::app
