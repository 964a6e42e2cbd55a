// SPDX-License-Identifier: Apache-2.0
#include "app/place/findings.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>
#include <map>
#include <optional>

#include "app/door.hpp"
#include "app/parts.hpp"
#include "app/place/scope.hpp"
#include "base/error.hpp"
#include "geo/ewkb.hpp"
#include "spine/number_findings.hpp"
#include "spine/shared_line.hpp"
#include "store/queries.hpp"

namespace menpai::app {
namespace {

namespace query = store::query::finding;

constexpr int page_max = 500;
constexpr std::int64_t places_a_step = 1000;
/// Two streets this near to one another all along are one.
constexpr double same_line_m = 12;

/// The statements of the kinds before first_number_kind, in their order.
constexpr std::array<const store::Query*, 7> statements = {
    &query::unnamed_street, &query::unlisted_street, nullptr,  // several_names compares lines
    &query::duplicate_name, &query::same_sound_name, &query::wrong_name,
    &query::missing_number,
};
static_assert(statements.size() == static_cast<std::size_t>(first_number_kind));

FindingKind kind_of(spine::NumberFault fault) {
  return static_cast<FindingKind>(static_cast<std::size_t>(first_number_kind) + static_cast<std::size_t>(fault));
}
static_assert(static_cast<int>(first_number_kind) + spine::number_fault_count == finding_kind_count);

bool is_of_numbers(FindingKind kind) {
  return kind >= first_number_kind;
}

std::optional<geo::LonLat> point_of(const store::Row& row, int column) {
  const auto lon = row.get<std::optional<double>>(column);
  const auto lat = row.get<std::optional<double>>(column + 1);
  if (!lon || !lat) return std::nullopt;
  return geo::LonLat{*lon, *lat};
}

/// The mark of a page that is a number of findings.
std::int64_t offset_of(const FindingQuery& asked) {
  std::int64_t offset = 0;
  const auto [end, error] = std::from_chars(asked.after.data(), asked.after.data() + asked.after.size(), offset);
  const bool is_mark = error == std::errc() && end == asked.after.data() + asked.after.size() && offset > 0;
  if (!asked.after.empty() && !is_mark) {
    throw Error(ErrorCode::bad_request, "\"after\" must be what the page before gave as \"next\".");
  }
  return offset;
}

FindingPage list_shared_lines(store::Connection& connection, const Scope& scope, const FindingQuery& asked) {
  struct Line {
    Uuid id;
    std::string name, division_code;
  };
  std::vector<Line> lines;
  std::vector<geo::Geometry> shapes;
  for (const store::Row row : connection.run(query::street_lines, scope.counties, scope.pattern)) {
    auto shape = geo::parse_ewkb(row.get<store::Bytes>(3).value);
    if (!shape) continue;
    shapes.push_back(std::move(*shape));
    lines.push_back({row.get<Uuid>(0), row.get<std::string>(1), row.get<std::string>(2)});
  }
  std::vector<spine::SharedLine> shared = spine::find_shared_lines(shapes, same_line_m);
  std::erase_if(shared, [&](const spine::SharedLine& one) { return lines[one.part].name == lines[one.whole].name; });
  const auto offset = static_cast<std::size_t>(offset_of(asked));
  FindingPage page;
  if (offset == 0) page.total = shared.size();
  const std::size_t end = std::min(shared.size(), offset + static_cast<std::size_t>(asked.limit));
  for (std::size_t i = offset; i < end; ++i) {
    const Line &part = lines[shared[i].part], &whole = lines[shared[i].whole];
    page.items.push_back({.kind = asked.kind,
                          .division_code = part.division_code,
                          .place_id = part.id.text(),
                          .place_name = part.name,
                          .ids = {part.id.text(), whole.id.text()},
                          .part = part.name + " = " + whole.name,
                          .point = geo::label_point(shapes[shared[i].part])});
  }
  if (end < shared.size()) page.next = std::to_string(end);
  return page;
}

FindingPage list_by_statement(store::Connection& connection, const Scope& scope, const FindingQuery& asked) {
  if (asked.kind == FindingKind::several_names) return list_shared_lines(connection, scope, asked);
  const std::int64_t offset = offset_of(asked);
  FindingPage page;
  std::uint64_t total = 0;
  for (const store::Row row : connection.run(*statements[static_cast<std::size_t>(asked.kind)], scope.counties,
                                             scope.pattern, std::int64_t{asked.limit}, offset)) {
    Finding& finding = page.items.emplace_back();
    finding.kind = asked.kind;
    finding.division_code = row.get<std::string>(0);
    if (const auto place = row.get<std::optional<Uuid>>(1)) finding.place_id = place->text();
    finding.place_name = row.get<std::string>(2);
    for (const Uuid& id : row.get<std::vector<Uuid>>(3)) finding.ids.push_back(id.text());
    finding.part = row.get<std::string>(4);
    finding.point = point_of(row, 5);
    total = static_cast<std::uint64_t>(row.get<std::int64_t>(7));
  }
  const std::uint64_t shown = static_cast<std::uint64_t>(offset) + page.items.size();
  if (offset == 0) page.total = total;
  if (shown < total) page.next = std::to_string(shown);
  return page;
}

struct Street {
  Uuid id;
  std::string name, division_code;
  std::optional<spine::StreetLine> line;
};

/// Walks the places of a scope in the order of their ids and hands over what is wrong with the numbers of each.
class NumberWalk {
 public:
  NumberWalk(store::Connection& connection, const Scope& scope, const spine::NumberingRule& rule)
      : m_connection(connection), m_scope(scope), m_rule(rule) {}

