// SPDX-License-Identifier: Apache-2.0
// The address rows of one county in one transaction: found in the tree, decided, written.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "app/change_batch.hpp"
#include "app/import_ledger.hpp"
#include "change/address_row.hpp"
#include "change/decide.hpp"

namespace menpai::app {

/// A row of the list on its way.
struct PendingAddress {
  change::AddressRow row;
  SettledRow* settled = nullptr;
};

class AddressBatch {
 public:
  AddressBatch(store::Transaction& transaction, int county_code, const Caller& caller, const std::string& source);

  /// Decides and writes every row and fills its outcome. Rows of other counties, refused and held rows too may be among
  /// them: they are only settled.
  void take(const std::vector<PendingAddress>& rows);

  /// For buildings: the node of a row, if it is there; or made, with what is missing of its path. Call load() with the
  /// rows first and write() after.
  struct Found {
    Uuid id;
    std::optional<Uuid> place_id;
    std::optional<Uuid> building_id;
  };
  void load(const std::vector<const change::AddressRow*>& rows);
  std::optional<Found> find(const change::AddressRow& row) const;
  Found find_or_make(const change::AddressRow& row, std::uint64_t source_row);
  ChangeBatch& changes() { return m_changes; }
  store::Timestamp at() const { return m_at; }
  void write();

 private:
  static constexpr std::size_t nowhere = static_cast<std::size_t>(-1);

  /// A node of the tree, in the register or about to be.
  struct Node {
    Uuid id;
    std::size_t parent = nowhere;  ///< of new nodes: index; of known ones not needed
    std::optional<Uuid> parent_id;
    int version = 1;
    std::string code, division_code;
    std::optional<geo::LonLat> point;
    std::optional<Uuid> place_id, building_id;
    bool is_new = false;      ///< made in this batch
    bool has_row = false;     ///< new, and a row of the list speaks of it
    bool is_changed = false;  ///< known, changed in this batch
    Uuid change_id;
    std::uint64_t source_row = 0;
    change::AddressNode name;
    std::string display;
  };
  struct Update {
    std::size_t node;
    std::string code, division_code;
    std::optional<geo::LonLat> point;
  };

  void load_level(const std::vector<const change::AddressRow*>& rows, std::size_t depth, std::vector<std::size_t>& at);
  void load_places(const std::vector<const change::AddressRow*>& rows);
  void load_codes(const std::vector<const change::AddressRow*>& rows);
  std::string key(const change::AddressRow& row, std::size_t depth, std::size_t parent) const;
  /// The row's own node, or nowhere; `last` becomes the deepest node of its path that is there, `depth` the next level.
  std::size_t find(const change::AddressRow& row, std::size_t& last, std::size_t& depth) const;
  std::size_t make(const change::AddressRow& row, std::uint64_t source_row);
  /// False if the row speaks of what an earlier row of the batch changed: that must be written first.
  bool decide(const PendingAddress& pending);
  void apply_new(const PendingAddress& pending, std::size_t node, const change::Decision& decision);
  void apply_change(const PendingAddress& pending, std::size_t node, const change::Decision& decision);
  void write_new();
  void write_changed();
  std::optional<Uuid> place_of(const change::AddressRow& row) const;

  store::Transaction& m_transaction;
  int m_county_code;
  store::Timestamp m_at;
  std::string m_source;
  ChangeBatch m_changes;
  std::vector<Node> m_nodes;
  std::unordered_map<std::string, std::size_t> m_index;
  std::unordered_map<std::string, Uuid> m_code_owner;
  std::unordered_set<std::string> m_used_ids;
  struct NamedPlace {
    Uuid id;
    std::string division_code;
  };
  std::unordered_multimap<std::string, NamedPlace> m_places;
  std::vector<Update> m_updates;
  std::vector<std::pair<std::string, std::size_t>> m_new_codes;
};

}  // namespace menpai::app
