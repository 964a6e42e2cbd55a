// SPDX-License-Identifier: Apache-2.0
// A PDF document that is drawn in millimetres from the top left: rectangles, lines, text that fits its box, QR codes.
// Fonts are embedded; text stays text. By cairo and pango, which only pdf_canvas.cpp knows.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "share/qr.hpp"

namespace menpai::share {

struct Box {
  double x = 0, y = 0, width = 0, height = 0;  ///< mm
};

enum class Align : std::uint8_t { left, centre, right };

struct TextStyle {
  double size_mm = 4;  ///< at most; of the em square
  bool bold = false;
  std::uint32_t colour = 0x000000;  ///< 0xRRGGBB
  Align align = Align::left;
};

class PdfCanvas {
 public:
  explicit PdfCanvas(std::string_view title);
  ~PdfCanvas();
  PdfCanvas(const PdfCanvas&) = delete;
  PdfCanvas& operator=(const PdfCanvas&) = delete;

  /// Begins a page of that size in mm; ends the one before.
  void page(double width_mm, double height_mm);

  void fill(const Box& box, std::uint32_t colour);
  void frame(const Box& box, double line_mm, std::uint32_t colour);
  void dashed_circle(double x, double y, double radius_mm, std::uint32_t colour);
  void line(double x1, double y1, double x2, double y2, double line_mm, std::uint32_t colour);

  /// One line, centred in the box's height, at most style.size_mm and as high as the box; condensed to two thirds
  /// where it is too wide, and then smaller. Throws unsupported naming a character that no installed font has.
  void text(const Box& box, std::string_view utf8, const TextStyle& style);
  /// Several lines from the top of the box, broken at its width. Gives the height that was used.
  double paragraph(const Box& box, std::string_view utf8, const TextStyle& style);

  /// The code with its quiet zone on a white square of that side.
  void qr(double x, double y, double side_mm, const QrCode& code);

  /// The document. Nothing may be drawn afterwards.
  std::string finish();

 private:
  struct Parts;
  std::unique_ptr<Parts> m_parts;
};

}  // namespace menpai::share
