// SPDX-License-Identifier: Apache-2.0
// GeoJSON (RFC 7946), one feature at a time: a FeatureCollection of any size, or features one after another (RFC 8142).
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "geo/geometry.hpp"
#include "geo/transform.hpp"

namespace menpai::intake {

/// One feature. What cannot be read is a value: the row goes on to be refused and counted.
struct GeoFeature {
  std::optional<geo::Geometry> geometry;                       ///< CGCS2000; nothing if `problem` is set or it is null
  std::map<std::string, std::string, std::less<>> properties;  ///< numbers and true/false as text, null left out
  std::string problem;                                         ///< empty, or what is wrong, fit for the public
  std::string text;                                            ///< the feature as it came
};

class GeoJsonReader {
 public:
  /// Positions are read as `crs` (RFC 7946 means WGS 84) and converted. Throws not_found, bad_request (empty).
  static std::unique_ptr<GeoJsonReader> open(const std::filesystem::path& file, geo::Crs crs);
  virtual ~GeoJsonReader() = default;

  /// False at the end. Throws damaged if the file ends in the middle or is no JSON, too_large for a feature over 16 MB.
  /// Memory does not grow with the features.
  virtual bool next(GeoFeature& feature) = 0;
  virtual std::uint64_t bytes_read() const = 0;
  virtual std::uint64_t bytes_total() const = 0;
};

}  // namespace menpai::intake
