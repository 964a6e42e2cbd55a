// SPDX-License-Identifier: Apache-2.0
// What speaks for a change set: letters, plans, photos. Kept sealed, given out as files.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/application.hpp"
#include "model/change_set.hpp"

namespace menpai::app {

inline constexpr std::size_t evidence_bytes_max = std::size_t{32} << 20;
inline constexpr std::size_t evidence_files_max = 50;  ///< of one change set

struct Evidence {
  std::string id, name, media_type;
  std::uint64_t bytes = 0;
  std::string added_by, added_at;
};

/// Adds a file to a set that is not settled yet. Taken are PDF, JPEG and PNG, known by their first bytes, not by their
/// names. Throws unsupported, too_large, conflict.
Evidence add_evidence(Application& app, const Caller& caller, const ChangeSetId& set, std::string_view name,
                      std::string_view bytes);
std::vector<Evidence> list_evidence(Application& app, const Caller& caller, const ChangeSetId& set);

struct EvidenceFile {
  Evidence about;
  std::string bytes;
};
/// Throws not_found.
EvidenceFile read_evidence(Application& app, const Caller& caller, const ChangeSetId& set, std::string_view id);

}  // namespace menpai::app
