// SPDX-License-Identifier: Apache-2.0
// Written by hand, because every cleaned row passes here; read with Boost.JSON, because only looked-at rows do.
#include "app/answer_json.hpp"

#include <boost/json.hpp>

#include "base/error.hpp"

namespace menpai::app {
namespace {

void append_field(std::string& out, std::string_view name, std::string_view text) {
  out += '"';
  out += name;
  out += "\":";
  append_json_string(out, text);
  out += ',';
}

void append_point(std::string& out, const std::optional<geo::LonLat>& point) {
  out += "\"lon\":";
  if (point) {
    append_json_number(out, point->lon);
  } else {
    out += "null";
  }
  out += ",\"lat\":";
  if (point) {
    append_json_number(out, point->lat);
  } else {
    out += "null";
  }
  out += ',';
}

void append_reasons(std::string& out, const std::vector<ElementReason>& reasons) {
  out += "\"reasons\":[";
  for (std::size_t i = 0; i < reasons.size(); ++i) {
    if (i > 0) out += ',';
    out += "{\"level\":\"";
    out += level_name(reasons[i].level);
    out += "\",\"reason\":\"";
    out += reason_name(reasons[i].reason);
    out += "\"}";
  }
  out += ']';
}

void append_candidate(std::string& out, const Candidate& c) {
  out += '{';
  append_field(out, "id", c.id);
  append_field(out, "address", c.address);
  append_field(out, "code", c.code);
  append_field(out, "division_code", c.division_code);
  append_field(out, "level", level_name(c.level));
  out += "\"score\":";
  append_json_number(out, c.score);
  out += ',';
  append_field(out, "grade", grade_name(c.grade));
  append_point(out, c.point);
  append_reasons(out, c.reasons);
  out += '}';
}

namespace json = boost::json;

std::string text_of(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

double number_of(const json::object& object, std::string_view key) {
  const json::value* value = object.if_contains(key);
  return value && value->is_number() ? value->to_number<double>() : 0;
}

Level level_of(const json::object& object) {
  return parse_level(text_of(object, "level")).value_or(Level::none);
}

Grade grade_of(const json::object& object) {
  const std::string name = text_of(object, "grade");
  for (const Grade grade : {Grade::a, Grade::b, Grade::c}) {
    if (grade_name(grade) == name) return grade;
  }
  return Grade::none;
}

std::optional<geo::LonLat> point_of(const json::object& object) {
  const json::value* lon = object.if_contains("lon");
  if (!lon || !lon->is_number()) return std::nullopt;
  return geo::LonLat{number_of(object, "lon"), number_of(object, "lat")};
}

std::vector<ElementReason> reasons_of(const json::object& object) {
  std::vector<ElementReason> reasons;
  for (const json::value& item : object.at("reasons").as_array()) {
    const std::string name = text_of(item.as_object(), "reason");
    for (int i = 0; i <= static_cast<int>(Reason::not_found); ++i) {
      const Reason reason = static_cast<Reason>(i);
      if (reason_name(reason) == name) reasons.push_back({level_of(item.as_object()), reason});
    }
  }
  return reasons;
}

Candidate candidate_of(const json::object& object) {
  Candidate c;
  c.id = text_of(object, "id");
  c.address = text_of(object, "address");
  c.code = text_of(object, "code");
  c.division_code = text_of(object, "division_code");
  c.level = level_of(object);
  c.score = number_of(object, "score");
  c.grade = grade_of(object);
  c.point = point_of(object);
  c.reasons = reasons_of(object);
  return c;
}

}  // namespace

std::string candidates_json(const std::vector<Candidate>& candidates) {
  std::string out = "[";
  for (std::size_t i = 0; i < candidates.size(); ++i) {
    if (i > 0) out += ',';
    append_candidate(out, candidates[i]);
  }
  out += ']';
  return out;
}

std::string answer_json(const Answer& answer) {
  std::string out;
  append_answer_json(out, answer);
  return out;
}

void append_answer_json(std::string& out, const Answer& answer) {
  out += '{';
  append_field(out, "grade", grade_name(answer.grade));
  out += "\"score\":";
  append_json_number(out, answer.score);
  out += ',';
  append_field(out, "level", level_name(answer.level));
  append_field(out, "address", answer.address);
  append_field(out, "code", answer.code);
  append_field(out, "id", answer.id);
  append_field(out, "division_code", answer.division_code);
  out += "\"parts\":{";
  for (int i = 0; i < level_count; ++i) {
    const Level level = static_cast<Level>(i);
    if (!answer[level].empty()) append_field(out, level_name(level), answer[level]);
  }
  if (out.back() == ',') out.pop_back();
  out += "},";
  append_point(out, answer.point);
  append_reasons(out, answer.reasons);
  out += ',';
  append_field(out, "residue", answer.residue);
  out += "\"candidates\":[";
  for (std::size_t i = 0; i < answer.candidates.size(); ++i) {
    if (i > 0) out += ',';
    append_candidate(out, answer.candidates[i]);
  }
  out += "]}";
}

Answer parse_answer_json(std::string_view text) {
  try {
    const json::value value = json::parse(text);
    const json::object& object = value.as_object();
    Answer answer;
    answer.grade = grade_of(object);
    answer.score = number_of(object, "score");
    answer.level = level_of(object);
    answer.address = text_of(object, "address");
    answer.code = text_of(object, "code");
    answer.id = text_of(object, "id");
    answer.division_code = text_of(object, "division_code");
    for (const auto& part : object.at("parts").as_object()) {
      if (const auto level = parse_level(part.key())) answer[*level] = std::string(part.value().as_string());
    }
    answer.point = point_of(object);
    answer.reasons = reasons_of(object);
    answer.residue = text_of(object, "residue");
    for (const json::value& item : object.at("candidates").as_array()) {
      answer.candidates.push_back(candidate_of(item.as_object()));
    }
    return answer;
  } catch (const std::exception& e) {
    throw Error(ErrorCode::damaged, "A stored answer cannot be read. Run `menpai check`.", e.what());
  }
}

}  // namespace menpai::app
