// SPDX-License-Identifier: Apache-2.0
// The book of one imported file: which of its rows are settled, how, and where a killed import goes on.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "access/key_ring.hpp"
#include "address/division/division_index.hpp"
#include "app/registering.hpp"
#include "store/store.hpp"

namespace menpai::app {

/// What every import works with; all must outlive it.
struct ImportContext {
  store::Store& store;
  access::KeyRing& keys;
  const address::DivisionIndex& divisions;
  Caller caller;
};

/// Rows that are settled in one transaction.
inline constexpr std::size_t import_chunk_rows = 2000;

/// The imports without the door: for import_addresses and the tests.
ImportReport run_address_import(const ImportContext& context, const std::filesystem::path& file,
                                const ImportOptions& options);
ImportReport run_place_import(const ImportContext& context, const std::filesystem::path& file,
                              const ImportOptions& options);
ImportReport run_building_import(const ImportContext& context, const std::filesystem::path& file,
                                 const ImportOptions& options);

/// What became of a row.
struct SettledRow {
  std::uint64_t number = 0;  ///< 1 is the first row under the header
  std::string digest;        ///< of what the row says, 32 bytes
  RowOutcome outcome = RowOutcome::refused;
  std::string reason;  ///< of held and refused rows
  std::optional<int> county_code;
  std::optional<Uuid> object_id;
  std::optional<Uuid> change_id;
  std::string content;     ///< of a held row, to be sealed
  bool was_known = false;  ///< settled by an earlier import of the same file: nothing is written

  /// Forgets what became of it, not what it says.
  void reset() {
    outcome = RowOutcome::refused;
    reason.clear();
    county_code.reset();
    object_id.reset();
    change_id.reset();
    was_known = false;
  }
};

/// SHA-256 over the parts, each with its length.
std::string row_digest(std::initializer_list<std::string_view> parts);

class ImportLedger {
 public:
  /// Opens the book of `file`. `options_json` is compared with the interrupted run's: if they differ, it begins anew
  /// (rows that say the same are found again by their digest).
  ImportLedger(const ImportContext& context, const std::filesystem::path& file, std::string_view kind,
               const std::string& options_json, const std::string& source);

  /// Rows up to this number were settled by a run that was interrupted: they are counted and need not be looked at.
  std::uint64_t settled_rows() const { return m_settled_rows; }
  const ImportReport& report() const { return m_report; }
  const std::string& source() const { return m_source; }

  /// Marks the rows that an earlier import of this file has settled: applied ones are `same`, the others as they were.
  void find_known(store::Transaction& transaction, std::vector<SettledRow>& rows) const;
  /// Writes what became of the rows, in the transaction that wrote their changes. Throws conflict if another process is
  /// importing the same file.
  void settle(store::Transaction& transaction, const std::vector<SettledRow>& rows);
  /// Counts them: after the commit. Refreshes the planner's statistics while the tables are young.
  void committed(const std::vector<SettledRow>& rows);
  void finish();

 private:
  void write_rows(store::Transaction& transaction, const std::vector<const SettledRow*>& rows);
  static void count(ImportReport& report, const std::vector<SettledRow>& rows);

  const ImportContext& m_context;
  std::string m_digest;
  std::string m_kind;
  std::string m_source;
  bool m_again = false;  ///< the file was finished before
  std::uint64_t m_settled_rows = 0;
  std::uint64_t m_next_row = 0;
  std::uint64_t m_chunks = 0;      ///< that wrote something
  std::uint64_t m_refresh_at = 1;  ///< chunks after which statistics are refreshed: 1, 4, 16, 64 …
  ImportReport m_report;
};

}  // namespace menpai::app
