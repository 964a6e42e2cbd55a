// SPDX-License-Identifier: Apache-2.0
#include "app/cleaning_worker.hpp"

#include <spdlog/spdlog.h>

#include "app/cleaning_chunk.hpp"
#include "app/cleaning_record.hpp"
#include "app/sealed_source.hpp"
#include "base/error.hpp"
#include "intake/table.hpp"
#include "store/queries.hpp"

namespace menpai::app {
namespace {

namespace query = store::query::cleaning;
using namespace std::chrono_literals;

/// A running job whose worker was not seen for so long belongs to nobody. A chunk takes a fraction of a second.
constexpr auto abandoned_after = 10s;

/// Somebody else has the job, or it was deleted: stop without a word.
struct ClaimLost {};

struct Chunk {
  std::uint64_t first_row = 1;
  std::int32_t row_count = 0;
  std::string lines;
  std::array<std::int64_t, 4> grade_count{};
  std::vector<std::int64_t> held_number;
  std::vector<std::string> held_grade;
  std::vector<std::string> held_json;
};

/// Reads and cleans the next rows; false if there were none.
bool clean_chunk(intake::TableReader& reader, std::size_t column, address::Engine& engine, const std::string& region,
                 Chunk& chunk) {
  constexpr std::size_t chunk_bytes_max = std::size_t{16} << 20;
  std::vector<std::string> cells;
  Answer answer;
  const address::Query query{region, 5};
  while (static_cast<std::size_t>(chunk.row_count) < cleaning_chunk_rows && chunk.lines.size() < chunk_bytes_max &&
         reader.next(cells)) {
    const std::string& text = column < cells.size() ? cells[column] : std::string();
    engine.clean(text, query, answer);
    std::string json = kept_row_json(cells, answer);
    const auto grade = static_cast<std::size_t>(answer.grade);
    ++chunk.grade_count[grade];
    if (is_held(answer)) {
      chunk.held_number.push_back(static_cast<std::int64_t>(chunk.first_row) + chunk.row_count);
      chunk.held_grade.emplace_back(grade_name(answer.grade));
      chunk.held_json.push_back(json);
    }
    chunk.lines += json;
    chunk.lines += '\n';
    ++chunk.row_count;
  }
  return chunk.row_count > 0;
}

}  // namespace

CleaningWorker::CleaningWorker(store::Store& store, access::KeyRing& keys, store::SealedFiles& files,
                               EnginePool& engines)
    : m_store(store), m_keys(keys), m_files(files), m_engines(engines) {}

CleaningWorker::~CleaningWorker() {
  {
    const std::lock_guard lock(m_mutex);
    m_is_stopping = true;
  }
  m_changed.notify_all();
  if (m_thread.joinable()) m_thread.join();
}

void CleaningWorker::start() {
  m_thread = std::thread([this] { loop(); });
}

void CleaningWorker::wake() {
  {
    const std::lock_guard lock(m_mutex);
    m_is_woken = true;
  }
  m_changed.notify_all();
}

bool CleaningWorker::is_stopping() {
  const std::lock_guard lock(m_mutex);
  return m_is_stopping;
}

void CleaningWorker::run_queue() {
  while (run_next()) {
  }
}

void CleaningWorker::loop() {
  while (true) {
    auto wait = 2s;
    try {
      while (!is_stopping() && run_next()) {
      }
    } catch (const std::exception& e) {
      // The database is away or the disk is full: the job stays where its last chunk left it and goes on later.
      const auto* error = dynamic_cast<const Error*>(&e);
      spdlog::warn("cleaning pauses: {} {}", e.what(), error ? error->detail() : std::string());
      wait = 5s;
    }
    std::unique_lock lock(m_mutex);
    m_changed.wait_for(lock, wait, [this] { return m_is_stopping || m_is_woken; });
    m_is_woken = false;
    if (m_is_stopping) return;
  }
}

bool CleaningWorker::run_next() {
  const store::Result waiting = m_store.run(query::waiting_jobs, store::now() - abandoned_after);
  for (const store::Row row : waiting) {
    const auto [id, version] = row.as<Uuid, std::int32_t>();
    if (m_store.run(query::claim_job, id, version, m_worker_id, store::now()).affected() == 0) continue;
    try {
      run_job(CleaningJobId{id});
    } catch (const ClaimLost&) {
    } catch (const Error& e) {
      switch (e.code()) {
        case ErrorCode::unavailable:
        case ErrorCode::disk_full:
        case ErrorCode::timed_out:
        case ErrorCode::busy:
          throw;
        default:
          break;
      }
      spdlog::warn("cleaning job {} failed: {} {}", id.text(), e.what(), e.detail());
      m_store.run(query::fail_job, id, m_worker_id, store::now(), std::string_view(e.what()));
    }
    return true;
  }
  return false;
}

void CleaningWorker::run_job(const CleaningJobId& id) {
  const JobRecord job = get_job_record(m_store, id);
  const auto reader = intake::TableReader::open(open_sealed(m_files, job.file_digest), job.job.file_name);
  const std::size_t column = intake::find_column(job.job.columns, job.job.column);
  const EnginePool::Lease engine = m_engines.take();

  std::vector<std::string> cells;
  for (std::uint64_t row = 0; row < job.job.rows_done; ++row) {
    if (!reader->next(cells)) break;
  }
  std::uint64_t first_row = job.job.rows_done + 1;
  const auto began = std::chrono::steady_clock::now();
  std::uint64_t cleaned = 0;
  while (true) {
    Chunk chunk;
    chunk.first_row = first_row;
    if (!clean_chunk(*reader, column, *engine.operator->(), job.job.region, chunk)) break;
    cleaned += static_cast<std::uint64_t>(chunk.row_count);
    const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - began;
    const double rows_per_second = static_cast<double>(cleaned) / std::max(seconds.count(), 1e-6);

    const std::string sealed_chunk = seal_chunk(m_keys, id, first_row, chunk.lines);
    std::vector<store::Bytes> sealed_rows;
    for (std::size_t i = 0; i < chunk.held_json.size(); ++i) {
      sealed_rows.push_back(
          {seal_row(m_keys, id, static_cast<std::uint64_t>(chunk.held_number[i]), chunk.held_json[i])});
    }
    m_store.transact([&](store::Transaction& transaction) {
      const auto advanced =
          transaction.run(query::advance_job, id.value, m_worker_id, std::int64_t{chunk.row_count},
                          static_cast<std::int64_t>(reader->position().bytes_read), chunk.grade_count[0],
                          chunk.grade_count[1], chunk.grade_count[2], chunk.grade_count[3],
                          static_cast<std::int64_t>(sealed_rows.size()), rows_per_second, store::now());
      if (advanced.affected() == 0) throw ClaimLost{};
      transaction.run(query::insert_chunk, id.value, static_cast<std::int64_t>(first_row), chunk.row_count,
                      store::BytesView{sealed_chunk});
      if (!sealed_rows.empty()) {
        transaction.run(query::insert_held_rows, id.value, chunk.held_number, chunk.held_grade, sealed_rows);
      }
    });
    first_row += static_cast<std::uint64_t>(chunk.row_count);
    if (is_stopping()) {
      m_store.run(query::release_job, id.value, m_worker_id);
      throw ClaimLost{};
    }
  }
  m_store.run(query::finish_job, id.value, m_worker_id, store::now());
}

}  // namespace menpai::app
