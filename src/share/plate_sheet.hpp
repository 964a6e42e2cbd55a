// SPDX-License-Identifier: Apache-2.0
// Plates as print-ready PDF: true size, vector QR codes, embedded fonts, crop marks; a sheet a plate or several on one.
#pragma once

#include <string>
#include <vector>

#include "share/pdf_canvas.hpp"
#include "spine/plate_kind.hpp"

namespace menpai::share {

/// What stands on one plate.
struct PlateFace {
  const spine::PlateKind* kind = nullptr;
  std::string name;     ///< "兴港中路", or the whole line of a street-name sign
  std::string number;   ///< "8号", "3栋", "101"; may be empty
  std::string pinyin;   ///< of the name; used where the kind has it
  std::string foot;     ///< postal code, or nothing
  std::string qr_text;  ///< share/plate_text.hpp; empty: no QR code
  std::string note;     ///< small, outside the plate: its place in the list, for the maker
  bool is_temporary = false;
};

struct SheetOptions {
  std::string title = "门楼牌";
  bool has_crop_marks = true;
  double sheet_width_mm = 0, sheet_height_mm = 0;  ///< 0: each plate on a page of its own
  double margin_mm = 12;                           ///< around each plate; crop marks and note stand there
};

/// Larger QR codes than this version are refused: their modules get too small for a plate of 40 mm.
inline constexpr int plate_qr_version_max = 8;

/// Throws bad_request where a plate does not fit the sheet or there is none, unsupported where a character has no font.
std::string make_plate_sheets(const std::vector<PlateFace>& plates, const SheetOptions& options = {});

}  // namespace menpai::share
