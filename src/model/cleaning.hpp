// SPDX-License-Identifier: Apache-2.0
// A list being cleaned in the workplace: the job, its rows, and what people decide on the doubtful ones.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/id.hpp"
#include "model/answer.hpp"

namespace menpai {

using CleaningJobId = Id<struct CleaningJobTag>;

enum class JobState : std::uint8_t {
  uploaded,  ///< the file is here, the column is not chosen
  queued,    ///< waits for the worker
  running,
  finished,  ///< every row has an answer; held rows may still wait for a person
  failed,    ///< `error` says why; nothing of the result is offered
};
/// "uploaded", "queued", "running", "finished", "failed".
std::string_view job_state_name(JobState state);

struct CleaningJob {
  CleaningJobId id;
  std::string file_name;
  std::string created_by;
  std::string created_at;  ///< ISO 8601, UTC
  JobState state = JobState::uploaded;
  std::vector<std::string> columns;
  std::string column;  ///< the one that holds the address, empty until started
  std::string region;
  std::uint64_t file_bytes = 0;
  std::uint64_t bytes_done = 0;  ///< of the file, for the progress bar
  std::uint64_t rows_done = 0;
  std::array<std::uint64_t, 4> grade_count{};  ///< by Grade
  std::uint64_t held = 0;                      ///< rows that wait for a person
  std::uint64_t decided = 0;                   ///< rows that a person settled
  double rows_per_second = 0;
  std::string error;  ///< public message, empty if none
};

enum class RowChoice : std::uint8_t {
  open,       ///< nobody looked yet
  accepted,   ///< the engine's own answer is right
  candidate,  ///< candidate number `candidate` is right
  unknown,    ///< there is no such standard address
};
/// "open", "accepted", "candidate", "unknown".
std::string_view row_choice_name(RowChoice choice);
std::optional<RowChoice> parse_row_choice(std::string_view name);

struct RowDecision {
  RowChoice choice = RowChoice::open;
  int candidate = 0;  ///< index into Answer::candidates, with RowChoice::candidate
  std::string by;     ///< account name
  std::string at;     ///< ISO 8601, UTC
  int version = 0;    ///< 0 before the first decision; a stale version is refused with conflict
};

struct CleaningRow {
  std::uint64_t row = 0;  ///< 1 is the first row under the header
  std::string text;       ///< the address as it came
  Answer answer;
  RowDecision decision;
};

}  // namespace menpai
