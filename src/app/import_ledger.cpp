// SPDX-License-Identifier: Apache-2.0
// The book of one imported file.
#include "app/import_ledger.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <memory>
#include <simdjson.h>

#include "access/crypto.hpp"
#include "app/answer_json.hpp"
#include "base/error.hpp"
#include "store/queries.hpp"

namespace menpai::app {
namespace {

namespace query = store::query::import;

std::string file_digest(const std::filesystem::path& file) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> stream(std::fopen(file.c_str(), "rb"), &std::fclose);
  if (!stream) throw_errno("read " + file.string());
  access::Digester digester;
  std::string block(std::size_t{1} << 20, '\0');
  while (const std::size_t got = std::fread(block.data(), 1, block.size(), stream.get())) {
    digester.add(std::string_view(block).substr(0, got));
  }
  if (std::ferror(stream.get()) != 0) throw_errno("read " + file.string());
  return digester.finish();
}

void append_counts(std::string& out, std::string_view name, const std::map<std::string, std::uint64_t>& counts) {
  append_json_string(out, name);
  out += ":{";
  const char* comma = "";
  for (const auto& [reason, rows] : counts) {
    out += comma;
    append_json_string(out, reason);
    out += ':' + std::to_string(rows);
    comma = ",";
  }
  out += '}';
}

std::string report_json(const ImportReport& report) {
  std::string out = "{\"rows\":" + std::to_string(report.rows);
  for (std::size_t i = 0; i < report.outcome.size(); ++i) {
    out += ',';
    append_json_string(out, row_outcome_name(static_cast<RowOutcome>(i)));
    out += ':' + std::to_string(report.outcome[i]);
  }
  out += ',';
  append_counts(out, "held_reason", report.held_reason);
  out += ',';
  append_counts(out, "refused_reason", report.refused_reason);
  return out + '}';
}

void read_counts(simdjson::dom::element root, std::string_view name, std::map<std::string, std::uint64_t>& counts) {
  simdjson::dom::object object;
  if (root[name].get(object) != simdjson::SUCCESS) return;
  for (const auto [reason, value] : object) {
    std::uint64_t rows = 0;
    if (value.get(rows) == simdjson::SUCCESS) counts[std::string(reason)] = rows;
  }
}

ImportReport parse_report(const std::string& json) {
  ImportReport report;
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  if (parser.parse(json).get(root) != simdjson::SUCCESS)
    throw Error(ErrorCode::damaged, "An import's counts are damaged.");
  const auto number = [&](std::string_view name) {
    std::uint64_t value = 0;
    return root[name].get(value) == simdjson::SUCCESS ? value : 0;
  };
  report.rows = number("rows");
  for (std::size_t i = 0; i < report.outcome.size(); ++i) {
    report.outcome[i] = number(row_outcome_name(static_cast<RowOutcome>(i)));
  }
  read_counts(root, "held_reason", report.held_reason);
  read_counts(root, "refused_reason", report.refused_reason);
  return report;
}

/// jsonb gives objects back in its own order and spacing: both sides are compared in it.
bool same_json(const std::string& a, const std::string& b) {
  simdjson::dom::parser first;
  simdjson::dom::parser second;
  simdjson::dom::object left;
  simdjson::dom::object right;
  if (first.parse(a).get(left) != simdjson::SUCCESS || second.parse(b).get(right) != simdjson::SUCCESS) return false;
  if (left.size() != right.size()) return false;
  for (const auto [key, value] : left) {
    std::string_view mine;
    std::string_view theirs;
    if (value.get(mine) != simdjson::SUCCESS || right[key].get(theirs) != simdjson::SUCCESS || mine != theirs)
      return false;
  }
  return true;
}

RowOutcome parse_outcome(std::string_view name) {
  for (const RowOutcome outcome : {RowOutcome::created, RowOutcome::changed, RowOutcome::same, RowOutcome::held}) {
    if (row_outcome_name(outcome) == name) return outcome;
  }
  return RowOutcome::refused;
}

}  // namespace

std::string row_digest(std::initializer_list<std::string_view> parts) {
  access::Digester digester;
  for (const std::string_view part : parts) {
    digester.add(std::to_string(part.size()) + ":");
    digester.add(part);
  }
  return digester.finish();
}

