// SPDX-License-Identifier: Apache-2.0
#include "app/plate/plate_survey.hpp"

#include <algorithm>
#include <set>

#include "app/change/change_sets.hpp"
#include "app/door.hpp"
#include "app/parts.hpp"
#include "app/plate/plate_rows.hpp"
#include "app/search.hpp"
#include "base/error.hpp"
#include "base/json_text.hpp"
#include "intake/table.hpp"
#include "share/plate_text.hpp"
#include "store/queries.hpp"
#include "store/time.hpp"

namespace menpai::app {
namespace {

namespace query = store::query::plate_survey;

constexpr std::size_t rows_max = 100'000;
constexpr std::size_t chunk = 5000;
constexpr std::size_t problems_max = 200;
constexpr std::size_t text_max = 500;

/// An address of the register.
struct Found {
  std::int32_t county = 0;
  Uuid id;
};

/// By id, by code, or by text; a reason where it is none of them.
std::optional<Found> find(Application& app, const Caller& caller, const std::string& text, std::string& reason) {
  store::Store& store = *app.parts().store;
  if (const auto id = Uuid::parse(text)) {
    const store::Result where = store.run(store::query::search::locate, *id);
    if (!where.empty() && where[0].get<std::string>(1) == "address") return Found{where[0].get<std::int32_t>(0), *id};
    reason = "no_address";
    return std::nullopt;
  }
  if (share::is_plate_code(text)) {
    const store::Result where = store.run(store::query::plate::locate_code, text);
    if (!where.empty()) {
      const auto [county, kind, id] = where[0].as<std::int32_t, std::string, Uuid>();
      if (kind == "address" || kind == "room") return Found{county, id};
    }
  }
  const Answer answer = find_address(app, caller, text, {});
  const auto id = Uuid::parse(answer.id);
  if (!id || (answer.grade != Grade::a && answer.grade != Grade::b)) {
    reason = answer.candidates.size() > 1 ? "several_addresses" : "no_address";
    return std::nullopt;
  }
  const store::Result where = store.run(store::query::search::locate, *id);
  if (where.empty() || where[0].get<std::string>(1) != "address") {
    reason = "no_address";
    return std::nullopt;
  }
  return Found{where[0].get<std::int32_t>(0), *id};
}

/// Rows of one county on their way into the database.
struct Pending {
  std::vector<Uuid> ids, addresses;
  std::vector<std::string> findings, notes, days, names;
};

class Recorder {
 public:
  Recorder(Application& app, const Caller& caller, const std::string& source)
      : m_app(app), m_caller(caller), m_source(source), m_today(store::iso_text(store::today())) {}

  void take(const PlateSurveyRow& row) {
    ++m_report.rows;
    const auto finding = row.finding.empty() ? PlateFinding::none : parse_plate_finding(row.finding);
    if (!finding) return refuse(row, "unknown_finding");
    const std::string day = row.surveyed_on.empty() ? m_today : row.surveyed_on;
    if (!store::parse_date(day) || day > m_today) return refuse(row, "wrong_day");
    std::string reason;
    const auto found = find(m_app, m_caller, row.address, reason);
    if (!found) {
      ++m_report.held;
      return note(row, reason);
    }
    ++m_report.by_finding[std::string(plate_finding_name(*finding))];
    Pending& pending = m_pending[found->county];
    pending.ids.push_back(Uuid::make());
    pending.addresses.push_back(found->id);
    pending.findings.emplace_back(plate_finding_name(*finding));
    pending.notes.push_back(row.note.substr(0, text_max));
    pending.days.push_back(day);
    pending.names.push_back(row.surveyed_by.substr(0, text_max));
    if (pending.ids.size() == chunk) flush(found->county, pending);
  }

  PlateSurveyReport finish() {
    for (auto& [county, pending] : m_pending) flush(county, pending);
    return std::move(m_report);
  }

 private:
  void refuse(const PlateSurveyRow& row, const std::string& reason) {
    ++m_report.refused;
    note(row, reason);
  }
  void note(const PlateSurveyRow& row, const std::string& reason) {
    if (m_report.problems.size() < problems_max) m_report.problems.push_back({m_report.rows, reason, row.address});
  }

  void flush(std::int32_t county, Pending& pending) {
    if (pending.ids.empty()) return;
    const store::Result added =
        m_app.parts().store->run(query::add, county, pending.ids, pending.addresses, pending.findings, pending.notes,
                                 m_source, store::now(), m_caller.name, pending.days, pending.names);
    m_report.added += static_cast<std::uint64_t>(added.size());
    m_report.same += pending.ids.size() - static_cast<std::size_t>(added.size());
    std::set<Uuid> fresh;
    for (const store::Row row : added) fresh.insert(row.get<Uuid>(0));
    report_plates(county, pending, fresh);
    pending = {};
  }

