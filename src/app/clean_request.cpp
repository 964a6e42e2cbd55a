// SPDX-License-Identifier: Apache-2.0
// Read with simdjson's checked tree: what it accepts is well-formed JSON of valid UTF-8.
#include "app/clean_request.hpp"

#include <algorithm>
#include <simdjson.h>

#include "app/clean_text.hpp"
#include "base/error.hpp"

namespace menpai::app {
namespace {

namespace dom = simdjson::dom;

constexpr std::size_t id_bytes_max = 256;

[[noreturn]] void refuse(const std::string& what) {
  throw Error(ErrorCode::bad_request, what);
}

bool is_region(std::string_view region) {
  const std::size_t size = region.size();
  return region.find_first_not_of("0123456789") == std::string_view::npos &&
         (size == 0 || size == 2 || size == 4 || size == 6 || size == 9 || size == 12);
}

dom::object parse_object(dom::parser& parser, std::string_view json) {
  dom::element document;
  if (const auto error = parser.parse(json.data(), json.size()).get(document); error != simdjson::SUCCESS) {
    refuse(std::string("The body is not well-formed JSON: ") + simdjson::error_message(error));
  }
  dom::object object;
  if (document.get(object) != simdjson::SUCCESS) refuse("The body must be a JSON object.");
  return object;
}

void take_texts(const dom::element& value, std::size_t rows_max, std::vector<std::string>& texts) {
  dom::array array;
  if (value.get(array) != simdjson::SUCCESS) refuse("\"texts\" must be an array of texts.");
  if (array.size() > rows_max) {
    throw Error(ErrorCode::too_large,
                "One request takes " + std::to_string(rows_max) +
                    " texts at most (service.rows_max). Send more as lines, with Content-Type: application/x-ndjson.");
  }
  texts.reserve(array.size());
  for (const dom::element& item : array) {
    std::string_view text;
    if (!item.is_null() && item.get(text) != simdjson::SUCCESS) {
      refuse("\"texts\" holds something that is no text, at position " + std::to_string(texts.size()) + ".");
    }
    texts.emplace_back(text);
  }
}

}  // namespace

void check_region(std::string_view region) {
  if (is_region(region)) return;
  refuse("\"region\" must be a division code of 2, 4, 6, 9 or 12 digits, for example 442000108.");
}

void check_top(std::int64_t top) {
  if (top >= 1 && top <= clean_top_max) return;
  refuse("\"top\" must be a whole number from 1 to " + std::to_string(clean_top_max) + ".");
}

ReverseRequest parse_reverse_request(std::string_view json, double max_distance_m_otherwise) {
  dom::parser parser;
  ReverseRequest request;
  request.max_distance_m = max_distance_m_otherwise;
  bool has_points = false;
  for (const auto [key, value] : parse_object(parser, json)) {
    if (key == "points") {
      dom::array points;
      if (has_points || value.get(points) != simdjson::SUCCESS) refuse("\"points\" must be one array of points.");
      has_points = true;
      for (const dom::element& item : points) {
        dom::array pair;
        geo::LonLat point;
        if (item.get(pair) != simdjson::SUCCESS || pair.size() != 2 || pair.at(0).get(point.lon) != simdjson::SUCCESS ||
            pair.at(1).get(point.lat) != simdjson::SUCCESS) {
          refuse("Point " + std::to_string(request.points.size()) + " must be [lon, lat], two numbers.");
        }
        request.points.push_back(point);
      }
    } else if (key == "max_distance_m") {
      if (value.get(request.max_distance_m) != simdjson::SUCCESS) refuse("\"max_distance_m\" must be a number.");
    } else {
      refuse("Unknown key \"" + std::string(key.substr(0, 64)) + "\". There are points and max_distance_m.");
    }
  }
  if (!has_points) refuse("\"points\" is missing: [[lon, lat], …].");
  return request;
}

CleanBatchRequest parse_clean_batch(std::string_view json, std::size_t rows_max) {
  dom::parser parser;
  const dom::object object = parse_object(parser, json);
  CleanBatchRequest request;
  request.top = clean_top_default;
  bool has_texts = false;
  for (const auto [key, value] : object) {
    if (key == "texts") {
      if (has_texts) refuse("\"texts\" stands there twice.");
      take_texts(value, rows_max, request.texts);
      has_texts = true;
    } else if (key == "region") {
      std::string_view region;
      if (!value.is_null() && value.get(region) != simdjson::SUCCESS) refuse("\"region\" must be text.");
      check_region(region);
      request.region = region;
    } else if (key == "top") {
      std::int64_t top = clean_top_default;
      if (!value.is_null() && value.get(top) != simdjson::SUCCESS) top = 0;
      check_top(top);
      request.top = static_cast<int>(top);
    } else {
      refuse("Unknown key \"" + std::string(key.substr(0, 64)) + "\". There are texts, region and top.");
    }
  }
  if (!has_texts) refuse("\"texts\" is missing: the addresses to clean.");
  return request;
}

struct CleanLineReader::Parser {
  dom::parser parser;
};

CleanLineReader::CleanLineReader() : m_parser(std::make_unique<Parser>()) {}
CleanLineReader::~CleanLineReader() = default;

namespace {

/// Null if the member is understood, else what is wrong with it.
const char* take_member(std::string_view key, const dom::element& value, CleanLine& line, bool& has_text) {
  if (key == "text") {
    has_text = true;
    if (value.get(line.text) != simdjson::SUCCESS) return "\"text\" must be text.";
  } else if (key == "region") {
    if (!value.is_null() && value.get(line.region) != simdjson::SUCCESS) return "\"region\" must be text.";
    if (!is_region(line.region)) return "\"region\" must be a division code of 2, 4, 6, 9 or 12 digits.";
  } else if (key != "id") {
    return "There is a key that is not known. A line has id, text and region.";
  }
  return nullptr;
}

}  // namespace

void CleanLineReader::read(std::string_view json, CleanLine& line) {
  line.id = "null";
  line.text = {};
  line.region = {};
  line.error = nullptr;
  dom::element document;
  dom::object object;
  if (m_parser->parser.parse(json.data(), json.size()).get(document) != simdjson::SUCCESS) {
    line.error = "The line is not well-formed JSON in UTF-8.";
    return;
  }
  if (document.get(object) != simdjson::SUCCESS) {
    line.error = "The line must be a JSON object, {\"id\":…,\"text\":\"…\"}.";
    return;
  }
  // The id comes first: whatever else is wrong with the line, its sender knows it again.
  dom::element id;
  if (object.at_key("id").get(id) == simdjson::SUCCESS) {
    line.id = id.is_object() || id.is_array() ? std::string() : simdjson::to_string(id);
    if (line.id.empty() || line.id.size() > id_bytes_max) {
      line.id = "null";
      line.error = "\"id\" must be a text, a number or null, of 256 bytes at most.";
      return;
    }
  }
  bool has_text = false;
  for (const auto [key, value] : object) {
    line.error = take_member(key, value, line, has_text);
    if (line.error != nullptr) return;
  }
  if (!has_text) line.error = "\"text\" is missing: the address to clean.";
}

}  // namespace menpai::app
