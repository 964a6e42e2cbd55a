// SPDX-License-Identifier: Apache-2.0
#include "app/place/name_check.hpp"

#include "base/error.hpp"
#include "change/place_sound.hpp"
#include "spine/place_name_check.hpp"
#include "store/queries.hpp"

namespace menpai::app {
namespace {

namespace query = store::query::place;

/// The kinds whose names may not repeat one another.
std::vector<std::string> rivals_of(PlaceKind kind) {
  switch (kind) {
    case PlaceKind::road:
    case PlaceKind::lane:
      return {"road", "lane"};
    case PlaceKind::estate:
    case PlaceKind::compound:
      return {"estate", "compound"};
    case PlaceKind::village:
      return {"village"};
  }
  return {};
}

void check_size(const std::optional<double>& size, const char* name) {
  if (size && !(*size >= 0 && *size <= 1e9)) {
    throw Error(ErrorCode::bad_request, "\"" + std::string(name) + "\" must be a number from 0 to 1,000,000,000.");
  }
}

}  // namespace

NameReport check_name_in(store::Connection& connection, const PlaceRules& rules, int county_code,
                         const NameQuestion& question) {
  check_size(question.length_m, "length_m");
  check_size(question.width_m, "width_m");
  check_size(question.area_m2, "area_m2");
  const change::PlaceSound sound = change::sound_of_place(question.name, question.kind);
  const spine::ProposedName proposed = {.name = question.name,
                                        .kind = question.kind,
                                        .division_code = question.division,
                                        .pinyin = question.pinyin,
                                        .usual_pinyin = sound.pinyin,
                                        .sound_keys = sound.keys,
                                        .length_m = question.length_m,
                                        .width_m = question.width_m,
                                        .area_m2 = question.area_m2};
  Uuid except;
  if (!question.except_id.empty()) {
    const auto id = Uuid::parse(question.except_id);
    if (!id) throw Error(ErrorCode::bad_request, "\"except_id\" is no id of a place.");
    except = *id;
  }
  std::vector<NamedPlace> others;
  for (const store::Row row : connection.run(query::alike, std::int32_t{county_code}, question.name, sound.keys,
                                             rivals_of(question.kind), except)) {
    others.push_back({.id = row.get<Uuid>(0).text(),
                      .name = row.get<std::string>(1),
                      .kind = row.get<std::string>(2),
                      .division_code = row.get<std::string>(3),
                      .pinyin = row.get<std::string>(4),
                      .is_former = row.get<bool>(5)});
  }
  return spine::check_place_name(proposed, others, rules.names);
}

std::vector<Advice> advice_of(const NameReport& report) {
  std::vector<Advice> advice;
  for (const NameFinding& finding : report.findings) {
    advice.push_back({"place_name." + std::string(name_fault_name(finding.fault)), finding.article,
                      finding.why_zh + " / " + finding.why_en});
  }
  return advice;
}

}  // namespace menpai::app
