// SPDX-License-Identifier: Apache-2.0
// The result of a cleaning job as a file: its chunks in order, with what people decided put in place of the answers.
#include <algorithm>
#include <fstream>
#include <unordered_map>

#include "app/cleaned_cells.hpp"
#include "app/cleaning.hpp"
#include "app/cleaning_chunk.hpp"
#include "app/cleaning_record.hpp"
#include "app/door.hpp"
#include "app/parts.hpp"
#include "base/error.hpp"
#include "intake/table.hpp"
#include "store/queries.hpp"

namespace menpai::app {
namespace {

namespace query = store::query::cleaning;

struct Settled {
  RowChoice choice = RowChoice::open;
  std::size_t candidate = 0;
  std::string by;
};

/// What a person decided takes the place of what the engine answered. The candidates stay, for the record.
void settle(Answer& answer, const Settled& settled) {
  switch (settled.choice) {
    case RowChoice::open:
      return;
    case RowChoice::accepted:
      answer.grade = Grade::a;
      return;
    case RowChoice::unknown: {
      std::vector<Candidate> candidates = std::move(answer.candidates);
      answer.clear();
      answer.candidates = std::move(candidates);
      return;
    }
    case RowChoice::candidate: {
      if (settled.candidate >= answer.candidates.size()) return;
      const Candidate& chosen = answer.candidates[settled.candidate];
      answer.grade = Grade::a;
      answer.score = 1;
      answer.level = chosen.level;
      answer.address = chosen.address;
      answer.code = chosen.code;
      answer.id = chosen.id;
      answer.division_code = chosen.division_code;
      answer.point = chosen.point;
      answer.reasons = chosen.reasons;
      // The parts of the text's own reading need not be those of the chosen address.
      for (std::string& part : answer.part) part.clear();
      return;
    }
  }
}

/// Writes the rows of one chunk.
class ResultRows {
 public:
  ResultRows(Application::Parts& parts, const CleaningJob& job) : m_parts(parts), m_job(job) {
    // A result that is cleaned once more has the answers of before: they make room.
    const std::vector<std::string> added = added_columns();
    for (std::size_t i = 0; i < m_job.columns.size(); ++i) {
      const std::string& name = m_job.columns[i];
      if (name == m_job.column || std::find(added.begin(), added.end(), name) == added.end()) m_kept.push_back(i);
    }
  }

  std::vector<std::string> columns() const {
    std::vector<std::string> names;
    for (const std::size_t i : m_kept) names.push_back(m_job.columns[i]);
    const std::vector<std::string> added = added_columns();
    names.insert(names.end(), added.begin(), added.end());
    return names;
  }

  /// The next chunk into `writer`; false at the end.
  bool write_next(intake::TableWriter& writer) {
    const store::Result result =
        m_parts.store->run(query::next_chunk, m_job.id.value, static_cast<std::int64_t>(m_next_row));
    if (result.empty()) return false;
    const auto first = static_cast<std::uint64_t>(result[0].get<std::int64_t>(0));
    const auto count = static_cast<std::uint64_t>(result[0].get<std::int32_t>(1));
    const std::string lines = open_chunk(*m_parts.keys, m_job.id, first, result[0].get<store::Bytes>(2).value);
    const auto settled = load_settled(first, first + count - 1);
    std::uint64_t number = first;
    for (const std::string_view line : split_lines(lines)) {
      KeptRow row = parse_kept_row(line);
      const auto found = settled.find(number++);
      write_row(writer, row, found == settled.end() ? Settled{} : found->second);
    }
    m_next_row = first + count;
    return true;
  }

 private:
  static std::vector<std::string> added_columns() {
    std::vector<std::string> names = cleaned_columns();
    names.insert(names.end(), {"mp_decision", "mp_decided_by"});
    return names;
  }

  std::unordered_map<std::uint64_t, Settled> load_settled(std::uint64_t first, std::uint64_t last) {
    std::unordered_map<std::uint64_t, Settled> settled;
    const store::Result rows = m_parts.store->run(query::rows_between, m_job.id.value, static_cast<std::int64_t>(first),
                                                  static_cast<std::int64_t>(last));
    for (const store::Row row : rows) {
      settled[static_cast<std::uint64_t>(row.get<std::int64_t>(0))] = {
          parse_row_choice(row.get<std::string>(1)).value_or(RowChoice::open),
          static_cast<std::size_t>(row.get<std::int32_t>(2)), row.get<std::string>(3)};
    }
    return settled;
  }

