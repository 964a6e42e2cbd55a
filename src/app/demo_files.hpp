// SPDX-License-Identifier: Apache-2.0
// Small writers for the files of the demo town: CSV and GeoJSON that appear whole or not at all.
#pragma once

#include <cstdio>
#include <filesystem>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "geo/geometry.hpp"

namespace menpai::app {

/// A file under another name until finish(). Throws disk_full and the like as they come.
class WholeFile {
 public:
  explicit WholeFile(std::filesystem::path file);
  ~WholeFile();
  WholeFile(const WholeFile&) = delete;
  WholeFile& operator=(const WholeFile&) = delete;
  void write(std::string_view bytes);
  void finish();

 private:
  void flush();
  std::filesystem::path m_file;
  std::filesystem::path m_part;
  std::FILE* m_stream = nullptr;
};

/// `cells` as one line of CSV (RFC 4180, CRLF).
void append_csv_row(std::string& out, const std::vector<std::string_view>& cells);
/// UTF-8 to GB18030; a character that the table lacks becomes '?'.
std::string to_gb18030(std::string_view text);
/// Degrees with seven decimals.
std::string degrees_text(double degrees);

/// A FeatureCollection, one feature a line.
class GeoJsonFile {
 public:
  explicit GeoJsonFile(std::filesystem::path file);
  /// `numbers` are written as they are: 7, 21.7.
  void feature(const geo::Geometry& geometry,
               std::initializer_list<std::pair<std::string_view, std::string_view>> texts,
               std::initializer_list<std::pair<std::string_view, std::string>> numbers);
  void finish();

 private:
  WholeFile m_file;
  std::string m_line;
  bool m_first = true;
};

}  // namespace menpai::app