  /// Plates that the register knows to hang, and the survey found otherwise, are reported by change sets, one a
  /// finding.
  void report_plates(std::int32_t county, const Pending& pending, const std::set<Uuid>& fresh) {
    std::map<std::pair<std::string, std::string>, std::vector<Uuid>> addresses;  // finding and day →
    for (std::size_t i = 0; i < pending.ids.size(); ++i) {
      if (pending.findings[i] == "none" || pending.findings[i] == "omitted") continue;
      if (fresh.contains(pending.addresses[i])) {
        addresses[{pending.findings[i], pending.days[i]}].push_back(pending.addresses[i]);
      }
    }
    for (const auto& [what, ids] : addresses) {
      std::vector<std::string> plates;
      const store::Result rows = m_app.parts().store->run(query::hanging, county, ids);
      for (const store::Row row : rows) plates.push_back(row.get<Uuid>(1).text());
      if (plates.empty()) continue;
      ChangeDraft draft;
      draft.kind = "plate.step";
      draft.request = JsonObject().add("step", "report").add("finding", what.first).add("plate_ids", plates).text();
      draft.reason = "survey: " + m_source;
      draft.source = m_source;
      draft.effective_on = what.second;
      const ChangeSet set = make_change_set(m_app, m_caller, draft);
      (void)step_change_set(m_app, m_caller, set.id, ChangeState::submitted, "", set.version);
      m_report.reported += plates.size();
    }
  }

  Application& m_app;
  const Caller& m_caller;
  const std::string& m_source;
  std::string m_today;
  PlateSurveyReport m_report;
  std::map<std::int32_t, Pending> m_pending;
};

void check_source(const std::string& source) {
  if (source.empty() || source.size() > text_max) {
    throw Error(ErrorCode::bad_request, "Say which list this is (source), in at most 500 bytes.");
  }
}

/// The column of a role: as the caller says, else by its usual headings; nothing if there is none.
std::optional<std::size_t> column_of(const std::vector<std::string>& columns,
                                     const std::map<std::string, std::string>& given, const std::string& role,
                                     std::initializer_list<std::string_view> usual) {
  if (const auto at = given.find(role); at != given.end()) return intake::find_column(columns, at->second);
  for (const std::string_view name : usual) {
    const auto found = std::find(columns.begin(), columns.end(), name);
    if (found != columns.end()) return static_cast<std::size_t>(found - columns.begin());
  }
  return std::nullopt;
}

}  // namespace

PlateSurveyReport record_plate_survey(Application& app, const Caller& caller, const std::vector<PlateSurveyRow>& rows,
                                      const std::string& source) {
  require(app, caller, Action::survey_plate, "plate_survey");
  check_source(source);
  if (rows.size() > rows_max) throw Error(ErrorCode::too_large, "A survey has at most 100,000 rows at once.");
  Recorder recorder(app, caller, source);
  for (const PlateSurveyRow& row : rows) recorder.take(row);
  return recorder.finish();
}

PlateSurveyReport import_plate_survey(Application& app, const Caller& caller, const TableFileInput& table,
                                      const std::map<std::string, std::string>& columns, const std::string& source) {
  require(app, caller, Action::survey_plate, "plate_survey");
  check_source(source);
  intake::TableOptions options;
  options.format = intake::parse_table_format(table.format);
  options.charset = intake::parse_charset(table.charset).value_or(intake::Charset::detect);
  options.sheet = table.sheet;
  const auto reader = intake::TableReader::open(table.file, options);
  const std::vector<std::string>& names = reader->columns();
  const auto address = column_of(names, columns, "address", {"地址", "标准地址", "地址代码", "address", "code", "id"});
  const auto finding = column_of(names, columns, "finding", {"问题", "排查结果", "结果", "finding"});
  const auto note = column_of(names, columns, "note", {"备注", "说明", "note"});
  const auto day = column_of(names, columns, "date", {"排查日期", "日期", "date", "surveyed_on"});
  const auto by = column_of(names, columns, "by", {"排查单位", "排查人", "by", "surveyed_by"});
  if (!address || !finding) {
    throw Error(ErrorCode::bad_request,
                "The table needs a column of addresses (地址) and one of findings (问题); name them with --map "
                "address=…,finding=….");
  }
  Recorder recorder(app, caller, source);
  std::vector<std::string> cells;
  const auto cell = [&](const std::optional<std::size_t>& column) {
    return column && *column < cells.size() ? cells[*column] : std::string();
  };
  while (reader->next(cells)) {
    if (reader->position().row > rows_max) {
      throw Error(ErrorCode::too_large, "A survey has at most 100,000 rows a file; the first 100,000 may be recorded.");
    }
    recorder.take({cell(address), cell(finding), cell(note), cell(day), cell(by)});
  }
  return recorder.finish();
}

}  // namespace menpai::app