  /// `use` says whether to go on; the place at which it stopped is given back, nil at the end.
  using Use = std::function<bool(const Street&, const std::map<std::string, geo::LonLat>& points,
                                 std::vector<spine::NumberFinding>&& findings)>;
  Uuid run(Uuid after, const Use& use) {
    for (;;) {
      std::vector<Street> streets = next(after);
      if (streets.empty()) return {};
      std::vector<Uuid> ids;
      for (const Street& street : streets) ids.push_back(street.id);
      const auto doors = doors_of(ids);
      for (const Street& street : streets) {
        const auto on = doors.find(street.id);
        if (on == doors.end()) continue;
        std::map<std::string, geo::LonLat> points;
        for (const spine::NumberedDoor& door : on->second) {
          if (door.point) points.emplace(door.id, *door.point);
        }
        const spine::StreetLine* line = street.line ? &*street.line : nullptr;
        auto found = spine::find_number_faults(m_rule, line, on->second);
        if (!found.empty() && !use(street, points, std::move(found))) return street.id;
      }
      after = streets.back().id;
      if (static_cast<std::int64_t>(streets.size()) < places_a_step) return {};
    }
  }

 private:
  std::vector<Street> next(const Uuid& after) {
    std::vector<Street> streets;
    for (const store::Row row :
         m_connection.run(query::places_with_numbers, m_scope.counties, m_scope.pattern, after, places_a_step)) {
      Street& street = streets.emplace_back();
      street.id = row.get<Uuid>(0);
      street.name = row.get<std::string>(1);
      street.division_code = row.get<std::string>(2);
      if (const auto bytes = row.get<std::optional<store::Bytes>>(3)) {
        const auto shape = geo::parse_ewkb(bytes->value);
        if (shape && has_length(*shape)) street.line.emplace(*shape, m_rule);
      }
    }
    return streets;
  }

  static bool has_length(const geo::Geometry& shape) {
    if (const auto* line = std::get_if<geo::Line>(&shape)) return line->size() > 1 && geo::length_m(*line) > 0;
    const auto* lines = std::get_if<geo::MultiLine>(&shape);
    if (lines == nullptr) return false;
    double length_m = 0;
    for (const geo::Line& line : lines->lines) length_m += line.size() > 1 ? geo::length_m(line) : 0;
    return length_m > 0;
  }

