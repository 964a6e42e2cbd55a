// SPDX-License-Identifier: Apache-2.0
// CSV and GeoJSON that appear whole or not at all.
#include "app/demo_files.hpp"

#include <cerrno>
#include <fmt/format.h>
#include <iconv.h>
#include <unistd.h>

#include "app/answer_json.hpp"
#include "base/error.hpp"

namespace menpai::app {

WholeFile::WholeFile(std::filesystem::path file) : m_file(std::move(file)), m_part(m_file.string() + ".part") {
  m_stream = std::fopen(m_part.c_str(), "wb");
  if (m_stream == nullptr) throw_errno("write " + m_part.string());
}

WholeFile::~WholeFile() {
  if (m_stream == nullptr) return;
  std::fclose(m_stream);
  std::error_code ignored;
  std::filesystem::remove(m_part, ignored);
}

void WholeFile::write(std::string_view bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), m_stream) != bytes.size()) throw_errno("write " + m_part.string());
}

void WholeFile::finish() {
  if (std::fflush(m_stream) != 0 || fsync(fileno(m_stream)) != 0) throw_errno("write " + m_part.string());
  std::FILE* const stream = std::exchange(m_stream, nullptr);
  if (std::fclose(stream) != 0) throw_errno("write " + m_part.string());
  std::error_code failed;
  std::filesystem::rename(m_part, m_file, failed);
  if (failed) {
    errno = failed.value();
    throw_errno("name the file " + m_file.string());
  }
}

void append_csv_row(std::string& out, const std::vector<std::string_view>& cells) {
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += ',';
    if (cells[i].find_first_of(",\"\r\n") == std::string_view::npos) {
      out += cells[i];
      continue;
    }
    out += '"';
    for (const char c : cells[i]) {
      if (c == '"') out += '"';
      out += c;
    }
    out += '"';
  }
  out += "\r\n";
}

std::string to_gb18030(std::string_view text) {
  const iconv_t converter = iconv_open("GB18030", "UTF-8");
  if (converter == iconv_t(-1)) throw Error(ErrorCode::unavailable, "This system cannot write GB18030 (iconv).");
  std::string out;
  std::string in(text);
  char* from = in.data();
  std::size_t left = in.size();
  char buffer[4096];
  while (left > 0) {
    char* to = buffer;
    std::size_t room = sizeof buffer;
    const std::size_t done = iconv(converter, &from, &left, &to, &room);
    out.append(buffer, sizeof buffer - room);
    if (done == std::size_t(-1) && errno != E2BIG) {
      out += '?';
      ++from;
      --left;
    }
  }
  iconv_close(converter);
  return out;
}

std::string degrees_text(double degrees) {
  return fmt::format("{:.7f}", degrees);
}

namespace {

void append_position(std::string& out, geo::LonLat point) {
  fmt::format_to(std::back_inserter(out), "[{:.7f},{:.7f}]", point.lon, point.lat);
}

void append_line(std::string& out, const geo::Line& line) {
  out += '[';
  for (std::size_t i = 0; i < line.size(); ++i) {
    if (i > 0) out += ',';
    append_position(out, line[i]);
  }
  out += ']';
}

void append_rings(std::string& out, const geo::Polygon& polygon) {
  out += '[';
  for (std::size_t i = 0; i < polygon.rings.size(); ++i) {
    if (i > 0) out += ',';
    append_line(out, polygon.rings[i]);
  }
  out += ']';
}

void append_geometry(std::string& out, const geo::Geometry& geometry) {
  if (const auto* point = std::get_if<geo::LonLat>(&geometry)) {
    out += R"({"type":"Point","coordinates":)";
    append_position(out, *point);
  } else if (const auto* line = std::get_if<geo::Line>(&geometry)) {
    out += R"({"type":"LineString","coordinates":)";
    append_line(out, *line);
  } else if (const auto* polygon = std::get_if<geo::Polygon>(&geometry)) {
    out += R"({"type":"Polygon","coordinates":)";
    append_rings(out, *polygon);
  } else {
    MENPAI_ASSERT(false, "the demo town has no shapes of several parts");
  }
  out += '}';
}

}  // namespace

GeoJsonFile::GeoJsonFile(std::filesystem::path file) : m_file(std::move(file)) {
  m_file.write("{\"type\":\"FeatureCollection\",\"features\":[\n");
}

void GeoJsonFile::feature(const geo::Geometry& geometry,
                          std::initializer_list<std::pair<std::string_view, std::string_view>> texts,
                          std::initializer_list<std::pair<std::string_view, std::string>> numbers) {
  m_line = m_first ? "" : ",\n";
  m_first = false;
  m_line += R"({"type":"Feature","properties":{)";
  const char* comma = "";
  for (const auto& [name, value] : texts) {
    m_line += comma;
    append_json_string(m_line, name);
    m_line += ':';
    append_json_string(m_line, value);
    comma = ",";
  }
  for (const auto& [name, value] : numbers) {
    m_line += comma;
    append_json_string(m_line, name);
    m_line += ':';
    m_line += value;
    comma = ",";
  }
  m_line += R"(},"geometry":)";
  append_geometry(m_line, geometry);
  m_line += '}';
  m_file.write(m_line);
}

void GeoJsonFile::finish() {
  m_file.write("\n]}\n");
  m_file.finish();
}

}  // namespace menpai::app
