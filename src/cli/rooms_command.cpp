// SPDX-License-Identifier: Apache-2.0
// menpai rooms plan: rooms by floor plan; shows what it would make, and with --submit makes it.
#include <fstream>
#include <sstream>

#include "app/change/change_sets.hpp"
#include "app/code_json.hpp"
#include "base/error.hpp"
#include "base/json_text.hpp"
#include "cli/commands.hpp"
#include "cli/report.hpp"
#include "cli/table_options.hpp"

namespace menpai::cli {
namespace {

constexpr std::size_t plan_bytes_max = 262'144;
constexpr std::size_t nodes_shown = 40;

std::string read_plan(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  if (!in) throw_errno("read " + file.string());
  if (text.str().size() > plan_bytes_max) throw Error(ErrorCode::too_large, "A floor plan has at most 256 KiB.");
  return text.str();
}

/// Buildings are named by id or by a code of theirs.
std::vector<std::string> building_ids(app::Application& application, const std::vector<std::string>& names) {
  std::vector<std::string> ids;
  for (const std::string& name : names) {
    if (Uuid::parse(name)) {
      ids.push_back(name);
      continue;
    }
    const app::CodeStory story = app::resolve_code(application, app::operator_caller(), name);
    if (story.now.size() != 1) {
      throw Error(ErrorCode::conflict, "The code " + name + " leads to " + std::to_string(story.now.size()) +
                                           " objects today. Name the building by its id.");
    }
    ids.push_back(story.now.front().id);
  }
  return ids;
}

std::string preview_text(const app::RoomPlanPreview& preview) {
  std::string out = "每栋  " + std::to_string(preview.units) + " 个单元，" + std::to_string(preview.floors) +
                    " 个单元楼层，" + std::to_string(preview.rooms) + " 间\n";
  for (const auto& row : preview.checklist) {
    out += "  " + row.unit + (row.unit.empty() ? "" : " ") + row.floor + "  " + std::to_string(row.rooms) + " 间  " +
           row.names + (row.remarks.empty() ? "" : "  (" + row.remarks + ")") + "\n";
  }
  for (const auto& building : preview.buildings) {
    out += building.id + "  " + building.address + "  ";
    if (!building.fault.empty()) {
      out += "不能编制: " + building.fault + "\n";
      continue;
    }
    out += "新增 " + std::to_string(building.new_rooms) + " 间，已有 " + std::to_string(building.same_rooms) +
           "，图外 " + std::to_string(building.extra_rooms) + "\n";
  }
  std::size_t shown = 0;
  for (const auto& node : preview.nodes) {
    if (++shown > nodes_shown) {
      out += "  …\n";
      break;
    }
    out += "  " + std::string(node.state) + "  " + node.text + "\n";
  }
  return out + "合计  新增 " + with_commas(preview.new_rooms) + " 间，已有 " + with_commas(preview.same_rooms) +
         "，图外 " + with_commas(preview.extra_rooms) + "，不能编制 " + with_commas(preview.faults) + " 栋\n";
}

}  // namespace

int run_rooms(const RoomsOptions& options) {
  const auto application = app::Application::open(settings_of(options), false);
  const std::string text = read_plan(options.file);
  const bool is_toml = options.file.extension() == ".toml";
  spine::FloorPlan plan;
  const auto notes = app::check_room_plan(text, is_toml, plan);
  if (!notes.empty()) {
    std::string message = "The floor plan does not hold:";
    for (const auto& note : notes) {
      message += "\n  " + std::string(spine::plan_fault_name(note.fault)) + "  " + note.at + "  " + note.detail;
    }
    throw Error(ErrorCode::bad_request, message);
  }
  const std::string request = JsonObject()
                                  .add_json("plan", is_toml ? spine::plan_json_of_toml(text) : text)
                                  .add("buildings", building_ids(*application, options.buildings))
                                  .text();
  const Caller caller = app::operator_caller();
  const app::RoomPlanPreview preview = app::preview_room_plan(*application, caller, request);
  if (!options.submit) {
    print_out(options.json ? app::room_plan_preview_json(preview) + "\n"
                           : preview_text(preview) + "Nothing is written yet. To do it: --submit --reason \"…\"\n");
    return 0;
  }
  app::ChangeDraft draft;
  draft.kind = "address.rooms_by_plan";
  draft.request = request;
  draft.reason = options.reason;
  draft.source = options.source;
  const ChangeSet made = app::make_change_set(*application, caller, draft);
  const ChangeSet done = app::step_change_set(*application, caller, made.id, ChangeState::submitted, "", made.version);
  if (options.json) {
    JsonObject counts;
    for (const auto& [name, count] : done.counts) counts.add(name, count);
    print_out(JsonObject()
                  .add("change_set", done.id.text())
                  .add("state", change_state_name(done.state))
                  .add_json("counts", counts.text())
                  .text() +
              "\n");
    return 0;
  }
  std::string out = done.title + "  " + std::string(change_state_name(done.state)) + "  " + done.id.text() + "\n";
  for (const auto& [name, count] : done.counts) out += "  " + name + "  " + with_commas(count) + "\n";
  print_out(out);
  return 0;
}

}  // namespace menpai::cli
