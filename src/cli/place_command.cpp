// SPDX-License-Identifier: Apache-2.0
// menpai place: list, show, check.
#include <fmt/format.h>

#include "app/place/places.hpp"
#include "base/error.hpp"
#include "cli/commands.hpp"
#include "cli/report.hpp"
#include "cli/table_options.hpp"

namespace menpai::cli {
namespace {

constexpr int page = 500;

JsonObject json_of(const app::PlaceItem& item) {
  return JsonObject()
      .add("id", item.id)
      .add("name", item.name)
      .add("specific", item.specific)
      .add("generic", item.generic)
      .add("kind", item.kind)
      .add("pinyin", item.pinyin)
      .add("code", item.code)
      .add("division_code", item.division_code)
      .add("status", item.status)
      .add("length_m", item.length_m)
      .add("width_m", item.width_m)
      .add("version", item.version);
}

int list(app::Application& application, const PlaceOptions& options) {
  app::PlaceQuery query;
  query.name = options.name;
  query.division = options.division;
  query.kind = parse_place_kind(options.kind);
  query.status = options.status;
  std::string text, json;
  std::uint64_t shown = 0, total = 0;
  do {
    const std::uint64_t left = options.limit == 0 ? page : options.limit - shown;
    query.limit = static_cast<int>(std::min<std::uint64_t>(left, page));
    const app::PlacePage places = app::list_places(application, app::operator_caller(), query);
    for (const app::PlaceItem& item : places.items) {
      json += (json.empty() ? "" : ",") + json_of(item).text();
      text += fmt::format("{}  {}  {}  {}  {}\n", item.id, item.division_code, item.kind, item.name, item.pinyin);
    }
    shown += places.items.size();
    total = places.total;
    query.after = places.next;
  } while (!query.after.empty() && (options.limit == 0 || shown < options.limit));
  if (options.json) {
    print_out(JsonObject().add("total", total).add_json("places", "[" + json + "]").text() + "\n");
  } else {
    print_out(text + fmt::format("{} of {} places\n", with_commas(shown), with_commas(total)));
  }
  return 0;
}

int show(app::Application& application, const PlaceOptions& options) {
  const app::PlaceView view = app::get_place(application, app::operator_caller(), options.id);
  if (options.json) {
    std::string names;
    for (const app::OtherName& name : view.names) {
      names += (names.empty() ? "" : ",") +
               JsonObject().add("name", name.name).add("kind", name.kind).add("valid_to", name.valid_to).text();
    }
    print_out(json_of(view.place)
                  .add("starts_at", view.starts_at)
                  .add("ends_at", view.ends_at)
                  .add("course", view.course)
                  .add("measured_length_m", view.measured_length_m)
                  .add("measured_area_m2", view.measured_area_m2)
                  .add_json("geometry", view.geometry.empty() ? "null" : view.geometry)
                  .add_json("names", "[" + names + "]")
                  .add("addresses", view.addresses)
                  .add("numbers", view.numbers)
                  .add("valid_from", view.valid_from)
                  .add("valid_to", view.valid_to)
                  .add("known_from", view.known_from)
                  .add("source", view.source)
                  .text() +
              "\n");
    return 0;
  }
  std::string text =
      fmt::format("{} ({})  {}  {}\n", view.place.name, view.place.pinyin, view.place.kind, view.place.status);
  text += fmt::format("  专名 {}  通名 {}  division {}\n", view.place.specific, view.place.generic,
                      view.place.division_code);
  for (const app::OtherName& name : view.names)
    text += fmt::format("  {} {} until {}\n", name.kind, name.name, name.valid_to);
  if (!view.starts_at.empty() || !view.ends_at.empty()) {
    text += fmt::format("  from {} to {}\n", view.starts_at, view.ends_at);
  }
  if (!view.course.empty()) text += "  course " + view.course + "\n";
  if (view.measured_length_m) text += fmt::format("  length {:.0f} m\n", *view.measured_length_m);
  if (view.place.width_m) text += fmt::format("  width {:.1f} m\n", *view.place.width_m);
  if (view.measured_area_m2) text += fmt::format("  area {:.0f} m²\n", *view.measured_area_m2);
  text += fmt::format("  {} addresses, {} door numbers\n  version {}, known from {}\n", with_commas(view.addresses),
                      with_commas(view.numbers), view.place.version, view.known_from);
  print_out(text);
  return 0;
}

int check(app::Application& application, const PlaceOptions& options) {
  app::NameQuestion question;
  question.name = options.name;
  question.kind = parse_place_kind(options.kind).value_or(PlaceKind::road);
  question.division = options.division;
  question.pinyin = options.pinyin;
  question.length_m = options.length_m;
  question.width_m = options.width_m;
  question.area_m2 = options.area_m2;
  const NameReport report = app::check_name(application, app::operator_caller(), question);
  std::string text = fmt::format("{} ({}): 专名 {}, 通名 {}\n", report.name, report.pinyin, report.specific,
                                 report.generic.empty() ? "-" : report.generic);
  std::string json;
  for (const NameFinding& finding : report.findings) {
    json += (json.empty() ? "" : ",") + JsonObject()
                                            .add("fault", name_fault_name(finding.fault))
                                            .add("severity", severity_name(finding.severity))
                                            .add("part", finding.part)
                                            .add("article", finding.article)
                                            .add("why_zh", finding.why_zh)
                                            .add("why_en", finding.why_en)
                                            .add("other_id", finding.other ? finding.other->id : "")
                                            .text();
    text += fmt::format("  {:8} {:17} {}\n           {}{}{}\n", severity_name(finding.severity),
                        name_fault_name(finding.fault), finding.why_zh, finding.why_en,
                        finding.article.empty() ? "" : "  ", finding.article);
  }
  if (report.findings.empty()) text += "  nothing speaks against it\n";
  if (options.json) {
    print_out(JsonObject()
                  .add("name", report.name)
                  .add("specific", report.specific)
                  .add("generic", report.generic)
                  .add("pinyin", report.pinyin)
                  .add_json("findings", "[" + json + "]")
                  .text() +
              "\n");
  } else {
    print_out(text);
  }
  return 0;
}

}  // namespace

int run_place(const PlaceOptions& options) {
  const auto application = app::Application::open(settings_of(options), false);
  if (options.verb == "list") return list(*application, options);
  return options.verb == "show" ? show(*application, options) : check(*application, options);
}

}  // namespace menpai::cli
