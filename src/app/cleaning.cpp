// SPDX-License-Identifier: Apache-2.0
#include "app/cleaning.hpp"

#include "app/alias_learning.hpp"
#include "app/cleaning_chunk.hpp"
#include "app/cleaning_record.hpp"
#include "app/door.hpp"
#include "app/parts.hpp"
#include "app/sealed_source.hpp"
#include "base/error.hpp"
#include "intake/table.hpp"
#include "store/queries.hpp"

namespace menpai::app {
namespace {

namespace query = store::query::cleaning;

constexpr int jobs_listed_max = 500;
constexpr int page_rows_max = 500;
constexpr std::size_t preview_rows = 10;
constexpr std::size_t file_name_bytes_max = 255;

CleaningJob get_job(Application::Parts& parts, const CleaningJobId& id) {
  return get_job_record(*parts.store, id).job;
}

/// The last part of the name, without control characters: it is shown and offered as a download name.
std::string plain_file_name(std::string_view name) {
  const std::size_t slash = name.find_last_of("/\\");
  if (slash != std::string_view::npos) name.remove_prefix(slash + 1);
  std::string out;
  for (const char c : name) {
    if (static_cast<unsigned char>(c) >= 0x20 && c != 0x7f) out += c;
  }
  if (out.empty()) throw Error(ErrorCode::bad_request, "The upload has no file name. Give it as ?name=list.csv.");
  if (out.size() > file_name_bytes_max) throw Error(ErrorCode::bad_request, "The file name is too long. Shorten it.");
  return out;
}

/// Every column can be named: of two with one name the second is "name_2", one without a name "column_3".
std::vector<std::string> told_apart(const std::vector<std::string>& columns) {
  return intake::RowNames(columns).names;
}

class UploadToSealedFile final : public Upload {
 public:
  UploadToSealedFile(Application& app, const Caller& caller, std::string_view file_name)
      : m_app(app),
        m_caller(caller),
        m_name(plain_file_name(file_name)),
        m_writer(app.parts().files->create("cleaning_input")) {}

  void write(std::string_view bytes) override {
    if (m_writer->plain_bytes() + bytes.size() > m_app.settings().upload_bytes_max) {
      throw Error(ErrorCode::too_large, "The file is larger than this installation takes (" +
                                            std::to_string(m_app.settings().upload_bytes_max >> 20) +
                                            " MB, setting http.upload_bytes_max). Split it.");
    }
    m_writer->write(bytes);
  }

  CleaningJob finish() override {
    if (m_writer->plain_bytes() == 0) {
      throw Error(ErrorCode::bad_request, "The file \"" + m_name + "\" is empty. Choose the file with the addresses.");
    }
    Application::Parts& parts = m_app.parts();
    const CleaningJobId id = CleaningJobId::make();
    store::SealedFile file;
    {
      // The row comes first without columns, so that the file never stands without a job; what is no table goes at
      // once.
      store::Lease lease = parts.store->take();
      store::Transaction transaction(*lease);
      file = m_writer->finish(transaction);
      const auto account = m_caller.account.is_nil() ? std::nullopt : std::optional(m_caller.account);
      transaction.run(query::insert_job, id.value, m_name, store::BytesView{file.digest},
                      static_cast<std::int64_t>(file.plain_bytes), m_caller.name, account, store::now(),
                      std::vector<std::string>{});
      transaction.commit();
    }
    try {
      const auto reader = intake::TableReader::open(open_sealed(*parts.files, file.digest), m_name);
      parts.store->run(query::set_columns, id.value, told_apart(reader->columns()));
    } catch (...) {
      delete_cleaning(m_app, m_caller, id);
      throw;
    }
    return get_job(parts, id);
  }