  void write_row(intake::TableWriter& writer, KeptRow& row, const Settled& settled) {
    settle(row.answer, settled);
    m_cells.clear();
    m_kinds.clear();
    row.cells.resize(std::max(row.cells.size(), m_job.columns.size()));
    for (const std::size_t i : m_kept) {
      m_cells.emplace_back(row.cells[i]);
      m_kinds.push_back(intake::CellKind::text);
    }
    m_cleaned.append(row.answer, m_cells, m_kinds);
    m_cells.emplace_back(settled.choice == RowChoice::open ? std::string_view() : row_choice_name(settled.choice));
    m_cells.emplace_back(settled.by);
    m_kinds.insert(m_kinds.end(), 2, intake::CellKind::text);
    for (std::size_t i = m_job.columns.size(); i < row.cells.size(); ++i) {
      m_cells.emplace_back(row.cells[i]);
      m_kinds.push_back(intake::CellKind::text);
    }
    writer.write(m_cells, m_kinds);
  }

  Application::Parts& m_parts;
  CleaningJob m_job;
  std::vector<std::size_t> m_kept;  ///< indexes of the list's own columns that stay
  std::uint64_t m_next_row = 1;
  CleanedCells m_cleaned;
  std::vector<std::string_view> m_cells;
  std::vector<intake::CellKind> m_kinds;
};

std::string result_name(const CleaningJob& job, std::string_view ending) {
  std::string stem = job.file_name;
  for (const std::string_view known : {".gz", ".csv", ".tsv", ".txt", ".xlsx", ".ndjson", ".jsonl", ".json"}) {
    if (stem.size() > known.size() && stem.ends_with(known)) stem.resize(stem.size() - known.size());
  }
  return stem + "-cleaned." + std::string(ending);
}

/// CSV is made while it is sent.
class CsvDownload final : public Download {
 public:
  CsvDownload(Application::Parts& parts, const CleaningJob& job)
      : m_name(result_name(job, "csv")),
        m_rows(parts, job),
        m_writer(intake::TableWriter::create(intake::bytes_into(m_bytes), intake::TableFormat::csv, false,
                                             m_rows.columns(), {.bom = true, .inert_formulas = true})) {}
  std::string file_name() const override { return m_name; }
  std::string content_type() const override { return "text/csv; charset=utf-8"; }
  bool read(std::string& bytes) override {
    m_bytes.clear();
    while (m_bytes.empty() && !m_is_ended) {
      if (!m_rows.write_next(*m_writer)) {
        m_writer->finish();
        m_is_ended = true;
      }
    }
    bytes.swap(m_bytes);
    return !bytes.empty();
  }

 private:
  std::string m_name;
  std::string m_bytes;
  ResultRows m_rows;
  std::unique_ptr<intake::TableWriter> m_writer;
  bool m_is_ended = false;
};

/// A workbook must be whole before it can be sent: it is made in a folder that goes with the download.
class XlsxDownload final : public Download {
 public:
  XlsxDownload(Application::Parts& parts, const CleaningJob& job)
      : m_name(result_name(job, "xlsx")),
        m_folder(parts.settings.data_dir / "tmp" / Uuid::make().text()),
        m_buffer(256 * 1024, '\0') {
    std::filesystem::create_directories(m_folder.path);
    std::filesystem::permissions(m_folder.path, std::filesystem::perms::owner_all);
    const std::filesystem::path file = m_folder.path / "result.xlsx";
    ResultRows rows(parts, job);
    const auto writer = intake::TableWriter::create(file, intake::TableFormat::xlsx, rows.columns());
    while (rows.write_next(*writer)) {
    }
    writer->finish();
    m_in.open(file, std::ios::binary);
    // Open, it can be read; without a name, nobody else can and nothing is left behind.
    std::filesystem::remove(file);
  }
  std::string file_name() const override { return m_name; }
  std::string content_type() const override {
    return "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
  }
  bool read(std::string& bytes) override {
    m_in.read(m_buffer.data(), static_cast<std::streamsize>(m_buffer.size()));
    bytes.assign(m_buffer, 0, static_cast<std::size_t>(m_in.gcount()));
    return !bytes.empty();
  }

 private:
  struct Folder {
    std::filesystem::path path;
    explicit Folder(std::filesystem::path folder) : path(std::move(folder)) {}
    ~Folder() {
      std::error_code ignored;
      std::filesystem::remove_all(path, ignored);
    }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
  };

  std::string m_name;
  Folder m_folder;
  std::ifstream m_in;
  std::string m_buffer;
};

}  // namespace

std::unique_ptr<Download> download_cleaning(Application& app, const Caller& caller, const CleaningJobId& id,
                                            std::string_view format) {
  require(app, caller, Action::clean_list, "cleaning_job", id.text());
  Application::Parts& parts = app.parts();
  const CleaningJob job = get_job_record(*parts.store, id).job;
  if (job.state != JobState::finished) {
    throw Error(ErrorCode::conflict, "The list is not cleaned yet (" + std::string(job_state_name(job.state)) +
                                         "). Wait until it is finished.");
  }
  if (format == "csv") return std::make_unique<CsvDownload>(parts, job);
  if (format == "xlsx") return std::make_unique<XlsxDownload>(parts, job);
  throw Error(ErrorCode::bad_request, "The result comes as csv or xlsx.");
}

}  // namespace menpai::app
