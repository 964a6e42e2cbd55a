// SPDX-License-Identifier: Apache-2.0
#include "share/plate_sheet.hpp"

#include <algorithm>
#include <cmath>

#include "base/error.hpp"

namespace menpai::share {
namespace {

constexpr std::uint32_t white = 0xFFFFFF;
constexpr std::uint32_t black = 0x000000;
constexpr double mark_length_mm = 5;
constexpr double mark_gap_mm = 2;
constexpr double mark_line_mm = 0.1;

/// Room between the edge, the writing and the QR code.
double padding_of(const spine::PlateKind& kind) {
  return std::clamp(std::min(kind.width_mm, kind.height_mm) * 0.06, 2.0, 20.0);
}

void draw_crop_marks(PdfCanvas& pdf, const Box& plate) {
  for (const double x : {plate.x, plate.x + plate.width}) {
    const double top = plate.y - mark_gap_mm;
    const double bottom = plate.y + plate.height + mark_gap_mm;
    pdf.line(x, top - mark_length_mm, x, top, mark_line_mm, black);
    pdf.line(x, bottom, x, bottom + mark_length_mm, mark_line_mm, black);
  }
  for (const double y : {plate.y, plate.y + plate.height}) {
    const double left = plate.x - mark_gap_mm;
    const double right = plate.x + plate.width + mark_gap_mm;
    pdf.line(left - mark_length_mm, y, left, y, mark_line_mm, black);
    pdf.line(right, y, right + mark_length_mm, y, mark_line_mm, black);
  }
}

TextStyle writing(double height_mm, bool bold = true) {
  return {.size_mm = height_mm, .bold = bold, .colour = white, .align = Align::centre};
}

/// Name with its pinyin below it, where there is one.
void draw_name(PdfCanvas& pdf, const Box& box, const std::string& name, const std::string& pinyin) {
  if (pinyin.empty()) {
    pdf.text(box, name, writing(box.height * 0.8));
    return;
  }
  const double part = box.height * 0.66;
  pdf.text({box.x, box.y, box.width, part}, name, writing(part * 0.9));
  pdf.text({box.x, box.y + part, box.width, box.height - part}, pinyin, writing((box.height - part) * 0.8, false));
}

void draw_gate(PdfCanvas& pdf, const PlateFace& face, const Box& area) {
  const spine::PlateKind& kind = *face.kind;
  const double name_height = area.height * kind.name_share;
  const double number_height = area.height * kind.number_share;
  draw_name(pdf, {area.x, area.y, area.width, name_height}, face.name, kind.has_pinyin ? face.pinyin : "");
  pdf.text({area.x, area.y + name_height, area.width, number_height}, face.number, writing(number_height * 0.85));
  const double foot_height = area.height - name_height - number_height;
  if (foot_height > 1) {
    pdf.text({area.x, area.y + name_height + number_height, area.width, foot_height}, face.foot,
             writing(foot_height * 0.5, false));
  }
}

/// Left three fifths: name, pinyin, foot line, QR code; right two fifths: the number.
void draw_building(PdfCanvas& pdf, const PlateFace& face, const Box& area, double qr_mm) {
  const spine::PlateKind& kind = *face.kind;
  const double left = area.width * 0.6;
  const double upper = area.height - qr_mm - padding_of(kind);
  draw_name(pdf, {area.x, area.y, left * 0.95, upper}, face.name, kind.has_pinyin ? face.pinyin : "");
  pdf.text({area.x + qr_mm, area.y + area.height - qr_mm, left - qr_mm, qr_mm}, face.foot, writing(qr_mm * 0.3, false));
  pdf.text({area.x + left, area.y, area.width - left, area.height}, face.number, writing(area.height));
}

void draw_line(PdfCanvas& pdf, const PlateFace& face, const Box& area) {
  const spine::PlateKind& kind = *face.kind;
  const std::string line = face.number.empty() ? face.name : face.name + " " + face.number;
  const bool has_pinyin = kind.has_pinyin && !face.pinyin.empty();
  const double share = has_pinyin ? kind.name_share : 1;
  pdf.text({area.x, area.y, area.width, area.height * share}, line, writing(area.height * share * 0.85));
  if (has_pinyin) {
    const double rest = area.height * (1 - share);
    pdf.text({area.x, area.y + area.height * share, area.width, rest}, face.pinyin, writing(rest * 0.8, false));
  }
}

/// The mark of a temporary plate: a white corner at the top left with the two characters.
void draw_temporary(PdfCanvas& pdf, const spine::PlateKind& kind, const Box& plate) {
  const double high = std::clamp(kind.height_mm * 0.1, 5.0, 30.0);
  const Box corner{plate.x, plate.y, high * 2.4, high};
  pdf.fill(corner, white);
  pdf.text(corner, "临时", {.size_mm = high * 0.75, .bold = true, .colour = kind.ground, .align = Align::centre});
}

void draw_plate(PdfCanvas& pdf, const PlateFace& face, const Box& plate) {
  const spine::PlateKind& kind = *face.kind;
  const double padding = padding_of(kind);
  const bool has_qr = kind.qr_mm > 0 && !face.qr_text.empty();
  const double qr_mm = has_qr ? kind.qr_mm : 0;
  pdf.fill(plate, kind.ground);
  Box area{plate.x + padding, plate.y + padding, plate.width - 2 * padding, plate.height - 2 * padding};
  if (face.is_temporary) {
    const double corner = std::clamp(kind.height_mm * 0.1, 5.0, 30.0);
    area.y += std::max(0.0, corner - padding);
    area.height -= std::max(0.0, corner - padding);
  }
  const bool is_building = kind.layout == spine::PlateLayout::building;
  double qr_x = plate.x + plate.width - padding - qr_mm;
  double qr_y = plate.y + (plate.height - qr_mm) / 2;
  if (is_building) {
    qr_x = plate.x + padding;
    qr_y = plate.y + plate.height - padding - qr_mm;
    draw_building(pdf, face, area, qr_mm);
  } else {
    if (has_qr) area.width -= qr_mm + padding;
    if (kind.layout == spine::PlateLayout::gate) {
      draw_gate(pdf, face, area);
    } else {
      draw_line(pdf, face, area);
    }
  }
  if (face.is_temporary) draw_temporary(pdf, kind, plate);
  if (has_qr) pdf.qr(qr_x, qr_y, qr_mm, make_qr(face.qr_text, plate_qr_version_max));
}

void place_plate(PdfCanvas& pdf, const PlateFace& face, double x, double y, const SheetOptions& options) {
  const Box plate{x + options.margin_mm, y + options.margin_mm, face.kind->width_mm, face.kind->height_mm};
  draw_plate(pdf, face, plate);
  if (options.has_crop_marks) draw_crop_marks(pdf, plate);
  if (!face.note.empty()) {
    pdf.text({plate.x + 2, plate.y + plate.height + mark_gap_mm, plate.width - 4, 4}, face.note, {.size_mm = 2.6});
  }
}

}  // namespace

std::string make_plate_sheets(const std::vector<PlateFace>& plates, const SheetOptions& options) {
  if (plates.empty()) throw Error(ErrorCode::bad_request, "There is no plate to draw.");
  const bool is_several = options.sheet_width_mm > 0 && options.sheet_height_mm > 0;
  PdfCanvas pdf(options.title);
  double x = 0;
  double y = 0;
  double row_height = 0;
  bool is_fresh = true;
  for (const PlateFace& face : plates) {
    const double width = face.kind->width_mm + 2 * options.margin_mm;
    const double height = face.kind->height_mm + 2 * options.margin_mm;
    if (!is_several) {
      pdf.page(width, height);
      place_plate(pdf, face, 0, 0, options);
      continue;
    }
    if (width > options.sheet_width_mm || height > options.sheet_height_mm) {
      throw Error(ErrorCode::bad_request, "A " + face.kind->zh + " with its margin needs a sheet of " +
                                              std::to_string(std::lround(width)) + " × " +
                                              std::to_string(std::lround(height)) + " mm. Choose a larger sheet.");
    }
    if (x + width > options.sheet_width_mm) {
      x = 0;
      y += row_height;
      row_height = 0;
    }
    if (is_fresh || y + height > options.sheet_height_mm) {
      pdf.page(options.sheet_width_mm, options.sheet_height_mm);
      is_fresh = false;
      x = y = row_height = 0;
    }
    place_plate(pdf, face, x, y, options);
    x += width;
    row_height = std::max(row_height, height);
  }
  return pdf.finish();
}

}  // namespace menpai::share
