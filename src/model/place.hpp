// SPDX-License-Identifier: Apache-2.0
// The kinds of named places (地名) that the register keeps.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace menpai {

enum class PlaceKind : std::uint8_t {
  road,      ///< 街 路 大道
  lane,      ///< 巷 弄 胡同 里
  estate,    ///< 住宅区
  village,   ///< 自然村
  compound,  ///< 院, 园区, a large building with a name
};
std::string_view place_kind_name(PlaceKind kind);
std::optional<PlaceKind> parse_place_kind(std::string_view name);

/// True for what is drawn as a line: roads and lanes.
constexpr bool is_street(PlaceKind kind) {
  return kind == PlaceKind::road || kind == PlaceKind::lane;
}

}  // namespace menpai