 private:
  Application& m_app;
  Caller m_caller;
  std::string m_name;
  std::unique_ptr<store::SealedFileWriter> m_writer;
};

RowDecision decision_of(const store::Row& row) {
  RowDecision decision;
  decision.choice = parse_row_choice(row.get<std::string>(1)).value_or(RowChoice::open);
  decision.candidate = row.get<std::int32_t>(2);
  decision.by = row.get<std::string>(3);
  if (const auto at = row.get<std::optional<store::Timestamp>>(4)) decision.at = store::iso_text(*at);
  decision.version = row.get<std::int32_t>(5);
  return decision;
}

std::size_t column_index(const CleaningJob& job) {
  for (std::size_t i = 0; i < job.columns.size(); ++i) {
    if (job.columns[i] == job.column) return i;
  }
  throw Error(ErrorCode::conflict, "The job has not been started: its address column is not chosen.");
}

CleaningRow make_row(std::uint64_t number, KeptRow kept, std::size_t column) {
  CleaningRow row;
  row.row = number;
  if (column < kept.cells.size()) row.text = std::move(kept.cells[column]);
  row.answer = std::move(kept.answer);
  return row;
}

/// Rows that were singled out: held ones, and those that somebody settled.
RowPage page_of_single_rows(Application::Parts& parts, const CleaningJob& job, std::string_view filter,
                            std::uint64_t after, int limit) {
  const std::size_t column = column_index(job);
  RowPage page;
  const store::Result result = parts.store->run(query::list_rows, job.id.value, static_cast<std::int64_t>(after),
                                                filter, std::int32_t{limit + 1});
  for (const store::Row row : result) {
    if (static_cast<int>(page.rows.size()) == limit) {
      page.next = page.rows.back().row;
      break;
    }
    const auto number = static_cast<std::uint64_t>(row.get<std::int64_t>(0));
    page.rows.push_back(
        make_row(number, open_row(*parts.keys, job.id, number, row.get<store::Bytes>(6).value), column));
    page.rows.back().decision = decision_of(row);
  }
  return page;
}

RowPage page_of_all_rows(Application::Parts& parts, const CleaningJob& job, std::uint64_t after, int limit) {
  const std::size_t column = column_index(job);
  RowPage page;
  std::uint64_t number = after + 1;
  while (static_cast<int>(page.rows.size()) < limit && number <= job.rows_done) {
    const store::Result result = parts.store->run(query::chunk_with, job.id.value, static_cast<std::int64_t>(number));
    if (result.empty()) break;
    const auto first = static_cast<std::uint64_t>(result[0].get<std::int64_t>(0));
    const std::string lines = open_chunk(*parts.keys, job.id, first, result[0].get<store::Bytes>(2).value);
    const std::vector<std::string_view> split = split_lines(lines);
    if (number - first >= split.size()) break;
    for (; number - first < split.size() && static_cast<int>(page.rows.size()) < limit; ++number) {
      page.rows.push_back(make_row(number, parse_kept_row(split[number - first]), column));
    }
  }
  if (page.rows.empty()) return page;
  if (page.rows.back().row < job.rows_done) page.next = page.rows.back().row;
  const store::Result decisions =
      parts.store->run(query::rows_between, job.id.value, static_cast<std::int64_t>(page.rows.front().row),
                       static_cast<std::int64_t>(page.rows.back().row));
  for (const store::Row row : decisions) {
    const auto at = static_cast<std::uint64_t>(row.get<std::int64_t>(0)) - page.rows.front().row;
    page.rows[at].decision = decision_of(row);
  }
  return page;
}

/// Counts on the job, and holds it until the transaction ends: everybody who writes to a job takes it first, so that a
/// job that is removed leaves no row behind. Throws not_found.
void hold_job(store::Transaction& transaction, const CleaningJobId& id, std::int64_t held_step,
              std::int64_t decided_step) {
  if (transaction.run(query::count_decision, id.value, held_step, decided_step).affected() == 0) {
    throw Error(ErrorCode::not_found, "There is no such cleaning job.");
  }
}

/// Singles out a row that was not held, so that a decision can be written on it.
void single_out(Application::Parts& parts, const CleaningJobId& id, std::uint64_t number) {
  if (!parts.store->run(query::get_row, id.value, static_cast<std::int64_t>(number)).empty()) return;
  const store::Result result = parts.store->run(query::chunk_with, id.value, static_cast<std::int64_t>(number));
  if (result.empty()) throw Error(ErrorCode::not_found, "The job has no such row.");
  const auto first = static_cast<std::uint64_t>(result[0].get<std::int64_t>(0));
  const std::string lines = open_chunk(*parts.keys, id, first, result[0].get<store::Bytes>(2).value);
  const std::vector<std::string_view> split = split_lines(lines);
  if (number - first >= split.size()) throw Error(ErrorCode::not_found, "The job has no such row.");
  const std::string_view json = split[number - first];
  const std::string sealed = seal_row(*parts.keys, id, number, json);
  const std::string_view grade = grade_name(parse_kept_row(json).answer.grade);
  parts.store->transact([&](store::Transaction& transaction) {
    hold_job(transaction, id, 0, 0);
    transaction.run(query::insert_row, id.value, static_cast<std::int64_t>(number), grade, store::BytesView{sealed});
  });
}

CleaningRow get_single_row(Application::Parts& parts, const CleaningJob& job, std::uint64_t number, bool& is_row_held) {
  const store::Result result = parts.store->run(query::get_row, job.id.value, static_cast<std::int64_t>(number));
  if (result.empty()) throw Error(ErrorCode::not_found, "The job has no such row.");
  CleaningRow row =
      make_row(number, open_row(*parts.keys, job.id, number, result[0].get<store::Bytes>(6).value), column_index(job));
  row.decision = decision_of(result[0]);
  is_row_held = result[0].get<bool>(7);
  return row;
}

/// What the decision teaches. Learning is a gift: where it fails, the decision is written all the same.
std::optional<AliasProposal> learn(Application::Parts& parts, const CleaningRow& row, RowChoice choice, int candidate) {
  if (choice != RowChoice::candidate) return std::nullopt;
  try {
    const EnginePool::Lease engine = parts.engines.take();
    return find_alias_proposal(*parts.store, *engine.operator->(), row.text, row.answer,
                               row.answer.candidates[static_cast<std::size_t>(candidate)]);
  } catch (const Error&) {
    return std::nullopt;
  }
}

}  // namespace

std::unique_ptr<Upload> begin_upload(Application& app, const Caller& caller, std::string_view file_name) {
  require(app, caller, Action::clean_list);
  return std::make_unique<UploadToSealedFile>(app, caller, file_name);
}

std::vector<CleaningJob> list_cleaning_jobs(Application& app, const Caller& caller) {
  require(app, caller, Action::clean_list);
  std::vector<CleaningJob> jobs;
  const store::Result result = app.parts().store->run(query::list_jobs, std::int32_t{jobs_listed_max});
  for (const store::Row row : result) jobs.push_back(make_job_record(row).job);
  return jobs;
}

CleaningJob cleaning_job(Application& app, const Caller& caller, const CleaningJobId& id) {
  require(app, caller, Action::clean_list, "cleaning_job", id.text());
  return get_job(app.parts(), id);
}

Preview preview_cleaning(Application& app, const Caller& caller, const CleaningJobId& id, std::string_view column,
                         std::string_view region) {
  require(app, caller, Action::clean_list, "cleaning_job", id.text());
  Application::Parts& parts = app.parts();
  const JobRecord record = get_job_record(*parts.store, id);
  const auto reader = intake::TableReader::open(open_sealed(*parts.files, record.file_digest), record.job.file_name);
  Preview preview;
  preview.columns = told_apart(reader->columns());
  std::optional<std::size_t> chosen;
  try {
    chosen = intake::find_column(preview.columns, column);
    preview.column = preview.columns[*chosen];
  } catch (const Error&) {
    if (!column.empty()) throw;  // no likely column: the person chooses
  }
  const EnginePool::Lease engine = parts.engines.take();
  const address::Query query{std::string(region.empty() ? app.settings().region : region), 5};
  std::vector<std::string> cells;
  while (preview.rows.size() < preview_rows && reader->next(cells)) {
    preview.rows.push_back(cells);
    if (!chosen) continue;
    engine->clean(*chosen < cells.size() ? cells[*chosen] : std::string(), query, preview.answers.emplace_back());
  }
  return preview;
}

CleaningJob start_cleaning(Application& app, const Caller& caller, const CleaningJobId& id, std::string_view column,
                           std::string_view region) {
  require(app, caller, Action::clean_list, "cleaning_job", id.text());
  Application::Parts& parts = app.parts();
  const CleaningJob job = get_job(parts, id);
  const std::size_t index = intake::find_column(job.columns, column);
  const std::string_view where = region.empty() ? std::string_view(app.settings().region) : region;
  if (parts.store->run(query::start_job, id.value, job.columns[index], where).affected() == 0) {
    throw Error(ErrorCode::conflict, "This list has been started already.");
  }
  if (parts.worker) parts.worker->wake();
  return get_job(parts, id);
}

RowPage cleaning_rows(Application& app, const Caller& caller, const CleaningJobId& id, RowFilter filter,
                      std::uint64_t after, int limit) {
  require(app, caller, Action::clean_list, "cleaning_job", id.text());
  if (limit < 1 || limit > page_rows_max) {
    throw Error(ErrorCode::bad_request, "A page has 1 to " + std::to_string(page_rows_max) + " rows.");
  }
  Application::Parts& parts = app.parts();
  const CleaningJob job = get_job(parts, id);
  switch (filter) {
    case RowFilter::all:
      return page_of_all_rows(parts, job, after, limit);
    case RowFilter::held:
      return page_of_single_rows(parts, job, "held", after, limit);
    case RowFilter::open:
      return page_of_single_rows(parts, job, "open", after, limit);
    case RowFilter::decided:
      return page_of_single_rows(parts, job, "decided", after, limit);
  }
  return {};
}

CleaningRow decide_cleaning_row(Application& app, const Caller& caller, const CleaningJobId& id, std::uint64_t number,
                                RowChoice choice, int candidate, int version) {
  require(app, caller, Action::decide_row, "cleaning_row", id.text() + "/" + std::to_string(number));
  Application::Parts& parts = app.parts();
  const CleaningJob job = get_job(parts, id);
  single_out(parts, id, number);
  bool is_row_held = false;
  CleaningRow row = get_single_row(parts, job, number, is_row_held);
  if (choice == RowChoice::candidate &&
      (candidate < 0 || static_cast<std::size_t>(candidate) >= row.answer.candidates.size())) {
    throw Error(ErrorCode::bad_request, "The row has no candidate number " + std::to_string(candidate) + ".");
  }
  const bool was_open = row.decision.choice == RowChoice::open;
  const bool is_open = choice == RowChoice::open;
  const auto stale = [&] {
    return Error(ErrorCode::conflict, "Somebody settled this row meanwhile: it is \"" +
                                          std::string(row_choice_name(row.decision.choice)) + "\" by " +
                                          (row.decision.by.empty() ? "nobody" : row.decision.by) + ". Look again.");
  };
  if (row.decision.version != version) throw stale();
  const std::int64_t step = was_open == is_open ? 0 : is_open ? -1 : 1;
  const std::optional<AliasProposal> lesson = learn(parts, row, choice, candidate);
  parts.store->transact([&](store::Transaction& transaction) {
    hold_job(transaction, id, is_row_held ? -step : std::int64_t{0}, step);
    const auto written = transaction.run(
        query::decide_row, id.value, static_cast<std::int64_t>(number), row_choice_name(choice),
        std::int32_t{choice == RowChoice::candidate ? candidate : 0},
        is_open ? std::string_view() : std::string_view(caller.name), store::now(), std::int32_t{version});
    if (written.affected() == 0) throw stale();
    take_back_alias_evidence(transaction, id.value, static_cast<std::int64_t>(number));
    if (lesson) {
      record_alias_proposal(transaction, *lesson, id.value, static_cast<std::int64_t>(number), caller.name);
    }
  });
  return get_single_row(parts, job, number, is_row_held);
}

void delete_cleaning(Application& app, const Caller& caller, const CleaningJobId& id) {
  require(app, caller, Action::clean_list, "cleaning_job", id.text());
  Application::Parts& parts = app.parts();
  const JobRecord record = get_job_record(*parts.store, id);
  bool is_file_free = false;
  parts.store->transact([&](store::Transaction& transaction) {
    // The job goes first: whoever is writing to it holds its row, and what they have written is seen afterwards.
    transaction.run(query::delete_job, id.value);
    transaction.run(query::delete_rows, id.value);
    transaction.run(query::delete_chunks, id.value);
    transaction.run(store::query::alias::forget_job, id.value);
    const store::BytesView digest{record.file_digest};
    is_file_free = transaction.run(query::file_in_use, digest).only().get<std::int64_t>(0) == 0;
    if (is_file_free) parts.files->remove(transaction, record.file_digest);
  });
  if (is_file_free) parts.files->remove_bytes(record.file_digest);
}

}  // namespace menpai::app
