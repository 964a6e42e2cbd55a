// SPDX-License-Identifier: Apache-2.0
// menpai alias: list, approve, refuse, withdraw the names that people's decisions proposed.
#include "app/aliases.hpp"
#include "base/error.hpp"
#include "cli/commands.hpp"
#include "cli/report.hpp"
#include "cli/table_options.hpp"

namespace menpai::cli {
namespace {

std::string json_of(const Alias& alias) {
  return JsonObject()
      .add("id", alias.id.text())
      .add("kind", alias_kind_name(alias.kind))
      .add("text", alias.text)
      .add("target_id", alias.target_id)
      .add("target_name", alias.target_name)
      .add("target_address", alias.target_address)
      .add("state", alias_state_name(alias.state))
      .add("row_count", alias.row_count)
      .add("proposers", alias.proposers)
      .add("proposed_at", alias.proposed_at)
      .add("settled_by", alias.settled_by)
      .add("settled_at", alias.settled_at)
      .text();
}

std::string line_of(const Alias& alias) {
  return alias.id.text() + "  " + std::string(alias_state_name(alias.state)) + "  " + alias.text + "  =  " +
         alias.target_address + "  (" + std::to_string(alias.row_count) + " rows)\n";
}

int list(app::Application& application, const AliasOptions& options) {
  std::optional<AliasState> state;
  if (options.state != "all") state = parse_alias_state(options.state);
  std::string text;
  std::string json;
  std::uint64_t after = 0;
  do {
    const app::AliasPage page = app::list_aliases(application, app::operator_caller(), state, after, 500);
    for (const Alias& alias : page.items) {
      json += json.empty() ? "" : ",";
      json += json_of(alias);
      text += line_of(alias);
    }
    after = page.next;
  } while (after != 0);
  if (options.json) {
    print_out(JsonObject().add_json("aliases", "[" + json + "]").text() + "\n");
  } else {
    print_out(text.empty() ? "There is no such alias. Decisions on held rows propose them.\n" : text);
  }
  return 0;
}

}  // namespace

int run_alias(const AliasOptions& options) {
  const auto application = app::Application::open(settings_of(options), false);
  if (options.verb == "list") return list(*application, options);
  const Caller caller = app::operator_caller();
  const auto id = Uuid::parse(options.id);
  if (!id) throw Error(ErrorCode::bad_request, "Name the alias by its id, as menpai alias list shows it.");
  const AliasState state = options.verb == "approve"  ? AliasState::approved
                           : options.verb == "refuse" ? AliasState::refused
                                                      : AliasState::withdrawn;
  const Alias alias = app::get_alias(*application, caller, {*id});
  const Alias settled = app::settle_alias(*application, caller, {*id}, state, alias.version);
  if (options.json) {
    print_out(json_of(settled) + "\n");
    return 0;
  }
  const bool shows = state != AliasState::refused;
  print_out(line_of(settled) + (shows ? "A running server makes its library anew within seconds; without one: menpai "
                                        "library build\n"
                                      : ""));
  return 0;
}

}  // namespace menpai::cli
