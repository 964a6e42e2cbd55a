// SPDX-License-Identifier: Apache-2.0
#include "app/cleaning_record.hpp"

#include "base/error.hpp"
#include "store/queries.hpp"

namespace menpai::app {
namespace {

JobState parse_job_state(std::string_view name) {
  for (int i = 0; i <= static_cast<int>(JobState::failed); ++i) {
    if (job_state_name(static_cast<JobState>(i)) == name) return static_cast<JobState>(i);
  }
  throw Error(ErrorCode::damaged, "A cleaning job has an unknown state. Run `menpai check`.", std::string(name));
}

std::uint64_t count(const store::Row& row, int column) {
  return static_cast<std::uint64_t>(row.get<std::int64_t>(column));
}

}  // namespace

JobRecord make_job_record(const store::Row& row) {
  JobRecord record;
  CleaningJob& job = record.job;
  job.id = {row.get<Uuid>(0)};
  job.file_name = row.get<std::string>(1);
  record.file_digest = row.get<store::Bytes>(2).value;
  job.file_bytes = count(row, 3);
  job.created_by = row.get<std::string>(4);
  job.created_at = store::iso_text(row.get<store::Timestamp>(5));
  job.state = parse_job_state(row.get<std::string>(6));
  job.columns = row.get<std::vector<std::string>>(7);
  job.column = row.get<std::string>(8);
  job.region = row.get<std::string>(9);
  job.bytes_done = count(row, 10);
  job.rows_done = count(row, 11);
  for (int i = 0; i < 4; ++i) job.grade_count[static_cast<std::size_t>(i)] = count(row, 12 + i);
  job.held = count(row, 16);
  job.decided = count(row, 17);
  job.rows_per_second = row.get<double>(18);
  job.error = row.get<std::string>(19);
  return record;
}

JobRecord get_job_record(store::Store& store, const CleaningJobId& id) {
  const store::Result result = store.run(store::query::cleaning::get_job, id.value);
  if (result.empty()) throw Error(ErrorCode::not_found, "There is no such cleaning job.");
  return make_job_record(result[0]);
}

bool is_held(const Answer& answer) {
  return answer.grade == Grade::c || (answer.grade == Grade::none && !answer.candidates.empty());
}

}  // namespace menpai::app
