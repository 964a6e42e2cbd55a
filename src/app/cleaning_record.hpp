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

/// Whether a person must look: the engine doubts. Where it found nothing at all there is nothing to choose from; such rows
/// are counted under their grade and stand in the result.
bool is_held(const Answer& answer);

}  // namespace menpai::app
