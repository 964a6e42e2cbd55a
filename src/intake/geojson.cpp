// SPDX-License-Identifier: Apache-2.0
// GeoJSON, one feature at a time: a scanner cuts the features out of the file, simdjson reads each.
#include "intake/geojson.hpp"

#include <cerrno>
#include <cstdio>
#include <simdjson.h>

#include "base/error.hpp"

namespace menpai::intake {
namespace {

namespace dom = simdjson::dom;

constexpr std::size_t feature_bytes_max = std::size_t{16} << 20;
constexpr std::size_t block_bytes = std::size_t{1} << 18;

/// Cuts the objects out that are features: those in the array "features" of the outermost object, or, where there is
/// none, the outermost objects themselves. Knows only strings and brackets; what is inside is checked by the parser.
class FeatureScanner {
 public:
  explicit FeatureScanner(const std::filesystem::path& file) : m_name(file.filename().string()) {
    std::error_code failed;
    m_total = std::filesystem::file_size(file, failed);
    m_stream = failed ? nullptr : std::fopen(file.c_str(), "rb");
    if (m_stream == nullptr) {
      if (failed) errno = failed.value();
      throw_errno("read " + file.string());
    }
    if (m_total == 0) {
      std::fclose(m_stream);
      throw Error(ErrorCode::bad_request, m_name + " is empty.");
    }
  }
  ~FeatureScanner() { std::fclose(m_stream); }
  FeatureScanner(const FeatureScanner&) = delete;
  FeatureScanner& operator=(const FeatureScanner&) = delete;

  bool next(std::string& feature) {
    feature.clear();
    while (true) {
      if (m_at == m_block.size() && !fill()) return at_end();
      const char c = m_block[m_at++];
      ++m_read;
      if (step(c, feature)) return true;
      if (m_capturing && feature.size() > feature_bytes_max) {
        throw Error(ErrorCode::too_large, "A feature of " + m_name + " is larger than 16 MB.");
      }
    }
  }
  std::uint64_t read() const { return m_read; }
  std::uint64_t total() const { return m_total; }

 private:
  /// Takes one character; true when a feature is complete.
  bool step(char c, std::string& feature) {
    if (m_capturing) feature += c;
    if (m_in_string) {
      take_in_string(c);
      return false;
    }
    switch (c) {
      case '"':
        m_in_string = true;
        m_string.clear();
        return false;
      case '{':
      case '[':
        return open(c, feature), false;
      case '}':
      case ']':
        return close(c, feature);
      default:
        break;
    }
    const bool stray = m_depth.empty() && c > ' ' && c != 0x1E && c != ',' && static_cast<unsigned char>(c) < 0x80;
    if (stray) throw Error(ErrorCode::damaged, m_name + " is not GeoJSON.");
    return false;
  }

  void take_in_string(char c) {
    if (m_escaped) {
      m_escaped = false;
    } else if (c == '\\') {
      m_escaped = true;
    } else if (c == '"') {
      m_in_string = false;
      if (m_depth.size() == 1) m_key = m_string;
    } else if (m_string.size() < 32) {
      m_string += c;
    }
  }

  void open(char c, std::string& feature) {
    if (m_depth.empty()) {
      // May be a collection or a feature: it is held until that shows.
      m_capturing = true;
      feature = c;
    } else if (m_depth == "{" && c == '[' && m_key == "features") {
      m_in_collection = true;
      m_capturing = false;
      feature.clear();
    } else if (m_in_collection && m_depth == "{[" && c == '{') {
      m_capturing = true;
      feature = c;
    }
    m_depth += c;
  }

  bool close(char c, std::string& feature) {
    if (m_depth.empty() || (m_depth.back() == '{') != (c == '}')) {
      throw Error(ErrorCode::damaged, m_name + " is not GeoJSON: its brackets do not match.");
    }
    m_depth.pop_back();
    if (m_in_collection && m_depth == "{[" && m_capturing) {
      m_capturing = false;
      return true;
    }
    if (!m_depth.empty()) return false;
    const bool whole = m_capturing;
    m_capturing = false;
    m_in_collection = false;
    m_key.clear();
    if (!whole) feature.clear();
    return whole;
  }

  bool fill() {
    m_block.resize(block_bytes);
    m_block.resize(std::fread(m_block.data(), 1, block_bytes, m_stream));
    m_at = 0;
    if (std::ferror(m_stream) != 0) throw_errno("read " + m_name);
    if (m_read == 0 && m_block.compare(0, 3, "\xEF\xBB\xBF") == 0) m_at = 3;
    return m_at < m_block.size();  // false too for a file that is nothing but the mark
  }

  bool at_end() const {
    if (!m_depth.empty() || m_in_string) {
      throw Error(ErrorCode::damaged, m_name + " ends in the middle of a feature. It was cut off; get it again.");
    }
    return false;
  }

