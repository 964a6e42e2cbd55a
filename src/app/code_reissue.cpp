// SPDX-License-Identifier: Apache-2.0
// New codes after a change of divisions.
#include "app/code_reissue.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <unordered_map>

#include "app/code_issuing.hpp"
#include "app/parts.hpp"
#include "base/error.hpp"
#include "base/json_text.hpp"
#include "store/queries.hpp"

namespace menpai::app {
namespace {

namespace query = store::query::code;

constexpr std::size_t divisions_max = 500;
constexpr std::size_t code_digits_max = 12;
constexpr std::size_t text_max = 200;

struct Move {
  std::string to, display_from, display_to;
};
using Moves = std::map<std::string, Move>;

std::string division_of(const RequestJson& request, std::string_view key) {
  std::string code = request.text(key, code_digits_max);
  const bool is_digits = code.find_first_not_of("0123456789") == std::string::npos;
  if (!is_digits || code.size() < 6) {
    throw Error(ErrorCode::bad_request,
                "\"" + std::string(key) + "\" must be the code of a county, town or village: 6, 9 or 12 digits.");
  }
  return code;
}

Moves read_moves(const RequestJson& request) {
  request.allow({"divisions"});
  Moves moves;
  for (const RequestJson& one : request.items("divisions", divisions_max)) {
    one.allow({"from", "to", "display_from", "display_to"});
    const std::string from = division_of(one, "from");
    Move move = {division_of(one, "to"), one.text_or("display_from", text_max, ""),
                 one.text_or("display_to", text_max, "")};
    if (move.to == from) throw Error(ErrorCode::bad_request, "A division becomes another one, not itself.");
    if (!moves.emplace(from, std::move(move)).second) {
      throw Error(ErrorCode::bad_request, "The division " + from + " stands there twice.");
    }
  }
  if (moves.empty()) throw Error(ErrorCode::bad_request, "Say which divisions became which.");
  return moves;
}

int county_number(const std::string& division) {
  int county = 0;
  std::from_chars(division.data(), division.data() + 6, county);
  return county;
}

/// Finds what lies in the divisions and what becomes of it.
class Reissue {
 public:
  Reissue(PlanContext& context, const Moves& moves, ChangePlan& plan)
      : m_context(context),
        m_moves(moves),
        m_plan(plan),
        m_schemes(*context.app.parts().code_schemes),
        m_building_scheme(m_schemes.get(context.app.settings().codes_building)),
        m_room_scheme(m_schemes.get(context.app.settings().codes_room)) {
    for (const auto& [from, move] : moves) m_divisions.push_back(from);
  }

  /// The codes that are replaced, by edit.
  std::vector<std::pair<std::size_t, std::string>> plan() {
    // A building and the door that it stands at may have one code: it is replaced once.
    const store::Result buildings = run(query::buildings_in);
    for (const store::Row row : buildings) {
      const std::string code = row.get<std::string>(2);
      const std::size_t edit = add("building", row.get<Uuid>(0), row.get<std::int32_t>(1), row.get<std::string>(4),
                                   row.get<std::string>(3), false);
      renew(edit, code, m_building_scheme);
    }
    const store::Result addresses = run(query::addresses_in);
    for (const store::Row row : addresses) {
      const std::size_t edit = add("address", row.get<Uuid>(0), row.get<std::int32_t>(1), row.get<std::string>(5),
                                   row.get<std::string>(4), true);
      m_address_edit[row.get<Uuid>(0).text()] = edit;
      if (row.get<std::string>(2) != "room") renew(edit, row.get<std::string>(3), m_building_scheme);
    }
    for (const store::Row row : addresses) {
      if (row.get<std::string>(2) != "room") continue;
      renew(m_address_edit.at(row.get<Uuid>(0).text()), row.get<std::string>(3), m_room_scheme);
    }
    const store::Result rooms = run(query::rooms_in);
    for (const store::Row row : rooms) {
      const std::string code = row.get<std::string>(2);
      const auto of_address = m_edit_of_code.find(code);
      if (code.empty() || of_address == m_edit_of_code.end()) continue;
      const ObjectEdit& address = m_plan.edits[of_address->second];
      m_plan.codes.push_back(
          {m_plan.edits.size(), m_room_scheme.name, {{"same_edit", std::to_string(of_address->second)}}});
      m_plan.edits.push_back({.object_kind = "room",
                              .id = row.get<Uuid>(0),
                              .base_version = row.get<std::int32_t>(1),
                              .division_code = address.division_code,
                              .fields = "{}",
                              .action = "recoded",
                              .before = code,
                              .after = {}});
    }
    return std::move(m_replaced);
  }

 private:
  store::Result run(const store::Query& statement) {
    return m_context.transaction.run(statement, std::int32_t{m_context.county_code}, m_divisions);
  }

