// SPDX-License-Identifier: Apache-2.0
// The changes of one county in one transaction, with their events in order.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/access.hpp"
#include "store/connection.hpp"

namespace menpai::app {

/// One applied change.
struct ChangeRecord {
  std::string_view kind;         ///< "address.new", "address.changed", "building.new" …
  std::string_view object_kind;  ///< "address", "place", "building"
  Uuid object_id;
  int object_version = 1;
  std::uint64_t source_row = 0;
  std::string_view rule;      ///< what decided
  std::string division_code;  ///< where it lies
  std::string payload;        ///< JSON object: what was set
};

class ChangeBatch {
 public:
  /// Takes the county's counter until the transaction ends: changes of one county come one after the other.
  ChangeBatch(store::Transaction& transaction, int county_code, const Caller& caller, std::string source,
              store::Timestamp at);

  /// What is added from now on belongs to a change set and has its reason.
  void belongs_to(const Uuid& set, std::string reason) {
    m_set = set;
    m_reason = std::move(reason);
  }
  /// Notes a change and gives its id; a new object is also entered in the locator.
  Uuid add(ChangeRecord change, bool is_new);
  /// Writes changes, events and locators. Call before the objects' own rows refer to nothing: order is free, they only
  /// hold the ids.
  void write();

 private:
  struct Noted {
    Uuid id;
    ChangeRecord change;
    bool is_new;
  };
  store::Transaction& m_transaction;
  int m_county_code;
  const Caller& m_caller;
  std::string m_source;
  store::Timestamp m_at;
  std::int64_t m_last_event;
  std::optional<Uuid> m_set;
  std::string m_reason;
  std::vector<Noted> m_changes;
};

}  // namespace menpai::app
