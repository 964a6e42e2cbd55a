// SPDX-License-Identifier: Apache-2.0
// Any bytes as GeoJSON: features with a geometry that holds, or with a problem that is told.
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <fstream>

#include "base/error.hpp"
#include "fuzz/town.hpp"
#include "intake/geojson.hpp"

using namespace menpai;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const fuzz::Folder folder;
  if (size == 0) return 0;
  const std::filesystem::path file = folder.file("features.geojson");
  std::ofstream(file, std::ios::binary)
      .write(reinterpret_cast<const char*>(data) + 1, static_cast<std::streamsize>(size - 1));
  const auto crs = static_cast<geo::Crs>(data[0] & 3);
  try {
    const auto reader = intake::GeoJsonReader::open(file, crs);
    intake::GeoFeature feature;
    for (int i = 0; i < 2000 && reader->next(feature); ++i) {
      if (!feature.geometry) continue;
      const geo::LonLat point = geo::label_point(*feature.geometry);
      MENPAI_ASSERT(std::isfinite(point.lon) && std::isfinite(point.lat), "a geometry has a point that stands for it");
      geo::to_ewkb(*feature.geometry);
    }
  } catch (const Error&) {
    // Refused with a reason.
  }
  return 0;
}
