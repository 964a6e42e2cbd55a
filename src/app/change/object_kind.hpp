// SPDX-License-Identifier: Apache-2.0
// The kinds of objects that change sets change, each with the statements that read and write it. A new kind (a plate, a
// grid) is a line in object_kind.cpp and a folder of statements in sql/queries.
#pragma once

#include <span>
#include <string_view>

#include "store/query.hpp"

namespace menpai::app {

struct ObjectKind {
  std::string_view name;             ///< "address"
  const store::Query& insert_edits;  ///< new objects
  const store::Query& update_edits;  ///< objects that change, the old kept
  const store::Query& current;       ///< as they are now
  const store::Query& versions;      ///< all that was ever believed of one
  const store::Query& before;        ///< what those of a change set were before it
  const store::Query* as_of;         ///< a page of them as of a day; none where they are shown with another kind
};

/// All of them, in the order in which new ones are written: what others refer to comes first.
std::span<const ObjectKind> object_kinds();
/// Null if there is no such kind.
const ObjectKind* find_object_kind(std::string_view name);
/// Throws bad_request that names those there are.
const ObjectKind& get_object_kind(std::string_view name);

}  // namespace menpai::app
