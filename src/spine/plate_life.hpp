// SPDX-License-Identifier: Apache-2.0
// The life of a plate: which step leads from which state to which, and what must be known for it. One table.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/plate.hpp"

namespace menpai::spine {

enum class PlateStep : std::uint8_t {
  list,      ///< 列入清单: onto a production list
  unlist,    ///< 移出清单
  accept,    ///< 验收: delivered by the contractor and right
  reject,    ///< 退回: delivered and wrong; wanted again
  install,   ///< 安装
  inspect,   ///< 核验: seen to hang where it should
  report,    ///< 报告损坏、缺失 or another finding
  mend,      ///< 修复: hangs again as it should
  replace,   ///< 更换: another plate takes its place
  withdraw,  ///< 撤销
};
inline constexpr int plate_step_count = 10;
/// "list", "unlist" …
std::string_view plate_step_name(PlateStep step);
std::optional<PlateStep> parse_plate_step(std::string_view name);

struct PlateStepRule {
  PlateStep step;
  std::vector<PlateState> from;
  PlateState to;
  std::vector<std::string_view> needs;  ///< "on", "by", "batch", "finding", "reason", "successor"
};
/// The whole table, in the order of the steps.
const std::vector<PlateStepRule>& plate_step_rules();

/// Where a step leads; nothing if it may not be taken in that state.
std::optional<PlateState> next_plate_state(PlateState state, PlateStep step);

/// What is known of a step that is asked for.
struct PlateStepRequest {
  PlateStep step = PlateStep::list;
  std::string on = {};  ///< ISO day
  std::string by = {};  ///< account or firm
  std::string batch = {};
  PlateFinding finding = PlateFinding::none;
  std::string reason = {};
  std::string successor = {};  ///< id of the plate that takes the place
  std::string photo = {};      ///< digest of a sealed file
  std::optional<double> lon = {}, lat = {};
};

enum class PlateRefusal : std::uint8_t {
  none,
  wrong_state,   ///< the step does not start from the plate's state
  missing_day,   ///< nobody said when
  missing_name,  ///< nobody said who
  missing_batch,
  missing_finding,
  missing_reason,
  missing_successor,
  wrong_day,       ///< not a day, or earlier than the step before
  wrong_position,  ///< not a place on earth, or half of one
};
/// "none", "wrong_state" …
std::string_view plate_refusal_name(PlateRefusal refusal);
/// What to do about it, for people.
std::string plate_refusal_message(PlateRefusal refusal, PlateState state, PlateStep step);

/// Takes the step: the plate's state and what belongs to it. If it is refused, nothing is changed.
PlateRefusal take_plate_step(Plate& plate, const PlateStepRequest& request);

/// True where the plate hangs on a wall, whether it should or not.
bool is_hanging(PlateState state);
/// True where another plate must not be made for the same spot: planned to inspected.
bool is_current(PlateState state);
/// "proposed", "in_use", "retired": how the change log calls it.
std::string_view plate_status(PlateState state);

}  // namespace menpai::spine