  std::size_t add(std::string_view kind, const Uuid& id, int version, const std::string& division,
                  const std::string& display, bool has_text) {
    const Move& move = m_moves.at(division);
    JsonObject fields;
    fields.add("division_code", move.to);
    std::string after = display;
    if (!move.display_from.empty() && display.starts_with(move.display_from)) {
      after = move.display_to + display.substr(move.display_from.size());
      if (has_text) fields.add("display", after);
    }
    m_plan.edits.push_back({.object_kind = kind,
                            .id = id,
                            .base_version = version,
                            .division_code = move.to,
                            .fields = fields.text(),
                            .action = "recoded",
                            .before = display,
                            .after = std::move(after)});
    return m_plan.edits.size() - 1;
  }

  /// Wishes for a new code where the old one is of the scheme.
  void renew(std::size_t edit, const std::string& code, const spine::CodeScheme& scheme) {
    if (code.empty() || !spine::explain_code(scheme, code, {}).is_right()) return;
    if (const auto known = m_edit_of_code.find(code); known != m_edit_of_code.end()) {
      m_plan.codes.push_back({edit, scheme.name, {{"same_edit", std::to_string(known->second)}}});
      return;
    }
    CodeWish wish = {edit, scheme.name, {}};
    if (scheme.parent.empty()) {
      wish.parts.emplace_back("division", m_plan.edits[edit].division_code);
    } else {
      const auto parent = m_edit_of_prefix.find(parent_part(scheme, code));
      if (parent == m_edit_of_prefix.end()) return;
      wish.parts.emplace_back("parent_edit", std::to_string(parent->second));
      add_own_numbers(scheme, code, wish);
    }
    m_edit_of_code.emplace(code, edit);
    m_edit_of_prefix.emplace(code.substr(0, code.size() - (scheme.check == spine::CheckRule::none ? 0 : 1)), edit);
    m_plan.codes.push_back(std::move(wish));
    m_replaced.emplace_back(edit, code);
  }

  /// What a code has of its parent's.
  static std::string parent_part(const spine::CodeScheme& scheme, const std::string& code) {
    std::size_t digits = 0;
    for (std::size_t i = 0; i < scheme.inherited; ++i) digits += scheme.segments[i].width;
    return code.substr(0, digits);
  }

  /// A scheme that counts nothing keeps its doors' numbers: they stand in the old code as this very scheme wrote it.
  static void add_own_numbers(const spine::CodeScheme& scheme, const std::string& code, CodeWish& wish) {
    if (scheme.has_serial()) return;
    const spine::CodeReading reading = spine::explain_code(scheme, code, {});
    for (std::size_t i = scheme.inherited; i < scheme.segments.size(); ++i) {
      const std::string& number = reading.parts[i].meaning;
      wish.parts.emplace_back(std::string(spine::segment_from_name(scheme.segments[i].from)),
                              number.empty() ? "0" : number);
    }
  }

  PlanContext& m_context;
  const Moves& m_moves;
  ChangePlan& m_plan;
  const spine::CodeSchemes& m_schemes;
  const spine::CodeScheme& m_building_scheme;
  const spine::CodeScheme& m_room_scheme;
  std::vector<std::string> m_divisions;
  std::unordered_map<std::string, std::size_t> m_edit_of_code, m_edit_of_prefix, m_address_edit;
  std::vector<std::pair<std::size_t, std::string>> m_replaced;
};

}  // namespace

ChangeSubject subject_of_reissue(Application&, const address::DivisionIndex&, const RequestJson& request) {
  const Moves moves = read_moves(request);
  ChangeSubject subject;
  subject.county_code = county_number(moves.begin()->first);
  for (const auto& [from, move] : moves) {
    if (county_number(from) != subject.county_code) {
      throw Error(ErrorCode::bad_request, "One change set is about the divisions of one county. Make one for each.");
    }
  }
  subject.division_code = moves.begin()->second.to;
  subject.title = "区划变更换码 " + moves.begin()->first + " → " + moves.begin()->second.to;
  if (moves.size() > 1) subject.title += " 等" + std::to_string(moves.size()) + "处";
  return subject;
}

void plan_reissue(PlanContext& context, const RequestJson& request, ChangePlan& plan) {
  const Moves moves = read_moves(request);
  Reissue(context, moves, plan).plan();
  if (plan.edits.empty()) {
    throw Error(ErrorCode::conflict, "Nothing of the register lies in these divisions.", "codes.nothing_there");
  }
}

TouchCounts write_reissue(PlanContext& context, const RequestJson& request, const ChangeSet& set, const Caller& caller,
                          store::Timestamp at, CodeIssuer& issuer) {
  const Moves moves = read_moves(request);
  ChangePlan plan;
  const auto replaced = Reissue(context, moves, plan).plan();
  write_plan(context.transaction, set, plan, caller, at, issuer);
  std::vector<CodeStep> steps;
  for (const auto& [edit, old_code] : replaced) {
    const ObjectEdit& now = plan.edits[edit];
    steps.push_back({old_code, RequestJson(now.fields).text("code", 64), "redivided", now.object_kind, set.id.value});
  }
  issuer.succeed(set.county_code, steps);
  return count_touched(plan);
}

}  // namespace menpai::app
