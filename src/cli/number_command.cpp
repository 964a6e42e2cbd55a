// SPDX-License-Identifier: Apache-2.0
// menpai number propose: door numbers for a developer's plan.
#include <charconv>
#include <fmt/format.h>
#include <fstream>

#include "app/place/number_plans.hpp"
#include "base/error.hpp"
#include "cli/commands.hpp"
#include "cli/report.hpp"
#include "cli/table_options.hpp"

namespace menpai::cli {
namespace {

std::optional<geo::LonLat> entrance_of(const std::string& text) {
  if (text.empty()) return std::nullopt;
  geo::LonLat point;
  const char* const end = text.data() + text.size();
  const auto lon = std::from_chars(text.data(), end, point.lon);
  const bool has_comma = lon.ec == std::errc() && lon.ptr != end && *lon.ptr == ',';
  if (has_comma) {
    const auto lat = std::from_chars(lon.ptr + 1, end, point.lat);
    if (lat.ec == std::errc() && lat.ptr == end) return point;
  }
  throw Error(ErrorCode::bad_request, "--entrance takes LON,LAT: 113.38,22.58");
}

void save(const std::filesystem::path& file, const std::string& text) {
  std::ofstream out(file, std::ios::binary | std::ios::trunc);
  out << text << '\n';
  if (!out.flush()) throw Error(ErrorCode::unavailable, "Could not write " + file.string() + ".");
}

}  // namespace

int run_number(const NumberOptions& options) {
  app::NumberPlanQuestion question;
  question.place_id = options.place;
  question.rule = options.rule;
  question.entrance = entrance_of(options.entrance);
  question.doors = app::load_plan_doors(options.in.string());
  const auto application = app::Application::open(settings_of(options), false);
  const app::NumberProposal proposal = app::propose_numbers(*application, app::operator_caller(), question);
  if (!options.out.empty()) save(options.out, proposal.request);
  if (options.json) {
    std::string doors;
    for (const app::ProposedDoor& door : proposal.doors) {
      doors += (doors.empty() ? "" : ",") + JsonObject()
                                                .add("key", door.key)
                                                .add("number", door.number)
                                                .add("address", door.address)
                                                .add("reason", door.reason)
                                                .add("side", door.side)
                                                .add("along_m", door.along_m)
                                                .add("offset_m", door.offset_m)
                                                .text();
    }
    print_out(JsonObject()
                  .add("place_id", proposal.place_id)
                  .add("place_name", proposal.place_name)
                  .add("rule", proposal.rule)
                  .add_json("doors", "[" + doors + "]")
                  .add("reserved", proposal.reserved)
                  .add_json("request", proposal.request)
                  .text() +
              "\n");
    return 0;
  }
  std::string text =
      fmt::format("{}, {:.0f} m, rule {}\n", proposal.place_name, proposal.street_length_m, proposal.rule);
  for (const app::ProposedDoor& door : proposal.doors) {
    text += fmt::format("  {}  {}  {} at {:.0f} m\n", door.key, door.number.empty() ? "-" : door.number, door.reason,
                        door.along_m);
  }
  for (const std::string& kept : proposal.reserved) text += "  kept: " + kept + "\n";
  print_out(text);
  return 0;
}

}  // namespace menpai::cli