  std::map<Uuid, std::vector<spine::NumberedDoor>> doors_of(const std::vector<Uuid>& ids) {
    std::map<Uuid, std::vector<spine::NumberedDoor>> doors;
    for (const store::Row row : m_connection.run(query::numbers_on, m_scope.counties, ids)) {
      doors[row.get<Uuid>(0)].push_back({row.get<Uuid>(1).text(), row.get<std::string>(2), point_of(row, 3)});
    }
    return doors;
  }

  store::Connection& m_connection;
  const Scope& m_scope;
  const spine::NumberingRule& m_rule;
};

FindingPage list_by_walk(store::Connection& connection, const Scope& scope, const spine::NumberingRule& rule,
                         const FindingQuery& asked) {
  Uuid after;
  if (!asked.after.empty()) {
    const auto mark = Uuid::parse(asked.after);
    if (!mark) throw Error(ErrorCode::bad_request, "\"after\" must be what the page before gave as \"next\".");
    after = *mark;
  }
  const bool is_first = asked.after.empty();
  FindingPage page;
  Uuid last;
  bool is_full = false;
  NumberWalk(connection, scope, rule).run(after, [&](const Street& street, const auto& points, auto&& findings) {
    bool has_any = false;
    for (spine::NumberFinding& one : findings) {
      if (kind_of(one.fault) != asked.kind) continue;
      if (is_first) ++page.total;
      has_any = true;
      if (is_full) continue;
      Finding& finding = page.items.emplace_back();
      finding.kind = asked.kind;
      finding.division_code = street.division_code;
      finding.place_id = street.id.text();
      finding.place_name = street.name;
      finding.ids = std::move(one.ids);
      finding.part = std::move(one.part);
      const auto at = finding.ids.empty() ? points.end() : points.find(finding.ids.front());
      if (at != points.end()) finding.point = at->second;
    }
    if (is_full && has_any) page.next = last.text();
    if (!is_full) last = street.id;
    is_full = is_full || page.items.size() >= static_cast<std::size_t>(asked.limit);
    // The first page is counted to the end; the others stop where it is known that more comes.
    return is_first || page.next.empty();
  });
  return page;
}

}  // namespace

FindingPage list_findings(Application& app, const Caller& caller, const FindingQuery& asked) {
  require(app, caller, Action::read_place, "finding");
  if (asked.limit < 1 || asked.limit > page_max) {
    throw Error(ErrorCode::bad_request, "A page has 1 to " + std::to_string(page_max) + " findings.");
  }
  const spine::NumberingRule& rule = app.parts().place_rules->numbering_rule(asked.rule);
  const store::Lease lease = app.parts().store->take();
  const Scope scope = scope_of(*lease, asked.division);
  return is_of_numbers(asked.kind) ? list_by_walk(*lease, scope, rule, asked) : list_by_statement(*lease, scope, asked);
}

std::vector<FindingCount> count_findings(Application& app, const Caller& caller, const std::string& division,
                                         const std::string& rule_name) {
  require(app, caller, Action::read_place, "finding");
  const spine::NumberingRule& rule = app.parts().place_rules->numbering_rule(rule_name);
  const store::Lease lease = app.parts().store->take();
  const Scope scope = scope_of(*lease, division);
  std::vector<FindingCount> counts;
  for (int i = 0; i < finding_kind_count; ++i) {
    const auto kind = static_cast<FindingKind>(i);
    counts.push_back({kind, 0});
    if (is_of_numbers(kind)) continue;
    counts.back().count =
        list_by_statement(*lease, scope, {.kind = kind, .division = {}, .rule = {}, .after = {}, .limit = 1}).total;
  }
  NumberWalk(*lease, scope, rule).run({}, [&](const Street&, const auto&, auto&& findings) {
    for (const spine::NumberFinding& one : findings) ++counts[static_cast<std::size_t>(kind_of(one.fault))].count;
    return true;
  });
  return counts;
}

}  // namespace menpai::app