ImportLedger::ImportLedger(const ImportContext& context, const std::filesystem::path& file, std::string_view kind,
                           const std::string& options_json, const std::string& source)
    : m_context(context),
      m_digest(file_digest(file)),
      m_kind(kind),
      m_source(source.empty() ? file.filename().string() : source) {
  const store::Bytes digest{m_digest};
  context.store.run(query::add_file, digest, m_kind, Uuid::make(), file.filename().string(), m_source,
                    store::Json{options_json}, context.caller.name, store::now());
  const store::Result found = context.store.run(query::find_file, digest, m_kind);
  const auto [id, finished, next_row, counts, options] =
      found.only().as<Uuid, bool, std::uint64_t, std::string, std::string>();
  m_again = finished;
  if (finished) return;
  m_next_row = next_row;
  if (next_row == 0) return;
  if (same_json(options, options_json)) {
    m_settled_rows = next_row;
    m_report = parse_report(counts);
    return;
  }
  context.store.run(query::restart_file, digest, m_kind, store::Json{options_json});
  m_next_row = 0;
}

void ImportLedger::find_known(store::Transaction& transaction, std::vector<SettledRow>& rows) const {
  std::vector<store::BytesView> digests;
  digests.reserve(rows.size());
  for (const SettledRow& row : rows) digests.push_back({row.digest});
  const store::Result found = transaction.run(query::find_rows, store::BytesView{m_digest}, m_kind, digests);
  std::unordered_map<std::string_view, store::Row> known;
  for (const store::Row row : found) known.emplace(row.get<store::BytesView>(0).value, row);
  for (SettledRow& row : rows) {
    const auto at = known.find(row.digest);
    if (at == known.end()) continue;
    row.was_known = true;
    const RowOutcome before = parse_outcome(at->second.get<std::string_view>(1));
    const bool waits = before == RowOutcome::held || before == RowOutcome::refused;
    row.outcome = waits ? before : RowOutcome::same;
    if (waits) row.reason = at->second.get<std::string>(2);
  }
}

void ImportLedger::settle(store::Transaction& transaction, const std::vector<SettledRow>& rows) {
  std::vector<const SettledRow*> fresh;
  std::unordered_set<std::string_view> seen;
  for (const SettledRow& row : rows) {
    if (!row.was_known && seen.insert(row.digest).second) fresh.push_back(&row);
  }
  if (!fresh.empty()) write_rows(transaction, fresh);
  if (m_again) return;
  ImportReport report = m_report;
  count(report, rows);
  const store::Result updated = transaction.run(query::advance_file, store::BytesView{m_digest}, m_kind, m_next_row,
                                                rows.back().number, store::Json{report_json(report)});
  if (updated.affected() == 1) return;
  throw Error(ErrorCode::conflict, "Another process is importing this file. Wait until it has finished.");
}

void ImportLedger::write_rows(store::Transaction& transaction, const std::vector<const SettledRow*>& rows) {
  const store::BytesView digest{m_digest};
  store::CopyIn copy(transaction.connection(), query::copy_rows);
  for (const SettledRow* row : rows) {
    copy.row(digest, m_kind, store::BytesView{row->digest}, row->number, row_outcome_name(row->outcome), row->reason,
             row->county_code, row->object_id, row->change_id);
  }
  copy.finish();
  store::CopyIn held(transaction.connection(), query::copy_held_rows);
  const store::Timestamp now = store::now();
  for (const SettledRow* row : rows) {
    if (row->outcome != RowOutcome::held) continue;
    const Uuid id = Uuid::make();
    const std::string name = id.text();
    const std::string sealed = m_context.keys.seal({"held_row", "sealed_row", name, 0}, row->content);
    held.row(digest, m_kind, store::BytesView{row->digest}, id, row->number, row->reason, store::BytesView{sealed},
             now);
  }
  held.finish();
}

void ImportLedger::count(ImportReport& report, const std::vector<SettledRow>& rows) {
  for (const SettledRow& row : rows) {
    ++report.rows;
    ++report.outcome[static_cast<std::size_t>(row.outcome)];
    if (row.outcome == RowOutcome::held) ++report.held_reason[row.reason];
    if (row.outcome == RowOutcome::refused) ++report.refused_reason[row.reason];
  }
}

void ImportLedger::committed(const std::vector<SettledRow>& rows) {
  count(m_report, rows);
  m_next_row = rows.back().number;
  const bool wrote = std::any_of(rows.begin(), rows.end(), [](const SettledRow& row) { return !row.was_known; });
  if (!wrote || ++m_chunks < m_refresh_at) return;
  m_refresh_at *= 4;
  m_context.store.run(query::refresh_statistics);
}

void ImportLedger::finish() {
  if (m_again) return;
  m_context.store.run(query::finish_file, store::BytesView{m_digest}, m_kind, store::now());
}

}  // namespace menpai::app
