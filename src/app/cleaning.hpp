// SPDX-License-Identifier: Apache-2.0
// Cleaning a department's list in the workplace: upload, look, start, watch, settle, download. Everything a caller has
// done survives a closed browser and a killed server.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "app/application.hpp"
#include "model/cleaning.hpp"

namespace menpai::app {

/// An upload under way. The bytes are sealed as they arrive; without finish() nothing remains.
class Upload {
 public:
  virtual ~Upload() = default;
  /// Throws too_large beyond http.upload_bytes_max, disk_full.
  virtual void write(std::string_view bytes) = 0;
  /// Reads the header and makes the job. Throws bad_request or unsupported if it is not a table.
  virtual CleaningJob finish() = 0;
};
std::unique_ptr<Upload> begin_upload(Application& app, const Caller& caller, std::string_view file_name);

std::vector<CleaningJob> list_cleaning_jobs(Application& app, const Caller& caller);
CleaningJob cleaning_job(Application& app, const Caller& caller, const CleaningJobId& id);

struct Preview {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;  ///< the first ten as they came
  std::string column;                          ///< the one asked for, or the likely one
  std::vector<Answer> answers;                 ///< of that column, one a row
};
Preview preview_cleaning(Application& app, const Caller& caller, const CleaningJobId& id, std::string_view column,
                         std::string_view region);

/// Queues the job. Throws conflict if it has been started already.
CleaningJob start_cleaning(Application& app, const Caller& caller, const CleaningJobId& id, std::string_view column,
                           std::string_view region);

enum class RowFilter : std::uint8_t { all, held, open, decided };
struct RowPage {
  std::vector<CleaningRow> rows;
  std::uint64_t next = 0;  ///< give it as `after` for the next page; 0 at the end
};
RowPage cleaning_rows(Application& app, const Caller& caller, const CleaningJobId& id, RowFilter filter,
                      std::uint64_t after, int limit);

/// Settles one row. `version` is the decision's version that the caller saw; throws conflict if it is stale.
/// RowChoice::open takes a decision back.
CleaningRow decide_cleaning_row(Application& app, const Caller& caller, const CleaningJobId& id, std::uint64_t row,
                                RowChoice choice, int candidate, int version);

/// The result as a file: the input's columns, then mp_*, with the decisions in it.
class Download {
 public:
  virtual ~Download() = default;
  virtual std::string file_name() const = 0;
  virtual std::string content_type() const = 0;
  /// The next piece; false at the end.
  virtual bool read(std::string& bytes) = 0;
};
/// `format` is "csv" (UTF-8 with BOM, formulas made inert) or "xlsx". Throws conflict while the job is not finished.
std::unique_ptr<Download> download_cleaning(Application& app, const Caller& caller, const CleaningJobId& id,
                                            std::string_view format);

/// Removes the job, its rows and its sealed file.
void delete_cleaning(Application& app, const Caller& caller, const CleaningJobId& id);

}  // namespace menpai::app
