// SPDX-License-Identifier: Apache-2.0
// Kinds of plates (大门牌, 楼牌, 室牌 …): sizes, layout and what each may name, from rules/plate_kinds.tsv and from the
// file of the setting plate.kinds.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace menpai::spine {

enum class PlateLayout : std::uint8_t { gate, building, line };

struct PlateKind {
  std::string kind;  ///< stable name: "gate_small"
  std::string zh, en;
  double width_mm = 0, height_mm = 0;
  double qr_mm = 0;                 ///< side of the white square with its quiet zone; 0: no QR code
  std::vector<std::string> levels;  ///< "number", "building", "unit", "room", "place"
  PlateLayout layout = PlateLayout::gate;
  double name_share = 0, number_share = 0;  ///< of the height, 0 to 1; what is left is the foot line's
  bool has_pinyin = false;
  std::uint32_t ground = 0;  ///< 0xRRGGBB

  bool names(std::string_view level) const;
};

class PlateKinds {
 public:
  /// The shipped kinds, then those of `more` (the same form), which replace kinds of the same name. Throws bad_request
  /// that names the line: a field is missing, a size is not 10 to 3000 mm, the QR code does not fit.
  explicit PlateKinds(std::string_view more = {});

  /// Throws bad_request that lists the kinds there are.
  const PlateKind& get(std::string_view kind) const;
  const PlateKind* find(std::string_view kind) const;
  /// The kind for an object of that level if nobody says which: the smallest. Null if none names it.
  const PlateKind* usual(std::string_view level) const;
  const std::vector<PlateKind>& all() const { return m_kinds; }

 private:
  void add(std::string_view text, std::string_view file);
  std::vector<PlateKind> m_kinds;
};

}  // namespace menpai::spine