  std::string m_name;
  std::FILE* m_stream = nullptr;
  std::uint64_t m_total = 0;
  std::uint64_t m_read = 0;
  std::string m_block;
  std::size_t m_at = 0;
  std::string m_depth;   ///< the open brackets
  std::string m_string;  ///< the beginning of the string in hand
  std::string m_key;     ///< the last string in the outermost object
  bool m_in_string = false;
  bool m_escaped = false;
  bool m_capturing = false;
  bool m_in_collection = false;
};

/// Thrown inside this file only: the feature has `what`.
struct Fault {
  const char* what;
};

class GeometryReader {
 public:
  explicit GeometryReader(geo::Crs crs) : m_crs(crs) {}

  geo::Geometry read(dom::element geometry) const {
    std::string_view type;
    dom::array coordinates;
    if (geometry["type"].get(type) != simdjson::SUCCESS) throw Fault{"the geometry has no type"};
    if (geometry["coordinates"].get(coordinates) != simdjson::SUCCESS) throw Fault{"the geometry has no coordinates"};
    if (type == "Point") return position(coordinates);
    if (type == "LineString") return line(coordinates);
    if (type == "Polygon") return polygon(coordinates);
    if (type == "MultiLineString") {
      geo::MultiLine lines;
      for (const dom::element part : coordinates) lines.lines.push_back(line(array(part)));
      return lines;
    }
    if (type == "MultiPolygon") {
      geo::MultiPolygon polygons;
      for (const dom::element part : coordinates) polygons.polygons.push_back(polygon(array(part)));
      return polygons;
    }
    throw Fault{"the geometry is of a type that is not read (points, lines and polygons are)"};
  }

 private:
  static dom::array array(dom::element element) {
    dom::array inner;
    if (element.get(inner) != simdjson::SUCCESS) throw Fault{"the coordinates are not nested as their type needs"};
    return inner;
  }
  geo::LonLat position(dom::array pair) const {
    double lon = 0;
    double lat = 0;
    if (pair.at(0).get(lon) != simdjson::SUCCESS || pair.at(1).get(lat) != simdjson::SUCCESS) {
      throw Fault{"a position is not two numbers"};
    }
    return geo::to_cgcs2000(lon, lat, m_crs);
  }
  geo::Line line(dom::array points) const {
    geo::Line out;
    for (const dom::element point : points) out.push_back(position(array(point)));
    return out;
  }
  geo::Polygon polygon(dom::array rings) const {
    geo::Polygon out;
    for (const dom::element ring : rings) out.rings.push_back(line(array(ring)));
    return out;
  }
  geo::Crs m_crs;
};

class Reader : public GeoJsonReader {
 public:
  Reader(const std::filesystem::path& file, geo::Crs crs) : m_scanner(file), m_geometry(crs) {}

  bool next(GeoFeature& feature) override {
    feature.geometry.reset();
    feature.properties.clear();
    feature.problem.clear();
    if (!m_scanner.next(feature.text)) return false;
    try {
      read(feature);
    } catch (const Fault& fault) {
      feature.geometry.reset();
      feature.problem = fault.what;
    }
    return true;
  }
  std::uint64_t bytes_read() const override { return m_scanner.read(); }
  std::uint64_t bytes_total() const override { return m_scanner.total(); }

 private:
  void read(GeoFeature& feature) {
    dom::element root;
    if (m_parser.parse(feature.text).get(root) != simdjson::SUCCESS) throw Fault{"it is not well-formed JSON"};
    std::string_view type;
    if (root["type"].get(type) != simdjson::SUCCESS || type != "Feature") throw Fault{"it is not a Feature"};
    dom::object properties;
    if (root["properties"].get(properties) == simdjson::SUCCESS) {
      for (const auto [key, value] : properties) take_property(std::string(key), value, feature);
    }
    // The member "id" of the feature itself is taken where the properties have none.
    dom::element id;
    if (feature.properties.count("id") == 0 && root["id"].get(id) == simdjson::SUCCESS)
      take_property("id", id, feature);
    dom::element geometry;
    if (root["geometry"].get(geometry) != simdjson::SUCCESS || geometry.is_null()) return;
    feature.geometry = m_geometry.read(geometry);
    feature.problem = geo::geometry_fault(*feature.geometry);
    if (!feature.problem.empty()) feature.geometry.reset();
  }

  static void take_property(std::string key, dom::element value, GeoFeature& feature) {
    std::string_view text;
    if (value.is_null()) return;
    if (value.get(text) == simdjson::SUCCESS) {
      feature.properties.emplace(std::move(key), text);
    } else {
      feature.properties.emplace(std::move(key), simdjson::minify(value));
    }
  }

  FeatureScanner m_scanner;
  GeometryReader m_geometry;
  dom::parser m_parser;
};

}  // namespace

std::unique_ptr<GeoJsonReader> GeoJsonReader::open(const std::filesystem::path& file, geo::Crs crs) {
  return std::make_unique<Reader>(file, crs);
}

}  // namespace menpai::intake
