// SPDX-License-Identifier: Apache-2.0
// Compares a cleaned demo list with its truth.
#pragma once

#include <filesystem>

#include "app/demo.hpp"

namespace menpai::app {

/// One row of a truth file.
struct DemoTruth {
  std::string address_id;  ///< empty where there is no such address
  spine::DirtClass dirt = spine::DirtClass::exact;
  Level level = Level::none;  ///< that the text asks for
};
/// Row n of the list is element n - 1. Throws damaged.
std::vector<DemoTruth> load_demo_truth(const std::filesystem::path& file);

/// Adds one answer to the scores.
void score_answer(const Answer& answer, const DemoTruth& truth, std::array<DemoScore, spine::dirt_class_count>& scores);

/// The summary as JSON, as it is kept beside the demo's files, and back. parse throws damaged.
std::string demo_summary_json(const DemoSummary& summary);
DemoSummary parse_demo_summary(const std::string& json);

}  // namespace menpai::app
