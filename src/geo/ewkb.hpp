// SPDX-License-Identifier: Apache-2.0
// Reads the extended well-known binary in which PostGIS hands out geometries.
#pragma once

#include <optional>
#include <string_view>

#include "geo/geometry.hpp"

namespace menpai::geo {

/// Little-endian, two dimensions, with or without SRID 4490. Nothing for anything else: another kind (several points, a
/// collection), another SRID, bytes missing or left over.
std::optional<Geometry> parse_ewkb(std::string_view bytes);

}  // namespace menpai::geo
