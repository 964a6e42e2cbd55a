// SPDX-License-Identifier: Apache-2.0
// A cleaning job as the database has it.
#pragma once

#include <optional>
#include <string>

#include "model/cleaning.hpp"
#include "store/store.hpp"

namespace menpai::app {

struct JobRecord {
  CleaningJob job;
  std::string file_digest;  ///< of the sealed file, 32 bytes
};

/// Throws not_found.
JobRecord get_job_record(store::Store& store, const CleaningJobId& id);
JobRecord make_job_record(const store::Row& row);

/// Whether a person must look: the engine doubts, or found nothing in a text that is not empty.
bool is_held(std::string_view text, const Answer& answer);

}  // namespace menpai::app
