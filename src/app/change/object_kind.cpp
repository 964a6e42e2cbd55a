// SPDX-License-Identifier: Apache-2.0
#include "app/change/object_kind.hpp"

#include <string>

#include "base/error.hpp"
#include "store/queries.hpp"

namespace menpai::app {
namespace {

namespace query = store::query;

const ObjectKind kinds[] = {
    {"place", query::place::insert_edits, query::place::update_edits, query::place::current, query::place::versions,
     query::place::before, &query::place::as_of},
    {"address", query::address::insert_edits, query::address::update_edits, query::address::current,
     query::address::versions, query::address::before, &query::address::as_of},
    {"building", query::building::insert_edits, query::building::update_edits, query::building::current,
     query::building::versions, query::building::before, &query::building::as_of},
    {"room", query::room::insert_edits, query::room::update_edits, query::room::current, query::room::versions,
     query::room::before, nullptr},
    {"plate_batch", query::plate_batch::insert_edits, query::plate_batch::update_edits, query::plate_batch::current,
     query::plate_batch::versions, query::plate_batch::before, &query::plate_batch::as_of},
    {"plate", query::plate::insert_edits, query::plate::update_edits, query::plate::current, query::plate::versions,
     query::plate::before, &query::plate::as_of},
    {"grid", query::grid::insert_edits, query::grid::update_edits, query::grid::current, query::grid::versions,
     query::grid::before, &query::grid::as_of},
    {"business_grid", query::business_grid::insert_edits, query::business_grid::update_edits,
     query::business_grid::current, query::business_grid::versions, query::business_grid::before,
     &query::business_grid::as_of},
};

}  // namespace

std::span<const ObjectKind> object_kinds() {
  return kinds;
}

const ObjectKind* find_object_kind(std::string_view name) {
  for (const ObjectKind& kind : kinds) {
    if (kind.name == name) return &kind;
  }
  return nullptr;
}

const ObjectKind& get_object_kind(std::string_view name) {
  if (const ObjectKind* kind = find_object_kind(name)) return *kind;
  std::string known;
  for (const ObjectKind& kind : kinds) known.append(known.empty() ? "" : ", ").append(kind.name);
  throw Error(ErrorCode::bad_request, "There is no kind of object \"" + std::string(name) + "\". There are: " + known);
}

}  // namespace menpai::app
