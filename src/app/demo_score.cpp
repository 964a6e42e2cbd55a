// SPDX-License-Identifier: Apache-2.0
// Compares a cleaned demo list with its truth; keeps the summary.
#include "app/demo_score.hpp"

#include <algorithm>
#include <simdjson.h>

#include "app/answer_json.hpp"
#include "base/error.hpp"
#include "intake/table.hpp"

namespace menpai::app {
namespace {

using Counts = std::array<std::uint64_t, 4>;

spine::DirtClass parse_dirt(const std::string& name, const std::filesystem::path& file) {
  for (int i = 0; i < spine::dirt_class_count; ++i) {
    const auto dirt = static_cast<spine::DirtClass>(i);
    if (spine::dirt_class_name(dirt) == name) return dirt;
  }
  throw Error(ErrorCode::damaged,
              "The truth file " + file.string() + " is damaged. Remove the demo and make it again.");
}

void append_counts(std::string& out, const Counts& counts) {
  out += '[';
  for (std::size_t i = 0; i < counts.size(); ++i) out += (i > 0 ? "," : "") + std::to_string(counts[i]);
  out += ']';
}

/// Reads members that must be there.
class Members {
 public:
  explicit Members(simdjson::dom::element element) : m_element(element) {}
  std::uint64_t number(std::string_view name) const {
    std::uint64_t value = 0;
    require(m_element[name].get(value));
    return value;
  }
  double real(std::string_view name) const {
    double value = 0;
    require(m_element[name].get(value));
    return value;
  }
  std::string text(std::string_view name) const {
    std::string_view value;
    require(m_element[name].get(value));
    return std::string(value);
  }
  Counts counts(std::string_view name) const {
    Counts values{};
    std::size_t at = 0;
    for (const simdjson::dom::element value : array(name)) {
      if (at < values.size()) require(value.get(values[at++]));
    }
    return values;
  }
  simdjson::dom::array array(std::string_view name) const {
    simdjson::dom::array value;
    require(m_element[name].get(value));
    return value;
  }

 private:
  static void require(simdjson::error_code result) {
    if (result == simdjson::SUCCESS) return;
    throw Error(ErrorCode::damaged,
                "The demo's summary is damaged. Remove the demo's data directory and make it again.");
  }
  simdjson::dom::element m_element;
};

}  // namespace

std::vector<DemoTruth> load_demo_truth(const std::filesystem::path& file) {
  const auto table = intake::TableReader::open(file);
  const std::size_t id = intake::find_column(table->columns(), "address_id");
  const std::size_t dirt = intake::find_column(table->columns(), "class");
  const std::size_t level = intake::find_column(table->columns(), "level");
  std::vector<DemoTruth> truth;
  for (std::vector<std::string> cells; table->next(cells);) {
    truth.push_back({cells[id], parse_dirt(cells[dirt], file), parse_level(cells[level]).value_or(Level::none)});
  }
  return truth;
}

void score_answer(const Answer& answer, const DemoTruth& truth,
                  std::array<DemoScore, spine::dirt_class_count>& scores) {
  DemoScore& score = scores[static_cast<std::size_t>(truth.dirt)];
  ++score.rows;
  ++score.grades[static_cast<std::size_t>(answer.grade)];
  const bool settled = answer.grade == Grade::a || answer.grade == Grade::b;
  // Of what does not exist, only what lies above it can be answered.
  const bool is_it = truth.address_id.empty() ? answer.level < truth.level : answer.id == truth.address_id;
  if (settled) ++(is_it ? score.right : score.wrong);
  if (answer.grade != Grade::c || truth.address_id.empty()) return;
  const bool among = std::any_of(answer.candidates.begin(), answer.candidates.end(),
                                 [&](const Candidate& candidate) { return candidate.id == truth.address_id; });
  if (is_it || among) ++score.held_known;
}

std::string demo_summary_json(const DemoSummary& summary) {
  std::string out = "{\"rooms_asked\":" + std::to_string(summary.rooms_asked);
  out += ",\"seed\":" + std::to_string(summary.seed);
  out += ",\"blocks\":" + std::to_string(summary.town.blocks) + ",\"places\":" + std::to_string(summary.town.places);
  out += ",\"buildings\":" + std::to_string(summary.town.buildings);
  out += ",\"addresses\":" + std::to_string(summary.town.addresses);
  out += ",\"rooms\":" + std::to_string(summary.town.rooms);
  out += ",\"library_addresses\":" + std::to_string(summary.library_addresses);
  out += ",\"library_bytes\":" + std::to_string(summary.library_bytes) + ",\"seconds\":";
  append_json_number(out, summary.seconds);
  out += ",\"lists\":[";
  for (std::size_t i = 0; i < summary.lists.size(); ++i) {
    const DemoListSummary& list = summary.lists[i];
    append_json_string(out += i > 0 ? ",{\"name\":" : "{\"name\":", list.name);
    out += ",\"rows\":" + std::to_string(list.rows) + ",\"held\":" + std::to_string(list.held) + ",\"grades\":";
    append_counts(out, list.grades);
    append_json_number(out += ",\"rows_per_second\":", list.rows_per_second);
    out += '}';
  }
  out += "],\"classes\":[";
  for (std::size_t i = 0; i < summary.classes.size(); ++i) {
    const DemoScore& score = summary.classes[i];
    append_json_string(out += i > 0 ? ",{\"class\":" : "{\"class\":",
                       spine::dirt_class_name(static_cast<spine::DirtClass>(i)));
    out += ",\"rows\":" + std::to_string(score.rows) + ",\"right\":" + std::to_string(score.right);
    out += ",\"wrong\":" + std::to_string(score.wrong) + ",\"held_known\":" + std::to_string(score.held_known);
    append_counts(out += ",\"grades\":", score.grades);
    out += '}';
  }
  return out + "]}\n";
}

DemoSummary parse_demo_summary(const std::string& json) {
  simdjson::dom::parser parser;
  simdjson::dom::element root;
  if (parser.parse(json).get(root) != simdjson::SUCCESS) {
    throw Error(ErrorCode::damaged,
                "The demo's summary is damaged. Remove the demo's data directory and make it again.");
  }
  const Members members(root);
  DemoSummary summary;
  summary.rooms_asked = members.number("rooms_asked");
  summary.seed = members.number("seed");
  summary.town = {members.number("blocks"), members.number("places"), members.number("buildings"),
                  members.number("addresses"), members.number("rooms")};
  summary.library_addresses = members.number("library_addresses");
  summary.library_bytes = members.number("library_bytes");
  summary.seconds = members.real("seconds");
  for (const simdjson::dom::element element : members.array("lists")) {
    const Members list(element);
    summary.lists.push_back({list.text("name"), list.number("rows"), list.counts("grades"), list.number("held"),
                             list.real("rows_per_second")});
  }
  std::size_t at = 0;
  for (const simdjson::dom::element element : members.array("classes")) {
    const Members score(element);
    if (at == summary.classes.size()) break;
    summary.classes[at++] = {score.number("rows"), score.counts("grades"), score.number("right"), score.number("wrong"),
                             score.number("held_known")};
  }
  return summary;
}

}  // namespace menpai::app
