// SPDX-License-Identifier: Apache-2.0
// menpai finding: list and count what is wrong with the names and numbers of the register.
#include <fmt/format.h>

#include "app/place/findings.hpp"
#include "base/error.hpp"
#include "cli/commands.hpp"
#include "cli/report.hpp"
#include "cli/table_options.hpp"

namespace menpai::cli {
namespace {

constexpr std::uint64_t page = 500;

int count(app::Application& application, const FindingOptions& options) {
  JsonObject json;
  std::string text;
  for (const app::FindingCount& one :
       app::count_findings(application, app::operator_caller(), options.division, options.rule)) {
    json.add(finding_kind_name(one.kind), one.count);
    text += fmt::format("{:20}{:>12}\n", finding_kind_name(one.kind), with_commas(one.count));
  }
  print_out(options.json ? json.text() + "\n" : text);
  return 0;
}

int list(app::Application& application, const FindingOptions& options) {
  app::FindingQuery query;
  const auto kind = parse_finding_kind(options.kind);
  if (!kind) throw Error(ErrorCode::bad_request, "There is no such kind: menpai finding count names them.");
  query.kind = *kind;
  query.division = options.division;
  query.rule = options.rule;
  std::string text, json;
  std::uint64_t shown = 0, total = 0;
  do {
    query.limit = static_cast<int>(options.limit == 0 ? page : std::min(page, options.limit - shown));
    const app::FindingPage findings = app::list_findings(application, app::operator_caller(), query);
    for (const Finding& finding : findings.items) {
      json += (json.empty() ? "" : ",") + JsonObject()
                                              .add("kind", finding_kind_name(finding.kind))
                                              .add("division_code", finding.division_code)
                                              .add("place_id", finding.place_id)
                                              .add("place_name", finding.place_name)
                                              .add("ids", finding.ids)
                                              .add("part", finding.part)
                                              .text();
      text += fmt::format("{}  {}  {}{}\n", finding.division_code, finding.place_name, finding.part,
                          finding.ids.empty() ? "" : "  " + finding.ids.front());
    }
    shown += findings.items.size();
    if (query.after.empty()) total = findings.total;
    query.after = findings.next;
  } while (!query.after.empty() && (options.limit == 0 || shown < options.limit));
  if (options.json) {
    print_out(JsonObject().add("total", total).add_json("findings", "[" + json + "]").text() + "\n");
  } else {
    print_out(text + fmt::format("{} of {} findings\n", with_commas(shown), with_commas(total)));
  }
  return 0;
}

}  // namespace

int run_finding(const FindingOptions& options) {
  const auto application = app::Application::open(settings_of(options), false);
  return options.verb == "count" ? count(*application, options) : list(*application, options);
}

}  // namespace menpai::cli
